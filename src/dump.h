/*
 * dump: what one dump says: an array of numbers, each in its place.
 */
#ifndef DUMP_H
#define DUMP_H

#include <stdbool.h>
#include <stdint.h>

#include "fields.h"

/*
 * The value of a field that the dump lacks. No number in a dump comes near it,
 * and memset(3) can set it.
 */
#define ABSENT		((int64_t)-0x7f7f7f7f7f7f7f80)
#define ABSENT_BYTE	0x80

#define NUMBER_MAX	INT64_C(999999999999999)	/* 15 digits */

enum dump_flag {
	DUMP_HEADER = 1,	/* it begins with its header */
	DUMP_HEADING = 2,	/* the table's heading is there */
	DUMP_TABLE = 4,		/* the heading or a row is there */
	DUMP_MAP = 8,		/* "arena map counts" is there */
	DUMP_FREE_LISTS = 16,	/* a free list is there */
	DUMP_UNKNOWN = 32,	/* a label is there that fields[] lacks */
	DUMP_EXCERPT = 64,	/* its first lines are missing */
	DUMP_LEVELS = 128,	/* its levels are derived */
	DUMP_DAMAGED = 256	/* check_dump found something */
};

/* What a dump was printed for; set by history_place. */
enum kind { KIND_CALL, KIND_EMPTY, KIND_FULL, KIND_EXIT };

struct dump {
	uint64_t	 number;	/* in its input, from 1 */
	uint64_t	 process;	/* which of the input's, from 1 */
	uint64_t	 full_since;	/* number of the first of the run of
					   `full` dumps that ends here; 0: it
					   is not full */
	uint64_t	 first_line, last_line;	/* of the input, from 1 */
	uint64_t	 cut_by;	/* line of the next header, if that cuts
					   it short; 0 */
	uint64_t	 present;	/* a FIELD_BIT for each named field */
	enum kind	 kind;
	unsigned	 flags;		/* of enum dump_flag */
	int64_t		 class_width;	/* bytes between two classes; 0: not
					   known */
	int64_t		 pools;		/* in use, of all classes */
	int64_t		 v[F_COUNT];	/* by enum field; or ABSENT */
	uint32_t	 at[F_COUNT];	/* its line, counted from first_line;
					   of a class set for its pools */
};

/* Empty the dump; all of it is set but `at`. */
void	dump_clear(struct dump *);

static inline bool
dump_has(const struct dump *d, enum field f)
{
	return d->v[f] != ABSENT;
}

/*
 * Put a number in its place, which is empty; that of a named field is marked
 * in `present`.
 */
static inline void
dump_put(struct dump *d, enum field f, int64_t v, uint64_t line)
{
	d->v[f] = v;
	d->at[f] = (uint32_t)(line - d->first_line);
	if (f < F_NAMED)
		d->present |= FIELD_BIT(f);
}

/* The line of the input where a field that is there was read. */
static inline uint64_t
dump_line(const struct dump *d, enum field f)
{
	return d->first_line + d->at[f];
}

/* Is a line of mimalloc's there? */
static inline bool
dump_is_mimalloc(const struct dump *d)
{
	return (d->present & MIMALLOC_FIELDS) != 0;
}

/* Free lists alone: neither a header nor a line of a table. */
static inline bool
dump_is_free_lists(const struct dump *d)
{
	return (d->flags & (DUMP_HEADER | DUMP_EXCERPT)) == 0;
}

static inline bool
dump_is_damaged(const struct dump *d)
{
	return (d->flags & DUMP_DAMAGED) != 0;
}

/* obmalloc.c has pools of 16 KiB only together with an arena map. */
static inline bool
dump_needs_map(const struct dump *d)
{
	return d->v[F_POOL_SIZE] == 16 * 1024;
}

/* mimalloc's five numbers are there and all 0: a free-threaded build's. */
bool	dump_is_unmeasured(const struct dump *);

/*
 * Bytes of a pool's header: what the dump loses to headers over its pools.
 * -1 where there is no pool, where the size of a pool is not known, where that
 * is no whole number, or where it is more than a pool.
 */
int64_t	dump_pool_header(const struct dump *);

/*
 * Derive the levels F_HELD to F_NEEDED from the other fields, once. One whose
 * parts are not all there, or that is over NUMBER_MAX, stays ABSENT.
 */
void	dump_levels(struct dump *);

#endif
