/*
 * limit: thresholds, which hide small changes from a report, and limits,
 * which a CI job sets to changes. Both look at rows alone.
 */
#ifndef LIMIT_H
#define LIMIT_H

#include "diff.h"

/* -t NUM[%]: NUM is at least 0; bytes, or a percentage. */
struct threshold {
	int64_t		 num;
	bool		 percent;
};

/* -l KEY:[+|-]NUM[%] */
struct limit {
	const char	*rule;		/* all of it, as given */
	size_t		 key_len;	/* of its KEY */
	char		 sign;		/* '+', '-', or 0 for either */
	struct threshold most;
};

/* Parse an option's argument, which must outlive the limit; false: wrong. */
bool	threshold_parse(const char *, struct threshold *);
bool	limit_parse(const char *, struct limit *);

/*
 * Set `shown` in each row: those that differ and reach all n thresholds, and
 * with `all` those that are the same, where there is no threshold. Returns how
 * many of the rows shown differ.
 */
unsigned	limit_show(struct diff *, bool all, const struct threshold *,
		    unsigned n);

/*
 * The first row that a limit is for, or the next one behind `row`; NULL: there
 * is none. These are the rows that have its very key, if any has, else those
 * that match it as a glob.
 */
const struct row	*limit_first(const struct limit *,
			    const struct diff *);
const struct row	*limit_next(const struct limit *,
			    const struct diff *, const struct row *);

/*
 * Did the row change by strictly more than the limit? What is absent counts as
 * 0, and growth from 0 exceeds any percentage.
 */
bool	limit_exceeded(const struct limit *, const struct row *);

/* The row's key, section.name.metric, into `out`. */
void	limit_key(const struct row *, struct out *);

#endif
