/*
 * pick: which two of an input's dumps are compared.
 */
#ifndef PICK_H
#define PICK_H

#include "reader.h"

enum {
	PICK_BACK = 64,		/* how far back from the last one can count */
	PICK_DUMPS = PICK_BACK + 2,	/* what that takes of memory */
	PICK_EDGE = 64 * 1024	/* bytes at either end of an input in which
				   a torn dump is looked for */
};

/* Which dump: 1 is the first, -1 the last; never 0, at least -PICK_BACK. */
struct pick {
	long		 wanted;
	struct dump	*dump;	/* the answer; NULL: there is no such dump */
};

struct picked {
	uint64_t	 count;		/* of all dumps that were read */
	uint64_t	 last_finished;	/* the last one that is finished and has
					   no flaw in its lines, or 0 */
	uint64_t	 torn;		/* one with two writers near an end of
					   the input, or 0 */
	uint64_t	 torn_line;	/* where that one starts */
	bool		 jumped;	/* what counts from the end has no true
					   number and line */
};

/*
 * Answer n (1 or 2) picks out of an input, which is read to its end; with
 * `jump`, of a large file only the ends. `room` holds PICK_DUMPS dumps; the
 * answers stand in it, and may be the same. Only as many are touched as the
 * picks count back. Returns 0, or -1 where the input failed.
 */
int	pick_dumps(struct reader *, struct pick *, unsigned n, bool jump,
	    struct dump *room, struct picked *);

#endif
