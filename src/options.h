/*
 * options: the command line, as values.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "limit.h"
#include "list.h"

enum { OPTION_RULES = 64 };	/* how often -l and -t can each be given */

struct options {
	bool		 all, each, force, help, list, quiet, version;
	enum format	 format;
	long		 wanted[2];	/* -s: before, after, as in struct
					   choice; 0, 0: it is not given */
	struct threshold thresholds[OPTION_RULES];
	unsigned	 threshold_count;
	struct limit	 limits[OPTION_RULES];
	unsigned	 limit_count;
	const char	*files[2];	/* "-" is standard input */
	unsigned	 file_count;	/* 1 or 2 */
};

/*
 * Parse the arguments; strings in the result point into them. Returns 0, or
 * -1 with what is wrong with them in `error`, at most OPTIONS_ERROR bytes.
 * With -h or -V the rest is not looked at.
 */
enum { OPTIONS_ERROR = QUOTED_TEXT + 160 };

int	options_parse(int argc, char **argv, struct options *,
	    struct out *error);

/* What -h prints, and its first lines, which are the usage. */
extern const char	options_help[];

#endif
