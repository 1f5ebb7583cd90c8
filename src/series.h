/*
 * series: what a log's verdict needs of its dumps: the least and greatest
 * values in runs of dumps. Memory is constant: where there would be a 65th
 * run, each two neighbours become one.
 */
#ifndef SERIES_H
#define SERIES_H

#include "dump.h"

enum { SERIES_RUNS = 64 };

/* What a verdict asks of one dump, in bytes and arenas; or ABSENT. */
struct facts {
	int64_t	 held, live;
	int64_t	 arenas, arena_size;
	int64_t	 needed;	/* arenas; where it is there, so are arenas
				   and arena_size, which is over 0 */
	int64_t	 highwater;
};

/*
 * Of the dumps of one run; bytes, but for spare arenas. The last three least
 * values are ABSENT if one of the dumps does not say them. A class that the
 * build lacks has INT64_MAX in all runs.
 */
struct run {
	int64_t	 least_class[CLASSES_MAX];	/* live bytes of each class */
	int64_t	 least_live, most_live;
	int64_t	 least_spare;		/* arenas less those needed */
	int64_t	 least_malloc;		/* bytes in malloc */
	int64_t	 least_outside;		/* bytes resident less held */
};

/* Begin with `dumps` 0, also again: series_add sets all the rest. */
struct series {
	uint64_t	 dumps;		/* that were added */
	uint64_t	 width;		/* dumps of a run, a power of two; the
					   last run may have fewer */
	unsigned	 runs;
	uint64_t	 in_last;	/* dumps of the last run */
	struct facts	 first, last;	/* of the dumps that were added */
	int64_t		 most_held;	/* of all dumps, the first one too */
	struct run	 run[SERIES_RUNS];	/* without the first dump */
};

/*
 * Add the next dump of a process, which is whole (so all its sums have 15
 * digits at most), pymalloc's and has its levels.
 */
void	series_add(struct series *, const struct dump *);

/* The facts of a dump that has its levels. */
struct facts	facts_of(const struct dump *);

#endif
