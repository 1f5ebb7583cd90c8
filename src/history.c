/*
 * history: a dump is placed by what is remembered of the last whole dump, and
 * of the last one of its process that was printed for a new arena.
 */
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
	if (dump_is_damaged(d)) {
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
