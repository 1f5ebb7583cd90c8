/*
 * gate: judge one comparison by the limits of a CI job, and print each limit
 * that is exceeded or cannot be judged.
 */
#ifndef GATE_H
#define GATE_H

#include "report.h"

enum gate { GATE_KEPT, GATE_EXCEEDED, GATE_BLIND };

/*
 * Judge one comparison by the limits of its options; returns the worst that
 * was found. Messages go to `err`, about `file`, which holds the dump after.
 * Sets `matched` for each limit that had a row.
 */
enum gate	gate_judge(const struct report *, bool *matched,
		    const char *file, struct out *err);

/* Report each limit that matched no row in `file`. */
enum gate	gate_unmatched(const struct options *, const bool *matched,
		    const char *file, struct out *err);

#endif
