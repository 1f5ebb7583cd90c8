/*
 * history: the dumps of one input, in order: for what each was printed, where
 * another process begins, and which two are wanted.
 *
 * PYTHONMALLOCSTATS prints a dump before each new arena (obmalloc.c,
 * new_arena) and one after the interpreter was torn down (pylifecycle.c,
 * Py_FinalizeEx).
 */
#ifndef HISTORY_H
#define HISTORY_H

#include "say.h"
#include "series.h"

/* The first sign that a dump is another process's than the one before it. */
struct change {
	uint64_t	 dump, line;	/* of the input; dump 0: no change */
	enum field	 field;
	int64_t		 from, to;	/* or ABSENT */
};

/* What is remembered of a whole dump; it has a kind if it has a number. */
struct past {
	uint64_t	 number;
	enum kind	 kind;
	int64_t		 v[F_NAMED];
};

/* All zeros at first. */
struct history {
	uint64_t	 count;		/* of all dumps */
	uint64_t	 process;	/* of the last dump, from 1 */
	struct change	 change;	/* with which the last dump begins a
					   process */
	struct past	 last;		/* whole dump */
	struct past	 mark;		/* of its process, the last one that is
					   empty or full */
	uint64_t	 full_since;	/* as in struct dump */
};

/*
 * Set the number, the process, the kind and full_since of the next dump of
 * the input, which check_dump has seen. A damaged one goes with the process
 * before it and is a KIND_CALL.
 */
void	history_place(struct history *, struct dump *);

/* Was it printed before the first arena or after teardown? */
static inline bool
dump_is_idle(const struct dump *d)
{
	return d->kind == KIND_EMPTY || d->kind == KIND_EXIT;
}

/* Append a change's reason: "# arenas allocated total" fell from 12 to 0. */
void	change_reason(const struct change *, struct out *);

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
	bool		 idle;		/* too few but idle ones were found */
	uint64_t	 damaged;	/* dumps of the input that are */
	struct span	 whole;		/* of the dumps that can be compared
					   and are not damaged */
	struct span	 one_process;	/* the same of the last process that
					   has two */
	struct span	 at_hand;	/* the same of the process at hand */
	struct series	*series;	/* of those from before to after; NULL:
					   nobody asks for it */
	struct held	*role[ROLES];
	unsigned	 torn;		/* roles of damaged dumps that are taken */
	unsigned	 back;		/* how far back a wanted one counts */
	unsigned	 rooms;		/* of held[] that were ever in use */
	struct held	 held[HELD_MAX];
};

/*
 * Look for `wants` dumps of an input. Zeros in wanted stand for the last one
 * that is not idle, or, of two, for the first and the last such; where there
 * are too few, of all. Without zeros `wanted` counts all dumps. The series is
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
