/*
 * main: options in, exit status out.
 * The only file with argv, descriptors, standard error and exit; it opens the
 * inputs and leads the dumps forward: pick, check, diff, limit, report.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "options.h"
#include "pick.h"
#include "report.h"
#include "warn.h"

#define VERSION	"1.0.0"

enum { SAME = 0, DIFFERENT = 1, TROUBLE = 2 };

#define NO_BASE	UINT64_MAX

/* A file, or standard input. */
struct source {
	const char	*file;
	uint64_t	 base;		/* where reading it began */
	struct picked	 picked;
};

/* One of the two sides of a comparison; both may have one source. */
struct side {
	struct source	*source;
	struct dump	*dump;
	struct flaws	 flaws;		/* what is wrong with the dump */
	struct flaws	 warnings;	/* what else is to be said of it */
	int64_t		 number;	/* of the dump, as selected */
};

/* All memory that the program has; what is not used is never touched. */
struct memory {
	struct input	 input;
	struct dump	 dumps[2][PICK_DUMPS];
	struct source	 sources[2];
	struct side	 sides[2];
	struct diff	 diff;
	char		 output[64 * 1024];
	char		 message[1024];
};

struct program {
	struct options	 options;
	struct memory	*memory;
	struct side	*side[2];	/* before, after */
	struct out	 out, err;
	bool		 csv_begun;
	bool		 matched[OPTION_RULES];	/* a limit has met a row */
	int		 status;
};

static const char *
file_name(const char *file)
{
	return strcmp(file, "-") == 0 ? "standard input" : file;
}

/* pymallocdiff: FILE:LINE: [warning: ], without what is NULL or 0. */
static void
begin_message(struct program *p, const char *file, uint64_t line, bool warning)
{
	struct out	*o = &p->err;

	out_str(o, "pymallocdiff: ");
	if (file != NULL) {
		out_escaped(o, file_name(file), strlen(file_name(file)));
		if (line != 0)
			out_cat(o, ":", DEC((int64_t)line));
		out_str(o, warning ? ": warning: " : ": ");
	}
}

static void
end_message(struct program *p)
{
	out_char(&p->err, '\n');
	out_flush(&p->err);
}

/* A whole message, of strings as those of out_cat; returns -1. */
static int
say_strs(struct program *p, const char *file, const char *const *strings)
{
	begin_message(p, file, 0, false);
	out_strs(&p->err, strings);
	end_message(p);
	return -1;
}

#define say(p, file, ...) \
	say_strs(p, file, (const char *const []){ __VA_ARGS__, NULL })

static void
raise_status(struct program *p, int status)
{
	if (p->status < status)
		p->status = status;
}

/* The first of the flaws, and at the last of them how many more. */
static void
print_flaws(struct program *p, const struct side *s, const struct flaws *flaws,
    bool warning, const char *hint)
{
	unsigned	 n = flaws->count;

	for (unsigned i = 0; i < n && i < FLAWS_KEPT; i++) {
		begin_message(p, s->source->file, flaws->first[i].line,
		    warning);
		out_str(&p->err, flaws->first[i].what);
		if (i + 1 == FLAWS_KEPT && n > FLAWS_KEPT)
			out_cat(&p->err, "; and ", DEC(n - FLAWS_KEPT),
			    " more");
		if (i + 1 == FLAWS_KEPT || i + 1 == n)
			out_str(&p->err, hint);
		end_message(p);
	}
}

/* Standard input is read again from offset `base`, unless it is NO_BASE. */
static int
open_input(struct program *p, const char *file, uint64_t base)
{
	bool	 is_stdin = strcmp(file, "-") == 0;
	int	 fd = is_stdin ? STDIN_FILENO :
	    open(file, O_RDONLY | O_NOCTTY);

	if (fd == -1 || (is_stdin && base != NO_BASE &&
	    lseek(fd, (off_t)base, SEEK_SET) == -1))
		return say(p, file, strerror(errno));
	input_open(&p->memory->input, fd);
	return fd;
}

/* A file may have descriptor 0, where standard input was closed. */
static void
close_input(const char *file, int fd)
{
	if (strcmp(file, "-") != 0)
		close(fd);
}

/*
 * Read from a source the dumps of the sides that have it. If this was done
 * before, it is read from where it began.
 */
