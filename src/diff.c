/*
 * diff: two dumps in, rows out.
 * Each list of the two dumps is sorted alike, so one walk along both joins
 * them; what only one side has stands beside nothing.
 */
#include <assert.h>
#include <string.h>

#include "diff.h"

const char *
section_name(enum section section)
{
	static const char	*const names[] = {
		[SECTION_CONFIG] = "config",
		[SECTION_CLASS] = "class",
		[SECTION_SUMMARY] = "summary",
		[SECTION_FREE_LIST] = "free_list"
	};

	return names[section];
}

const char *
metric_name(enum metric metric)
{
	static const char	*const names[] = {
		[METRIC_VALUE] = "value",
		[METRIC_COUNT] = "count",
		[METRIC_BYTES] = "bytes",
		[METRIC_UNIT_BYTES] = "unit_bytes",
		[METRIC_POOLS] = "pools",
		[METRIC_BLOCKS_IN_USE] = "blocks_in_use",
		[METRIC_AVAIL_BLOCKS] = "avail_blocks"
	};

	return names[metric];
}

const char *
status_name(enum status status)
{
	static const char	*const names[] = {
		[STATUS_SAME] = "same",
		[STATUS_CHANGED] = "changed",
		[STATUS_NEW] = "new",
		[STATUS_GONE] = "gone"
	};

	return names[status];
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* A label in lower case, each run of other characters an underscore. */
static void
label_name(const char *label, size_t n, struct out *o)
{
	bool	 gap = false, begun = false;

	for (size_t i = 0; i < n; i++) {
		char	 c = lower(label[i]);

		if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
			gap = begun;
			continue;
		}
		if (gap)
			out_char(o, '_');
		out_char(o, c);
		gap = false;
		begun = true;
	}
}

void
row_name(const struct row *row, struct out *o)
{
	if (row->section == SECTION_CLASS) {
		out_num(o, row->size[0], 0, 0);
	} else if (row->section == SECTION_FREE_LIST) {
		out_bytes(o, row->label, row->label_len);
		if (row->number > 0) {
			out_char(o, '[');
			out_num(o, row->number, 0, 0);
			out_char(o, ']');
		}
	} else if (row->key != NULL) {
		out_str(o, row->key->name);
	} else if (row->section == SECTION_CONFIG) {
		out_bytes(o, row->label, row->label_len);
	} else {
		label_name(row->label, row->label_len, o);
	}
}

bool
row_bytes(const struct row *row, int64_t *bytes)
{
	int64_t	 most;

	if (row->worth <= 0)
		return false;
	most = INT64_MAX / row->worth;
	*bytes = row->delta;
	if (row->delta > most || row->delta < -most)
		return false;
	*bytes *= row->worth;
	return true;
}

static uint64_t
magnitude(int64_t n)
{
	return n < 0 ? -(uint64_t)n : (uint64_t)n;
}

/* The next decimal digit of rest / by; both are under 2^63. */
static unsigned
next_digit(uint64_t *rest, uint64_t by)
{
	uint64_t	 sum = 0;
	unsigned	 digit = 0;

	for (int i = 0; i < 10; i++) {
		sum += *rest;
		if (sum >= by) {
			sum -= by;
			digit++;
		}
	}
	*rest = sum;
	return digit;
}

bool
row_percent(const struct row *row, struct out *o)
{
	uint64_t	 by = magnitude(row->value[0]);
	uint64_t	 change = magnitude(row->delta), times, rest;
	unsigned	 tenths = 0;

	if (!row->has[0] || !row->has[1] || by == 0)
		return false;
	times = change / by;
	rest = change % by;
	for (int i = 0; i < 3; i++)
		tenths = tenths * 10 + next_digit(&rest, by);
	tenths += rest >= by - rest;
	times += tenths / 1000;
	tenths %= 1000;
	if ((row->delta < 0) != (row->value[0] < 0) &&
	    (times > 0 || tenths > 0))
		out_char(o, '-');
	if (times > 0)
		out_num(o, (int64_t)times, 0, 0);
	if (times > 0 || tenths >= 100)
		out_char(o, (char)('0' + tenths / 100));
	out_char(o, (char)('0' + tenths / 10 % 10));
	out_char(o, '.');
	out_char(o, (char)('0' + tenths % 10));
	return true;
}

/* Append a row, which the caller then fills where it differs from this. */
static struct row *
new_row(struct diff *diff, enum section section, enum metric metric)
{
	struct row	*row;

	assert(diff->count < DIFF_ROWS);
	row = &diff->rows[diff->count++];
	row->section = section;
	row->metric = metric;
	row->key = NULL;
	row->number = 0;
	row->size[0] = row->size[1] = 0;
	row->shown = true;
	return row;
}

