/*
 * lines SEED COUNT FILE...: COUNT lines of the files, most of them mutated,
 * are tokenized by plain.c and by line_scan. What the fast path accepts, the
 * slow path must have read with the same numbers. Prints how many the fast
 * path took.
 *
 * The lines of a file follow each other now and then, as in a dump, for the
 * fast path remembers lines. Each stands at the very end of a buffer, with as
 * many bytes behind it as plain.c may read.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"

enum {
	LINE = 256,		/* longer lines are left out */
	BUFFER = LINE + PLAIN_BYTES,
	LINES_MAX = 64 * 1024,
	MUTATED = 4,		/* all but each fourth line is */
	MISSED = 10		/* one in so many lines that printf made may
				   be left to the slow path */
};

static struct {
	struct sample	 bytes;
	struct plain	 plain;
	struct names	 names;
	struct random	 random;
	struct {
		unsigned char	 bytes[LINE];
		size_t		 n;	/* its line end included */
	} lines[LINES_MAX];
	size_t		 count;
	unsigned long	 taken, whole, whole_taken;
} run;

static void
print_line(const unsigned char *p, size_t n)
{
	struct out	 o;
	char		 text[4 * BUFFER + 8];

	o = out_memory(text, sizeof(text) - 1);
	out_escaped(&o, p, n);
	text[o.len] = '\0';
	fprintf(stderr, "\t%s\n", text);
}

static void
fail(const char *what, const unsigned char *p, size_t n,
    const struct line *fast, const struct line *slow)
{
	const struct line	*both[2] = { fast, slow };

	fprintf(stderr, "lines: %s:\n", what);
	print_line(p, n);
	for (int i = 0; i < 2; i++)
		fprintf(stderr, "\tkind %d, fault %d, field %d, numbers %lld "
		    "%lld %lld %lld\n", (int)both[i]->kind,
		    (int)both[i]->fault, (int)both[i]->field,
		    (long long)both[i]->n[0], (long long)both[i]->n[1],
		    (long long)both[i]->n[2], (long long)both[i]->n[3]);
	exit(1);
}

/* How many numbers a line of this kind has. */
static int
numbers(enum line_kind kind)
{
	switch (kind) {
	case LINE_ROW:
		return 4;
	case LINE_PAIR:
	case LINE_FREE:
		return 3;
	case LINE_HEADER:
		return 2;
	case LINE_VALUE:
	case LINE_UNKNOWN:
		return 1;
	default:
		return 0;
	}
}

/* Only the place tells which of the two it is. */
static enum field
either_total(enum field f)
{
	return f == F_MAP_TOTAL ? F_TOTAL : f;
}

static bool
is_same(const struct line *a, const struct line *b)
{
	if (a->kind != b->kind || a->fault != b->fault ||
	    either_total(a->field) != either_total(b->field))
		return false;
	if (a->fault != FAULT_NONE)
		return true;
	for (int i = 0; i < numbers(a->kind); i++)
		if (a->n[i] != b->n[i])
			return false;
	return true;
}

static enum field
some_field(void)
{
	return (enum field)(F_TIMES +
	    random_below(&run.random, F_NAMED - F_TIMES));
}

/* Without LF, CR and no-break spaces, as input_next gives a line. */
static size_t
as_input(const unsigned char *p, size_t n, unsigned char *line)
{
	size_t	 len = 0;

	while (n > 0 && p[n - 1] == '\r')
		n--;
	for (size_t i = 0; i < n; i++) {
		line[len++] = p[i];
		if (p[i] == 0xc2 && i + 1 < n && p[i + 1] == 0xa0) {
			line[len - 1] = ' ';
			i++;
		}
	}
	return len;
}

/* The slow path: n bytes without their LF. */
static void
scan_slowly(const unsigned char *p, size_t n, unsigned char *line, size_t *len,
    struct line *l)
{
	*len = as_input(p, n, line);
	line_scan(line, *len, l);
	if (l->kind == LINE_FREE && l->fault == FAULT_NONE &&
	    l->field == F_NONE)
		l->field = names_type(&run.names, l->name, l->len);
}

/* The n bytes at p end with LF; PLAIN_BYTES of them or more can be read. */
static void
try_line(const unsigned char *p, size_t n, enum field expect, bool printed)
{
	static unsigned char		 bytes[LINE];
	const struct plain_line		*plain;
	struct line			 slow;
	size_t				 len;

	plain = plain_same(&run.plain, p);
	if (plain == NULL)
		plain = plain_scan(&run.plain, p, expect);
	scan_slowly(p, n - 1, bytes, &len, &slow);
	run.whole += printed;
	if (plain == NULL)
		return;
	run.taken++;
	run.whole_taken += printed;
	if (plain->all != n || plain->len != len ||
	    memcmp(p, bytes, len) != 0)
		fail("the fast path takes another line", p, n, &plain->line,
		    &slow);
	if (!is_same(&plain->line, &slow))
		fail("the fast path reads it otherwise", p, n, &plain->line,
		    &slow);
}

