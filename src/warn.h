/*
 * warn: what the reader of a diff should know about its two dumps, though
 * nothing is wrong with them.
 */
#ifndef WARN_H
#define WARN_H

#include "diff.h"

/*
 * Set `of_before` and `of_after` to what is to be said of each dump: that the
 * builds differ (where one dump is damaged, its gaps do not count), that a
 * counter has fallen which never falls in one process (where both dumps are
 * from one input), that there is no arena yet.
 */
void	warn_pair(const struct dump *before, const struct dump *after,
	    const struct diff *, bool one_input, bool damaged,
	    struct flaws *of_before, struct flaws *of_after);

#endif
