/*
 * history: the dumps of one input, in order.
 * A dump is placed by what is remembered of the whole dumps before it. The
 * dumps that may be wanted are kept in roles: the first, the last, the last
 * few in a ring; a dump that no role keeps leaves its room to the next one.
 */
#include <assert.h>
#include <string.h>

#include "history.h"

/* obmalloc.c: these only ever count up. */
static const enum field	counters[] = {
	F_ARENAS_TOTAL, F_ARENAS_RECLAIMED, F_ARENAS_HIGHWATER
};

/*
 * A dump that PYTHONMALLOCSTATS printed has no free lists, and unused pools
 * only at exit; it has 0 arenas before the first one.
 */
static enum kind
kind_of(const struct dump *d, const struct past *mark)
{
	if ((d->flags & DUMP_HEADER) == 0 || !dump_has(d, F_ARENAS))
		return KIND_CALL;
	if (d->v[F_ARENAS] == 0)
		return KIND_EMPTY;
	if ((d->flags & DUMP_FREE_LISTS) != 0)
		return KIND_CALL;
	if (d->v[F_UNUSED_POOLS] == 0)
		return KIND_FULL;
	if (mark->number == 0 || !dump_has(d, F_ARENAS_TOTAL) ||
	    d->v[F_ARENAS_TOTAL] != mark->v[F_ARENAS_TOTAL] + 1)
		return KIND_CALL;
	if (mark->kind == KIND_EMPTY ||
	    d->v[F_ALLOCATED_BYTES] < mark->v[F_ALLOCATED_BYTES])
		return KIND_EXIT;
	return KIND_CALL;
}

/* Is it another process's than the last whole dump? Sets the field and why. */
static bool
find_change(const struct past *last, const struct dump *d, enum kind kind,
    struct change *c)
{
	bool	 found = false;

	for (size_t i = 0; i < 3 && !found; i++) {
		c->field = counters[i];
		found = dump_has(d, c->field) &&
		    d->v[c->field] < last->v[c->field];
	}
	for (enum field f = F_THRESHOLD; f <= F_LARGE && !found; f++) {
		c->field = f;
		found = d->v[f] != last->v[f];
	}
	if (!found && kind == KIND_FULL && last->kind == KIND_FULL) {
		c->field = F_ARENAS_TOTAL;
		found = dump_has(d, F_ARENAS_TOTAL) &&
		    d->v[F_ARENAS_TOTAL] == last->v[F_ARENAS_TOTAL];
	}
	c->from = last->v[c->field];
	c->to = d->v[c->field];
	return found;
}

static void
remember(struct past *past, const struct dump *d)
{
	past->number = d->number;
	past->kind = d->kind;
	memcpy(past->v, d->v, sizeof(past->v));
}

void
history_place(struct history *h, struct dump *d)
{
	enum kind	 kind;

	d->number = ++h->count;
	d->kind = KIND_CALL;
	h->change.dump = 0;
	if (h->process == 0)
		h->process = 1;
	d->process = h->process;
	if ((d->flags & DUMP_DAMAGED) != 0) {
		h->full_since = 0;
		return;
	}
	kind = kind_of(d, &h->mark);
	if (h->last.number != 0 &&
	    find_change(&h->last, d, kind, &h->change)) {
		h->change.dump = d->number;
		h->change.line = d->first_line;
		d->process = ++h->process;
		h->mark.number = 0;
		h->full_since = 0;
		kind = kind_of(d, &h->mark);
	}
	d->kind = kind;
	if (kind != KIND_FULL)
		h->full_since = 0;
	else if (h->full_since == 0)
		h->full_since = d->number;
	d->full_since = h->full_since;
	remember(&h->last, d);
	if (kind == KIND_EMPTY || kind == KIND_FULL)
		remember(&h->mark, d);
}

void
change_reason(const struct change *c, struct out *o)
{
	if (c->field >= F_TIMES)
		out_cat(o, "\"", fields[c->field].label, "\" ");
	else
		out_cat(o, fields[c->field].name, " ");
	if (c->from == ABSENT)
		out_str(o, "is new");
	else if (c->to == ABSENT)
		out_str(o, "is gone");
	else if (c->from == c->to)
		out_cat(o, "stayed at ", COMMAS(c->to));
	else
		out_cat(o, c->field >= F_TIMES ? "fell" : "changed", " from ",
		    COMMAS(c->from), " to ", COMMAS(c->to));
}

/* The roles of a choice. */
enum role {
	FIRST, LAST,		/* of all dumps; or the two that are counted */
	FIRST_BUSY, LAST_BUSY,	/* of those that are not idle */
	TORN,			/* the first damaged ones */
	RING = TORN + TORN_MAX	/* the last ones */
};

/* Are the dumps wanted by their numbers? */
static bool
is_counted(const struct choice *c)
{
	return c->wanted[0] != 0;
}