/* Change one byte, or put one in, or take one out, of *n without line end. */
static void
mutate_line(unsigned char *p, size_t *n)
{
	static const unsigned char	 likely[] = { '0', '1', '9', ',', ' ' };
	struct random			*r = &run.random;
	size_t				 at = random_below(r, *n + 1);
	unsigned char			 byte = random_byte(r);

	if (byte == '\n')
		byte = ' ';
	switch (random_below(r, 8)) {
	case 0:
		if (*n + 4 < LINE) {
			memmove(p + at + 1, p + at, *n - at);
			p[at] = byte;
			++*n;
		}
		break;
	case 1:
		if (at < *n)
			memmove(p + at, p + at + 1, --*n - at);
		break;
	case 2:
		if (at > 0)
			p[at - 1] = p[random_below(r, *n)];
		break;
	case 3:
		while (at < *n && (p[at] < '0' || p[at] > '9'))
			at++;
		if (at < *n)
			p[at] = likely[random_below(r, sizeof(likely))];
		break;
	default:
		if (at < *n)
			p[at] = byte;
		break;
	}
}

/* Line number i, mutated or not; its successor often comes next. */
static void
run_line(size_t i, bool mutated)
{
	static unsigned char	 buffer[BUFFER];
	unsigned char		 line[LINE], *p;
	struct random		*r = &run.random;
	size_t			 n = run.lines[i].n - 1, all;
	bool			 cr;

	memcpy(line, run.lines[i].bytes, n);
	cr = random_below(r, 4) == 0;
	for (; mutated && n > 0; mutated = random_below(r, 3) == 0)
		mutate_line(line, &n);
	if (cr)
		line[n++] = '\r';
	line[n++] = '\n';
	all = n > PLAIN_BYTES ? n : PLAIN_BYTES;
	p = buffer + BUFFER - all;
	memcpy(p, line, n);
	for (size_t at = n; at < all; at++)
		p[at] = run.lines[(i + 1) % run.count].bytes[at - n];
	try_line(p, n, some_field(), false);
}

static void
run_lines(unsigned long count)
{
	struct random	*r = &run.random;
	size_t		 i = 0;

	for (unsigned long k = 0; k < count; k++) {
		if (random_below(r, 4) == 0)
			i = random_below(r, run.count);
		if (random_below(r, 64) == 0)
			run.plain.last = 0;
		run_line(i, random_below(r, MUTATED) != 0);
		i = (i + 1) % run.count;
	}
}

/* Rows, free lists and other lines of printone. */
static bool
is_for_fast_path(const unsigned char *p, const struct line *l)
{
	return l->fault == FAULT_NONE && (l->kind == LINE_ROW ||
	    l->kind == LINE_PAIR || (l->kind == LINE_FREE &&
	    p[TYPE_COLUMNS + 1] == '=') || (l->kind == LINE_VALUE &&
	    p[LABEL_COLUMNS] == '='));
}

/* The lines as they are, in order: nearly all are the fast path's. */
static void
run_whole(void)
{
	unsigned char	 p[BUFFER];
	enum field	 expect = F_TIMES;

	for (size_t i = 0; i < run.count; i++) {
		struct line	 l;
		size_t		 n = run.lines[i].n;

		memset(p, ' ', BUFFER);
		memcpy(p, run.lines[i].bytes, n);
		line_scan(p, n - 1, &l);
		if (l.kind == LINE_HEADER) {
			expect = F_TIMES;
			run.plain.last = 0;
			continue;
		}
		try_line(p, n, expect, is_for_fast_path(p, &l));
		if (l.kind == LINE_VALUE || l.kind == LINE_PAIR)
			expect = l.field + (l.kind == LINE_PAIR ? 2 : 1);
		if (expect >= F_NAMED)
			expect = F_TIMES;
	}
}

static void
load(const char *file)
{
	size_t	 n;

	sample_load(&run.bytes, file);
	for (size_t at = 0; at < run.bytes.n; at += n) {
		sample_line(&run.bytes, at, &n);
		if (run.count == LINES_MAX)
			harness_die(file, "has too many lines");
		if (n + 4 >= LINE || run.bytes.data[at + n - 1] != '\n')
			continue;
		memcpy(run.lines[run.count].bytes, run.bytes.data + at, n);
		run.lines[run.count++].n = n;
	}
}

int
main(int argc, char **argv)
{
	unsigned long	 count;

	if (argc < 4)
		harness_die("usage", "lines SEED COUNT FILE...");
	run.random.state = strtoull(argv[1], NULL, 10) * 2 + 1;
	run.plain.names = &run.names;
	count = strtoul(argv[2], NULL, 10);
	for (int i = 3; i < argc; i++)
		load(argv[i]);
	run_whole();
	run_whole();
	if (run.whole_taken < run.whole - run.whole / MISSED) {
		fprintf(stderr, "lines: of %lu lines of dumps the fast path "
		    "takes %lu only\n", run.whole, run.whole_taken);
		return 1;
	}
	run.taken = 0;
	run_lines(count);
	printf("%lu lines, %lu by the fast path; of dumps %lu of %lu\n", count,
	    run.taken, run.whole_taken, run.whole);
	return fflush(stdout) == 0 ? 0 : 1;
}
