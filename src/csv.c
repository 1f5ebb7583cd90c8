/*
 * csv: rows in, RFC 4180 with LF out.
 * No name holds a comma or a quote, so nothing is quoted. A stream of dumps
 * makes more CSV than its own size: a row is written straight into the output
 * buffer, and what the rows of a line have in common is made once.
 */
#include <assert.h>
#include <string.h>

#include "report.h"

enum {
	HEAD_TEXT = 2 * NUM_TEXT + LABEL_LEN + 16,
	PIECE_TEXT = 16,	/* a metric or a status, and what follows */
	METRICS = METRIC_UNIT_BYTES + 1,
	STATUSES = STATUS_GONE + 1
};

/* A short text, which is copied as a whole, whatever its length. */
struct piece {
	char	 text[PIECE_TEXT];
	size_t	 len;
};

/* What the rows of a report have in common. */
struct common {
	char		 head[HEAD_TEXT]; /* both dumps, section and name */
	size_t		 numbers_len, head_len;
	enum field	 line;		/* whose section and name */
	struct piece	 metric[METRICS], status[STATUSES];
};

static void
set_piece(struct piece *piece, const char *text, char end)
{
	struct out	 o = out_memory(piece->text, PIECE_TEXT);

	out_str(&o, text);
	out_char(&o, end);
	piece->len = o.len;
}

static void
begin(struct common *common, const int64_t number[2])
{
	struct out	 o = out_memory(common->head, HEAD_TEXT);

	memset(common, 0, sizeof(*common));
	out_cat(&o, DEC(number[0]), ",", DEC(number[1]), ",");
	common->numbers_len = o.len;
	common->line = F_NONE;
	for (int i = 0; i < METRICS; i++)
		set_piece(&common->metric[i], metric_name((enum metric)i), ',');
	for (int i = 0; i < STATUSES; i++)
		set_piece(&common->status[i], status_name((enum status)i),
		    '\n');
}

static void
set_line(struct common *common, const struct names *names, enum field line)
{
	struct out	 o = out_memory(common->head, HEAD_TEXT);

	o.len = common->numbers_len;
	out_str(&o, section_name(field_section(line)));
	out_char(&o, ',');
	field_name(names, line, &o);
	out_char(&o, ',');
	common->head_len = o.len;
	common->line = line;
}

static char *
put_piece(char *p, const struct piece *piece)
{
	memcpy(p, piece->text, PIECE_TEXT);
	return p + piece->len;
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
	struct row	 row;

	begin(&common, r->number);
	for (bool more = report_first(r, &row); more;
	    more = report_next(r, &row)) {
		const struct field_info	*info = field_info(row.field);
		enum field	 line = row.field - info->at;
		char		*p = out_room(o, CSV_ROW), *start = p;

		if (line != common.line)
			set_line(&common, r->pair->names, line);
		memcpy(p, common.head, common.head_len);
		p = put_piece(p + common.head_len, &common.metric[info->metric]);
		p = put_row(p, r->pair, &row);
		p = put_piece(p, &common.status[row.status]);
		o->len += (size_t)(p - start);
		assert(o->len <= o->size);
	}
}
