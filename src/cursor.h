/*
 * cursor: a walk over the bytes of one line. Each eat_ function takes what it
 * is named for, if it is there, and says whether it was; if it was not, the
 * cursor may have moved. No function reads past the end for what it takes;
 * INPUT_SLACK bytes behind it must be readable.
 *
 * The functions stand here to be inlined into the tokenizer, which spends
 * most of its time in them.
 */
#ifndef CURSOR_H
#define CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { VALUE_DIGITS = 16 };	/* that printone's buffer has room for */

struct cursor {
	const unsigned char	*p, *end;
	bool			 range;	/* a number was beyond int64_t */
	bool			 wide;	/* a value had VALUE_DIGITS digits */
};

static inline bool
is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
is_blank(unsigned char c)
{
	return c == ' ' || c == '\t';
}

static inline bool
is_alnum(unsigned char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/*
 * Eight bytes at once. Numbers and the blanks before them are most of a dump,
 * and a loop over bytes mispredicts where each of them ends.
 */
static inline uint64_t
load8(const unsigned char *p)
{
	return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 |
	    (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 |
	    (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
}

#define EACH(byte)	((uint64_t)0x0101010101010101 * (byte))

/* How many bytes stand before the first with its top bit set: 0 to 8. */
static inline size_t
bytes_before(uint64_t marks)
{
	return (size_t)((((marks - 1) & ~marks) >> 7 & EACH(1)) * EACH(1) >>
	    56);
}

static inline size_t
count_digits(uint64_t bytes)
{
	uint64_t	 t = bytes ^ EACH('0');

	return bytes_before((((t & EACH(0x7f)) + EACH(0x76)) | t) &
	    EACH(0x80));
}

static inline size_t
count_spaces(uint64_t bytes)
{
	uint64_t	 t = bytes ^ EACH(' ');

	return bytes_before((((t & EACH(0x7f)) + EACH(0x7f)) | t) &
	    EACH(0x80));
}

/* The value of eight digits; the first of them may be blanks. */
static inline int64_t
eight_digits(uint64_t bytes)
{
	uint64_t	 v = bytes & EACH(0x0f);

	v = (v * 10 + (v >> 8)) & UINT64_C(0x00ff00ff00ff00ff);
	v = (v * 100 + (v >> 16)) & UINT64_C(0x0000ffff0000ffff);
	return (int64_t)((v * 10000 + (v >> 32)) & UINT64_C(0xffffffff));
}

static inline size_t
left(const struct cursor *c)
{
	return (size_t)(c->end - c->p);
}

static inline bool
at_end(const struct cursor *c)
{
	return c->p == c->end;
}

/* One blank or more. */
static inline bool
eat_blanks(struct cursor *c)
{
	const unsigned char	*from = c->p;
	size_t			 n;

	do {
		n = count_spaces(load8(c->p));
		if (n > left(c))
			n = left(c);
		c->p += n;
	} while (n == 8);
	while (!at_end(c) && is_blank(*c->p))
		c->p++;
	return c->p > from;
}

static inline bool
eat_char(struct cursor *c, char what)
{
	if (at_end(c) || *c->p != (unsigned char)what)
		return false;
	c->p++;
	return true;
}

/* A text in which one blank stands for a run of blanks. */
static inline bool
eat_loose(struct cursor *c, const char *text)
{
	struct cursor	 try = *c;

	for (; *text != '\0'; text++)
		if (*text == ' ' ? !eat_blanks(&try) : !eat_char(&try, *text))
			return false;
	*c = try;
	return true;
}

/* The same: as CPython prints it in one comparison, else byte by byte. */
static inline bool
eat_text(struct cursor *c, const char *text)
{
	size_t	 n = strlen(text);

	if (n > left(c) || memcmp(c->p, text, n) != 0)
		return eat_loose(c, text);
	c->p += n;
	return true;
}

/* The same, and no letter or digit behind it. */
static inline bool
eat_label(struct cursor *c, const char *label)
{
	struct cursor	 try = *c;

	if (!eat_text(&try, label) || (!at_end(&try) && is_alnum(*try.p)))
		return false;
	*c = try;
	return true;
}

/* More digits than eight: one at a time, with an eye on the range. */
static inline int64_t
long_number(struct cursor *c, int64_t v)
{
	for (; !at_end(c) && is_digit(*c->p); c->p++) {
		int	 digit = *c->p - '0';

		if (v > (INT64_MAX - digit) / 10)
			c->range = true;
		else
			v = v * 10 + digit;
	}
	return v;
}

/* A run of digits without a needless zero before it, as printf makes it. */
static inline bool
eat_number(struct cursor *c, int64_t *v)
{
	uint64_t	 bytes = load8(c->p);
	size_t		 n = count_digits(bytes);

	if (n > left(c))
		n = left(c);
	if (n == 0 || (n > 1 && *c->p == '0'))
		return false;
	*v = eight_digits(bytes << (64 - 8 * n));
	c->p += n;
	if (n == 8)
		*v = long_number(c, *v);
	return true;
}

/*
 * The value of printone: groups of three, as 1,234. Its buffer holds 16
 * digits; only a value that lost its head there can start with a zero.
 */
static inline bool
eat_value(struct cursor *c, int64_t *v)
{
	const unsigned char	*from = c->p;
	int64_t			 group;
	int			 digits;

	for (*v = 0; left(c) > 0 && c->p - from < 3 && is_digit(*c->p); c->p++)
		*v = *v * 10 + (*c->p - '0');
	digits = (int)(c->p - from);
	while (digits > 0 && left(c) > 3 && *c->p == ',') {
		if (count_digits(load8(c->p + 1)) < 3)
			return false;
		group = eight_digits(load8(c->p + 1) << 40);
		if (*v > (INT64_MAX - group) / 1000)
			c->range = true;
		else
			*v = *v * 1000 + group;
		c->p += 4;
		digits += 3;
	}
	c->wide = digits == VALUE_DIGITS;
	return digits > 0 && (*from != '0' || digits == 1 || c->wide);
}

/* = 1,234 to the end of the line. */
static inline bool
eat_rest(struct cursor *c, int64_t *v)
{
	eat_blanks(c);
	if (!eat_char(c, '='))
		return false;
	eat_blanks(c);
	return eat_value(c, v) && at_end(c);
}

#endif
