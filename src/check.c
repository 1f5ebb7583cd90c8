/*
 * check: does this dump agree with itself?
 * Every number that an identity needs is a quantity, known or not; the
 * identities stand in one table, for Objects/obmalloc.c beside it.
 */
#include <string.h>

#include "check.h"

/* The quantities of a dump: its keys' values (enum key), and behind them: */
enum quantity {
	Q_THRESHOLD = KEY_COUNT,
	Q_CLASS_SIZES,		/* size classes times their width */
	Q_ARENA_SIZE, Q_ARENA_POWER,	/* the power of two in it */
	Q_POOL_SIZE, Q_POOL_POWER,
	Q_ARENA_COUNT, Q_ARENA_PRODUCT,
	Q_UNUSED_COUNT, Q_UNUSED_PRODUCT,
	Q_ROWS_POOLS, Q_ROWS_IN_USE, Q_ROWS_AVAIL,	/* of the table */
	Q_ROWS_LOST,		/* what its blocks leave of their pools */
	Q_HEADERS_WHOLE,	/* pools times one size of header */
	Q_ARENA_POOLS,		/* how many the arenas have room for */
	Q_ALIGNMENT_POOLS, Q_ALIGNMENT_WHOLE, Q_ALIGNMENT_MOST,
	Q_MID_PRODUCT, Q_BOT_PRODUCT,
	Q_COUNT,
	Q_NONE = -1
};

enum relation { EQUAL, AT_MOST };

struct identity {
	int		 left;
	enum relation	 relation;
	int		 right[6];	/* their sum; Q_NONE ends them early */
	enum group	 sums;		/* a sum over this group, if any: off
					   where the group has unknown labels */
	const char	*but;		/* what the sum of the right ones is */
};

#define END	Q_NONE

static const struct identity	identities[] = {
	{ Q_THRESHOLD, EQUAL, { Q_CLASS_SIZES, END }, 0,
	    "size classes of one width make" },
	{ KEY_ALLOCATED_TOTAL, EQUAL, { KEY_RECLAIMED, KEY_CURRENT, END },
	    GROUP_ARENAS, "reclaimed and current add up to" },
	{ KEY_HIGHWATER, AT_MOST, { KEY_ALLOCATED_TOTAL, END }, 0,
	    "\"# arenas allocated total\" is" },
	{ KEY_CURRENT, AT_MOST, { KEY_HIGHWATER, END }, 0,
	    "\"# arenas highwater mark\" is" },
	{ KEY_CURRENT, EQUAL, { Q_ARENA_COUNT, END }, 0,
	    "the line of arenas counts" },
	{ Q_ARENA_SIZE, EQUAL, { Q_ARENA_POWER, END }, 0,
	    "the power of two in it is" },
	{ KEY_ARENAS, EQUAL, { Q_ARENA_PRODUCT, END }, 0,
	    "their number times their size is" },
	{ Q_ARENA_POOLS, EQUAL,
	    { Q_ROWS_POOLS, Q_UNUSED_COUNT, Q_ALIGNMENT_POOLS, END }, 0,
	    "used, unused and lost to alignment are" },
	{ KEY_ALLOCATED, EQUAL, { Q_ROWS_IN_USE, END }, 0,
	    "the class rows add up to" },
	{ KEY_AVAILABLE, EQUAL, { Q_ROWS_AVAIL, END }, 0,
	    "the class rows add up to" },
	{ Q_POOL_SIZE, EQUAL, { Q_POOL_POWER, END }, 0,
	    "the power of two in it is" },
	{ KEY_UNUSED, EQUAL, { Q_UNUSED_PRODUCT, END }, 0,
	    "their number times their size is" },
	{ KEY_HEADERS, EQUAL, { Q_HEADERS_WHOLE, END }, 0,
	    "headers of one size for all pools make" },
	{ KEY_QUANTIZATION, EQUAL, { Q_ROWS_LOST, END }, 0,
	    "the class rows make" },
	{ KEY_ALIGNMENT, EQUAL, { Q_ALIGNMENT_WHOLE, END }, 0,
	    "whole pools make" },
	{ KEY_ALIGNMENT, AT_MOST, { Q_ALIGNMENT_MOST, END }, 0,
	    "one pool an arena makes" },
	{ KEY_TOTAL, EQUAL, { KEY_ALLOCATED, KEY_AVAILABLE, KEY_UNUSED,
	    KEY_HEADERS, KEY_QUANTIZATION, KEY_ALIGNMENT }, GROUP_BYTES,
	    "the lines above it add up to" },
	{ KEY_TOTAL, EQUAL, { KEY_ARENAS, END }, 0, "the arenas make" },
	/* MAP_TOP_LENGTH is MAP_MID_LENGTH: a mid node is as big as the root */
	{ KEY_MAP_MID, EQUAL, { Q_MID_PRODUCT, END }, 0,
	    "mid nodes of the root's size make" },
	{ KEY_MAP_BOT, EQUAL, { Q_BOT_PRODUCT, END }, 0,
	    "bot nodes of a power of two make" },
	{ KEY_MAP_TOTAL, EQUAL,
	    { KEY_MAP_ROOT, KEY_MAP_MID, KEY_MAP_BOT, END }, GROUP_MAP_BYTES,
	    "the lines above it add up to" },
	{ KEY_MI_BYTES, AT_MOST, { KEY_MI_OVERHEAD, END }, 0,
	    "with overhead they are" },
	{ KEY_MI_OVERHEAD, AT_MOST, { KEY_MI_COMMITTED, END }, 0,
	    "\"Bytes Committed\" is" },
	{ KEY_MI_COMMITTED, AT_MOST, { KEY_MI_RESERVED, END }, 0,
	    "\"Bytes Reserved\" is" }
};

