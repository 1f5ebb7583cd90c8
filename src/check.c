/*
 * check: does this dump agree with itself?
 * Every number that an identity needs is a quantity, known or not: a named
 * field, or one that is derived. The identities stand in one table; they are
 * those of Objects/obmalloc.c, _PyObject_DebugMallocStats.
 */
#include <string.h>

#include "check.h"

/* The quantities of a dump: its named fields, and behind them: */
enum quantity {
	Q_CLASS_WIDTHS = F_NAMED,	/* size classes times their width */
	Q_ARENA_PRODUCT, Q_UNUSED_PRODUCT,
	Q_ROWS_POOLS, Q_ROWS_IN_USE, Q_ROWS_AVAIL,	/* of the table */
	Q_ROWS_QUANTIZATION,	/* what its blocks leave of their pools */
	Q_HEADERS_WHOLE,	/* pools times one size of header */
	Q_ARENA_POOLS,		/* how many the arenas have room for */
	Q_ALIGNMENT_POOLS, Q_ALIGNMENT_WHOLE, Q_ALIGNMENT_MOST,
	Q_ARENAS_TWICE,		/* twice the arenas allocated in total */
	Q_MID_PRODUCT, Q_BOT_PRODUCT,
	Q_COUNT,
	Q_NONE = -1
};

enum comparison { EQUAL, AT_MOST, LESS, POWER_OF_TWO };

struct identity {
	int		 left;
	enum comparison	 comparison;
	int		 right[6];	/* their sum; Q_NONE ends them early;
					   none for POWER_OF_TWO */
	const char	*what;		/* the left one; NULL: its label */
	const char	*but;		/* what the right ones are */
};

#define END	Q_NONE

static const struct identity	identities[] = {
	{ F_THRESHOLD, EQUAL, { Q_CLASS_WIDTHS, END },
	    "the small block threshold", "size classes of one width make" },
	{ F_ARENAS_TOTAL, EQUAL, { F_ARENAS_RECLAIMED, F_ARENAS_CURRENT, END },
	    NULL, "reclaimed and current add up to" },
	{ F_ARENAS_HIGHWATER, AT_MOST, { F_ARENAS_TOTAL, END },
	    NULL, "\"# arenas allocated total\" is" },
	{ F_ARENAS_CURRENT, AT_MOST, { F_ARENAS_HIGHWATER, END },
	    NULL, "\"# arenas highwater mark\" is" },
	{ F_ARENAS_CURRENT, EQUAL, { F_ARENAS, END },
	    NULL, "the line of arenas counts" },
	{ F_ARENA_SIZE, POWER_OF_TWO, { END }, "arena size", NULL },
	{ F_ARENAS_BYTES, EQUAL, { Q_ARENA_PRODUCT, END },
	    "the size of all arenas", "their number times their size is" },
	{ Q_ARENA_POOLS, EQUAL, { Q_ROWS_POOLS, F_UNUSED_POOLS,
	    Q_ALIGNMENT_POOLS, END },
	    "the number of pools in the arenas",
	    "used, unused and lost to alignment are" },
	{ F_ALLOCATED_BYTES, EQUAL, { Q_ROWS_IN_USE, END },
	    NULL, "the class rows add up to" },
	{ F_AVAILABLE_BYTES, EQUAL, { Q_ROWS_AVAIL, END },
	    NULL, "the class rows add up to" },
	{ F_POOL_SIZE, POWER_OF_TWO, { END }, "pool size", NULL },
	{ F_UNUSED_BYTES, EQUAL, { Q_UNUSED_PRODUCT, END },
	    "the size of all unused pools",
	    "their number times their size is" },
	{ F_POOL_HEADERS, EQUAL, { Q_HEADERS_WHOLE, END },
	    NULL, "headers of one size for all pools make" },
	{ F_QUANTIZATION, EQUAL, { Q_ROWS_QUANTIZATION, END },
	    NULL, "the class rows make" },
	{ F_ALIGNMENT, EQUAL, { Q_ALIGNMENT_WHOLE, END },
	    NULL, "whole pools make" },
	{ F_ALIGNMENT, AT_MOST, { Q_ALIGNMENT_MOST, END },
	    NULL, "one pool an arena makes" },
	{ F_TOTAL, EQUAL, { F_ALLOCATED_BYTES, F_AVAILABLE_BYTES,
	    F_UNUSED_BYTES, F_POOL_HEADERS, F_QUANTIZATION, F_ALIGNMENT },
	    NULL, "the lines above it add up to" },
	{ F_TOTAL, EQUAL, { F_ARENAS_BYTES, END },
	    NULL, "the arenas make" },
	{ F_MID_NODES, AT_MOST, { F_BOT_NODES, END },
	    NULL, "\"# arena map bot nodes\" is" },
	/* an arena can lie across two nodes (arena_map_mark_used) */
	{ F_BOT_NODES, AT_MOST, { Q_ARENAS_TWICE, END },
	    NULL, "two for each arena ever allocated make" },
	/* MAP_TOP_LENGTH is MAP_MID_LENGTH: a mid node is as big as the root */
	{ F_MAP_MID, EQUAL, { Q_MID_PRODUCT, END },
	    NULL, "mid nodes of the root's size make" },
	{ F_MAP_BOT, EQUAL, { Q_BOT_PRODUCT, END },
	    NULL, "bot nodes of the root's size, half or a quarter make" },
	{ F_MAP_TOTAL, EQUAL, { F_MAP_ROOT, F_MAP_MID, F_MAP_BOT, END },
	    NULL, "the lines above it add up to" },
	{ F_THRESHOLD, LESS, { F_MEDIUM, END },
	    "the small block threshold", "\"Medium block threshold\" is" },
	{ F_MEDIUM, LESS, { F_LARGE, END },
	    NULL, "\"Large object max size\" is" },
	{ F_MI_BYTES, AT_MOST, { F_MI_OVERHEAD, END },
	    NULL, "with overhead they are" },
	{ F_MI_OVERHEAD, AT_MOST, { F_MI_COMMITTED, END },
	    NULL, "\"Bytes Committed\" is" },
	{ F_MI_COMMITTED, AT_MOST, { F_MI_RESERVED, END },
	    NULL, "\"Bytes Reserved\" is" }
};