/* The two sides, and what follows from them. */
static void
set_sides(struct row *row, const int64_t *before, const int64_t *after)
{
	row->has[0] = before != NULL;
	row->has[1] = after != NULL;
	row->value[0] = before != NULL ? *before : 0;
	row->value[1] = after != NULL ? *after : 0;
	row->delta = row->value[1] - row->value[0];
	if (before == NULL)
		row->status = STATUS_NEW;
	else if (after == NULL)
		row->status = STATUS_GONE;
	else
		row->status = row->delta == 0 ? STATUS_SAME : STATUS_CHANGED;
	row->worth = 0;
}

/* One of it is worth so many bytes there and here, if that is one number. */
static void
set_worth(struct row *row, int64_t before, int64_t after)
{
	if (row->has[0] && row->has[1] && before == after)
		row->worth = before;
}

static void
config_row(struct diff *diff, const char *name, const int64_t *before,
    const int64_t *after)
{
	struct row	*row;

	if (before == NULL && after == NULL)
		return;
	row = new_row(diff, SECTION_CONFIG, METRIC_VALUE);
	row->group = GROUP_CONFIG;
	row->label = name;
	row->label_len = strlen(name);
	set_sides(row, before, after);
}

/* The size in a dump's pair, and the value of a key, if they are there. */
static const int64_t *
pair_size(const struct dump *d, enum key key)
{
	return dump_has(d, key) ? &d->values[key].size : NULL;
}

static const int64_t *
key_value(const struct dump *d, enum key key)
{
	return dump_has(d, key) ? &d->values[key].value : NULL;
}

static void
config_rows(const struct dump *b, const struct dump *a, struct diff *diff)
{
	/* No classes: the header is missing, or does not finish. */
	config_row(diff, "small_block_threshold",
	    b->size_classes > 0 ? &b->threshold : NULL,
	    a->size_classes > 0 ? &a->threshold : NULL);
	config_row(diff, "size_classes",
	    b->size_classes > 0 ? &b->size_classes : NULL,
	    a->size_classes > 0 ? &a->size_classes : NULL);
	config_row(diff, "arena_bytes", pair_size(b, KEY_ARENAS),
	    pair_size(a, KEY_ARENAS));
	config_row(diff, "pool_bytes", pair_size(b, KEY_UNUSED),
	    pair_size(a, KEY_UNUSED));
	for (enum key key = KEY_MEDIUM; key <= KEY_LARGE; key++)
		config_row(diff, keys[key].name, key_value(b, key),
		    key_value(a, key));
}

static int64_t
pool_size(const struct dump *d)
{
	return dump_has(d, KEY_UNUSED) ? d->values[KEY_UNUSED].size : 0;
}

static int64_t
arena_size(const struct dump *d)
{
	return dump_has(d, KEY_ARENAS) ? d->values[KEY_ARENAS].size : 0;
}

static void
class_row(struct diff *diff, enum metric metric,
    const struct size_class *class, const int64_t *before,
    const int64_t *after, int64_t before_worth, int64_t after_worth)
{
	struct row	*row = new_row(diff, SECTION_CLASS, metric);

	row->group = GROUP_CLASSES;
	row->number = class->number;
	row->size[0] = row->size[1] = class->size;
	set_sides(row, before, after);
	set_worth(row, before_worth, after_worth);
}

/* The three rows of a block size; a side without it may be NULL. */
static void
class_rows(const struct dump *b, const struct dump *a,
    const struct size_class *before, const struct size_class *after,
    struct diff *diff)
{
	static const struct size_class	 none;
	const struct size_class		*known = after != NULL ? after : before;
	const struct size_class		*x = before, *y = after;

	/* A table prints no class without pools. */
	if (x == NULL && b->table)
		x = &none;
	if (y == NULL && a->table)
		y = &none;
	class_row(diff, METRIC_POOLS, known, x ? &x->pools : NULL,
	    y ? &y->pools : NULL, pool_size(b), pool_size(a));
	class_row(diff, METRIC_BLOCKS_IN_USE, known, x ? &x->in_use : NULL,
	    y ? &y->in_use : NULL, known->size, known->size);
	class_row(diff, METRIC_AVAIL_BLOCKS, known, x ? &x->avail : NULL,
	    y ? &y->avail : NULL, known->size, known->size);
}

static void
all_class_rows(const struct dump *b, const struct dump *a, struct diff *diff)
{
	unsigned	 i = 0, k = 0;

	while (i < b->classes || k < a->classes) {
		const struct size_class	*x = NULL, *y = NULL;

		if (i < b->classes)
			x = &b->class[i];
		if (k < a->classes)
			y = &a->class[k];
		if (x != NULL && y != NULL && x->size != y->size)
			*(x->size < y->size ? &y : &x) = NULL;
		i += x != NULL;
		k += y != NULL;
		class_rows(b, a, x, y, diff);
	}
}

static struct row *
summary_row(struct diff *diff, const struct key_info *info, enum metric metric)
{
	struct row	*row = new_row(diff, SECTION_SUMMARY, metric);

	row->group = info->group;
	row->key = info;
	row->label = info->label;
	row->label_len = strlen(info->label);
	return row;
}

