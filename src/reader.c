/*
 * reader: lines in, the next dump out.
 * Outside of a dump only what begins one is looked for. In a dump each line
 * is tokenized at the dump's column; the body knows what to do with it. A
 * line that begins the next dump is pushed back.
 */
#include <string.h>

#include "reader.h"
#include "start.h"

static const struct failure	escaped = {
	"the dump is inside JSON strings or escaped text",
	"for Docker's logs: jq -rj .log",
	"for Docker's logs: jq -rj .log FILE | pymallocdiff", 0
};

/* Text in which a dump may begin. */
static bool
is_outside(const struct reader *r)
{
	return r->body.state == STATE_OUTSIDE || r->body.state == STATE_GAP;
}

/* Free lists alone, and no other dump without header before them. */
static bool
is_first_block(const struct reader *r)
{
	return dump_is_free_lists(r->body.dump) && r->blocks == 1;
}

/* A dump begins with the line at hand; its lines stand at this column. */
static void
begin(struct reader *r, enum state state, size_t column)
{
	body_begin(&r->body, state, r->text.line);
	r->column = column;
	r->last_end = input_offset(r->input);
	r->plain.last = 0;
}

/* The line at hand: the body's own, or text. Its token stands at `at`. */
static void
add_line(struct reader *r, size_t at, const struct line *l)
{
	r->body.line = r->text.line;
	if (body_add(&r->body, l, r->text.p + at, r->text.n - at))
		r->last_end = input_offset(r->input);
}

/* The line at hand begins with the header that was found. */
static void
begin_header(struct reader *r)
{
	begin(r, STATE_HEADER, r->header_column);
	r->seen_header = true;
	r->body.dump->flags |= DUMP_HEADER;
	if (r->header.fault == FAULT_NONE)
		body_header(&r->body, &r->header);
	else
		add_line(r, 0, &r->header);
}

/* The line at hand begins a dump that has no header. */
static void
begin_other(struct reader *r, size_t at, const struct line *l)
{
	bool	 lists = l->kind == LINE_FREE;
	bool	 process = l->kind == LINE_VALUE &&
	    (FIELD_BIT(l->field) & PROCESS_FIELDS) != 0;

	begin(r, lists || process ? STATE_TAIL : STATE_BODY, lists ? 0 : at);
	if (!lists)
		r->body.dump->flags |= DUMP_EXCERPT;
	r->blocks++;
	r->first = *l;
	add_line(r, at, l);
}

/* Tokenize the line at hand from there on. */
static void
scan_at(const struct reader *r, size_t at, struct line *l)
{
	const struct text	*t = &r->text;

	if (t->whole)
		line_scan(t->p + at, t->n - at, l);
	else
		line_scan_last(t->p + at, t->n - at, l);
}

/*
 * Tokenize the line at hand where the dump's lines stand. A last one that is
 * cut is damage wherever it stands.
 */
static size_t
scan(struct reader *r, struct line *l)
{
	const struct text	*t = &r->text;
	size_t			 at;

	if (r->body.state == STATE_HEADER) {
		at = start_column(t->p, t->n, r->column, l);
		if (l->kind > LINE_BLANK) {
			r->body.state = STATE_BODY;
			r->column = at;
		}
		return at;
	}
	at = r->column < t->n ? r->column : t->n;
	scan_at(r, at, l);
	if (l->kind == LINE_NONE && dump_is_free_lists(r->body.dump)) {
		at = start_tail(t->p, t->n, l);
		if (l->kind != LINE_NONE)
			scan_at(r, at, l);
	}
	if (!t->whole && l->fault == FAULT_CUT)
		l->kind = LINE_CUT;
	return at;
}

/* Give a free list's type its place. */
static void
name_list(struct reader *r, struct line *l)
{
	if (l->kind == LINE_FREE && l->fault == FAULT_NONE &&
	    l->field == F_NONE)
		l->field = names_type(r->body.names, l->name, l->len);
}

/* A dump without header ends where its first line comes again. */
static bool
begins_again(const struct reader *r, const struct line *l)
{
	return (r->body.dump->flags & DUMP_HEADER) == 0 &&
	    l->fault == FAULT_NONE && l->kind == r->first.kind &&
	    l->field == r->first.field;
}

/* The dump is inside a string of another format. Returns -1. */
static int
fail_escaped(struct reader *r)
{
	r->input->failure = escaped;
	r->input->failure.line = r->text.line;
	return -1;
}

/*
 * The line at hand, which holds no header and stands outside of a dump. 0: it
 * was read; 1: it is the next dump's; -1: it cannot be read.
 */
static int
step_outside(struct reader *r)
{
	struct line	 l;
	size_t		 at;

	if (r->seen_header)
		return 0;
	at = start_other(r->text.p, r->text.n, &l);
	if (l.kind == LINE_NONE)
		return 0;
	scan_at(r, at, &l);
	if (l.fault == FAULT_ESCAPED)
		return fail_escaped(r);
	if (r->body.state == STATE_GAP)
		return 1;
	name_list(r, &l);
	begin_other(r, at, &l);
	return 0;
}

