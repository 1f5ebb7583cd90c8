/*
 * rows: both dumps keep a field in the same place, so a row is made from two
 * elements of two arrays. No row is stored.
 */
#include <string.h>

#include "rows.h"

const char	*const status_names[] = {
	[STATUS_SAME] = "same",
	[STATUS_CHANGED] = "changed",
	[STATUS_NEW] = "new",
	[STATUS_GONE] = "gone"
};

/* A table leaves out the classes that have no pools: they have 0. */
static inline int64_t
value_in(const struct dump *d, enum field f)
{
	if (d->v[f] == ABSENT && f >= F_CLASS && f < F_UNKNOWN &&
	    (d->flags & DUMP_TABLE) != 0)
		return 0;
	return d->v[f];
}

bool
row_of(const struct pair *pair, enum field f, struct row *row)
{
	const struct dump	*before = pair->side[0], *after = pair->side[1];
	int64_t			 b, a;

	if (before->v[f] == ABSENT && after->v[f] == ABSENT)
		return false;
	b = value_in(before, f);
	a = value_in(after, f);
	row->field = f;
	row->has[0] = b != ABSENT;
	row->has[1] = a != ABSENT;
	if (b == a)
		row->status = STATUS_SAME;
	else if (b == ABSENT)
		row->status = STATUS_NEW;
	else
		row->status = a == ABSENT ? STATUS_GONE : STATUS_CHANGED;
	row->value[0] = b == ABSENT ? 0 : b;
	row->value[1] = a == ABSENT ? 0 : a;
	row->delta = row->value[1] - row->value[0];
	return true;
}

/* The fields of a line are there together or not at all. */
bool
row_next(const struct pair *pair, struct row *row)
{
	const int64_t	*before = pair->side[0]->v, *after = pair->side[1]->v;
	enum field	 f = field_next(pair->names, row->field);

	while (f != F_NONE && before[f] == ABSENT && after[f] == ABSENT)
		f = field_next(pair->names, f + field_info(f)->of - 1);
	return f != F_NONE && row_of(pair, f, row);
}

bool
rows_differ(const struct pair *pair)
{
	const int64_t	*before = pair->side[0]->v, *after = pair->side[1]->v;
	struct row	 row;

	if (memcmp(before, after, F_COUNT * sizeof(*before)) == 0)
		return false;
	/* A class that one of two tables prints with 0 is no difference. */
	for (enum field f = F_THRESHOLD; f < F_COUNT; f++)
		if (before[f] != after[f] && row_of(pair, f, &row) &&
		    row.status != STATUS_SAME)
			return true;
	return false;
}

/* What both dumps say here; 0 if that is not the same. */
static int64_t
common_value(const struct pair *pair, enum field f)
{
	int64_t	 before = pair->side[0]->v[f];

	return before == pair->side[1]->v[f] ? before : 0;
}

/* The bytes of one of what a field counts; 0 or ABSENT: none are known. */
static int64_t
unit_of(const struct pair *pair, enum field f)
{
	switch (field_info(f)->unit) {
	case UNIT_BYTE:
		return 1;
	case UNIT_ARENA:
		return common_value(pair, F_ARENA_SIZE);
	case UNIT_POOL:
		return common_value(pair, F_POOL_SIZE);
	case UNIT_CLASS:
		return class_size(f);
	case UNIT_EACH:
		return common_value(pair, f + 2);
	case UNIT_LABEL:
		return strncmp(pair->names->label[f - F_UNKNOWN], "# bytes",
		    7) == 0;
	default:
		return 0;
	}
}

bool
row_bytes(const struct pair *pair, const struct row *row, int64_t *bytes)
{
	int64_t	 unit = unit_of(pair, row->field), most;

	if (unit <= 0 || !row->has[0] || !row->has[1])
		return false;
	most = INT64_MAX / unit;
	if (row->delta > most || row->delta < -most)
		return false;
	*bytes = row->delta * unit;
	return true;
}

int64_t
percent_of(int64_t change, int64_t before)
{
	int64_t	 tenths = ((int64_t)magnitude(change) * 1000 + before / 2) /
	    before;

	return change < 0 ? -tenths : tenths;
}

bool
row_percent(const struct row *row, int64_t *tenths)
{
	if (!row->has[0] || !row->has[1] || row->value[0] == 0)
		return false;
	*tenths = percent_of(row->delta, row->value[0]);
	return true;
}

void
out_tenths(struct out *o, int64_t tenths, unsigned flags)
{
	if (tenths < 0 && tenths > -10)
		out_str(o, "-0");
	else
		out_num(o, tenths / 10, flags, 0);
	out_char(o, '.');
	out_char(o, (char)('0' + magnitude(tenths) % 10));
}
