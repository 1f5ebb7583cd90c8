/*
 * brute FILE...: each file holds one dump, and nothing else. All its prefixes,
 * each of its digits replaced by each other one, each line left out and each
 * doubled: how many of these does check_dump find? Prints a line of figures a
 * file, and on standard error what was missed but should not have been.
 *
 * Lines are told apart here by their text alone, not by src/line.c.
 */
#include <stdio.h>
#include <string.h>

#include "harness.h"

enum { LINES_MAX = 256 };

enum part {
	PART_BLANK, PART_HEADER, PART_HEADING, PART_DASHES, PART_ROW,
	PART_TIMES, PART_VALUE, PART_TOTAL, PART_MAP, PART_ROOT, PART_MIMALLOC,
	PART_FREE, PART_PROCESS, PART_IGNORED
};

#define BIT(part)	(1U << (part))

/* Whose digits are counted together; BARE ones have no redundancy. */
enum digits { DIGITS_PYMALLOC, DIGITS_MIMALLOC, DIGITS_FREE, DIGITS_BARE };

static const struct {
	const char	*text;
	bool		 starts;	/* a line, else it is in it */
	enum part	 part;
} marks[] = {
	{ "\n", true, PART_BLANK },
	{ "Small block threshold =", true, PART_HEADER },
	{ "class   size ", true, PART_HEADING },
	{ "-----", true, PART_DASHES },
	{ "# times object malloc called", true, PART_TIMES },
	{ "# bytes lost to arena map root", true, PART_ROOT },
	{ "# bytes resident ", true, PART_PROCESS },
	{ "# bytes in malloc ", true, PART_PROCESS },
	{ "# ", true, PART_VALUE },
	{ "Total ", true, PART_TOTAL },
	{ "arena map counts\n", true, PART_MAP },
	{ "Medium block ", true, PART_MIMALLOC },
	{ "Large object ", true, PART_MIMALLOC },
	{ "    Allocated B", true, PART_MIMALLOC },
	{ "    Bytes ", true, PART_MIMALLOC },
	{ " interned strings", false, PART_IGNORED },
	{ " free ", false, PART_FREE },
	{ " PyIntBlocks * ", false, PART_FREE },
	{ " PyFloatBlocks * ", false, PART_FREE },
	{ " arenas * ", false, PART_VALUE },
	{ " unused pools * ", false, PART_VALUE },
	{ "  ", false, PART_ROW }
};

struct piece {
	size_t		 at, n;		/* the line, its LF included */
	enum part	 part;
};

struct tally {
	unsigned long	 tried, found;
};

struct file {
	const char	*name;
	struct sample	 bytes;
	struct piece	 lines[LINES_MAX];
	unsigned	 count;
	unsigned	 parts;		/* a BIT for each part that is there */
	unsigned	 last;		/* line of the summary */
	bool		 nodes;		/* of an arena map: a 64-bit build's */
	size_t		 whole;		/* a dump cut before this is damaged */
	struct tally	 prefixes, torn_ends, digits[DIGITS_BARE];
	struct tally	 deleted, doubled;
	bool		 failed;
};

struct findings {
	unsigned	 dumps, damaged;
};

static bool
contains(const unsigned char *p, size_t n, const char *text)
{
	size_t	 len = strlen(text);

	for (; n >= len; p++, n--)
		if (memcmp(p, text, len) == 0)
			return true;
	return false;
}

static enum part
which_part(const struct file *f, const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		size_t	 len = strlen(marks[i].text);

		if (contains(p, marks[i].starts && len < n ? len : n,
		    marks[i].text))
			return marks[i].part;
	}
	harness_die(f->name, "holds a line that is none of a dump's");
	return PART_BLANK;
}

/* Split the file, and find the line without which its dump is not whole. */
static void
split(struct file *f)
{
	const struct sample	*s = &f->bytes;
	bool			 radix, summed = false;
	size_t			 n;

	radix = contains(s->data, s->n, " * 16384 bytes");
	f->nodes = contains(s->data, s->n, "# arena map mid nodes");
	if (s->n == 0 || s->data[s->n - 1] != '\n')
		harness_die(f->name, "does not end with a line");
	for (size_t at = 0; at < s->n; at += n) {
		enum part	 part;

		if (f->count == LINES_MAX)
			harness_die(f->name, "has too many lines");
		sample_line(s, at, &n);
		part = which_part(f, s->data + at, n);
		if (part == PART_TOTAL || part == PART_VALUE ||
		    part == PART_ROOT || part == PART_MIMALLOC)
			f->last = f->count;
		if (part == PART_MIMALLOC ||
		    (part == PART_TOTAL && (radix || !summed)))
			f->whole = at + n - 1;
		summed = summed || part == PART_TOTAL;
		f->parts |= BIT(part);
		f->lines[f->count++] = (struct piece){ at, n, part };
	}
}