/* The same in a dump. */
static int
step_inside(struct reader *r)
{
	struct line	 l;
	size_t		 at = scan(r, &l);

	if (l.fault == FAULT_ESCAPED)
		return fail_escaped(r);
	name_list(r, &l);
	if (begins_again(r, &l))
		return 1;
	add_line(r, at, &l);
	return 0;
}

static int
step(struct reader *r)
{
	return is_outside(r) ? step_outside(r) : step_inside(r);
}

/*
 * The dump at hand has had 64 KiB without a line. A first block of free lists
 * is a dump only if no header follows it: that is still to be seen.
 */
static bool
has_ended(struct reader *r)
{
	if (is_outside(r) || r->text.offset < r->last_end + DUMP_GAP)
		return false;
	if (!is_first_block(r))
		return true;
	r->body.state = STATE_GAP;
	return false;
}

/*
 * The line at hand begins with a header, which begins a dump, or ends the one
 * at hand. Returns as step does.
 */
static int
meet_header(struct reader *r)
{
	r->at_header = r->body.state != STATE_OUTSIDE;
	if (!r->at_header) {
		begin_header(r);
		return 0;
	}
	r->body.dump->cut_by = r->text.line;
	if (is_first_block(r))
		r->body.dump->flags |= DUMP_EXCERPT;
	return 1;
}

/* The line at hand; returns as step does. */
static int
read_line(struct reader *r)
{
	struct text	 rest = r->text;
	size_t		 at = 0;

	if (has_ended(r))
		return 1;
	if (rest.n == 0)
		return 0;
	if (!r->at_header)
		at = start_header(rest.p, rest.n, &r->header);
	if (r->header.kind != LINE_HEADER)
		return step(r);
	if (r->header.fault == FAULT_ESCAPED)
		return fail_escaped(r);
	if (at > 0) {
		int	 done;

		/* What stands before it is a line of the dump before it. */
		r->text.n = at;
		r->text.whole = true;
		done = step(r);
		r->text = rest;
		if (done != 0)
			return done;
	}
	r->text.p += at;
	r->text.n -= at;
	r->text.offset += at;
	r->header_column += at;
	return meet_header(r);
}

/*
 * Lines of the dump as printf made them, as many as there are. They hold no
 * header, and nothing stands between them. Most are rows in their order.
 */
static void
read_plain(struct reader *r)
{
	struct body			*b = &r->body;
	const struct plain_line		*plain;
	unsigned char			*p;
	size_t				 column = r->column, n;

	if (b->state < STATE_BODY || b->state > STATE_TAIL || r->slow ||
	    (b->dump->flags & DUMP_HEADER) == 0)
		return;
	while (p = input_ahead(r->input, &n), n >= column + PLAIN_BYTES &&
	    input_offset(r->input) < r->last_end + DUMP_GAP) {
		if (column > 0 && !plain_prefix(p, column))
			return;
		plain = plain_same(&r->plain, p + column);
		if (plain == NULL)
			plain = plain_scan(&r->plain, p + column, b->expect);
		if (plain == NULL)
			return;
		input_pass(r->input, column + plain->all);
		b->line = r->input->line;
		if (body_is_next_row(b, &plain->line))
			body_put_row(b, &plain->line);
		else if (!body_add(b, &plain->line, p + column, plain->len))
			continue;
		r->last_end = input_offset(r->input);
	}
}

void
reader_open(struct reader *r, struct input *in, struct names *names)
{
	memset(r, 0, offsetof(struct reader, plain));
	r->input = in;
	r->body.names = names;
	r->plain.names = names;
}

/* The next line into r->text, if none was pushed back. As input_next. */
static int
next_line(struct reader *r)
{
	if (r->pushed_back) {
		r->pushed_back = false;
		return 1;
	}
	if (is_outside(r))
		input_skip(r->input, r->seen_header ? STOP_HEADER :
		    STOP_START);
	else if (body_has_ended(&r->body) && !r->slow)
		input_skip(r->input, STOP_LINE);
	r->header_column = 0;
	return input_next(r->input, &r->text);
}

int
reader_next(struct reader *r, struct dump *d, struct messages *m)
{
	int	 got, done = 0;

	dump_clear(d);
	m->count = 0;
	r->body.dump = d;
	r->body.messages = m;
	r->body.state = STATE_OUTSIDE;
	while (done == 0 && (got = next_line(r)) != 0) {
		if (got == -1)
			return -1;
		done = read_line(r);
		if (done == 0)
			read_plain(r);
	}
	if (done == -1)
		return -1;
	r->pushed_back = done == 1;
	return r->body.state != STATE_OUTSIDE;
}
