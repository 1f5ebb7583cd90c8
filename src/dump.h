/*
 * dump: what one dump says.
 *
 * It is one bounded struct with its names copied in, so nothing in it
 * dangles when the input moves on. It is not to be copied: lists point into
 * its names.
 */
#ifndef DUMP_H
#define DUMP_H

#include <stdbool.h>
#include <stdint.h>

#include "flaw.h"
#include "line.h"

enum {
	DUMP_LINES = 512	/* lines of the grammar in a dump */
};

/* One of a list: a size class, a free list, or an unknown label. */
struct entry {
	uint64_t	 line;
	int64_t		 size;		/* of a class: bytes of its blocks; of
					   tuples: their items; else
					   SIZE_NONE */
	int64_t		 n[3];		/* pools, blocks in use and available;
					   count, bytes and bytes each; or one
					   value */
	int64_t		 number;	/* of a class */
	const char	*name;		/* a type, without the plural s; a
					   label; of a class "" */
	size_t		 len;
	enum group	 group;		/* where it stands */
	bool		 truncated;	/* n[1] was cut to 16 digits */
};

#define SIZE_NONE	INT64_MAX	/* behind all tuples, by name */

struct list {
	unsigned	 count;
	struct entry	 entry[DUMP_LINES];
};

struct dump {
	uint64_t	 offset;	/* in the input, of its start */
	uint64_t	 first_line, last_line;
	uint64_t	 cut_by;	/* line of the next header, or 0 */
	bool		 header;	/* it begins with one */
	bool		 heading;
	bool		 table;		/* there is a heading or a row */
	bool		 map;		/* there is "arena map counts" */
	bool		 finished;	/* the last line of its kind was seen */
	bool		 torn;		/* its lines are two writers' */
	unsigned	 lines;		/* of the grammar */
	unsigned	 unknown_groups; /* bits of enum group: where unknown
					   labels stand */
	uint64_t	 present;	/* bits of enum key: it is there */
	uint64_t	 truncated;	/* its value was cut to 16 digits */
	struct flaws	 flaws;		/* what is wrong with its lines */
	size_t		 names_len;

	int64_t		 values[KEY_COUNT];	/* set where present */
	uint64_t	 key_lines[KEY_COUNT];
	struct list	 classes;	/* ascending by size */
	struct list	 unknown;	/* as they came */
	struct list	 free_lists;	/* as entry_order has them */
	char		 names[DUMP_LINES * LABEL_MAX];
};

static inline bool
dump_has(const struct dump *d, enum key key)
{
	return (d->present & KEY_BIT(key)) != 0;
}

/* Free-list lines alone, as PYTHONMALLOC=malloc leaves them. */
bool	dump_is_free_lists(const struct dump *);

bool	dump_is_mimalloc(const struct dump *);

/* PyDictObject, PyTupleObject[5], or a label as printed; not of a class. */
void	entry_name(const struct entry *, struct out *);

/* By size, then by name in ASCII order: below, equal to or above 0. */
int	entry_order(const struct entry *, const struct entry *);

/* Nothing is in it yet; its lists and values are left as they are. */
void	dump_clear(struct dump *);

/*
 * Add what line `at` of the input says, a tokenized line of the kind that the
 * function is named for. What was said before is a flaw, and is not added; a
 * class out of order is one, too, but has its place. The caller adds
 * DUMP_LINES of them at most.
 */
void	dump_add_class(struct dump *, uint64_t at, const struct line *);
void	dump_add_key(struct dump *, uint64_t at, const struct line *, enum key);
void	dump_add_free_list(struct dump *, uint64_t at, const struct line *);
void	dump_add_unknown(struct dump *, uint64_t at, const struct line *,
	    enum group);

/* Set one key's value, as line `at` of the input says; it was not set yet. */
void	dump_set_key(struct dump *, uint64_t at, enum key, int64_t value);

/* Line `at` repeats what has that name of n bytes: a flaw. */
void	dump_repeat(struct dump *, uint64_t at, const char *name, size_t n);

#endif
