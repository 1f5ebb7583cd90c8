/*
 * source: a file, or standard input, as its dumps.
 * Bytes go through input, reader, check and history.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "source.h"

static bool
is_standard_input(const struct source *s)
{
	return strcmp(s->file, "-") == 0;
}

int
source_open(struct source *s, const char *file, struct names *names,
    struct out *err)
{
	s->file = file;
	s->fd = STDIN_FILENO;
	if (!is_standard_input(s))
		s->fd = open(file, O_RDONLY | O_NOCTTY);
	if (s->fd == -1) {
		say_begin(err, file, 0, false);
		out_cat(err, strerror(errno), "\n");
		return -1;
	}
	input_open(&s->input, s->fd);
	reader_open(&s->reader, &s->input, names);
	memset(&s->history, 0, sizeof(s->history));
	return 0;
}

int
source_next(struct source *s, struct held *held)
{
	int	 got = reader_next(&s->reader, &held->dump, &held->damage);

	if (got != 1)
		return got;
	check_dump(&held->dump, s->reader.body.names, &held->damage);
	history_place(&s->history, &held->dump);
	return 1;
}

/* A file may have descriptor 0, where standard input was closed. */
void
source_close(struct source *s)
{
	if (!is_standard_input(s))
		close(s->fd);
}

/*
 * A file's name as a word of a command for the shell, in quotes if it needs
 * them; FILE if it is not printable ASCII.
 */
static void
out_word(struct out *o, const char *name)
{
	static const char	 plain[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+:@%=-";
	const char		*quote = name[strspn(name, plain)] == '\0' ?
	    "" : "'";

	for (const char *s = name; *s != '\0'; s++)
		if (*s < ' ' || *s > '~') {
			out_str(o, "FILE");
			return;
		}
	out_cat(o, *name == '-' ? "./" : "", quote);
	for (; *name != '\0'; name++)
		if (*name == '\'')
			out_str(o, "'\\''");
		else
			out_char(o, *name);
	out_str(o, quote);
}

int
source_fail(const struct source *s, struct out *err)
{
	const struct failure	*why = &s->input.failure;

	say_begin(err, s->file, why->line, false);
	if (why->what == NULL) {
		out_str(err, s->input.offset + s->input.end == 0 ?
		    "file is empty" : "no dump found");
	} else {
		out_str(err, why->what);
		if (why->command != NULL && !is_standard_input(s)) {
			out_cat(err, "; ", why->command, " ");
			out_word(err, s->file);
			out_str(err, " | pymallocdiff");
		} else if (why->advice != NULL) {
			out_cat(err, "; ", why->advice);
		}
	}
	out_char(err, '\n');
	return -1;
}

int
source_choose(struct source *s, const char *file, struct names *names,
    struct choice *choice, struct out *err)
{
	struct held	*held;
	int		 got;

	if (source_open(s, file, names, err) == -1)
		return -1;
	do {
		held = choice_room(choice);
		got = source_next(s, held);
		if (got == 1)
			choice_add(choice, &s->history, held);
	} while (got == 1);
	source_close(s);
	if (got == -1 || s->history.count == 0)
		return source_fail(s, err);
	choice_close(choice, &s->history);
	return 0;
}
