/*
 * warn: the rows of two builds differ; but first a cheap look at the numbers
 * says whether any row can.
 */
#include <string.h>

#include "warn.h"

enum { NAMES = 4 };		/* of differences that one warning names */

static void
name_difference(const struct pair *pair, const struct row *row,
    struct out *o)
{
	field_name(pair->names, row->field, o);
	if (field_info(row->field)->metric == METRIC_UNIT_BYTES)
		out_str(o, " bytes each");
	if (row->status == STATUS_CHANGED)
		out_cat(o, " ", DEC(row->value[0]), " -> ",
		    DEC(row->value[1]));
	else
		out_cat(o, " ", status_names[row->status]);
}

/*
 * Can any row tell the builds apart? In a stream hardly any can, and this
 * costs less than going through the rows.
 */
static bool
may_differ(const struct pair *pair)
{
	const struct dump	*b = pair->side[0], *a = pair->side[1];
	enum field		 end;

	if (((b->present ^ a->present) & ~LEVEL_FIELDS) != 0 ||
	    memcmp(b->v, a->v, (F_LARGE + 1) * sizeof(*b->v)) != 0)
		return true;
	for (enum field f = F_UNKNOWN; f < F_TUPLE; f++)
		if (dump_has(b, f) != dump_has(a, f))
			return true;
	end = (enum field)(F_TYPE + 3 * pair->names->types);
	for (enum field f = F_TUPLE; f < end; f += 3)
		if (b->v[f + 2] != a->v[f + 2])
			return true;
	return false;
}

bool
warn_tells_builds(const struct pair *pair, const struct row *row)
{
	enum section	 section = field_info(row->field)->section;
	enum metric	 metric = field_info(row->field)->metric;
	bool		 changed = row->status == STATUS_CHANGED;
	bool		 damaged = pair_is_damaged(pair);

	if (row->status == STATUS_SAME)
		return false;
	if (section == SECTION_CONFIG)
		return changed || !damaged;
	if (metric == METRIC_UNIT_BYTES)
		return changed;
	return section == SECTION_SUMMARY && !damaged && !changed &&
	    metric != METRIC_BYTES &&
	    field_info(row->field)->group != GROUP_PROCESS;
}

bool
warn_builds(const struct pair *pair, uint64_t line, struct messages *m)
{
	char		 text[SAY_TEXT - 64];
	struct out	 names = out_memory(text, sizeof(text) - 1);
	unsigned	 n = 0;
	struct row	 row = { .field = F_NONE };

	if (!may_differ(pair))
		return false;
	while (row_next(pair, &row)) {
		if (!warn_tells_builds(pair, &row) || n++ >= NAMES)
			continue;
		if (n > 1)
			out_str(&names, ", ");
		name_difference(pair, &row, &names);
	}
	if (n > NAMES)
		out_cat(&names, " and ", DEC(n - NAMES), " more");
	text[names.len] = '\0';
	if (n > 0)
		say(m, line, "different builds: ", text);
	return n > 0;
}
