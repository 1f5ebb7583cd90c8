/*
 * list: all formats print the same columns in the same order, but the text
 * leaves some of them out.
 */
#include <string.h>

#include "list.h"

/* The columns behind dump, line, process, kind and damaged. */
static const struct column {
	const char	*name;
	enum field	 field;
	size_t		 width;		/* in TEXT_HEADER; 0: not there */
} columns[] = {
	{ "arenas", F_ARENAS, 6 },
	{ "held", F_HELD, 13 },
	{ "live", F_LIVE, 13 },
	{ "available", F_AVAILABLE, 0 },
	{ "unused", F_UNUSED, 0 },
	{ "overhead", F_OVERHEAD, 0 },
	{ "free_lists", F_FREE_LISTS, 0 },
	{ "needed", F_NEEDED, 13 },
	{ "bytes_resident", F_RESIDENT, 12 },
	{ "bytes_in_malloc", F_IN_MALLOC, 0 }
};

#define TEXT_HEADER \
	" dump     line  process  kind    arenas          held          live" \
	"        needed     resident\n"

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

		if (columns[i].width == 0)
			continue;
		out_char(o, ' ');
		out_right(o, dump_has(d, f) ? COMMAS(d->v[f]) : "-",
		    columns[i].width);
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
		out_str(o, TEXT_HEADER);
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
