/*
 * csv: no name holds a comma or a quote, so nothing is quoted. A stream makes
 * more CSV than its own size: a row is written straight into the output
 * buffer, and what the rows of a line have in common is made once.
 */
#include <assert.h>
#include <string.h>

#include "report.h"

enum { HEAD_TEXT = 2 * NUM_TEXT + LABEL_LEN + 16 };

/* What the rows of a report have in common. */
struct common {
	char		 head[HEAD_TEXT]; /* both dumps, section and name */
	size_t		 numbers_len, head_len;
	enum field	 line;		/* whose section and name */
};

static void
begin(struct common *common, const int64_t number[2])
{
	struct out	 o = out_memory(common->head, HEAD_TEXT);

	out_cat(&o, DEC(number[0]), ",", DEC(number[1]), ",");
	common->numbers_len = o.len;
	common->line = F_NONE;
}

static void
set_line(struct common *common, const struct names *names, enum field line)
{
	struct out	 o = out_memory(common->head, HEAD_TEXT);

	o.len = common->numbers_len;
	out_str(&o, section_names[field_info(line)->section]);
	out_char(&o, ',');
	field_name(names, line, &o);
	out_char(&o, ',');
	common->head_len = o.len;
	common->line = line;
}

/* A word and the character that follows it. */
static char *
put_word(char *p, const char *word, char end)
{
	size_t	 n = strlen(word);

	memcpy(p, word, n);
	p[n] = end;
	return p + n + 1;
}

/* A number, or nothing where there is none, and a comma. */
static char *
put_column(char *p, bool there, int64_t n)
{
	if (there)
		p = num_put(p, n);
	*p++ = ',';
	return p;
}

static char *
put_percent(char *p, int64_t tenths)
{
	if (tenths < 0)
		*p++ = '-';
	tenths = (int64_t)magnitude(tenths);
	p = num_put(p, tenths / 10);
	*p++ = '.';
	*p++ = (char)('0' + tenths % 10);
	return p;
}

static char *
put_row(char *p, const struct pair *pair, const struct row *row)
{
	int64_t	 tenths, bytes = 0;
	bool	 both = row->has[0] && row->has[1];
	bool	 has_bytes = row_bytes(pair, row, &bytes);

	p = put_column(p, row->has[0], row->value[0]);
	p = put_column(p, row->has[1], row->value[1]);
	p = put_column(p, both, row->delta);
	if (row_percent(row, &tenths))
		p = put_percent(p, tenths);
	*p++ = ',';
	return put_column(p, has_bytes, bytes);
}

void
csv_header(struct out *o)
{
	out_str(o, "before_dump,after_dump,section,name,metric,before,after,"
	    "delta,percent,delta_bytes,status\n");
}

void
csv_report(const struct report *r, struct out *o)
{
	struct common	 common;
	struct row	 row = { .field = F_NONE };

	begin(&common, r->number);
	while (report_next(r, &row)) {
		const struct field_info	*info = field_info(row.field);
		enum field	 line = row.field - info->at;
		char		*p = out_room(o, CSV_ROW), *start = p;

		if (line != common.line)
			set_line(&common, r->pair.names, line);
		memcpy(p, common.head, common.head_len);
		p = put_word(p + common.head_len, metric_names[info->metric],
		    ',');
		p = put_row(p, &r->pair, &row);
		p = put_word(p, status_names[row.status], '\n');
		o->len += (size_t)(p - start);
		assert(o->len <= o->size);
	}
}
