/*
 * line: the tokenizer. One line of bytes in, one struct line out.
 * A cursor walks over the line; each scan_ function knows one kind of line.
 */
#include <string.h>

#include "cursor.h"
#include "line.h"

enum {
	LABEL_COLUMNS = 35,	/* printone pads its label to this */
	VALUE_COLUMNS = 21,	/* and prints its value this wide */
	SPLICE_MIN = 3		/* bytes of a label that tell its own */
};

static void
set(struct line *l, enum kind kind, const struct cursor *c)
{
	l->kind = kind;
	l->fault = c->range ? FAULT_RANGE : FAULT_NONE;
	l->truncated = c->truncated;
}

static void
set_unfinished(struct line *l, enum kind kind)
{
	l->kind = kind;
	l->fault = FAULT_CUT;
}

/*
 * Small block threshold = 512, in 32 size classes.
 * Whatever starts like this is a header, so that no dump is lost.
 */
static void
scan_header(struct cursor c, struct line *l)
{
	if (!eat_text(&c, "Small block threshold ="))
		return;
	eat_blanks(&c);
	if (eat_number(&c, &l->n[0]) && eat_text(&c, ", in ") &&
	    eat_number(&c, &l->n[1]) && eat_text(&c, " size classes.") &&
	    at_end(&c))
		set(l, LINE_HEADER, &c);
	else
		set_unfinished(l, LINE_HEADER);
}

/* Behind the label of a line of one number. */
static bool
eat_key(struct cursor *c, enum layout layout, int64_t *v)
{
	if (layout == LAYOUT_VALUE)
		return eat_rest(c, v);
	eat_blanks(c);
	if (!eat_char(c, layout == LAYOUT_COLON ? ':' : '='))
		return false;
	eat_blanks(c);
	return eat_number(c, v) && at_end(c);
}

/*
 * Is what stands behind a known label the rest of its line, torn off? The
 * labels without a # are words that a log may use too.
 */
static bool
is_unfinished(const char *label, struct cursor c)
{
	if (*label == '#')
		return true;
	eat_blanks(&c);
	return at_end(&c) || *c.p == '=' || *c.p == ':' || *c.p == '#';
}

static bool
scan_key(struct cursor c, enum key key, struct line *l)
{
	const struct key_info	*info = &keys[key];

	if (*c.p != (unsigned char)info->label[0] ||
	    info->layout < LAYOUT_VALUE || info->layout == LAYOUT_PAIR ||
	    !eat_label(&c, info->label, info->len))
		return false;
	l->key = key;
	if (eat_key(&c, info->layout, &l->n[0])) {
		set(l, LINE_KEY, &c);
		return true;
	}
	if (is_unfinished(info->label, c))
		set_unfinished(l, LINE_KEY);
	return false;
}

/* From the expected label on: in a dump it nearly always is the one. */
static void
scan_keys(const struct cursor *c, enum key hint, struct line *l)
{
	for (enum key key = hint; key < KEY_COUNT; key++)
		if (scan_key(*c, key, l))
			return;
	for (enum key key = KEY_MEDIUM; key < hint; key++)
		if (scan_key(*c, key, l))
			return;
}

/* 21 arenas * 262144 bytes/arena     =            5,505,024 */
static bool
scan_pair(struct cursor c, enum key key, struct line *l)
{
	const char	*unit = pair_unit(key);

	if (!eat_blanks(&c) || !eat_label(&c, keys[key].label, keys[key].len))
		return false;
	eat_blanks(&c);
	if (!eat_char(&c, '*'))
		return false;
	l->key = key;
	eat_blanks(&c);
	if (eat_number(&c, &l->n[2]) && eat_blanks(&c) &&
	    eat_label(&c, unit, strlen(unit)) && eat_rest(&c, &l->n[0]))
		set(l, LINE_KEY, &c);
	else
		set_unfinished(l, LINE_KEY);
	return true;
}

/* PyListObjects: up to a blank, and one s behind the name. */
static bool
eat_type(struct cursor *c, struct line *l)
{
	l->name = c->p;
	while (!at_end(c) && *c->p > ' ' && *c->p <= '~')
		c->p++;
	l->len = (size_t)(c->p - l->name);
	if (l->len < 2 || l->name[l->len - 1] != 's')
		return false;
	if (--l->len > LABEL_MAX)
		c->range = true;
	return true;
}

