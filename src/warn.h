/*
 * warn: what the reader of a comparison should know about its two dumps,
 * though nothing is wrong with them.
 */
#ifndef WARN_H
#define WARN_H

#include "rows.h"
#include "say.h"

/*
 * Does this row tell two builds apart: config, a unit, or a line that only
 * one of them prints? What a damaged dump lacks does not count.
 */
bool	warn_tells_builds(const struct pair *, const struct row *);

/*
 * Warn of two builds, with the first rows that tell them apart. False: none
 * does, and nothing is said.
 */
bool	warn_builds(const struct pair *, uint64_t line, struct messages *);

#endif
