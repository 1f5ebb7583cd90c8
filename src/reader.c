/*
 * reader: lines in, the next dump out.
 * A state says how much of the dump has been seen, and so which lines can
 * still belong to it; all others are somebody else's and passed over.
 */
#include <string.h>

#include "reader.h"

enum {
	STATE_OUTSIDE,	/* no dump has begun */
	STATE_HEADER,	/* its header was seen, its column not yet */
	STATE_BODY,	/* in its table and summary */
	STATE_TOTAL,	/* behind the first Total: an arena map may follow */
	STATE_MAP,	/* in the arena map */
	STATE_TAIL	/* behind the last line: free lists may follow */
};

static const char	HEADER_WORD[] = "Small block threshold";

/* The keys of the lines behind the table: all but the header's. */
#define SUMMARY		(~(KEY_BIT(KEY_THRESHOLD) | KEY_BIT(KEY_CLASSES)))

static void
add_fault(struct dump *d, const struct text *t, size_t at, enum fault fault)
{
	static const char	*const why[] = {
		[FAULT_CUT] = " does not finish",
		[FAULT_TORN] = " is torn: two writers?",
		[FAULT_RANGE] = " is out of range"
	};

	while (at < t->n && t->p[at] == ' ')
		at++;
	d->torn = d->torn || fault == FAULT_TORN;
	flaw_add(&d->flaws, t->line, QUOTED(t->p + at, t->n - at), why[fault]);
}

static bool
is_map(enum key key)
{
	return keys[key].group == GROUP_MAP_COUNTS ||
	    keys[key].group == GROUP_MAP_BYTES;
}

/* Two lines of a dump have the label Total; only the place tells which. */
static enum key
which_key(const struct reader *r, enum key key)
{
	if (key != KEY_TOTAL && key != KEY_MAP_TOTAL)
		return key;
	return r->state == STATE_MAP ? KEY_MAP_TOTAL : KEY_TOTAL;
}

/* Can this line, of whatever kind, be one of the dump's, here? */
static bool
belongs(const struct reader *r, const struct dump *d, const struct line *l)
{
	switch (l->kind) {
	case LINE_NONE:
	case LINE_BLANK:
		return false;
	case LINE_HEADER:
	case LINE_FREE:
		return true;
	case LINE_HEADING:
		return r->state == STATE_BODY || d->heading;
	case LINE_DASHES:
		return r->state == STATE_BODY;
	case LINE_ROW:
		return r->state == STATE_BODY && (d->present & SUMMARY) == 0;
	case LINE_MAP:
		return r->state != STATE_TAIL;
	case LINE_UNKNOWN:
		return r->state == STATE_BODY || r->state == STATE_MAP ||
		    (r->adjacent && d->free_lists.count == 0);
	case LINE_KEY:
		break;
	}
	if (r->state == STATE_TOTAL)
		return is_map(which_key(r, l->key));
	return r->state != STATE_TAIL;
}

/* A blank line before an unknown label: it begins CPython's next group. */
static enum group
unknown_group(const struct reader *r)
{
	enum group	 group = r->group;

	if (group < GROUP_ARENAS)
		return GROUP_ARENAS;
	return r->blank && group < GROUP_MAP_BYTES ? group + 1 : group;
}

/* Which state follows on this key? */
static int
state_after(const struct dump *d, enum key key, int state)
{
	switch (key) {
	case KEY_TOTAL:
		return STATE_TOTAL;
	case KEY_MAP_ROOT:
		/* 32-bit builds have a root and nothing else. */
		return dump_has(d, KEY_MID_NODES) ? STATE_MAP : STATE_TAIL;
	case KEY_MAP_TOTAL:
	case KEY_MI_COMMITTED:
		return STATE_TAIL;
	default:
		return is_map(key) ? STATE_MAP : state;
	}
}

/* The arena map begins: a Total that stood before it was this dump's. */
static void
enter_map(struct reader *r, struct dump *d)
{
	if (r->stray_total != 0)
		dump_repeat(d, r->stray_total, "Total", strlen("Total"));
	r->stray_total = 0;
}

static void
accept_key(struct reader *r, struct dump *d, const struct line *l)
{
	enum key	 key = which_key(r, l->key);

	if (is_map(key) && r->state != STATE_MAP)
		enter_map(r, d);
	dump_add_key(d, r->text.line, l, key);
	r->state = state_after(d, key, r->state);
	r->group = keys[key].group;
	r->hint = key + 1 < KEY_COUNT ? key + 1 : KEY_TIMES;
}

