/*
 * pymallocdiff: compares dumps of CPython's memory allocator statistics.
 *
 * main: options in, exit status out. It compares two dumps, of one input or of
 * two; or with -e each dump of a stream with the one before it; or with -L it
 * prints a line for each. The only file that knows argv, standard error and
 * exit.
 */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "compare.h"
#include "gate.h"
#include "source.h"

#define VERSION	"2.0.0"

/* All memory that the program has; what is not used is never touched. */
struct memory {
	struct source	 source;
	struct names	 names;
	struct series	 series;
	struct choice	 choices[2];	/* of the inputs */
	char		 output[32 * 1024];
	char		 message[4 * 1024];
};

struct program {
	struct options		 options;
	struct memory		*memory;
	struct comparison	 comparison;
	struct out		 out, err;
};

/* A whole message, of strings as those of out_cat; returns -1. */
static int
complain_strs(struct program *p, const char *file, const char *const *strings)
{
	say_begin(&p->err, file, 0, false);
	out_strs(&p->err, strings);
	out_char(&p->err, '\n');
	return -1;
}

#define complain(p, file, ...) \
	complain_strs(p, file, (const char *const []){ __VA_ARGS__, NULL })

/* Read input i, and choose two dumps of it, or one of each of two. */
static int
choose(struct program *p, unsigned i)
{
	struct memory	*m = p->memory;
	unsigned	 wants = p->options.file_count == 1 ? 2 : 1;
	const char	*file = p->options.files[i];
	const long	*wanted = p->options.wanted + i;
	bool		 is_log = wants == 2 && wanted[0] >= 0 &&
	    wanted[1] >= 0 && compare_needs_verdict(&p->options);

	if (is_log)
		p->comparison.series = &m->series;
	choice_open(&m->choices[i], wants, wanted, is_log ? &m->series : NULL);
	return source_choose(&m->source, file, &m->names, &m->choices[i],
	    &p->err);
}

/*
 * The first and the last dump of one input, the last ones of two, or those
 * selected.
 */
static int
run_pair(struct program *p)
{
	const struct options	*o = &p->options;
	struct comparison	*c = &p->comparison;
	struct choice		*choices = p->memory->choices;
	unsigned		 inputs = o->file_count;
	struct held		*found[2];

	for (unsigned i = 0; i < inputs; i++)
		if (choose(p, i) == -1)
			return -1;
	for (unsigned i = 0; i < 2; i++) {
		unsigned	 in = inputs == 2 ? i : 0;

		found[i] = choices[in].found[i - in];
		if (found[i] == NULL)
			return complain(p, o->files[in], "no dump ",
			    DEC(o->wanted[i]), ", found ",
			    DEC((int64_t)choices[in].count));
	}
	compare_set(c, found[0], found[1]);
	compare_choices(c, choices);
	if (inputs == 1 && choices->count < 2 && o->wanted[0] == 0)
		return complain(p, o->files[0], "needs two dumps, found 1");
	compare_processes(c, choices);
	for (unsigned i = 0; i < inputs; i++) {
		if (!choices[i].none_at_work)
			continue;
		say_begin(&p->err, o->files[i], 0, true);
		out_str(&p->err, "only dumps from before the first arena or "
		    "after exit to compare\n");
	}
	compare_dumps(c);
	return 0;
}

/* Say why -e has compared nothing. */
static int
fail_each(struct program *p, const struct source *s, uint64_t usable)
{
	if (s->history.count == 0)
		return source_fail(s, &p->err);
	if (usable >= 2)
		return complain(p, s->file, "no two dumps of one process");
	return complain(p, s->file, "needs two dumps, found ",
	    DEC((int64_t)usable));
}

