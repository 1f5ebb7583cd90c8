/*
 * verdict_log: the rule for a log.
 *
 * Each word has a function, log_*, that says whether its rule applies;
 * log_word has their order. The constants were found on logs of programs
 * whose truth is known. Names in brackets are those of the manual's rules.
 *
 * In a whole dump no number and no sum has more than 15 digits, and arenas
 * times arena size is one of them: all products here fit in 64 bits.
 */
#include "verdict.h"

enum {
	KIB = 1024,
	LEAK_LEAST = 16 * KIB,	/* t is no less */
	LEAK_SHARE = 2000,	/* and no less than this part of live */
	CLASS_STEP_LEAST = KIB,	/* a class's growth from quarter to quarter */
	CLASS_LEAST = 2 * KIB	/* and over the whole log */
};

/* What the rules ask of a log. */
struct log {
	const struct series	*series;
	int64_t	 most_live;		/* of all dumps, the first one too */
	int64_t	 t;			/* growth in a quarter that counts */
	int64_t	 quarter[4];		/* [f1 to f4] of live bytes */
	int64_t	 spare;			/* [I] or ABSENT */
	int64_t	 growth;		/* [G] of the classes that grow on */
};

static int64_t
more_of(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* The first run of a quarter, 0 to 3; of quarter 4 the end of the runs. */
static unsigned
quarter_start(const struct series *s, unsigned quarter)
{
	return quarter * s->runs / 4;
}

/* The least of a value in the runs from `from` up to but not including `to`. */
static int64_t
least_of(const struct series *s, unsigned value, unsigned from, unsigned to)
{
	int64_t	 least = INT64_MAX;

	for (unsigned i = from; i < to; i++)
		if (s->least[i][value] < least)
			least = s->least[i][value];
	return least;
}

static int64_t
most_live(const struct series *s, unsigned from, unsigned to)
{
	int64_t	 most = 0;

	for (unsigned i = from; i < to; i++)
		most = more_of(most, s->most_live[i]);
	return most;
}

static int64_t
quarter_least(const struct series *s, unsigned value, unsigned quarter)
{
	return least_of(s, value, quarter_start(s, quarter),
	    quarter_start(s, quarter + 1));
}

/* [f1 to f4] the least of a value in each quarter. */
static void
quarters(const struct series *s, unsigned value, int64_t f[4])
{
	for (unsigned q = 0; q < 4; q++)
		f[q] = quarter_least(s, value, q);
}

/*
 * Mann and Kendall's test at three sigma: of all pairs of runs, does a value
 * rise in clearly more than it falls in?
 */
static bool
rises(const struct series *s, unsigned value)
{
	int64_t	 sum = 0, r = s->runs;

	for (unsigned i = 0; i < s->runs; i++)
		for (unsigned j = i + 1; j < s->runs; j++)
			sum += (s->least[j][value] > s->least[i][value]) -
			    (s->least[j][value] < s->least[i][value]);
	return sum > 0 && 2 * sum * sum >= r * (r - 1) * (2 * r + 5);
}

/* f1 to f4 are those of the class. */
static bool
grows_on(const struct series *s, unsigned class, const int64_t f[4])
{
	int64_t	 d2 = f[2] - f[1], d3 = f[3] - f[2];

	return d2 > CLASS_STEP_LEAST && d3 > CLASS_STEP_LEAST && 2 * d3 >= d2 &&
	    f[3] - f[0] > CLASS_LEAST && rises(s, class);
}

/* Keep the classes that grow most: their `bytes` are those of half the log. */
static void
keep_growing(struct verdict *v, int64_t size, int64_t bytes)
{
	unsigned	 at;

	if (v->growing_count < GROWING_MAX)
		at = v->growing_count++;
	else if (v->growing[GROWING_MAX - 1].bytes < bytes)
		at = GROWING_MAX - 1;
	else
		return;
	for (; at > 0 && v->growing[at - 1].bytes < bytes; at--)
		v->growing[at] = v->growing[at - 1];
	v->growing[at] = (struct growing){ .size = size, .bytes = bytes };
}

/* From the growth over so many dumps to the growth per dump. */
static void
per_dump(struct growing *class, int64_t dumps)
{
	class->tenths = (class->bytes / class->size * 10 + dumps / 2) / dumps;
	class->bytes /= dumps;
}

/* Find the classes that grow on: G, and what a leak's verdict says of them. */
static void
find_growing(struct log *g, struct verdict *v)
{
	for (unsigned i = 0; i < CLASSES_MAX; i++) {
		int64_t	 f[4];

		quarters(g->series, LEAST_CLASS + i, f);
		if (!grows_on(g->series, LEAST_CLASS + i, f))
			continue;
		g->growth += f[3] - f[2];
		for (int q = 0; q < 4; q++)
			v->quarter[q] += f[q];
		keep_growing(v, (i + 1) * CLASS_STEP, f[3] - f[1]);
	}
}

static bool
log_fragmentation(const struct log *g)
{
	const struct usage	*first = &g->series->first;
	const struct usage	*last = &g->series->last;

	if (g->spare == ABSENT || first->arenas_spare == ABSENT)
		return false;
	return verdict_spare_is_much(g->spare, last->arenas) &&
	    g->spare > first->arenas_spare &&
	    (2 * g->growth < g->t ||
	    g->spare * last->arena_size > 8 * g->growth);
}

static bool
log_leak(const struct log *g)
{
	return 2 * g->growth >= g->t;
}

static bool
log_slowing(const struct log *g)
{
	return g->quarter[2] - g->quarter[1] > g->t &&
	    g->quarter[3] - g->quarter[2] > g->t &&
	    rises(g->series, LEAST_LIVE);
}

static bool
log_returned(const struct log *g)
{
	const struct series	*s = g->series;

	return s->most_held - s->last.held >=
	    more_of(s->last.held / 4, 2 * s->last.arena_size) &&
	    4 * g->most_live > 5 * s->last.live &&
	    2 * most_live(s, quarter_start(s, 3), s->runs) <=
	    most_live(s, 0, s->runs) + least_of(s, LEAST_LIVE, 0, s->runs);
}

/* 1 % of what the first dump held, or t: a change that is worth a word. */
static int64_t
log_threshold(const struct log *g)
{
	return more_of(g->t, g->series->first.held / 100);
}

/* The last two runs at their least, less the first half at its greatest. */
static int64_t
log_rise(const struct log *g)
{
	const struct series	*s = g->series;

	return least_of(s, LEAST_LIVE, s->runs - 2, s->runs) -
	    most_live(s, 0, quarter_start(s, 2));
}

static bool
log_growth(const struct log *g)
{
	return log_rise(g) > log_threshold(g);
}

static bool
log_levelled(const struct log *g)
{
	return g->quarter[3] - g->series->first.live > log_threshold(g) &&
	    g->quarter[3] - g->quarter[2] <= g->t;
}

/* The first rule that applies. */
static enum word
log_word(const struct log *g)
{
	if (log_fragmentation(g))
		return WORD_FRAGMENTATION;
	if (log_leak(g))
		return WORD_LEAK;
	if (log_slowing(g))
		return WORD_SLOWING;
	if (log_returned(g))
		return WORD_RETURNED;
	if (log_growth(g))
		return WORD_GROWTH;
	if (log_levelled(g))
		return WORD_LEVELLED;
	return WORD_STEADY;
}

/* All but the growing classes. */
static struct log
log_of(const struct series *s)
{
	struct log	 g = { .series = s };

	g.most_live = more_of(s->first.live, most_live(s, 0, s->runs));
	g.t = more_of(LEAK_LEAST, g.most_live / LEAK_SHARE);
	g.spare = quarter_least(s, LEAST_SPARE, 3);
	quarters(s, LEAST_LIVE, g.quarter);
	return g;
}

/* What grows has its least in the first dump of a quarter. */
static void
leak_numbers(const struct log *g, struct verdict *v)
{
	const struct series	*s = g->series;
	int64_t			 dumps = (int64_t)s->width *
	    (quarter_start(s, 3) - quarter_start(s, 1));

	v->bytes = (v->quarter[3] - v->quarter[1]) / dumps;
	for (unsigned i = 0; i < v->growing_count; i++)
		per_dump(&v->growing[i], dumps);
}

static void
log_numbers(const struct log *g, struct verdict *v)
{
	const struct series	*s = g->series;

	v->arenas = s->last.arenas;
	v->arenas_needed = s->last.arenas_needed;
	if (v->word == WORD_LEAK)
		leak_numbers(g, v);
	else if (v->word == WORD_GROWTH)
		v->bytes = log_rise(g);
	else if (v->word == WORD_RETURNED)
		v->bytes = s->most_held - s->last.held;
	if (s->last.arena_size > 0)
		v->peak = s->most_held / s->last.arena_size;
}

/* From the second quarter to the fourth. */
static int64_t
log_outside(const struct series *s)
{
	struct usage	 before = {
		.in_malloc = quarter_least(s, LEAST_MALLOC, 1),
		.outside = quarter_least(s, LEAST_OUTSIDE, 1)
	};
	struct usage	 after = {
		.in_malloc = quarter_least(s, LEAST_MALLOC, 3),
		.outside = quarter_least(s, LEAST_OUTSIDE, 3)
	};

	return verdict_outside(&before, &after);
}

void
verdict_of_log(const struct series *s, struct verdict *v)
{
	struct log	 g = log_of(s);

	find_growing(&g, v);
	v->word = log_word(&g);
	v->of_log = true;
	v->dumps = s->dumps;
	log_numbers(&g, v);
	v->outside = log_outside(s);
}
