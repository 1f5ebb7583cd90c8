/*
 * check: does this dump agree with itself?
 * CPython prints the same facts several times over, so a dump that was torn,
 * cut or edited contradicts itself nearly always.
 */
#ifndef CHECK_H
#define CHECK_H

#include "dump.h"
#include "say.h"

/*
 * Add to the messages, which reader_next has begun, what is missing in the
 * dump and each identity that does not hold. If there is any message then,
 * the dump is damaged, and has DUMP_DAMAGED. An identity is skipped if
 * one of its lines is missing; in a dump with an unknown label a Total is not
 * compared with its parts.
 */
void	check_dump(struct dump *, const struct names *, struct messages *);

/* Is nothing in it but its header? */
bool	check_is_bare(const struct dump *);

#endif
