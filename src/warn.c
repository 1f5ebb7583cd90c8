/*
 * warn: what the reader of a diff should know about its two dumps.
 */
#include <string.h>

#include "warn.h"

enum { NAMES = 4 };		/* of differences that one warning names */

/* Does this row tell two builds apart? A damaged dump's gaps do not. */
static bool
is_build(const struct row *row, bool damaged)
{
	if (row->status == STATUS_SAME)
		return false;
	if (row->section == SECTION_CONFIG)
		return row->status == STATUS_CHANGED || !damaged;
	if (row->metric == METRIC_UNIT_BYTES)
		return row->status == STATUS_CHANGED;
	return row->section == SECTION_SUMMARY && !damaged &&
	    row->status != STATUS_CHANGED && row->metric != METRIC_BYTES;
}

static void
name_difference(const struct row *row, struct out *o)
{
	row_name(row, o);
	if (row->metric == METRIC_UNIT_BYTES)
		out_str(o, " bytes each");
	if (row->status == STATUS_CHANGED) {
		out_char(o, ' ');
		out_num(o, row->value[0], 0, 0);
		out_str(o, " -> ");
		out_num(o, row->value[1], 0, 0);
	} else {
		out_char(o, ' ');
		out_str(o, status_name(row->status));
	}
}

static void
warn_builds(const struct dump *after, const struct diff *diff,
    struct relation relation, struct flaws *warnings)
{
	struct flaw_text	 t;
	struct out		*o = flaw_begin(&t);
	unsigned		 n = 0;

	out_str(o, "another build than before: ");
	for (unsigned i = 0; i < diff->count; i++) {
		if (!is_build(&diff->rows[i], relation.damaged) || n++ >= NAMES)
			continue;
		if (n > 1)
			out_str(o, ", ");
		name_difference(&diff->rows[i], o);
	}
	if (n > NAMES) {
		out_str(o, " and ");
		out_num(o, n - NAMES, 0, 0);
		out_str(o, " more");
	}
	if (n > 0)
		flaw_add(warnings, relation.each ? after->first_line : 0, &t);
}

/* obmalloc.c: these only ever count up. */
static const enum key	counters[] = { KEY_ALLOCATED_TOTAL, KEY_RECLAIMED,
    KEY_HIGHWATER, KEY_MID_NODES, KEY_BOT_NODES };

static void
warn_fallen(const struct dump *before, const struct dump *after,
    struct flaws *warnings)
{
	for (size_t i = 0; i < sizeof(counters) / sizeof(*counters); i++) {
		enum key		 key = counters[i];
		const struct value	*from = &before->values[key];
		const struct value	*to = &after->values[key];
		struct flaw_text	 t;
		struct out		*o;

		if (!dump_has(before, key) || !dump_has(after, key) ||
		    to->value >= from->value)
			continue;
		o = flaw_begin(&t);
		out_quoted(o, keys[key].label, strlen(keys[key].label));
		out_str(o, " has fallen from ");
		out_num(o, from->value, OUT_COMMAS, 0);
		out_str(o, " to ");
		out_num(o, to->value, OUT_COMMAS, 0);
		out_str(o, ": another process?");
		flaw_add(warnings, to->line, &t);
		return;
	}
}

static void
warn_empty(const struct dump *before, struct flaws *warnings)
{
	struct flaw_text	 t;

	if (!dump_has(before, KEY_ARENAS) ||
	    before->values[KEY_ARENAS].count != 0)
		return;
	out_str(flaw_begin(&t), "this dump has no arenas yet: "
	    "PYTHONMALLOCSTATS prints such a one first");
	flaw_add(warnings, before->first_line, &t);
}

/* -s 2:-2 of a stream that has fewer than four dumps. */
static void
warn_crossed(const struct dump *before, const struct dump *after,
    struct flaws *warnings)
{
	struct flaw_text	 t;

	if (before->offset < after->offset)
		return;
	out_str(flaw_begin(&t), before == after ?
	    "-s selects this dump for both sides" :
	    "-s selects this dump as before, and an earlier one as after");
	flaw_add(warnings, before->first_line, &t);
}

void
warn_pair(const struct dump *before, const struct dump *after,
    const struct diff *diff, struct relation relation,
    struct flaws *of_before, struct flaws *of_after)
{
	of_before->count = of_after->count = 0;
	if (relation.forward)
		warn_crossed(before, after, of_before);
	warn_empty(before, of_before);
	if (relation.one_input)
		warn_fallen(before, after, of_after);
	warn_builds(after, diff, relation, of_after);
}
