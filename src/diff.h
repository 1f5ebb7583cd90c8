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

struct row {
	enum section	 section;
	enum metric	 metric;
	enum status	 status;
	enum group	 group;		/* the lines it stands among */
	const char	*label;		/* a type, or a label as printed */
	size_t		 label_len;
	const struct key_info *key;	/* of a known label, or NULL */
	int64_t		 number;	/* a class: its number;
					   a free list: items of its tuples */
	int64_t		 size[2];	/* before and after: bytes of a block,
					   of a pair's or a free list's unit */
	bool		 has[2];	/* before, after: is it there? */
	bool		 shown;		/* a report is to print it */
	int64_t		 value[2];	/* 0 where it is not there */
	int64_t		 delta;		/* from or to nothing too */
	int64_t		 worth;		/* of one, in bytes; 0: undefined */
};

enum { DIFF_ROWS = 2 * DUMP_LINES * 3 + 8 };

struct diff {
	unsigned	 count;
	struct row	 rows[DIFF_ROWS];
};

/*
 * Compare two dumps, whole or not. The rows stand in the order of the man
 * page, all of them, those that did not change too; their labels point into
 * the dumps. `shown` is left to limit.h.
 */
void	diff_dumps(const struct dump *before, const struct dump *after,
	    struct diff *);

const char	*section_name(enum section);
const char	*metric_name(enum metric);
const char	*status_name(enum status);

/* The row's name, such as 32, arenas or PyTupleObject[5], into `out`. */
void	row_name(const struct row *, struct out *);

/* What the change is in bytes; false: it is undefined, or overflows. */
bool	row_bytes(const struct row *, int64_t *);

/*
 * The change in percent of before with one decimal, half away from zero, such
 * as -12.5, into `out`. False, and nothing, where it is undefined: a side is
 * absent, or before is 0.
 */
bool	row_percent(const struct row *, struct out *);

#endif
