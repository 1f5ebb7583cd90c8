/*
 * line: the tokenizer. One line of bytes in, one struct line out.
 *
 * Each scan_ function knows one kind of line; it works on a copy of the
 * cursor.
 */
#include <string.h>

#include "cursor.h"
#include "dump.h"
#include "line.h"

enum { PROCESS_LEAST = 12 };	/* bytes of a label, `# bytes in m`, that no
				   other label begins with */

/* = 1,234 up to the end of the line. */
static bool
eat_rest(struct cursor *c, int64_t *v)
{
	eat_blanks(c);
	if (!eat_char(c, '='))
		return false;
	eat_blanks(c);
	return eat_value(c, v) && at_end(c);
}

static void
set_kind(struct line *l, enum line_kind kind, const struct cursor *c)
{
	l->kind = kind;
	l->fault = c->range ? FAULT_RANGE : FAULT_NONE;
}

static void
set_fault(struct line *l, enum line_kind kind, enum fault fault)
{
	l->kind = kind;
	l->fault = fault;
}

/* \n, as JSON and source code write a line end; \\n where it is quoted. */
static bool
is_escaped(struct cursor c)
{
	if (!eat_char(&c, '\\'))
		return false;
	while (eat_char(&c, '\\'))
		continue;
	return eat_char(&c, 'n') || eat_char(&c, 'r');
}

/*
 * Small block threshold = 512, in 32 size classes.
 * Whatever starts like this is a header, so that no dump is lost.
 */
static void
scan_header(struct cursor c, struct line *l)
{
	if (!eat_text(&c, HEADER_WORDS))
		return;
	eat_blanks(&c);
	if (!eat_number(&c, &l->n[0]) || !eat_text(&c, ", in ") ||
	    !eat_number(&c, &l->n[1]) || !eat_text(&c, " size classes."))
		set_fault(l, LINE_HEADER, FAULT_CUT);
	else if (at_end(&c))
		set_kind(l, LINE_HEADER, &c);
	else
		set_fault(l, LINE_HEADER, is_escaped(c) ? FAULT_ESCAPED :
		    FAULT_CUT);
}

static void
scan_heading(struct cursor c, struct line *l)
{
	if (!eat_text(&c, HEADING))
		return;
	if (at_end(&c))
		set_kind(l, LINE_HEADING, &c);
	else if (is_escaped(c))
		set_fault(l, LINE_HEADING, FAULT_ESCAPED);
}

static void
scan_map(struct cursor c, struct line *l)
{
	if (eat_text(&c, MAP_WORDS))
		set_fault(l, LINE_MAP, at_end(&c) ? FAULT_NONE : FAULT_CUT);
}

/* What stands behind the label of a line of one number. */
static bool
eat_field(struct cursor *c, unsigned layout, int64_t *v)
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
 * A value that was cut: it is behind many blanks, as printone pads it, but
 * does not reach their columns. No identity would notice it in the lines of
 * the process.
 */
static bool
is_cut_value(struct cursor c)
{
	size_t	 columns;

	eat_blanks(&c);
	c.p++;			/* behind the = */
	columns = left(&c);
	return columns > 2 && c.p[1] == ' ' && columns < VALUE_COLUMNS;
}

/*
 * Behind a known label, was the line cut short? The labels without a # are
 * words that a log may use too.
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
scan_field(struct cursor c, enum field f, struct line *l)
{
	const struct field_info	*info = &fields[f];
	struct cursor		 value;

	if (*c.p != (unsigned char)info->label[0] ||
	    info->layout == LAYOUT_PAIR || !eat_label(&c, info->label))
		return false;
	value = c;
	if (eat_field(&c, info->layout, &l->n[0]) &&
	    ((FIELD_BIT(f) & PROCESS_FIELDS) == 0 || !is_cut_value(value))) {
		l->field = f;
		set_kind(l, LINE_VALUE, &c);
		return true;
	}
	if (is_unfinished(info->label, c)) {
		l->field = f;
		set_fault(l, LINE_VALUE, FAULT_CUT);
	}
	return false;
}

static void
scan_fields(const struct cursor *c, struct line *l)
{
	for (enum field f = F_THRESHOLD; f < F_NAMED; f++)
		if (scan_field(*c, f, l))
			return;
	for (enum field f = F_RESIDENT; f <= F_IN_MALLOC; f++)
		if (left(c) >= PROCESS_LEAST && begins(*c, fields[f].label)) {
			l->field = f;
			set_fault(l, LINE_VALUE, FAULT_CUT);
		}
}

/* 21 arenas * 262144 bytes/arena     =            5,505,024, from `arenas` */
static bool
scan_pair(struct cursor c, enum field f, struct line *l)
{
	if (!eat_label(&c, fields[f].label))
		return false;
	eat_blanks(&c);
	if (!eat_char(&c, '*'))
		return false;
	l->field = f;
	eat_blanks(&c);
	if (eat_number(&c, &l->n[2]) && eat_blanks(&c) &&
	    eat_label(&c, pair_unit(f)) && eat_rest(&c, &l->n[1]))
		set_kind(l, LINE_PAIR, &c);
	else
		set_fault(l, LINE_PAIR, FAULT_CUT);
	return true;
}