/* What a pymalloc dump must hold; 2.3 and 2.4 lack the counters. */
#define NEEDED_FIELDS	(FIELD_RANGE(F_ARENAS, F_TOTAL))

enum { OLD_THRESHOLD = 256 };	/* of 2.3 and 2.4, but not of them alone */

/*
 * Arithmetic on what is not negative, or ABSENT, which makes the result
 * ABSENT. Sums and products stop at INT64_MAX; a division by 0 is 0.
 */
static int64_t
add(int64_t a, int64_t b)
{
	if ((a | b) < 0)
		return ABSENT;
	return a > INT64_MAX - b ? INT64_MAX : a + b;
}

static int64_t
times(int64_t a, int64_t b)
{
	if ((uint64_t)(a | b) <= INT32_MAX)	/* nearly always */
		return a * b;
	if ((a | b) < 0)
		return ABSENT;
	return b != 0 && a > INT64_MAX / b ? INT64_MAX : a * b;
}

static int64_t
divide(int64_t a, int64_t b)
{
	if ((uint64_t)(a | b) <= UINT32_MAX)	/* a short division */
		return b == 0 ? 0 : (uint32_t)a / (uint32_t)b;
	if ((a | b) < 0)
		return ABSENT;
	return b == 0 ? 0 : a / b;
}

/*
 * The places of the classes that the header allows, which are `stride` apart.
 * A row elsewhere is wrong, and the reader has said so.
 */
static enum field
first_class(const struct dump *d, unsigned *stride)
{
	bool	 steps = d->class_width >= CLASS_STEP &&
	    d->class_width % CLASS_STEP == 0;

	*stride = steps ? (unsigned)(3 * d->class_width / CLASS_STEP) : 3;
	return (enum field)(F_CLASS + *stride - 3);
}

static void
class_message(struct messages *m, const struct dump *d, enum field c,
    const char *what, int64_t is, const char *but, int64_t should)
{
	int64_t	 number = d->class_width == 0 ? 0 :
	    class_size(c) / d->class_width - 1;

	say(m, dump_line(d, c), "class ", DEC(number), ": ", what, " is ",
	    COMMAS(is), ", but ", but, " ", COMMAS(should));
}

/* Say what is wrong with one row (obmalloc.c, INDEX2SIZE, NUMBLOCKS). */
static void
check_row(const struct dump *d, enum field c, int64_t room, int64_t blocks,
    struct messages *m)
{
	int64_t	 size = class_size(c), pools = d->v[c], in_use = d->v[c + 1];

