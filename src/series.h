/*
 * series: what a log's verdict needs of its dumps: the least and greatest
 * values in runs of dumps. Memory is constant: where there would be a 65th
 * run, each pair of neighbours is merged.
 */
#ifndef SERIES_H
#define SERIES_H

#include "dump.h"

enum { SERIES_RUNS = 64 };

/* What a verdict asks of one dump; each of them may be ABSENT. */
struct usage {
	int64_t	 held, live;	/* bytes */
	int64_t	 arenas, arena_size, highwater;
	int64_t	 arenas_needed;	/* where it is there, so are arenas and
				   arena_size, which is over 0 */
	int64_t	 arenas_spare;	/* not needed */
	int64_t	 in_malloc;	/* bytes */
	int64_t	 outside;	/* bytes resident less held */
};

/* The values of which each run has the least; bytes, but for arenas. */
enum {
	LEAST_LIVE,
	LEAST_SPARE,		/* this and the next two are ABSENT if one of
				   the run's dumps does not say them */
	LEAST_MALLOC,
	LEAST_OUTSIDE,
	LEAST_CLASS,		/* live bytes of the class of 8, 16, ... */
	LEASTS = LEAST_CLASS + CLASSES_MAX
};

/* Set `dumps` to 0 to start; series_add sets the rest. */
struct series {
	uint64_t	 dumps;		/* that were added */
	struct usage	 first, last;	/* of these dumps */
	int64_t		 most_held;	/* of all dumps, the first one too */

	/* The runs are without the first dump. */
	unsigned	 runs;
	uint64_t	 width;		/* dumps of a run, a power of two; the
					   last run may have fewer */
	uint64_t	 in_last;	/* dumps of the last run */
	int64_t		 least[SERIES_RUNS][LEASTS];
	int64_t		 most_live[SERIES_RUNS];
};

/*
 * Add the next dump of a process, which is whole (so all its sums have 15
 * digits at most), pymalloc's and has its levels.
 */
void	series_add(struct series *, const struct dump *);

/* The usage of a dump that has its levels. */
struct usage	usage_of(const struct dump *);

#endif
