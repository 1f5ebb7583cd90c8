/*
 * list: the dumps of an input, a line each: what -s counts, what a chart
 * wants, where a process begins.
 */
#ifndef LIST_H
#define LIST_H

#include "dump.h"

enum format { FORMAT_TEXT, FORMAT_SUMMARY, FORMAT_CSV, FORMAT_JSON };

/* What stands before the first line: nothing in JSON. Not FORMAT_SUMMARY. */
void	list_header(enum format, struct out *);

/* The line of a dump that history has placed and that has its levels. */
void	list_dump(enum format, const struct dump *, struct out *);

#endif