/* What a dump must hold, in bits of enum key. */
#define BIT(key)	(UINT32_C(1) << (key))
#define ARENA_LINES	(BIT(KEY_ALLOCATED_TOTAL) | BIT(KEY_RECLAIMED) | \
			BIT(KEY_HIGHWATER) | BIT(KEY_CURRENT))
#define PYMALLOC_LINES	(BIT(KEY_ARENAS) | BIT(KEY_ALLOCATED) | \
			BIT(KEY_AVAILABLE) | BIT(KEY_UNUSED) | \
			BIT(KEY_HEADERS) | BIT(KEY_QUANTIZATION) | \
			BIT(KEY_ALIGNMENT) | BIT(KEY_TOTAL))
#define NODE_LINES	(BIT(KEY_MID_NODES) | BIT(KEY_BOT_NODES) | \
			BIT(KEY_MAP_MID) | BIT(KEY_MAP_BOT) | \
			BIT(KEY_MAP_TOTAL))
#define MIMALLOC_LINES	(BIT(KEY_MEDIUM) | BIT(KEY_LARGE) | \
			BIT(KEY_MI_BLOCKS) | BIT(KEY_MI_BYTES) | \
			BIT(KEY_MI_OVERHEAD) | BIT(KEY_MI_RESERVED) | \
			BIT(KEY_MI_COMMITTED))

enum {
	OLD_THRESHOLD = 256,	/* 2.3 and 2.4, without the arena lines */
	RADIX_POOL = 16384	/* obmalloc.c has it only with the arena map */
};

struct facts {
	int64_t		 q[Q_COUNT];
	uint64_t	 known;		/* a bit for each quantity */
	int64_t		 header;	/* bytes of a pool header; -1 unknown */
};

static bool
known(const struct facts *f, int quantity)
{
	return (f->known >> quantity & 1) != 0;
}

static bool
all_known(const struct facts *f, int a, int b)
{
	return known(f, a) && known(f, b);
}

static void
learn(struct facts *f, int quantity, int64_t value)
{
	f->q[quantity] = value;
	f->known |= UINT64_C(1) << quantity;
}

/* Sums and products of what is not negative; they stop at the top. */
static int64_t
add(int64_t a, int64_t b)
{
	return a > INT64_MAX - b ? INT64_MAX : a + b;
}

