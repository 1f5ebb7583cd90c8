/*
 * verdict: two dumps, or the series of a log, in; one word and the numbers
 * that it rests on out. The manual states the rules.
 */
#ifndef VERDICT_H
#define VERDICT_H

#include "rows.h"
#include "series.h"

enum word {
	WORD_LEAK, WORD_SLOWING, WORD_LEVELLED, WORD_GROWTH,
	WORD_FRAGMENTATION, WORD_RETURNED, WORD_LESS, WORD_AT_PEAK,
	WORD_STEADY, WORD_NONE, WORD_NOT_MEASURED,
	WORDS
};

#define VERDICT_BIT(word)	(1U << (word))

enum {
	LOG_DUMPS = 12,		/* the fewest dumps for a log's verdict */
	GROWING_MAX = 5		/* classes that a leak's verdict names */
};

/* A class whose live bytes grow on, over the last half of a log. */
struct growing {
	int64_t	 size;			/* bytes of a block */
	int64_t	 tenths;		/* of a block, that it grows per dump */
	int64_t	 bytes;			/* that it grows per dump */
};

/* A number whose comment names words has a meaning for these alone. */
struct verdict {
	enum word	 word;
	unsigned	 possible;	/* a VERDICT_BIT for each word that such
					   dumps can earn */
	bool		 of_log;	/* it rests on a series */
	uint64_t	 dumps;		/* how many dumps it rests on */
	int64_t		 bytes;		/* leak: by which live memory grows per
					   dump; growth: by which it grew;
					   returned, less: by which held fell */
	int64_t		 arenas, arenas_needed;	/* held and needed now: of
						   fragmentation, returned */
	int64_t		 peak;		/* returned: arenas of the peak that is
					   over; 0: mimalloc counts none */
	int64_t		 quarter[4];	/* leak: least bytes of the classes
					   that grow on, in each quarter */
	unsigned	 growing_count;
	struct growing	 growing[GROWING_MAX];	/* leak: most bytes first */
	int64_t		 outside;	/* growth of memory that pymalloc does
					   not see, if steady or levelled hides
					   much of it; else 0 */
};

/*
 * Reach the verdict on two dumps, or on the log of one process of which they
 * are the first and the last. The series is that of the log; NULL: there is
 * none.
 */
void	verdict_reach(const struct pair *, bool one_process,
	    const struct series *, struct verdict *);

/*
 * The three functions below are for verdict.c and verdict_log.c alone. The
 * first sets the verdict on a log of LOG_DUMPS dumps or more; all of it was 0.
 */
void	verdict_of_log(const struct series *, struct verdict *);

/* Are so many spare arenas, of all that are held, enough for fragmentation? */
bool	verdict_spare_is_much(int64_t spare, int64_t arenas);

/*
 * By how much memory outside pymalloc grew, if that is much; else 0. It rests
 * on `in_malloc`, or where one of the two lacks that, on `outside`.
 */
int64_t	verdict_outside(const struct usage *before,
	    const struct usage *after);

/* Can a log alone earn this word? */
static inline bool
verdict_is_of_logs(enum word word)
{
	return word == WORD_LEAK || word == WORD_SLOWING ||
	    word == WORD_LEVELLED;
}

/* Its word in a report, such as leak or at-peak. */
const char	*verdict_name(enum word);

/* The word of that name; WORDS: there is none. */
enum word	verdict_find(const char *name);

#endif