/* Each dump of a stream against the usable one before it. */
static int
run_each(struct program *p, struct source *s)
{
	struct comparison	*c = &p->comparison;
	struct held		*before = p->memory->choices[0].held;
	struct held		*after = before + 1, *swap;
	uint64_t		 usable = 0, compared = 0;
	bool			 begun = false;	/* there is one before */
	bool			 damaged;
	int			 got;

	while ((got = source_next(s, after)) == 1) {
		if (s->history.change.dump != 0) {
			compare_change(c, s->file, &s->history.change, true);
			out_char(&p->err, '\n');
			begun = false;
		}
		damaged = dump_is_damaged(&after->dump) &&
		    !compare_damage(c, s->file, after, "");
		usable += !damaged;
		if (damaged || !dump_is_at_work(&after->dump)) {
			out_flush(&p->err);
			continue;
		}
		if (begun) {
			compare_set(c, before, after);
			compare_dumps(c);
			compared++;
		}
		begun = true;
		swap = before;
		before = after;
		after = swap;
		out_flush(&p->err);
		if (out_flush(&p->out) == -1)
			return 0;
	}
	if (got == -1)
		return source_fail(s, &p->err);
	return compared > 0 ? 0 : fail_each(p, s, usable);
}

/* A line for each dump. */
static int
run_list(struct program *p, struct source *s)
{
	struct held	*held = p->memory->choices[0].held;
	bool		 quiet = p->options.quiet;
	int		 got;

	while ((got = source_next(s, held)) == 1) {
		if (dump_is_damaged(&held->dump))
			compare_damage(&p->comparison, s->file, held, "");
		dump_levels(&held->dump);
		if (!quiet && held->dump.number == 1)
			list_header(p->options.format, &p->out);
		if (!quiet)
			list_dump(p->options.format, &held->dump, &p->out);
		out_flush(&p->err);
		if (out_flush(&p->out) == -1)
			return 0;
	}
	return got == -1 || s->history.count == 0 ?
	    source_fail(s, &p->err) : 0;
}

/* One input, dump after dump as it comes. */
static int
run_stream(struct program *p)
{
	struct source	*s = &p->memory->source;
	int		 result;

	if (source_open(s, p->options.files[0], &p->memory->names,
	    &p->err) == -1)
		return -1;
	result = p->options.list ? run_list(p, s) : run_each(p, s);
	source_close(s);
	return result;
}

static int
run(struct program *p)
{
	const struct options	*o = &p->options;
	int			 result;

	if (o->help || o->version) {
		out_str(&p->out, o->help ? options_help :
		    "pymallocdiff " VERSION "\n");
		return 0;
	}
	result = o->each || o->list ? run_stream(p) : run_pair(p);
	if (p->out.error != 0)
		return -1;
	if (result == 0 && gate_unmatched(o, p->comparison.matched,
	    o->files[o->file_count - 1], &p->err) == GATE_BLIND)
		result = -1;
	return result;
}

int
main(int argc, char **argv)
{
	static struct memory	 memory;
	struct program		 p = { .memory = &memory };
	struct comparison	*c = &p.comparison;
	char			 text[OPTIONS_ERROR + 1];
	struct out		 wrong = out_memory(text, OPTIONS_ERROR);

	p.out = out_memory(memory.output, sizeof(memory.output));
	p.out.fd = STDOUT_FILENO;
	p.err = out_memory(memory.message, sizeof(memory.message));
	p.err.fd = STDERR_FILENO;
	*c = (struct comparison){ .report = { .options = &p.options,
	    .pair = { .names = &memory.names } }, .out = &p.out,
	    .err = &p.err };
	/* A file that may not grow is an error of write(2), as a full disk. */
	signal(SIGXFSZ, SIG_IGN);
	if (options_parse(argc, argv, &p.options, &wrong) == -1) {
		text[wrong.len] = '\0';
		complain(&p, NULL, text);
		complain(&p, NULL, "Try 'pymallocdiff --help' for more "
		    "information.");
		c->status = TROUBLE;
	} else if (run(&p) == -1) {
		c->status = TROUBLE;
	}
	out_flush(&p.err);
	if (out_close(&p.out) == -1) {
		complain(&p, NULL, "standard output: ",
		    strerror(p.out.error));
		c->status = TROUBLE;
	}
	return out_flush(&p.err) == 0 ? c->status : TROUBLE;
}
