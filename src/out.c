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
		} else if (errno == EAGAIN || errno == EWOULDBLOCK) {
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
out_bytes(struct out *o, const void *p, size_t n)
{
	const char	*from = p;

	while (n > o->size - o->len) {
		size_t	 room = o->size - o->len;

		assert(o->fd != -1);	/* a text in memory has room */
		memcpy(o->data + o->len, from, room);
		o->len += room;
		out_flush(o);
		from += room;
		n -= room;
	}
	memcpy(o->data + o->len, from, n);
	o->len += n;
}

void
out_char(struct out *o, char c)
{
	if (o->len < o->size)
		o->data[o->len++] = c;
	else
		out_bytes(o, &c, 1);
}

void
out_str(struct out *o, const char *s)
{
	out_bytes(o, s, strlen(s));
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

	assert(width < sizeof(blanks));
	if (from < width)
		out_bytes(o, blanks, width - from);
}

void
out_right(struct out *o, const char *s, size_t width)
{
	out_pad(o, strlen(s), width);
	out_str(o, s);
}

/* Written from the end of `text`, so that it does not begin there. */
const char *
num_text(char text[NUM_TEXT], int64_t value, unsigned flags)
{
	char		*p = text + NUM_TEXT - 1;
	uint64_t	 left = value < 0 ? -(uint64_t)value : (uint64_t)value;
	int		 step = (flags & OUT_COMMAS) != 0, group = 0;

	*p = '\0';
	do {
		if (group == 3) {
			*--p = ',';
			group = 0;
		}
		*--p = (char)('0' + left % 10);
		left /= 10;
		group += step;
	} while (left > 0);
	if (value < 0)
		*--p = '-';
	else if (flags & OUT_SIGN)
		*--p = '+';
	return p;
}

char *
num_put(char *p, int64_t value)
{
	uint64_t	 left = value < 0 ? -(uint64_t)value : (uint64_t)value;
	uint64_t	 power = 10;
	char		*end;
	int		 n = 1;

	if (value < 0)
		*p++ = '-';
	for (; n < 19 && left >= power; n++)
		power *= 10;
	end = p + n;
	for (p = end; n > 1; n--) {
		*--p = (char)('0' + left % 10);
		left /= 10;
	}
	*--p = (char)('0' + left);
	return end;
}

void
out_num(struct out *o, int64_t value, unsigned flags, size_t width)
{
	char	 text[NUM_TEXT];

	out_right(o, num_text(text, value, flags), width);
}

void
out_hex(struct out *o, unsigned char c)
{
	static const char	 hex[] = "0123456789abcdef";

	out_char(o, hex[c >> 4]);
	out_char(o, hex[c & 15]);
}

void
out_escaped(struct out *o, const void *p, size_t n)
{
	const unsigned char	*s = p;

	for (; n > 0; s++, n--) {
		if (*s >= 0x20 && *s <= 0x7e && *s != '"' && *s != '\\') {
			out_char(o, (char)*s);
		} else {
			out_str(o, "\\x");
			out_hex(o, *s);
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
