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
	out_num(o, row->entry->number, 0, 5);
	out_str(o, "  ");
	out_num(o, row->entry->size, 0, 5);
	out_str(o, "  ");
	out_num(o, row_delta(&row[0]), OUT_SIGN, 10);
	out_str(o, "  ");
	out_num(o, row_delta(&row[1]), OUT_SIGN, 14);
	out_str(o, "  ");
	out_num(o, row_delta(&row[2]), OUT_SIGN, 12);
	out_char(o, '\n');
}

/* The size in this row: 4096, or where it has changed 4096->16384. */
static void
unit(const struct row *row, struct out *o)
{
	out_num(o, row->value[!row->has[0]], 0, 0);
	if (row->status == STATUS_CHANGED) {
		out_str(o, "->");
		out_num(o, row->value[1], 0, 0);
	}
}

static void
value_end(const struct row *row, struct out *o)
{
	out_str(o, "= ");
	out_num(o, row_delta(row), OUT_SIGN | OUT_COMMAS, VALUE_WIDTH);
	out_char(o, '\n');
}

/* # bytes in allocated blocks        =              +19,904 */
static void
value_line(const struct row *row, struct out *o)
{
	const char	*label = row->key ? row->key->label : row->entry->name;
	size_t		 len = row->key ? row->key->len : row->entry->len;

	out_bytes(o, label, len);
	out_pad(o, len, LABEL_WIDTH);
	value_end(row, o);
}

/* +1 arenas * 262144 bytes/arena     =             +262,144 */
static void
pair_line(const struct diff *diff, const struct row *row, struct out *o)
{
	enum key	 key = (enum key)(row->key - keys);
	char		 text[4 * NUM_TEXT];
	struct out	 label = out_memory(text, sizeof(text));

	out_num(&label, row_delta(row), OUT_SIGN, 0);
	out_cat(&label, " ", row->key->label, " * ");
	unit(diff_find(diff, pair_size(key)), &label);
	out_cat(&label, " ", pair_unit(key));
	out_bytes(o, text, label.len);
	out_pad(o, label.len, LABEL_WIDTH);
	value_end(row + 1, o);
}

/*            +2 free PyDictObjects * 48 bytes each =                  +96 */
static void
free_list_line(const struct row *row, struct out *o)
{
	const struct entry	*e = row->entry;
	char			 text[LABEL_MAX + 5 * NUM_TEXT];
	struct out		 label = out_memory(text, sizeof(text));

	out_num(&label, row_delta(row), OUT_SIGN, 0);
	out_str(&label, " free ");
	if (e->size != SIZE_NONE) {
		out_num(&label, e->size, 0, 0);
		out_str(&label, "-sized ");
	}
	out_bytes(&label, e->name, e->len);
	out_str(&label, "s * ");
	unit(row + 2, &label);
	out_str(&label, " bytes each");
	out_pad(o, label.len, TYPE_WIDTH);
	out_bytes(o, text, label.len);
	out_char(o, ' ');
	value_end(row + 1, o);
}

static void
line(const struct diff *diff, const struct row *row, struct out *o)
{
	if (row->section == SECTION_CLASS)
		class_line(row, o);
	else if (row->section == SECTION_FREE_LIST)
		free_list_line(row, o);
	else if (row->metric == METRIC_COUNT)
		pair_line(diff, row, o);
	else
		value_line(row, o);
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
	out_cat(o, "--- dump ", DEC(r->number[0]), "\n+++ dump ",
	    DEC(r->number[1]), "\n");
}

void
text_report(const struct report *r, struct out *o)
{
	const struct row	*row = r->diff->rows;
	const struct row	*end = row + r->diff->count;
	enum group		 group = GROUP_CONFIG;
	unsigned		 n;

	for (; row < end; row += n) {
		n = rows_of_line(row);
		if (row->section == SECTION_CONFIG || !any_shown(row, n))
			continue;
		if (group == GROUP_CONFIG && r->each)
			report_numbers(r, o);
		if (group != GROUP_CONFIG && group != row->group)
			out_char(o, '\n');
		if (row->group == GROUP_CLASSES && group != GROUP_CLASSES)
			heading(o);
		group = row->group;
		line(r->diff, row, o);
	}
}
