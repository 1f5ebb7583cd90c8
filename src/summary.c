/*
 * summary: rows in, what moved and what it means out, for a person.
 * It reads all rows, shown or not; the verdict's rule is the man page's.
 */
#include <string.h>

#include "report.h"

enum {
	NAME_WIDTH = 16,
	VALUE_WIDTH = 18,
	PERCENT_WIDTH = 10,
	CLASSES_MOST = 10,	/* of those that moved, the first so many */
	BAR_MOST = 6
};

/* The levels, in the order in which they are printed. */
enum level {
	LEVEL_ARENAS, LEVEL_HIGHWATER, LEVEL_HELD, LEVEL_LIVE,
	LEVEL_FREE_LISTS, LEVEL_AVAILABLE, LEVEL_UNUSED, LEVEL_OVERHEAD,
	LEVEL_MI_COMMITTED, LEVEL_MI_LIVE, LEVEL_MI_RESERVED,
	LEVEL_COUNT
};

/* Their names, and the keys that add up to them. */
static const struct {
	const char	*name;
	unsigned	 n;
	enum key	 keys[3];
} level_info[LEVEL_COUNT] = {
	[LEVEL_ARENAS] = { "arenas", 1, { KEY_ARENAS } },
	[LEVEL_HIGHWATER] = { "arenas at most", 1, { KEY_ARENAS_HIGHWATER } },
	[LEVEL_HELD] = { "bytes held", 1, { KEY_ARENAS_BYTES } },
	[LEVEL_LIVE] = { "  live", 1, { KEY_ALLOCATED_BYTES } },
	/* they count as live, and are no keys */
	[LEVEL_FREE_LISTS] = { "    free lists", 0, { KEY_COUNT } },
	[LEVEL_AVAILABLE] = { "  available", 1, { KEY_AVAILABLE_BYTES } },
	[LEVEL_UNUSED] = { "  unused pools", 1, { KEY_UNUSED_BYTES } },
	[LEVEL_OVERHEAD] = { "  overhead", 3, { KEY_POOL_HEADERS,
	    KEY_QUANTIZATION, KEY_ARENA_ALIGNMENT } },
	[LEVEL_MI_COMMITTED] = { "bytes committed", 1, { KEY_MI_COMMITTED } },
	[LEVEL_MI_LIVE] = { "  allocated", 1, { KEY_MI_BYTES } },
	[LEVEL_MI_RESERVED] = { "bytes reserved", 1, { KEY_MI_RESERVED } }
};

/* Add what a row says to a level, which is a row itself, for its percent. */
static void
add_row(struct row *level, const struct row *row)
{
	if (row == NULL)
		return;
	for (int i = 0; i < 2; i++) {
		level->has[i] = level->has[i] || row->has[i];
		level->value[i] = row->value[i] > INT64_MAX - level->value[i] ?
		    INT64_MAX : level->value[i] + row->value[i];
	}
}

static void
collect(const struct diff *diff, struct row levels[LEVEL_COUNT])
{
	memset(levels, 0, LEVEL_COUNT * sizeof(*levels));
	for (int i = 0; i < LEVEL_COUNT; i++)
		for (unsigned k = 0; k < level_info[i].n; k++)
			add_row(&levels[i],
			    diff_find(diff, level_info[i].keys[k]));
	for (unsigned i = 0; i < diff->count; i++)
		if (diff->rows[i].section == SECTION_FREE_LIST &&
		    diff->rows[i].metric == METRIC_BYTES)
			add_row(&levels[LEVEL_FREE_LISTS], &diff->rows[i]);
}

static void
right(struct out *o, const struct out *text, size_t width)
{
	out_pad(o, text->len, width);
	out_bytes(o, text->data, text->len);
}

/* A column: a blank always, then the number at its right end. */
static void
column(struct out *o, int64_t n, unsigned flags, size_t width)
{
	out_char(o, ' ');
	out_num(o, n, flags, width - 1);
}

/* A side of a level, or - where the dump does not say. */
static void
side(struct out *o, bool there, int64_t value)
{
	if (there) {
		column(o, value, OUT_COMMAS, VALUE_WIDTH);
	} else {
		out_pad(o, 1, VALUE_WIDTH);
		out_char(o, '-');
	}
}

