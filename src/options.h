/*
 * options: the command line, as values.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "limit.h"

enum format { FORMAT_TEXT, FORMAT_SUMMARY, FORMAT_CSV, FORMAT_JSON };

enum { OPTION_RULES = 64 };	/* -l and -t can each be given so often */

struct options {
	bool		 all, each, force, quiet, help, version;
	enum format	 format;
	bool		 selected;	/* with -s; else select has defaults */
	long		 select[2];	/* as struct pick: before, after */
	struct threshold thresholds[OPTION_RULES];
	unsigned	 threshold_count;
	struct limit	 limits[OPTION_RULES];
	unsigned	 limit_count;
	const char	*files[2];	/* "-" is standard input */
	unsigned	 file_count;	/* 1 or 2 */
};

/*
 * Parse the arguments; strings in the result point into them. Returns 0, or
 * -1 with what is wrong with them in `error`. With -h or -V the rest is not
 * looked at.
 */
int	options_parse(int argc, char **argv, struct options *,
	    struct out *error);

/* What -h prints, and its first lines, which are the usage. */
extern const char	options_help[];

#endif