static void
accept(struct reader *r, struct dump *d, const struct line *l)
{
	uint64_t	 line = r->text.line;

	switch (l->kind) {
	case LINE_HEADING:
		if (d->heading)
			dump_repeat(d, line, "class   size", 12);
		d->table = d->heading = true;
		r->group = GROUP_CLASSES;
		break;
	case LINE_ROW:
		dump_add_class(d, line, l);
		break;
	case LINE_KEY:
		accept_key(r, d, l);
		break;
	case LINE_MAP:
		enter_map(r, d);
		r->state = STATE_MAP;
		d->map = true;
		r->group = GROUP_MAP_COUNTS;
		break;
	case LINE_FREE:
		dump_add_free_list(d, line, l);
		break;
	case LINE_UNKNOWN:
		dump_add_unknown(d, line, l, unknown_group(r));
		break;
	default:
		break;
	}
}

/* One line at the dump's column: its own, or passed over. */
static void
take_line(struct reader *r, struct dump *d, size_t at, const struct line *l)
{
	if (!belongs(r, d, l)) {
		if (l->kind == LINE_BLANK)
			r->blank = true;
		else
			r->adjacent = false;
		if (r->state == STATE_TOTAL && l->kind == LINE_KEY &&
		    which_key(r, l->key) == KEY_TOTAL)
			r->stray_total = r->text.line;
		return;
	}
	d->last_line = r->text.line;
	if (d->lines < DUMP_LINES) {
		d->lines++;
		if (l->fault != FAULT_NONE)
			add_fault(d, &r->text, at, l->fault);
		else
			accept(r, d, l);
	} else if (d->lines == DUMP_LINES) {
		d->lines++;
		flaw_add(&d->flaws, r->text.line,
		    QUOTED(r->text.p + at, r->text.n - at),
		    " is one line more than a dump can have");
	}
	r->near = r->text.offset + r->text.n + 1;
	r->adjacent = true;
	r->blank = false;
}

static void
begin(struct reader *r, struct dump *d, int state, size_t column)
{
	r->state = state;
	r->column = column;
	r->stray_total = 0;
	r->adjacent = true;
	r->blank = false;
	r->group = GROUP_CONFIG;
	r->hint = KEY_TIMES;
	r->near = r->text.offset + r->text.n + 1;
	d->offset = r->text.offset;
	d->first_line = d->last_line = r->text.line;
}

/* The line at hand begins with a header. */
static void
begin_header(struct reader *r, struct dump *d, const struct line *l)
{
	begin(r, d, STATE_HEADER, r->header_at);
	r->headed = true;
	d->header = true;
	d->lines = 1;
	if (l->fault != FAULT_NONE) {
		add_fault(d, &r->text, 0, l->fault);
		return;
	}
	dump_set_key(d, r->text.line, KEY_THRESHOLD, l->n[0]);
	dump_set_key(d, r->text.line, KEY_CLASSES, l->n[1]);
}

/*
 * Before the first header of an input: the lines with which a dump or an
 * excerpt can begin, anywhere in their line. Returns the column.
 */
static size_t
find_start(struct reader *r, struct line *l)
{
	const struct text	*t = &r->text;
	size_t			 at;

	at = line_find(t->p, t->n, "class", l);
	if (at < t->n && l->kind == LINE_HEADING)
		return at;
	at = line_find(t->p, t->n, "# ", l);
	if (at < t->n && l->kind == LINE_KEY && l->fault == FAULT_NONE)
		return at;
	at = line_find_free(t->p, t->n, l);
	if (at < t->n && l->fault == FAULT_NONE)
		return at;
	/* mimalloc's lines, with nothing before them. */
	line_scan(t->p, t->n, KEY_MEDIUM, l);
	if (l->kind != LINE_KEY || l->fault != FAULT_NONE ||
	    keys[l->key].layout == LAYOUT_VALUE ||
	    keys[l->key].layout == LAYOUT_PAIR)
		l->kind = LINE_NONE;
	return 0;
}

/* Behind a header: the column at which the next line of the dump starts. */
static size_t
find_column(struct reader *r, struct line *l)
{
	const struct text	*t = &r->text;
	size_t			 at;

	at = line_find(t->p, t->n, "class", l);
	if (at < t->n && l->kind == LINE_HEADING)
		return at;
	at = line_find(t->p, t->n, keys[KEY_MEDIUM].label, l);
	if (at < t->n && l->kind == LINE_KEY)
		return at;
	/* That line is missing: no column, or the header's. */
	at = 0;
	line_scan(t->p, t->n, KEY_TIMES, l);
	if (l->kind == LINE_NONE && r->column < t->n) {
		at = r->column;
		line_scan(t->p + at, t->n - at, KEY_TIMES, l);
	}
	if (l->kind == LINE_HEADER || l->fault != FAULT_NONE)
		l->kind = LINE_NONE;
	return at;
}

