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

/* One of a list: a size class, a free list, or an unknown label. */
struct entry {
	uint64_t	 line;
	int64_t		 order;		/* of a class: bytes of its blocks; of
					   tuples: their items; else
					   ORDER_LAST */
	int64_t		 n[3];		/* pools, blocks in use and available;
					   count, bytes and bytes each; or one
					   value */
	int64_t		 number;	/* of a class */
	const char	*name;		/* a type, without the plural s; a
					   label; of a class "" */
	size_t		 len;
	enum group	 group;		/* where it stands */
	bool		 wide;		/* n[1] was cut to 16 digits */
};

#define ORDER_LAST	INT64_MAX	/* behind all tuples, by name */

struct list {
	unsigned	 count;
	struct entry	 entry[DUMP_LINES];
};

struct dump {
	uint64_t	 offset;	/* in the input, of its start */
	uint64_t	 first_line, last_line;
	uint64_t	 cut_by;	/* line of the next dump's header, or 0 */
	bool		 header;	/* it begins with one */
	bool		 heading;
	bool		 table;		/* there is a heading or a row */
	bool		 map;		/* there is "arena map counts" */
	bool		 finished;	/* the last line of its kind was seen */
	bool		 torn;		/* its lines are two writers' */
	unsigned	 lines;		/* of the grammar */
	unsigned	 strange;	/* a bit for each enum group in which
					   unknown labels stand */
	uint64_t	 present, wide;	/* a bit for each enum key: it is there;
					   its value was cut to 16 digits */
	struct flaws	 flaws;		/* what is wrong with its lines */
	size_t		 names_len;

	int64_t		 values[KEY_COUNT];	/* set where present */
	uint64_t	 key_lines[KEY_COUNT];
	struct list	 classes;	/* ascending by size */
	struct list	 unknown;	/* as they came */
	struct list	 free_lists;	/* as entry_order has them */
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
	return (d->present & KEY_BIT(key)) != 0;
}

/* Free-list lines alone, as PYTHONMALLOC=malloc leaves them. */
bool	dump_is_free_lists(const struct dump *);

bool	dump_is_mimalloc(const struct dump *);

/* A type, PyTupleObject[5] of tuples, or a label as printed. */
void	entry_name(const struct entry *, struct out *);

/* By order, then by name in ASCII order: below, equal to or above 0. */
int	entry_order(const struct entry *, const struct entry *);

#endif
