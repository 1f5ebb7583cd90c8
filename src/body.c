/*
 * body: the lines of one dump.
 * A state says how much of the dump has been seen, and so which lines can
 * still belong to it. Other text is ignored; a line that only another dump can
 * have is reported.
 */
#include <string.h>

#include "body.h"

/* What a message quotes of a line with a fault. */
static void
add_fault(struct body *b, const unsigned char *text, size_t n,
    enum fault fault)
{
	for (; n > 0 && *text == ' '; n--)
		text++;
	if (n == 0)
		say(b->messages, b->line, "the last line is cut short");
	else
		say(b->messages, b->line, QUOTED(text, n),
		    fault == FAULT_RANGE ? " is out of range" :
		    " does not finish");
}

static void
add_repeat(struct body *b, const char *what)
{
	say(b->messages, b->line, "a second ", what, " line in one dump: two "
	    "writers?");
}

/* The name of a field as a dump prints it. */
static const char *
printed_name(const struct body *b, enum field f, char text[QUOTED_TEXT])
{
	char		 name[QUOTED_TEXT];
	struct out	 o = out_memory(name, sizeof(name));

	if (f < F_NAMED)
		out_str(&o, fields[f].label);
	else if (f >= F_UNKNOWN && f < F_TUPLE)
		out_str(&o, b->names->label[f - F_UNKNOWN]);
	else
		field_name(b->names, f, &o);
	return quoted_text(text, name, o.len);
}

#define NAME(b, f)	printed_name(b, f, (char[QUOTED_TEXT]){ 0 })

/* Two lines of a dump have the label Total; only the place tells which. */
static enum field
which_field(const struct body *b, enum field f)
{
	if (f == F_TOTAL || f == F_MAP_TOTAL)
		return b->state == STATE_MAP ? F_MAP_TOTAL : F_TOTAL;
	return f;
}

static bool
is_in(enum field f, uint64_t set)
{
	return f < F_NAMED && (FIELD_BIT(f) & set) != 0;
}

static void
add_stray(struct body *b, uint64_t line, const char *what)
{
	say(b->messages, line, what, b->state == STATE_TAIL ||
	    b->state == STATE_TOTAL ? " comes after" : " comes before",
	    " the dump's last line: two writers?");
}

/* Which state follows on this field? */
static enum state
state_after(const struct body *b, enum field f)
{
	switch (f) {
	case F_TOTAL:
		return STATE_TOTAL;
	case F_MAP_ROOT:
		/* 32-bit builds have a root and nothing else. */
		return dump_has(b->dump, F_MID_NODES) ? STATE_MAP : STATE_TAIL;
	case F_MAP_TOTAL:
	case F_MI_COMMITTED:
		return STATE_TAIL;
	default:
		return b->state;
	}
}

/* Put a line's first number, unless its place is taken. */
static bool
put_first(struct body *b, enum field f, int64_t v)
{
	if (dump_has(b->dump, f)) {
		add_repeat(b, NAME(b, f));
		return false;
	}
	dump_put(b->dump, f, v, b->line);
	return true;
}

static void
accept_heading(struct body *b)
{
	if ((b->dump->flags & DUMP_HEADING) != 0)
		add_repeat(b, "\"class   size\"");
	b->dump->flags |= DUMP_HEADING | DUMP_TABLE;
}

/* Does its number agree with its size (obmalloc.c, INDEX2SIZE)? */
static void
check_number(struct body *b, const struct line *l)
{
	int64_t	 size = class_size(l->field), whole;

	if (b->dump->class_width == 0)
		b->dump->class_width = size / (l->n[3] + 1);
	whole = (l->n[3] + 1) * b->dump->class_width;
	if (size != whole)
		say(b->messages, b->line, "class ", DEC(l->n[3]), ": the size "
		    "is ", COMMAS(size), ", but its number makes it ",
		    COMMAS(whole));
}