static int64_t
times(int64_t a, int64_t b)
{
	if ((uint64_t)(a | b) <= INT32_MAX)
		return a * b;
	return b != 0 && a > INT64_MAX / b ? INT64_MAX : a * b;
}

/* a / b, for numbers that are nearly always small: a short division. */
static int64_t
divide(int64_t a, int64_t b)
{
	if ((uint64_t)(a | b) <= UINT32_MAX)
		return (uint32_t)a / (uint32_t)b;
	return a / b;
}

/* The greatest that is in n; nothing is smaller than 1. */
static int64_t
power_of_two(int64_t n)
{
	int64_t	 power = 1;

	while (power <= n / 2)
		power *= 2;
	return power;
}

/* The pool header's size is not assumed: it is what the dump makes it. */
static void
learn_header(struct facts *f)
{
	int64_t	 pools = f->q[Q_ROWS_POOLS];

	if (!all_known(f, Q_ROWS_POOLS, KEY_HEADERS))
		return;
	if (pools > 0)
		f->header = divide(f->q[KEY_HEADERS], pools);
	learn(f, Q_HEADERS_WHOLE, pools > 0 ? times(f->header, pools) : 0);
	if (f->q[Q_HEADERS_WHOLE] != f->q[KEY_HEADERS] ||
	    !known(f, Q_POOL_SIZE) || f->header > f->q[Q_POOL_SIZE])
		f->header = -1;
}

static void
learn_rows(const struct dump *d, struct facts *f)
{
	int64_t	 pools = 0, in_use = 0, avail = 0;

	if (!d->table)
		return;
	for (unsigned i = 0; i < d->classes; i++) {
		const struct size_class	*c = &d->class[i];

		pools = add(pools, c->pools);
		in_use = add(in_use, times(c->size, c->in_use));
		avail = add(avail, times(c->size, c->avail));
	}
	learn(f, Q_ROWS_POOLS, pools);
	learn(f, Q_ROWS_IN_USE, in_use);
	learn(f, Q_ROWS_AVAIL, avail);
	learn_header(f);
	if (d->classes == 0)
		learn(f, Q_ROWS_LOST, 0);
}

static void
learn_pairs(const struct dump *d, struct facts *f)
{
	const struct value	*v = &d->values[KEY_ARENAS];

	if (dump_has(d, KEY_ARENAS)) {
		learn(f, Q_ARENA_SIZE, v->size);
		learn(f, Q_ARENA_POWER, power_of_two(v->size));
		learn(f, Q_ARENA_COUNT, v->count);
		learn(f, Q_ARENA_PRODUCT, times(v->count, v->size));
	}
	v = &d->values[KEY_UNUSED];
	if (dump_has(d, KEY_UNUSED)) {
		learn(f, Q_POOL_SIZE, v->size);
		learn(f, Q_POOL_POWER, power_of_two(v->size));
		learn(f, Q_UNUSED_COUNT, v->count);
		learn(f, Q_UNUSED_PRODUCT, times(v->count, v->size));
	}
}

static void
learn_alignment(struct facts *f)
{
	int64_t	 pool = f->q[Q_POOL_SIZE];

	if (!known(f, Q_POOL_SIZE) || pool == 0)
		return;
	if (known(f, Q_ARENA_SIZE)) {
		learn(f, Q_ARENA_POOLS, times(f->q[Q_ARENA_COUNT],
		    divide(f->q[Q_ARENA_SIZE], pool)));
		learn(f, Q_ALIGNMENT_MOST, times(f->q[Q_ARENA_COUNT], pool));
	}
	if (known(f, KEY_ALIGNMENT)) {
		learn(f, Q_ALIGNMENT_POOLS,
		    divide(f->q[KEY_ALIGNMENT], pool));
		learn(f, Q_ALIGNMENT_WHOLE,
		    times(f->q[Q_ALIGNMENT_POOLS], pool));
	}
}

