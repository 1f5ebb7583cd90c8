/*
 * rows: what a field of two dumps shows: before, after, the change, and the
 * change in bytes and in percent. A report, a count, a threshold or a limit
 * pulls one row at a time, and sees the two dumps only through rows.
 */
#ifndef ROWS_H
#define ROWS_H

#include "dump.h"

/* Two dumps side by side, whole or not, with their levels derived. */
struct pair {
	const struct dump	*side[2];	/* before, after */
	const struct names	*names;
};

static inline bool
pair_is_damaged(const struct pair *pair)
{
	return dump_is_damaged(pair->side[0]) || dump_is_damaged(pair->side[1]);
}

enum status { STATUS_SAME, STATUS_CHANGED, STATUS_NEW, STATUS_GONE };

struct row {
	enum field	 field;
	enum status	 status;
	bool		 has[2];	/* before, after: is it there? */
	int64_t		 value[2];	/* 0 where it is not */
	int64_t		 delta;		/* after less before; an absent side
					   counts as 0 */
};

/*
 * The row of a field. False: neither dump has it. Where a dump has a table, a
 * class that the table lacks is there with 0.
 */
bool	row_of(const struct pair *, enum field, struct row *);

/*
 * The row after row->field, in the order of the reports; after F_NONE the
 * first one. False: there is none.
 */
bool	row_next(const struct pair *, struct row *);

/* Does any row differ? The levels of both dumps are derived, or of none. */
bool	rows_differ(const struct pair *);

/*
 * The change in bytes. False: the field stands for no bytes, a side is
 * absent, the units differ, or the product is over INT64_MAX.
 */
bool	row_bytes(const struct pair *, const struct row *, int64_t *);

/*
 * The change in tenths of a percent of before, rounded half away from zero;
 * what rounds to nothing is 0, and has no sign. False: a side is absent, or
 * before is 0.
 */
bool	row_percent(const struct row *, int64_t *tenths);

/* The same for any change and number of at most 15 digits; before is over 0. */
int64_t	percent_of(int64_t change, int64_t before);

/* Append tenths with one decimal, such as -12.5; flags are those of out_num. */
void	out_tenths(struct out *, int64_t tenths, unsigned flags);

extern const char	*const status_names[];

#endif
