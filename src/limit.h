/*
 * limit: thresholds, which hide small changes from a report, and limits,
 * with which a CI job gates changes. Both judge rows, or the verdict.
 */
#ifndef LIMIT_H
#define LIMIT_H

#include "verdict.h"

/* -t NUM[%]: NUM is at least 0; bytes, or a percentage. */
struct threshold {
	int64_t		 num;
	bool		 percent;
};

/* -l KEY:[+|-]NUM[%], or a verdict's word. */
struct limit {
	const char	*rule;		/* all of it, as given */
	enum word	 word;		/* or WORDS: it has a KEY, and what
					   follows */
	size_t		 key_len;	/* of its KEY, with which it begins */
	bool		 glob, bare;	/* has the KEY `*` or `?`? no dot? */
	char		 sign;		/* '+', '-', or 0 for either */
	struct threshold most;
};

/*
 * Parse a decimal number of at least one digit; false: there is none, or it
 * is over `most`. The string then begins behind it.
 */
bool	decimal_parse(const char **, int64_t most, int64_t *);

/*
 * Parse an option's argument, which must outlive the limit; false: it is
 * wrong, or its KEY is not one that a row can have: 255 bytes at most, in
 * printable ASCII.
 */
bool	threshold_parse(const char *, struct threshold *);
bool	limit_parse(const char *, struct limit *);

/* Does the row differ, and its change reach all n thresholds? */
bool	threshold_shows(const struct pair *, const struct row *,
	    const struct threshold *, unsigned n);

/*
 * The rows that a limit's KEY is for, one at a time: the row that has this
 * key, or, if the key has `*` or `?`, each row whose key fnmatch(3) matches. A
 * name without a dot is a level, else a summary line's value or count. As
 * row_next.
 *
 * Two rows are there that row_next leaves out: a class that
 * neither table prints, with 0, for its own key, if either build has a class
 * of that size; and a level that is there on neither side because it is not
 * measured, with both `has` false. So a rule for `live` is not called
 * misspelt; limit_judge says what it is.
 */
bool	limit_next(const struct limit *, const struct pair *, struct row *);

enum judgement {
	LIMIT_KEPT,
	LIMIT_EXCEEDED,
	LIMIT_GONE,		/* after lacks the row: nobody can judge it */
	LIMIT_NOT_MEASURED	/* a side's five zeros are no numbers: a level
				   but free_lists, or a mimalloc line */
};

/*
 * Did the row change by strictly more than the limit? A row that before lacks
 * grows from 0; growth from 0 exceeds any percentage.
 */
enum judgement	limit_judge(const struct limit *, const struct pair *,
		    const struct row *);

/*
 * Could such dumps have the limit's word for a verdict? A leak, say, shows in
 * a log alone. False: the limit would pass whatever happens.
 */
bool	limit_can_judge(const struct limit *, const struct verdict *);

#endif
