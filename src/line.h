/*
 * line: the tokenizer. One line of bytes in, one struct line out; any bytes
 * tokenize.
 *
 * The grammar is that of Objects/obmalloc.c (_PyObject_DebugMallocStats,
 * printone, _PyDebugAllocatorStats), CPython 2.3 to 3.15.
 */
#ifndef LINE_H
#define LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "keys.h"

enum { LABEL_MAX = 127 };	/* _PyDebugAllocatorStats: char buf[128] */

enum kind {
	LINE_NONE,	/* no line of the grammar */
	LINE_BLANK,
	LINE_HEADER,	/* Small block threshold = n0, in n1 size classes. */
	LINE_HEADING,	/* class   size   num pools ... */
	LINE_DASHES,
	LINE_ROW,	/* n0 class, n1 size, n2 pools, n3 in use, n4 avail */
	LINE_KEY,	/* n0 value; of a pair n0 bytes, n1 count, n2 size */
	LINE_MAP,	/* arena map counts */
	LINE_FREE,	/* n0 bytes, n1 count, n2 size, n3 K of K-sized or -1 */
	LINE_UNKNOWN	/* n0 value of a label that is not in the table */
};

enum fault {
	FAULT_NONE,
	FAULT_CUT,	/* it begins like its kind and does not finish */
	FAULT_TORN,	/* the same, with more than one line in it */
	FAULT_RANGE	/* a number or a label beyond the bounds */
};

struct line {
	enum kind		 kind;
	enum fault		 fault;	/* if any, n and name are not set */
	enum key		 key;	/* of LINE_KEY, as good as it is known;
					   KEY_TOTAL for either Total */
	bool			 truncated; /* a value of 16 digits */
	int64_t			 n[5];
	const unsigned char	*name;	/* of LINE_FREE, LINE_UNKNOWN */
	size_t			 len;	/* of name; 1 to LABEL_MAX */
};

/*
 * Tokenize n bytes, which may be any, without a line end. The hint is the key
 * that is expected: a wrong one costs time, nothing else. `name` points into
 * the bytes.
 */
void	line_scan(const unsigned char *, size_t n, enum key hint,
	    struct line *);

/*
 * Find the first line of the grammar that starts with `word` anywhere in the
 * bytes and fills them to their end. Returns where it starts; or n, and then
 * the line is not to be looked at.
 */
size_t	line_find(const unsigned char *, size_t n, const char *word,
	    struct line *);

/*
 * The same for a free-list line, which starts at its count: the last run of
 * digits before " free ".
 */
size_t	line_find_free(const unsigned char *, size_t n, struct line *);

/*
 * For the last line of an input that does not end with LF: could it be the
 * beginning of a longer line? If so the fault is set, and where it was none
 * the kind and the key. Takes the bytes and what line_scan made of them.
 */
void	line_mistrust(const unsigned char *, size_t n, struct line *);

#endif
