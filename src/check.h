/*
 * check: does this dump agree with itself?
 * CPython prints the same facts several times over, so a dump that was torn,
 * cut or edited contradicts itself nearly always.
 */
#ifndef CHECK_H
#define CHECK_H

#include "dump.h"

/*
 * Set `flaws` to all that is wrong with the dump: what reader_next saw in its
 * lines, what is missing, and each identity that does not hold. None: the
 * dump is whole. What lacks its lines, and a value that CPython cut to 16
 * digits, is not checked; sums of a group with unknown labels are not either.
 */
void	check_dump(const struct dump *, struct flaws *);

#endif