static struct findings
judge(const struct sample *s)
{
	static struct input	 in;
	static struct dump	 d;
	static struct messages	 m;
	static struct reader	 r;
	struct findings		 v = { 0, 0 };
	struct names		 names = { .types = 0 };

	memset(&r, 0, sizeof(r));
	sample_open(s, &in, &r, &names);
	while (harness_next(&r, &names, &d, &m) == 1) {
		v.dumps++;
		v.damaged += (d.flags & DUMP_DAMAGED) != 0;
	}
	return v;
}

/* Nothing whole is left of it. */
static bool
is_found(const struct sample *s)
{
	struct findings	 v = judge(s);

	return v.damaged == v.dumps;
}

/* A miss: the change, and n bytes of the line to which it was done. */
static void
print_miss(const struct file *f, const char *change, const struct piece *l,
    size_t n)
{
	fprintf(stderr, "%s:%u: %s is not found: %.*s\n", f->name,
	    (unsigned)(l - f->lines) + 1, change, (int)n,
	    (const char *)f->bytes.data + l->at);
}

static void
count(struct file *f, struct tally *t, bool found, const char *change,
    const struct piece *l, size_t n)
{
	t->tried++;
	t->found += found;
	if (found)
		return;
	f->failed = true;
	print_miss(f, change, l, n);
}

/*
 * Behind what a dump needs, a cut shows only inside of a line of a free list
 * or of the process, once the line has begun; its newline may be missing.
 */
static bool
is_torn_end(const struct file *f, const struct piece *l, size_t n)
{
	size_t	 at = l->at;

	while (f->bytes.data[at] == ' ')
		at++;
	return (l->part == PART_FREE || l->part == PART_PROCESS) && n > at &&
	    n < l->at + l->n - 1;
}

static void
try_prefixes(struct file *f)
{
	const struct piece	*l = f->lines;
	size_t			 all = f->bytes.n;

	for (size_t n = 0; n < all; n++) {
		bool	 found;

		if (n == l->at + l->n)
			l++;
		if (n >= f->whole && !is_torn_end(f, l, n))
			continue;
		f->bytes.n = n;
		found = is_found(&f->bytes);
		f->bytes.n = all;
		count(f, n < f->whole ? &f->prefixes : &f->torn_ends, found,
		    "a cut", l, n - l->at);
	}
}

static enum digits
whose_digits(const struct file *f, const struct piece *l)
{
	if (l->part == PART_FREE)
		return DIGITS_FREE;
	if (l->part == PART_PROCESS || l->part == PART_IGNORED)
		return DIGITS_BARE;
	if (f->parts & BIT(PART_MIMALLOC))
		return DIGITS_MIMALLOC;
	if (l->part == PART_TIMES || (l->part == PART_ROOT && !f->nodes))
		return DIGITS_BARE;
	return DIGITS_PYMALLOC;
}

/* One line: each digit by each other one. Misses are told where `list`. */
static void
try_digits(struct file *f, const struct piece *l, struct tally *t, bool list)
{
	for (size_t at = l->at; at < l->at + l->n; at++) {
		unsigned char	*p = &f->bytes.data[at], was = *p;

		if (was < '0' || was > '9')
			continue;
		for (*p = '0'; *p <= '9'; ++*p) {
			char	 change[] = "0 for 0";
			bool	 found;

			if (*p == was)
				continue;
			found = is_found(&f->bytes);
			t->tried++;
			t->found += found;
			change[0] = (char)*p;
			change[6] = (char)was;
			if (!found && list)
				print_miss(f, change, l, l->n - 1);
		}
		*p = was;
	}
}

