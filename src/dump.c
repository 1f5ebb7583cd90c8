/*
 * dump: the array of a dump's numbers, and the levels that follow from them.
 */
#include <string.h>

#include "dump.h"

void
dump_clear(struct dump *d)
{
	memset(d, 0, offsetof(struct dump, v));
	memset(d->v, ABSENT_BYTE, sizeof(d->v));
}

bool
dump_is_unmeasured(const struct dump *d)
{
	for (enum field f = F_MI_BLOCKS; f <= F_MI_COMMITTED; f++)
		if (d->v[f] != 0)
			return false;
	return true;
}

int64_t
dump_pool_header(const struct dump *d)
{
	int64_t	 pools = d->pools, all = d->v[F_POOL_HEADERS];

	if (pools <= 0 || all == ABSENT || all % pools != 0 ||
	    !dump_has(d, F_POOL_SIZE) || all / pools > d->v[F_POOL_SIZE])
		return -1;
	return all / pools;
}

/* a * b / c, rounded up, of numbers over 0; NUMBER_MAX + 1 if it is more. */
static int64_t
share_up(int64_t a, int64_t b, int64_t c)
{
	int64_t	 whole = a / c, rest = a % c;

	if (whole > NUMBER_MAX / b || rest > (INT64_MAX - c) / b)
		return NUMBER_MAX + 1;
	return whole * b + (rest * b + c - 1) / c;
}

/* The pools that the live blocks would fill; -1: some class has no room. */
static int64_t
pools_needed(const struct dump *d, int64_t room)
{
	int64_t	 pools = 0;

	for (enum field f = F_CLASS; f < F_UNKNOWN; f += 3) {
		int64_t	 blocks = room / class_size(f);

		if (!dump_has(d, f) || d->v[f + 1] == 0)
			continue;
		if (blocks == 0)
			return -1;
		pools += (d->v[f + 1] + blocks - 1) / blocks;
	}
	return pools;
}

/*
 * The size of the fewest arenas that the live blocks fit in. The arenas
 * lose their alignment (obmalloc.c, new_arena), so an arena has a fraction of
 * pools: usable / pool size / arenas.
 */
static int64_t
needed(const struct dump *d)
{
	int64_t	 arenas = d->v[F_ARENAS], arena = d->v[F_ARENA_SIZE];
	int64_t	 header, pools, usable;

	if ((d->flags & DUMP_TABLE) == 0 || arenas == ABSENT ||
	    !dump_has(d, F_ARENAS_BYTES) || !dump_has(d, F_POOL_SIZE) ||
	    !dump_has(d, F_ALIGNMENT) || !dump_has(d, F_POOL_HEADERS))
		return ABSENT;
	if (arenas == 0 || d->pools == 0)
		return 0;
	header = dump_pool_header(d);
	usable = d->v[F_ARENAS_BYTES] - d->v[F_ALIGNMENT];
	if (header == -1 || usable < d->v[F_POOL_SIZE])
		return ABSENT;
	pools = pools_needed(d, d->v[F_POOL_SIZE] - header);
	if (pools == -1)
		return ABSENT;
	if (pools == 0)
		return 0;
	arenas = share_up(pools, arenas, usable / d->v[F_POOL_SIZE]);
	if (arenas > NUMBER_MAX / (arena + 1))
		return ABSENT;
	return arenas * arena;
}

static int64_t
free_lists(const struct dump *d)
{
	int64_t	 bytes = 0;

	if ((d->flags & DUMP_FREE_LISTS) == 0)
		return ABSENT;
	for (enum field f = F_TUPLE; f < F_COUNT; f += 3)
		if (dump_has(d, f + 1))
			bytes += d->v[f + 1];
	return bytes;
}

static void
put_level(struct dump *d, enum field f, int64_t bytes)
{
	if (bytes != ABSENT && bytes <= NUMBER_MAX)
		dump_put(d, f, bytes, d->first_line);
}

void
dump_levels(struct dump *d)
{
	bool	 mimalloc = dump_is_mimalloc(d);

	if ((d->flags & DUMP_LEVELS) != 0)
		return;
	d->flags |= DUMP_LEVELS;
	put_level(d, F_FREE_LISTS, free_lists(d));
	if (mimalloc && dump_is_unmeasured(d))
		return;
	put_level(d, F_HELD, d->v[mimalloc ? F_MI_COMMITTED : F_ARENAS_BYTES]);
	put_level(d, F_LIVE, d->v[mimalloc ? F_MI_BYTES : F_ALLOCATED_BYTES]);
	put_level(d, F_AVAILABLE, d->v[F_AVAILABLE_BYTES]);
	put_level(d, F_UNUSED, d->v[F_UNUSED_BYTES]);
	if (dump_has(d, F_POOL_HEADERS) && dump_has(d, F_QUANTIZATION) &&
	    dump_has(d, F_ALIGNMENT))
		put_level(d, F_OVERHEAD, d->v[F_POOL_HEADERS] +
		    d->v[F_QUANTIZATION] + d->v[F_ALIGNMENT]);
	put_level(d, F_NEEDED, needed(d));
}
