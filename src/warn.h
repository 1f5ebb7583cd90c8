/*
 * warn: what the reader of a diff should know about its two dumps, though
 * nothing is wrong with them.
 */
#ifndef WARN_H
#define WARN_H

#include "diff.h"

/* How the two dumps stand to each other. */
struct relation {
	bool	 one_input;	/* both are from it */
	bool	 forward;	/* one is counted from its start, the other
				   from its end: after is meant to follow */
	bool	 damaged;	/* one of them; its gaps tell no build */
	bool	 each;		/* they are two of many */
};

/*
 * Set `of_before` and `of_after` to what is to be said of each dump: that the
 * builds differ, that a counter has fallen which never falls in one process,
 * that there is no arena yet, that -s has crossed itself. What concerns a
 * whole dump, where there are but two, has line 0.
 */
void	warn_pair(const struct dump *before, const struct dump *after,
	    const struct diff *, struct relation,
	    struct flaws *of_before, struct flaws *of_after);

#endif