/*    17    288           1              12             2, behind the 17 */
static bool
scan_row(struct cursor c, int64_t number, struct line *l)
{
	int64_t	 size;

	if (!eat_number(&c, &size))
		return false;
	for (int i = 0; i < 3; i++)
		if (!eat_blanks(&c) || !eat_number(&c, &l->n[i]))
			return false;
	if (!at_end(&c))
		return false;
	l->n[3] = number;
	if (size == 0 || size > CLASSES_MAX * CLASS_STEP ||
	    size % CLASS_STEP != 0)
		c.range = true;
	else
		l->field = class_field(size);
	set_kind(l, LINE_ROW, &c);
	return true;
}

/* A C identifier and the s that CPython puts behind it. */
static bool
eat_type(struct cursor *c, struct line *l)
{
	l->name = c->p;
	skip_identifier(c);
	l->len = (size_t)(c->p - l->name);
	if (l->len < 2 || l->name[l->len - 1] != 's')
		return false;
	return --l->len <= TYPE_LEN;
}

static bool
name_is(const struct line *l, const char *name)
{
	return l->len == strlen(name) && memcmp(l->name, name, l->len) == 0;
}

/* ` * 64 bytes each =      192`, behind the type. */
static bool
eat_product(struct cursor *c, struct line *l)
{
	eat_blanks(c);
	if (!eat_char(c, '*'))
		return false;
	eat_blanks(c);
	return eat_number(c, &l->n[2]) && eat_text(c, " bytes each") &&
	    eat_rest(c, &l->n[1]);
}

/*
 * Could more bytes make a free-list line of what stands behind a count and a
 * blank? `3 free seats` could be one, `3 free seats left` could not.
 */
static bool
is_begun(struct cursor c)
{
	struct cursor	 sized = c;

	return !at_end(&c) && (match(&c, "free @ * % bytes each") != MATCH_NO ||
	    match(&sized, "free %-sized %@ * % bytes each") != MATCH_NO);
}

/* 5-sized, before the type of tuples. */
static bool
eat_sized(struct cursor *c, int64_t *items)
{
	struct cursor	 try = *c;

	if (!eat_number(&try, items) || !eat_text(&try, "-sized "))
		return false;
	*c = try;
	return true;
}

/* 3 free 5-sized PyTupleObjects * 64 bytes each =      192, from `free` */
static void
scan_free(struct cursor c, struct line *l)
{
	struct cursor	 from = c;
	int64_t		 items = 0;
	bool		 sized, ours = false, whole = false;

	if (eat_label(&c, "free") && eat_blanks(&c)) {
		sized = eat_sized(&c, &items);
		ours = left(&c) >= 2 && memcmp(c.p, "Py", 2) == 0;
		whole = eat_type(&c, l) && eat_product(&c, l);
		if (whole && (!sized || name_is(l, TUPLE_TYPE))) {
			if (sized && (items < 1 || items > TUPLES_MAX))
				c.range = true;
			else if (sized)
				l->field = (enum field)(F_TUPLE +
				    3 * (items - 1));
			set_kind(l, LINE_FREE, &c);
			return;
		}
	}
	if (ours)
		set_fault(l, LINE_FREE, FAULT_CUT);
	else if (!whole && is_begun(from))
		set_fault(l, LINE_FREE, FAULT_BEGUN);
}

/* 12 PyIntBlocks * 1000 bytes each =      12,000, from `Py`: Red Hat's */
static void
scan_bare_type(struct cursor c, struct line *l)
{
	char	 name[TYPE_LEN + 1];

	if (begins(c, bare_types[0]) || begins(c, bare_types[1]))
		set_fault(l, LINE_FREE, FAULT_BEGUN);
	if (!eat_type(&c, l))
		return;
	memcpy(name, l->name, l->len);
	name[l->len] = '\0';
	if (!type_is_bare(name))
		return;
	if (eat_product(&c, l))
		set_kind(l, LINE_FREE, &c);
	else
		set_fault(l, LINE_FREE, FAULT_CUT);
}

