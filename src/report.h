/*
 * report: what each format is given, and the formats. Each of them prints the
 * rows of one diff; none decides what has changed.
 */
#ifndef REPORT_H
#define REPORT_H

#include "limit.h"

struct report {
	const struct diff	*diff;
	int64_t			 number[2];	/* of the dumps, as selected */
	bool			 damaged[2];
	bool			 differs;	/* a shown row does */
	bool			 each;		/* one of several reports */
	const struct limit	*limits;
	unsigned		 limit_count;
};

/* In pymemtrace's layout, for a person. */
void	text_report(const struct report *, struct out *);

/* --- dump N, +++ dump M: what stands before each of several diffs. */
void	report_numbers(const struct report *, struct out *);

/* What moved and what it means, for a person, in 80 columns. */
void	summary_report(const struct report *, struct out *);

/* RFC 4180 with LF; the header stands once, before the first report. */
void	csv_header(struct out *);
void	csv_report(const struct report *, struct out *);

/* One object, a row a line; with `each` the whole object in one line. */
void	json_report(const struct report *, struct out *);

#endif