static void
learn_map(struct facts *f)
{
	int64_t	 nodes = f->q[KEY_BOT_NODES];

	if (all_known(f, KEY_MID_NODES, KEY_MAP_ROOT))
		learn(f, Q_MID_PRODUCT,
		    times(f->q[KEY_MID_NODES], f->q[KEY_MAP_ROOT]));
	if (all_known(f, KEY_BOT_NODES, KEY_MAP_BOT))
		learn(f, Q_BOT_PRODUCT, nodes == 0 ? 0 :
		    times(nodes, power_of_two(f->q[KEY_MAP_BOT] / nodes)));
}

static void
learn_all(const struct dump *d, struct facts *f)
{
	for (int key = 0; key < KEY_COUNT; key++)
		if (dump_has(d, (enum key)key) && !(d->wide & BIT(key)))
			learn(f, key, d->values[key].value);
	if (d->size_classes > 0 && !dump_is_mimalloc(d)) {
		learn(f, Q_THRESHOLD, d->threshold);
		learn(f, Q_CLASS_SIZES, d->threshold -
		    d->threshold % d->size_classes);
	}
	learn_pairs(d, f);
	learn_rows(d, f);
	learn_alignment(f);
	learn_map(f);
}

static void
add_contradiction(struct flaws *flaws, uint64_t line, const char *what,
    int64_t is, const char *but, int64_t should)
{
	struct flaw_text	 t;
	struct out		*o = flaw_begin(&t);

	out_str(o, what);
	out_str(o, " is ");
	out_num(o, is, OUT_COMMAS, 0);
	out_str(o, ", but ");
	out_str(o, but);
	out_char(o, ' ');
	out_num(o, should, OUT_COMMAS, 0);
	flaw_add(flaws, line, &t);
}

/* How a message names the left side of an identity, and where it stands. */
static uint64_t
name_left(const struct dump *d, int left, struct out *o)
{
	switch (left) {
	case KEY_ARENAS:
		out_str(o, "the size of all arenas");
		return d->values[KEY_ARENAS].line;
	case KEY_UNUSED:
		out_str(o, "the size of all unused pools");
		return d->values[KEY_UNUSED].line;
	case Q_THRESHOLD:
		out_str(o, "the small block threshold");
		return d->first_line;
	case Q_ARENA_SIZE:
		out_str(o, "the size of an arena");
		return d->values[KEY_ARENAS].line;
	case Q_ARENA_POOLS:
		out_str(o, "the number of pools in the arenas");
		return d->values[KEY_ARENAS].line;
	case Q_POOL_SIZE:
		out_str(o, "the size of a pool");
		return d->values[KEY_UNUSED].line;
	default:
		out_quoted(o, keys[left].label, strlen(keys[left].label));
		return d->values[left].line;
	}
}

static void
check_identity(const struct dump *d, const struct facts *f,
    const struct identity *id, struct flaws *flaws)
{
	struct flaw_text	 left;
	int64_t			 sum = 0;
	uint64_t		 line;

	if (!known(f, id->left) || (d->strange >> id->sums & 1) != 0)
		return;
	for (int i = 0; i < 6 && id->right[i] != END; i++) {
		if (!known(f, id->right[i]))
			return;
		sum = add(sum, f->q[id->right[i]]);
	}
	if (id->relation == EQUAL ? f->q[id->left] == sum :
	    f->q[id->left] <= sum)
		return;
	line = name_left(d, id->left, flaw_begin(&left));
	left.text[left.out.len] = '\0';
	add_contradiction(flaws, line, left.text, f->q[id->left], id->but,
	    sum);
}

static void
row_contradiction(struct flaws *flaws, const struct size_class *c,
    const char *what, int64_t is, const char *but, int64_t should)
{
	struct flaw_text	 t;
	struct out		*o = flaw_begin(&t);

	out_str(o, "class ");
	out_num(o, c->number, 0, 0);
	out_str(o, ": ");
	out_str(o, what);
	t.text[t.out.len] = '\0';
	add_contradiction(flaws, c->line, t.text, is, but, should);
}

