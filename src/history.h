/*
 * history: the dumps of one input, in order: why each was printed, and where
 * another process begins.
 *
 * PYTHONMALLOCSTATS prints a dump before each new arena (obmalloc.c,
 * new_arena) and one after the interpreter was torn down (pylifecycle.c,
 * Py_FinalizeEx).
 */
#ifndef HISTORY_H
#define HISTORY_H

#include "dump.h"

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

/* Was it printed between the first arena and the teardown? */
static inline bool
dump_is_at_work(const struct dump *d)
{
	return d->kind != KIND_EMPTY && d->kind != KIND_EXIT;
}

/* Append a change's reason: "# arenas allocated total" fell from 12 to 0. */
void	change_reason(const struct change *, struct out *);

#endif
