/*
 * plain: the tokenizer for lines just as printf made them, which is nearly
 * all lines there are. It returns the same tokens as line.h, but faster; all
 * other lines are left to line.h.
 */
#ifndef PLAIN_H
#define PLAIN_H

#include <string.h>

#include "line.h"

enum {
	PLAIN_BYTES = 80,	/* that must be readable from a line on */
	PLAIN_LINES = F_NAMED + CLASSES_MAX + TUPLES_MAX + TYPES_MAX + 1
};

/* A line as the last dump that had it printed it, and its token. */
struct plain_line {
	struct line	 line;
	uint8_t		 len;	/* without its line end */
	uint8_t		 all;	/* with it; 0: only `from` to `to` are right */
	uint8_t		 from, to;	/* what its numbers leave as it is */
	uint8_t		 follower;	/* the place of the line behind it */
	unsigned char	 bytes[PLAIN_BYTES];
};

/*
 * The lines of the last dumps, by what they say; all zeros at first, but for
 * `names`, which stay the caller's. `last` is the place of the line before the
 * next one; it is set to 0 where a dump begins.
 */
struct plain {
	struct names		*names;
	unsigned		 last;
	struct plain_line	 lines[PLAIN_LINES];
};

/*
 * The line at p, if it has the same bytes as the line that came next the last
 * time; else NULL. PLAIN_BYTES can be read from p on. Where a number has
 * changed, the last 8 bytes nearly always differ.
 */
static inline const struct plain_line *
plain_same(struct plain *plain, const unsigned char *p)
{
	unsigned			 place =
	    plain->lines[plain->last].follower;
	const struct plain_line		*line = &plain->lines[place];

	if (line->all == 0 ||
	    memcmp(p + line->all - 8, line->bytes + line->all - 8, 8) != 0 ||
	    memcmp(p, line->bytes, line->all) != 0)
		return NULL;
	plain->last = place;
	return line;
}

/*
 * Tokenize the line at p, as line_scan would, if it is as printf made it but
 * not the same. It ends with LF or CR LF, and PLAIN_BYTES can be read from p
 * on. Returns the line, which is good until the next call, or NULL. The field
 * of a free list is always set; Total has either of its fields.
 */
const struct plain_line	*plain_scan(struct plain *, const unsigned char *p,
			    enum field expect);

/*
 * Is a prefix of n bytes just a part of its line? It holds no line end, no
 * beginning of a header, and nothing but ASCII then. Up to 9 bytes behind it
 * are read.
 */
bool	plain_prefix(const unsigned char *, size_t n);

#endif
