/*
 * report: what all formats share: which rows they show.
 */
#include "report.h"

bool
report_shows(const struct report *r, const struct row *row)
{
	const struct options	*o = r->options;

	if (row->status == STATUS_SAME)
		return o->all && o->threshold_count == 0;
	return threshold_shows(&r->pair, row, o->thresholds,
	    o->threshold_count);
}

bool
report_next(const struct report *r, struct row *row)
{
	while (row_next(&r->pair, row))
		if (report_shows(r, row))
			return true;
	return false;
}

bool
report_differs(const struct report *r)
{
	const struct options	*o = r->options;
	struct row		 row = { .field = F_NONE };

	if (o->threshold_count == 0)
		return rows_differ(&r->pair);
	while (row_next(&r->pair, &row))
		if (threshold_shows(&r->pair, &row, o->thresholds,
		    o->threshold_count))
			return true;
	return false;
}

void
report_numbers(const struct report *r, struct out *o)
{
	out_cat(o, "--- dump ", DEC(r->number[0]), "\n+++ dump ",
	    DEC(r->number[1]), "\n");
}
