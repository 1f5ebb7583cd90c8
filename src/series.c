/*
 * series: at most 64 runs, all of `width` dumps but the last.
 * The first dump is start-up and belongs to no run. The others go into the
 * last run until it is full, then into a new one. If that would be the 65th,
 * each pair of neighbours is merged first, and `width` doubles. So it is
 * always the smallest power of two that makes 64 runs or fewer.
 */
#include "series.h"

/* ABSENT is less than any number: what one dump lacks, its run lacks. */
static void
lower(int64_t *least, int64_t value)
{
	if (value < *least)
		*least = value;
}

static void
raise(int64_t *most, int64_t value)
{
	if (value > *most)
		*most = value;
}

/* Bytes in the blocks in use of a class; 0 if the dump lacks it. */
static int64_t
class_bytes(const struct dump *d, int64_t size)
{
	int64_t	 blocks = d->v[class_field(size) + 1];

	return blocks == ABSENT ? 0 : blocks * size;
}

/* Make one run of each two neighbours. */
static void
join_runs(struct series *s)
{
	s->runs /= 2;
	s->width *= 2;
	for (unsigned i = 0; i < s->runs; i++) {
		const int64_t	*a = s->least[2 * i], *b = s->least[2 * i + 1];

		for (unsigned k = 0; k < LEASTS; k++)
			s->least[i][k] = a[k] < b[k] ? a[k] : b[k];
		s->most_live[i] = s->most_live[2 * i];
		raise(&s->most_live[i], s->most_live[2 * i + 1]);
	}
}

static void
begin_run(struct series *s)
{
	if (s->runs == SERIES_RUNS)
		join_runs(s);
	for (unsigned k = 0; k < LEASTS; k++)
		s->least[s->runs][k] = INT64_MAX;
	s->most_live[s->runs] = 0;
	s->runs++;
	s->in_last = 0;
}

/* Add a dump, whose usage is `last`, to the last run. */
static void
add_to_run(struct series *s, const struct dump *d)
{
	int64_t	*least = s->least[s->runs - 1];

	lower(&least[LEAST_LIVE], s->last.live);
	lower(&least[LEAST_SPARE], s->last.arenas_spare);
	lower(&least[LEAST_MALLOC], s->last.in_malloc);
	lower(&least[LEAST_OUTSIDE], s->last.outside);
	for (int64_t i = 1; i <= CLASSES_MAX; i++)
		lower(&least[LEAST_CLASS + i - 1],
		    class_bytes(d, i * CLASS_STEP));
	raise(&s->most_live[s->runs - 1], s->last.live);
	s->in_last++;
}

struct usage
usage_of(const struct dump *d)
{
	struct usage	 m = { .held = d->v[F_HELD], .live = d->v[F_LIVE],
	    .arenas = d->v[F_ARENAS], .arena_size = d->v[F_ARENA_SIZE],
	    .highwater = d->v[F_ARENAS_HIGHWATER], .arenas_needed = ABSENT,
	    .arenas_spare = ABSENT, .in_malloc = d->v[F_IN_MALLOC],
	    .outside = ABSENT };

	if (dump_has(d, F_NEEDED) && m.arenas != ABSENT && m.arena_size > 0) {
		m.arenas_needed = d->v[F_NEEDED] / m.arena_size;
		m.arenas_spare = m.arenas - m.arenas_needed;
	}
	if (dump_has(d, F_RESIDENT) && m.held != ABSENT)
		m.outside = d->v[F_RESIDENT] - m.held;
	return m;
}

void
series_add(struct series *s, const struct dump *d)
{
	s->last = usage_of(d);
	if (s->dumps++ == 0) {
		s->first = s->last;
		s->most_held = s->last.held;
		s->width = s->in_last = 1;	/* as if the last run is full */
		s->runs = 0;
		return;
	}
	raise(&s->most_held, s->last.held);
	if (s->in_last == s->width)
		begin_run(s);
	add_to_run(s, d);
}
