/*
 * json: rows in, one JSON object out.
 * Integers are exact; what is undefined is null.
 */
#include <string.h>

#include "report.h"

static void
string(struct out *o, const char *s, size_t n)
{
	static const char	 hex[] = "0123456789abcdef";

	out_char(o, '"');
	for (; n > 0; s++, n--) {
		unsigned char	 c = (unsigned char)*s;

		if (c < ' ' || c > '~') {
			out_str(o, "\\u00");
			out_char(o, hex[c >> 4]);
			out_char(o, hex[c & 15]);
			continue;
		}
		if (c == '"' || c == '\\')
			out_char(o, '\\');
		out_char(o, *s);
	}
	out_char(o, '"');
}

/* A name or a key, as `print` makes it, in quotes. */
static void
row_string(struct out *o, const struct row *row,
    void (*print)(const struct row *, struct out *))
{
	char		 text[2 * LABEL_MAX];
	struct out	 name = out_memory(text, sizeof(text));

	print(row, &name);
	string(o, text, name.len);
}

/* ,"member": - behind another member, always. */
static void
member(struct out *o, const char *name)
{
	out_cat(o, ",\"", name, "\":");
}

static void
text_member(struct out *o, const char *name, const char *value)
{
	member(o, name);
	out_cat(o, "\"", value, "\"");
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
	number_member(o, "delta", row->has[0] && row->has[1], row_delta(row));
}

static void
json_row(struct out *o, const struct row *row)
{
	int64_t	 bytes = 0;
	bool	 has_bytes = row_bytes(row, &bytes);

	out_cat(o, "{\"section\":\"", section_name(row->section), "\"");
	member(o, "name");
	row_string(o, row, row_name);
	text_member(o, "metric", metric_name(row->metric));
	sides(o, row);
	member(o, "percent");
	if (!row_percent(row, o))
		out_str(o, "null");
	number_member(o, "delta_bytes", has_bytes, bytes);
	text_member(o, "status", status_name(row->status));
	out_char(o, '}');
}

/* All rows, whatever the thresholds hide. */
static void
counts(struct out *o, const struct diff *diff)
{
	const unsigned	*n = diff->by_status;
	unsigned	 up = 0;

	for (unsigned i = 0; i < diff->count; i++)
		up += diff->rows[i].status == STATUS_CHANGED &&
		    row_delta(&diff->rows[i]) > 0;
	member(o, "counts");
	out_str(o, "{\"changed\":");
	out_num(o, n[STATUS_CHANGED], 0, 0);
	number_member(o, "up", true, up);
	number_member(o, "down", true, n[STATUS_CHANGED] - up);
	number_member(o, "new", true, n[STATUS_NEW]);
	number_member(o, "gone", true, n[STATUS_GONE]);
	number_member(o, "same", true, n[STATUS_SAME]);
	out_char(o, '}');
}

static void
limits(struct out *o, const struct report *r, const char *line_end)
{
	const char	*comma = "";

	for (unsigned i = 0; i < r->limit_count; i++) {
		const struct limit	*limit = &r->limits[i];
		const struct row	*row = limit_first(limit, r->diff);

		for (; row != NULL; row = limit_next(limit, r->diff, row)) {
			out_cat(o, comma, line_end, "{\"rule\":");
			string(o, limit->rule, strlen(limit->rule));
			member(o, "key");
			row_string(o, row, limit_key);
			sides(o, row);
			bool_member(o, "exceeded", limit_exceeded(limit, row));
			out_char(o, '}');
			comma = ",";
		}
	}
}

void
json_report(const struct report *r, struct out *o)
{
	const char	*line_end = r->each ? "" : "\n", *comma = "";

	out_str(o, "{\"format_version\":\"1.0\"");
	number_member(o, "before_dump", true, r->number[0]);
	number_member(o, "after_dump", true, r->number[1]);
	member(o, "damaged");
	out_str(o, r->damaged[0] ? "[true," : "[false,");
	out_str(o, r->damaged[1] ? "true]" : "false]");
	bool_member(o, "equal", !r->differs);
	counts(o, r->diff);
	if (r->limit_count > 0) {
		member(o, "limits");
		out_char(o, '[');
		limits(o, r, line_end);
		out_str(o, line_end);
		out_char(o, ']');
	}
	member(o, "rows");
	out_char(o, '[');
	for (unsigned i = 0; i < r->diff->count; i++) {
		if (!r->diff->rows[i].shown)
			continue;
		out_str(o, comma);
		out_str(o, line_end);
		json_row(o, &r->diff->rows[i]);
		comma = ",";
	}
	out_str(o, line_end);
	out_str(o, "]}\n");
}
