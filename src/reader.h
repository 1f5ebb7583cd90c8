/*
 * reader: lines in, the next dump out. Where a dump starts, at which column
 * its lines stand, where it ends.
 */
#ifndef READER_H
#define READER_H

#include "dump.h"
#include "input.h"

enum { DUMP_GAP = 64 * 1024 };	/* bytes of other text that end a dump */

/* Where the reading of one input stands. */
struct reader {
	struct input	*input;
	struct text	 text;		/* the line at hand */
	bool		 held;		/* it is still to be read */
	bool		 headed;	/* the input has shown a header */
	size_t		 header_at;	/* column of the header at hand */
	size_t		 column;	/* where the lines of the dump start;
					   until that is known the header's */
	int		 state;		/* how much of it has been seen */
	uint64_t	 near;		/* offset behind its last line */
	uint64_t	 stray_total;	/* line of a Total that may be its */
	bool		 adjacent;	/* nothing foreign since that line */
	bool		 blank;		/* a blank line since then */
	enum group	 group;		/* where its last line stands */
	enum key	 hint;		/* the key to come */
	struct line	 first;		/* how a dump without header began */
};

/* Read dumps from this input, which stays the caller's, from where it is. */
void	reader_open(struct reader *, struct input *);

/* Forget the line after the last dump: the input has jumped ahead. */
void	reader_skip(struct reader *);

/*
 * The next dump of the input. Returns 1 and the dump, 0 at the end of input,
 * -1 where the input failed. The line after a dump is kept in the reader.
 */
int	reader_next(struct reader *, struct dump *);

#endif