static void
accept_row(struct body *b, const struct line *l)
{
	int64_t	 size = class_size(l->field);

	b->dump->flags |= DUMP_TABLE;
	check_number(b, l);
	if (dump_has(b->dump, l->field)) {
		say(b->messages, b->line, "a second row of size ", DEC(size),
		    ": two writers?");
		return;
	}
	if (l->field < b->next_class)
		say(b->messages, b->line, "out of order: the row of size ",
		    DEC(size), ": two writers?");
	else
		b->next_class = l->field + 3;
	for (int i = 0; i < 3; i++)
		dump_put(b->dump, l->field + (unsigned)i, l->n[i], b->line);
	b->dump->pools += l->n[0];
}

/* The arena map begins, or goes on. */
static void
enter_map(struct body *b)
{
	b->state = STATE_MAP;
	if (b->list_line != 0)
		add_stray(b, b->list_line, "a free list");
	b->list_line = 0;
}

static void
accept_value(struct body *b, const struct line *l)
{
	enum field	 f = which_field(b, l->field);

	put_first(b, f, l->n[0]);
	if (is_in(f, MAP_FIELDS))
		enter_map(b);
	b->state = state_after(b, f);
	b->expect = f + 1 < F_NAMED ? f + 1 : F_TIMES;
}

static void
accept_pair(struct body *b, const struct line *l)
{
	enum field	 size = pair_size(l->field);

	if (!put_first(b, l->field, l->n[0]))
		return;
	dump_put(b->dump, l->field + 1, l->n[1], b->line);
	dump_put(b->dump, size, l->n[2], b->line);
	b->expect = l->field + 2;
}

static void
accept_free_list(struct body *b, const struct line *l)
{
	enum field	 f = l->field;

	if (f == F_NONE) {
		say(b->messages, b->line, "more than ", DEC(TYPES_MAX),
		    " types with free lists");
		return;
	}
	if ((b->dump->flags & DUMP_FREE_LISTS) == 0) {
		b->dump->flags |= DUMP_FREE_LISTS;
		if (b->state == STATE_TOTAL)
			b->list_line = b->line;
		else if (b->state != STATE_TAIL)
			add_stray(b, b->line, "a free list");
	}
	if (!put_first(b, f, l->n[0]))
		return;
	dump_put(b->dump, f + 1, l->n[1], b->line);
	dump_put(b->dump, f + 2, l->n[2], b->line);
}

static void
accept_unknown(struct body *b, const struct line *l)
{
	enum field	 f = names_label(b->names, l->name, l->len);

	if (f == F_NONE)
		say(b->messages, b->line, "more than ", DEC(LABELS_MAX),
		    " unknown labels");
	else if (f < F_NAMED)
		add_repeat(b, QUOTED(l->name, l->len));
	else if (put_first(b, f, l->n[0]))
		b->dump->flags |= DUMP_UNKNOWN;
}

static void
accept(struct body *b, const struct line *l)
{
	switch (l->kind) {
	case LINE_HEADING:
		accept_heading(b);
		break;
	case LINE_ROW:
		accept_row(b, l);
		break;
	case LINE_VALUE:
		accept_value(b, l);
		break;
	case LINE_PAIR:
		accept_pair(b, l);
		break;
	case LINE_MAP:
		if ((b->dump->flags & DUMP_MAP) != 0)
			add_repeat(b, "\"" MAP_WORDS "\"");
		b->dump->flags |= DUMP_MAP;
		enter_map(b);
		break;
	case LINE_FREE:
		accept_free_list(b, l);
		break;
	case LINE_UNKNOWN:
		accept_unknown(b, l);
		break;
	default:
		break;
	}
}

/* In the table or the map, before the dump's last line. */
static bool
is_inside(const struct body *b)
{
	return b->state == STATE_BODY || b->state == STATE_MAP;
}