/* One row against the header (obmalloc.c: INDEX2SIZE, NUMBLOCKS). */
static void
check_row(const struct dump *d, struct facts *f, const struct size_class *c,
    struct flaws *flaws)
{
	int64_t	 width = d->size_classes > 0 ?
	    divide(d->threshold, d->size_classes) : 0;
	int64_t	 room, blocks;

	if (width > 0 && c->size != times(add(c->number, 1), width))
		row_contradiction(flaws, c, "the size", c->size,
		    "its number makes it", times(add(c->number, 1), width));
	if (width > 0 && c->size > d->threshold)
		row_contradiction(flaws, c, "the size", c->size,
		    "the small block threshold is", d->threshold);
	if (c->pools == 0 || c->in_use < c->pools)
		row_contradiction(flaws, c, "\"blocks in use\"", c->in_use,
		    "each of its pools holds one at least; pools are",
		    c->pools);
	if (f->header == -1 || c->size == 0)
		return;
	room = f->q[Q_POOL_SIZE] - f->header;
	blocks = divide(room, c->size);
	f->q[Q_ROWS_LOST] = add(f->q[Q_ROWS_LOST],
	    times(c->pools, room - blocks * c->size));
	blocks = times(c->pools, blocks);
	if (add(c->in_use, c->avail) != blocks)
		row_contradiction(flaws, c, "in use and available",
		    add(c->in_use, c->avail), "its pools have room for",
		    blocks);
}

static void
check_rows(const struct dump *d, struct facts *f, struct flaws *flaws)
{
	f->q[Q_ROWS_LOST] = 0;
	for (unsigned i = 0; i < d->classes; i++)
		check_row(d, f, &d->class[i], flaws);
	if (f->header != -1)
		learn(f, Q_ROWS_LOST, f->q[Q_ROWS_LOST]);
}

/* A tuple has one pointer more for each item (Objects/tupleobject.c). */
static void
check_tuples(const struct dump *d, const struct free_list *l,
    int64_t *pointer, struct flaws *flaws)
{
	const struct free_list	*last = l - 1;
	int64_t			 step = l->items - last->items;
	struct flaw_text	 t;

	if (*pointer == 0)
		*pointer = l->size - last->size == 4 * step ? 4 : 8;
	if (l->size - last->size != *pointer * step)  {
		out_quoted(flaw_begin(&t), l->name, l->len);
		out_str(&t.out, " of ");
		out_num(&t.out, l->items, 0, 0);
		out_str(&t.out, " items");
		t.text[t.out.len] = '\0';
		add_contradiction(flaws, l->line, t.text, l->size,
		    "a pointer for each item more makes it",
		    add(last->size, times(*pointer, step)));
	}
	if (step == 1 || !d->header)
		return;
	out_str(flaw_begin(&t), "no free list for tuples of ");
	out_num(&t.out, last->items + 1, 0, 0);
	out_str(&t.out, " items before this one");
	flaw_add(flaws, l->line, &t);
}

/* Free lists alone begin with a type, or with the smallest tuples. */
static void
check_head(const struct dump *d, struct flaws *flaws)
{
	struct flaw_text	 t;

	if (!dump_is_free_lists(d) || d->frees == 0 ||
	    d->free[0].line != d->first_line || d->free[0].items <= 1)
		return;
	out_str(flaw_begin(&t), "an excerpt: it begins with tuples of ");
	out_num(&t.out, d->free[0].items, 0, 0);
	out_str(&t.out, " items");
	flaw_add(flaws, d->first_line, &t);
}

/* The product is a size_t: one of -1 and one of 16 digits are not checked. */
static void
check_free_lists(const struct dump *d, struct flaws *flaws)
{
	int64_t	 pointer = 0;

	check_head(d, flaws);
	for (unsigned i = 0; i < d->frees; i++) {
		const struct free_list	*l = &d->free[i];
		struct flaw_text	 t;

		if (i > 0 && l->items > 0 && l->len == l[-1].len &&
		    memcmp(l->name, l[-1].name, l->len) == 0)
			check_tuples(d, l, &pointer, flaws);
		if (l->wide || l->count < 0 ||
		    l->bytes == times(l->count, l->size))
			continue;
		out_quoted(flaw_begin(&t), l->name, l->len);
		t.text[t.out.len] = '\0';
		add_contradiction(flaws, l->line, t.text, l->bytes,
		    "count times size is", times(l->count, l->size));
	}
}

