/*
 * gate: judge one comparison by the limits of a CI job, and print each limit
 * that is exceeded or cannot be judged.
 */
#ifndef GATE_H
#define GATE_H

#include "limit.h"

enum gate { GATE_KEPT, GATE_EXCEEDED, GATE_BLIND };

/*
 * Judge one comparison by n limits; returns the worst that was found. Messages
 * go to `err`, about `file`, which holds the dump after, and its line, if that
 * is not 0. The verdict is looked at where a limit is a word. Sets `matched`
 * for each limit that had a row.
 */
enum gate	gate_judge(const struct limit *, unsigned n, bool *matched,
		    const struct pair *, const struct verdict *,
		    const char *file, uint64_t line, struct out *err);

/* Say of each limit that never had a row in `file` that it is blind. */
enum gate	gate_unmatched(const struct limit *, unsigned n,
		    const bool *matched, const char *file, struct out *err);

#endif