static int
read_source(struct program *p, struct source *s, bool jump)
{
	struct input	*in = &p->memory->input;
	struct reader	 reader;
	struct pick	 picks[2];
	struct side	*sides[2];
	unsigned	 n = 0;
	int		 fd, got;

	for (unsigned i = 0; i < 2; i++)
		if (p->side[i]->source == s) {
			sides[n] = p->side[i];
			picks[n++].wanted = (long)p->side[i]->number;
		}
	if ((fd = open_input(p, s->file, s->base)) == -1)
		return -1;
	s->base = in->base;
	reader_open(&reader, in);
	got = pick_dumps(&reader, picks, n, jump,
	    p->memory->dumps[s - p->memory->sources], &s->picked);
	close_input(s->file, fd);
	if (got == -1)
		return say(p, s->file, in->error);
	while (n-- > 0)
		sides[n]->dump = picks[n].dump;
	return 0;
}

static int
require_dump(struct program *p, const struct side *side)
{
	const struct source	*s = side->source;
	int64_t			 count = (int64_t)s->picked.count;
	const char		*dumps = count == 1 ? " dump" : " dumps";

	if (count == 0)
		return say(p, s->file, "no dump in it");
	if (p->options.file_count == 1 && count < 2)
		return say(p, s->file, "two dumps are needed, it holds ",
		    DEC(count), dumps);
	if (side->dump == NULL)
		return say(p, s->file, "there is no dump ", DEC(side->number),
		    ", it holds ", DEC(count), dumps);
	return 0;
}

static void
print_offence(struct program *p, const struct limit *limit,
    const struct row *row)
{
	begin_message(p, p->side[1]->source->file, 0, false);
	out_cat(&p->err, "limit ", QUOTED(limit->rule, strlen(limit->rule)),
	    " is exceeded: ");
	limit_key(row, &p->err);
	out_cat(&p->err, " went from ", COMMAS(row->value[0]), " to ",
	    COMMAS(row->value[1]), " (", CHANGE(row_delta(row)), ")");
	end_message(p);
}

/* Returns whether any limit is exceeded, and says so. */
static bool
judge(struct program *p, const struct diff *diff)
{
	bool	 exceeded = false;

	for (unsigned i = 0; i < p->options.limit_count; i++) {
		const struct limit	*limit = &p->options.limits[i];
		const struct row	*row = limit_first(limit, diff);

		for (; row != NULL; row = limit_next(limit, diff, row)) {
			p->matched[i] = true;
			if (!limit_exceeded(limit, row))
				continue;
			print_offence(p, limit, row);
			exceeded = true;
		}
	}
	return exceeded;
}

static void
print_report(struct program *p, const struct report *report)
{
	switch (p->options.format) {
	case FORMAT_TEXT:
		text_report(report, &p->out);
		break;
	case FORMAT_SUMMARY:
		summary_report(report, &p->out);
		break;
	case FORMAT_CSV:
		if (!p->csv_begun)
			csv_header(&p->out);
		p->csv_begun = true;
		csv_report(report, &p->out);
		break;
	case FORMAT_JSON:
		json_report(report, &p->out);
		break;
	}
}

/* Two checked dumps become rows; what is to be said of them is collected. */
static void
examine(struct program *p)
{
	struct side	*before = p->side[0], *after = p->side[1];
	bool		 one = p->options.file_count == 1;

	diff_dumps(before->dump, after->dump, &p->memory->diff);
	warn_pair(before->dump, after->dump, &p->memory->diff,
	    (struct relation){
	    .one_input = one,
	    .forward = one && before->number > 0 && after->number < 0,
	    .damaged = before->flaws.count + after->flaws.count > 0,
	    .each = p->options.each },
	    &before->warnings, &after->warnings);
}

/* Warnings, limits, report. */
static void
tell(struct program *p)
{
	const struct options	*o = &p->options;
	struct side		*before = p->side[0], *after = p->side[1];
	struct diff		*diff = &p->memory->diff;
	bool			 differs, exceeded;

	differs = limit_show(diff, o->all, o->thresholds,
	    o->threshold_count) > 0;
	print_flaws(p, before, &before->warnings, true, "");
	print_flaws(p, after, &after->warnings, true, "");
	exceeded = judge(p, diff);
	if (o->limit_count > 0 ? exceeded : differs)
		raise_status(p, DIFFERENT);
	if (!o->quiet)
		print_report(p, &(struct report){
		    .diff = diff,
		    .number = { before->number, after->number },
		    .damaged = { before->flaws.count > 0,
			after->flaws.count > 0 },
		    .differs = differs,
		    .each = o->each,
		    .limits = o->limits,
		    .limit_count = o->limit_count });
}

