/*
 * series: the dumps of a log in, the least and greatest values of at most 64
 * runs out.
 *
 * The first dump is start-up and belongs to no run. The others go into the
 * last run until it has `width` dumps, then into a new one. If that would be
 * the 65th, each two neighbours become one run first, and `width` doubles. So
 * it is always the smallest power of two that makes 64 runs or fewer.
 */
#include "series.h"

/* ABSENT is less than any number: what one dump lacks, its run lacks. */
static int64_t
spare_arenas(const struct facts *f)
{
	return f->needed == ABSENT ? ABSENT : f->arenas - f->needed;
}

static int64_t
outside_bytes(const struct dump *d)
{
	return dump_has(d, F_RESIDENT) ? d->v[F_RESIDENT] - d->v[F_HELD] :
	    ABSENT;
}

/* Bytes in the blocks in use of a class; 0 if the dump lacks it. */
static int64_t
class_bytes(const struct dump *d, int64_t size)
{
	int64_t	 blocks = d->v[class_field(size) + 1];

	return blocks == ABSENT ? 0 : blocks * size;
}

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

/* From one class of the dump's build to the next; others are never there. */
static int64_t
class_steps(const struct dump *d)
{
	return d->class_width < CLASS_STEP ? 1 : d->class_width / CLASS_STEP;
}

static void
run_start(struct run *r)
{
	r->least_live = r->least_spare = INT64_MAX;
	r->least_malloc = r->least_outside = INT64_MAX;
	r->most_live = 0;
	for (int i = 0; i < CLASSES_MAX; i++)
		r->least_class[i] = INT64_MAX;
}

static void
run_add(struct run *r, const struct dump *d, const struct facts *f)
{
	int64_t	 steps = class_steps(d);

	lower(&r->least_live, f->live);
	raise(&r->most_live, f->live);
	lower(&r->least_spare, spare_arenas(f));
	lower(&r->least_malloc, d->v[F_IN_MALLOC]);
	lower(&r->least_outside, outside_bytes(d));
	for (int64_t i = steps; i <= CLASSES_MAX; i += steps)
		lower(&r->least_class[i - 1], class_bytes(d, i * CLASS_STEP));
}

static void
run_join(struct run *r, const struct run *next)
{
	lower(&r->least_live, next->least_live);
	raise(&r->most_live, next->most_live);
	lower(&r->least_spare, next->least_spare);
	lower(&r->least_malloc, next->least_malloc);
	lower(&r->least_outside, next->least_outside);
	for (int i = 0; i < CLASSES_MAX; i++)
		lower(&r->least_class[i], next->least_class[i]);
}

/* Make one run of each two neighbours. */
static void
halve(struct series *s)
{
	s->runs /= 2;
	s->width *= 2;
	for (unsigned i = 0; i < s->runs; i++) {
		s->run[i] = s->run[2 * i];
		run_join(&s->run[i], &s->run[2 * i + 1]);
	}
}

/* Add a dump that is not the first. */
static void
add_next(struct series *s, const struct dump *d)
{
	if (s->in_last == s->width) {
		if (s->runs == SERIES_RUNS)
			halve(s);
		run_start(&s->run[s->runs++]);
		s->in_last = 0;
	}
	run_add(&s->run[s->runs - 1], d, &s->last);
	s->in_last++;
}

struct facts
facts_of(const struct dump *d)
{
	struct facts	 f = { d->v[F_HELD], d->v[F_LIVE], d->v[F_ARENAS],
	    d->v[F_ARENA_SIZE], ABSENT, d->v[F_ARENAS_HIGHWATER] };

	if (dump_has(d, F_NEEDED) && f.arenas != ABSENT && f.arena_size > 0)
		f.needed = d->v[F_NEEDED] / f.arena_size;
	return f;
}

void
series_add(struct series *s, const struct dump *d)
{
	s->last = facts_of(d);
	if (s->dumps++ == 0) {
		s->first = s->last;
		s->most_held = s->last.held;
		s->width = s->in_last = 1;	/* as if the last run is full */
		s->runs = 0;
	} else {
		raise(&s->most_held, s->last.held);
		add_next(s, d);
	}
}
