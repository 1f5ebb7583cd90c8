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

/* The change of a field, which may be in neither dump. */
static int64_t
change(const struct pair *pair, enum field f)
{
	struct row	 row;

	return row_of(pair, f, &row) ? row.delta : 0;
}

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
class_line(const struct pair *pair, enum field f, struct out *o)
{
	out_num(o, class_number(pair, f), 0, 5);
	out_str(o, "  ");
	out_num(o, class_size(f), 0, 5);
	out_str(o, "  ");
	out_num(o, change(pair, f), OUT_SIGN, 10);
	out_str(o, "  ");
	out_num(o, change(pair, f + 1), OUT_SIGN, 14);
	out_str(o, "  ");
	out_num(o, change(pair, f + 2), OUT_SIGN, 12);
	out_char(o, '\n');
}

/* The size behind a `*`: 4096, or where the two differ 4096->16384. */
static void
unit(const struct pair *pair, enum field f, struct out *o)
{
	struct row	 row = { .status = STATUS_SAME };

	if (row_of(pair, f, &row))
		out_num(o, row.value[!row.has[0]], 0, 0);
	if (row.status == STATUS_CHANGED) {
		out_str(o, "->");
		out_num(o, row.value[1], 0, 0);
	}
}

static void
value_end(const struct pair *pair, enum field f, struct out *o)
{
	out_str(o, "= ");
	out_num(o, change(pair, f), OUT_SIGN | OUT_COMMAS, CHANGE_COLUMNS);
	out_char(o, '\n');
}

/* # bytes in allocated blocks        =              +19,904 */
static void
value_line(const struct pair *pair, enum field f, struct out *o)
{
	const char	*label = f < F_NAMED ? fields[f].label :
	    pair->names->label[f - F_UNKNOWN];

	out_str(o, label);
	out_pad(o, strlen(label), LABEL_COLUMNS);
	value_end(pair, f, o);
}

/* +1 arenas * 262144 bytes/arena     =             +262,144 */
static void
pair_line(const struct pair *pair, enum field f, struct out *o)
{
	char		 text[LABEL_TEXT];
	struct out	 label = out_memory(text, sizeof(text));

	out_num(&label, change(pair, f), OUT_SIGN, 0);
	out_cat(&label, " ", fields[f].label, " * ");
	unit(pair, pair_size(f), &label);
	out_cat(&label, " ", pair_unit(f));
	out_bytes(o, text, label.len);
	out_pad(o, label.len, LABEL_COLUMNS);
	value_end(pair, f + 1, o);
}

/*            +2 free PyDictObjects * 48 bytes each =                  +96 */
static void
free_list_line(const struct pair *pair, enum field f, struct out *o)
{
	char		 text[LABEL_TEXT];
	struct out	 label = out_memory(text, sizeof(text));

	out_num(&label, change(pair, f), OUT_SIGN, 0);
	if (f < F_TYPE) {
		out_cat(&label, " free ", DEC(tuple_items(f)), "-sized "
		    TUPLE_TYPE);
	} else {
		const char	*type = pair->names->type[(f - F_TYPE) / 3];

		out_cat(&label, type_is_bare(type) ? " " : " free ", type);
	}
	out_str(&label, "s * ");
	unit(pair, f + 2, &label);
	out_str(&label, " bytes each");
	out_pad(o, label.len, TYPE_COLUMNS);
	out_bytes(o, text, label.len);
	out_char(o, ' ');
	value_end(pair, f + 1, o);
}

static void
print_line(const struct pair *pair, enum field f, struct out *o)
{
	if (field_section(f) == SECTION_CLASS)
		class_line(pair, f, o);
	else if (field_section(f) == SECTION_FREE_LIST)
		free_list_line(pair, f, o);
	else if (field_info(f)->of == 2)
		pair_line(pair, f, o);
	else
		value_line(pair, f, o);
}

static bool
shows_any(const struct report *r, enum field f, unsigned n)
{
	struct row	 row;

	for (unsigned i = 0; i < n; i++)
		if (row_of(r->pair, f + i, &row) && report_shows(r, &row))
			return true;
	return false;
}

/* What stands before a line, behind one of another group or of none. */
static void
begin_group(const struct report *r, enum group group, bool first,
    struct out *o)
{
	if (!first)
		out_char(o, '\n');
	else if (r->each)
		report_numbers(r, o);
	if (group == GROUP_CLASSES)
		out_str(o, HEADING "\n" DASHES "\n");
}

void
text_report(const struct report *r, struct out *o)
{
	enum group	 last = GROUP_CONFIG;
	struct row	 row;

	for (bool more = row_first(r->pair, &row); more;
	    more = row_next(r->pair, &row)) {
		enum field	 f = row.field;
		enum group	 group = field_group(f);
		unsigned	 n = field_info(f)->of;

		row.field = f + n - 1;
		if (group == GROUP_CONFIG || group == GROUP_LEVELS ||
		    !shows_any(r, f, n))
			continue;
		if (group != last)
			begin_group(r, group, last == GROUP_CONFIG, o);
		last = group;
		print_line(r->pair, f, o);
	}
}
