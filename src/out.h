/*
 * out: text in, bytes on a descriptor (or in memory) out.
 * The one output buffer: it appends, it flushes, and it remembers the first
 * error, so that whoever writes need not look after each call.
 */
#ifndef OUT_H
#define OUT_H

#include <stddef.h>
#include <stdint.h>

struct out {
	char	*data;		/* the caller's memory */
	size_t	 size;		/* of data, in bytes */
	size_t	 len;		/* bytes that wait in data */
	int	 fd;		/* where they go; -1: they stay in memory */
	int	 error;		/* first errno of a write; 0: none so far */
	int	 used;		/* something was written */
};

enum {
	OUT_SIGN = 1,		/* a plus before what is not negative */
	OUT_COMMAS = 2		/* groups of three digits */
};

/* Append n bytes; in memory (fd -1) the caller has made room for them. */
void	out_bytes(struct out *, const void *, size_t n);
void	out_char(struct out *, char);
void	out_str(struct out *, const char *);

/* Append what blanks a text of `from` bytes lacks to `width`, 64 at most. */
void	out_pad(struct out *, size_t from, size_t width);

/*
 * Append a number in decimal, right aligned in `width` columns (more where it
 * needs more); flags are those above.
 */
void	out_num(struct out *, int64_t, unsigned flags, size_t width);

/*
 * Append bytes in double quotes, at most 60 of them; a quote, a backslash and
 * whatever is not printable ASCII is written \xNN.
 */
void	out_quoted(struct out *, const void *, size_t n);

/* The same without the quotes and without a bound: for file names. */
void	out_escaped(struct out *, const void *, size_t n);

/*
 * Write what waits, whole, through short writes, interrupts and descriptors
 * that do not block. Returns 0, or -1 with `error` set; after an error all
 * later output is dropped.
 */
int	out_flush(struct out *);

/* Flush, and if anything was written close the descriptor: 0, or -1. */
int	out_close(struct out *);

#endif
