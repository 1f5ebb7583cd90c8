/*
 * check: does this dump agree with itself?
 * Every number that an identity needs is a quantity, known or not; the
 * identities stand in one table, for Objects/obmalloc.c beside it.
 */
#include <string.h>

#include "check.h"

/* The quantities of a dump: its keys' values (enum key), and behind them: */
enum quantity {
	Q_CLASS_WIDTHS = KEY_COUNT,	/* size classes times their width */
	Q_ARENA_POWER, Q_POOL_POWER,	/* the power of two in a size */
	Q_ARENA_PRODUCT, Q_UNUSED_PRODUCT,
	Q_ROWS_POOLS, Q_ROWS_IN_USE, Q_ROWS_AVAIL,	/* of the table */
	Q_ROWS_QUANTIZATION,	/* what its blocks leave of their pools */
	Q_HEADERS_WHOLE,	/* pools times one size of header */
	Q_ARENA_POOLS,		/* how many the arenas have room for */
	Q_ARENA_ALIGNMENT_POOLS, Q_ARENA_ALIGNMENT_WHOLE,
	Q_ARENA_ALIGNMENT_MOST,
	Q_MID_PRODUCT, Q_BOT_PRODUCT,
	Q_COUNT,
	Q_NONE = -1
};

enum comparison { EQUAL, AT_MOST };

struct identity {
	int		 left;
	enum comparison	 comparison;
	int		 right[6];	/* their sum; Q_NONE ends them early */
	const char	*what;		/* the left one; NULL: its label */
	const char	*but;		/* what the sum of the right ones is */
	enum group	 sums;		/* a sum over this group, if any: off
					   where the group has unknown labels */
};

#define END	Q_NONE

static const struct identity	identities[] = {
	{ KEY_THRESHOLD, EQUAL, { Q_CLASS_WIDTHS, END },
	    "the small block threshold", "size classes of one width make", 0 },
	{ KEY_ARENAS_TOTAL, EQUAL,
	    { KEY_ARENAS_RECLAIMED, KEY_ARENAS_CURRENT, END },
	    NULL, "reclaimed and current add up to", GROUP_ARENAS },
	{ KEY_ARENAS_HIGHWATER, AT_MOST, { KEY_ARENAS_TOTAL, END },
	    NULL, "\"# arenas allocated total\" is", 0 },
	{ KEY_ARENAS_CURRENT, AT_MOST, { KEY_ARENAS_HIGHWATER, END },
	    NULL, "\"# arenas highwater mark\" is", 0 },
	{ KEY_ARENAS_CURRENT, EQUAL, { KEY_ARENAS, END },
	    NULL, "the line of arenas counts", 0 },
	{ KEY_ARENA_SIZE, EQUAL, { Q_ARENA_POWER, END },
	    "the size of an arena", "the power of two in it is", 0 },
	{ KEY_ARENAS_BYTES, EQUAL, { Q_ARENA_PRODUCT, END },
	    "the size of all arenas", "their number times their size is", 0 },
	{ Q_ARENA_POOLS, EQUAL,
	    { Q_ROWS_POOLS, KEY_UNUSED, Q_ARENA_ALIGNMENT_POOLS, END },
	    "the number of pools in the arenas",
	    "used, unused and lost to alignment are", 0 },
	{ KEY_ALLOCATED_BYTES, EQUAL, { Q_ROWS_IN_USE, END },
	    NULL, "the class rows add up to", 0 },
	{ KEY_AVAILABLE_BYTES, EQUAL, { Q_ROWS_AVAIL, END },
	    NULL, "the class rows add up to", 0 },
	{ KEY_POOL_SIZE, EQUAL, { Q_POOL_POWER, END },
	    "the size of a pool", "the power of two in it is", 0 },
	{ KEY_UNUSED_BYTES, EQUAL, { Q_UNUSED_PRODUCT, END },
	    "the size of all unused pools", "their number times their size is",
	    0 },
	{ KEY_POOL_HEADERS, EQUAL, { Q_HEADERS_WHOLE, END },
	    NULL, "headers of one size for all pools make", 0 },
	{ KEY_QUANTIZATION, EQUAL, { Q_ROWS_QUANTIZATION, END },
	    NULL, "the class rows make", 0 },
	{ KEY_ARENA_ALIGNMENT, EQUAL, { Q_ARENA_ALIGNMENT_WHOLE, END },
	    NULL, "whole pools make", 0 },
	{ KEY_ARENA_ALIGNMENT, AT_MOST, { Q_ARENA_ALIGNMENT_MOST, END },
	    NULL, "one pool an arena makes", 0 },
	{ KEY_TOTAL, EQUAL, { KEY_ALLOCATED_BYTES, KEY_AVAILABLE_BYTES,
	    KEY_UNUSED_BYTES, KEY_POOL_HEADERS, KEY_QUANTIZATION,
	    KEY_ARENA_ALIGNMENT },
	    NULL, "the lines above it add up to", GROUP_BYTES },
	{ KEY_TOTAL, EQUAL, { KEY_ARENAS_BYTES, END },
	    NULL, "the arenas make", 0 },
	/* MAP_TOP_LENGTH is MAP_MID_LENGTH: a mid node is as big as the root */
	{ KEY_MAP_MID, EQUAL, { Q_MID_PRODUCT, END },
	    NULL, "mid nodes of the root's size make", 0 },
	{ KEY_MAP_BOT, EQUAL, { Q_BOT_PRODUCT, END },
	    NULL, "bot nodes of a power of two make", 0 },
	{ KEY_MAP_TOTAL, EQUAL,
	    { KEY_MAP_ROOT, KEY_MAP_MID, KEY_MAP_BOT, END },
	    NULL, "the lines above it add up to", GROUP_MAP_BYTES },
	{ KEY_MI_BYTES, AT_MOST, { KEY_MI_OVERHEAD, END },
	    NULL, "with overhead they are", 0 },
	{ KEY_MI_OVERHEAD, AT_MOST, { KEY_MI_COMMITTED, END },
	    NULL, "\"Bytes Committed\" is", 0 },
	{ KEY_MI_COMMITTED, AT_MOST, { KEY_MI_RESERVED, END },
	    NULL, "\"Bytes Reserved\" is", 0 }
};