static void
name_column(struct out *o, const char *name)
{
	out_str(o, name);
	out_pad(o, strlen(name), NAME_WIDTH);
}

static void
level_line(const char *name, const struct row *level, struct out *o)
{
	char		 text[64], beyond[] = ">999999%";
	struct out	 percent = out_memory(text, sizeof(text));

	if (!level->has[0] && !level->has[1])
		return;
	name_column(o, name);
	side(o, level->has[0], level->value[0]);
	side(o, level->has[1], level->value[1]);
	if (level->has[0] && level->has[1])
		column(o, row_delta(level), OUT_SIGN | OUT_COMMAS, VALUE_WIDTH);
	if (row_percent(level, &percent)) {
		out_char(&percent, '%');
		if (percent.len >= PERCENT_WIDTH)
			percent = (struct out){ .data = beyond,
			    .len = sizeof(beyond) - 1, .fd = -1 };
		out_char(o, ' ');
		right(o, &percent, PERCENT_WIDTH - 1);
	}
	out_char(o, '\n');
}

/* part / whole in tenths of a percent, half away from zero. */
static int64_t
share(int64_t part, int64_t whole)
{
	while (whole > INT64_MAX / 2001 || part > INT64_MAX / 2001) {
		whole /= 2;
		part /= 2;
	}
	return whole > 0 ? (part * 2000 + whole) / (2 * whole) : 0;
}

static void
tenths(struct out *o, int64_t n, unsigned flags, const char *unit,
    size_t width)
{
	char		 text[32];
	struct out	 t = out_memory(text, sizeof(text));

	if (n < 0)
		out_char(&t, '-');
	out_num(&t, (int64_t)(magnitude(n) / 10), n < 0 ? 0 : flags, 0);
	out_char(&t, '.');
	out_char(&t, (char)('0' + magnitude(n) % 10));
	out_str(&t, unit);
	right(o, &t, width);
}

static void
ratio_line(const char *name, const struct row *part, const struct row *whole,
    struct out *o)
{
	int64_t	 n[2];

	for (int i = 0; i < 2; i++) {
		if (!part->has[i] || !whole->has[i] || whole->value[i] <= 0)
			return;
		n[i] = share(part->value[i], whole->value[i]);
	}
	name_column(o, name);
	tenths(o, n[0], 0, "%", VALUE_WIDTH);
	tenths(o, n[1], 0, "%", VALUE_WIDTH);
	tenths(o, n[1] - n[0], OUT_SIGN, " pts", VALUE_WIDTH);
	out_char(o, '\n');
}

/* Counters only rise: their change is what happened in between. */
static void
churn_line(const struct diff *diff, struct out *o)
{
	const struct row	*total, *back;

	total = diff_find(diff, KEY_ARENAS_TOTAL);
	back = diff_find(diff, KEY_ARENAS_RECLAIMED);
	if (total == NULL || back == NULL || !total->has[0] ||
	    !total->has[1] || row_delta(total) < 0 || row_delta(back) < 0)
		return;
	out_cat(o, "arenas in between: ", COMMAS(row_delta(total)),
	    " allocated, ", COMMAS(row_delta(back)), " reclaimed\n");
}

/* The bytes by which it changed, up or down. */
static int64_t
moved(const struct row *in_use)
{
	int64_t	 bytes;

	return row_bytes(in_use, &bytes) ? (int64_t)magnitude(bytes) : 0;
}

/* The classes whose live bytes moved most, the most first: how many. */
static unsigned
pick_classes(const struct diff *diff, const struct row *most[CLASSES_MOST])
{
	unsigned	 n = 0, at;

	for (unsigned i = 0; i < diff->count; i++) {
		const struct row	*row = &diff->rows[i];

		if (row->metric != METRIC_BLOCKS_IN_USE || moved(row) == 0)
			continue;
		for (at = n; at > 0 && moved(most[at - 1]) < moved(row); at--)
			if (at < CLASSES_MOST)
				most[at] = most[at - 1];
		if (at < CLASSES_MOST)
			most[at] = row;
		if (n < CLASSES_MOST)
			n++;
	}
	return n;
}

