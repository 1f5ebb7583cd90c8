/*
 * input: the bytes of a file or of standard input, line after line.
 * One buffer: the lines in it are handed out in place, then what is left of
 * the last one moves to the front and the rest is filled again.
 */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input.h"

static const char	utf16[] = "this is UTF-16 text (PowerShell writes "
    "it); convert it to UTF-8 first";

/* With its mark, or ASCII in two bytes each: S\0m\0 or \0S\0m. */
static bool
is_wide(const unsigned char *p, size_t n)
{
	if (n >= 2 && (memcmp(p, "\xff\xfe", 2) == 0 ||
	    memcmp(p, "\xfe\xff", 2) == 0))
		return true;
	return n >= 4 && (p[0] == 0) != (p[1] == 0) &&
	    (p[0] == 0) == (p[2] == 0) && (p[1] == 0) == (p[3] == 0);
}

void
input_open(struct input *in, int fd)
{
	struct stat	 st;
	off_t		 at;

	in->error = NULL;
	in->offset = in->line = 0;
	in->pos = in->end = 0;
	in->fd = fd;
	in->ended = false;
	in->base = in->size = 0;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    (at = lseek(fd, 0, SEEK_CUR)) >= 0 && at < st.st_size) {
		in->base = (uint64_t)at;
		in->size = (uint64_t)(st.st_size - at);
	}
}

bool
input_jump(struct input *in, uint64_t back, uint64_t after)
{
	if (back >= in->size || in->size - back < after)
		return false;
	if (lseek(in->fd, (off_t)(in->base + in->size - back), SEEK_SET) == -1)
		return false;
	in->offset = in->size - back;
	in->pos = in->end = 0;
	in->ended = false;
	return true;
}

/* Keep what is left of the line, or its last INPUT_LINE bytes. */
static void
make_room(struct input *in)
{
	if (in->end - in->pos > INPUT_LINE)
		in->pos = in->end - INPUT_LINE;
	memmove(in->data, in->data + in->pos, in->end - in->pos);
	in->offset += in->pos;
	in->end -= in->pos;
	in->pos = 0;
}

/* After a read that failed: is it only that a writer is slow? */
static bool
wait_readable(int fd)
{
	struct pollfd	 pfd = { .fd = fd, .events = POLLIN };

	if (errno != EAGAIN && errno != EWOULDBLOCK)
		return false;
	return poll(&pfd, 1, -1) != -1 || errno == EINTR;
}

/* 1: there is more; 0: the end of input; -1: error. */
static int
fill(struct input *in)
{
	ssize_t	 n;

	if (in->ended)
		return 0;
	/* Before the head of a long first line is dropped. */
	if (in->offset == 0 && in->pos == 0 && is_wide(in->data, in->end)) {
		in->error = utf16;
		return -1;
	}
	make_room(in);
	do {
		n = read(in->fd, in->data + in->end, INPUT_BUFFER - in->end);
	} while (n == -1 && (errno == EINTR || wait_readable(in->fd)));
	if (n == -1) {
		in->error = strerror(errno);
		return -1;
	}
	if (n == 0 && in->offset + in->end < in->size) {
		in->error = "the file became shorter while it was read";
		return -1;
	}
	in->ended = n == 0;
	in->end += (size_t)n;
	return n > 0;
}

/* The line at pos ends at `end`, with an LF if `whole`. */
static int
take(struct input *in, const unsigned char *end, bool whole, struct text *t)
{
	const unsigned char	*p = in->data + in->pos;
	uint64_t		 offset = in->offset + in->pos;

	in->pos = (size_t)(end - in->data) + whole;
	if (offset == 0 && is_wide(p, (size_t)(end - p))) {
		in->error = utf16;
		return -1;
	}
	if (offset == 0 && end - p >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		p += 3;		/* a byte order mark */
	if (end - p > INPUT_LINE)
		p = end - INPUT_LINE;
	t->offset = in->offset + (size_t)(p - in->data);
	while (end > p && end[-1] == '\r')
		end--;
	t->p = p;
	t->n = (size_t)(end - p);
	t->line = ++in->line;
	t->whole = whole;
	return 1;
}

int
input_next(struct input *in, struct text *t)
{
	size_t	 seen = 0;	/* of this line, without LF */

	for (;;) {
		const unsigned char	*from = in->data + in->pos + seen;
		const unsigned char	*lf;
		size_t			 left = in->end - in->pos - seen;
		int			 got;

		lf = memchr(from, '\n', left);
		if (lf != NULL)
			return take(in, lf, true, t);
		got = fill(in);		/* what is left may move */
		if (got == -1)
			return -1;
		if (got == 0)
			return in->pos == in->end ? 0 :
			    take(in, in->data + in->end, false, t);
		seen += left;
		if (seen > INPUT_LINE)
			seen = INPUT_LINE;
	}
}
