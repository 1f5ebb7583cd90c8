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

/* One of the two sides of a comparison. */
struct side {
	const char	*file;
	struct dump	*dump;
	struct flaws	 flaws;		/* what is wrong with the dump */
	struct flaws	 warnings;	/* what else is to be said of it */
	int64_t		 number;	/* of the dump, as selected */
	uint64_t	 base;		/* where reading the file began */
	struct picked	 picked;
};

/* All memory that the program has; what is not used is never touched. */
struct memory {
	struct input	 input;
	struct dump	 dumps[2][PICK_DUMPS];
	struct diff	 diff;
	char		 output[64 * 1024];
	char		 message[1024];
};

struct program {
	struct options	 options;
	struct memory	*memory;
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

static struct out *
begin_message(struct program *p)
{
	out_str(&p->err, "pymallocdiff: ");
	return &p->err;
}

/* pymallocdiff: FILE: */
static struct out *
begin_file_message(struct program *p, const char *file)
{
	begin_message(p);
	out_escaped(&p->err, file_name(file), strlen(file_name(file)));
	out_str(&p->err, ": ");
	return &p->err;
}

static void
end_message(struct program *p)
{
	out_char(&p->err, '\n');
	out_flush(&p->err);
}

static int
trouble(struct program *p, const char *file, const char *what)
{
	out_str(begin_file_message(p, file), what);
	end_message(p);
	return -1;
}

/* pymallocdiff: FILE:LINE: [warning: ], without the line if it is 0. */
static struct out *
begin_line_message(struct program *p, const char *file, uint64_t line,
    bool warning)
{
	begin_message(p);
	out_escaped(&p->err, file_name(file), strlen(file_name(file)));
	if (line != 0) {
		out_char(&p->err, ':');
		out_num(&p->err, (int64_t)line, 0, 0);
	}
	out_str(&p->err, warning ? ": warning: " : ": ");
	return &p->err;
}

/* The first of the flaws, and at the last of them how many more. */
static void
print_flaws(struct program *p, const struct side *s, const struct flaws *flaws,
    bool warning, const char *hint)
{
	unsigned	 n = flaws->count;

	for (unsigned i = 0; i < n && i < FLAWS_KEPT; i++) {
		const struct flaw	*f = &flaws->first[i];

		out_str(begin_line_message(p, s->file, f->line, warning),
		    f->what);
		if (i + 1 == FLAWS_KEPT && n > FLAWS_KEPT) {
			out_str(&p->err, "; and ");
			out_num(&p->err, n - FLAWS_KEPT, 0, 0);
			out_str(&p->err, " more");
		}
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
		return trouble(p, file, strerror(errno));
	input_open(&p->memory->input, fd, file);
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
 * Read n picks out of one file; both sides get the same `picked`. Where the
 * last time it was read with `jump`, it is read again from where it began.
 */
static int
read_picks(struct program *p, struct side *sides, unsigned n, bool jump,
    struct dump *room)
{
	struct input	*in = &p->memory->input;
	struct reader	 reader;
	struct pick	 picks[2];
	int		 fd, got;

	if ((fd = open_input(p, sides[0].file, sides[0].base)) == -1)
		return -1;
	sides[0].base = in->base;
	reader_open(&reader, in);
	for (unsigned i = 0; i < n; i++)
		picks[i].wanted = (long)sides[i].number;
	got = pick_dumps(&reader, picks, n, jump, room, &sides[0].picked);
	close_input(sides[0].file, fd);
	if (got == -1)
		return trouble(p, sides[0].file, in->error);
	for (unsigned i = 0; i < n; i++) {
		sides[i].dump = picks[i].dump;
		sides[i].picked = sides[0].picked;
	}
	return 0;
}

static int
too_few(struct program *p, const struct side *s, const char *what)
{
	struct out	*o = begin_file_message(p, s->file);

	out_str(o, what);
	out_num(o, (int64_t)s->picked.count, 0, 0);
	out_str(o, s->picked.count == 1 ? " dump" : " dumps");
	end_message(p);
	return -1;
}

static int
require_dump(struct program *p, const struct side *s)
{
	struct out	*o;

	if (s->picked.count == 0)
		return trouble(p, s->file, "no dump in it");
	if (p->options.file_count == 1 && s->picked.count < 2)
		return too_few(p, s, "two dumps are needed, it holds ");
	if (s->dump != NULL)
		return 0;
	o = begin_file_message(p, s->file);
	out_str(o, "there is no dump ");
	out_num(o, s->number, 0, 0);
	out_str(o, ", it holds ");
	out_num(o, (int64_t)s->picked.count, 0, 0);
	out_str(o, s->picked.count == 1 ? " dump" : " dumps");
	end_message(p);
	return -1;
}

/* Print one offence against a limit. */
static void
print_offence(struct program *p, const struct side *after,
    const struct limit *limit, const struct row *row)
{
	struct out	*o = begin_file_message(p, after->file);

	out_str(o, "limit ");
	out_quoted(o, limit->rule, strlen(limit->rule));
	out_str(o, " is exceeded: ");
	limit_key(row, o);
	out_str(o, " went from ");
	out_num(o, row->value[0], OUT_COMMAS, 0);
	out_str(o, " to ");
	out_num(o, row->value[1], OUT_COMMAS, 0);
	out_str(o, " (");
	out_num(o, row->delta, OUT_SIGN | OUT_COMMAS, 0);
	out_char(o, ')');
	end_message(p);
}

/* Returns whether any limit is exceeded, and says so. */
static bool
judge(struct program *p, const struct side *after, const struct diff *diff)
{
	bool	 exceeded = false;

	for (unsigned i = 0; i < p->options.limit_count; i++) {
		const struct limit	*limit = &p->options.limits[i];
		enum match		 match = limit_match(limit, diff);

		if (match == MATCH_NONE)
			continue;
		p->matched[i] = true;
		for (unsigned k = 0; k < diff->count; k++) {
			const struct row	*row = &diff->rows[k];

			if (!limit_applies(limit, match, row) ||
			    !limit_exceeded(limit, row))
				continue;
			print_offence(p, after, limit, row);
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

static void
raise_status(struct program *p, int status)
{
	if (p->status < status)
		p->status = status;
}

/* Two checked dumps become rows; what is to be said of them is collected. */
static void
examine(struct program *p, struct side sides[2])
{
	const struct options	*o = &p->options;
	struct diff		*diff = &p->memory->diff;
	bool			 one = o->file_count == 1;

	diff_dumps(sides[0].dump, sides[1].dump, diff);
	warn_pair(sides[0].dump, sides[1].dump, diff, (struct relation){
	    .one_input = one,
	    .forward = one && sides[0].number > 0 && sides[1].number < 0,
	    .damaged = sides[0].flaws.count + sides[1].flaws.count > 0,
	    .each = o->each },
	    &sides[0].warnings, &sides[1].warnings);
}

/* Warnings, limits, report. */
static void
tell(struct program *p, struct side sides[2])
{
	const struct options	*o = &p->options;
	struct diff		*diff = &p->memory->diff;
	bool			 differs, exceeded;

	differs = limit_show(diff, o->all, o->thresholds, o->threshold_count);
	for (int i = 0; i < 2; i++)
		print_flaws(p, &sides[i], &sides[i].warnings, true, "");
	exceeded = judge(p, &sides[1], diff);
	if (o->limit_count > 0 ? exceeded : differs)
		raise_status(p, DIFFERENT);
	if (!o->quiet)
		print_report(p, &(struct report){
		    .diff = diff,
		    .number = { sides[0].number, sides[1].number },
		    .damaged = { sides[0].flaws.count > 0,
			sides[1].flaws.count > 0 },
		    .differs = differs,
		    .each = o->each,
		    .limits = o->limits,
		    .limit_count = o->limit_count });
}

/* The selection that takes the last whole dump, where the last one is cut. */
static void
cut_hint(const struct program *p, const struct side sides[2], int which,
    struct out *o)
{
	const struct side	*s = &sides[which];
	int64_t			 back;

	if (s->number != -1 || s->dump->finished ||
	    s->picked.last_finished == 0)
		return;
	back = (int64_t)(s->picked.last_finished - s->picked.count) - 1;
	if (back < -PICK_BACK || (p->options.file_count == 1 &&
	    sides[0].number == (int64_t)s->picked.last_finished))
		return;
	out_str(o, "; -s ");
	out_num(o, which == 0 ? back : sides[0].number, 0, 0);
	out_char(o, ':');
	out_num(o, which == 1 ? back : sides[1].number, 0, 0);
	out_str(o, back == -2 ? " takes the one before it" :
	    " takes the last whole one before it");
}

static void
print_damage(struct program *p, struct side sides[2])
{
	for (int i = 0; i < 2; i++) {
		char		 text[128];
		struct out	 hint = { text, sizeof(text) - 1, 0, -1, 0, 0 };

		if (sides[i].flaws.count == 0)
			continue;
		if (!p->options.force)
			raise_status(p, TROUBLE);
		if (i == 1 && sides[1].dump == sides[0].dump)
			continue;
		cut_hint(p, sides, i, &hint);
		text[hint.len] = '\0';
		print_flaws(p, &sides[i], &sides[i].flaws, p->options.force,
		    text);
	}
}

/*
 * The first and the last dump of a stream into which several processes wrote
 * at once may be two processes': where nobody asked for just these two, the
 * dumps between them tell.
 */
static void
print_torn_stream(struct program *p, const struct side sides[2])
{
	const struct picked	*picked = &sides[0].picked;
	bool			 force = p->options.force;
	struct out		*o;

	if (p->options.file_count == 2 || p->options.selected ||
	    picked->torn == 0 || sides[0].flaws.count > 0 ||
	    sides[1].flaws.count > 0)
		return;
	o = begin_line_message(p, sides[0].file, picked->torn_line, force);
	out_str(o, "dump ");
	out_num(o, (int64_t)picked->torn, 0, 0);
	out_str(o, ", between the first and the last, is torn: two writers?");
	if (!force)
		out_str(o, " -s 1:-1 compares them all the same");
	end_message(p);
	if (!force)
		raise_status(p, TROUBLE);
}

/*
 * Read both sides, from the ends of their files if `jump`, and check them.
 * Without it only those are read, again, that have jumped.
 */
static int
read_sides(struct program *p, struct side sides[2], bool jump)
{
	unsigned	 files = p->options.file_count;

	for (unsigned i = 0; i < files; i++)
		if ((jump || sides[i].picked.jumped) &&
		    read_picks(p, &sides[i], files == 1 ? 2 : 1, jump,
		    p->memory->dumps[i]) == -1)
			return -1;
	for (unsigned i = 0; i < 2; i++)
		if (sides[i].dump != NULL)
			check_dump(sides[i].dump, &sides[i].flaws);
	if (sides[0].dump != NULL && sides[1].dump != NULL)
		examine(p, sides);
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
 * tell: is there anything to say of sides that were read so?
 */
static bool
must_read_whole(const struct side sides[2])
{
	bool	 jumped = false, lines = false;

	for (int i = 0; i < 2; i++) {
		jumped = jumped || sides[i].picked.jumped;
		lines = lines || sides[i].dump == NULL ||
		    sides[i].picked.torn != 0 ||
		    name_lines(&sides[i].flaws) ||
		    name_lines(&sides[i].warnings);
	}
	return jumped && lines;
}

/* Two dumps, of one file or of two. */
static int
run_pair(struct program *p)
{
	struct side	 sides[2] = { { 0 } };

	for (unsigned i = 0; i < 2; i++) {
		sides[i].file = p->options.files[
		    i < p->options.file_count ? i : 0];
		sides[i].number = p->options.select[i];
		sides[i].base = NO_BASE;
	}
	if (read_sides(p, sides, true) == -1 || (must_read_whole(sides) &&
	    read_sides(p, sides, false) == -1))
		return -1;
	for (unsigned i = 0; i < 2; i++)
		if (require_dump(p, &sides[i]) == -1)
			return -1;
	print_damage(p, sides);
	print_torn_stream(p, sides);
	tell(p, sides);
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
	struct side	 sides[2] = { { .file = file }, { .file = file } };
	struct side	*after = &sides[1];
	struct dump	*free = &p->memory->dumps[0][1];
	struct reader	 reader;
	uint64_t	 usable = 0, number = 0;
	int		 fd, got;

	if ((fd = open_input(p, file, NO_BASE)) == -1)
		return -1;
	reader_open(&reader, &p->memory->input);
	after->dump = &p->memory->dumps[0][0];
	while ((got = dump_next(&reader, after->dump)) == 1) {
		after->number = (int64_t)++number;
		if (!is_usable(p, after))
			continue;
		if (++usable > 1) {
			examine(p, sides);
			tell(p, sides);
			free = sides[0].dump;
		}
		sides[0] = *after;
		after->dump = free;
		if (out_flush(&p->out) == -1)
			break;
	}
	close_input(file, fd);
	if (p->out.error != 0)
		return -1;
	if (got == -1)
		return trouble(p, file, p->memory->input.error);
	if (usable >= 2)
		return 0;
	after->picked.count = usable;
	return too_few(p, after, number == usable ?
	    "two dumps are needed, it holds " :
	    "two whole dumps are needed, it holds ");
}

/* A limit that no row has met is misspelt, and must not pass. */
static int
require_matches(struct program *p)
{
	int	 bad = 0;

	for (unsigned i = 0; i < p->options.limit_count; i++) {
		const char	*rule = p->options.limits[i].rule;

		if (p->matched[i])
			continue;
		out_str(begin_message(p), "limit ");
		out_quoted(&p->err, rule, strlen(rule));
		out_str(&p->err, " matches no row");
		end_message(p);
		bad = -1;
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
	if ((p->options.each ? run_each(p) : run_pair(p)) == -1)
		return -1;
	return require_matches(p);
}

int
main(int argc, char **argv)
{
	static struct memory	 memory;
	struct program		 p = { .memory = &memory };

	p.out = (struct out){ memory.output, sizeof(memory.output), 0,
	    STDOUT_FILENO, 0, 0 };
	p.err = (struct out){ memory.message, sizeof(memory.message), 0,
	    STDERR_FILENO, 0, 0 };
	/* A file that may not grow is an error of write(2), as a full disk. */
	signal(SIGXFSZ, SIG_IGN);
	begin_message(&p);
	if (options_parse(argc, argv, &p.options, &p.err) == -1) {
		end_message(&p);
		out_str(begin_message(&p),
		    "Try 'pymallocdiff --help' for more information.");
		end_message(&p);
		return TROUBLE;
	}
	p.err.len = 0;
	if (run(&p) == -1)
		p.status = TROUBLE;
	if (out_close(&p.out) == -1) {
		out_str(begin_message(&p), "standard output: ");
		out_str(&p.err, strerror(p.out.error));
		end_message(&p);
		p.status = TROUBLE;
	}
	return p.status;
}