static void
pair(struct out *o, int64_t before, int64_t after, size_t width)
{
	column(o, before, 0, width);
	out_str(o, " ->");
	column(o, after, 0, width + 1);
}

/* In whole percent; 100 only where no block is left. */
static int64_t
fill(int64_t used, int64_t left)
{
	int64_t	 percent = used > INT64_MAX - left ? 0 :
	    share(used, used + left) / 10;

	return percent == 100 && left > 0 ? 99 : percent;
}

/* The rows of a class stand in a row: pools, blocks in use, available. */
static void
class_line(const struct row *in_use, int64_t step, struct out *o)
{
	const struct row	*pools = in_use - 1, *avail = in_use + 1;

	out_num(o, in_use->entry->size, 0, 4);
	pair(o, pools->value[0], pools->value[1], 6);
	pair(o, in_use->value[0], in_use->value[1], 9);
	for (int i = 0; i < 2; i++) {
		out_str(o, i == 0 ? "" : " ->");
		column(o, fill(in_use->value[i], avail->value[i]), 0,
		    i == 0 ? 5 : 4);
		out_char(o, '%');
	}
	column(o, row_delta(in_use) < 0 ? -moved(in_use) : moved(in_use),
	    OUT_SIGN | OUT_COMMAS, 15);
	out_char(o, ' ');
	for (int64_t i = (moved(in_use) - 1) / step; i >= 0; i--)
		out_char(o, row_delta(in_use) < 0 ? '-' : '+');
	out_char(o, '\n');
}

static void
classes(const struct diff *diff, struct out *o)
{
	const struct row	*most[CLASSES_MOST];
	unsigned		 n = pick_classes(diff, most);
	int64_t			 step;

	if (n == 0)
		return;
	out_str(o, "\nsize           pools         blocks in use"
	    "         fill    live change\n");
	step = (moved(most[0]) - 1) / BAR_MOST + 1;
	for (unsigned i = 0; i < n; i++)
		class_line(most[i], step, o);
}

/* Is the change under 1 % of what was held before? */
static bool
is_small(int64_t change, int64_t held)
{
	return change == 0 || (int64_t)magnitude(change) <
	    held / 100 + (held % 100 > 0);
}

static void
verdict_line(struct out *o, const char *verdict, const struct row *held,
    const struct row *live)
{
	out_cat(o, "verdict: ", verdict, " (held ", CHANGE(row_delta(held)),
	    ", live ", CHANGE(row_delta(live)), " bytes)\n");
}

/* What is held and not live, after: where the gaps are the point. */
static void
gaps_line(struct out *o, const struct row *held, const struct row *live)
{
	if (held->value[1] == 0)
		return;
	tenths(o, 1000 - share(live->value[1], held->value[1]), 0, "%", 0);
	out_str(o, " of what is held now is not live.");
	if (row_delta(live) > 0 && !is_small(row_delta(live), held->value[0]))
		out_str(o, " Live memory grew too.");
	out_char(o, '\n');
}

static void
verdict(const struct row *held, const struct row *live, struct out *o)
{
	int64_t	 dh = row_delta(held), dl = row_delta(live);

	if (is_small(dh, held->value[0]) && is_small(dl, held->value[0])) {
		verdict_line(o, "steady", held, live);
		out_str(o, "Neither changed by 1 % of what was held before.\n");
	} else if (dl > 0 && (dh <= 0 || dl >= dh - dl)) {
		verdict_line(o, "growth", held, live);
		out_str(o, "More is in use: a leak, a cache or more work. "
		    "A third dump, after the same work\n"
		    "again, tells which: a leak grows on.\n");
	} else if (dh < 0) {
		verdict_line(o, "returned", held, live);
		gaps_line(o, held, live);
	} else {
		verdict_line(o, "fragmentation", held, live);
		gaps_line(o, held, live);
		out_str(o, "Python can use the gaps again; an arena goes back "
		    "only when all of it is empty.\n");
	}
}

