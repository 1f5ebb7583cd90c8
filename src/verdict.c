/*
 * verdict: which rule judges the dumps, and the rule for two dumps. The rule
 * for a log is in verdict_log.c.
 *
 * Each word of two dumps has a function, pair_*, that says whether its rule
 * applies; pair_word has their order.
 *
 * No number is over 15 digits, so sums and small multiples fit in 64 bits.
 */
#include <string.h>

#include "verdict.h"

/* The words that any dumps can earn, a log, and two dumps. */
#define ANY_WORDS	(VERDICT_BIT(WORD_NONE) | \
			VERDICT_BIT(WORD_NOT_MEASURED))
#define LOG_WORDS	(VERDICT_BIT(WORD_LEAK) | VERDICT_BIT(WORD_SLOWING) | \
			VERDICT_BIT(WORD_LEVELLED) | \
			VERDICT_BIT(WORD_GROWTH) | \
			VERDICT_BIT(WORD_FRAGMENTATION) | \
			VERDICT_BIT(WORD_RETURNED) | VERDICT_BIT(WORD_STEADY))
#define PAIR_WORDS	(VERDICT_BIT(WORD_GROWTH) | VERDICT_BIT(WORD_STEADY))

enum {
	SPARE_LEAST = 2,	/* arenas: fewer are no fragmentation */
	SPARE_SHARE = 3,	/* fragmentation: a third of the arenas */
	GONE_LEAST = 2,		/* arenas: fewer are not worth a word */
	OUTSIDE_LEAST = 128 * 1024
};

static const char	*const words[WORDS] = {
	[WORD_LEAK] = "leak", [WORD_SLOWING] = "slowing",
	[WORD_LEVELLED] = "levelled", [WORD_GROWTH] = "growth",
	[WORD_FRAGMENTATION] = "fragmentation", [WORD_RETURNED] = "returned",
	[WORD_LESS] = "less", [WORD_AT_PEAK] = "at-peak",
	[WORD_STEADY] = "steady", [WORD_NONE] = "none",
	[WORD_NOT_MEASURED] = "not measured"
};

/* Two dumps, and how they stand to each other. */
struct two {
	struct usage	 before, after;
	int64_t		 held_change, live_change;	/* dH, dL */
	bool		 one_input;
};

/*
 * Is part / whole larger than part2 / whole2? All are numbers of arenas: two
 * thousand million are half a petabyte, and of more the shares are not exact.
 */
static bool
is_larger_share(int64_t part, int64_t whole, int64_t part2, int64_t whole2)
{
	for (; whole > INT32_MAX || whole2 > INT32_MAX; part /= 2, part2 /= 2) {
		whole /= 2;
		whole2 /= 2;
	}
	return part * whole2 > part2 * whole;
}

static bool
highwater_rose(const struct two *p)
{
	return p->before.highwater != ABSENT && p->after.highwater != ABSENT &&
	    p->after.highwater > p->before.highwater;
}

/* Do both dumps count arenas? mimalloc's do not. */
static bool
knows_arenas(const struct two *p)
{
	return p->before.arenas != ABSENT && p->after.arenas != ABSENT;
}

/* Is the change nothing, or under 1 % of what was held before? */
static bool
is_small(const struct two *p, int64_t change)
{
	return change == 0 ||
	    (int64_t)magnitude(change) < p->before.held / 100;
}

/* Is the spare part of the arenas larger than it was before? */
static bool
spare_share_rose(const struct two *p)
{
	int64_t	 before = p->before.arenas_spare;
	int64_t	 after = p->after.arenas_spare;

	return before <= 0 ? after > 0 :
	    is_larger_share(after, p->after.arenas, before, p->before.arenas);
}

static bool
knows_spare(const struct two *p)
{
	return p->before.arenas_spare != ABSENT &&
	    p->after.arenas_spare != ABSENT;
}

static bool
pair_fragmentation(const struct two *p)
{
	return knows_spare(p) &&
	    verdict_spare_is_much(p->after.arenas_spare, p->after.arenas) &&
	    spare_share_rose(p) &&
	    !(p->live_change > 0 && 2 * p->live_change >= p->held_change);
}

/* A peak between the two dumps has gone. */
static bool
pair_returned_peak(const struct two *p)
{
	int64_t	 gone, rise;

	if (!p->one_input || !knows_arenas(p) || !highwater_rose(p))
		return false;
	gone = p->after.highwater - p->after.arenas;
	rise = p->after.arenas - p->before.arenas;
	return gone >= GONE_LEAST && gone >= 2 * rise &&
	    (p->live_change <= 0 || is_small(p, p->live_change));
}

