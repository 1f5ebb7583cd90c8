/*
 * compare: two dumps, as options want them compared.
 * First all that is to be said of the dumps, on standard error; then the
 * limits; then the report. Each raises the exit status.
 */
#include <string.h>

#include "check.h"
#include "compare.h"
#include "gate.h"
#include "report.h"
#include "warn.h"

bool
compare_needs_verdict(const struct options *o)
{
	if (!o->quiet && (o->format == FORMAT_SUMMARY ||
	    o->format == FORMAT_JSON))
		return true;
	for (unsigned i = 0; i < o->limit_count; i++)
		if (o->limits[i].word != WORDS)
			return true;
	return false;
}

/* A stream that is only compared costs less without them. */
static bool
needs_levels(const struct options *o)
{
	return o->limit_count > 0 || o->threshold_count > 0 ||
	    !(o->quiet || o->format == FORMAT_TEXT);
}

void
compare_raise(struct comparison *c, int status)
{
	if (c->status < status)
		c->status = status;
}

bool
compare_damage(struct comparison *c, const char *file,
    const struct held *held, const char *hint)
{
	bool	 force = c->options->force;

	say_all(c->err, file, &held->damage, force, hint);
	if (force && check_is_bare(&held->dump)) {
		say_begin(c->err, file, held->dump.first_line, false);
		out_str(c->err, "nothing but the header of this dump could "
		    "be read\n");
		force = false;
	}
	if (!force)
		compare_raise(c, TROUBLE);
	return force;
}

/* Are the two dumps of one input and one process? */
static bool
is_one_process(const struct comparison *c)
{
	return c->options->file_count == 1 &&
	    c->side[0].held->dump.process == c->side[1].held->dump.process;
}

/* `; -s 2:23 leaves it out`, if there are whole dumps to take instead. */
static void
leave_out(const struct comparison *c, const struct choice *choices,
    struct out *hint)
{
	const struct span	*whole = &choices[0].whole;
	uint64_t		 number[2] = { whole->first, whole->last };

	/* Of several processes compare_processes names the pair. */
	if (c->options->file_count == 1 && (whole->count < 2 ||
	    !is_one_process(c)))
		return;
	for (unsigned i = 0; i < 2 && c->options->file_count == 2; i++) {
		if (choices[i].whole.count == 0)
			return;
		number[i] = dump_is_damaged(&c->side[i].held->dump) ?
		    choices[i].whole.last : c->side[i].held->dump.number;
	}
	out_cat(hint, "; -s ", DEC((int64_t)number[0]), ":",
	    DEC((int64_t)number[1]), " leaves it out");
}

void
compare_choices(struct comparison *c, const struct choice *choices)
{
	const struct held	*list[TORN_MAX + 2];
	unsigned		 n = 0, torn;
	char			 text[128] = "";
	struct out		 hint = out_memory(text, sizeof(text) - 1);
	uint64_t		 more;

	while ((list[n] = choice_torn(&choices[0], n)) != NULL)
		n++;
	torn = n;
	for (unsigned i = 0; i < 2; i++) {
		const struct held	*held = c->side[i].held;
		unsigned		 k = 0;

		while (k < n && list[k] != held)
			k++;
		if (k == n && dump_is_damaged(&held->dump))
			list[n++] = held;
	}
	if (!c->options->force)
		leave_out(c, choices, &hint);
	for (unsigned i = 0; i < n; i++)
		compare_damage(c, c->side[list[i] == c->side[1].held].file,
		    list[i], text);
	more = choices[0].damaged - n;
	if (torn == 0 || more == 0)
		return;
	say_begin(c->err, c->side[0].file, 0, c->options->force);
	out_cat(c->err, DEC((int64_t)more), more == 1 ? " more dump is" :
	    " more dumps are", " damaged\n");
}

void
compare_change(struct comparison *c, const char *file,
    const struct change *change, bool warning)
{
	say_begin(c->err, file, change->line, warning);
	out_cat(c->err, "dump ", DEC((int64_t)change->dump),
	    " comes from another process: ");
	change_reason(change, c->err);
}