/*
 * The selection that takes the last whole dump, where the last one is cut.
 * Returns how far it is to count back from the end, or 0.
 */
static int64_t
whole_before(const struct program *p, const struct side *s)
{
	const struct picked	*picked = &s->source->picked;
	int64_t			 whole = (int64_t)picked->last_finished;
	int64_t			 back = whole - (int64_t)picked->count - 1;

	if (s->number != -1 || s->dump->finished || whole == 0 ||
	    back < -PICK_BACK)
		return 0;
	if (p->options.file_count == 1 && p->side[0]->number == whole)
		return 0;	/* that is the other side already */
	return back;
}

static void
print_damage(struct program *p)
{
	bool	 force = p->options.force;

	for (int i = 0; i < 2; i++) {
		const struct side	*s = p->side[i];
		int64_t			 back = whole_before(p, s);
		char			 text[128] = "";
		struct out		 hint = out_memory(text,
		    sizeof(text) - 1);

		if (s->flaws.count == 0)
			continue;
		if (!force)
			raise_status(p, TROUBLE);
		if (i == 1 && s->dump == p->side[0]->dump)
			continue;
		if (back != 0)
			out_cat(&hint, "; -s ",
			    DEC(i == 0 ? back : p->side[0]->number), ":",
			    DEC(i == 1 ? back : p->side[1]->number),
			    " takes the ", back == -2 ? "" : "last whole ",
			    "one before it");
		print_flaws(p, s, &s->flaws, force, text);
	}
}

/*
 * The first and the last dump of a stream into which several processes wrote
 * at once may be two processes': where nobody asked for just these two, the
 * dumps between them tell.
 */
static void
print_torn_stream(struct program *p)
{
	const struct source	*s = p->side[0]->source;
	bool			 force = p->options.force;

	if (p->options.file_count == 2 || p->options.selected ||
	    s->picked.torn == 0 || p->side[0]->flaws.count > 0 ||
	    p->side[1]->flaws.count > 0)
		return;
	begin_message(p, s->file, s->picked.torn_line, force);
	out_cat(&p->err, "dump ", DEC((int64_t)s->picked.torn),
	    ", between the first and the last, is torn: two writers?",
	    force ? "" : " -s 1:-1 compares them all the same");
	end_message(p);
	if (!force)
		raise_status(p, TROUBLE);
}

/*
 * Read all sources, from the ends of their files if `jump`, and check what is
 * wanted of them. Without it only those are read, again, that have jumped.
 */
static int
read_sides(struct program *p, bool jump)
{
	for (unsigned i = 0; i < p->options.file_count; i++) {
		struct source	*s = &p->memory->sources[i];

		if ((jump || s->picked.jumped) &&
		    read_source(p, s, jump) == -1)
			return -1;
	}
	for (unsigned i = 0; i < 2; i++)
		if (p->side[i]->dump != NULL)
			check_dump(p->side[i]->dump, &p->side[i]->flaws);
	if (p->side[0]->dump != NULL && p->side[1]->dump != NULL)
		examine(p);
	return 0;
}

/* Does any of these messages name a line? */
static bool
name_lines(const struct flaws *flaws)
{
	for (unsigned i = 0; i < flaws->count && i < FLAWS_KEPT; i++)
		if (flaws->first[i].line != 0)
			return true;
	return false;
}

/*
 * A message needs line numbers and counts, which the end of a file does not
 * tell: is there anything to say of sides that were read so? What counts from
 * the front was read before anything was left out.
 */
static bool
must_read_whole(const struct program *p)
{
	bool	 jumped = false, lines = false;

	for (int i = 0; i < 2; i++) {
		const struct side	*s = p->side[i];

		jumped = jumped || s->source->picked.jumped;
		lines = lines || s->dump == NULL ||
		    s->source->picked.torn != 0 || (s->number < 0 &&
		    (name_lines(&s->flaws) || name_lines(&s->warnings)));
	}
	return jumped && lines;
}

