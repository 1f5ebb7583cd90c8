/*
 * json: integers are exact; what is undefined is null.
 */
#include <string.h>

#include "report.h"

#define NUMBER(there, n)	((there) ? DEC(n) : "null")
#define BOOLEAN(b)		((b) ? "true" : "false")

/* A string of printable ASCII. */
static void
print_string(struct out *o, const char *s)
{
	out_char(o, '"');
	for (; *s != '\0'; s++) {
		if (*s == '"' || *s == '\\')
			out_char(o, '\\');
		out_char(o, *s);
	}
	out_char(o, '"');
}

static void
print_sides(struct out *o, const struct row *row)
{
	out_cat(o, ",\"before\":", NUMBER(row->has[0], row->value[0]),
	    ",\"after\":", NUMBER(row->has[1], row->value[1]), ",\"delta\":",
	    NUMBER(row->has[0] && row->has[1], row->delta));
}

static void
print_row(const struct pair *pair, const struct row *row, struct out *o)
{
	const struct field_info	*info = field_info(row->field);
	int64_t			 tenths, bytes = 0;
	bool			 has_bytes = row_bytes(pair, row, &bytes);

	out_cat(o, "{\"section\":\"", section_names[info->section],
	    "\",\"name\":\"");
	field_name(pair->names, row->field, o);
	out_cat(o, "\",\"metric\":\"", metric_names[info->metric], "\"");
	print_sides(o, row);
	out_str(o, ",\"percent\":");
	if (row_percent(row, &tenths))
		out_tenths(o, tenths, 0);
	else
		out_str(o, "null");
	out_cat(o, ",\"delta_bytes\":", NUMBER(has_bytes, bytes),
	    ",\"status\":\"", status_names[row->status], "\"}");
}

/* Of all rows, whatever the thresholds hide. */
static void
print_counts(const struct pair *pair, struct out *o)
{
	int64_t		 n[4] = { 0 }, up = 0;
	struct row	 row = { .field = F_NONE };

	while (row_next(pair, &row)) {
		n[row.status]++;
		up += row.status == STATUS_CHANGED && row.delta > 0;
	}
	out_cat(o, ",\"counts\":{\"changed\":", DEC(n[STATUS_CHANGED]),
	    ",\"up\":", DEC(up), ",\"down\":", DEC(n[STATUS_CHANGED] - up),
	    ",\"new\":", DEC(n[STATUS_NEW]), ",\"gone\":", DEC(n[STATUS_GONE]),
	    ",\"same\":", DEC(n[STATUS_SAME]), "}");
}

/*
 * A rule, for one row that it matches or, with a blank row, for the verdict.
 * What nobody can judge is null.
 */
static void
print_limit(const struct report *r, const struct limit *limit,
    const struct row *row, struct out *o)
{
	bool	 judged, exceeded;

	out_str(o, "{\"rule\":");
	print_string(o, limit->rule);
	out_str(o, ",\"key\":\"");
	if (limit->word != WORDS) {
		out_str(o, "verdict");
		judged = limit_can_judge(limit, &r->verdict);
		exceeded = limit->word == r->verdict.word;
	} else {
		enum judgement	 judgement = limit_judge(limit, &r->pair, row);

		field_key(r->pair.names, row->field, o);
		exceeded = judgement == LIMIT_EXCEEDED;
		judged = exceeded || judgement == LIMIT_KEPT;
	}
	out_char(o, '"');
	print_sides(o, row);
	out_cat(o, ",\"exceeded\":", judged ? BOOLEAN(exceeded) : "null", "}");
}

static void
print_limits(const struct report *r, const char *first, const char *next,
    struct out *o)
{
	const char	*separator = first;

	out_str(o, ",\"limits\":[");
	for (unsigned i = 0; i < r->options->limit_count; i++) {
		const struct limit	*limit = &r->options->limits[i];
		struct row		 row = { .field = F_NONE };
		bool			 more = limit->word != WORDS;

		while (more || limit_next(limit, &r->pair, &row)) {
			out_str(o, separator);
			print_limit(r, limit, &row, o);
			separator = next;
			more = false;
		}
	}
	out_cat(o, first, "]");
}

static void
print_rows(const struct report *r, const char *first, const char *next,
    struct out *o)
{
	const char	*separator = first;
	struct row	 row = { .field = F_NONE };

	out_str(o, ",\"rows\":[");
	while (report_next(r, &row)) {
		out_str(o, separator);
		print_row(&r->pair, &row, o);
		separator = next;
	}
	out_cat(o, first, "]");
}

void
json_report(const struct report *r, struct out *o)
{
	const char	*first = r->options->each ? "" : "\n";
	const char	*next = r->options->each ? "," : ",\n";

	out_cat(o, "{\"format_version\":\"1.0\",\"before_dump\":",
	    DEC(r->number[0]), ",\"after_dump\":", DEC(r->number[1]),
	    ",\"damaged\":[", BOOLEAN(dump_is_damaged(r->pair.side[0])), ",",
	    BOOLEAN(dump_is_damaged(r->pair.side[1])), "],\"verdict\":\"",
	    verdict_name(r->verdict.word), "\",\"dumps\":",
	    DEC((int64_t)r->verdict.dumps), ",\"equal\":",
	    BOOLEAN(!r->differs));
	print_counts(&r->pair, o);
	if (r->options->limit_count > 0)
		print_limits(r, first, next, o);
	print_rows(r, first, next, o);
	out_str(o, "}\n");
}