/* Tokenize the line at hand where the dump's lines stand. */
static size_t
scan(struct reader *r, struct dump *d, struct line *l)
{
	const struct text	*t = &r->text;
	size_t			 at;

	l->kind = LINE_NONE;
	l->fault = FAULT_NONE;
	if (r->state == STATE_OUTSIDE)
		return r->headed ? 0 : find_start(r, l);
	if (r->state == STATE_HEADER) {
		at = find_column(r, l);
		if (l->kind > LINE_BLANK) {
			r->state = STATE_BODY;
			r->column = at;
		}
		return at;
	}
	at = r->column < t->n ? r->column : t->n;
	line_scan(t->p + at, t->n - at, r->hint, l);
	if (l->kind == LINE_NONE && dump_is_free_lists(d)) {
		size_t	 count = line_find_free(t->p, t->n, l);

		if (count < t->n)
			at = count;
	}
	if (!t->whole)
		line_mistrust(t->p + at, t->n - at, l);
	return at;
}

/*
 * A dump without header ends where its first line comes again, free lists
 * alone also where an excerpt begins.
 */
static bool
begins_again(const struct reader *r, const struct dump *d,
    const struct line *l)
{
	const struct line	*f = &r->first;

	if (d->header || r->state == STATE_OUTSIDE || l->fault != FAULT_NONE)
		return false;
	if (f->kind == LINE_FREE && (l->kind == LINE_HEADING ||
	    (l->kind == LINE_KEY && keys[l->key].label[0] == '#')))
		return true;
	if (l->kind != f->kind)
		return false;
	if (l->kind == LINE_KEY)
		return l->key == f->key;
	if (l->kind == LINE_FREE)
		return l->n[3] == f->n[3] && l->len == f->len &&
		    memcmp(l->name, f->name, l->len) == 0;
	return l->kind == LINE_HEADING;
}

/* The line at hand, which holds no header. True: it is the next dump's. */
static bool
step(struct reader *r, struct dump *d, size_t at, const struct line *l)
{
	if (begins_again(r, d, l))
		return true;
	if (r->state != STATE_OUTSIDE) {
		take_line(r, d, at, l);
	} else if (l->kind != LINE_NONE) {
		if (l->kind == LINE_FREE)
			begin(r, d, STATE_TAIL, 0);
		else
			begin(r, d, STATE_BODY, at);
		r->first = *l;
		take_line(r, d, at, l);
		if (l->kind == LINE_FREE)
			r->first.name = (const unsigned char *)d->names;
	}
	return false;
}

/* Any line may hold a header, but not one that is all grammar already. */
static size_t
find_header(const struct reader *r, const struct line *l, struct line *h)
{
	const struct text	*t = &r->text;
	size_t			 at;

	if (l->kind > LINE_HEADER && l->fault == FAULT_NONE)
		return t->n;
	at = line_find(t->p, t->n, HEADER_WORD, h);
	return at < t->n && h->kind == LINE_HEADER ? at : t->n;
}

/* The line at hand. True: what is left of it is the next dump's. */
static bool
read_line(struct reader *r, struct dump *d)
{
	struct text	 rest;
	struct line	 l, header;
	size_t		 at, header_at;
	bool		 begun = false;

	if (r->state != STATE_OUTSIDE && r->text.offset >= r->near + DUMP_GAP)
		return true;
	at = scan(r, d, &l);
	header_at = find_header(r, &l, &header);
	if (header_at == r->text.n)
		return step(r, d, at, &l);

	/* What stands before it is a line of the dump before it. */
	rest = r->text;
	r->text.n = header_at;
	r->text.whole = true;
	if (header_at > 0) {
		at = scan(r, d, &l);
		begun = step(r, d, at, &l);
	}
	r->text = rest;
	if (begun)
		return true;
	r->text.p += header_at;
	r->text.n -= header_at;
	r->text.offset += header_at;
	r->header_at += header_at;
	if (r->state != STATE_OUTSIDE) {
		d->cut_by = rest.line;
		return true;
	}
	begin_header(r, d, &header);
	return false;
}

void
reader_open(struct reader *r, struct input *in)
{
	memset(r, 0, sizeof(*r));
	r->input = in;
}

void
reader_skip(struct reader *r)
{
	r->held = false;
}

int
reader_next(struct reader *r, struct dump *d)
{
	int	 got = 1;

	dump_clear(d);
	r->state = STATE_OUTSIDE;
	for (;;) {
		if (!r->held) {
			got = input_next(r->input, &r->text);
			r->header_at = 0;
		}
		if (got != 1)
			break;
		r->held = false;
		if (read_line(r, d)) {
			r->held = true;
			break;
		}
	}
	if (got == -1)
		return -1;
	d->finished = r->state == STATE_TOTAL || r->state == STATE_TAIL;
	return r->state != STATE_OUTSIDE;
}