	if (dump_has(d, F_THRESHOLD) && size > d->v[F_THRESHOLD])
		class_message(m, d, c, "the size", size,
		    "the small block threshold is", d->v[F_THRESHOLD]);
	if (pools == 0)
		say(m, dump_line(d, c), "the row of size ", DEC(size), " has "
		    "0 pools");
	else if (in_use < pools)
		class_message(m, d, c, "\"blocks in use\"", in_use,
		    "one in each of its pools makes", pools);
	if (room != -1 && add(in_use, d->v[c + 2]) != times(pools, blocks))
		class_message(m, d, c, "in use and available",
		    add(in_use, d->v[c + 2]), "its pools have room for",
		    times(pools, blocks));
}

/* Check each row, and add up what they say. */
static void
check_rows(const struct dump *d, int64_t room, int64_t *q, struct messages *m)
{
	int64_t		 in_use = 0, avail = 0, lost = 0;
	unsigned	 stride;

	for (enum field c = first_class(d, &stride); c < F_UNKNOWN;
	    c += stride) {
		int64_t	 size = class_size(c), blocks;

		if (!dump_has(d, c))
			continue;
		blocks = room == -1 ? 0 : divide(room, size);
		check_row(d, c, room, blocks, m);
		in_use = add(in_use, times(size, d->v[c + 1]));
		avail = add(avail, times(size, d->v[c + 2]));
		lost = add(lost, times(d->v[c], room - blocks * size));
	}
	q[Q_ROWS_IN_USE] = in_use;
	q[Q_ROWS_AVAIL] = avail;
	q[Q_ROWS_QUANTIZATION] = lost;
}

/*
 * The same where no number is large and nothing is wrong, which is so in
 * nearly all dumps; a stream of them costs an eighth less. False: it is not
 * so, and the quantities are not set.
 */
static bool
are_rows_fine(const struct dump *d, int64_t room, int64_t *q)
{
	uint64_t	 all = 0, sum = 0, in_use = 0, avail = 0, size;
	bool		 wrong = false;
	unsigned	 stride;
	enum field	 c = first_class(d, &stride);

	if (room == -1 || room > INT32_MAX)
		return false;
	for (size = (uint64_t)class_size(c); c < F_UNKNOWN &&
	    size <= (uint64_t)d->v[F_THRESHOLD];
	    c += stride, size += stride / 3 * CLASS_STEP) {
		uint64_t	 pools, used, left, blocks;

		if (!dump_has(d, c))
			continue;
		pools = (uint64_t)d->v[c];
		used = (uint64_t)d->v[c + 1];
		left = (uint64_t)d->v[c + 2];
		blocks = (uint32_t)room / (uint32_t)size;
		all |= pools | used | left;
		wrong |= (used < pools) | (pools == 0) |
		    (pools * blocks != used + left);
		sum += pools;
		in_use += size * used;
		avail += size * left;
	}
	for (; c < F_UNKNOWN; c += stride)
		wrong |= dump_has(d, c);
	if (wrong || all > INT32_MAX)
		return false;
	q[Q_ROWS_IN_USE] = (int64_t)in_use;
	q[Q_ROWS_AVAIL] = (int64_t)avail;
	/* The rest of the pools, for no row is wrong. */
	q[Q_ROWS_QUANTIZATION] = (int64_t)(sum * (uint64_t)room - in_use -
	    avail);
	return true;
}

/* The quantities that follow from the table, whose rows are checked. */
static void
derive_rows(const struct dump *d, int64_t *q, struct messages *m)
{
	int64_t	 header = dump_pool_header(d), room = -1;

	if (header != -1)
		room = q[F_POOL_SIZE] - header;
	if (!are_rows_fine(d, room, q))
		check_rows(d, room, q, m);
	if (header == -1 && d->pools != 0)
		q[Q_ROWS_QUANTIZATION] = ABSENT;
	q[Q_ROWS_POOLS] = d->pools;
	q[Q_HEADERS_WHOLE] = header != -1 ? q[F_POOL_HEADERS] :
	    times(divide(q[F_POOL_HEADERS], d->pools), d->pools);
	if ((d->flags & DUMP_TABLE) == 0)
		q[Q_ROWS_POOLS] = q[Q_ROWS_IN_USE] = q[Q_ROWS_AVAIL] =
		    q[Q_ROWS_QUANTIZATION] = q[Q_HEADERS_WHOLE] = ABSENT;
}

