/*
 * gate: compares rows and the verdict with the limits.
 */
#include <string.h>

#include "gate.h"
#include "say.h"

/* What is judged, and where messages go. */
struct gated {
	const struct report	*report;
	const char		*file;
	uint64_t		 line;	/* of the file; 0: of all of it */
	struct out		*err;
};

/* Begin a message about a limit. */
static void
begin_limit(const struct gated *g, const struct limit *limit)
{
	say_begin(g->err, g->file, g->line, false);
	out_cat(g->err, "limit ", QUOTED(limit->rule, strlen(limit->rule)));
}

static void
say_exceeded(const struct pair *pair, const struct row *row, struct out *err)
{
	out_str(err, " is exceeded: ");
	field_key(pair->names, row->field, err);
	out_cat(err, " went from ", COMMAS(row->value[0]), " to ",
	    COMMAS(row->value[1]), " (", CHANGE(row->delta), ")\n");
}

/* The number after is not known: say why that may be. */
static void
say_blind(const struct pair *pair, const struct row *row,
    enum judgement why, struct out *err)
{
	const struct dump	*after = pair->side[1];

	out_cat(err, " cannot be judged: the dump ",
	    why == LIMIT_GONE || dump_is_unmeasured(after) ? "after" :
	    "before");
	if (why == LIMIT_NOT_MEASURED) {
		out_str(err, " reports no memory use (free-threaded "
		    "Python)\n");
		return;
	}
	out_str(err, " has no ");
	field_key(pair->names, row->field, err);
	if (dump_is_free_lists(after))
		out_str(err, ", only free lists: PYTHONMALLOC=malloc?");
	else if (dump_is_mimalloc(after) && !dump_is_mimalloc(pair->side[0]))
		out_str(err, ": mimalloc printed it");
	out_char(err, '\n');
}

/* All rows that one limit is for. */
static enum gate
judge_rows(const struct gated *g, const struct limit *limit, bool *matched)
{
	const struct pair	*pair = &g->report->pair;
	enum gate		 worst = GATE_KEPT;
	struct row		 row = { .field = F_NONE };

	while (limit_next(limit, pair, &row)) {
		enum judgement	 judgement = limit_judge(limit, pair, &row);

		*matched = true;
		if (judgement == LIMIT_KEPT ||
		    (judgement == LIMIT_NOT_MEASURED && worst == GATE_BLIND))
			continue;
		begin_limit(g, limit);
		if (judgement != LIMIT_EXCEEDED) {
			say_blind(pair, &row, judgement, g->err);
			worst = GATE_BLIND;
			continue;
		}
		say_exceeded(pair, &row, g->err);
		if (worst == GATE_KEPT)
			worst = GATE_EXCEEDED;
	}
	return worst;
}

/* What dumps must be for this verdict, if others cannot have it; or NULL. */
static const char *
needs(enum word word)
{
	if (verdict_is_of_logs(word))
		return "one log with 12 or more pymalloc dumps of one "
		    "process, and no negative -s";
	if (word == WORD_LESS)
		return "two files";
	return word == WORD_RETURNED || word == WORD_AT_PEAK ? "one file" :
	    NULL;
}

/* A limit that is a verdict's word. */
static enum gate
judge_word(const struct gated *g, const struct limit *limit)
{
	const struct verdict	*v = &g->report->verdict;
	bool			 blind = !limit_can_judge(limit, v);
	bool			 any = (v->possible &
	    VERDICT_BIT(WORD_STEADY)) != 0;

	if (!blind && v->word != limit->word)
		return GATE_KEPT;
	begin_limit(g, limit);
	out_str(g->err, blind ? " cannot be judged: " : " is exceeded: ");
	if (blind && any && needs(limit->word) != NULL)
		out_cat(g->err, "it needs ", needs(limit->word), "\n");
	else
		out_cat(g->err, "the verdict is ", verdict_name(v->word),
		    ", on ", DEC((int64_t)v->dumps), " dumps\n");
	return blind ? GATE_BLIND : GATE_EXCEEDED;
}

enum gate
gate_judge(const struct report *report, bool *matched, const char *file,
    struct out *err)
{
	const struct options	*o = report->options;
	struct gated		 g = { report, file, o->each ?
	    report->pair.side[1]->first_line : 0, err };
	enum gate		 worst = GATE_KEPT, got;

	for (unsigned i = 0; i < o->limit_count; i++) {
		if (o->limits[i].word == WORDS) {
			got = judge_rows(&g, &o->limits[i], &matched[i]);
		} else {
			matched[i] = true;
			got = judge_word(&g, &o->limits[i]);
		}
		if (got > worst)
			worst = got;
	}
	return worst;
}

enum gate
gate_unmatched(const struct options *o, const bool *matched, const char *file,
    struct out *err)
{
	struct gated	 g = { .file = file, .err = err };
	enum gate	 worst = GATE_KEPT;

	for (unsigned i = 0; i < o->limit_count; i++) {
		if (matched[i])
			continue;
		begin_limit(&g, &o->limits[i]);
		out_str(err, " matches no row; -a -f csv lists them all\n");
		worst = GATE_BLIND;
	}
	return worst;
}
