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

/* A label in lower case, each run of other characters an underscore. */
static void
label_name(const char *label, size_t n, struct out *o)
{
	bool	 gap = false, begun = false;

	for (size_t i = 0; i < n; i++) {
		char	 c = label[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
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
	if (row->key != NULL)
		out_str(o, row->key->name);
	else if (row->section == SECTION_CLASS)
		out_num(o, row->entry->size, 0, 0);
	else if (row->section == SECTION_FREE_LIST)
		entry_name(row->entry, o);
	else
		label_name(row->entry->name, row->entry->len, o);
}

const struct row *
diff_find(const struct diff *diff, enum key key)
{
	for (unsigned i = 0; i < diff->count; i++)
		if (diff->rows[i].key == &keys[key])
			return &diff->rows[i];
	return NULL;
}

bool
row_bytes(const struct row *row, int64_t *bytes)
{
	int64_t	 most, delta = row_delta(row);

	if (row->worth <= 0)
		return false;
	most = INT64_MAX / row->worth;
	if (delta > most || delta < -most)
		return false;
	*bytes = delta * row->worth;
	return true;
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
	uint64_t	 change = magnitude(row_delta(row)), times, rest;
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
	if ((row_delta(row) < 0) != (row->value[0] < 0) &&
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

/* One side of a row: its number, if it is there, and the worth of one. */
struct cell {
	bool		 has;
	int64_t		 value, worth;
};

/*
 * Append a row. Its fields are set one by one: a struct that is copied behind
 * its fields waits for them, and rows are most of what a diff writes.
 */
static inline void
add_row(struct diff *diff, enum section section, enum group group,
    enum metric metric, const struct key_info *key,
    const struct entry *entry, struct cell before, struct cell after)
{
	struct row	*row = &diff->rows[diff->count++];
	bool		 both = before.has && after.has;
	enum status	 status = before.has ? STATUS_GONE : STATUS_NEW;

	assert(diff->count <= DIFF_ROWS);
	if (both)
		status = before.value == after.value ? STATUS_SAME :
		    STATUS_CHANGED;
	row->key = key;
	row->entry = entry;
	row->value[0] = before.value;
	row->value[1] = after.value;
	row->worth = both && before.worth == after.worth ? after.worth : 0;
	row->section = (uint8_t)section;
	row->group = (uint8_t)group;
	row->metric = (uint8_t)metric;
	row->status = (uint8_t)status;
	row->has[0] = before.has;
	row->has[1] = after.has;
	diff->by_status[status]++;
}

/* What one of something is worth in this dump: 0 where it does not say. */
static int64_t
worth_in(const struct dump *d, enum worth worth)
{
	enum key	 key = worth == WORTH_ARENA ? KEY_ARENA_SIZE :
	    KEY_POOL_SIZE;

	if (worth == WORTH_ARENA || worth == WORTH_POOL)
		return dump_has(d, key) ? d->values[key] : 0;
	return worth == WORTH_BYTE;
}

static struct cell
key_cell(const struct dump *d, enum key key)
{
	if (!dump_has(d, key))
		return (struct cell){ false, 0, 0 };
	return (struct cell){ true, d->values[key],
	    worth_in(d, keys[key].worth) };
}

static void
key_row(const struct dump *b, const struct dump *a, enum key key,
    struct diff *diff)
{
	const struct key_info	*info = &keys[key];
	enum metric		 metric = METRIC_VALUE;

	if (!dump_has(b, key) && !dump_has(a, key))
		return;
	if (info->layout == LAYOUT_PAIR)
		metric = METRIC_COUNT;
	else if (key == KEY_ARENAS_BYTES || key == KEY_UNUSED_BYTES)
		metric = METRIC_BYTES;
	add_row(diff, info->group == GROUP_CONFIG ? SECTION_CONFIG :
	    SECTION_SUMMARY, info->group, metric, info, NULL,
	    key_cell(b, key), key_cell(a, key));
}

/* Number i of an entry, which may be NULL. */
static inline struct cell
entry_cell(const struct entry *e, int i, int64_t worth)
{
	return (struct cell){ e != NULL, e != NULL ? e->n[i] : 0, worth };
}

/* The three rows of a block size; a side without it may be NULL. */
static void
class_rows(const struct dump *b, const struct dump *a, const struct entry *x,
    const struct entry *y, struct diff *diff)
{
	static const struct entry	 none;
	const struct entry		*e = y != NULL ? y : x;
	int64_t				 pool[2] = { worth_in(b, WORTH_POOL),
	    worth_in(a, WORTH_POOL) };

	/* A table prints no class without pools. */
	if (x == NULL && b->table)
		x = &none;
	if (y == NULL && a->table)
		y = &none;
	for (int i = 0; i < 3; i++)
		add_row(diff, SECTION_CLASS, GROUP_CLASSES,
		    (enum metric)(METRIC_POOLS + i), NULL, e,
		    entry_cell(x, i, i == 0 ? pool[0] : e->size),
		    entry_cell(y, i, i == 0 ? pool[1] : e->size));
}

/* Number i of a free list is worth its bytes each, 1 or nothing. */
static inline struct cell
free_list_cell(const struct entry *e, int i)
{
	if (e == NULL)
		return entry_cell(e, i, 0);
	return entry_cell(e, i, i == 0 ? e->n[2] : i == 1);
}

/* The three rows of a free list; a side without it may be NULL. */
static void
free_list_rows(const struct entry *x, const struct entry *y,
    struct diff *diff)
{
	for (int i = 0; i < 3; i++)
		add_row(diff, SECTION_FREE_LIST, GROUP_FREE_LISTS,
		    (enum metric)(METRIC_COUNT + i), NULL,
		    y != NULL ? y : x, free_list_cell(x, i),
		    free_list_cell(y, i));
}

/* Walk along two sorted lists: what both have side by side. */
static void
join(const struct dump *b, const struct dump *a, const struct list *before,
    const struct list *after, struct diff *diff)
{
	unsigned	 i = 0, k = 0;

	while (i < before->count || k < after->count) {
		const struct entry	*x = NULL, *y = NULL;
		int			 order;

		if (i < before->count)
			x = &before->entry[i];
		if (k < after->count)
			y = &after->entry[k];
		if (x != NULL && y != NULL && (order = entry_order(x, y)) != 0)
			*(order < 0 ? &y : &x) = NULL;
		i += x != NULL;
		k += y != NULL;
		if (before == &b->classes)
			class_rows(b, a, x, y, diff);
		else
			free_list_rows(x, y, diff);
	}
}

static const struct entry *
find_unknown(const struct dump *d, const struct entry *like)
{
	for (unsigned i = 0; i < d->unknown.count; i++)
		if (entry_order(&d->unknown.entry[i], like) == 0)
			return &d->unknown.entry[i];
	return NULL;
}

static void
unknown_row(const struct entry *x, const struct entry *y, struct diff *diff)
{
	const struct entry	*e = y != NULL ? y : x;
	bool			 bytes = e->len >= 7 &&
	    memcmp(e->name, "# bytes", 7) == 0;

	add_row(diff, SECTION_SUMMARY, e->group, METRIC_VALUE, NULL, e,
	    entry_cell(x, 0, bytes), entry_cell(y, 0, bytes));
}

/* The unknown labels of a group: the after side's, then what is gone. */
static void
unknown_rows(const struct dump *b, const struct dump *a, enum group group,
    struct diff *diff)
{
	for (unsigned i = 0; i < a->unknown.count; i++)
		if (a->unknown.entry[i].group == group)
			unknown_row(find_unknown(b, &a->unknown.entry[i]),
			    &a->unknown.entry[i], diff);
	for (unsigned i = 0; i < b->unknown.count; i++)
		if (b->unknown.entry[i].group == group &&
		    find_unknown(a, &b->unknown.entry[i]) == NULL)
			unknown_row(&b->unknown.entry[i], NULL, diff);
}

void
diff_dumps(const struct dump *b, const struct dump *a, struct diff *diff)
{
	diff->count = 0;
	memset(diff->by_status, 0, sizeof(diff->by_status));
	for (enum key key = KEY_THRESHOLD; key < KEY_COUNT; key++) {
		key_row(b, a, key, diff);
		if (key == KEY_LARGE)
			join(b, a, &b->classes, &a->classes, diff);
		else if (key + 1 == KEY_COUNT ||
		    keys[key + 1].group != keys[key].group)
			unknown_rows(b, a, keys[key].group, diff);
	}
	join(b, a, &b->free_lists, &a->free_lists, diff);
}
