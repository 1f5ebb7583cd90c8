/*
 * cursor: a walk over the bytes of one line. Each eat_ function takes what it
 * is named for, if it is there, and says whether it was; if it was not, the
 * cursor may have moved.
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
	bool			 truncated;	/* a value of VALUE_DIGITS */
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

/*
 * One blank or more; half of a dump is blanks, so eight and four at a time.
 */
static inline bool
eat_blanks(struct cursor *c)
{
	const unsigned char	*from = c->p;

	while (left(c) >= 8 && memcmp(c->p, "        ", 8) == 0)
		c->p += 8;
	if (left(c) >= 4 && memcmp(c->p, "    ", 4) == 0)
		c->p += 4;
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

/* The same: n bytes as CPython prints them, else byte by byte. */
static inline bool
eat_text_n(struct cursor *c, const char *text, size_t n)
{
	if (n > left(c) || memcmp(c->p, text, n) != 0)
		return eat_loose(c, text);
	c->p += n;
	return true;
}

static inline bool
eat_text(struct cursor *c, const char *text)
{
	return eat_text_n(c, text, strlen(text));
}

/* The same, and no letter or digit behind it. */
static inline bool
eat_label(struct cursor *c, const char *label, size_t n)
{
	return eat_text_n(c, label, n) && (at_end(c) || !is_alnum(*c->p));
}

/* Of so many digits, without needless zeros: is it in the range? */
static inline void
set_number(struct cursor *c, uint64_t number, size_t digits, int64_t *v)
{
	if (digits > 19 || number > INT64_MAX) {
		c->range = true;
		number = 0;
	}
	*v = (int64_t)number;
}

/* A run of digits without a needless zero before it, as printf makes it. */
static inline bool
eat_number(struct cursor *c, int64_t *v)
{
	const unsigned char	*from = c->p;
	uint64_t		 number = 0;
	size_t			 digits;

	for (; !at_end(c) && is_digit(*c->p); c->p++)
		number = number * 10 + (*c->p - '0');
	digits = (size_t)(c->p - from);
	set_number(c, number, digits, v);
	return digits > 0 && (*from != '0' || digits == 1);
}

/* Three digits, or as many of them as there are: how many? */
static inline size_t
eat_group(struct cursor *c, uint64_t *number)
{
	size_t	 n = 0;

	for (; n < 3 && !at_end(c) && is_digit(*c->p); n++, c->p++)
		*number = *number * 10 + (*c->p - '0');
	return n;
}

/*
 * The value of printone: groups of three, as 1,234. Its buffer holds 16
 * digits; only a value that lost its head there can start with a zero.
 */
static inline bool
eat_value(struct cursor *c, int64_t *v)
{
	const unsigned char	*from = c->p;
	uint64_t		 number = 0;
	size_t			 digits = eat_group(c, &number);

	while (digits > 0 && eat_char(c, ',')) {
		if (eat_group(c, &number) != 3)
			return false;
		digits += 3;
	}
	set_number(c, number, digits, v);
	c->truncated = digits == VALUE_DIGITS;
	return digits > 0 && (*from != '0' || digits == 1 || c->truncated);
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
