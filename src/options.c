/*
 * options: the command line, as values.
 */
#include <getopt.h>
#include <limits.h>
#include <string.h>

#include "options.h"
#include "pick.h"

const char	options_help[] =
"usage: pymallocdiff [-aFhqV] [-f format] [-l rule] [-s before:after]\n"
"                    [-t min] before after\n"
"       pymallocdiff [-aFhqV] [-e | -s before:after] [-f format] [-l rule]\n"
"                    [-t min] [file]\n"
"\n"
"Compare two dumps of CPython's memory allocator statistics, as printed by\n"
"sys._debugmallocstats() and PYTHONMALLOCSTATS=1: the last dumps of two\n"
"files, or the first and the last of one. No file, or -, is standard input.\n"
"\n"
"  -a, --all               print unchanged rows too\n"
"  -e, --each              compare every dump with the one before it\n"
"  -f, --format=FORMAT     text (the default), summary, csv or json\n"
"  -F, --force             take damaged dumps as they are, with a warning\n"
"  -h, --help              print this help\n"
"  -l, --limit=RULE        fail where KEY:[+|-]NUM[%] is exceeded; repeatable\n"
"  -q, --quiet             print no report; the exit status tells\n"
"  -s, --select=B:A        which dumps: 1 is the first, -1 the last\n"
"  -t, --threshold=NUM[%]  hide smaller changes; repeatable\n"
"  -V, --version           print the version\n"
"\n"
"Exit status: 0 nothing to report, 1 a difference (with -l: a limit is\n"
"exceeded), 2 trouble.\n";

static int
wrong(struct out *error, const char *what, const char *argument,
    const char *why)
{
	out_cat(error, what, QUOTED(argument, strlen(argument)), why);
	return -1;
}

static int
parse_format(const char *s, enum format *format)
{
	static const char	*const names[] = {
		[FORMAT_TEXT] = "text",
		[FORMAT_SUMMARY] = "summary",
		[FORMAT_CSV] = "csv",
		[FORMAT_JSON] = "json"
	};

	for (enum format i = FORMAT_TEXT; i <= FORMAT_JSON; i++)
		if (strcmp(s, names[i]) == 0) {
			*format = i;
			return 0;
		}
	return -1;
}

/* A dump's number, up to `end`: not 0, and not too far back. */
static int
parse_number(const char *s, char end, long *number)
{
	bool	 back = *s == '-';
	long	 n = 0;

	for (s += back; *s >= '0' && *s <= '9'; s++) {
		if (n > (LONG_MAX - (*s - '0')) / 10)
			return -1;
		n = n * 10 + (*s - '0');
	}
	*number = back ? -n : n;
	return *s == end && n != 0 && *number >= -PICK_BACK ? 0 : -1;
}

static int
parse_select(const char *s, long select[2])
{
	const char	*colon = strchr(s, ':');

	if (colon == NULL || parse_number(s, ':', &select[0]) == -1)
		return -1;
	return parse_number(colon + 1, '\0', &select[1]);
}

static int
add_limit(struct options *o, const char *rule)
{
	return o->limit_count < OPTION_RULES &&
	    limit_parse(rule, &o->limits[o->limit_count++]) ? 0 : -1;
}

static int
add_threshold(struct options *o, const char *num)
{
	return o->threshold_count < OPTION_RULES &&
	    threshold_parse(num, &o->thresholds[o->threshold_count++]) ?
	    0 : -1;
}

/* One option with an argument. */
static int
set_argument(struct options *o, int option, const char *arg, struct out *error)
{
	switch (option) {
	case 'f':
		if (parse_format(arg, &o->format) == 0)
			return 0;
		return wrong(error, "unknown format ", arg,
		    ": text, summary, csv or json");
	case 'l':
		if (add_limit(o, arg) == 0)
			return 0;
		return wrong(error, "cannot use limit ", arg,
		    ": KEY:[+|-]NUM[%], and 64 of them at most");
	case 's':
		if (parse_select(arg, o->select) == 0)
			return 0;
		return wrong(error, "cannot use selection ", arg,
		    ": BEFORE:AFTER, 1 is the first dump and -1 the last, "
		    "-64 at most");
	default:
		if (add_threshold(o, arg) == 0)
			return 0;
		return wrong(error, "cannot use threshold ", arg,
		    ": a whole number, or one with K, M, G or % behind it, "
		    "and 64 of them at most");
	}
}

static int
set_flag(struct options *o, int option)
{
	switch (option) {
	case 'a':
		o->all = true;
		return 0;
	case 'e':
		o->each = true;
		return 0;
	case 'F':
		o->force = true;
		return 0;
	case 'q':
		o->quiet = true;
		return 0;
	default:
		return -1;
	}
}

/* What getopt_long did not take: a short option, or the last argument. */
static int
bad_option(int argc, char **argv, int got, struct out *error)
{
	char	 letter[3] = { '-', (char)optopt, '\0' };

	if (optopt != 0 && got == ':')
		return wrong(error, "option ", letter, " needs an argument");
	if (optopt != 0 && strchr("aeFhqV", optopt) == NULL)
		return wrong(error, "unknown option ", letter, "");
	return wrong(error, "cannot use option ",
	    optind > 0 && optind <= argc ? argv[optind - 1] : "", "");
}

static int
set_files(int argc, char **argv, struct options *o, struct out *error)
{
	int	 n = optind < argc ? argc - optind : 0;

	if (n > 2)
		return wrong(error, "one file too many: ", argv[optind + 2],
		    "");
	o->file_count = n == 2 ? 2 : 1;
	o->files[0] = n > 0 ? argv[optind] : "-";
	o->files[1] = n == 2 ? argv[optind + 1] : NULL;
	if (n == 2 && strcmp(o->files[0], "-") == 0 &&
	    strcmp(o->files[1], "-") == 0) {
		out_str(error, "standard input can be read only once");
		return -1;
	}
	if (o->each && (n == 2 || o->selected)) {
		out_str(error, n == 2 ? "-e takes one file" :
		    "-e and -s exclude each other");
		return -1;
	}
	if (!o->selected)
		o->select[0] = n == 2 ? -1 : 1;
	return 0;
}

int
options_parse(int argc, char **argv, struct options *o, struct out *error)
{
	static const struct option	 longs[] = {
		{ "all", no_argument, NULL, 'a' },
		{ "each", no_argument, NULL, 'e' },
		{ "force", no_argument, NULL, 'F' },
		{ "format", required_argument, NULL, 'f' },
		{ "help", no_argument, NULL, 'h' },
		{ "limit", required_argument, NULL, 'l' },
		{ "quiet", no_argument, NULL, 'q' },
		{ "select", required_argument, NULL, 's' },
		{ "threshold", required_argument, NULL, 't' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 }
	};
	int	 got;

	*o = (struct options){ .select = { -1, -1 } };
	opterr = 0;
	while ((got = getopt_long(argc, argv, ":aeFf:hl:qs:t:V", longs,
	    NULL)) != -1) {
		if (got == 'h' || got == 'V') {
			o->help = got == 'h';
			o->version = got == 'V';
			return 0;
		}
		if (got == '?' || got == ':')
			return bad_option(argc, argv, got, error);
		o->selected = o->selected || got == 's';
		if (set_flag(o, got) == -1 &&
		    set_argument(o, got, optarg, error) == -1)
			return -1;
	}
	return set_files(argc, argv, o, error);
}
