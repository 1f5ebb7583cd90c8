/*
 * warn: what the reader of a diff should know about its two dumps.
 */
#include <string.h>

#include "warn.h"

enum { NAMES = 4 };		/* of differences that one warning names */

/*
 * Does this row, which differs, tell two builds apart? A damaged dump's gaps
 * do not.
 */
static bool
is_build(const struct row *row, bool damaged)
{
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
	if (row->status == STATUS_CHANGED)
		out_cat(o, " ", DEC(row->value[0]), " -> ", DEC(row->value[1]));
	else
		out_cat(o, " ", status_name(row->status));
}

static void
warn_builds(const struct dump *after, const struct diff *diff,
    struct relation relation, struct flaws *warnings)
{
	const struct row	*row = diff->rows, *end = row + diff->count;
	char			 text[FLAW_TEXT];
	struct out		 names = out_memory(text, sizeof(text) - 1);
	unsigned		 n = 0;

	for (; row < end; row++) {
		if (row->status == STATUS_SAME ||
		    !is_build(row, relation.damaged) || n++ >= NAMES)
			continue;
		if (n > 1)
			out_str(&names, ", ");
		name_difference(row, &names);
	}
	if (n > NAMES)
		out_cat(&names, " and ", DEC(n - NAMES), " more");
	text[names.len] = '\0';
	if (n > 0)
		flaw_add(warnings, relation.each ? after->first_line : 0,
		    "another build than before: ", text);
}

/* obmalloc.c: these only ever count up. */
static const enum key	counters[] = { KEY_ARENAS_TOTAL, KEY_ARENAS_RECLAIMED,
    KEY_ARENAS_HIGHWATER, KEY_MID_NODES, KEY_BOT_NODES };

static void
warn_fallen(const struct dump *before, const struct dump *after,
    struct flaws *warnings)
{
	for (size_t i = 0; i < sizeof(counters) / sizeof(*counters); i++) {
		enum key	 key = counters[i];

		if (!dump_has(before, key) || !dump_has(after, key) ||
		    after->values[key] >= before->values[key])
			continue;
		flaw_add(warnings, after->key_lines[key],
		    QUOTED(keys[key].label, keys[key].len),
		    " has fallen from ", COMMAS(before->values[key]), " to ",
		    COMMAS(after->values[key]), ": another process?");
		return;
	}
}

/* PYTHONMALLOCSTATS begins so, and ends with a dump after the teardown. */
static void
warn_empty(const struct dump *before, struct relation relation,
    struct flaws *warnings)
{
	if (dump_has(before, KEY_ARENAS) && before->values[KEY_ARENAS] == 0)
		flaw_add(warnings, before->first_line, "this dump has no "
		    "arenas yet: PYTHONMALLOCSTATS prints such a one first",
		    relation.forward ? "; -s 2:-2 leaves it out, and the last "
		    "one, which it prints at exit" : "");
}

/* -s 2:-2 of a stream that has fewer than four dumps. */
static void
warn_crossed(const struct dump *before, const struct dump *after,
    struct flaws *warnings)
{
	if (before->offset >= after->offset)
		flaw_add(warnings, before->first_line, before == after ?
		    "-s selects this dump for both sides" :
		    "-s selects this dump as before, and an earlier one as "
		    "after");
}

void
warn_pair(const struct dump *before, const struct dump *after,
    const struct diff *diff, struct relation relation,
    struct flaws *of_before, struct flaws *of_after)
{
	of_before->count = of_after->count = 0;
	if (relation.forward)
		warn_crossed(before, after, of_before);
	warn_empty(before, relation, of_before);
	if (relation.one_input && before->offset < after->offset)
		warn_fallen(before, after, of_after);
	warn_builds(after, diff, relation, of_after);
}
