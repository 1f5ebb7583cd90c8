/*
 * out: a full buffer is written and filled again.
 */
#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "out.h"

/* A write that would block is waited for: the reader is only slow. */
static int
wait_writable(int fd)
{
	struct pollfd	 pfd = { .fd = fd, .events = POLLOUT };

	return poll(&pfd, 1, -1) == -1 && errno != EINTR ? -1 : 0;
}

static int
write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t	 done = write(fd, p, n);

		if (done > 0) {
			p += done;
			n -= (size_t)done;
			continue;
		}
		errno = done == 0 ? EIO : errno;	/* no byte, no error */
		if (errno == EAGAIN || errno == EWOULDBLOCK) {
			if (wait_writable(fd) == -1)
				return -1;
		} else if (errno != EINTR) {
			return -1;
		}
	}
	return 0;
}

int
out_flush(struct out *o)
{
	if (o->error == 0 && o->fd != -1 && o->len > 0) {
		o->used = true;
		if (write_all(o->fd, o->data, o->len) == -1)
			o->error = errno;
	}
	if (o->fd != -1)
		o->len = 0;
	return o->error == 0 ? 0 : -1;
}

int
out_close(struct out *o)
{
	if (out_flush(o) == 0 && o->used && close(o->fd) == -1)
		o->error = errno;
	return o->error == 0 ? 0 : -1;
}

char *
out_room(struct out *o, size_t n)
{
	if (o->size - o->len < n) {
		assert(o->fd != -1 && n <= o->size);
		out_flush(o);
	}
	return o->data + o->len;
}

void
out_long(struct out *o, const char *p, size_t n)
{
	while (n > 0) {
		size_t	 room = o->size - o->len;

		if (room > n)
			room = n;
		memcpy(o->data + o->len, p, room);
		o->len += room;
		p += room;
		n -= room;
		if (n > 0) {
			assert(o->fd != -1);	/* a text in memory has room */
			out_flush(o);
		}
	}
}

void
out_strs(struct out *o, const char *const *strings)
{
	for (; *strings != NULL; strings++)
		out_str(o, *strings);
}

void
out_pad(struct out *o, size_t from, size_t width)
{
	static const char	 blanks[] = "                                "
	    "                                ";

	assert(width <= WIDTH_MAX);
	if (from < width)
		out_bytes(o, blanks, width - from);
}

void
out_right(struct out *o, const char *s, size_t width)
{
	out_pad(o, strlen(s), width);
	out_str(o, s);
}

/* Write the last digit of a number before `end`; returns what is left. */
static inline uint64_t
put_digit(char *end, uint64_t n)
{
	end[-1] = (char)('0' + n % 10);
	return n / 10;
}

char *
num_put(char *p, int64_t value)
{
	uint64_t	 left = magnitude(value), power = 10;
	char		*end;

	if (value < 0)
		*p++ = '-';
	for (end = p + 1; end - p < 19 && left >= power; end++)
		power *= 10;
	for (char *at = end; at > p; at--)
		left = put_digit(at, left);
	return end;
}

/* Write a number before `end`; returns where it begins. */
static inline char *
put_before(char *end, int64_t value, unsigned flags)
{
	uint64_t	 left = magnitude(value);

	while ((flags & OUT_COMMAS) && left >= 1000) {
		for (int i = 0; i < 3; i++)
			left = put_digit(end--, left);
		*--end = ',';
	}
	do {
		left = put_digit(end--, left);
	} while (left > 0);
	if (value < 0)
		*--end = '-';
	else if (flags & OUT_SIGN)
		*--end = '+';
	return end;
}

const char *
num_text(char text[NUM_TEXT], int64_t value, unsigned flags)
{
	char	*end = text + NUM_TEXT - 1;

	*end = '\0';
	return put_before(end, value, flags);
}

void
out_num(struct out *o, int64_t value, unsigned flags, size_t width)
{
	char	 text[WIDTH_MAX], *end = text + sizeof(text), *p;

	memset(text, ' ', sizeof(text));
	p = put_before(end, value, flags);
	if (p > end - width)
		p = end - width;
	out_bytes(o, p, (size_t)(end - p));
}

void
out_escaped(struct out *o, const void *p, size_t n)
{
	static const char	 hex[] = "0123456789abcdef";
	const unsigned char	*s = p;

	for (; n > 0; s++, n--) {
		if (*s >= 0x20 && *s <= 0x7e && *s != '"' && *s != '\\') {
			out_char(o, (char)*s);
		} else {
			out_str(o, "\\x");
			out_char(o, hex[*s >> 4]);
			out_char(o, hex[*s & 15]);
		}
	}
}

const char *
quoted_text(char text[QUOTED_TEXT], const void *p, size_t n)
{
	struct out	 o = out_memory(text, QUOTED_TEXT - 1);

	out_char(&o, '"');
	out_escaped(&o, p, n < QUOTED_MAX ? n : QUOTED_MAX);
	out_str(&o, n <= QUOTED_MAX ? "\"" : "...\"");
	text[o.len] = '\0';
	return text;
}
