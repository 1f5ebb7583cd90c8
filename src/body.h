/*
 * body: the lines of one dump: which are its own, and what each says.
 */
#ifndef BODY_H
#define BODY_H

#include "dump.h"
#include "line.h"
#include "say.h"

/* How much of a dump has been seen. */
enum state {
	STATE_OUTSIDE,	/* no dump has begun */
	STATE_HEADER,	/* its header was seen, its column not yet */
	STATE_BODY,	/* in its table and summary */
	STATE_TOTAL,	/* behind the first Total: an arena map may follow */
	STATE_MAP,	/* in the arena map */
	STATE_TAIL,	/* behind the last line: free lists may follow */
	STATE_GAP	/* free lists alone have ended; what follows them? */
};

/* What the line before the line at hand was. */
enum behind { BEHIND_OTHER, BEHIND_LINE, BEHIND_FREE_LIST };

struct body {
	struct dump	*dump;
	struct names	*names;
	struct messages	*messages;
	enum state	 state;
	enum behind	 behind;	/* a line of the dump, or text */
	enum field	 expect;	/* the named field to come */
	enum field	 next_class;	/* the least place that the next row may
					   have */
	uint64_t	 list_line;	/* of the first free list, if no line
					   of the table may follow it; 0 */
	uint64_t	 line;		/* the line at hand */
};

/* Begin a dump in this state at this line of the input. */
void	body_begin(struct body *, enum state, uint64_t line);

/* Put the numbers of a header into the dump; it has no fault. */
void	body_header(struct body *, const struct line *);

/*
 * The line at hand: put it into the dump if it is one of its own; a header has
 * a fault. `text` is what it says, n bytes, for messages. Returns whether it
 * was.
 */
bool	body_add(struct body *, const struct line *, const unsigned char *text,
	    size_t n);

/* Has the dump had its last line, and other text behind it? */
static inline bool
body_has_ended(const struct body *b)
{
	return b->behind == BEHIND_OTHER && (b->state == STATE_TOTAL ||
	    b->state == STATE_TAIL);
}

/* Is it the next row of the table, with nothing wrong? */
static inline bool
body_is_next_row(const struct body *b, const struct line *l)
{
	return l->kind == LINE_ROW && l->field >= b->next_class &&
	    class_size(l->field) == (l->n[3] + 1) * b->dump->class_width &&
	    (b->dump->present & ~CONFIG_FIELDS) == 0 &&
	    b->state == STATE_BODY;
}

/* The same as body_add for such a row, in fewer steps. */
static inline void
body_put_row(struct body *b, const struct line *l)
{
	struct dump	*d = b->dump;

	for (int i = 0; i < 3; i++)
		d->v[l->field + (unsigned)i] = l->n[i];
	d->pools += l->n[0];
	d->at[l->field] = (uint32_t)(b->line - d->first_line);
	d->last_line = b->line;
	d->flags |= DUMP_TABLE;
	b->next_class = l->field + 3;
	b->behind = BEHIND_LINE;
}

#endif
