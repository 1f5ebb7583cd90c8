/*
 * options: getopt_long prints nothing; what it rejects is read again here for
 * a message.
 */
#include <getopt.h>
#include <limits.h>
#include <string.h>

#include "choice.h"
#include "options.h"

#define SHORT_FLAGS	"aeFhLqV"

const char	options_help[] =
"usage: pymallocdiff [-aFhqV] [-f format] [-l rule] [-s before:after]\n"
"                    [-t min] before after\n"
"       pymallocdiff [-aFhqV] [-e | -L | -s before:after] [-f format]\n"
"                    [-l rule] [-t min] [file]\n"
"\n"
"Compare two dumps of CPython's memory allocator statistics, as printed by\n"
"sys._debugmallocstats() and PYTHONMALLOCSTATS=1: the last dumps of two\n"
"files, or the first and the last of one. No file, or -, is standard input.\n"
"\n"
"  -a, --all               print unchanged rows too\n"
"  -e, --each              compare every dump with the one before it\n"
"  -f, --format=FORMAT     text (the default), summary, csv or json\n"
"  -F, --force             use damaged dumps as they are, with a warning\n"
"  -h, --help              print this help\n"
"  -l, --limit=RULE        status 1 if KEY:[+|-]NUM[%] is exceeded, or if the\n"
"                          verdict is RULE, such as leak; repeatable\n"
"  -L, --list              list the dumps of one input, a line each\n"
"  -q, --quiet             print no report, only set the exit status\n"
"  -s, --select=B:A        which dumps: 1 is the first, -1 the last\n"
"  -t, --threshold=NUM[%]  hide smaller changes; repeatable\n"
"  -V, --version           print the version\n"
"\n"
"NUM is a whole number; with K, M or G (1024-based) 4K is 4096.\n"
"\n"
"Exit status: 0 nothing to report, 1 a difference (with -l: a limit is\n"
"exceeded), 2 trouble.\n";

static const char	*const format_names[] = {
	[FORMAT_TEXT] = "text",
	[FORMAT_SUMMARY] = "summary",
	[FORMAT_CSV] = "csv",
	[FORMAT_JSON] = "json"
};

static const struct option	longs[] = {
	{ "all", no_argument, NULL, 'a' },
	{ "each", no_argument, NULL, 'e' },
	{ "force", no_argument, NULL, 'F' },
	{ "format", required_argument, NULL, 'f' },
	{ "help", no_argument, NULL, 'h' },
	{ "limit", required_argument, NULL, 'l' },
	{ "list", no_argument, NULL, 'L' },
	{ "quiet", no_argument, NULL, 'q' },
	{ "select", required_argument, NULL, 's' },
	{ "threshold", required_argument, NULL, 't' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 }
};

static int
wrong(struct out *error, const char *message, const char *argument,
    const char *why)
{
	out_cat(error, message, QUOTED(argument, strlen(argument)), why);
	return -1;
}

/* The format whose name begins with these n bytes, or -1. */
static int
find_format(const char *s, size_t n)
{
	for (int i = FORMAT_TEXT; i <= FORMAT_JSON; i++)
		if (strncmp(s, format_names[i], n) == 0)
			return i;
	return -1;
}

/* A dump's number, up to `end`: not 0, and not too far back. */
static int
parse_number(const char *s, char end, long *number)
{
	bool	 back = *s == '-';
	int64_t	 n;

	s += back;
	if (!decimal_parse(&s, LONG_MAX, &n))
		return -1;
	*number = (long)(back ? -n : n);
	return *s == end && n != 0 && *number >= -BACK_MAX ? 0 : -1;
}

static int
parse_select(const char *s, struct options *o, struct out *error)
{
	const char	*colon = strchr(s, ':');

	if (colon != NULL && parse_number(s, ':', &o->wanted[0]) == 0 &&
	    parse_number(colon + 1, '\0', &o->wanted[1]) == 0)
		return 0;
	return wrong(error, "cannot use selection ", s, ": BEFORE:AFTER, 1 is "
	    "the first dump and -1 the last, -64 the furthest back");
}

static int
add_rule(const char *arg, bool limit, struct options *o, struct out *error)
{
	const char	*what = limit ? "cannot use limit " :
	    "cannot use threshold ";
	unsigned	*count = limit ? &o->limit_count : &o->threshold_count;

	if (*count == OPTION_RULES)
		return wrong(error, what, arg, ": 64 of them at most");
	if (limit ? !limit_parse(arg, &o->limits[*count]) :
	    !threshold_parse(arg, &o->thresholds[*count]))
		return wrong(error, what, arg, limit ?
		    ": KEY:[+|-]NUM[%], such as live:+5%, or a verdict, such "
		    "as leak" :
		    ": NUM[K|M|G|%], such as 4K or 5%");
	++*count;
	return 0;
}

