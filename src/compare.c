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

static void
raise_status(struct comparison *c, int status)
{
	if (c->status < status)
		c->status = status;
}

/* The file of the dump before, or after. */
static const char *
file_of(const struct comparison *c, unsigned side)
{
	const struct options	*o = c->report.options;

	return o->files[o->file_count == 2 ? side : 0];
}

void
compare_set(struct comparison *c, struct held *before, struct held *after)
{
	const struct options	*o = c->report.options;

	c->held[0] = before;
	c->held[1] = after;
	for (unsigned i = 0; i < 2; i++) {
		c->report.pair.side[i] = &c->held[i]->dump;
		c->report.number[i] = o->wanted[i] != 0 ? o->wanted[i] :
		    (int64_t)c->held[i]->dump.number;
	}
	c->report.one_process = o->file_count == 1 &&
	    before->dump.process == after->dump.process;
}

bool
compare_damage(struct comparison *c, const char *file,
    const struct held *held, const char *hint)
{
	bool	 force = c->report.options->force;

	say_all(c->err, file, &held->damage, force, hint);
	if (force && check_is_bare(&held->dump)) {
		say_begin(c->err, file, held->dump.first_line, false);
		out_str(c->err, "nothing but the header of this dump could "
		    "be read\n");
		force = false;
	}
	if (!force)
		raise_status(c, TROUBLE);
	return force;
}

/* The number to select: that of a whole dump, if it is `kept`, else `other`. */
static uint64_t
select_instead(const struct held *held, bool kept, uint64_t other)
{
	return kept && !dump_is_damaged(&held->dump) ? held->dump.number :
	    other;
}

/*
 * `; -s 2:23 leaves it out`, if there are whole dumps to take instead; a whole
 * one that was selected stays.
 */
static void
leave_out(const struct comparison *c, const struct choice *choices,
    struct out *hint)
{
	const struct options	*o = c->report.options;
	bool			 two = o->file_count == 2;
	bool			 kept = two || o->wanted[0] != 0;
	const struct span	*from = &choices[0].whole;
	const struct span	*to = &choices[two ? 1 : 0].whole;
	uint64_t		 before, after;

	/* Of several processes compare_processes names the pair. */
	if (two ? from->count == 0 || to->count == 0 :
	    from->count < 2 || !c->report.one_process)
		return;
	before = select_instead(c->held[0], kept, two ? from->last :
	    from->first);
	after = select_instead(c->held[1], kept, to->last);
	if (!two && before >= after) {
		before = from->first;
		after = to->last;
	}
	out_cat(hint, "; -s ", DEC((int64_t)before), ":",
	    DEC((int64_t)after), " leaves it out");
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
		const struct held	*held = c->held[i];
		unsigned		 k = 0;

		while (k < n && list[k] != held)
			k++;
		if (k == n && dump_is_damaged(&held->dump))
			list[n++] = held;
	}
	if (!c->report.options->force)
		leave_out(c, choices, &hint);
	for (unsigned i = 0; i < n; i++)
		compare_damage(c, file_of(c, list[i] == c->held[1]),
		    list[i], text);
	more = choices[0].damaged - n;
	if (torn == 0 || more == 0)
		return;
	say_begin(c->err, file_of(c, 0), 0, c->report.options->force);
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
	const struct options	*o = c->report.options;
	const struct held	*from = c->held[0], *to = c->held[1];
	const struct span	*take = &choice->one_process;
	bool			 warning;
	uint64_t		 more;

	if (o->file_count == 2 || c->report.one_process)
		return;
	if (from->dump.number > to->dump.number) {
		from = c->held[1];
		to = c->held[0];
	}
	warning = o->wanted[0] != 0 || o->force || choice->count == 2;
	more = to->dump.process - from->dump.process - 1;
	compare_change(c, file_of(c, 0), &from->next, warning);
	if (more > 0)
		out_cat(c->err, "; and ", DEC((int64_t)more), " more");
	if (take->count >= 2)
		out_cat(c->err, "; try -s ", DEC((int64_t)take->first), ":",
		    DEC((int64_t)take->last));
	out_char(c->err, '\n');
	if (!warning)
		raise_status(c, TROUBLE);
}

static void
print_warnings(struct comparison *c)
{
	const struct pair	*pair = &c->report.pair;
	const struct options	*o = c->report.options;
	struct messages		 m = { .count = 0 };

	for (unsigned i = 0; i < 2; i++) {
		if (c->said_unmeasured || !dump_is_unmeasured(pair->side[i]))
			continue;
		say_begin(c->err, file_of(c, i), pair->side[i]->first_line,
		    true);
		out_str(c->err, "this build reports no memory use: all five "
		    "mimalloc values are 0 (free-threaded Python)\n");
		c->said_unmeasured = o->file_count == 1;
	}
	if (warn_builds(pair, o->each ? pair->side[1]->first_line : 0, &m))
		say_all(c->err, file_of(c, 1), &m, true, "");
}

/* A gate on one dump alone would pass whatever it says. */
static bool
refuse_itself(struct comparison *c)
{
	if (c->held[0] != c->held[1] || c->report.options->limit_count == 0)
		return false;
	say_begin(c->err, file_of(c, 1), 0, false);
	out_cat(c->err, "the limits cannot be judged: dump ",
	    DEC((int64_t)c->held[0]->dump.number), " is compared with "
	    "itself\n");
	return true;
}

static void
print_report(struct comparison *c)
{
	switch (c->report.options->format) {
	case FORMAT_TEXT:
		text_report(&c->report, c->out);
		break;
	case FORMAT_SUMMARY:
		summary_report(&c->report, c->out);
		break;
	case FORMAT_CSV:
		if (!c->csv_begun)
			csv_header(c->out);
		c->csv_begun = true;
		csv_report(&c->report, c->out);
		break;
	case FORMAT_JSON:
		json_report(&c->report, c->out);
		break;
	}
}

void
compare_dumps(struct comparison *c)
{
	struct report		*r = &c->report;
	const struct options	*o = r->options;
	enum gate		 gate;

	for (unsigned i = 0; i < 2 && needs_levels(o); i++)
		dump_levels(&c->held[i]->dump);
	if (compare_needs_verdict(o))
		verdict_reach(&r->pair, r->one_process, c->series,
		    &r->verdict);
	r->differs = report_differs(r);
	print_warnings(c);
	gate = gate_judge(r, c->matched, file_of(c, 1), c->err);
	if (refuse_itself(c) || gate == GATE_BLIND)
		raise_status(c, TROUBLE);
	else if (gate == GATE_EXCEEDED || (o->limit_count == 0 && r->differs))
		raise_status(c, DIFFERENT);
	if (!o->quiet)
		print_report(c);
}