static void
set_role(struct choice *c, unsigned role, struct held *h)
{
	if (c->role[role] != NULL)
		c->role[role]->uses--;
	c->role[role] = h;
	h->uses++;
}

void
choice_open(struct choice *c, unsigned wants, const long wanted[2],
    struct series *series)
{
	memset(c, 0, offsetof(struct choice, held));
	c->wants = wants;
	c->series = series;
	for (unsigned i = 0; i < wants; i++) {
		c->wanted[i] = wanted[i];
		assert(wanted[i] >= -BACK_MAX);
		if (-wanted[i] > (long)c->back)
			c->back = (unsigned)-wanted[i];
	}
}

struct held *
choice_room(struct choice *c)
{
	unsigned	 i = 0;

	while (i < c->rooms && c->held[i].uses > 0)
		i++;
	assert(i < HELD_MAX);
	if (i == c->rooms) {
		c->rooms++;
		c->held[i].uses = 0;
	}
	c->held[i].next.dump = 0;
	return &c->held[i];
}

static void
span_add(struct span *s, uint64_t number)
{
	if (s->count++ == 0)
		s->first = number;
	s->last = number;
}

/* A dump that is whole and not idle, for the hints of messages. */
static void
add_spans(struct choice *c, const struct history *h, const struct dump *d)
{
	if (h->change.dump != 0)
		c->at_hand.count = 0;
	if (dump_is_idle(d) || (d->flags & DUMP_DAMAGED) != 0)
		return;
	span_add(&c->whole, d->number);
	span_add(&c->at_hand, d->number);
	if (c->at_hand.count >= 2)
		c->one_process = c->at_hand;
}

/* Is it one of the dumps from before to after, as far as can be said now? */
static bool
is_between(const struct choice *c, const struct dump *d)
{
	if (!is_counted(c))
		return c->wants == 2 && c->role[FIRST_BUSY] != NULL;
	return c->wants == 2 && c->wanted[0] > 0 && c->wanted[1] > 0 &&
	    d->number >= (uint64_t)c->wanted[0] &&
	    d->number <= (uint64_t)c->wanted[1];
}

static void
add_series(struct choice *c, struct dump *d)
{
	if (c->series == NULL || !is_between(c, d) || dump_is_idle(d) ||
	    (d->flags & DUMP_DAMAGED) != 0 || (d->flags & DUMP_TABLE) == 0)
		return;
	dump_levels(d);
	series_add(c->series, d);
}

static void
add_uncounted(struct choice *c, struct held *held)
{
	if (c->role[FIRST] == NULL)
		set_role(c, FIRST, held);
	set_role(c, LAST, held);
	if (dump_is_idle(&held->dump))
		return;
	if (c->role[FIRST_BUSY] == NULL)
		set_role(c, FIRST_BUSY, held);
	set_role(c, LAST_BUSY, held);
}

static void
add_counted(struct choice *c, struct held *held)
{
	uint64_t	 number = held->dump.number;

	for (unsigned i = 0; i < c->wants; i++)
		if (c->wanted[i] > 0 && (uint64_t)c->wanted[i] == number)
			set_role(c, FIRST + i, held);
	if (c->back > 0)
		set_role(c, RING + (unsigned)(number % c->back), held);
}

void
choice_add(struct choice *c, const struct history *h, struct held *held)
{
	struct dump	*d = &held->dump;

	if (h->change.dump != 0)
		for (unsigned i = 0; i < c->rooms; i++)
			if (c->held[i].uses > 0 && c->held[i].next.dump == 0)
				c->held[i].next = h->change;
	if (is_counted(c))
		add_counted(c, held);
	else
		add_uncounted(c, held);
	add_spans(c, h, d);
	add_series(c, d);
	if ((d->flags & DUMP_DAMAGED) == 0)
		return;
	c->damaged++;
	if (c->torn < TORN_MAX && c->wants == 2 && !is_counted(c))
		set_role(c, TORN + c->torn++, held);
}

void
choice_close(struct choice *c, const struct history *h)
{
	unsigned	 first = FIRST_BUSY, last = LAST_BUSY;

	c->count = h->count;
	if (!is_counted(c)) {
		c->idle = c->role[LAST_BUSY] == NULL || (c->wants == 2 &&
		    c->role[FIRST_BUSY] == c->role[LAST_BUSY]);
		if (c->idle) {
			first = FIRST;
			last = LAST;
		}
		c->found[0] = c->role[c->wants == 2 ? first : last];
		c->found[1] = c->role[last];
		return;
	}
	for (unsigned i = 0; i < c->wants; i++) {
		uint64_t	 back = (uint64_t)-c->wanted[i];

		if (c->wanted[i] > 0)
			c->found[i] = c->role[FIRST + i];
		else if (back <= h->count)
			c->found[i] = c->role[RING + (unsigned)
			    ((h->count + 1 - back) % c->back)];
	}
}

const struct held *
choice_torn(const struct choice *c, unsigned i)
{
	return i < c->torn ? c->role[TORN + i] : NULL;
}
