/*
 * input: the bytes of a file or of standard input, line after line.
 * A buffer holds the line at hand and what was read behind it. Where few lines
 * matter, a block of bytes at a time is searched for their first letters and
 * its line ends are counted: so a log costs little more than counting its
 * lines.
 */
#include <sys/stat.h>

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "input.h"

enum {
	FIRST_BYTES = 16,	/* they tell what cannot be read */
	BLOCK = 64		/* bytes that are searched at a time */
};

/* What compressed files begin with, and what decompresses them. */
static const struct {
	const char	*magic;
	size_t		 n;
	const char	*command;
} formats[] = {
	{ "\x1f\x8b", 2, "zcat" },
	{ "\xfd" "7zXZ\0", 6, "xzcat" },
	{ "\x28\xb5\x2f\xfd", 4, "zstdcat" },
	{ "BZh", 3, "bzcat" }
};

/*
 * The command that reads UTF-16, which has a byte order mark or zeros where
 * ASCII has none; or NULL.
 */
static const char *
utf16_command(const unsigned char *p, size_t n)
{
	if (n >= 2 && (memcmp(p, "\xff\xfe", 2) == 0 ||
	    memcmp(p, "\xfe\xff", 2) == 0))
		return "iconv -f UTF-16 -t UTF-8";
	if (n < 4 || (p[0] == 0) != (p[2] == 0) || (p[1] == 0) != (p[3] == 0))
		return NULL;
	if (p[0] == 0 && p[1] != 0)
		return "iconv -f UTF-16BE -t UTF-8";
	return p[0] != 0 && p[1] == 0 ? "iconv -f UTF-16LE -t UTF-8" : NULL;
}

void
input_open(struct input *in, int fd)
{
	struct stat	 st;
	off_t		 at;

	memset(in, 0, offsetof(struct input, data));
	in->fd = fd;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    (at = lseek(fd, 0, SEEK_CUR)) >= 0 && at < st.st_size)
		in->size = (uint64_t)(st.st_size - at);
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

/* After a read that failed: is there just no data yet? */
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
	make_room(in);
	do {
		n = read(in->fd, in->data + in->end, INPUT_BUFFER - in->end);
	} while (n == -1 && (errno == EINTR || wait_readable(in->fd)));
	if (n == -1) {
		in->failure = (struct failure){ .what = strerror(errno) };
		return -1;
	}
	if (n == 0 && in->offset + in->end < in->size) {
		in->failure = (struct failure){
		    .what = "the file became shorter while it was read" };
		return -1;
	}
	in->ended = n == 0;
	in->end += (size_t)n;
	return n > 0;
}

/* Look at the first bytes: are they text? Returns 0 or -1. */
static int
begin(struct input *in)
{
	while (in->end < FIRST_BYTES && !in->ended)
		if (fill(in) == -1)
			return -1;
	in->begun = true;
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
		if (in->end >= formats[i].n && memcmp(in->data,
		    formats[i].magic, formats[i].n) == 0) {
			in->failure = (struct failure){ "compressed",
			    formats[i].command, "decompress it first", 0 };
			return -1;
		}
	if (utf16_command(in->data, in->end) != NULL) {
		in->failure = (struct failure){
		    "UTF-16 text, as PowerShell writes it",
		    utf16_command(in->data, in->end),
		    "convert it to UTF-8 first", 0 };
		return -1;
	}
	if (in->end >= 3 && memcmp(in->data, "\xef\xbb\xbf", 3) == 0)
		in->pos = 3;		/* a byte order mark */
	return 0;
}

/* Make a blank of each no-break space, which is C2 A0 in UTF-8. */
static void
make_blanks(struct text *t)
{
	unsigned char	*to = t->p;

	if (memchr(t->p, 0xc2, t->n) == NULL)
		return;
	for (size_t i = 0; i < t->n; i++) {
		if (t->p[i] == 0xc2 && i + 1 < t->n && t->p[i + 1] == 0xa0) {
			*to++ = ' ';
			i++;
		} else {
			*to++ = t->p[i];
		}
	}
	t->n = (size_t)(to - t->p);
}

