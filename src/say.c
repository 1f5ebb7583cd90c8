/*
 * say: messages about dumps: the first few kept, sorted by line, and printed
 * in the one form that all messages have.
 */
#include <string.h>

#include "say.h"

void
say_strs(struct messages *m, uint64_t line, const char *const *strings)
{
	unsigned	 place = m->count < SAY_KEPT ? m->count : SAY_KEPT;
	struct message	*at;
	struct out	 o;

	m->count++;
	while (place > 0 && m->first[place - 1].line > line)
		place--;
	if (place == SAY_KEPT)
		return;
	at = &m->first[place];
	memmove(at + 1, at, (SAY_KEPT - 1 - place) * sizeof(*at));
	at->line = line;
	o = out_memory(at->text, SAY_TEXT - 1);
	out_strs(&o, strings);
	at->text[o.len] = '\0';
}

void
say_begin(struct out *o, const char *file, uint64_t line, bool warning)
{
	out_str(o, "pymallocdiff: ");
	if (file != NULL) {
		if (strcmp(file, "-") == 0)
			file = "standard input";
		out_escaped(o, file, strlen(file));
		if (line != 0)
			out_cat(o, ":", DEC((int64_t)line));
		out_str(o, ": ");
	}
	if (warning)
		out_str(o, "warning: ");
}

void
say_all(struct out *o, const char *file, const struct messages *m,
    bool warning, const char *hint)
{
	unsigned	 kept = m->count < SAY_KEPT ? m->count : SAY_KEPT;

	for (unsigned i = 0; i < kept; i++) {
		say_begin(o, file, m->first[i].line, warning);
		out_str(o, m->first[i].text);
		if (i + 1 == kept && m->count > kept)
			out_cat(o, "; and ", DEC(m->count - kept), " more");
		out_cat(o, i + 1 == kept ? hint : "", "\n");
	}
}
