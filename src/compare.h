/*
 * compare: two dumps, as options want them compared: what is wrong with them,
 * warnings, limits and the report. Messages go to `err`, the report to `out`.
 */
#ifndef COMPARE_H
#define COMPARE_H

#include "choice.h"
#include "report.h"

enum { SAME = 0, DIFFERENT = 1, TROUBLE = 2 };	/* status, as of diff(1) */

struct comparison {
	struct report		 report;
	struct held		*held[2];	/* NULL: not chosen yet */
	const struct series	*series;	/* of the dumps from before to
						   after; NULL: there is none */
	struct out		*out, *err;
	int			 status;	/* the worst so far */
	/* what several comparisons of a run share */
	bool			 csv_begun, said_unmeasured;
	bool			 matched[OPTION_RULES];	/* a limit had a row */
};

/* Does the report, or a limit, need a verdict? */
bool	compare_needs_verdict(const struct options *);

/* Set the two dumps that are compared next, of the options' files. */
void	compare_set(struct comparison *, struct held *before,
	    struct held *after);

/*
 * Say what is wrong with a damaged dump, and behind it `hint`. Returns whether
 * it can be used all the same, because options force it.
 */
bool	compare_damage(struct comparison *, const char *file,
	    const struct held *, const char *hint);

/*
 * Print the damage of the dumps that were chosen from one input or two and,
 * in one input without -s, of those between them.
 */
void	compare_choices(struct comparison *, const struct choice *);

/* Say that the two dumps of one input are not of one process, if so. */
void	compare_processes(struct comparison *, const struct choice *);

/* Begin a message about a change of process: dump N comes from another. */
void	compare_change(struct comparison *, const char *file,
	    const struct change *, bool warning);

/* Print warnings, judge the limits, print the report. */
void	compare_dumps(struct comparison *);

#endif
