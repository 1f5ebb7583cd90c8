/*
 * start: where in its line a dump, or a line of one, begins.
 * A word that such a line begins with is searched for, and the tokenizer says
 * whether it is one.
 */
#include <string.h>

#include "start.h"

/*
 * Less the blanks at the end of a line: the tokenizer would pass over them
 * again for each word that is found.
 */
static size_t
trim(const unsigned char *p, size_t n)
{
	while (n > 0 && (p[n - 1] == ' ' || p[n - 1] == '\t'))
		n--;
	return n;
}

static void
set_none(struct line *l)
{
	l->kind = LINE_NONE;
	l->fault = FAULT_NONE;
}

/* The first line of the grammar that starts with this word. */
static size_t
find(const unsigned char *p, size_t n, const char *word, struct line *l)
{
	size_t			 len = strlen(word);
	const unsigned char	*at = p, *end = p + trim(p, n);

	while ((at = memchr(at, word[0], (size_t)(end - at))) != NULL) {
		if ((size_t)(end - at) >= len && memcmp(at, word, len) == 0) {
			line_scan_known(at, (size_t)(end - at), l);
			if (l->kind != LINE_NONE)
				return (size_t)(at - p);
		}
		at++;
	}
	set_none(l);
	return n;
}

size_t
start_header(const unsigned char *p, size_t n, struct line *l)
{
	size_t	 at = find(p, n, "Small", l);

	if (l->kind != LINE_HEADER)
		set_none(l);
	return at;
}

static size_t
find_free_list(const unsigned char *p, size_t n, struct line *l)
{
	size_t	 end = trim(p, n);

	for (size_t i = 1; i + 6 < end; i++) {
		size_t	 at = i;

		if (p[i] != ' ' || (memcmp(p + i, " free ", 6) != 0 &&
		    memcmp(p + i, " Py", 3) != 0))
			continue;
		while (at > 0 && p[at - 1] >= '0' && p[at - 1] <= '9')
			at--;
		if (at > 0 && at < i && p[at - 1] == '-')
			at--;
		line_scan_known(p + at, end - at, l);
		if (l->kind == LINE_FREE)
			return at;
	}
	set_none(l);
	return n;
}

size_t
start_tail(const unsigned char *p, size_t n, struct line *l)
{
	size_t	 at = find_free_list(p, n, l);

	if (l->kind == LINE_FREE)
		return at;
	at = find(p, n, "# bytes", l);
	if (l->kind != LINE_VALUE ||
	    (FIELD_BIT(l->field) & PROCESS_FIELDS) == 0)
		set_none(l);
	return at;
}

size_t
start_other(const unsigned char *p, size_t n, struct line *l)
{
	size_t	 at;

	at = find(p, n, "class", l);
	if (l->kind == LINE_HEADING)
		return at;
	at = find(p, n, "# ", l);
	if (l->kind == LINE_VALUE && l->fault == FAULT_NONE)
		return at;
	at = find_free_list(p, n, l);
	if (l->kind == LINE_FREE && l->fault == FAULT_NONE)
		return at;
	line_scan_known(p, n, l);
	if (l->kind != LINE_VALUE || l->fault != FAULT_NONE ||
	    (FIELD_BIT(l->field) & MIMALLOC_FIELDS) == 0)
		set_none(l);
	return 0;
}

size_t
start_column(const unsigned char *p, size_t n, size_t column, struct line *l)
{
	size_t	 at;

	at = find(p, n, "class", l);
	if (l->kind == LINE_HEADING)
		return at;
	at = find(p, n, fields[F_MEDIUM].label, l);
	if (l->kind == LINE_VALUE)
		return at;
	at = 0;
	line_scan(p, n, l);
	if (l->kind == LINE_NONE && column < n) {
		at = column;
		line_scan(p + at, n - at, l);
	}
	if (l->kind == LINE_HEADER || l->fault != FAULT_NONE)
		set_none(l);
	return at;
}
