/*
 * report: one comparison of two dumps, and the formats. Each of them prints
 * its rows; none decides what has changed.
 */
#ifndef REPORT_H
#define REPORT_H

#include "options.h"

struct report {
	const struct options	*options;
	struct pair		 pair;
	int64_t			 number[2];	/* of the dumps, as selected */
	bool			 one_process;	/* of one input */
	bool			 differs;	/* what report_differs says */
	struct verdict		 verdict;	/* if any part needs it */
};

/*
 * Is this row printed? One that is the same is, with -a and without -t.
 */
bool	report_shows(const struct report *, const struct row *);

/* The next row that is to be printed, as row_next. */
bool	report_next(const struct report *, struct row *);

/*
 * Does any row that differs pass the thresholds? With -t the levels must have
 * been derived: one may pass where none of its parts does.
 */
bool	report_differs(const struct report *);

/* --- dump N, +++ dump M: what stands before each of several diffs. */
void	report_numbers(const struct report *, struct out *);

/*
 * In pymemtrace's layout, for a person; without config and levels. With
 * -e the numbers stand first, if any line follows.
 */
void	text_report(const struct report *, struct out *);

/* The verdict and what it rests on, for a person, in 80 columns. */
void	summary_report(const struct report *, struct out *);

/*
 * RFC 4180 with LF; the header stands once, before the first report. The
 * buffer of `out` must have room for CSV_ROW bytes.
 */
enum { CSV_ROW = 512 };
void	csv_header(struct out *);
void	csv_report(const struct report *, struct out *);

/* One object, a row a line; with -e the whole object in one line. */
void	json_report(const struct report *, struct out *);

#endif
