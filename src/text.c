/*
 * text: the dump's own lines, with the changes in place of the numbers. A line
 * has up to three numbers, and each is a row; the first makes the whole line.
 */
#include <string.h>

#include "report.h"

enum {
	LABEL_TEXT = LABEL_LEN + 4 * NUM_TEXT,
	CHANGE_COLUMNS = VALUE_COLUMNS - 1	/* behind "= " */
};

/* The class's number on the side that prints it, the after side first. */
static int64_t
class_number(const struct pair *pair, enum field f)
{
	const struct dump	*d = pair->side[dump_has(pair->side[1], f)];
	int64_t			 width = d->class_width;

	return width == 0 || class_size(f) < width ? 0 :
	    class_size(f) / width - 1;
}

static void
class_line(const struct pair *pair, const struct row *rows, struct out *o)
{
	out_num(o, class_number(pair, rows->field), 0, 5);
	out_num(o, class_size(rows->field), 0, 7);
	out_num(o, rows[0].delta, OUT_SIGN, 12);
	out_num(o, rows[1].delta, OUT_SIGN, 16);
	out_num(o, rows[2].delta, OUT_SIGN, 14);
	out_char(o, '\n');
}

/* The size behind a `*`: 4096, or where the two differ 4096->16384. */
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
	out_num(o, row->delta, OUT_SIGN | OUT_COMMAS, CHANGE_COLUMNS);
	out_char(o, '\n');
}

/* # bytes in allocated blocks        =              +19,904 */
static void
value_line(const struct pair *pair, const struct row *row, struct out *o)
{
	const char	*label = row->field < F_NAMED ?
	    fields[row->field].label :
	    pair->names->label[row->field - F_UNKNOWN];

	out_str(o, label);
	out_pad(o, strlen(label), LABEL_COLUMNS);
	value_end(row, o);
}

/* +1 arenas * 262144 bytes/arena     =             +262,144 */
static void
pair_line(const struct pair *pair, const struct row *rows, struct out *o)
{
	char		 text[LABEL_TEXT];
	struct out	 label = out_memory(text, sizeof(text));
	struct row	 size = { .status = STATUS_SAME };

	out_num(&label, rows->delta, OUT_SIGN, 0);
	out_cat(&label, " ", fields[rows->field].label, " * ");
	row_of(pair, pair_size(rows->field), &size);
	unit(&size, &label);
	out_cat(&label, " ", pair_unit(rows->field));
	out_bytes(o, text, label.len);
	out_pad(o, label.len, LABEL_COLUMNS);
	value_end(&rows[1], o);
}

/*            +2 free PyDictObjects * 48 bytes each =                  +96 */
static void
free_list_line(const struct pair *pair, const struct row *rows, struct out *o)
{
	char		 text[LABEL_TEXT];
	struct out	 label = out_memory(text, sizeof(text));
	enum field	 f = rows->field;

	out_num(&label, rows->delta, OUT_SIGN, 0);
	if (f < F_TYPE) {
		out_cat(&label, " free ", DEC(tuple_items(f)),
		    "-sized " TUPLE_TYPE);
	} else {
		const char	*type = pair->names->type[(f - F_TYPE) / 3];

		out_cat(&label, type_is_bare(type) ? " " : " free ", type);
	}
	out_str(&label, "s * ");
	unit(&rows[2], &label);
	out_str(&label, " bytes each");
	out_pad(o, label.len, TYPE_COLUMNS);
	out_bytes(o, text, label.len);
	out_char(o, ' ');
	value_end(&rows[1], o);
}

static void
print_line(const struct pair *pair, const struct row *rows, struct out *o)
{
	const struct field_info	*info = field_info(rows->field);

	if (info->section == SECTION_CLASS)
		class_line(pair, rows, o);
	else if (info->section == SECTION_FREE_LIST)
		free_list_line(pair, rows, o);
	else if (info->of == 2)
		pair_line(pair, rows, o);
	else
		value_line(pair, rows, o);
}

/*
 * The n rows of a line, of which the first is made; one that is in neither
 * dump has no change. Is any of them to be shown?
 */
static bool
make_line(const struct report *r, struct row *rows, unsigned n)
{
	bool	 shows = report_shows(r, rows);

	for (unsigned i = 1; i < n; i++) {
		rows[i] = (struct row){ .field = rows->field + i };
		if (row_of(&r->pair, rows[i].field, &rows[i]))
			shows |= report_shows(r, &rows[i]);
	}
	return shows;
}

/* What stands before a line, behind one of another group or of none. */
static void
begin_group(const struct report *r, enum group group, bool first,
    struct out *o)
{
	if (!first)
		out_char(o, '\n');
	else if (r->options->each)
		report_numbers(r, o);
	if (group == GROUP_CLASSES)
		out_str(o, HEADING "\n" DASHES "\n");
}

void
text_report(const struct report *r, struct out *o)
{
	enum group	 last = GROUP_CONFIG;
	struct row	 row = { .field = F_NONE }, rows[3];

	while (row_next(&r->pair, &row)) {
		const struct field_info	*info = field_info(row.field);

		rows[0] = row;
		row.field += info->of - 1u;
		if (info->group == GROUP_CONFIG ||
		    info->group == GROUP_LEVELS ||
		    !make_line(r, rows, info->of))
			continue;
		if (info->group != last)
			begin_group(r, info->group, last == GROUP_CONFIG, o);
		last = info->group;
		print_line(&r->pair, rows, o);
	}
}