/* What a dump must hold. */
#define ARENA_LINES	(KEY_BIT(KEY_ARENAS_TOTAL) | \
			KEY_BIT(KEY_ARENAS_RECLAIMED) | \
			KEY_BIT(KEY_ARENAS_HIGHWATER) | \
			KEY_BIT(KEY_ARENAS_CURRENT))
#define PYMALLOC_LINES	(KEY_BIT(KEY_ARENAS) | KEY_BIT(KEY_ALLOCATED_BYTES) | \
			KEY_BIT(KEY_AVAILABLE_BYTES) | KEY_BIT(KEY_UNUSED) | \
			KEY_BIT(KEY_POOL_HEADERS) | \
			KEY_BIT(KEY_QUANTIZATION) | \
			KEY_BIT(KEY_ARENA_ALIGNMENT) | KEY_BIT(KEY_TOTAL))
#define NODE_LINES	(KEY_BIT(KEY_MID_NODES) | KEY_BIT(KEY_BOT_NODES) | \
			KEY_BIT(KEY_MAP_MID) | KEY_BIT(KEY_MAP_BOT) | \
			KEY_BIT(KEY_MAP_TOTAL))
#define MIMALLOC_LINES	(KEY_BIT(KEY_MEDIUM) | KEY_BIT(KEY_LARGE) | \
			KEY_BIT(KEY_MI_BLOCKS) | KEY_BIT(KEY_MI_BYTES) | \
			KEY_BIT(KEY_MI_OVERHEAD) | KEY_BIT(KEY_MI_RESERVED) | \
			KEY_BIT(KEY_MI_COMMITTED))

enum {
	OLD_THRESHOLD = 256,	/* 2.3 and 2.4, without the arena lines */
	RADIX_POOL = 16384	/* obmalloc.c has it only with the arena map */
};

struct facts {
	int64_t		 q[Q_COUNT];
	uint64_t	 known;		/* a bit for each quantity */
	int64_t		 width;		/* of a size class; 0: unknown */
	int64_t		 header;	/* bytes of a pool's; -1: unknown */
};

static bool
known(const struct facts *f, int a)
{
	return (f->known >> a & 1) != 0;
}

