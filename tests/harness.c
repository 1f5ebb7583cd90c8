/*
 * harness: the bytes of an input in memory, to be edited and read in process.
 * The bytes stand at the very end of the input's buffer: whoever reads behind
 * them leaves the struct, and a sanitizer sees it.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cursor.h"
#include "harness.h"

void
harness_die(const char *file, const char *what)
{
	fprintf(stderr, "%s: %s\n", file, what);
	exit(1);
}

void
sample_load(struct sample *s, const char *file)
{
	FILE	*f = fopen(file, "rb");

	if (f == NULL)
		harness_die(file, "cannot be opened");
	s->n = fread(s->data, 1, sizeof(s->data), f);
	if (ferror(f))
		harness_die(file, "cannot be read");
	if (s->n == sizeof(s->data))
		harness_die(file, "is too big");
	fclose(f);
}

void
sample_copy(struct sample *to, const struct sample *from)
{
	to->n = from->n;
	memcpy(to->data, from->data, from->n);
}

size_t
sample_line(const struct sample *s, size_t at, size_t *n)
{
	const unsigned char	*lf;
	size_t			 from = at;

	assert(at < s->n);
	while (from > 0 && s->data[from - 1] != '\n')
		from--;
	lf = memchr(s->data + at, '\n', s->n - at);
	*n = (lf == NULL ? s->n : (size_t)(lf - s->data) + 1) - from;
	return from;
}

void
sample_cut(struct sample *s, size_t at, size_t n)
{
	assert(at <= s->n && n <= s->n - at);
	memmove(s->data + at, s->data + at + n, s->n - at - n);
	s->n -= n;
}

bool
sample_insert(struct sample *s, size_t at, const void *p, size_t n)
{
	assert(at <= s->n);
	if (n > sizeof(s->data) - s->n)
		return false;
	memmove(s->data + at + n, s->data + at, s->n - at);
	memcpy(s->data + at, p, n);
	s->n += n;
	return true;
}

static void
append(struct sample *s, const void *p, size_t n)
{
	if (!sample_insert(s, s->n, p, n))
		harness_die("a sample", "has become too big");
}

void
sample_wrap(struct sample *s, const char *prefix, const char *suffix)
{
	static struct sample	 from;
	size_t			 n;

	sample_copy(&from, s);
	s->n = 0;
	for (size_t at = 0; at < from.n; at += n) {
		bool	 lf;

		sample_line(&from, at, &n);
		lf = from.data[at + n - 1] == '\n';
		append(s, prefix, strlen(prefix));
		append(s, from.data + at, n - lf);
		if (lf) {
			append(s, suffix, strlen(suffix));
			append(s, "\n", 1);
		}
	}
}

/* xorshift64*: the same mutations everywhere. */
static uint64_t
next_random(struct random *r)
{
	r->state ^= r->state >> 12;
	r->state ^= r->state << 25;
	r->state ^= r->state >> 27;
	return r->state * UINT64_C(2685821657736338717) >> 16;
}

size_t
random_below(struct random *r, size_t n)
{
	return (size_t)(next_random(r) % n);
}

unsigned char
random_byte(struct random *r)
{
	static const char	 bytes[] = "00112233445566778899 ,=#*-+:\t\r\n";
	size_t			 at = random_below(r, 2 * sizeof(bytes));

	if (at < sizeof(bytes))
		return (unsigned char)bytes[at];	/* its NUL too */
	return (unsigned char)next_random(r);
}

/* A place in the bytes, of which there is one; half the time a digit's. */
static size_t
some_place(const struct sample *s, struct random *r)
{
	size_t	 at = random_below(r, s->n), from = at;

	if (random_below(r, 2) == 0)
		while (at < s->n && !is_digit(s->data[at]))
			at++;
	return at < s->n ? at : from;
}

/* A line of it, its LF included, as sample_line says. */
static size_t
some_line(const struct sample *s, struct random *r, size_t *n)
{
	return sample_line(s, random_below(r, s->n), n);
}

static void
flip_bit(struct sample *s, struct random *r)
{
	unsigned char	*p = &s->data[some_place(s, r)];

	*p ^= (unsigned char)(1 << random_below(r, 8));
}

