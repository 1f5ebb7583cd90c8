/*
 * cursor: moves over the bytes of a line.
 */
#include <string.h>

#include "cursor.h"

enum { DIGITS_MAX = 15 };

bool
eat_blanks(struct cursor *c)
{
	const unsigned char	*from = c->p;

	while (left(c) >= 8 && memcmp(c->p, "        ", 8) == 0)
		c->p += 8;
	while (!at_end(c) && is_blank(*c->p))
		c->p++;
	return c->p > from;
}

bool
eat_char(struct cursor *c, char want)
{
	if (at_end(c) || *c->p != (unsigned char)want)
		return false;
	c->p++;
	return true;
}

void
skip_identifier(struct cursor *c)
{
	if (at_end(c) || is_digit(*c->p))
		return;
	while (!at_end(c) && is_word(*c->p))
		c->p++;
}

enum match
match(struct cursor *c, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == ' ' && text[1] == ' ')
			continue;
		if (at_end(c))
			return MATCH_PART;
		if (*text == '%')
			while (!at_end(c) && is_digit(*c->p))
				c->p++;
		else if (*text == '@')
			skip_identifier(c);
		else if (*text == ' ' ? !eat_blanks(c) : !eat_char(c, *text))
			return MATCH_NO;
	}
	return MATCH_ALL;
}

bool
begins(struct cursor c, const char *text)
{
	return match(&c, text) != MATCH_NO && at_end(&c);
}

bool
eat_text(struct cursor *c, const char *text)
{
	size_t	 n = strlen(text);

	if (left(c) >= n && memcmp(c->p, text, n) == 0) {
		c->p += n;
		return true;
	}
	return match(c, text) == MATCH_ALL;
}

bool
eat_label(struct cursor *c, const char *label)
{
	return eat_text(c, label) && (at_end(c) || !is_word(*c->p));
}

bool
eat_number(struct cursor *c, int64_t *v)
{
	const unsigned char	*from = c->p;

	for (*v = 0; !at_end(c) && is_digit(*c->p); c->p++)
		if (c->p - from < DIGITS_MAX)
			*v = *v * 10 + (*c->p - '0');
	if (c->p - from > DIGITS_MAX)
		c->range = true;
	return c->p > from && (*from != '0' || c->p - from == 1);
}

/* Eat up to three digits; `before` were read already. */
static int
eat_group(struct cursor *c, int before, int64_t *v)
{
	int	 n = 0;

	for (; n < 3 && !at_end(c) && is_digit(*c->p); n++, c->p++)
		if (before + n < DIGITS_MAX)
			*v = *v * 10 + (*c->p - '0');
	return n;
}

bool
eat_value(struct cursor *c, int64_t *v)
{
	const unsigned char	*from = c->p;
	int			 digits;

	*v = 0;
	digits = eat_group(c, 0, v);
	while (digits > 0 && eat_char(c, ',')) {
		if (eat_group(c, digits, v) != 3)
			return false;
		digits += digits < DIGITS_MAX + 3 ? 3 : 0;
	}
	c->range = c->range || digits > DIGITS_MAX;
	return digits > 0 && (*from != '0' || digits == 1 || c->range);
}