static void
key_rows(const struct dump *b, const struct dump *a, enum key key,
    struct diff *diff)
{
	const struct key_info	*info = &keys[key];
	const struct value	*x = &b->values[key], *y = &a->values[key];
	bool			 has_x = dump_has(b, key);
	bool			 has_y = dump_has(a, key);
	struct row		*row;

	if (!has_x && !has_y)
		return;
	if (info->layout == LAYOUT_PAIR) {
		row = summary_row(diff, info, METRIC_COUNT);
		row->size[0] = has_x ? x->size : y->size;
		row->size[1] = has_y ? y->size : x->size;
		set_sides(row, has_x ? &x->count : NULL,
		    has_y ? &y->count : NULL);
		set_worth(row, row->size[0], row->size[1]);
	}
	row = summary_row(diff, info, info->layout == LAYOUT_PAIR ?
	    METRIC_BYTES : METRIC_VALUE);
	set_sides(row, has_x ? &x->value : NULL, has_y ? &y->value : NULL);
	if (info->worth == WORTH_ARENA)
		set_worth(row, arena_size(b), arena_size(a));
	else if (info->worth != WORTH_NOTHING)
		set_worth(row, 1, 1);
}

static const struct unknown *
find_unknown(const struct dump *d, const struct unknown *like)
{
	for (unsigned i = 0; i < d->unknowns; i++) {
		const struct unknown	*u = &d->unknown[i];

		if (u->len == like->len &&
		    memcmp(u->label, like->label, u->len) == 0)
			return u;
	}
	return NULL;
}

static void
unknown_row(const struct unknown *x, const struct unknown *y,
    struct diff *diff)
{
	const struct unknown	*u = y != NULL ? y : x;
	struct row		*row;

	row = new_row(diff, SECTION_SUMMARY, METRIC_VALUE);
	row->group = u->group;
	row->label = u->label;
	row->label_len = u->len;
	set_sides(row, x ? &x->value : NULL, y ? &y->value : NULL);
	if (u->len >= 7 && memcmp(u->label, "# bytes", 7) == 0)
		set_worth(row, 1, 1);
}

/* The unknown labels of a group: the after side's, then what is gone. */
static void
unknown_rows(const struct dump *b, const struct dump *a, enum group group,
    struct diff *diff)
{
	for (unsigned i = 0; i < a->unknowns; i++)
		if (a->unknown[i].group == group)
			unknown_row(find_unknown(b, &a->unknown[i]),
			    &a->unknown[i], diff);
	for (unsigned i = 0; i < b->unknowns; i++)
		if (b->unknown[i].group == group &&
		    find_unknown(a, &b->unknown[i]) == NULL)
			unknown_row(&b->unknown[i], NULL, diff);
}

static void
summary_rows(const struct dump *b, const struct dump *a, struct diff *diff)
{
	for (enum key key = KEY_TIMES; key < KEY_COUNT; key++) {
		key_rows(b, a, key, diff);
		if (key + 1 == KEY_COUNT ||
		    keys[key + 1].group != keys[key].group)
			unknown_rows(b, a, keys[key].group, diff);
	}
}

static void
free_list_row(struct diff *diff, enum metric metric,
    const struct free_list *x, const struct free_list *y,
    const int64_t *before, const int64_t *after)
{
	const struct free_list	*l = y != NULL ? y : x;
	struct row		*row;

	row = new_row(diff, SECTION_FREE_LIST, metric);
	row->group = GROUP_FREE_LISTS;
	row->label = l->name;
	row->label_len = l->len;
	row->number = l->items;
	row->size[0] = (x != NULL ? x : y)->size;
	row->size[1] = l->size;
	set_sides(row, before, after);
	if (metric == METRIC_COUNT)
		set_worth(row, row->size[0], row->size[1]);
	else if (metric == METRIC_BYTES)
		set_worth(row, 1, 1);
}

static void
free_list_rows(const struct dump *b, const struct dump *a, struct diff *diff)
{
	unsigned	 i = 0, k = 0;
	int		 order;

	while (i < b->frees || k < a->frees) {
		const struct free_list	*x = NULL, *y = NULL;

		if (i < b->frees)
			x = &b->free[i];
		if (k < a->frees)
			y = &a->free[k];
		if (x != NULL && y != NULL &&
		    (order = free_list_order(x, y)) != 0)
			*(order < 0 ? &y : &x) = NULL;
		i += x != NULL;
		k += y != NULL;
		free_list_row(diff, METRIC_COUNT, x, y, x ? &x->count : NULL,
		    y ? &y->count : NULL);
		free_list_row(diff, METRIC_BYTES, x, y, x ? &x->bytes : NULL,
		    y ? &y->bytes : NULL);
		free_list_row(diff, METRIC_UNIT_BYTES, x, y,
		    x ? &x->size : NULL, y ? &y->size : NULL);
	}
}

void
diff_dumps(const struct dump *before, const struct dump *after,
    struct diff *diff)
{
	diff->count = 0;
	config_rows(before, after, diff);
	all_class_rows(before, after, diff);
	summary_rows(before, after, diff);
	free_list_rows(before, after, diff);
}
