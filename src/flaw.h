/*
 * flaw: what is wrong with a dump, in words. The first few are kept, in the
 * order of their lines; the rest is counted.
 */
#ifndef FLAW_H
#define FLAW_H

#include <stdint.h>

#include "out.h"

enum { FLAWS_KEPT = 3, FLAW_TEXT = 1024 };

struct flaw {
	uint64_t	 line;
	char		 what[FLAW_TEXT];	/* NUL-terminated */
};

struct flaws {
	unsigned	 count;		/* of all that were added */
	struct flaw	 first[FLAWS_KEPT];	/* set up to count */
};

/* An output in memory to write a text for flaw_add into. */
struct flaw_text {
	struct out	 out;
	char		 text[FLAW_TEXT];
};

/* Begin a text, of FLAW_TEXT - 1 bytes at most; it is there to append to. */
struct out	*flaw_begin(struct flaw_text *);

/* Add the text as a flaw in line `line` of the input. */
void	flaw_add(struct flaws *, uint64_t line, const struct flaw_text *);

#endif