/* What the dump says, and what follows from it; the rows are checked. */
static void
derive(const struct dump *d, int64_t q[Q_COUNT], struct messages *m)
{
	int64_t	 pool, node;

	memcpy(q, d->v, F_NAMED * sizeof(*q));
	/* mimalloc's classes are not of one width */
	if (dump_is_mimalloc(d) || (d->flags & DUMP_TABLE) == 0)
		q[F_CLASSES] = ABSENT;
	q[Q_CLASS_WIDTHS] = times(d->class_width != 0 ? d->class_width :
	    divide(q[F_THRESHOLD], q[F_CLASSES]), q[F_CLASSES]);
	q[Q_ARENA_PRODUCT] = times(q[F_ARENAS], q[F_ARENA_SIZE]);
	q[Q_UNUSED_PRODUCT] = times(q[F_UNUSED_POOLS], q[F_POOL_SIZE]);
	derive_rows(d, q, m);
	pool = q[F_POOL_SIZE];
	q[Q_ARENA_POOLS] = times(q[F_ARENAS], divide(q[F_ARENA_SIZE], pool));
	q[Q_ALIGNMENT_MOST] = times(q[F_ARENAS], pool);
	q[Q_ALIGNMENT_POOLS] = divide(q[F_ALIGNMENT], pool);
	q[Q_ALIGNMENT_WHOLE] = times(q[Q_ALIGNMENT_POOLS], pool);
	q[Q_ARENAS_TWICE] = times(q[F_ARENAS_TOTAL], 2);
	node = q[F_MAP_ROOT];
	q[Q_MID_PRODUCT] = times(q[F_MID_NODES], node);
	/* a bot node is the root, its half or its quarter */
	for (int i = 0; i < 2; i++)
		if (times(q[F_BOT_NODES], node) > q[F_MAP_BOT])
			node = divide(node, 2);
	q[Q_BOT_PRODUCT] = times(q[F_BOT_NODES], node);
}

/* Does it hold? Also true if one of its parts is not known. */
static bool
holds(const int64_t *q, const struct identity *id, int64_t *sum)
{
	int64_t	 is = q[id->left];

	*sum = 0;
	for (int i = 0; i < 6 && id->right[i] != END; i++)
		*sum = add(*sum, q[id->right[i]]);
	if (is == ABSENT || *sum == ABSENT)
		return true;
	switch (id->comparison) {
	case EQUAL:
		return is == *sum;
	case AT_MOST:
		return is <= *sum;
	case LESS:
		return is < *sum;
	default:
		return is > 0 && (is & (is - 1)) == 0;
	}
}

static void
check_identity(const struct dump *d, const int64_t *q,
    const struct identity *id, struct messages *m)
{
	enum field	 at = id->left < F_NAMED ? (enum field)id->left :
	    F_ARENAS;
	int64_t		 is = q[id->left], sum;

	if (holds(q, id, &sum))
		return;
	/* A label that a CPython to come prints may be one of the parts. */
	if ((at == F_TOTAL || at == F_MAP_TOTAL) && id->right[1] != END &&
	    (d->flags & DUMP_UNKNOWN) != 0)
		return;
	if (id->comparison == POWER_OF_TWO)
		say(m, dump_line(d, at), id->what, " ", COMMAS(is),
		    " is not a power of two");
	else
		say(m, dump_line(d, at), id->what != NULL ? id->what :
		    QUOTED(fields[at].label, fields[at].label_len), " is ",
		    COMMAS(is), ", but ", id->but, " ", COMMAS(sum));
}

/*
 * The free lists of tuples stand without a gap from 1 item on, where the dump
 * has a header, and each is a pointer larger (Objects/tupleobject.c).
 */
static void
check_tuples(const struct dump *d, struct messages *m)
{
	bool		 gap = (d->flags & DUMP_HEADER) == 0;
	int64_t		 pointer = 0, before = 0;	/* items */

	for (enum field f = F_TUPLE; f < F_TYPE; f += 3) {
		int64_t	 items = tuple_items(f), step = items - before, due;

		if (!dump_has(d, f))
			continue;
		if (step > 1 && !gap) {
			say(m, dump_line(d, f), "no free list for tuples of ",
			    DEC(items - 1), " items before this one");
			gap = true;
		}
		if (before > 0) {
			due = d->v[f + 2 - 3 * step];
			if (pointer == 0)
				pointer = d->v[f + 2] - due == 4 * step ? 4 : 8;
			due += pointer * step;
			if (d->v[f + 2] != due)
				say(m, dump_line(d, f), "tuples of ",
				    DEC(items), " items take ",
				    COMMAS(d->v[f + 2]), " bytes each, but "
				    "one pointer per item makes it ",
				    COMMAS(due));
		}
		before = items;
	}
}

static void
check_free_lists(const struct dump *d, const struct names *names,
    struct messages *m)
{
	enum field	 end = (enum field)(F_TYPE + 3 * names->types);

