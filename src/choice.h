/*
 * choice: which dumps of an input are wanted, and what is kept of the others.
 */
#ifndef CHOICE_H
#define CHOICE_H

#include "history.h"
#include "say.h"
#include "series.h"

enum {
	BACK_MAX = 64,		/* how far back from the last one can count */
	TORN_MAX = 4,		/* damaged dumps of which all is kept */
	ROLES = BACK_MAX + TORN_MAX + 4,
	HELD_MAX = ROLES + 1
};

/* A dump that is kept, and what was said of it. */
struct held {
	struct dump	 dump;
	struct messages	 damage;
	struct change	 next;		/* the first one behind this dump */
	unsigned	 uses;		/* how many roles keep it */
};

/* The first and the last of some dumps, and how many. */
struct span {
	uint64_t	 count, first, last;
};

/* Which dumps of an input are wanted; choice_open sets all of it. */
struct choice {
	unsigned	 wants;		/* how many; 1 or 2 */
	long		 wanted[2];	/* by number, below 0 from the end; or
					   0: the dumps to compare */
	struct held	*found[2];	/* NULL: there is no such dump */
	uint64_t	 count;		/* of all dumps of the input */
	bool		 none_at_work;	/* too few such; found are of all */
	uint64_t	 damaged;	/* dumps of the input that are */
	struct span	 whole;		/* of the dumps that can be compared
					   and are not damaged */
	struct span	 one_process;	/* the same of the last process that
					   has two */
	struct span	 at_hand;	/* the same of the process at hand */
	struct series	*series;	/* of those from before to after; NULL:
					   nobody asks for it */
	struct held	*role[ROLES];
	unsigned	 torn;		/* roles that damaged dumps have */
	unsigned	 back;		/* how far back a wanted one counts */
	unsigned	 rooms;		/* of held[] that were ever in use */
	struct held	 held[HELD_MAX];
};

/*
 * Look for `wants` dumps of an input. If `wanted` has zeros, these are the last
 * dump at work, or the first and the last such if two are wanted; if there are
 * too few, of all. Without zeros `wanted` counts all dumps. The series is
 * filled, unless it is NULL.
 */
void	choice_open(struct choice *, unsigned wants, const long wanted[2],
	    struct series *);

/* Room for the next dump, until choice_add or the next call. */
struct held	*choice_room(struct choice *);

/* Add a dump that was placed. */
void	choice_add(struct choice *, const struct history *, struct held *);

/* There are no more dumps: set `found`. */
void	choice_close(struct choice *, const struct history *);

/* The damaged dump number i of those that are kept, or NULL. */
const struct held	*choice_torn(const struct choice *, unsigned i);

#endif