/* The line at pos ends at `end`, with an LF if `whole`. */
static int
end_line(struct input *in, unsigned char *end, bool whole, struct text *t)
{
	unsigned char	*p = in->data + in->pos;

	in->pos = (size_t)(end - in->data) + whole;
	if (end - p > INPUT_LINE)
		p = end - INPUT_LINE;
	t->offset = in->offset + (size_t)(p - in->data);
	while (end > p && end[-1] == '\r')
		end--;
	t->p = p;
	t->n = (size_t)(end - p);
	t->line = ++in->line;
	t->whole = whole;
	make_blanks(t);
	return 1;
}

int
input_next(struct input *in, struct text *t)
{
	size_t	 seen = 0;	/* of this line, without LF */

	if (!in->begun && begin(in) == -1)
		return -1;
	for (;;) {
		unsigned char	*from = in->data + in->pos + seen, *lf;
		size_t		 left = in->end - in->pos - seen;
		int		 got;

		lf = memchr(from, '\n', left);
		if (lf != NULL)
			return end_line(in, lf, true, t);
		got = fill(in);		/* what is left may move */
		if (got == -1)
			return -1;
		if (got == 0)
			return in->pos == in->end ? 0 :
			    end_line(in, in->data + in->end, false, t);
		seen += left;
		if (seen > INPUT_LINE)
			seen = INPUT_LINE;
	}
}

/* 0 where these two, or three, characters stand here. */
static inline unsigned char
two(const unsigned char *p, const char *c)
{
	return (unsigned char)((p[0] ^ (unsigned char)c[0]) |
	    (p[1] ^ (unsigned char)c[1]));
}

static inline unsigned char
three(const unsigned char *p, const char *c)
{
	return (unsigned char)(two(p, c) | (p[2] ^ (unsigned char)c[2]));
}

static inline unsigned char
least(unsigned char a, unsigned char b)
{
	return a < b ? a : b;
}

/*
 * 0 where this may begin what stops: a header; a dump or an excerpt, so a
 * heading, a line with `# `, a free list, or mimalloc's lines (Medium, Large,
 * Allocated, Bytes) as well; or `arena map counts` or Total, too.
 */
static inline unsigned char
no_stop(const unsigned char *p, enum stop stop)
{
	unsigned char	 no;

	if (stop == STOP_HEADER)
		return three(p, "Sma");
	no = least(two(p, "Sm"), three(p, "cla"));
	no = least(no, least(two(p, "# "), two(p, "#\t")));
	no = least(no, least(two(p, "#\xc2"), three(p, "fre")));
	no = least(no, least(two(p, "Py"), two(p, "Me")));
	no = least(no, least(two(p, "La"), two(p, "Al")));
	no = least(no, two(p, "By"));
	return stop == STOP_LINE ?
	    least(no, least(three(p, "map"), two(p, "To"))) : no;
}

/*
 * May one begin in this block? `stop` is a constant where this is inlined, and
 * all numbers are bytes: so gcc and clang make vector instructions of the
 * loop, 16 bytes at a time.
 */
static inline bool
has_stop(const unsigned char *p, enum stop stop)
{
	unsigned char	 no = 1;

	for (int i = 0; i < BLOCK; i++)
		no = least(no, no_stop(p + i, stop));
	return no == 0;
}

static bool
must_stop(const unsigned char *p, enum stop stop)
{
	switch (stop) {
	case STOP_HEADER:
		return has_stop(p, STOP_HEADER);
	case STOP_START:
		return has_stop(p, STOP_START);
	default:
		return has_stop(p, STOP_LINE);
	}
}

static unsigned
count_lines(const unsigned char *p)
{
	unsigned char	 n = 0;

	for (int i = 0; i < BLOCK; i++)
		n = (unsigned char)(n + (p[i] == '\n'));
	return n;
}

void
input_skip(struct input *in, enum stop stop)
{
	size_t	 at = in->pos, line = in->pos, lines = 0;

	if (!in->begun)
		return;
	while (in->end - at >= BLOCK + 2) {
		const unsigned char	*p = in->data + at;
		unsigned		 n;

		if (must_stop(p, stop))
			break;
		n = count_lines(p);
		at += BLOCK;
		lines += n;
		if (n > 0) {
			line = at;
			while (in->data[line - 1] != '\n')
				line--;
		}
	}
	in->pos = line;
	in->line += lines;
}