/* Can this value be one of the dump's, here? */
static bool
value_belongs(const struct body *b, enum field f)
{
	if (is_in(f, PROCESS_FIELDS))
		return b->behind != BEHIND_OTHER && (b->state == STATE_TOTAL ||
		    b->state == STATE_TAIL);
	if (b->state == STATE_TOTAL)
		return is_in(f, MAP_FIELDS) || (f == F_TOTAL &&
		    dump_needs_map(b->dump));
	return b->state != STATE_TAIL;
}

/* Can this line, of whatever kind, be one of the dump's, here? */
static bool
belongs(const struct body *b, const struct line *l)
{
	switch (l->kind) {
	case LINE_HEADER:
	case LINE_CUT:
		return true;
	case LINE_HEADING:
		return b->state == STATE_BODY || dump_is_mimalloc(b->dump) ||
		    (b->dump->flags & DUMP_HEADING) != 0;
	case LINE_DASHES:
		return b->state == STATE_BODY;
	case LINE_ROW:
		return b->state == STATE_BODY &&
		    (b->dump->present & ~CONFIG_FIELDS) == 0;
	case LINE_VALUE:
		return value_belongs(b, which_field(b, l->field));
	case LINE_PAIR:
		return is_inside(b);
	case LINE_MAP:
		return b->state != STATE_TAIL;
	case LINE_FREE:
		return l->fault != FAULT_BEGUN ||
		    b->behind == BEHIND_FREE_LIST;
	case LINE_UNKNOWN:
		return is_inside(b) || b->behind != BEHIND_OTHER;
	default:
		return false;
	}
}

/* A line of one number that is not the dump's: may it stand here? */
static void
pass_over_value(struct body *b, const struct line *l)
{
	enum field	 f = which_field(b, l->field);

	if (*fields[f].label != '#') {
		if (l->fault == FAULT_NONE && b->behind != BEHIND_OTHER &&
		    dump_has(b->dump, f))
			add_repeat(b, NAME(b, f));
	} else if (!is_in(f, PROCESS_FIELDS) || is_inside(b)) {
		add_stray(b, b->line, NAME(b, f));
	}
}

/* A line that is not the dump's: may it stand here? */
static void
pass_over(struct body *b, const struct line *l)
{
	if (l->kind == LINE_BLANK)
		return;
	if (l->kind == LINE_MAP && l->fault == FAULT_NONE)
		add_stray(b, b->line, "\"" MAP_WORDS "\"");
	else if (l->kind == LINE_ROW && is_inside(b))
		say(b->messages, b->line, "a class row comes after the "
		    "table: two writers?");
	else if (l->kind == LINE_VALUE)
		pass_over_value(b, l);
	b->behind = BEHIND_OTHER;
}

void
body_begin(struct body *b, enum state state, uint64_t line)
{
	b->dump->first_line = b->dump->last_line = b->line = line;
	b->state = state;
	b->behind = BEHIND_LINE;
	b->expect = F_TIMES;
	b->next_class = F_CLASS;
	b->list_line = 0;
}

void
body_header(struct body *b, const struct line *l)
{
	int64_t	 threshold = l->n[0], classes = l->n[1];

	dump_put(b->dump, F_THRESHOLD, threshold, b->line);
	dump_put(b->dump, F_CLASSES, classes, b->line);
	if (classes > 0 && threshold % classes == 0 &&
	    threshold / classes <= CLASSES_MAX * CLASS_STEP)
		b->dump->class_width = threshold / classes;
}

bool
body_add(struct body *b, const struct line *l, const unsigned char *text,
    size_t n)
{
	if (!belongs(b, l)) {
		pass_over(b, l);
		return false;
	}
	if (l->fault == FAULT_NONE)
		accept(b, l);
	else
		add_fault(b, text, n, l->fault);
	b->dump->last_line = b->line;
	b->behind = l->kind == LINE_FREE ? BEHIND_FREE_LIST : BEHIND_LINE;
	return true;
}
