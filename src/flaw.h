/*
 * flaw: what is to be said of a dump, in words: what is wrong with it, or a
 * warning. The first few are kept, in the order of their lines; the rest is
 * counted.
 */
#ifndef FLAW_H
#define FLAW_H

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

/*
 * Add a flaw in line `line` of the input; its words are strings, as those of
 * out_cat: flaw_add(flaws, line, "no ", label, " line").
 */
void	flaw_strs(struct flaws *, uint64_t line, const char *const *strings);
#define flaw_add(flaws, line, ...) \
	flaw_strs(flaws, line, (const char *const []){ __VA_ARGS__, NULL })

#endif