	for (enum field f = F_TUPLE; f < end; f += 3) {
		char		 text[TYPE_LEN + 1];
		struct out	 name = out_memory(text, TYPE_LEN);
		int64_t		 product;

		if (!dump_has(d, f))
			continue;
		product = times(d->v[f], d->v[f + 2]);
		if (d->v[f + 1] == product)
			continue;
		field_name(names, f, &name);
		say(m, dump_line(d, f), QUOTED(text, name.len), " is ",
		    COMMAS(d->v[f + 1]), ", but count times size is ",
		    COMMAS(product));
	}
}

static uint64_t
fields_needed(const struct dump *d)
{
	uint64_t	 need = NEEDED_FIELDS;

	if (dump_is_mimalloc(d))
		return MIMALLOC_FIELDS;
	if (d->v[F_THRESHOLD] != OLD_THRESHOLD ||
	    (d->present & COUNTER_FIELDS) != 0)
		need |= COUNTER_FIELDS;
	if (dump_needs_map(d) || (d->present & NODE_FIELDS) != 0)
		need |= MAP_FIELDS;
	else if ((d->flags & DUMP_MAP) != 0 || dump_has(d, F_MAP_ROOT))
		need |= FIELD_BIT(F_MAP_ROOT);
	return need;
}

static void
add_missing(struct messages *m, const struct dump *d, const char *label)
{
	say(m, d->first_line, "no ", QUOTED(label, strlen(label)),
	    " line in the dump that starts here");
}

static void
add_cut(struct messages *m, const struct dump *d, const char *label)
{
	bool	 by = d->cut_by != 0;

	say(m, d->last_line, "the dump that starts at line ",
	    DEC((int64_t)d->first_line), " is cut short: no ", label, " line",
	    by ? " before the header in line " : "",
	    by ? DEC((int64_t)d->cut_by) : "", by ? ": two writers?" : "");
}

static void
check_complete(const struct dump *d, struct messages *m)
{
	uint64_t	 need = fields_needed(d), missing = need & ~d->present;
	enum field	 last = F_NAMED - 1;

	if ((d->flags & DUMP_EXCERPT) != 0) {
		say(m, d->first_line, "an excerpt: it has no \"Small block "
		    "threshold\" line");
		return;
	}
	while ((need & FIELD_BIT(last)) == 0)
		last--;
	if ((missing & FIELD_BIT(last)) != 0) {
		add_cut(m, d, last == F_MAP_TOTAL && dump_has(d, F_TOTAL) ?
		    "second Total" : fields[last].label);
		return;
	}
	if ((need & MAP_FIELDS) != 0 && (d->flags & DUMP_MAP) == 0)
		add_missing(m, d, MAP_WORDS);
	if ((d->flags & DUMP_HEADING) == 0 && !dump_is_mimalloc(d))
		add_missing(m, d, "class   size   num pools");
	for (enum field f = F_MEDIUM; f < last && missing != 0; f++)
		if ((missing & FIELD_BIT(f)) != 0 && *fields[f].label != '\0')
			add_missing(m, d, fields[f].label);
}

/* Does a mimalloc dump have lines of pymalloc's: another writer's? */
static bool
is_mixed(const struct dump *d)
{
	return dump_is_mimalloc(d) &&
	    ((d->present & (PYMALLOC_FIELDS | MAP_FIELDS)) != 0 ||
	    (d->flags & (DUMP_TABLE | DUMP_MAP)) != 0);
}

void
check_dump(struct dump *d, const struct names *names, struct messages *m)
{
	size_t		 n = sizeof(identities) / sizeof(*identities);
	int64_t		 q[Q_COUNT];

	if ((d->flags & DUMP_FREE_LISTS) != 0) {
		check_tuples(d, m);
		check_free_lists(d, names, m);
	}
	if (!dump_is_free_lists(d)) {
		if (is_mixed(d))
			say(m, d->first_line, "the dump that starts here has "
			    "lines of both pymalloc and mimalloc: two "
			    "writers?");
		else
			check_complete(d, m);
		derive(d, q, m);
		for (size_t i = 0; i < n; i++)
			check_identity(d, q, &identities[i], m);
	}
	if (m->count > 0)
		d->flags |= DUMP_DAMAGED;
}

bool
check_is_bare(const struct dump *d)
{
	for (enum field f = F_CLASS; f < F_COUNT; f++)
		if (dump_has(d, f))
			return false;
	return (d->present & ~(FIELD_BIT(F_THRESHOLD) | FIELD_BIT(F_CLASSES) |
	    LEVEL_FIELDS)) == 0;
}
