/*
 * harness: the bytes of an input in memory, to be edited and read in process.
 * What brute.c and mutate.c share: they call the very code that main.c calls.
 */
#ifndef HARNESS_H
#define HARNESS_H

#include "reader.h"

enum { SAMPLE_MAX = INPUT_BUFFER };

struct sample {
	size_t		 n;
	unsigned char	 data[SAMPLE_MAX];
};

/* A sequence of random numbers, from any start but 0. */
struct random {
	uint64_t	 state;
};

/* The next number of it, from 0 to n - 1. */
size_t	random_below(struct random *, size_t n);

/* Read a whole file. Exits with a message where that cannot be done. */
void	sample_load(struct sample *, const char *file);

/*
 * The line in which the byte `at` stands, which must be one of the sample's.
 * Returns where it starts, and sets its length, the LF included.
 */
size_t	sample_line(const struct sample *, size_t at, size_t *n);

/* Take n bytes out, or put some in, where there is room for them. */
void	sample_cut(struct sample *, size_t at, size_t n);
bool	sample_insert(struct sample *, size_t at, const void *, size_t n);

/*
 * Change it a little: one byte, which half the time is a digit, or one line;
 * or splice up to four lines of the other sample into it; or cut it off.
 */
void	sample_mutate(struct sample *, struct random *,
	    const struct sample *other);

/* Let a reader have the bytes, as if it had read them all from a file. */
void	sample_open(const struct sample *, struct input *, struct reader *);

/* Say what is wrong with the harness or its files, and exit. */
void	harness_die(const char *file, const char *what);

#endif