/* A line that starts with a number. */
static void
scan_number(struct cursor c, struct line *l)
{
	bool	 negative = eat_char(&c, '-'), number;

	if (at_end(&c) || !is_digit(*c.p))
		return;
	number = eat_number(&c, &l->n[0]);
	if (!eat_blanks(&c) || at_end(&c))
		return;
	switch (*c.p) {
	case 'f':
		/* A count below 0 makes a value that wraps. */
		c.range = c.range || negative;
		scan_free(c, l);
		if (!number && l->kind == LINE_FREE &&
		    l->fault != FAULT_BEGUN)
			l->fault = FAULT_CUT;	/* 01 free Py... */
		break;
	case 'P':
		if (number && !negative)
			scan_bare_type(c, l);
		break;
	case 'a':
	case 'u':
		if (number && !negative && !scan_pair(c, F_ARENAS, l))
			scan_pair(c, F_UNUSED_POOLS, l);
		break;
	default:
		if (number && !negative)
			scan_row(c, l->n[0], l);
		break;
	}
}

/*
 * A label that is not in the table is believed only in printone's exact
 * layout: the label padded to its columns, = and a right-aligned value. It
 * does not start with a number, which would change from dump to dump.
 */
static void
scan_unknown(const unsigned char *p, size_t n, struct line *l)
{
	struct cursor	 c = { p, p + n, false };
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
		words += is_word(p[i]) && p[i] != '_';
	}
	if (words == 0 || p[0] == ' ' || is_digit(p[0]) || p[len - 1] == ' ')
		return;
	if (len > LABEL_LEN)
		c.range = true;
	l->name = p;
	l->len = len;
	set_kind(l, LINE_UNKNOWN, &c);
}

/* From its first byte that is not blank, without blanks at its end. */
static void
scan(struct cursor c, struct line *l)
{
	switch (*c.p) {
	case 'S':
		scan_header(c, l);
		break;
	case 'c':
		scan_heading(c, l);
		break;
	case 'a':
		scan_map(c, l);
		break;
	case '-':
		if (left(&c) >= 5 && memcmp(c.p, "-----", 5) == 0)
			l->kind = LINE_DASHES;
		else
			scan_number(c, l);
		break;
	default:
		if (is_digit(*c.p))
			scan_number(c, l);
		else
			scan_fields(&c, l);
		break;
	}
}

void
line_scan_known(const unsigned char *p, size_t n, struct line *l)
{
	struct cursor	 c = { p, p + n, false };

	set_fault(l, LINE_NONE, FAULT_NONE);
	l->field = F_NONE;
	eat_blanks(&c);
	if (at_end(&c)) {
		l->kind = LINE_BLANK;
		return;
	}
	while (is_blank(c.end[-1]))
		c.end--;
	scan(c, l);
}

void
line_scan(const unsigned char *p, size_t n, struct line *l)
{
	line_scan_known(p, n, l);
	if (l->kind == LINE_NONE || l->fault == FAULT_CUT)
		scan_unknown(p, n, l);
}

/* Could more bytes make a line of the grammar of it? */
static bool
is_beginning(struct cursor c)
{
	int64_t	 v;

	eat_blanks(&c);
	if (at_end(&c) || eat_number(&c, &v)) {
		while (eat_blanks(&c) && eat_number(&c, &v))
			continue;
		return at_end(&c) || is_begun(c) || begins(c, "arenas * ") ||
		    begins(c, "unused pools * ");
	}
	for (enum field f = F_THRESHOLD; f < F_NAMED; f++)
		if (*fields[f].label != '\0' &&
		    fields[f].layout != LAYOUT_PAIR &&
		    begins(c, fields[f].label))
			return true;
	return begins(c, HEADER_WORDS) || begins(c, HEADING) ||
	    begins(c, MAP_WORDS);
}

void
line_scan_last(const unsigned char *p, size_t n, struct line *l)
{
	struct cursor	 c = { p, p + n, false };

	line_scan(p, n, l);
	if (l->fault == FAULT_BEGUN)
		l->fault = FAULT_CUT;
	if (n == 0 || l->fault != FAULT_NONE)
		return;
	switch (l->kind) {
	case LINE_NONE:
	case LINE_BLANK:
		if (is_beginning(c))
			set_fault(l, LINE_CUT, FAULT_CUT);
		break;
	case LINE_VALUE:
	case LINE_PAIR:
	case LINE_FREE:
		/* Only a value of its full width is known to be whole. */
		if (n <= VALUE_COLUMNS || p[n - VALUE_COLUMNS - 1] != '=')
			l->fault = FAULT_CUT;
		break;
	case LINE_ROW:
		l->fault = FAULT_CUT;
		break;
	default:
		break;
	}
}