static uint32_t
lines_needed(const struct dump *d)
{
	uint32_t	 need = PYMALLOC_LINES;

	if (dump_is_mimalloc(d))
		return MIMALLOC_LINES;
	if (d->threshold != OLD_THRESHOLD || (d->present & ARENA_LINES) != 0)
		need |= ARENA_LINES;
	if ((dump_has(d, KEY_UNUSED) &&
	    d->values[KEY_UNUSED].size == RADIX_POOL) ||
	    (d->present & NODE_LINES) != 0)
		need |= BIT(KEY_MAP_ROOT) | NODE_LINES;
	else if (d->map || dump_has(d, KEY_MAP_ROOT))
		need |= BIT(KEY_MAP_ROOT);
	return need;
}

static void
add_missing(struct flaws *flaws, const struct dump *d, const char *label)
{
	struct flaw_text	 t;
	struct out		*o = flaw_begin(&t);

	out_str(o, "no ");
	out_quoted(o, label, strlen(label));
	out_str(o, " line in the dump that starts here");
	flaw_add(flaws, d->first_line, &t);
}

static void
add_cut(struct flaws *flaws, const struct dump *d, const char *label)
{
	struct flaw_text	 t;
	struct out		*o = flaw_begin(&t);

	out_str(o, "the dump that starts at line ");
	out_num(o, (int64_t)d->first_line, 0, 0);
	out_str(o, " is cut short: no ");
	out_str(o, label);
	out_str(o, " line");
	if (d->cut_by != 0) {
		out_str(o, " before the header in line ");
		out_num(o, (int64_t)d->cut_by, 0, 0);
		out_str(o, ": two writers?");
	}
	flaw_add(flaws, d->last_line, &t);
}

static void
add_excerpt(struct flaws *flaws, const struct dump *d)
{
	struct flaw_text	 t;

	out_str(flaw_begin(&t), "an excerpt: no \"Small block threshold\" "
	    "line stands before it");
	flaw_add(flaws, d->first_line, &t);
}

static void
check_complete(const struct dump *d, struct flaws *flaws)
{
	uint32_t	 need = lines_needed(d);
	uint32_t	 missing = need & ~d->present;
	int		 last = KEY_COUNT - 1;

	if (!d->header) {
		add_excerpt(flaws, d);
		return;
	}
	while ((need & BIT(last)) == 0)
		last--;
	if ((missing & BIT(last)) != 0) {
		if (last == KEY_MAP_TOTAL && (missing & BIT(KEY_TOTAL)) == 0)
			add_cut(flaws, d, "second Total");
		else
			add_cut(flaws, d, keys[last].label);
		return;
	}
	if ((need & BIT(KEY_MAP_ROOT)) != 0 && !d->map)
		add_missing(flaws, d, "arena map counts");
	if (!d->heading && !dump_is_mimalloc(d))
		add_missing(flaws, d, "class   size   num pools");
	for (int key = 0; key < last; key++)
		if ((missing & BIT(key)) != 0)
			add_missing(flaws, d, keys[key].label);
}

void
check_dump(const struct dump *d, struct flaws *flaws)
{
	struct facts	 f = { .header = -1 };

	flaws->count = 0;
	if (d->flaws.count > 0)
		*flaws = d->flaws;
	check_free_lists(d, flaws);
	if (dump_is_free_lists(d))
		return;
	check_complete(d, flaws);
	learn_all(d, &f);
	check_rows(d, &f, flaws);
	for (size_t i = 0; i < sizeof(identities) / sizeof(*identities); i++)
		check_identity(d, &f, &identities[i], flaws);
}
