/*
 * input: the bytes of a file or of standard input, line after line.
 * Memory is constant: of a line longer than INPUT_LINE only its end is given.
 */
#ifndef INPUT_H
#define INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	INPUT_LINE = 4096,	/* bytes of a line that are given, its last */
	INPUT_BUFFER = 128 * 1024
};

struct input {
	const char	*error;		/* why input_next failed */
	uint64_t	 offset;	/* in the input, of data[0] */
	uint64_t	 line;		/* lines given so far */
	uint64_t	 base, size;	/* of a regular file: where reading
					   began, and how much was there */
	size_t		 pos;		/* the next line, in data */
	size_t		 end;		/* of what was read, in data */
	int		 fd;
	bool		 ended;		/* read(2) has said 0 */
	unsigned char	 data[INPUT_BUFFER];
};

struct text {
	const unsigned char	*p;
	size_t			 n;	/* without LF, CR or byte order mark */
	uint64_t		 line;	/* its number, from 1 */
	uint64_t		 offset; /* in the input, of its first byte */
	bool			 whole;	/* ended by LF: no last, torn-off one */
};

/* Read from `fd`, which stays the caller's. The struct need not be cleared. */
void	input_open(struct input *, int fd);

/*
 * In a regular file, go on at `back` bytes before its end, in the middle of a
 * line maybe. False, and nothing done, where that is before offset `after`.
 */
bool	input_jump(struct input *, uint64_t back, uint64_t after);

/*
 * The next line. Returns 1 and the line, which is good until the next call;
 * 0 at the end of input; -1 with `error` set where read(2) fails, a file has
 * become shorter since it was opened, or the text is UTF-16. Returns each line
 * as soon as its LF has been read.
 */
int	input_next(struct input *, struct text *);

#endif
