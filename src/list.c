/*
 * list: a dump in, a line of a table out.
 * All formats print the same columns in the same order, but for the text,
 * which leaves some of them out.
 */
#include <string.h>

#include "list.h"

/* The columns behind dump, line, process, kind and damaged. */
static const struct column {
	const char	*name;
	enum field	 field;
	size_t		 width;		/* in text; 0: not there */
	const char	*heading;
} columns[] = {
	{ "arenas", F_ARENAS, 6, "arenas" },
	{ "held", F_HELD, 13, "held" },
	{ "live", F_LIVE, 13, "live" },
	{ "available", F_AVAILABLE, 0, NULL },
	{ "unused", F_UNUSED, 0, NULL },
	{ "overhead", F_OVERHEAD, 0, NULL },
	{ "free_lists", F_FREE_LISTS, 0, NULL },
	{ "needed", F_NEEDED, 13, "needed" },
	{ "bytes_resident", F_RESIDENT, 12, "resident" },
	{ "bytes_in_malloc", F_IN_MALLOC, 0, NULL }
};

enum { COLUMNS = sizeof(columns) / sizeof(columns[0]) };

static const char *
kind_name(const struct dump *d)
{
	static const char	*const names[] = {
		[KIND_CALL] = "call",
		[KIND_EMPTY] = "empty",
		[KIND_FULL] = "full",
		[KIND_EXIT] = "exit"
	};

	return dump_is_damaged(d) ? "damaged" : names[d->kind];
}

/* A text, right aligned in so many columns, behind a blank. */
static void
text_column(const char *s, size_t width, struct out *o)
{
	out_char(o, ' ');
	out_pad(o, strlen(s), width);
	out_str(o, s);
}

static void
text_header(struct out *o)
{
	out_str(o, " dump     line  process  kind   ");
	for (unsigned i = 0; i < COLUMNS; i++)
		if (columns[i].width > 0)
			text_column(columns[i].heading, columns[i].width, o);
	out_char(o, '\n');
}

static void
text_line(const struct dump *d, struct out *o)
{
	const char	*kind = kind_name(d);

	out_num(o, (int64_t)d->number, 0, 5);
	out_char(o, ' ');
	out_num(o, (int64_t)d->first_line, 0, 8);
	out_char(o, ' ');
	out_num(o, (int64_t)d->process, 0, 8);
	out_cat(o, "  ", kind);
	out_pad(o, strlen(kind), 7);
	for (unsigned i = 0; i < COLUMNS; i++) {
		enum field	 f = columns[i].field;

		if (columns[i].width > 0)
			text_column(dump_has(d, f) ? COMMAS(d->v[f]) : "-",
			    columns[i].width, o);
	}
	out_char(o, '\n');
}

static void
csv_line(const struct dump *d, struct out *o)
{
	out_cat(o, DEC((int64_t)d->number), ",",
	    DEC((int64_t)d->first_line), ",", DEC((int64_t)d->process), ",",
	    kind_name(d), dump_is_damaged(d) ? ",1" : ",0");
	for (unsigned i = 0; i < COLUMNS; i++) {
		out_char(o, ',');
		if (dump_has(d, columns[i].field))
			out_num(o, d->v[columns[i].field], 0, 0);
	}
	out_char(o, '\n');
}

static void
json_line(const struct dump *d, struct out *o)
{
	out_cat(o, "{\"dump\":", DEC((int64_t)d->number), ",\"line\":",
	    DEC((int64_t)d->first_line), ",\"process\":",
	    DEC((int64_t)d->process), ",\"kind\":\"", kind_name(d),
	    "\",\"damaged\":", dump_is_damaged(d) ? "true" : "false");
	for (unsigned i = 0; i < COLUMNS; i++) {
		enum field	 f = columns[i].field;

		out_cat(o, ",\"", columns[i].name, "\":",
		    dump_has(d, f) ? DEC(d->v[f]) : "null");
	}
	out_str(o, "}\n");
}

void
list_header(enum format format, struct out *o)
{
	if (format == FORMAT_TEXT)
		text_header(o);
	if (format != FORMAT_CSV)
		return;
	out_str(o, "dump,line,process,kind,damaged");
	for (unsigned i = 0; i < COLUMNS; i++)
		out_cat(o, ",", columns[i].name);
	out_char(o, '\n');
}

void
list_dump(enum format format, const struct dump *d, struct out *o)
{
	if (format == FORMAT_CSV)
		csv_line(d, o);
	else if (format == FORMAT_JSON)
		json_line(d, o);
	else
		text_line(d, o);
}