/* 3 free 5-sized PyTupleObjects * 64 bytes each =      192, behind the 3 */
static bool
scan_free(struct cursor c, struct line *l)
{
	struct cursor	 try;
	int64_t		 items;
	bool		 ours;

	if (!eat_blanks(&c) || !eat_label(&c, "free", 4) || !eat_blanks(&c))
		return false;
	try = c;
	l->n[3] = -1;
	if (eat_number(&try, &items) && eat_text(&try, "-sized ")) {
		c = try;
		l->n[3] = items;
	}
	ours = left(&c) >= 2 && memcmp(c.p, "Py", 2) == 0;
	if (eat_type(&c, l) && eat_text(&c, " * ") &&
	    eat_number(&c, &l->n[2]) && eat_text(&c, " bytes each") &&
	    eat_rest(&c, &l->n[0])) {
		if (l->n[1] > INT32_MAX || l->n[1] < INT32_MIN ||
		    l->n[3] > INT32_MAX || l->n[3] == 0)
			c.range = true;
		set(l, LINE_FREE, &c);
	} else if (ours) {
		set_unfinished(l, LINE_FREE);
	}
	return true;
}

static inline uint64_t
load8(const unsigned char *p)
{
	return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 |
	    (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 |
	    (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
}

#define EACH(byte)	((uint64_t)0x0101010101010101 * (byte))

/* The value of eight digits, each a byte from 0 to 9. */
static inline int64_t
eight_digits(uint64_t v)
{
	v = (v * 10 + (v >> 8)) & UINT64_C(0x00ff00ff00ff00ff);
	v = (v * 100 + (v >> 16)) & UINT64_C(0x0000ffff0000ffff);
	return (int64_t)((v * 10000 + (v >> 32)) & UINT64_C(0xffffffff));
}

/*
 * The number in a column of eight bytes, blanks and then digits; `bad` gets
 * a bit wherever it is anything else. Digits become 0x00 to 0x09 and a blank
 * 0x10; a bit 4 less the bit 0 below it is the mask of the byte's low half.
 */
static inline int64_t
column(uint64_t bytes, uint64_t *bad)
{
	uint64_t	 v = bytes ^ EACH('0');
	uint64_t	 blanks = v & EACH(0x10);
	uint64_t	 digits = blanks ^ EACH(0x10);
	uint64_t	 head = digits & (~digits + 1) & (UINT64_MAX >> 8);

	*bad |= (v & EACH(0xe0)) | ((v + EACH(6)) & digits);
	*bad |= v & (blanks - (blanks >> 4));	/* no blank, no digit */
	*bad |= digits << 8 & blanks;		/* a blank behind a digit */
	*bad |= blanks >> 56;			/* no digit at the end */
	*bad |= head != 0 && (v & (head - (head >> 4))) == 0;	/* as 01 */
	return eight_digits(v & ~blanks);
}

/*
 * A row just as printf made it, "%5u %6u %11zu %15zu %13zu": each number at
 * the end of its column, whatever its length, so there is nothing to loop
 * over and nothing to mispredict. Without this a stream takes half as long
 * again; rows of any other layout are read by scan_row.
 */
static bool
scan_columns(const unsigned char *p, size_t n, struct line *l)
{
	uint64_t	 bad;

	if (n != 54)
		return false;
	bad = (load8(p + 12) ^ EACH(' ')) << 32;
	bad |= load8(p + 24) ^ EACH(' ');
	bad |= (load8(p + 40) ^ EACH(' ')) << 16;
	l->n[0] = column(load8(p) << 24 | EACH(' ') >> 40, &bad);
	l->n[1] = column((load8(p + 5) << 8) | ' ', &bad);
	l->n[2] = column(load8(p + 16), &bad);
	l->n[3] = column(load8(p + 32), &bad);
	l->n[4] = column(load8(p + 46), &bad);
	if (bad != 0 || p[5] != ' ')
		return false;
	l->kind = LINE_ROW;
	l->fault = FAULT_NONE;
	return true;
}

/*    17    288           1              12             2, behind the 17 */
static void
scan_row(struct cursor c, struct line *l)
{
	for (int i = 1; i < 5; i++)
		if (!eat_blanks(&c) || !eat_number(&c, &l->n[i]))
			return;
	if (at_end(&c))
		set(l, LINE_ROW, &c);
}

/* A line that starts with a number: only a free-list count can be negative. */
static void
scan_number(struct cursor c, struct line *l)
{
	bool	 negative = eat_char(&c, '-');
	bool	 number = eat_number(&c, &l->n[0]);

	if (number && !negative)
		scan_row(c, l);
	if (l->kind != LINE_NONE)
		return;
	l->n[1] = negative ? -l->n[0] : l->n[0];
	if (scan_free(c, l)) {
		if (!number && l->kind == LINE_FREE)
			set_unfinished(l, LINE_FREE);	/* 01 free Py... */
	} else if (number && !negative && !scan_pair(c, KEY_ARENAS, l)) {
		scan_pair(c, KEY_UNUSED, l);
	}
}

/*
 * Is it the head of one known label and the tail of another, torn inside a
 * word, as "# arenas hi" and "claimed"?
 */
static bool
is_spliced(const unsigned char *p, size_t n)
{
	size_t	 head = 0, tail = 0;

	for (enum key key = KEY_TIMES; key < KEY_COUNT; key++) {
		const char	*label = keys[key].label;
		size_t		 len = keys[key].len, i = 0;

		if (keys[key].layout != LAYOUT_VALUE)
			continue;
		while (i < n && i < len && p[i] == (unsigned char)label[i])
			i++;
		head = i > head ? i : head;
		for (i = 0; i < n && i < len; i++)
			if (p[n - 1 - i] != (unsigned char)label[len - 1 - i])
				break;
		tail = i > tail ? i : tail;
	}
	for (size_t i = n - tail; i <= head && i + SPLICE_MIN <= n; i++)
		if (i >= SPLICE_MIN && is_alnum(p[i - 1]) && is_alnum(p[i]))
			return true;
	return false;
}

/*
 * A label that is not in the table is believed only in printone's exact
 * layout: the label padded to its columns, = and a right-aligned value. It
 * does not start with a number, which would not name the same thing twice.
 */
static void
scan_unknown(const unsigned char *p, size_t n, struct line *l)
{
	struct cursor	 c = { p, p + n, false, false };
	size_t		 len, words = 0;

	if (n < LABEL_COLUMNS + 1 + VALUE_COLUMNS)
		return;
	c.p = c.end - VALUE_COLUMNS;
	if (c.p[-1] != '=')
		return;
	eat_blanks(&c);
	if (!eat_value(&c, &l->n[0]) || !at_end(&c))
		return;
	len = n - VALUE_COLUMNS - 1;
	if (len == LABEL_COLUMNS)
		while (len > 0 && p[len - 1] == ' ')
			len--;
	for (size_t i = 0; i < len; i++) {
		if (p[i] < ' ' || p[i] > '~' || p[i] == '=' ||
		    (i > 0 && p[i] == '#'))
			return;
		words += is_alnum(p[i]);
	}
	if (words == 0 || p[0] == ' ' || is_digit(p[0]) || p[len - 1] == ' ')
		return;
	if (len > LABEL_MAX)
		c.range = true;
	l->name = p;
	l->len = len;
	set(l, LINE_UNKNOWN, &c);
	if (l->fault == FAULT_NONE && is_spliced(p, len))
		l->fault = FAULT_TORN;
}

/* Is there more than one line in this one? Each has these once at most. */
static bool
is_torn(const unsigned char *p, size_t n)
{
	int	 stars = 0, equals = 0;

	for (size_t i = 0; i < n; i++) {
		if (p[i] == '#' && i > 0)
			return true;
		stars += p[i] == '*';
		equals += p[i] == '=';
	}
	return stars > 1 || equals > 1;
}

/* Any line but a row just as printf made it. */
static void
scan_any(const unsigned char *p, size_t n, enum key hint, struct line *l)
{
	struct cursor	 c = { p, p + n, false, false };

	l->kind = LINE_NONE;
	l->fault = FAULT_NONE;
	eat_blanks(&c);
	if (at_end(&c)) {
		l->kind = LINE_BLANK;
		return;
	}
	while (is_blank(c.end[-1]))
		c.end--;
	switch (*c.p) {
	case 'S':
		scan_header(c, l);
		break;
	case 'c':
		if (eat_text(&c, "class size num pools blocks in use "
		    "avail blocks") && at_end(&c))
			l->kind = LINE_HEADING;
		break;
	case 'a':
		if (!eat_text(&c, "arena map counts"))
			break;
		l->kind = LINE_MAP;
		if (!at_end(&c))
			l->fault = FAULT_CUT;
		break;
	case '-':
		if (eat_text(&c, "-----")) {
			l->kind = LINE_DASHES;
			break;
		}
		scan_number(c, l);
		break;
	default:
		if (is_digit(*c.p))
			scan_number(c, l);
		else
			scan_keys(&c, hint, l);
		break;
	}
	if (l->kind == LINE_NONE || l->fault == FAULT_CUT)
		scan_unknown(p, n, l);
	if (l->fault == FAULT_CUT && is_torn(p, n))
		l->fault = FAULT_TORN;
}

void
line_scan(const unsigned char *p, size_t n, enum key hint, struct line *l)
{
	if (!scan_columns(p, n, l))
		scan_any(p, n, hint, l);
}

size_t
line_find(const unsigned char *p, size_t n, const char *word, struct line *l)
{
	size_t			 len = strlen(word);
	const unsigned char	*at = p, *end = p + n;

	while ((at = memchr(at, word[0], (size_t)(end - at))) != NULL) {
		if ((size_t)(end - at) >= len && memcmp(at, word, len) == 0) {
			line_scan(at, (size_t)(end - at), KEY_TIMES, l);
			if (l->kind != LINE_NONE)
				return (size_t)(at - p);
		}
		at++;
	}
	return n;
}

size_t
line_find_free(const unsigned char *p, size_t n, struct line *l)
{
	for (size_t i = 1; i + 6 < n; i++) {
		size_t	 at = i;

		if (p[i] != ' ' || memcmp(p + i, " free ", 6) != 0)
			continue;
		while (at > 0 && is_digit(p[at - 1]))
			at--;
		if (at > 0 && at < i && p[at - 1] == '-')
			at--;
		line_scan(p + at, n - at, KEY_TIMES, l);
		if (l->kind == LINE_FREE)
			return at;
	}
	return n;
}

/* Is the rest of the line, which may be nothing, a beginning of `text`? */
static bool
begins(struct cursor c, const char *text)
{
	return left(&c) <= strlen(text) && memcmp(c.p, text, left(&c)) == 0;
}

/* What could a line become that ends here? Of more labels the last one. */
static void
set_begun(struct cursor c, struct line *l)
{
	int64_t	 v;

	eat_blanks(&c);
	eat_char(&c, '-');
	if (at_end(&c) || eat_number(&c, &v)) {
		while (eat_blanks(&c) && eat_number(&c, &v))
			continue;
		l->key = begins(c, "arenas * ") ? KEY_ARENAS : KEY_UNUSED;
		if (begins(c, "free Py") || (eat_text(&c, "free ") &&
		    eat_number(&c, &v) && begins(c, "-sized Py")))
			set_unfinished(l, LINE_FREE);
		else if (l->key == KEY_ARENAS || begins(c, "unused pools * "))
			set_unfinished(l, LINE_KEY);
		return;
	}
	if (begins(c, "Small block threshold ="))
		set_unfinished(l, LINE_HEADER);
	for (int key = KEY_COUNT - 1; key >= KEY_MEDIUM; key--)
		if (keys[key].layout != LAYOUT_PART &&
		    keys[key].layout != LAYOUT_PAIR &&
		    begins(c, keys[key].label)) {
			l->key = (enum key)key;
			set_unfinished(l, LINE_KEY);
			return;
		}
}

void
line_mistrust(const unsigned char *p, size_t n, struct line *l)
{
	struct cursor	 c = { p, p + n, false, false };

	if (l->fault != FAULT_NONE || n == 0)
		return;
	if (l->kind == LINE_NONE || l->kind == LINE_BLANK) {
		set_begun(c, l);
	} else if (l->kind == LINE_KEY || l->kind == LINE_FREE) {
		/* Only a value of its full width is known to be whole. */
		if (n <= VALUE_COLUMNS || p[n - VALUE_COLUMNS - 1] != '=')
			l->fault = FAULT_CUT;
	} else if (l->kind == LINE_ROW) {
		l->fault = FAULT_CUT;
	}
}
