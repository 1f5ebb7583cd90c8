/*
 * out: text in, bytes on a descriptor (or in memory) out.
 * The one output buffer: it appends, it flushes, and it remembers the first
 * error, so that callers need not check each call.
 */
#ifndef OUT_H
#define OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct out {
	char	*data;		/* the caller's memory */
	size_t	 size;		/* of data, in bytes */
	size_t	 len;		/* bytes that wait in data */
	int	 fd;		/* where they go; -1: they stay in memory */
	int	 error;		/* first errno of a write; 0: none so far */
	bool	 used;		/* a write was tried */
};

enum {
	OUT_SIGN = 1,		/* a plus before what is not negative */
	OUT_COMMAS = 2		/* groups of three digits */
};

enum {
	NUM_TEXT = 32,		/* room for any number, signed, with commas */
	WIDTH_MAX = 64,		/* of a column */
	QUOTED_MAX = 60,	/* bytes of a text that are quoted */
	QUOTED_TEXT = 4 * QUOTED_MAX + 6
};

/* An output that stays in the n bytes of `text`, which must suffice. */
static inline struct out
out_memory(char *text, size_t n)
{
	return (struct out){ .data = text, .size = n, .fd = -1 };
}

/*
 * Make room for n bytes, which must fit in the buffer: they may be written
 * behind `data + len`, and count when the caller adds to `len`.
 */
char	*out_room(struct out *, size_t n);

/* The slow case of out_bytes: fill the buffer, flush it, and so on. */
void	out_long(struct out *, const char *, size_t n);

/* Append n bytes; in memory (fd -1) the caller has made room for them. */
static inline void
out_bytes(struct out *o, const void *p, size_t n)
{
	if (n > o->size - o->len) {
		out_long(o, p, n);
		return;
	}
	memcpy(o->data + o->len, p, n);
	o->len += n;
}

static inline void
out_char(struct out *o, char c)
{
	out_bytes(o, &c, 1);
}

static inline void
out_str(struct out *o, const char *s)
{
	out_bytes(o, s, strlen(s));
}

/* Append strings, one behind the other: out_cat(o, "line ", DEC(n), "\n"). */
void	out_strs(struct out *, const char *const *strings);
#define out_cat(o, ...)	out_strs(o, (const char *const []){ __VA_ARGS__, NULL })

/* Pad with blanks from column `from` to `width`, at most WIDTH_MAX. */
void	out_pad(struct out *, size_t from, size_t width);

/*
 * Append a string, or a number in decimal, right aligned in `width` columns,
 * at most WIDTH_MAX (more where it needs more); flags are those above.
 */
void	out_right(struct out *, const char *, size_t width);
void	out_num(struct out *, int64_t, unsigned flags, size_t width);

/* A number without its sign. */
static inline uint64_t
magnitude(int64_t n)
{
	return n < 0 ? -(uint64_t)n : (uint64_t)n;
}

/*
 * Write a number in decimal at p, for which there must be NUM_TEXT bytes.
 * Returns where it ends.
 */
char	*num_put(char *p, int64_t);

/* Append bytes, each that is not printable ASCII, a quote or \ as \xNN. */
void	out_escaped(struct out *, const void *, size_t n);

/*
 * The same as strings, to be used within the block: a number, and QUOTED_MAX
 * bytes at most, escaped, in double quotes.
 */
const char	*num_text(char text[NUM_TEXT], int64_t, unsigned flags);
const char	*quoted_text(char text[QUOTED_TEXT], const void *, size_t n);
#define DEC(n)		num_text((char[NUM_TEXT]){ 0 }, n, 0)
#define COMMAS(n)	num_text((char[NUM_TEXT]){ 0 }, n, OUT_COMMAS)
#define CHANGE(n)	num_text((char[NUM_TEXT]){ 0 }, n, \
			    OUT_SIGN | OUT_COMMAS)
#define QUOTED(p, n)	quoted_text((char[QUOTED_TEXT]){ 0 }, p, n)

/*
 * Write what waits, whole, through short writes, interrupts and descriptors
 * that do not block. Returns 0, or -1 with `error` set; after an error all
 * later output is dropped.
 */
int	out_flush(struct out *);

/* Flush, and if anything was written close the descriptor: 0, or -1. */
int	out_close(struct out *);

#endif