static bool
pair_growth(const struct two *p)
{
	return p->live_change > 0 && !is_small(p, p->live_change);
}

/* Of one input this is called returned. */
static bool
pair_less(const struct two *p)
{
	return p->held_change < 0 && !is_small(p, p->held_change) &&
	    (!knows_arenas(p) ||
	    p->before.arenas - p->after.arenas >= GONE_LEAST);
}

/* The first rule that applies. */
static enum word
pair_word(const struct two *p)
{
	if (pair_fragmentation(p))
		return WORD_FRAGMENTATION;
	if (pair_returned_peak(p))
		return WORD_RETURNED;
	if (pair_growth(p))
		return WORD_GROWTH;
	if (pair_less(p))
		return p->one_input ? WORD_RETURNED : WORD_LESS;
	return WORD_STEADY;
}

static void
pair_numbers(const struct two *p, struct verdict *v)
{
	v->bytes = v->word == WORD_GROWTH ? p->live_change : -p->held_change;
	if (!knows_arenas(p))
		return;
	v->arenas = p->after.arenas;
	v->arenas_needed = p->after.arenas_needed;
	v->peak = highwater_rose(p) ? p->after.highwater : p->before.arenas;
}

static void
verdict_of_pair(const struct pair *pair, bool one_input, struct verdict *v)
{
	struct two	 p = { .before = usage_of(pair->side[0]),
	    .after = usage_of(pair->side[1]), .one_input = one_input };

	p.held_change = p.after.held - p.before.held;
	p.live_change = p.after.live - p.before.live;
	v->word = pair_word(&p);
	v->possible |= PAIR_WORDS |
	    VERDICT_BIT(one_input ? WORD_RETURNED : WORD_LESS);
	if (knows_spare(&p))
		v->possible |= VERDICT_BIT(WORD_FRAGMENTATION);
	pair_numbers(&p, v);
	v->outside = verdict_outside(&p.before, &p.after);
}

/* Do both dumps say what is held and live, and is something held before? */
static bool
is_comparable(const struct dump *before, const struct dump *after)
{
	return dump_has(before, F_LIVE) && before->v[F_HELD] > 0 &&
	    dump_has(after, F_LIVE) && dump_has(after, F_HELD);
}

bool
verdict_spare_is_much(int64_t spare, int64_t arenas)
{
	return spare >= SPARE_LEAST && SPARE_SHARE * spare >= arenas;
}

int64_t
verdict_outside(const struct usage *before, const struct usage *after)
{
	int64_t	 from = before->in_malloc, to = after->in_malloc;

	if (from == ABSENT || to == ABSENT) {
		from = before->outside;
		to = after->outside;
	}
	if (from == ABSENT || to == ABSENT)
		return 0;
	return to - from > OUTSIDE_LEAST && 100 * (to - from) > from ?
	    to - from : 0;
}

/* From before to after, how many dumps are there, if all are full? Else 0. */
static uint64_t
full_dumps(const struct dump *before, const struct dump *after)
{
	return after->full_since != 0 && after->full_since <= before->number &&
	    before->number < after->number ?
	    after->number - before->number + 1 : 0;
}

void
verdict_reach(const struct pair *pair, bool one_process,
    const struct series *series, struct verdict *v)
{
	const struct dump	*before = pair->side[0], *after = pair->side[1];

	*v = (struct verdict){ .dumps = 2, .possible = ANY_WORDS };
	if (one_process)
		v->possible |= VERDICT_BIT(WORD_AT_PEAK);
	if (dump_is_unmeasured(before) || dump_is_unmeasured(after)) {
		v->word = WORD_NOT_MEASURED;
	} else if (!is_comparable(before, after)) {
		v->word = WORD_NONE;
	} else if (one_process && full_dumps(before, after) > 0) {
		v->word = WORD_AT_PEAK;
		v->dumps = full_dumps(before, after);
	} else if (one_process && series != NULL &&
	    series->dumps >= LOG_DUMPS) {
		verdict_of_log(series, v);
		v->possible |= LOG_WORDS;
	} else {
		verdict_of_pair(pair, one_process, v);
	}
	if (v->word != WORD_STEADY && v->word != WORD_LEVELLED)
		v->outside = 0;
}

const char *
verdict_name(enum word word)
{
	return words[word];
}

enum word
verdict_find(const char *name)
{
	enum word	 w = 0;

	while (w < WORDS && strcmp(words[w], name) != 0)
		w++;
	return w;
}