/* Quantity q is v, if a and b are known, from which v is made. */
static void
derive(struct facts *f, int q, int a, int b, int64_t v)
{
	f->q[q] = v;
	if (known(f, a) && known(f, b))
		f->known |= UINT64_C(1) << q;
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

/* a / b, or 0; the numbers are nearly always small: a short division. */
static int64_t
divide(int64_t a, int64_t b)
{
	if (b == 0)
		return 0;
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

static void
learn_rows(const struct dump *d, struct facts *f)
{
	int64_t	 pools = 0, in_use = 0, avail = 0;

	for (unsigned i = 0; i < d->classes.count; i++) {
		const struct entry	*c = &d->classes.entry[i];

		pools = add(pools, c->n[0]);
		in_use = add(in_use, times(c->size, c->n[1]));
		avail = add(avail, times(c->size, c->n[2]));
	}
	f->q[Q_ROWS_POOLS] = pools;
	f->q[Q_ROWS_IN_USE] = in_use;
	f->q[Q_ROWS_AVAIL] = avail;
	if (d->table)
		f->known |= UINT64_C(7) << Q_ROWS_POOLS;
}

/* The pool header's size is not assumed: it is what the dump makes it. */
static void
learn_header(struct facts *f)
{
	int64_t	 pools = f->q[Q_ROWS_POOLS], all = f->q[KEY_POOL_HEADERS];

	derive(f, Q_HEADERS_WHOLE, Q_ROWS_POOLS, KEY_POOL_HEADERS,
	    times(divide(all, pools), pools));
	f->header = -1;
	if (pools > 0 && known(f, Q_HEADERS_WHOLE) &&
	    f->q[Q_HEADERS_WHOLE] == all && known(f, KEY_POOL_SIZE) &&
	    divide(all, pools) <= f->q[KEY_POOL_SIZE])
		f->header = divide(all, pools);
}

static void
learn_alignment(struct facts *f)
{
	int64_t	*q = f->q, pool = q[KEY_POOL_SIZE];

	derive(f, Q_ARENA_POOLS, KEY_ARENAS, KEY_POOL_SIZE,
	    times(q[KEY_ARENAS], divide(q[KEY_ARENA_SIZE], pool)));
	derive(f, Q_ARENA_ALIGNMENT_MOST, KEY_ARENAS, KEY_POOL_SIZE,
	    times(q[KEY_ARENAS], pool));
	derive(f, Q_ARENA_ALIGNMENT_POOLS, KEY_ARENA_ALIGNMENT, KEY_POOL_SIZE,
	    divide(q[KEY_ARENA_ALIGNMENT], pool));
	derive(f, Q_ARENA_ALIGNMENT_WHOLE, KEY_ARENA_ALIGNMENT, KEY_POOL_SIZE,
	    times(q[Q_ARENA_ALIGNMENT_POOLS], pool));
}

/* The blocks that a pool has room for, and what they leave of it. */
static void
learn_quantization(const struct dump *d, struct facts *f)
{
	int64_t	 room = f->q[KEY_POOL_SIZE] - f->header, lost = 0;

	if (f->header == -1 && d->classes.count > 0)
		return;
	for (unsigned i = 0; i < d->classes.count; i++) {
		const struct entry	*c = &d->classes.entry[i];
		int64_t			 blocks = divide(room, c->size);

		lost = add(lost, times(c->n[0], room - blocks * c->size));
	}
	derive(f, Q_ROWS_QUANTIZATION, Q_ROWS_POOLS, Q_ROWS_POOLS, lost);
}

/* What the dump says, and what follows from it. */
static void
learn(const struct dump *d, struct facts *f)
{
	int64_t	*q = f->q, nodes;

	memcpy(q, d->values, sizeof(d->values));
	f->known = d->present & ~d->truncated;
	if (dump_is_mimalloc(d))
		f->known &= ~KEY_BIT(KEY_CLASSES);
	f->width = known(f, KEY_CLASSES) ?
	    divide(q[KEY_THRESHOLD], q[KEY_CLASSES]) : 0;
	derive(f, Q_CLASS_WIDTHS, KEY_THRESHOLD, KEY_CLASSES,
	    times(f->width, q[KEY_CLASSES]));

	derive(f, Q_ARENA_POWER, KEY_ARENA_SIZE, KEY_ARENA_SIZE,
	    power_of_two(q[KEY_ARENA_SIZE]));
	derive(f, Q_ARENA_PRODUCT, KEY_ARENAS, KEY_ARENA_SIZE,
	    times(q[KEY_ARENAS], q[KEY_ARENA_SIZE]));
	derive(f, Q_POOL_POWER, KEY_POOL_SIZE, KEY_POOL_SIZE,
	    power_of_two(q[KEY_POOL_SIZE]));
	derive(f, Q_UNUSED_PRODUCT, KEY_UNUSED, KEY_POOL_SIZE,
	    times(q[KEY_UNUSED], q[KEY_POOL_SIZE]));
	learn_rows(d, f);
	learn_header(f);
	learn_quantization(d, f);
	if (q[KEY_POOL_SIZE] > 0)
		learn_alignment(f);

	nodes = q[KEY_BOT_NODES];
	derive(f, Q_MID_PRODUCT, KEY_MID_NODES, KEY_MAP_ROOT,
	    times(q[KEY_MID_NODES], q[KEY_MAP_ROOT]));
	derive(f, Q_BOT_PRODUCT, KEY_BOT_NODES, KEY_MAP_BOT,
	    times(nodes, power_of_two(divide(q[KEY_MAP_BOT], nodes))));
}

static void
check_identity(const struct dump *d, const struct facts *f,
    const struct identity *id, struct flaws *flaws)
{
	enum key	 at = id->left < KEY_COUNT ? (enum key)id->left :
	    KEY_ARENAS;
	int64_t		 is = f->q[id->left], sum = 0;

	if (!known(f, id->left) || (d->unknown_groups >> id->sums & 1) != 0)
		return;
	for (int i = 0; i < 6 && id->right[i] != END; i++) {
		if (!known(f, id->right[i]))
			return;
		sum = add(sum, f->q[id->right[i]]);
	}
	if (id->comparison == EQUAL ? is == sum : is <= sum)
		return;
	flaw_add(flaws, d->key_lines[at], id->what != NULL ? id->what :
	    QUOTED(keys[at].label, keys[at].len), " is ", COMMAS(is), ", but ",
	    id->but, " ", COMMAS(sum));
}

static void
class_flaw(struct flaws *flaws, const struct entry *c, const char *what,
    int64_t is, const char *but, int64_t should)
{
	flaw_add(flaws, c->line, "class ", DEC(c->number), ": ", what, " is ",
	    COMMAS(is), ", but ", but, " ", COMMAS(should));
}

/* One row against the header (obmalloc.c: INDEX2SIZE, NUMBLOCKS). */
static void
check_class(const struct dump *d, const struct facts *f, const struct entry *c,
    struct flaws *flaws)
{
	int64_t	 pools = c->n[0], in_use = c->n[1], size = c->size;
	int64_t	 whole = times(add(c->number, 1), f->width);
	int64_t	 blocks;

	if (f->width > 0 && size != whole)
		class_flaw(flaws, c, "the size", size,
		    "its number makes it", whole);
	if (f->width > 0 && size > d->values[KEY_THRESHOLD])
		class_flaw(flaws, c, "the size", size,
		    "the small block threshold is", d->values[KEY_THRESHOLD]);
	if (pools == 0 || in_use < pools)
		class_flaw(flaws, c, "\"blocks in use\"", in_use,
		    "each of its pools holds one at least; pools are", pools);
	if (f->header == -1 || size == 0)
		return;
	blocks = times(pools, divide(f->q[KEY_POOL_SIZE] - f->header, size));
	if (add(in_use, c->n[2]) != blocks)
		class_flaw(flaws, c, "in use and available",
		    add(in_use, c->n[2]), "its pools have room for", blocks);
}

/* A tuple has one pointer more for each item (Objects/tupleobject.c). */
static void
check_tuples(const struct dump *d, const struct entry *e, int64_t *pointer,
    struct flaws *flaws)
{
	const struct entry	*last = e - 1;
	int64_t			 step = e->size - last->size;
	int64_t			 more = e->n[2] - last->n[2];

	if (*pointer == 0)
		*pointer = more == 4 * step ? 4 : 8;
	if (more != *pointer * step)
		flaw_add(flaws, e->line, QUOTED(e->name, e->len), " of ",
		    DEC(e->size), " items is ", COMMAS(e->n[2]),
		    ", but a pointer for each item more makes it ",
		    COMMAS(add(last->n[2], times(*pointer, step))));
	if (step > 1 && d->header)
		flaw_add(flaws, e->line, "no free list for tuples of ",
		    DEC(last->size + 1), " items before this one");
}

/* The product is a size_t: one of -1 and one of 16 digits are not checked. */
static void
check_free_lists(const struct dump *d, struct flaws *flaws)
{
	const struct entry	*e = d->free_lists.entry;
	int64_t			 pointer = 0;

	/* Free lists alone begin with a type, or with the smallest tuples. */
	if (dump_is_free_lists(d) && d->free_lists.count > 0 &&
	    e->line == d->first_line && e->size > 1 &&
	    e->size != SIZE_NONE)
		flaw_add(flaws, e->line, "an excerpt: it begins with tuples "
		    "of ", DEC(e->size), " items");
	for (unsigned i = 0; i < d->free_lists.count; i++, e++) {
		if (i > 0 && e->size != SIZE_NONE && e->len == e[-1].len &&
		    memcmp(e->name, e[-1].name, e->len) == 0)
			check_tuples(d, e, &pointer, flaws);
		if (!e->truncated && e->n[0] >= 0 && e->n[1] != times(e->n[0],
		    e->n[2]))
			flaw_add(flaws, e->line, QUOTED(e->name, e->len),
			    " is ", COMMAS(e->n[1]),
			    ", but count times size is ",
			    COMMAS(times(e->n[0], e->n[2])));
	}
}

static uint64_t
lines_needed(const struct dump *d)
{
	uint64_t	 need = PYMALLOC_LINES;

	if (dump_is_mimalloc(d))
		return MIMALLOC_LINES;
	if (!dump_has(d, KEY_THRESHOLD) ||
	    d->values[KEY_THRESHOLD] != OLD_THRESHOLD ||
	    (d->present & ARENA_LINES) != 0)
		need |= ARENA_LINES;
	if ((dump_has(d, KEY_POOL_SIZE) &&
	    d->values[KEY_POOL_SIZE] == RADIX_POOL) ||
	    (d->present & NODE_LINES) != 0)
		need |= KEY_BIT(KEY_MAP_ROOT) | NODE_LINES;
	else if (d->map || dump_has(d, KEY_MAP_ROOT))
		need |= KEY_BIT(KEY_MAP_ROOT);
	return need;
}

static void
add_missing(struct flaws *flaws, const struct dump *d, const char *label)
{
	flaw_add(flaws, d->first_line, "no ", QUOTED(label, strlen(label)),
	    " line in the dump that starts here");
}

static void
add_cut(struct flaws *flaws, const struct dump *d, const char *label)
{
	bool	 by = d->cut_by != 0;

	flaw_add(flaws, d->last_line, "the dump that starts at line ",
	    DEC((int64_t)d->first_line), " is cut short: no ", label, " line",
	    by ? " before the header in line " : "",
	    by ? DEC((int64_t)d->cut_by) : "", by ? ": two writers?" : "");
}

static void
check_complete(const struct dump *d, struct flaws *flaws)
{
	uint64_t	 need = lines_needed(d);
	uint64_t	 missing = need & ~d->present;
	int		 last = KEY_COUNT - 1;

	if (!d->header) {
		flaw_add(flaws, d->first_line, "an excerpt: no \"Small block "
		    "threshold\" line stands before it");
		return;
	}
	while ((need & KEY_BIT(last)) == 0)
		last--;
	if ((missing & KEY_BIT(last)) != 0) {
		add_cut(flaws, d, last == KEY_MAP_TOTAL &&
		    dump_has(d, KEY_TOTAL) ? "second Total" :
		    keys[last].label);
		return;
	}
	if ((need & KEY_BIT(KEY_MAP_ROOT)) != 0 && !d->map)
		add_missing(flaws, d, "arena map counts");
	if (!d->heading && !dump_is_mimalloc(d))
		add_missing(flaws, d, "class   size   num pools");
	for (int key = 0; key < last; key++)
		if ((missing & KEY_BIT(key)) != 0)
			add_missing(flaws, d, keys[key].label);
}

void
check_dump(const struct dump *d, struct flaws *flaws)
{
	struct facts	 f;

	flaws->count = 0;
	if (d->flaws.count > 0)
		*flaws = d->flaws;
	check_free_lists(d, flaws);
	if (dump_is_free_lists(d))
		return;
	check_complete(d, flaws);
	learn(d, &f);
	for (unsigned i = 0; i < d->classes.count; i++)
		check_class(d, &f, &d->classes.entry[i], flaws);
	for (size_t i = 0; i < sizeof(identities) / sizeof(*identities); i++)
		check_identity(d, &f, &identities[i], flaws);
}
