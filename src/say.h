/*
 * say: messages about dumps: what is wrong with one, and warnings. The first
 * few of a dump are kept, in the order of their lines; the rest is counted.
 */
#ifndef SAY_H
#define SAY_H

#include "out.h"

enum { SAY_KEPT = 3, SAY_TEXT = 1024 };

struct message {
	uint64_t	 line;		/* of the input; 0: of all of it */
	char		 text[SAY_TEXT];	/* NUL-terminated */
};

struct messages {
	unsigned	 count;		/* of all that were said */
	struct message	 first[SAY_KEPT];	/* set up to count */
};

/*
 * Say something about a line; its words are strings, as those of out_cat:
 * say(&messages, line, "no ", label, " line").
 */
void	say_strs(struct messages *, uint64_t line, const char *const *strings);
#define say(m, line, ...) \
	say_strs(m, line, (const char *const []){ __VA_ARGS__, NULL })

/*
 * Append what all messages of the program begin with:
 * `pymallocdiff: FILE:LINE: warning: `, without FILE if it is NULL, without
 * LINE if it is 0. The file `-` is called standard input.
 */
void	say_begin(struct out *, const char *file, uint64_t line, bool warning);

/*
 * Append the messages kept, a line each; behind the last one how many more
 * there are, and then `hint`.
 */
void	say_all(struct out *, const char *file, const struct messages *,
	    bool warning, const char *hint);

#endif