/* In free-threaded builds mimalloc's five numbers are always 0. */
static bool
is_unmeasured(const struct row *live, const struct row *committed)
{
	for (int i = 0; i < 2; i++)
		if (live->has[i] && live->value[i] == 0 &&
		    committed->value[i] == 0)
			return true;
	return false;
}

static void
print_verdict(const struct row levels[LEVEL_COUNT], struct out *o)
{
	const struct row	*held = &levels[LEVEL_HELD];
	const struct row	*live = &levels[LEVEL_LIVE];

	if (levels[LEVEL_MI_LIVE].has[0] || levels[LEVEL_MI_LIVE].has[1]) {
		held = &levels[LEVEL_MI_COMMITTED];
		live = &levels[LEVEL_MI_LIVE];
	}
	if (held != &levels[LEVEL_HELD] && is_unmeasured(live, held))
		out_str(o, "verdict: not measured\nA free-threaded build "
		    "prints zeros here: they do not say that memory was "
		    "freed.\n");
	else if (!held->has[0] || !held->has[1] || !live->has[0] ||
	    !live->has[1])
		out_str(o, "verdict: none\nThe two dumps do not both say how "
		    "much is held and how much is live.\n");
	else
		verdict(held, live, o);
}

static bool
is_other_build(const struct diff *diff)
{
	for (unsigned i = 0; i < diff->count; i++)
		if (diff->rows[i].section == SECTION_CONFIG &&
		    diff->rows[i].status != STATUS_SAME)
			return true;
	return false;
}

/* What cannot be compared, or relied on. */
static void
notes(const struct report *r, struct out *o)
{
	bool	 damaged = r->damaged[0] || r->damaged[1], unit = false;

	if (damaged)
		out_cat(o, "Damaged: ", r->damaged[0] ? "the dump before" : "",
		    r->damaged[0] && r->damaged[1] ? ", " : "",
		    r->damaged[1] ? "the dump after" : "",
		    ". Its numbers are not to be relied on.\n");
	else if (is_other_build(r->diff))
		out_str(o, "Two different builds: what has changed may be "
		    "theirs, not the program's.\n");
	for (unsigned i = 0; i < r->diff->count; i++)
		unit = unit || (r->diff->rows[i].metric == METRIC_UNIT_BYTES &&
		    r->diff->rows[i].status == STATUS_CHANGED);
	if (unit)
		out_str(o, "Bytes each of some free lists differ, as between "
		    "versions (since 3.15 they\ncount the garbage collector's "
		    "header): such a change is not a leak.\n");
}

/* What no dump can tell. Blocks over pymalloc's threshold go to malloc(3). */
static void
blind_line(const struct diff *diff, const struct row levels[LEVEL_COUNT],
    struct out *o)
{
	const struct row	*threshold = diff_find(diff, KEY_THRESHOLD);

	out_str(o, "Not seen here: ");
	if (levels[LEVEL_MI_LIVE].has[1])
		out_str(o, "other threads' heaps, ");
	else if (levels[LEVEL_HELD].has[1] && threshold != NULL &&
	    threshold->has[1])
		out_cat(o, "blocks over ", DEC(threshold->value[1]),
		    " bytes, ");
	out_str(o, "memory of C libraries, RSS.\n");
}

void
summary_report(const struct report *r, struct out *o)
{
	struct row	 levels[LEVEL_COUNT];

	collect(r->diff, levels);
	if (r->each)
		report_numbers(r, o);
	out_str(o, "                            before             after"
	    "            change   percent\n");
	for (enum level i = LEVEL_ARENAS; i < LEVEL_COUNT; i++) {
		level_line(level_info[i].name, &levels[i], o);
		if (i == LEVEL_OVERHEAD)
			ratio_line("live of held", &levels[LEVEL_LIVE],
			    &levels[LEVEL_HELD], o);
	}
	ratio_line("allocated of it", &levels[LEVEL_MI_LIVE],
	    &levels[LEVEL_MI_COMMITTED], o);
	if (!is_other_build(r->diff))
		churn_line(r->diff, o);
	classes(r->diff, o);
	out_char(o, '\n');
	notes(r, o);
	print_verdict(levels, o);
	blind_line(r->diff, levels, o);
}
