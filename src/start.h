/*
 * start: where in its line a dump, or a line of one, begins. A dump may stand
 * behind other text, and behind a prefix of each line.
 */
#ifndef START_H
#define START_H

#include "line.h"

/*
 * Each function looks at the n bytes of a line, which may be any, and returns
 * where the thing found starts, and its token; where nothing is found, the
 * token is LINE_NONE.
 */

/* A header, anywhere. */
size_t	start_header(const unsigned char *, size_t n, struct line *);

/*
 * A line with which a dump without header can begin: a free list, anywhere;
 * or an excerpt: a heading or a whole line of printone with a #, anywhere, or
 * a line of mimalloc's with nothing before it.
 */
size_t	start_other(const unsigned char *, size_t n, struct line *);

/*
 * A line of a dump that is free lists alone, anywhere: a line of the process,
 * or a free list from its count on, the last digits before ` free ` or, as Red
 * Hat prints it, before ` Py`.
 */
size_t	start_tail(const unsigned char *, size_t n, struct line *);

/*
 * The line behind a header that stands at this column. Where it starts is
 * where all lines of the dump start. If it is neither a heading nor a line of
 * mimalloc's, this is the line's start, or else the header's column.
 */
size_t	start_column(const unsigned char *, size_t n, size_t column,
	    struct line *);

#endif
