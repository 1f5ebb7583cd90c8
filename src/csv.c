/*
 * csv: rows in, RFC 4180 with LF out.
 * Only a free list's name can need quotes: numbers and the other names hold
 * no comma and no quote.
 */
#include <string.h>

#include "report.h"

void
csv_header(struct out *o)
{
	out_str(o, "before_dump,after_dump,section,name,metric,before,after,"
	    "delta,percent,delta_bytes,status\n");
}

static void
quoted_name(const struct row *row, struct out *o)
{
	char		 text[2 * LABEL_MAX];
	struct out	 name = out_memory(text, sizeof(text));

	row_name(row, &name);
	out_char(o, '"');
	for (size_t i = 0; i < name.len; i++) {
		if (text[i] == '"')
			out_char(o, '"');
		out_char(o, text[i]);
	}
	out_char(o, '"');
}

static bool
needs_quotes(const struct row *row)
{
	const struct entry	*e = row->entry;

	return row->section == SECTION_FREE_LIST &&
	    (memchr(e->name, '"', e->len) != NULL ||
	    memchr(e->name, ',', e->len) != NULL);
}

/* A number, or nothing where there is none. */
static void
field(struct out *o, bool there, int64_t n)
{
	if (there)
		out_num(o, n, 0, 0);
	out_char(o, ',');
}

static void
csv_row(const struct report *r, const struct row *row, struct out *o)
{
	int64_t	 bytes = 0;
	bool	 has_bytes = row_bytes(row, &bytes);

	field(o, true, r->number[0]);
	field(o, true, r->number[1]);
	out_str(o, section_name(row->section));
	out_char(o, ',');
	if (needs_quotes(row))
		quoted_name(row, o);
	else
		row_name(row, o);
	out_char(o, ',');
	out_str(o, metric_name(row->metric));
	out_char(o, ',');
	field(o, row->has[0], row->value[0]);
	field(o, row->has[1], row->value[1]);
	field(o, row->has[0] && row->has[1], row_delta(row));
	row_percent(row, o);
	out_char(o, ',');
	field(o, has_bytes, bytes);
	out_str(o, status_name(row->status));
	out_char(o, '\n');
}

void
csv_report(const struct report *r, struct out *o)
{
	for (unsigned i = 0; i < r->diff->count; i++)
		if (r->diff->rows[i].shown)
			csv_row(r, &r->diff->rows[i], o);
}
