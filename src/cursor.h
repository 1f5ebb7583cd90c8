/*
 * cursor: a place in a line, and functions that move it over what stands
 * there. Each eat_ function moves it over the thing that it is named for and
 * returns true; or it returns false, and then the cursor may have moved.
 */
#ifndef CURSOR_H
#define CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cursor {
	const unsigned char	*p, *end;	/* of the line */
	bool			 range;	/* a number had over 15 digits */
};

static inline bool
is_blank(unsigned char c)
{
	return c == ' ' || c == '\t';
}

static inline bool
is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

/* Can it be part of a C identifier? */
static inline bool
is_word(unsigned char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26 || is_digit(c) ||
	    c == '_';
}

static inline bool
at_end(const struct cursor *c)
{
	return c->p == c->end;
}

static inline size_t
left(const struct cursor *c)
{
	return (size_t)(c->end - c->p);
}

/* One blank or more. */
bool	eat_blanks(struct cursor *);

bool	eat_char(struct cursor *, char);

/* Move over a C identifier, if one stands there. */
void	skip_identifier(struct cursor *);

/*
 * Compare the line with a text, and move the cursor over what matches. A run
 * of blanks in the text matches any run of blanks, % any digits or none, and
 * @ a C identifier or nothing.
 */
enum match {
	MATCH_NO,	/* they differ */
	MATCH_PART,	/* the line ends within the text */
	MATCH_ALL
};

enum match	match(struct cursor *, const char *text);

/* A text; a label, which has neither a letter nor a digit behind it. */
bool	eat_text(struct cursor *, const char *text);
bool	eat_label(struct cursor *, const char *label);

/* Is the rest of the line a beginning of this text, or all of it? */
bool	begins(struct cursor, const char *text);

/*
 * A number as printf makes it, without a leading zero, and one of printone,
 * in groups of three: 1,234. Of one over 15 digits `range` is set.
 */
bool	eat_number(struct cursor *, int64_t *);
bool	eat_value(struct cursor *, int64_t *);

#endif
