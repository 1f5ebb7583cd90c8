/*
 * input: the bytes of a file or of standard input, line after line; text
 * without dumps is skipped in bulk. Memory is constant: of a line longer than
 * INPUT_LINE only the end is returned.
 */
#ifndef INPUT_H
#define INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	INPUT_LINE = 32 * 1024,	/* bytes of a line, the last ones, that are
				   returned */
	INPUT_BUFFER = 128 * 1024
};

/* Why an input cannot be read. */
struct failure {
	const char	*what;		/* such as `compressed` */
	const char	*command;	/* that decodes the file, or NULL */
	const char	*advice;	/* for standard input, or NULL */
	uint64_t	 line;		/* 0: of the whole input */
};

struct input {
	struct failure	 failure;	/* set when a function returns -1 */
	uint64_t	 offset;	/* in the input, of data[0] */
	uint64_t	 line;		/* lines given or skipped so far */
	uint64_t	 size;		/* of a regular file, when it was
					   opened, from where reading began */
	size_t		 pos;		/* the next line, in data */
	size_t		 end;		/* of what was read, in data */
	int		 fd;
	bool		 begun;		/* its first bytes were looked at */
	bool		 ended;		/* read(2) has said 0 */
	unsigned char	 data[INPUT_BUFFER];
};

struct text {
	unsigned char	*p;
	size_t		 n;	/* without LF, CR or byte order mark */
	uint64_t	 line;	/* its number, from 1 */
	uint64_t	 offset; /* in the input, of its first byte */
	bool		 whole;	/* ends with LF: not an unfinished last line */
};

/* Read from `fd`, which stays the caller's. The struct need not be cleared. */
void	input_open(struct input *, int fd);

/*
 * The next line. No-break spaces have become blanks. Returns 1 and the line,
 * which is good until the next call; 0 at the end of input; -1 with `failure`
 * set where read(2) fails, a file has become shorter since it was opened, or
 * the input is compressed or UTF-16. Returns each line as soon as its LF has
 * been read.
 */
int	input_next(struct input *, struct text *);

/* The n bytes that were read but not returned yet. */
static inline unsigned char *
input_ahead(struct input *in, size_t *n)
{
	*n = in->end - in->pos;
	return in->data + in->pos;
}

/* Pass over the next line, which has n bytes with its line end. */
static inline void
input_pass(struct input *in, size_t n)
{
	in->pos += n;
	in->line++;
}

/* The offset of the next line in the input. */
static inline uint64_t
input_offset(const struct input *in)
{
	return in->offset + in->pos;
}

/* What may stop input_skip. */
enum stop {
	STOP_HEADER,	/* a header */
	STOP_START,	/* all that begins a dump or an excerpt */
	STOP_LINE	/* a line that matters behind the last line of a dump */
};

/*
 * Skip the whole lines in the buffer that hold nothing of this kind. Before
 * the first input_next it does nothing.
 */
void	input_skip(struct input *, enum stop);

#endif
