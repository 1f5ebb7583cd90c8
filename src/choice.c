/*
 * choice: the dumps that may be wanted are kept in roles: the first, the last,
 * the last few in a ring. A dump that no role keeps leaves its room to the
 * next one.
 */
#include <assert.h>
#include <string.h>

#include "choice.h"

/* The roles of a choice. */
enum role {
	FIRST, LAST,		/* of all dumps; or the two that are counted */
	FIRST_WORK, LAST_WORK,	/* of those at work */
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

/* A whole dump at work, for the hints of messages. */
static void
add_spans(struct choice *c, const struct history *h, const struct dump *d)
{
	if (h->change.dump != 0)
		c->at_hand.count = 0;
	if (!dump_is_at_work(d) || dump_is_damaged(d))
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
		return c->wants == 2 && c->role[FIRST_WORK] != NULL;
	return c->wants == 2 && c->wanted[0] > 0 && c->wanted[1] > 0 &&
	    d->number >= (uint64_t)c->wanted[0] &&
	    d->number <= (uint64_t)c->wanted[1];
}

static void
add_series(struct choice *c, struct dump *d)
{
	if (c->series == NULL || !is_between(c, d) || !dump_is_at_work(d) ||
	    dump_is_damaged(d) || (d->flags & DUMP_TABLE) == 0)
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
	if (!dump_is_at_work(&held->dump))
		return;
	if (c->role[FIRST_WORK] == NULL)
		set_role(c, FIRST_WORK, held);
	set_role(c, LAST_WORK, held);
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
	if (!dump_is_damaged(d))
		return;
	c->damaged++;
	if (c->torn < TORN_MAX && c->wants == 2 && !is_counted(c))
		set_role(c, TORN + c->torn++, held);
}

void
choice_close(struct choice *c, const struct history *h)
{
	unsigned	 first = FIRST_WORK, last = LAST_WORK;

	c->count = h->count;
	if (!is_counted(c)) {
		c->none_at_work = c->role[LAST_WORK] == NULL ||
		    (c->wants == 2 &&
		    c->role[FIRST_WORK] == c->role[LAST_WORK]);
		if (c->none_at_work) {
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
