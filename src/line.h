/*
 * line: the tokenizer. One line of bytes in, one struct line out; any bytes
 * tokenize.
 *
 * The grammar is that of Objects/obmalloc.c (_PyObject_DebugMallocStats,
 * printone) and Objects/object.c (_PyDebugAllocatorStats), CPython 2.3 to
 * 3.15, and of Red Hat's backport of them to 2.7.
 */
#ifndef LINE_H
#define LINE_H

#include "fields.h"

enum line_kind {
	LINE_NONE,	/* no line of the grammar */
	LINE_BLANK,
	LINE_HEADER,	/* Small block threshold = n0, in n1 size classes. */
	LINE_HEADING,	/* class   size   num pools ... */
	LINE_DASHES,
	LINE_ROW,	/* class n3: n0 pools, n1 in use, n2 available */
	LINE_VALUE,	/* label, n0 */
	LINE_PAIR,	/* n0 label * n2 bytes = n1 */
	LINE_MAP,	/* arena map counts */
	LINE_FREE,	/* n0 free types * n2 bytes each = n1 */
	LINE_UNKNOWN,	/* n0 of a label that fields[] lacks */
	LINE_CUT	/* the last line of the input, cut short: the kind that
			   it begins like may be unknown */
};

enum fault {
	FAULT_NONE,
	FAULT_CUT,	/* it begins like its kind and does not finish */
	FAULT_BEGUN,	/* of LINE_FREE: the same, but text can begin so */
	FAULT_RANGE,	/* a number or a size beyond the bounds */
	FAULT_ESCAPED	/* a header or heading with \n written out behind it */
};

struct line {
	enum line_kind		 kind;
	enum fault		 fault;	/* if any, n and name are not set */
	enum field		 field;	/* of LINE_VALUE and LINE_PAIR, F_TOTAL
					   for either Total; of LINE_ROW and of
					   a tuple's LINE_FREE the first of the
					   three; else F_NONE */
	int64_t			 n[4];	/* 0 to NUMBER_MAX */
	const unsigned char	*name;	/* of LINE_UNKNOWN the label; of
					   LINE_FREE the type, without its s,
					   where field is F_NONE */
	size_t			 len;	/* of name, within the bounds of
					   names_type and names_label */
};

/*
 * Tokenize n bytes, which may be any, without a line end. `name` points into
 * the bytes.
 */
void	line_scan(const unsigned char *, size_t n, struct line *);

/* The same, but without LINE_UNKNOWN. */
void	line_scan_known(const unsigned char *, size_t n, struct line *);

/*
 * The same for the last line of an input that does not end with LF: it may be
 * the beginning of a longer one, and then has a fault.
 */
void	line_scan_last(const unsigned char *, size_t n, struct line *);

#endif
