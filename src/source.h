/*
 * source: a file, or standard input, as its dumps: checked and placed, one at
 * a time or the wanted ones.
 */
#ifndef SOURCE_H
#define SOURCE_H

#include "choice.h"
#include "reader.h"

struct source {
	const char	*file;		/* `-` is standard input */
	int		 fd;
	struct input	 input;
	struct reader	 reader;
	struct history	 history;
};

/*
 * Open a file and read dumps from it; names may be those of other sources
 * too. Returns 0, or -1 with a message in `err`. The struct is all zeros at
 * first, or has been closed, and then with the same names.
 */
int	source_open(struct source *, const char *file, struct names *,
	    struct out *err);

/* The next dump, checked and placed. As reader_next. */
int	source_next(struct source *, struct held *);

/* Close the file. */
void	source_close(struct source *);

/*
 * When source_next has returned -1, or 0 without any dump: say why. Returns
 * -1.
 */
int	source_fail(const struct source *, struct out *err);

/*
 * Read a whole file, closing it again, and choose among its dumps. Returns 0,
 * or -1 with a message where it could not be read or holds no dump.
 */
int	source_choose(struct source *, const char *file, struct names *,
	    struct choice *, struct out *err);

#endif
