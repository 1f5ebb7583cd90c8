/*
 * diff: two dumps in, rows out. The rows are the single truth: every report,
 * count, threshold and limit reads them and nothing else.
 */
#ifndef DIFF_H
#define DIFF_H

#include "dump.h"

enum section {
	SECTION_CONFIG, SECTION_CLASS, SECTION_SUMMARY, SECTION_FREE_LIST
};

enum metric {
	METRIC_VALUE, METRIC_COUNT, METRIC_BYTES, METRIC_UNIT_BYTES,
	METRIC_POOLS, METRIC_BLOCKS_IN_USE, METRIC_AVAIL_BLOCKS
};

enum status { STATUS_SAME, STATUS_CHANGED, STATUS_NEW, STATUS_GONE };

/*
 * One number of a line, before and after. Which line: `key`, or else `entry`,
 * which is the after side's where that has it.
 */
struct row {
	const struct key_info *key;	/* NULL: it is an entry's */
	const struct entry *entry;
	int64_t		 value[2];	/* before, after; 0 where it is not */
	int64_t		 worth;		/* of one, in bytes; 0: undefined */
	uint8_t		 section;	/* these are enums of their names */
	uint8_t		 group;		/* the lines it stands among */
	uint8_t		 metric;
	uint8_t		 status;
	bool		 has[2];	/* before, after: is it there? */
	bool		 shown;		/* a report is to print it */
};

enum { DIFF_ROWS = KEY_COUNT + 2 * DUMP_LINES * 3 };

struct diff {
	unsigned	 count;
	unsigned	 by_status[4];	/* how many rows, by enum status */
	struct row	 rows[DIFF_ROWS];
};

/*
 * Compare two dumps, whole or not. The rows stand in the order of the man
 * page, all of them, those that did not change too; they point into
 * the dumps. `shown` is left to limit.h.
 */
void	diff_dumps(const struct dump *before, const struct dump *after,
	    struct diff *);

const char	*section_name(enum section);
const char	*metric_name(enum metric);
const char	*status_name(enum status);

/* The row's name, such as 32, arenas or PyTupleObject[5], into `out`. */
void	row_name(const struct row *, struct out *);

/* Without its sign, which INT64_MIN has no room for. */
static inline uint64_t
magnitude(int64_t n)
{
	return n < 0 ? -(uint64_t)n : (uint64_t)n;
}

/* From nothing, or to nothing, too. */
static inline int64_t
row_delta(const struct row *row)
{
	return row->value[1] - row->value[0];
}

/* The row of this key, or NULL. */
const struct row	*diff_find(const struct diff *, enum key);

/* What the change is in bytes; false: it is undefined, or overflows. */
bool	row_bytes(const struct row *, int64_t *);

/*
 * The change in percent of before with one decimal, half away from zero, such
 * as -12.5, into `out`. False, and nothing, where it is undefined: a side is
 * absent, or before is 0.
 */
bool	row_percent(const struct row *, struct out *);

#endif