/* Of pymalloc's digits no more than one in 200 may be missed. */
static void
try_all_digits(struct file *f)
{
	const struct tally	*t = &f->digits[DIGITS_PYMALLOC];
	struct tally		 again = { 0, 0 };

	for (unsigned i = 0; i < f->count; i++) {
		enum digits	 whose = whose_digits(f, &f->lines[i]);

		if (whose != DIGITS_BARE)
			try_digits(f, &f->lines[i], &f->digits[whose], false);
	}
	if ((t->tried - t->found) * 200 <= t->tried)
		return;
	f->failed = true;
	for (unsigned i = 0; i < f->count; i++)
		if (whose_digits(f, &f->lines[i]) == DIGITS_PYMALLOC)
			try_digits(f, &f->lines[i], &again, true);
}

/* Left out, does it leave something that is not whole? */
static bool
is_needed(const struct piece *l)
{
	switch (l->part) {
	case PART_BLANK:
	case PART_DASHES:
	case PART_TIMES:
	case PART_FREE:
	case PART_PROCESS:
	case PART_IGNORED:
		return false;
	default:
		return true;
	}
}

static void
try_deletions(struct file *f)
{
	unsigned char	 text[SAMPLE_MAX];

	for (unsigned i = 0; i < f->count; i++) {
		const struct piece	*l = &f->lines[i];
		bool			 found;

		if (!is_needed(l))
			continue;
		memcpy(text, f->bytes.data + l->at, l->n);
		sample_cut(&f->bytes, l->at, l->n);
		found = is_found(&f->bytes);
		sample_insert(&f->bytes, l->at, text, l->n);
		count(f, &f->deleted, found, "left out", l, l->n - 1);
	}
}

/*
 * What follows on the last line is a log's already; the first of free lists
 * alone begins a second dump.
 */
static bool
is_single(const struct file *f, const struct piece *l)
{
	switch (l->part) {
	case PART_BLANK:
	case PART_HEADING:
	case PART_DASHES:
	case PART_MAP:
	case PART_IGNORED:
		return false;
	case PART_FREE:
		return l > f->lines || (f->parts & BIT(PART_HEADER));
	default:
		return l != &f->lines[f->last];
	}
}

static void
try_doubles(struct file *f)
{
	unsigned char	 text[SAMPLE_MAX];

	for (unsigned i = 0; i < f->count; i++) {
		const struct piece	*l = &f->lines[i];
		struct findings		 v;

		if (!is_single(f, l))
			continue;
		memcpy(text, f->bytes.data + l->at, l->n);
		if (!sample_insert(&f->bytes, l->at, text, l->n))
			harness_die(f->name, "is too big");
		v = judge(&f->bytes);
		sample_cut(&f->bytes, l->at, l->n);
		/* Behind two headers there is a dump that is whole. */
		count(f, &f->doubled, l->part == PART_HEADER ?
		    v.damaged == 1 : v.damaged == v.dumps, "doubled", l,
		    l->n - 1);
	}
}

static void
print_tally(const char *what, const struct tally *t)
{
	unsigned long	 share;

	if (t->tried == 0)
		return;
	share = t->found * 10000 / t->tried;
	printf(" %s %lu/%lu", what, t->found, t->tried);
	if (t->found < t->tried)
		printf(" (%lu.%02lu %%)", share / 100, share % 100);
}

static bool
try_file(struct file *f)
{
	struct findings	 v;

	sample_load(&f->bytes, f->name);
	split(f);
	v = judge(&f->bytes);
	if (v.dumps != 1 || v.damaged != 0) {
		fprintf(stderr, "%s: %u dumps, %u damaged, unmodified\n",
		    f->name, v.dumps, v.damaged);
		f->failed = true;
	}
	try_prefixes(f);
	try_all_digits(f);
	try_deletions(f);
	try_doubles(f);
	printf("%s: found", f->name);
	print_tally("prefixes", &f->prefixes);
	print_tally("prefixes of its end", &f->torn_ends);
	print_tally("digits", &f->digits[DIGITS_PYMALLOC]);
	print_tally("mimalloc digits", &f->digits[DIGITS_MIMALLOC]);
	print_tally("free-list digits", &f->digits[DIGITS_FREE]);
	print_tally("left out", &f->deleted);
	print_tally("doubled", &f->doubled);
	printf("%s\n", f->failed ? " FAILED" : "");
	return !f->failed;
}

int
main(int argc, char **argv)
{
	static const struct file	 none;
	static struct file		 file;
	bool				 good = argc > 1;

	for (int i = 1; i < argc; i++) {
		file = none;
		file.name = argv[i];
		good = try_file(&file) && good;
		fflush(stdout);
	}
	return good && fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
