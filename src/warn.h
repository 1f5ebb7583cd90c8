/*
 * warn: what the reader of a comparison should know about its two dumps,
 * though nothing is wrong with them.
 */
#ifndef WARN_H
#define WARN_H

#include "rows.h"
#include "say.h"

/*
 * The builds differ: their config, a unit, or which lines they print; what a
 * damaged dump lacks does not count. False: they do not, and nothing is said.
 */
bool	warn_builds(const struct pair *, bool damaged, uint64_t line,
	    struct messages *);

#endif
