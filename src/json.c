/*
 * json: integers are exact; what is undefined is null.
 */
#include <string.h>

#include "report.h"

/* A string; bytes outside printable ASCII are written as \u00NN. */
static void
string(struct out *o, const char *s)
{
	out_char(o, '"');
	for (; *s != '\0'; s++) {
		unsigned char	 c = (unsigned char)*s;

		if (c < ' ' || c > '~') {
			out_str(o, "\\u00");
			out_hex(o, c);
		} else {
			if (c == '"' || c == '\\')
				out_char(o, '\\');
			out_char(o, *s);
		}
	}
	out_char(o, '"');
}

/* ,"member": - always behind another member. */
static void
member(struct out *o, const char *name)
{
	out_str(o, ",\"");
	out_str(o, name);
	out_str(o, "\":");
}

static void
text_member(struct out *o, const char *name, const char *value)
{
	member(o, name);
	out_char(o, '"');
	out_str(o, value);
	out_char(o, '"');
}

static void
number_member(struct out *o, const char *name, bool there, int64_t n)
{
	member(o, name);
	if (there)
		out_num(o, n, 0, 0);
	else
		out_str(o, "null");
}

static void
bool_member(struct out *o, const char *name, bool value)
{
	member(o, name);
	out_str(o, value ? "true" : "false");
}

static void
sides(struct out *o, const struct row *row)
{
	number_member(o, "before", row->has[0], row->value[0]);
	number_member(o, "after", row->has[1], row->value[1]);
	number_member(o, "delta", row->has[0] && row->has[1], row->delta);
}

static void
print_row(const struct pair *pair, const struct row *row, struct out *o)
{
	int64_t	 tenths, bytes = 0;
	bool	 has_bytes = row_bytes(pair, row, &bytes);

	out_str(o, "{\"section\":\"");
	out_str(o, section_names[field_info(row->field)->section]);
	out_str(o, "\",\"name\":\"");
	field_name(pair->names, row->field, o);
	out_char(o, '"');
	text_member(o, "metric", metric_names[field_info(row->field)->metric]);
	sides(o, row);
	member(o, "percent");
	if (row_percent(row, &tenths))
		out_tenths(o, tenths, 0);
	else
		out_str(o, "null");
	number_member(o, "delta_bytes", has_bytes, bytes);
	text_member(o, "status", status_name(row->status));
	out_char(o, '}');
}

/* Of all rows, whatever the thresholds hide. */
static void
counts(const struct pair *pair, struct out *o)
{
	int64_t		 by_status[4] = { 0 }, up = 0;
	struct row	 row;

	for (bool more = row_first(pair, &row); more;
	    more = row_next(pair, &row)) {
		by_status[row.status]++;
		up += row.status == STATUS_CHANGED && row.delta > 0;
	}
	member(o, "counts");
	out_str(o, "{\"changed\":");
	out_num(o, by_status[STATUS_CHANGED], 0, 0);
	number_member(o, "up", true, up);
	number_member(o, "down", true, by_status[STATUS_CHANGED] - up);
	number_member(o, "new", true, by_status[STATUS_NEW]);
	number_member(o, "gone", true, by_status[STATUS_GONE]);
	number_member(o, "same", true, by_status[STATUS_SAME]);
	out_char(o, '}');
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
	string(o, limit->rule);
	if (limit->word != WORDS) {
		text_member(o, "key", "verdict");
		judged = limit_can_judge(limit, r->verdict);
		exceeded = limit->word == r->verdict->word;
	} else {
		enum judgement	 judgement = limit_judge(limit, r->pair, row);

		out_str(o, ",\"key\":\"");
		field_key(r->pair->names, row->field, o);
		out_char(o, '"');
		judged = judgement == LIMIT_KEPT ||
		    judgement == LIMIT_EXCEEDED;
		exceeded = judgement == LIMIT_EXCEEDED;
	}
	sides(o, row);
	if (judged)
		bool_member(o, "exceeded", exceeded);
	else
		number_member(o, "exceeded", false, 0);
	out_char(o, '}');
}

static void
limits(const struct report *r, const char *first, const char *next,
    struct out *o)
{
	const char	*separator = first;

	member(o, "limits");
	out_char(o, '[');
	for (unsigned i = 0; i < r->limit_count; i++) {
		const struct limit	*limit = &r->limits[i];
		struct row		 row = { .field = F_NONE };

		for (bool more = limit->word != WORDS ||
		    limit_first(limit, r->pair, &row); more;
		    more = limit_next(limit, r->pair, &row)) {
			out_str(o, separator);
			print_limit(r, limit, &row, o);
			separator = next;
		}
	}
	out_str(o, first);
	out_char(o, ']');
}

static void
rows(const struct report *r, const char *first, const char *next,
    struct out *o)
{
	const char	*separator = first;
	struct row	 row;

	member(o, "rows");
	out_char(o, '[');
	for (bool more = report_first(r, &row); more;
	    more = report_next(r, &row)) {
		out_str(o, separator);
		print_row(r->pair, &row, o);
		separator = next;
	}
	out_str(o, first);
	out_char(o, ']');
}

void
json_report(const struct report *r, struct out *o)
{
	const char	*first = r->each ? "" : "\n";
	const char	*next = r->each ? "," : ",\n";

	out_str(o, "{\"format_version\":\"1.0\"");
	number_member(o, "before_dump", true, r->number[0]);
	number_member(o, "after_dump", true, r->number[1]);
	member(o, "damaged");
	out_str(o, r->damaged[0] ? "[true," : "[false,");
	out_str(o, r->damaged[1] ? "true]" : "false]");
	text_member(o, "verdict", verdict_name(r->verdict->word));
	number_member(o, "dumps", true, (int64_t)r->verdict->dumps);
	bool_member(o, "equal", !r->differs);
	counts(r->pair, o);
	if (r->limit_count > 0)
		limits(r, first, next, o);
	rows(r, first, next, o);
	out_str(o, "}\n");
}
