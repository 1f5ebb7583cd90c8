/*
 * gate: a comparison is held against limits.
 */
#include <string.h>

#include "gate.h"
#include "say.h"

/* Begin a message about a limit. */
static void
begin_limit(const struct limit *limit, const char *file, uint64_t line,
    struct out *err)
{
	say_begin(err, file, line, false);
	out_cat(err, "limit ", QUOTED(limit->rule, strlen(limit->rule)));
}

static void
say_exceeded(const struct pair *pair, const struct row *row, struct out *err)
{
	out_str(err, " is exceeded: ");
	field_key(pair->names, row->field, err);
	out_cat(err, " went from ", COMMAS(row->value[0]), " to ",
	    COMMAS(row->value[1]), " (", CHANGE(row->delta), ")\n");
}

/* Nobody knows the row's number after: say why that may be. */
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
judge_rows(const struct limit *limit, bool *matched, const struct pair *pair,
    const char *file, uint64_t line, struct out *err)
{
	enum gate	 worst = GATE_KEPT;
	struct row	 row = { .field = F_NONE };

	while (limit_next(limit, pair, &row)) {
		enum judgement	 judgement = limit_judge(limit, pair, &row);

		*matched = true;
		if (judgement == LIMIT_KEPT ||
		    (judgement == LIMIT_NOT_MEASURED && worst == GATE_BLIND))
			continue;
		begin_limit(limit, file, line, err);
		if (judgement != LIMIT_EXCEEDED) {
			say_blind(pair, &row, judgement, err);
			worst = GATE_BLIND;
			continue;
		}
		say_exceeded(pair, &row, err);
		if (worst == GATE_KEPT)
			worst = GATE_EXCEEDED;
	}
	return worst;
}

/* A limit that is a verdict's word. */
static enum gate
judge_word(const struct limit *limit, const struct verdict *verdict,
    const char *file, uint64_t line, struct out *err)
{
	bool	 blind = !limit_can_judge(limit, verdict);

	if (!blind && verdict->word != limit->word)
		return GATE_KEPT;
	begin_limit(limit, file, line, err);
	out_str(err, blind ? " cannot be judged: " : " is exceeded: ");
	if (blind && verdict_is_of_logs(limit->word) &&
	    (verdict->possible & VERDICT_BIT(WORD_STEADY)) != 0)
		out_cat(err, "that takes one log with ", DEC(LOG_DUMPS), " or "
		    "more pymalloc dumps of one process, and no negative -s\n");
	else
		out_cat(err, "the verdict is ", verdict_name(verdict->word),
		    ", on ", DEC((int64_t)verdict->dumps), " dumps\n");
	return blind ? GATE_BLIND : GATE_EXCEEDED;
}

enum gate
gate_judge(const struct limit *limits, unsigned n, bool *matched,
    const struct pair *pair, const struct verdict *verdict, const char *file,
    uint64_t line, struct out *err)
{
	enum gate	 worst = GATE_KEPT, got;

	for (unsigned i = 0; i < n; i++) {
		if (limits[i].word == WORDS) {
			got = judge_rows(&limits[i], &matched[i], pair, file,
			    line, err);
		} else {
			matched[i] = true;
			got = judge_word(&limits[i], verdict, file, line,
			    err);
		}
		if (got > worst)
			worst = got;
	}
	return worst;
}

enum gate
gate_unmatched(const struct limit *limits, unsigned n, const bool *matched,
    const char *file, struct out *err)
{
	enum gate	 worst = GATE_KEPT;

	for (unsigned i = 0; i < n; i++) {
		if (matched[i])
			continue;
		begin_limit(&limits[i], file, 0, err);
		out_str(err, " matches no row; -a -f csv lists them all\n");
		worst = GATE_BLIND;
	}
	return worst;
}
