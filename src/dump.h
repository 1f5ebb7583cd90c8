/*
 * dump: lines in, the next dump out. Where a dump starts, at which column its
 * lines stand, where it ends.
 *
 * A dump is one bounded struct with its names copied in, so nothing in it
 * dangles when the input moves on. It is not to be copied: lists point into
 * its names.
 */
#ifndef DUMP_H
#define DUMP_H

#include <stdbool.h>
#include <stdint.h>

#include "flaw.h"
#include "input.h"
#include "line.h"

enum {
	DUMP_LINES = 512,	/* lines of the grammar in a dump */
	DUMP_GAP = 64 * 1024	/* bytes of other text that end a dump */
};

struct size_class {
	uint64_t	 line;
	int64_t		 number, size, pools, in_use, avail;
};

struct value {
	uint64_t	 line;
	int64_t		 value;
	int64_t		 count, size;	/* of a pair */
};

struct unknown {
	int64_t		 value;
	const char	*label;
	size_t		 len;
	enum group	 group;
};

struct free_list {
	uint64_t	 line;
	int64_t		 count, size, bytes;
	int64_t		 items;		/* of a tuple type, or 0 */
	const char	*name;		/* without the plural s */
	size_t		 len;
	bool		 wide;		/* bytes were cut to 16 digits */
};

struct dump {
	uint64_t	 offset;	/* in the input, of its start */
	uint64_t	 first_line, last_line;
	uint64_t	 cut_by;	/* line of the next dump's header, or 0 */
	bool		 header;	/* there is one; else the next two are 0 */
	int64_t		 threshold, size_classes;
	bool		 table;		/* there is a heading or a row */
	bool		 heading;
	bool		 map;		/* there is "arena map counts" */
	bool		 finished;	/* the last line of its kind was seen */
	bool		 torn;		/* its lines are two writers' */
	unsigned	 lines;		/* of the grammar */
	uint32_t	 present;	/* a bit for each enum key */
	uint32_t	 wide;		/* the same: values cut to 16 digits */
	uint32_t	 strange;	/* a bit for each enum group in which
					   unknown labels stand */
	struct flaws	 flaws;		/* what is wrong with its lines */
	unsigned	 classes, unknowns, frees;	/* counts of the lists */
	size_t		 names_len;

	struct value	 values[KEY_COUNT];	/* set where present */
	struct size_class class[DUMP_LINES];	/* ascending by size */
	struct unknown	 unknown[DUMP_LINES];	/* as they came */
	struct free_list free[DUMP_LINES];	/* as free_list_order says */
	char		 names[DUMP_LINES * LABEL_MAX];
};

/* Where the reading of one input stands. */
struct reader {
	struct input	*input;
	struct text	 text;		/* the line at hand */
	bool		 held;		/* it is still to be read */
	bool		 headed;	/* the input has shown a header */
	size_t		 header_at;	/* column of the header at hand */
	size_t		 column;	/* where the lines of the dump start;
					   until that is known the header's */
	int		 state;
	uint64_t	 near;		/* offset behind its last line, LF too */
	uint64_t	 stray_total;	/* line of a Total that may be its */
	bool		 adjacent;	/* nothing foreign since that line */
	bool		 blank;		/* a blank line since then */
	enum group	 group;		/* where its last line stands */
	enum key	 hint;		/* the key to come */
	struct line	 first;		/* how a dump without header began */
};

void	reader_open(struct reader *, struct input *);

/* Forget the line after the last dump: the input has jumped ahead. */
void	reader_skip(struct reader *);

/*
 * The next dump of the input. Returns 1 and the dump, 0 at the end of input,
 * -1 where the input failed. The line after a dump is kept in the reader.
 */
int	dump_next(struct reader *, struct dump *);

static inline bool
dump_has(const struct dump *d, enum key key)
{
	return (d->present >> key & 1) != 0;
}

/* Free-list lines alone, as PYTHONMALLOC=malloc leaves them. */
bool	dump_is_free_lists(const struct dump *);

bool	dump_is_mimalloc(const struct dump *);

/* Order of free lists: tuples by their items, then names in ASCII order. */
int	free_list_order(const struct free_list *, const struct free_list *);

#endif