static void
replace_byte(struct sample *s, struct random *r)
{
	unsigned char	*p = &s->data[some_place(s, r)];

	*p = random_byte(r);
}

static void
replace_digit(struct sample *s, struct random *r)
{
	unsigned char	*p = &s->data[some_place(s, r)];

	*p = (unsigned char)('0' + random_below(r, 10));
}

static void
insert_byte(struct sample *s, struct random *r)
{
	unsigned char	 byte = random_byte(r);

	sample_insert(s, some_place(s, r), &byte, 1);
}

/* Words that the reader looks for, where nobody expects them. */
static void
insert_words(struct sample *s, struct random *r)
{
	static const char *const	 words[] = {
		"\xc2\xa0", "\r", "\\n", "Sm", HEADER_WORDS " 512, in 32 size "
		"classes.", HEADING, MAP_WORDS, "# bytes", "Total", " free ",
		" free PyDictObjects * 48 bytes each =", "Medium block", ",000"
	};
	const char			*word = words[random_below(r,
	    sizeof(words) / sizeof(*words))];

	sample_insert(s, some_place(s, r), word, strlen(word));
}

static void
delete_byte(struct sample *s, struct random *r)
{
	sample_cut(s, some_place(s, r), 1);
}

static void
delete_line(struct sample *s, struct random *r)
{
	size_t	 n, at = some_line(s, r, &n);

	sample_cut(s, at, n);
}

static void
double_line(struct sample *s, struct random *r)
{
	static unsigned char	 line[SAMPLE_MAX];
	size_t			 n, at = some_line(s, r, &n);

	memcpy(line, s->data + at, n);
	sample_insert(s, at, line, n);
}

/* Put a line before another one, half the time before the one above it. */
static void
swap_lines(struct sample *s, struct random *r)
{
	static unsigned char	 line[SAMPLE_MAX];
	size_t			 n, to_n, to, at = some_line(s, r, &n);

	memcpy(line, s->data + at, n);
	sample_cut(s, at, n);
	if (s->n == 0 || random_below(r, 2) == 0)
		to = at == 0 ? 0 : sample_line(s, at - 1, &to_n);
	else
		to = some_line(s, r, &to_n);
	sample_insert(s, to, line, n);
}

static void
cut_off(struct sample *s, struct random *r)
{
	s->n = random_below(r, s->n);
}

/* Up to four lines of another file, between two lines or in place of one. */
static void
splice_lines(struct sample *s, struct random *r, const struct sample *other)
{
	size_t	 n, rest, from, to = some_line(s, r, &n), more;

	if (other->n == 0)
		return;
	if (random_below(r, 2) == 0)
		sample_cut(s, to, n);
	from = some_line(other, r, &n);
	more = random_below(r, 4);
	for (; more > 0 && from + n < other->n; more--) {
		sample_line(other, from + n, &rest);
		n += rest;
	}
	sample_insert(s, to, other->data + from, n);
}

void
sample_mutate(struct sample *s, struct random *r, const struct sample *other)
{
	static void	(*const kinds[])(struct sample *, struct random *) = {
		flip_bit, replace_byte, replace_digit, insert_byte,
		insert_words, delete_byte, delete_line, double_line,
		swap_lines, cut_off
	};
	size_t		 n = sizeof(kinds) / sizeof(*kinds);
	size_t		 kind = random_below(r, n + 1);

	if (s->n == 0)
		return;
	if (kind < n)
		kinds[kind](s, r);
	else
		splice_lines(s, r, other);
}

void
sample_open(const struct sample *s, struct input *in, struct reader *r,
    struct names *names)
{
	input_open(in, -1);
	in->pos = INPUT_BUFFER - s->n;
	in->end = INPUT_BUFFER;
	in->offset = -(uint64_t)in->pos;	/* the first one is byte 0 */
	in->begun = in->ended = true;
	memcpy(in->data + in->pos, s->data, s->n);
	reader_open(r, in, names);
}

int
harness_next(struct reader *r, const struct names *names, struct dump *d,
    struct messages *m)
{
	int	 got = reader_next(r, d, m);

	if (got == 1)
		check_dump(d, names, m);
	return got;
}
