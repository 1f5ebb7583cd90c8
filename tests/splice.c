/*
 * splice SEED COUNT FILE...: the pymalloc dumps of the files; those of one
 * folder are one interpreter's. COUNT times each: the head of one dump and the
 * tail of another, cut at line ends; the lines of both merged, as two writers
 * do it; head and tail cut at any byte. A dump in the result that is accepted
 * and whose rows are those of neither has been missed. Prints the share of
 * each, and with SPLICE_SHOW in the environment the first SHOWN. Status 1 if a
 * share is above MOST hundredths of a percent.
 *
 * Free lists are tied to nothing: nearly all that is missed is the table of
 * one dump with free lists of the other. So free lists alone, and mimalloc's
 * eight lines, are left out here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "rows.h"

enum { DUMPS_MAX = 2048, SHOWN = 3, MOST = 70 };

struct original {
	const char	*file;
	size_t		 folder;	/* bytes of the file's folder */
	size_t		 at, n;		/* in `text` */
	struct dump	 dump;
};

static struct {
	struct original	 dumps[DUMPS_MAX];
	size_t		 count;
	unsigned char	 text[16 * 1024 * 1024];
	size_t		 used;
	struct names	 names;
	struct reader	 reader;
	struct random	 random;
	struct sample	 bytes;
	bool		 show;
} run;

/* Where each line of the sample starts, in order. */
struct starts {
	size_t	 at[4096];
	size_t	 count;
};

static void
find_lines(const struct sample *s, struct starts *starts)
{
	size_t	 n;

	starts->count = 0;
	for (size_t at = 0; at < s->n; at += n) {
		if (starts->count == sizeof(starts->at) / sizeof(size_t))
			harness_die("splice", "a file has too many lines");
		starts->at[starts->count++] = at;
		sample_line(s, at, &n);
	}
}

/* Keep a dump that stands in these lines, unless it is the one before. */
static void
keep(const char *file, const struct sample *s, const struct starts *starts,
    const struct dump *d)
{
	struct original	*o = &run.dumps[run.count];
	const char	*slash = strrchr(file, '/');
	size_t		 end = s->n;

	if (run.count == DUMPS_MAX)
		harness_die(file, "has too many dumps");
	o->file = file;
	o->folder = slash == NULL ? 0 : (size_t)(slash - file);
	o->dump = *d;
	o->at = run.used;
	if (d->last_line < starts->count)
		end = starts->at[d->last_line];
	o->n = end - starts->at[d->first_line - 1];
	if (o->n > sizeof(run.text) - run.used)
		harness_die(file, "is too big");
	memcpy(run.text + o->at, s->data + starts->at[d->first_line - 1],
	    o->n);
	run.used += o->n;
	run.count++;
}

static void
load(const char *file)
{
	static struct input	 in;
	static struct starts	 starts;
	static struct messages	 m;
	struct dump		 d;

	sample_load(&run.bytes, file);
	find_lines(&run.bytes, &starts);
	sample_open(&run.bytes, &in, &run.reader, &run.names);
	while (harness_next(&run.reader, &run.names, &d, &m) == 1)
		if ((d.flags & DUMP_DAMAGED) == 0 && dump_has(&d, F_TOTAL))
			keep(file, &run.bytes, &starts, &d);
}

static const struct original *
some_dump(void)
{
	return &run.dumps[random_below(&run.random, run.count)];
}

static bool
is_same(const struct dump *a, const struct dump *b)
{
	return !rows_differ(&(struct pair){ .side = { a, b },
	    .names = &run.names });
}

/* Another dump of the same interpreter; NULL: it was not found. */
static const struct original *
find_other(const struct original *o)
{
	for (int i = 0; i < 1000; i++) {
		const struct original	*other = some_dump();

		if (other->folder == o->folder && memcmp(other->file, o->file,
		    o->folder) == 0 && !is_same(&other->dump, &o->dump))
			return other;
	}
	return NULL;
}

static void
append(const struct original *o, size_t from, size_t to)
{
	if (!sample_insert(&run.bytes, run.bytes.n, run.text + o->at + from,
	    to - from))
		harness_die(o->file, "is too big");
}

