/*
 * text: rows in, pymemtrace's layout out: the dump's own lines, with the
 * changes in place of the numbers.
 */
#include "report.h"

enum {
	LABEL_WIDTH = 35,
	TYPE_WIDTH = 48,
	VALUE_WIDTH = 20
};

/* How many rows, from this one on, make one line. */
static unsigned
rows_of_line(const struct row *row)
{
	if (row->section == SECTION_CLASS || row->section == SECTION_FREE_LIST)
		return 3;
	return row->metric == METRIC_COUNT ? 2 : 1;
}

static void
heading(struct out *o)
{
	out_str(o, "class   size   num pools   blocks in use  avail blocks\n"
	    "-----   ----   ---------   -------------  ------------\n");
}

static void
class_line(const struct row *row, struct out *o)
{
	out_num(o, row->number, 0, 5);
	out_str(o, "  ");
	out_num(o, row->size[0], 0, 5);
	out_str(o, "  ");
	out_num(o, row[0].delta, OUT_SIGN, 10);
	out_str(o, "  ");
	out_num(o, row[1].delta, OUT_SIGN, 14);
	out_str(o, "  ");
	out_num(o, row[2].delta, OUT_SIGN, 12);
	out_char(o, '\n');
}

/* 4096, or where it has changed 4096->16384. */
static void
unit(const struct row *row, struct out *o)
{
	out_num(o, row->size[0], 0, 0);
	if (row->size[1] != row->size[0]) {
		out_str(o, "->");
		out_num(o, row->size[1], 0, 0);
	}
}

static void
value_end(struct out *o, int64_t delta)
{
	out_str(o, "= ");
	out_num(o, delta, OUT_SIGN | OUT_COMMAS, VALUE_WIDTH);
	out_char(o, '\n');
}

/* +1 arenas * 262144 bytes/arena     =             +262,144 */
static void
summary_line(const struct row *row, struct out *o)
{
	char		 text[2 * LABEL_MAX];
	struct out	 label = { text, sizeof(text), 0, -1, 0, 0 };
	bool		 pair = row->metric == METRIC_COUNT;

	if (pair) {
		out_num(&label, row->delta, OUT_SIGN, 0);
		out_char(&label, ' ');
	}
	out_bytes(&label, row->label, row->label_len);
	if (pair) {
		out_str(&label, " * ");
		unit(row, &label);
		out_char(&label, ' ');
		out_str(&label, row->key->unit);
	}
	out_bytes(o, text, label.len);
	out_pad(o, label.len, LABEL_WIDTH);
	value_end(o, row[pair].delta);
}

/*            +2 free PyDictObjects * 48 bytes each =                  +96 */
static void
free_list_line(const struct row *row, struct out *o)
{
	char		 text[3 * LABEL_MAX];
	struct out	 label = { text, sizeof(text), 0, -1, 0, 0 };

	out_num(&label, row->delta, OUT_SIGN, 0);
	out_str(&label, " free ");
	if (row->number > 0) {
		out_num(&label, row->number, 0, 0);
		out_str(&label, "-sized ");
	}
	out_bytes(&label, row->label, row->label_len);
	out_str(&label, "s * ");
	unit(row, &label);
	out_str(&label, " bytes each");
	out_pad(o, label.len, TYPE_WIDTH);
	out_bytes(o, text, label.len);
	out_char(o, ' ');
	value_end(o, row[1].delta);
}

static void
line(const struct row *row, struct out *o)
{
	if (row->section == SECTION_CLASS)
		class_line(row, o);
	else if (row->section == SECTION_FREE_LIST)
		free_list_line(row, o);
	else
		summary_line(row, o);
}

static bool
any_shown(const struct row *row, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		if (row[i].shown)
			return true;
	return false;
}

void
report_numbers(const struct report *r, struct out *o)
{
	out_str(o, "--- dump ");
	out_num(o, r->number[0], 0, 0);
	out_str(o, "\n+++ dump ");
	out_num(o, r->number[1], 0, 0);
	out_char(o, '\n');
}

void
text_report(const struct report *r, struct out *o)
{
	const struct row	*row = r->diff->rows;
	const struct row	*end = row + r->diff->count;
	enum group		 group = GROUP_CONFIG;
	unsigned		 n;

	if (r->each && any_shown(row, r->diff->count))
		report_numbers(r, o);
	for (; row < end; row += n) {
		n = rows_of_line(row);
		if (row->section == SECTION_CONFIG || !any_shown(row, n))
			continue;
		if (group != GROUP_CONFIG && group != row->group)
			out_char(o, '\n');
		if (row->group == GROUP_CLASSES && group != GROUP_CLASSES)
			heading(o);
		group = row->group;
		line(row, o);
	}
}
