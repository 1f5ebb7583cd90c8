/*
 * harness: the bytes of an input in memory, to be edited and read in process.
 * What brute.c, lines.c, mutate.c and splice.c share: they call the very code
 * that main.c calls.
 */
#ifndef HARNESS_H
#define HARNESS_H

#include "check.h"
#include "reader.h"

enum { SAMPLE_MAX = INPUT_BUFFER };

struct sample {
	size_t		 n;
	unsigned char	 data[SAMPLE_MAX];
};

/* A sequence of random numbers; any start but 0 will do. */
struct random {
	uint64_t	 state;
};

/* The next number of the sequence, from 0 to n - 1. */
size_t	random_below(struct random *, size_t n);

/* A byte that matters in a dump, half the time; else any byte. */
unsigned char	random_byte(struct random *);

/* Read a whole file. If that is impossible, exit with a message. */
void	sample_load(struct sample *, const char *file);

/* Only the n bytes are copied: far fewer than there is room for. */
void	sample_copy(struct sample *to, const struct sample *from);

/*
 * Find the line that has byte `at` of the sample. Returns where it starts,
 * and sets its length, the LF included.
 */
size_t	sample_line(const struct sample *, size_t at, size_t *n);

/* Take n bytes out. */
void	sample_cut(struct sample *, size_t at, size_t n);

/* Put n bytes in. False: there is no room, and nothing has changed. */
bool	sample_insert(struct sample *, size_t at, const void *, size_t n);

/* Put a text before each line, and a text before each LF. */
void	sample_wrap(struct sample *, const char *prefix, const char *suffix);

/*
 * Change it a little: one byte, which half the time is a digit, or one line;
 * or splice up to four lines of the other sample into it; or cut it off.
 */
void	sample_mutate(struct sample *, struct random *,
	    const struct sample *other);

/*
 * Give the bytes to a reader, as if they had been read from a file. The reader
 * is all zeros, or has read other bytes with the same names.
 */
void	sample_open(const struct sample *, struct input *, struct reader *,
	    struct names *);

/*
 * The next dump, read and checked as main.c does it; as reader_next. The
 * names are those that sample_open was given.
 */
int	harness_next(struct reader *, const struct names *, struct dump *,
	    struct messages *);

/* Say what is wrong with the harness or its files, and exit. */
void	harness_die(const char *file, const char *what);

#endif
