/*
 * plain: the tokenizer for lines just as printf made them.
 *
 * Half of the lines of a dump are those of the dump before it. So a line is
 * first compared with the one that stood here last, behind the same line: the
 * same bytes have the same token.
 *
 * Each number of another line ends at a known column, so a line is known by
 * where its end stands, and its columns are read eight bytes at a time: a
 * word holds eight characters, each step works on all of them, and what is
 * wrong anywhere leaves a bit in `bad`, which is tested once a line.
 */
#include <string.h>

#include "cursor.h"
#include "plain.h"

enum { ROW_HEAD = 12, ROW_COLUMNS = 54, VALUE_LINE = 57, LIST_LINE = 71 };

#define TUPLE_WORDS	"-sized " TUPLE_TYPE "s"
#define EACH_WORDS	" bytes each "

#define EACH(byte)	((uint64_t)0x0101010101010101 * (byte))
#define BLANKS		EACH(' ')

static inline uint64_t
load8(const unsigned char *p)
{
	return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 |
	    (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 |
	    (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
}

static inline bool
ends_at(const unsigned char *p, size_t n)
{
	return p[n] == '\n' || (p[n] == '\r' && p[n + 1] == '\n');
}

/* Two numbers of four digits each, from eight bytes that are 0 to 9. */
static inline uint64_t
fours(uint64_t digits)
{
	digits = (digits * 10 + (digits >> 8)) & UINT64_C(0x00ff00ff00ff00ff);
	return (digits * 100 + (digits >> 16)) & UINT64_C(0x0000ffff0000ffff);
}

/*
 * The number in a column of eight bytes, blanks and then digits. Digits become
 * 0x00 to 0x09 and a blank 0x10. `unit` is 1 in the byte of the first digit;
 * the bytes below it are blanks.
 */
static inline int64_t
column(uint64_t bytes, uint64_t *bad)
{
	uint64_t	 v = bytes ^ EACH('0');
	uint64_t	 filled = ~v & EACH(0x10);
	uint64_t	 unit = (filled & (~filled + 1)) >> 4;
	uint64_t	 digits = v & (~unit + 1);

	*bad |= (v ^ EACH(0x10)) & (unit - 1);
	*bad |= (digits | (digits + EACH(6))) & EACH(0xf0);
	*bad |= (digits & unit * 15) == 0 && unit >> 56 == 0;	/* as 01 */
	digits = fours(digits);
	return (int64_t)((digits * 10000 + (digits >> 32)) & UINT32_MAX);
}

/* The three numbers of a row, at the ends of %11zu %15zu %13zu */
static bool
scan_row_numbers(const unsigned char *p, struct line *l)
{
	uint64_t	 bad;

	bad = (load8(p + 12) ^ BLANKS) << 32;
	bad |= load8(p + 24) ^ BLANKS;
	bad |= (load8(p + 40) ^ BLANKS) << 16;
	l->n[0] = column(load8(p + 16), &bad);
	l->n[1] = column(load8(p + 32), &bad);
	l->n[2] = column(load8(p + 46), &bad);
	return bad == 0;
}

/* Its class and size, %5u %6u */
static inline bool
scan_class(const unsigned char *p, struct line *l)
{
	uint64_t	 bad = p[5] ^ (uint64_t)' ';
	int64_t		 size;

	l->n[3] = column(load8(p) << 24 | BLANKS >> 40, &bad);
	size = column((load8(p + 5) << 8) | ' ', &bad);
	if (bad != 0 || size == 0 || size > CLASSES_MAX * CLASS_STEP ||
	    size % CLASS_STEP != 0)
		return false;
	l->kind = LINE_ROW;
	l->field = class_field(size);
	return true;
}

/* In `,123,456` the bytes of commas, the units of these, and all zeros. */
#define COMMAS_AT	UINT64_C(0x000000ff000000ff)
#define COMMA_UNITS	UINT64_C(0x0000000100000001)
#define VALUE_ZEROS	UINT64_C(0x3030302c3030302c)

/* Six digits and two commas, of which VALUE_ZEROS are taken away. */
static inline int64_t
six_digits(uint64_t v, uint64_t *bad)
{
	*bad |= (v & COMMAS_AT) | ((v | (v + EACH(6))) & EACH(0xf0));
	v = fours(v);
	return (int64_t)((v * 1000 + (v >> 32)) & UINT32_MAX);
}

/*
 * The same where blanks stand at the head. A digit has bit 4, a comma bit 3,
 * and a blank neither.
 */
static inline int64_t
first_digits(uint64_t word, uint64_t *bad)
{
	uint64_t	 filled = (word | word << 1) & EACH(0x10);
	uint64_t	 unit = (filled & (~filled + 1)) >> 4;
	uint64_t	 v = (word ^ VALUE_ZEROS) & (~unit + 1);

	*bad |= ((word ^ BLANKS) & (unit - 1)) | (unit & COMMA_UNITS);
	*bad |= (v & unit * 15) == 0 && unit >> 56 == 0;	/* as 01 */
	return six_digits(v, bad);
}

/* The value of printone, of at most 12 digits. */
static inline bool
scan_value(const unsigned char *p, int64_t *v)
{
	uint64_t	 high = load8(p + 5), low = load8(p + 13);
	uint64_t	 bad = (load8(p) ^ BLANKS) << 24;

	if (high == BLANKS) {
		*v = first_digits(low, &bad);
	} else {
		*v = first_digits(high, &bad);
		bad |= *v == 0;		/* as 0,123,456 */
		*v = *v * 1000000 + six_digits(low ^ VALUE_ZEROS, &bad);
	}
	return bad == 0;
}

/* Does the label of this field stand here, with blanks up to its column? */
static bool
has_label(const unsigned char *p, enum field f)
{
	size_t	 n = fields[f].label_len;

	return fields[f].layout == LAYOUT_VALUE &&
	    memcmp(p, fields[f].label, n) == 0 &&
	    memcmp(p + n, "                                   ",
	    LABEL_COLUMNS - n) == 0;
}

/* Digits of a number at p, 8 at most; where they end, or NULL. */
static const unsigned char *
scan_digits(const unsigned char *p, int64_t *v)
{
	const unsigned char	*from = p;

	for (*v = 0; is_digit(*p) && p - from < 8; p++)
		*v = *v * 10 + (*p - '0');
	return p == from || (*from == '0' && p - from > 1) ? NULL : p;
}

/* 21 arenas * 262144 bytes/arena     , and the same of pools */
static bool
scan_pair(const unsigned char *p, struct line *l)
{
	static const char	 blanks[] = "                   ";
	const unsigned char	*end = p + LABEL_COLUMNS;
	enum field		 f = F_ARENAS;
	size_t			 n;

	if ((p = scan_digits(p, &l->n[0])) == NULL || *p++ != ' ')
		return false;
	if (*p == 'u')
		f = F_UNUSED_POOLS;
	n = fields[f].label_len;
	if (memcmp(p, fields[f].label, n) != 0 ||
	    memcmp(p + n, " * ", 3) != 0 ||
	    (p = scan_digits(p + n + 3, &l->n[2])) == NULL || *p++ != ' ')
		return false;
	n = strlen(pair_unit(f));
	if (memcmp(p, pair_unit(f), n) != 0)
		return false;
	p += n;
	if (p > end || (size_t)(end - p) >= sizeof(blanks) ||
	    memcmp(p, blanks, (size_t)(end - p)) != 0)
		return false;
	l->kind = LINE_PAIR;
	l->field = f;
	return true;
}

/* printone's lines, and the two pairs. */
static bool
scan_value_line(const unsigned char *p, enum field expect, struct line *l)
{
	if (p[LABEL_COLUMNS] != '=')
		return false;
	if (is_digit(*p))
		return scan_pair(p, l) &&
		    scan_value(p + LABEL_COLUMNS + 1, &l->n[1]);
	while (expect < F_NAMED && !has_label(p, expect))
		expect++;
	if (expect == F_NAMED)
		return false;
	l->kind = LINE_VALUE;
	l->field = expect;
	return scan_value(p + LABEL_COLUMNS + 1, &l->n[0]);
}

/* The type, behind ` free `. Returns where it ends, or NULL. */
static const unsigned char *
scan_type(const unsigned char *p, struct line *l)
{
	int64_t	 items;

	if (is_digit(*p)) {
		p = scan_digits(p, &items);
		if (p == NULL || items < 1 || items > TUPLES_MAX ||
		    memcmp(p, TUPLE_WORDS, sizeof(TUPLE_WORDS) - 1) != 0)
			return NULL;
		l->field = (enum field)(F_TUPLE + 3 * (items - 1));
		return p + sizeof(TUPLE_WORDS) - 1;
	}
	l->field = F_NONE;
	l->name = p;
	while (is_word(*p))
		p++;
	l->len = (size_t)(p - l->name) - 1;
	return p - l->name >= 2 && p[-1] == 's' ? p : NULL;
}

/* 3 free PyDictObjects * 48 bytes each =      144 */
static bool
scan_list(const unsigned char *p, struct names *names, struct line *l)
{
	const unsigned char	*end = p + TYPE_COLUMNS, *at = p;

	if (end[1] != '=' || !scan_value(end + 2, &l->n[1]))
		return false;
	while (*at == ' ')
		at++;
	l->kind = LINE_FREE;
	if ((at = scan_digits(at, &l->n[0])) == NULL ||
	    memcmp(at, " free ", 6) != 0 ||
	    (at = scan_type(at + 6, l)) == NULL || memcmp(at, " * ", 3) != 0 ||
	    (at = scan_digits(at + 3, &l->n[2])) == NULL ||
	    at + sizeof(EACH_WORDS) - 2 != end ||
	    memcmp(at, EACH_WORDS, sizeof(EACH_WORDS) - 1) != 0)
		return false;
	if (l->field == F_NONE)
		l->field = names_type(names, l->name, l->len);
	l->name = NULL;
	return l->field != F_NONE;
}

/* A free list, whose count ends at `from`. */
static bool
scan_list_numbers(const unsigned char *p, size_t from, struct line *l)
{
	uint64_t	 bad = 0;

	l->n[0] = column(load8(p + from - 8), &bad);
	for (size_t i = 0; i + 8 < from; i++)
		bad |= (uint64_t)p[i] ^ ' ';
	return bad == 0 && scan_value(p + TYPE_COLUMNS + 2, &l->n[1]);
}

/* The numbers of a line that else equals the remembered one. */
static bool
scan_numbers(const unsigned char *p, struct plain_line *line)
{
	switch (line->line.kind) {
	case LINE_ROW:
		return scan_row_numbers(p, &line->line);
	case LINE_VALUE:
		return scan_value(p + LABEL_COLUMNS + 1, &line->line.n[0]);
	default:	/* LINE_FREE: no other kind has a `to` */
		return scan_list_numbers(p, line->from, &line->line);
	}
}

/* Where the line of this field is remembered, from 1. */
static unsigned
place_of(enum field f)
{
	if (f < F_NAMED)
		return 1 + f;
	if (f < F_UNKNOWN)
		return 1 + F_NAMED + (f - F_CLASS) / 3;
	return 1 + F_NAMED + CLASSES_MAX + (f - F_TUPLE) / 3;
}

/* Set which bytes of a free list its numbers leave alone, behind its count. */
static void
set_list_pattern(struct plain_line *line)
{
	unsigned	 at = 0;

	while (line->bytes[at] == ' ')
		at++;
	while (is_digit(line->bytes[at]))
		at++;
	if (at < 8)
		return;
	line->from = (uint8_t)at;
	line->to = TYPE_COLUMNS + 2;
}

/* Remember a line behind the last one. */
static const struct plain_line *
remember(struct plain *plain, const unsigned char *p, size_t len,
    const struct line *l)
{
	unsigned		 place = place_of(l->field);
	struct plain_line	*line = &plain->lines[place];

	plain->lines[plain->last].follower = (uint8_t)place;
	plain->last = place;
	line->line = *l;
	line->len = (uint8_t)len;
	line->all = (uint8_t)(len + (p[len] == '\r') + 1);
	line->from = 0;
	line->to = l->kind == LINE_ROW ? ROW_HEAD : l->kind == LINE_VALUE ?
	    LABEL_COLUMNS + 1 : 0;
	memcpy(line->bytes, p, PLAIN_BYTES);
	if (l->kind == LINE_FREE)
		set_list_pattern(line);
	return line;
}

/* A line that is not the expected one. */
static const struct plain_line *
scan_new(struct plain *plain, const unsigned char *p, enum field expect)
{
	struct line	 l = { .name = NULL };

	if (ends_at(p, VALUE_LINE))
		return scan_value_line(p, expect, &l) ?
		    remember(plain, p, VALUE_LINE, &l) : NULL;
	if (ends_at(p, ROW_COLUMNS))
		return scan_class(p, &l) && scan_row_numbers(p, &l) ?
		    remember(plain, p, ROW_COLUMNS, &l) : NULL;
	return ends_at(p, LIST_LINE) && scan_list(p, plain->names, &l) ?
	    remember(plain, p, LIST_LINE, &l) : NULL;
}

/* A line without numbers, with LF and with CR LF. */
#define WORDS_LINE(kind, n) { \
	{ .line = { kind, FAULT_NONE, F_NONE, { 0 }, NULL, 0 }, \
	    .len = (n), .all = (n) + 1 }, \
	{ .line = { kind, FAULT_NONE, F_NONE, { 0 }, NULL, 0 }, \
	    .len = (n), .all = (n) + 2 } \
}

/* A blank line, dashes, or the heading of the arena map. */
static const struct plain_line *
scan_words(const unsigned char *p)
{
	enum { MAP = sizeof(MAP_WORDS) - 1 };
	static const struct plain_line	blank[] = WORDS_LINE(LINE_BLANK, 0);
	static const struct plain_line	dashes[] =
	    WORDS_LINE(LINE_DASHES, ROW_COLUMNS);
	static const struct plain_line	map[] = WORDS_LINE(LINE_MAP, MAP);

	if (ends_at(p, 0))
		return &blank[*p == '\r'];
	if (ends_at(p, ROW_COLUMNS) && memcmp(p, DASHES, ROW_COLUMNS) == 0)
		return &dashes[p[ROW_COLUMNS] == '\r'];
	if (ends_at(p, MAP) && memcmp(p, MAP_WORDS, MAP) == 0)
		return &map[p[MAP] == '\r'];
	return NULL;
}

const struct plain_line *
plain_scan(struct plain *plain, const unsigned char *p, enum field expect)
{
	unsigned		 place;
	struct plain_line	*line;

	if (*p < ' ' || *p == '-' || *p == 'a')
		return scan_words(p);
	place = plain->lines[plain->last].follower;
	line = &plain->lines[place];
	if (line->to == 0 || !ends_at(p, line->len) || memcmp(p + line->from,
	    line->bytes + line->from, (size_t)line->to - line->from) != 0)
		return scan_new(plain, p, expect);
	line->all = 0;
	if (!scan_numbers(p, line))
		return NULL;
	line->all = (uint8_t)(line->len + (p[line->len] == '\r') + 1);
	memcpy(line->bytes, p, PLAIN_BYTES);
	plain->last = place;
	return line;
}

/* Has a byte of the word all bits 0? */
static inline bool
has_zero(uint64_t word)
{
	return ((word - EACH(0x01)) & ~word & EACH(0x80)) != 0;
}

/* Eight bytes of a prefix, and the eight from its second byte on. */
static inline bool
is_prefix(uint64_t word, uint64_t next)
{
	return (word & EACH(0x80)) == 0 && !has_zero(word ^ EACH('\n')) &&
	    !has_zero((word ^ EACH('S')) | (next ^ EACH('m')));
}

bool
plain_prefix(const unsigned char *p, size_t n)
{
	uint64_t	 keep;

	for (; n >= 8; p += 8, n -= 8)
		if (!is_prefix(load8(p), load8(p + 1)))
			return false;
	keep = (UINT64_C(1) << 8 * n) - 1;
	return is_prefix((load8(p) & keep) | (BLANKS & ~keep), load8(p + 1));
}
