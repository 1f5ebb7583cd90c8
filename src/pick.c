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

/* The input has ended after `count` dumps: answer what counts from there. */
static void
count_back(struct ring *ring, struct pick *pick, unsigned n, uint64_t count)
{
	for (unsigned i = 0; i < n; i++) {
		uint64_t	 back = (uint64_t)-pick[i].wanted;

		if (pick[i].wanted > 0 || back > count)
			continue;
		pick[i].dump = *ring_at(ring, count + 1 - back);
		for (unsigned k = 0; k < n; k++)
			if (pick[k].wanted > 0 &&
			    (uint64_t)pick[k].wanted == count + 1 - back)
				pick[i].dump = pick[k].dump;
	}
}

static void
count(struct picked *picked, const struct dump *d)
{
	picked->count++;
	if (d->finished && d->flaws.count == 0)
		picked->last_finished = picked->count;
	if (d->torn && picked->torn == 0) {
		picked->torn = picked->count;
		picked->torn_line = d->first_line;
	}
}

int
pick_dumps(struct reader *r, struct pick *pick, unsigned n, struct dump *room,
    struct picked *picked)
{
	struct ring	 ring;
	int		 got;

	*picked = (struct picked){ 0 };
	ring_init(&ring, pick, n, room);
	for (unsigned i = 0; i < n; i++)
		pick[i].dump = NULL;
	for (;;) {
		struct dump	*next = *ring_at(&ring, picked->count + 1);

		if ((got = dump_next(r, next)) != 1)
			break;
		count(picked, next);
		keep(&ring, pick, n, picked->count);
	}
	count_back(&ring, pick, n, picked->count);
	return got;
}
