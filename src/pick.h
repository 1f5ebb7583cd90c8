/*
 * pick: which two of an input's dumps are compared.
 */
#ifndef PICK_H
#define PICK_H

#include "dump.h"

enum {
	PICK_BACK = 64,		/* how far back from the last one can count */
	PICK_DUMPS = PICK_BACK + 3	/* what that takes of memory */
};

/* Which dump: 1 is the first, -1 the last; never 0, at least -PICK_BACK. */
struct pick {
	long		 wanted;
	struct dump	*dump;	/* the answer; NULL: there is no such dump */
};

struct picked {
	uint64_t	 count;		/* of all dumps in the input */
	uint64_t	 last_finished;	/* the last one that is not cut, or 0 */
	uint64_t	 torn;		/* the first one with two writers, or 0 */
	uint64_t	 torn_line;	/* where that one starts */
};

/*
 * Read the input to its end and answer n (1 or 2) picks out of it. `room`
 * holds PICK_DUMPS dumps; the answers stand in it, and `n` of them may be the
 * same. Only as many are touched as the picks count back. Returns 0, or -1
 * where the input failed.
 */
int	pick_dumps(struct reader *, struct pick *, unsigned n,
	    struct dump *room, struct picked *);

#endif
