/*
 * pick: which two of an input's dumps are compared.
 * The last few dumps stand in a ring; one that is wanted by its number from
 * the front is taken out of the ring, and a spare one put in its place.
 */
#include <assert.h>

#include "pick.h"

struct ring {
	struct dump	*slot[PICK_BACK + 1];
	struct dump	*spare;
	uint64_t	 size;
};

static void
ring_init(struct ring *ring, const struct pick *pick, unsigned n,
    struct dump *room)
{
	ring->size = 1;
	for (unsigned i = 0; i < n; i++)
		if (-pick[i].wanted >= (long)ring->size)
			ring->size = (uint64_t)-pick[i].wanted + 1;
	assert(ring->size <= PICK_BACK + 1);
	for (uint64_t i = 0; i < ring->size; i++)
		ring->slot[i] = room++;
	ring->spare = room;
}

static struct dump **
ring_at(struct ring *ring, uint64_t number)
{
	return &ring->slot[number % ring->size];
}

/* Dump `number` has been read: is it one that is wanted from the front? */
static void
keep(struct ring *ring, struct pick *pick, unsigned n, uint64_t number)
{
	struct dump	**slot = ring_at(ring, number), *dump = *slot;
	bool		  taken = false;

	for (unsigned i = 0; i < n; i++) {
		if (pick[i].wanted < 0 || (uint64_t)pick[i].wanted != number)
			continue;
		pick[i].dump = dump;
		taken = true;
	}
	if (taken)
		*slot = ring->spare++;
}

/*
 * The input has ended after `count` dumps, of which the last `known` were
 * read in a row: answer what counts from there.
 */
static void
count_back(struct ring *ring, struct pick *pick, unsigned n, uint64_t count,
    uint64_t known)
{
	for (unsigned i = 0; i < n; i++) {
		uint64_t	 back = (uint64_t)-pick[i].wanted;

		if (pick[i].wanted > 0 || back > known)
			continue;
		pick[i].dump = *ring_at(ring, count + 1 - back);
		for (unsigned k = 0; k < n; k++)
			if (pick[k].wanted > 0 &&
			    (uint64_t)pick[k].wanted == count + 1 - back)
				pick[i].dump = pick[k].dump;
	}
}

/* The dumps of one pass, as they come. */
struct pass {
	struct ring	 ring;
	struct pick	*pick;
	unsigned	 n;
	struct picked	*picked;
	uint64_t	 tail;		/* dumps since the input has jumped */
	uint64_t	 torn_at;	/* offset of picked->torn */
};

/*
 * The first torn dump, if it is near the start, else the last one. Of a large
 * file nobody reads the middle, so that of a pipe does not count either.
 */
static void
note_torn(struct pass *pass, const struct dump *d)
{
	struct picked	*picked = pass->picked;

	if (!d->torn || (picked->torn != 0 && pass->torn_at < PICK_EDGE))
		return;
	picked->torn = picked->count;
	picked->torn_line = d->first_line;
	pass->torn_at = d->offset;
}

/* Read on to the end of the input, or to its `edge` if that is not 0. */
static int
read_dumps(struct reader *r, struct pass *pass, uint64_t edge)
{
	struct picked	*picked = pass->picked;
	int		 got;

	for (;;) {
		struct dump	*d = *ring_at(&pass->ring, picked->count + 1);

		if ((got = reader_next(r, d)) != 1)
			return got;
		picked->count++;
		pass->tail++;
		if (d->finished && d->flaws.count == 0)
			picked->last_finished = picked->count;
		note_torn(pass, d);
		keep(&pass->ring, pass->pick, pass->n, picked->count);
		if (edge != 0 && r->headed && d->offset >= edge)
			return 1;
	}
}

/* Have all picks that count from the front been met? */
static bool
front_is_met(const struct pass *pass)
{
	for (unsigned i = 0; i < pass->n; i++)
		if (pass->pick[i].wanted > 0 && pass->pick[i].dump == NULL)
			return false;
	return true;
}

/* Behind the first edge of a large file: the last dumps, from its end. */
static int
read_tail(struct reader *r, struct pass *pass)
{
	uint64_t	 after = r->input->offset + r->input->end;
	uint64_t	 back = PICK_EDGE;

	while (front_is_met(pass) && input_jump(r->input, back, after)) {
		int	 got;

		pass->picked->jumped = true;
		pass->tail = 0;
		reader_skip(r);
		if ((got = read_dumps(r, pass, 0)) != 0 || pass->tail > 0)
			return got;
		back *= 16;
	}
	return read_dumps(r, pass, 0);
}

int
pick_dumps(struct reader *r, struct pick *pick, unsigned n, bool jump,
    struct dump *room, struct picked *picked)
{
	struct pass	 pass = { .pick = pick, .n = n, .picked = picked };
	uint64_t	 end;
	int		 got;

	*picked = (struct picked){ 0 };
	ring_init(&pass.ring, pick, n, room);
	for (unsigned i = 0; i < n; i++)
		pick[i].dump = NULL;
	got = read_dumps(r, &pass, jump ? PICK_EDGE : 0);
	if (got == 1)
		got = read_tail(r, &pass);
	if (picked->jumped)
		count_back(&pass.ring, pick, n, picked->count, pass.tail);
	else
		count_back(&pass.ring, pick, n, picked->count, picked->count);
	end = r->input->offset + r->input->end;
	if (pass.torn_at >= PICK_EDGE && pass.torn_at + PICK_EDGE < end)
		picked->torn = 0;
	return got;
}