/* Two dumps, of one source or of two. */
static int
run_pair(struct program *p)
{
	for (unsigned i = 0; i < 2; i++)
		p->side[i]->number = p->options.select[i];
	if (read_sides(p, true) == -1 ||
	    (must_read_whole(p) && read_sides(p, false) == -1))
		return -1;
	for (unsigned i = 0; i < 2; i++)
		if (require_dump(p, p->side[i]) == -1)
			return -1;
	print_damage(p);
	print_torn_stream(p);
	tell(p);
	return 0;
}

/* A dump of a stream: is it one to compare? Damage is said, and skipped. */
static bool
is_usable(struct program *p, struct side *s)
{
	check_dump(s->dump, &s->flaws);
	if (s->flaws.count == 0)
		return true;
	print_flaws(p, s, &s->flaws, p->options.force, "");
	if (!p->options.force)
		raise_status(p, TROUBLE);
	return p->options.force;
}

/* Each dump of a stream against the good one before it. */
static int
run_each(struct program *p)
{
	const char	*file = p->options.files[0];
	struct reader	 reader;
	int64_t		 usable = 0, number = 0;
	int		 fd, got;

	if ((fd = open_input(p, file, NO_BASE)) == -1)
		return -1;
	reader_open(&reader, &p->memory->input);
	for (unsigned i = 0; i < 2; i++)
		p->side[i]->dump = p->memory->dumps[i];
	while ((got = reader_next(&reader, p->side[1]->dump)) == 1) {
		struct side	*after = p->side[1];

		after->number = ++number;
		if (!is_usable(p, after))
			continue;
		if (++usable > 1) {
			examine(p);
			tell(p);
		}
		p->side[1] = p->side[0];
		p->side[0] = after;
		if (out_flush(&p->out) == -1)
			break;
	}
	close_input(file, fd);
	if (p->out.error != 0)
		return -1;
	if (got == -1)
		return say(p, file, p->memory->input.error);
	if (usable >= 2)
		return 0;
	return say(p, file, number == usable ? "two dumps are needed, it "
	    "holds " : "two whole dumps are needed, it holds ", DEC(usable),
	    usable == 1 ? " dump" : " dumps");
}

/* A limit that no row has met is misspelt, and must not pass. */
static int
require_matches(struct program *p)
{
	int	 bad = 0;

	for (unsigned i = 0; i < p->options.limit_count; i++) {
		const char	*rule = p->options.limits[i].rule;

		if (!p->matched[i])
			bad = say(p, NULL, "limit ",
			    QUOTED(rule, strlen(rule)), " matches no row: a "
			    "key is section.name.metric, as class.32.pools");
	}
	return bad;
}

static int
run(struct program *p)
{
	if (p->options.help) {
		out_str(&p->out, options_help);
		return 0;
	}
	if (p->options.version) {
		out_str(&p->out, "pymallocdiff " VERSION "\n");
		return 0;
	}
	for (unsigned i = 0; i < 2; i++) {
		unsigned	 k = p->options.file_count == 2 ? i : 0;

		p->memory->sources[i].file = p->options.files[i];
		p->memory->sources[i].base = NO_BASE;
		p->side[i]->source = &p->memory->sources[k];
	}
	if ((p->options.each ? run_each(p) : run_pair(p)) == -1)
		return -1;
	return require_matches(p);
}

int
main(int argc, char **argv)
{
	static struct memory	 memory;
	struct program		 p = { .memory = &memory };
	char			 text[2 * QUOTED_TEXT];
	struct out		 wrong = out_memory(text, sizeof(text) - 1);

	p.out = out_memory(memory.output, sizeof(memory.output));
	p.out.fd = STDOUT_FILENO;
	p.err = out_memory(memory.message, sizeof(memory.message));
	p.err.fd = STDERR_FILENO;
	for (unsigned i = 0; i < 2; i++)
		p.side[i] = &memory.sides[i];
	/* A file that may not grow is an error of write(2), as a full disk. */
	signal(SIGXFSZ, SIG_IGN);
	if (options_parse(argc, argv, &p.options, &wrong) == -1) {
		text[wrong.len] = '\0';
		say(&p, NULL, text);
		say(&p, NULL, "Try 'pymallocdiff --help' for more "
		    "information.");
		return TROUBLE;
	}
	if (run(&p) == -1)
		p.status = TROUBLE;
	if (out_close(&p.out) == -1) {
		say(&p, NULL, "standard output: ", strerror(p.out.error));
		p.status = TROUBLE;
	}
	return p.status;
}