/* With -s, with -F, and of exactly two dumps it is a warning. */
void
compare_processes(struct comparison *c, const struct choice *choice)
{
	const struct options	*o = c->options;
	const struct held	*from = c->side[0].held, *to = c->side[1].held;
	const struct span	*take = &choice->one_process;
	bool			 warning;
	uint64_t		 more;

	if (o->file_count == 2 || is_one_process(c))
		return;
	if (from->dump.number > to->dump.number) {
		from = c->side[1].held;
		to = c->side[0].held;
	}
	warning = o->wanted[0] != 0 || o->force || choice->count == 2;
	more = to->dump.process - from->dump.process - 1;
	compare_change(c, c->side[0].file, &from->next, warning);
	if (more > 0)
		out_cat(c->err, "; and ", DEC((int64_t)more), " more");
	if (take->count >= 2)
		out_cat(c->err, "; try -s ", DEC((int64_t)take->first), ":",
		    DEC((int64_t)take->last));
	out_char(c->err, '\n');
	if (!warning)
		compare_raise(c, TROUBLE);
}

static void
print_warnings(struct comparison *c, const struct pair *pair)
{
	const struct side	*after = &c->side[1];
	struct messages		 m;

	for (unsigned i = 0; i < 2; i++) {
		if (c->said_unmeasured || !dump_is_unmeasured(pair->side[i]))
			continue;
		say_begin(c->err, c->side[i].file, pair->side[i]->first_line,
		    true);
		out_str(c->err, "this build reports no memory use: all five "
		    "mimalloc values are 0 (free-threaded Python)\n");
		c->said_unmeasured = c->options->file_count == 1;
	}
	m.count = 0;
	if (warn_builds(pair, dump_is_damaged(&c->side[0].held->dump) ||
	    dump_is_damaged(&after->held->dump), c->options->each ?
	    after->held->dump.first_line : 0, &m))
		say_all(c->err, after->file, &m, true, "");
}

/* How the two dumps stand to each other. */
static struct relation
relation_of(const struct comparison *c)
{
	const struct dump	*before = &c->side[0].held->dump;
	const struct dump	*after = &c->side[1].held->dump;
	struct relation		 r = { .one_input = is_one_process(c) };

	if (!r.one_input)
		return r;
	if (after->full_since != 0 && after->full_since <= before->number &&
	    before->number < after->number)
		r.full = after->number - before->number + 1;
	r.series = c->series;
	return r;
}

static void
print_report(struct comparison *c, const struct report *report)
{
	switch (c->options->format) {
	case FORMAT_TEXT:
		text_report(report, c->out);
		break;
	case FORMAT_SUMMARY:
		summary_report(report, c->out);
		break;
	case FORMAT_CSV:
		if (!c->csv_begun)
			csv_header(c->out);
		c->csv_begun = true;
		csv_report(report, c->out);
		break;
	case FORMAT_JSON:
		json_report(report, c->out);
		break;
	}
}

void
compare_dumps(struct comparison *c)
{
	const struct options	*o = c->options;
	struct pair		 pair = { .names = c->names };
	struct relation		 relation = relation_of(c);
	struct verdict		 verdict;
	struct report		 report = { .pair = &pair, .each = o->each,
	    .two_processes = o->file_count == 1 && !is_one_process(c),
	    .all = o->all, .thresholds = o->thresholds,
	    .threshold_count = o->threshold_count, .limits = o->limits,
	    .limit_count = o->limit_count, .verdict = &verdict };
	enum gate		 gate;

	for (unsigned i = 0; i < 2; i++) {
		if (needs_levels(o))
			dump_levels(&c->side[i].held->dump);
		pair.side[i] = &c->side[i].held->dump;
		report.number[i] = c->side[i].number;
		report.damaged[i] = dump_is_damaged(&c->side[i].held->dump);
	}
	if (compare_needs_verdict(o))
		verdict_reach(&pair, &relation, &verdict);
	report.differs = report_differs(&report);
	print_warnings(c, &pair);
	gate = gate_judge(o->limits, o->limit_count, c->matched, &pair,
	    &verdict, c->side[1].file, o->each ?
	    c->side[1].held->dump.first_line : 0, c->err);
	if (gate == GATE_BLIND)
		compare_raise(c, TROUBLE);
	else if (gate == GATE_EXCEEDED || (o->limit_count == 0 &&
	    report.differs))
		compare_raise(c, DIFFERENT);
	if (!o->quiet)
		print_report(c, &report);
}
