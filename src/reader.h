/*
 * reader: lines in, the next dump out. Where a dump starts, at which column
 * its lines stand, where it ends.
 */
#ifndef READER_H
#define READER_H

#include "body.h"
#include "input.h"
#include "plain.h"

enum { DUMP_GAP = 64 * 1024 };	/* bytes of other text that end a dump */

/* Where the reading of one input stands. */
struct reader {
	struct input	*input;
	struct text	 text;		/* the line at hand */
	bool		 pushed_back;	/* it is still to be read */
	bool		 at_header;	/* and begins with `header` */
	struct line	 header;	/* that was found last */
	size_t		 header_column;	/* where it stands in its line */
	bool		 seen_header;	/* of any dump of the input */
	unsigned	 blocks;	/* dumps without header so far */
	struct line	 first;		/* how the last one of these began */
	size_t		 column;	/* where the lines of the dump start;
					   until that is known the header's */
	uint64_t	 last_end;	/* offset behind its last line */
	struct body	 body;		/* of the dump at hand */
	bool		 slow;		/* without the fast path, for tests */
	struct plain	 plain;		/* the lines of the last dumps */
};

/*
 * Read dumps from this input, which stays the caller's, as do the names. The
 * reader is all zeros at first, or has read another input of the same run,
 * with the same names.
 */
void	reader_open(struct reader *, struct input *, struct names *);

/*
 * The next dump of the input, its number not set, and what is wrong with its
 * lines. Returns 1 and the dump; 0 at the end of input; -1 with the input's
 * `failure` set. The line behind a dump is kept in the reader.
 */
int	reader_next(struct reader *, struct dump *, struct messages *);

#endif