static int
set_option(struct options *o, int option, const char *arg, struct out *error)
{
	int	 format;

	switch (option) {
	case 'f':
		format = find_format(arg, strlen(arg) + 1);
		if (format == -1)
			return wrong(error, "unknown format ", arg,
			    ": text, summary, csv or json");
		o->format = (enum format)format;
		return 0;
	case 's':
		return parse_select(arg, o, error);
	case 'l':
	case 't':
		return add_rule(arg, option == 'l', o, error);
	}
	o->all |= option == 'a';
	o->each |= option == 'e';
	o->force |= option == 'F';
	o->list |= option == 'L';
	o->quiet |= option == 'q';
	return 0;
}

/* How many long options begin with these n bytes? */
static unsigned
count_longs(const char *name, size_t n)
{
	unsigned	 count = 0;

	for (const struct option *l = longs; l->name != NULL; l++)
		count += strncmp(l->name, name, n) == 0;
	return count;
}

/* A long option that getopt_long rejects, such as --json, --fo or --all=x. */
static int
bad_long_option(const char *arg, struct out *error)
{
	const char	*name = strncmp(arg, "--", 2) == 0 ? arg + 2 : "";
	size_t		 n = strcspn(name, "=");
	int		 format = n > 0 ? find_format(name, n) : -1;
	unsigned	 count = n > 0 ? count_longs(name, n) : 0;

	if (count > 0) {
		out_cat(error, "option ", QUOTED(arg, n + 2), count == 1 ?
		    " takes no argument" : " is ambiguous");
		return -1;
	}
	wrong(error, "cannot use option ", arg, "");
	if (format != -1)
		out_cat(error, ": try -f ", format_names[format]);
	return -1;
}

/* What getopt_long rejects: a short option, or the last argument. */
static int
bad_option(int argc, char **argv, int got, struct out *error)
{
	char	 letter[3] = { '-', (char)optopt, '\0' };

	if (optopt != 0 && got == ':')
		return wrong(error, "option ", letter, " needs an argument");
	if (optopt != 0 && strchr(SHORT_FLAGS, optopt) == NULL)
		return wrong(error, "unknown option ", letter, "");
	return bad_long_option(optind > 0 && optind <= argc ?
	    argv[optind - 1] : "", error);
}

/* Is a limit a verdict that only a log can have? */
static bool
needs_log(const struct options *o)
{
	for (unsigned i = 0; i < o->limit_count; i++)
		if (verdict_is_of_logs(o->limits[i].word))
			return true;
	return false;
}

/* What is wrong with these options together, or NULL. */
static const char *
conflict(const struct options *o)
{
	bool	 each = o->each, list = o->list, selected = o->wanted[0] != 0;
	bool	 two = o->file_count == 2;
	const struct {
		bool		 given;
		const char	*message;
	} conflicts[] = {
		{ each && list, "-e and -L exclude each other" },
		{ each && selected, "-e and -s exclude each other" },
		{ list && selected, "-L and -s exclude each other" },
		{ list && o->limit_count > 0, "-L takes no -l" },
		{ list && o->threshold_count > 0, "-L takes no -t" },
		{ list && o->format == FORMAT_SUMMARY,
		    "-L prints no summary: text, csv or json" },
		{ each && needs_log(o), "-e compares two dumps at a time, but "
		    "-l leak, slowing and levelled need a log" },
		{ each && two, "-e takes one file" },
		{ list && two, "-L takes one file" },
		{ two && strcmp(o->files[0], "-") == 0 &&
		    strcmp(o->files[1], "-") == 0,
		    "standard input can be read only once" },
		{ true, NULL }
	};
	unsigned	 i = 0;

	while (!conflicts[i].given)
		i++;
	return conflicts[i].message;
}

static int
set_files(int argc, char **argv, struct options *o, struct out *error)
{
	int		 n = optind < argc ? argc - optind : 0;
	const char	*message;

	if (n > 2)
		return wrong(error, "one file too many: ", argv[optind + 2],
		    "");
	o->file_count = n == 2 ? 2 : 1;
	o->files[0] = n > 0 ? argv[optind] : "-";
	o->files[1] = n == 2 ? argv[optind + 1] : NULL;
	message = conflict(o);
	if (message == NULL)
		return 0;
	out_str(error, message);
	return -1;
}

int
options_parse(int argc, char **argv, struct options *o, struct out *error)
{
	int	 got;

	*o = (struct options){ .format = FORMAT_TEXT };
	opterr = 0;
	optind = 0;		/* begin anew, if this is not the first call */
	while ((got = getopt_long(argc, argv, ":f:l:s:t:" SHORT_FLAGS, longs,
	    NULL)) != -1) {
		if (got == 'h' || got == 'V') {
			o->help = got == 'h';
			o->version = got == 'V';
			return 0;
		}
		if (got == '?' || got == ':')
			return bad_option(argc, argv, got, error);
		if (set_option(o, got, optarg, error) == -1)
			return -1;
	}
	return set_files(argc, argv, o, error);
}
