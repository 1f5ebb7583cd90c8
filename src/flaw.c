/*
 * flaw: what is wrong with a dump, in words.
 * A short list that is kept sorted by insertion.
 */
#include <string.h>

#include "flaw.h"

struct out *
flaw_begin(struct flaw_text *t)
{
	t->out = (struct out){ t->text, sizeof(t->text) - 1, 0, -1, 0, 0 };
	return &t->out;
}

void
flaw_add(struct flaws *flaws, uint64_t line, const struct flaw_text *t)
{
	struct flaw	*first = flaws->first;
	unsigned	 kept = flaws->count, at;

	if (kept > FLAWS_KEPT)
		kept = FLAWS_KEPT;
	flaws->count++;
	for (at = kept; at > 0 && first[at - 1].line > line; at--)
		continue;
	if (at == FLAWS_KEPT)
		return;
	if (kept == FLAWS_KEPT)
		kept--;
	memmove(first + at + 1, first + at, (kept - at) * sizeof(*first));
	first[at].line = line;
	memcpy(first[at].what, t->text, t->out.len);
	first[at].what[t->out.len] = '\0';
}
