/*
 * flaw: what is wrong with a dump, in words.
 * A short list that is kept sorted by insertion.
 */
#include <string.h>

#include "flaw.h"

void
flaw_strs(struct flaws *flaws, uint64_t line, const char *const *strings)
{
	struct flaw	*first = flaws->first;
	unsigned	 kept = flaws->count, at;
	struct out	 o;

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
	o = out_memory(first[at].what, FLAW_TEXT - 1);
	out_strs(&o, strings);
	first[at].what[o.len] = '\0';
}