/* The line end behind this byte of the dump. */
static size_t
line_end(const struct original *o, size_t at)
{
	const unsigned char	*p = run.text + o->at, *lf;

	lf = memchr(p + at, '\n', o->n - at);
	return lf == NULL ? o->n : (size_t)(lf - p) + 1;
}

/* All line ends are as likely as each other, as are all bytes. */
static size_t
some_line_end(const struct original *o)
{
	const unsigned char	*p = run.text + o->at;
	size_t			 lines = 0, line, at = 0;

	for (size_t i = 0; i < o->n; i++)
		lines += p[i] == '\n';
	line = random_below(&run.random, lines == 0 ? 1 : lines);
	for (; line > 0; line--)
		at = line_end(o, at);
	return at;
}

static void
splice_lines(const struct original *a, const struct original *b)
{
	append(a, 0, some_line_end(a));
	append(b, some_line_end(b), b->n);
}

static void
splice_bytes(const struct original *a, const struct original *b)
{
	append(a, 0, random_below(&run.random, a->n + 1));
	append(b, random_below(&run.random, b->n), b->n);
}

/* Some lines of one, some of the other, until both have ended. */
static void
merge(const struct original *a, const struct original *b)
{
	const struct original	*from[2] = { a, b };
	size_t			 at[2] = { 0, 0 };
	size_t			 most = 1 + random_below(&run.random, 32);

	for (bool side = false; at[0] < a->n || at[1] < b->n; side = !side) {
		size_t	 lines = 1 + random_below(&run.random, most);

		for (; lines > 0 && at[side] < from[side]->n; lines--) {
			size_t	 end = line_end(from[side], at[side]);

			append(from[side], at[side], end);
			at[side] = end;
		}
	}
}

static void
show(const struct original *a, const struct original *b, const char *what)
{
	static unsigned	 shown;

	if (shown++ >= SHOWN)
		return;
	fprintf(stderr, "%s of dumps in %s and %s, lines %llu and %llu:\n",
	    what, a->file, b->file, (unsigned long long)a->dump.first_line,
	    (unsigned long long)b->dump.first_line);
	fwrite(run.bytes.data, 1, run.bytes.n, stderr);
}

/* Has any dump been accepted that neither of them is? */
static bool
is_missed(const struct original *a, const struct original *b)
{
	static struct input	 in;
	static struct messages	 m;
	struct dump		 d;

	sample_open(&run.bytes, &in, &run.reader, &run.names);
	while (harness_next(&run.reader, &run.names, &d, &m) == 1)
		if ((d.flags & DUMP_DAMAGED) == 0 && !is_same(&d, &a->dump) &&
		    !is_same(&d, &b->dump))
			return true;
	return false;
}

/* Returns whether few enough were missed. */
static bool
try(const char *what, void (*make)(const struct original *,
    const struct original *), unsigned long count)
{
	unsigned long	 tried = 0, missed = 0, share;

	while (tried < count) {
		const struct original	*a = some_dump(), *b = find_other(a);

		if (b == NULL)
			continue;
		run.bytes.n = 0;
		make(a, b);
		tried++;
		if (is_missed(a, b)) {
			missed++;
			if (run.show)
				show(a, b, what);
		}
	}
	share = missed * 10000 / count;
	printf("%s: %lu of %lu accepted (%lu.%02lu %%)\n", what, missed, count,
	    share / 100, share % 100);
	return share <= MOST;
}

int
main(int argc, char **argv)
{
	unsigned long	 count;
	bool		 good;

	if (argc < 4)
		harness_die("usage", "splice SEED COUNT FILE...");
	run.show = getenv("SPLICE_SHOW") != NULL;
	run.random.state = strtoull(argv[1], NULL, 10) * 2 + 1;
	count = strtoul(argv[2], NULL, 10);
	for (int i = 3; i < argc; i++)
		load(argv[i]);
	printf("%zu dumps\n", run.count);
	good = try("splices at line ends", splice_lines, count);
	good = try("merges of lines", merge, count) && good;
	good = try("splices at bytes", splice_bytes, count) && good;
	return good && fflush(stdout) == 0 ? 0 : 1;
}
