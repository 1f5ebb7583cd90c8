/*
 * mutate SEED COUNT FILE...: COUNT random mutations of the files in turn, each
 * read and checked as main.c would. What is accepted is diffed with the first
 * dump of its file (each 16th time with another file's), and what a diff has
 * to be by itself is held. Prints how many there were.
 *
 * Each flaw's text and each diff of an accepted dump is looked at; reports are
 * rendered for each 16th accepted dump and each 64th damaged one, since they
 * cost more than all else. Before the mutations each file as it is meets the
 * first one, with all reports: `mutate 1 0 ORIGINAL SAVED` repeats a failure.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "harness.h"
#include "report.h"
#include "warn.h"

enum {
	EACH_ACCEPTED = 16, EACH_DAMAGED = 64, EACH_FOREIGN = 16,
	EACH_ALARM = 4096, ALARM = 60,	/* runs, and seconds they may take */
	CSV_FIELDS = 11,
	FIELD = 512,
	REPORT = 4 * 1024 * 1024
};

struct original {
	struct sample	 bytes;
	struct dump	 first;
	bool		 has;		/* there is a first dump in it */
};

struct field {
	char		 text[FIELD];
	size_t		 n;
};

/* What is at hand, for the message of a failure. */
static struct {
	const char	*seed, *file, *against;
	unsigned long	 iteration;
	unsigned long	 accepted, damaged;
	struct random	 random;
	struct sample	 bytes;
} run;

/* What a failure leaves behind. */
static void
save(const char *what)
{
	char	 name[128];
	FILE	*f;

	snprintf(name, sizeof(name), "mutate.%s.%lu", run.seed, run.iteration);
	f = fopen(name, "wb");
	if (f == NULL ||
	    fwrite(run.bytes.data, 1, run.bytes.n, f) != run.bytes.n ||
	    fclose(f) != 0)
		perror(name);
	fprintf(stderr, "mutate: seed %s, iteration %lu of %s against %s: %s; "
	    "the bytes are in %s\n", run.seed, run.iteration, run.file,
	    run.against, what, name);
}

static void
fail(const char *what, const struct row *row)
{
	char		 text[FIELD];
	struct out	 o = out_memory(text, sizeof(text) - 1);

	out_str(&o, what);
	if (row != NULL) {
		out_str(&o, ", row ");
		limit_key(row, &o);
	}
	text[o.len] = '\0';
	save(text);
	exit(1);
}

/* An assertion, or with abort_on_error=1 a sanitizer; or an endless loop. */
static void
caught(int sig)
{
	save(sig == SIGALRM ? "it does not end" : "it was aborted");
	_exit(1);
}

/* Printable ASCII and LF; the text is one of the program's own. */
static void
hold_printable(const char *p, size_t n, const char *what)
{
	for (size_t i = 0; i < n; i++)
		if ((p[i] < ' ' || p[i] > '~') && p[i] != '\n')
			fail(what, NULL);
}

/* In the order of their lines; a warning may be of the whole input, line 0. */
static void
hold_flaws(const struct flaws *flaws, const struct dump *d, bool warnings)
{
	uint64_t	 line = 0;

	for (unsigned i = 0; i < flaws->count && i < FLAWS_KEPT; i++) {
		const struct flaw	*f = &flaws->first[i];
		const char		*end = memchr(f->what, '\0', FLAW_TEXT);

		if (end == NULL || end == f->what ||
		    memchr(f->what, '\n', FLAW_TEXT) != NULL)
			fail("a flaw's text is not one line", NULL);
		hold_printable(f->what, (size_t)(end - f->what), "a flaw");
		if (f->line < line || f->line > d->last_line ||
		    (f->line < d->first_line && !(warnings && f->line == 0)))
			fail("a flaw is in no line of the dump", NULL);
		line = f->line;
	}
}

/* before + delta = after; what is absent is 0; the status says it. */
static void
hold_sums(const struct diff *diff)
{
	for (unsigned i = 0; i < diff->count; i++) {
		const struct row	*r = &diff->rows[i];
		enum status		 status = STATUS_SAME;

		if ((uint64_t)r->value[0] + (uint64_t)row_delta(r) !=
		    (uint64_t)r->value[1])
			fail("before and delta are not after", r);
		if ((!r->has[0] && r->value[0] != 0) ||
		    (!r->has[1] && r->value[1] != 0) ||
		    (!r->has[0] && !r->has[1]))
			fail("a side that is absent is not nothing", r);
		if (!r->has[0])
			status = STATUS_NEW;
		else if (!r->has[1])
			status = STATUS_GONE;
		else if (r->value[0] != r->value[1])
			status = STATUS_CHANGED;
		if (r->status != status)
			fail("the status is another one", r);
	}
}

static bool
is_unknown(const struct row *r)
{
	return r->section == SECTION_SUMMARY && r->key == NULL;
}

/* An unknown label may stand in two groups: the after side's counts. */
static bool
is_same_line(const struct row *r, const struct row *b)
{
	return r->section == b->section && r->metric == b->metric &&
	    r->key == b->key && (r->group == b->group || is_unknown(r)) &&
	    (r->key != NULL || entry_order(r->entry, b->entry) == 0);
}

/* The next known row from *at on, which moves behind it, or NULL. */
static const struct row *
next_known(const struct diff *diff, unsigned *at)
{
	while (*at < diff->count && is_unknown(&diff->rows[*at]))
		++*at;
	return *at < diff->count ? &diff->rows[(*at)++] : NULL;
}

/* Where both sides have unknown labels, no order of them is the right one. */
static const struct row *
find_unknown(const struct diff *diff, const struct row *r)
{
	for (unsigned i = 0; i < diff->count; i++)
		if (is_unknown(&diff->rows[i]) &&
		    is_same_line(r, &diff->rows[i]))
			return &diff->rows[i];
	return NULL;
}

/* The operands swapped: the same rows in the same order, seen from behind. */
static void
hold_swap(const struct diff *forth, const struct diff *back)
{
	static const enum status	 swapped[] = {
		[STATUS_SAME] = STATUS_SAME,
		[STATUS_CHANGED] = STATUS_CHANGED,
		[STATUS_NEW] = STATUS_GONE,
		[STATUS_GONE] = STATUS_NEW
	};
	unsigned			 at = 0;

	if (forth->count != back->count)
		fail("swapped, there are not as many rows", NULL);
	for (unsigned i = 0; i < forth->count; i++) {
		const struct row	*r = &forth->rows[i], *b;
		int64_t			 x = 0, y = 0;

		b = is_unknown(r) ? find_unknown(back, r) :
		    next_known(back, &at);
		if (b == NULL || !is_same_line(r, b))
			fail("swapped, another row stands here", r);
		if (row_delta(r) != -row_delta(b) ||
		    swapped[r->status] != b->status)
			fail("swapped, the change is not the reverse", r);
		if (row_bytes(r, &x) != row_bytes(b, &y) || x != -y)
			fail("swapped, delta_bytes is not the reverse", r);
	}
}

static void
hold_same(const struct diff *diff)
{
	for (unsigned i = 0; i < diff->count; i++)
		if (diff->rows[i].status != STATUS_SAME)
			fail("against itself, a row differs", &diff->rows[i]);
}

/* One field of a CSV line; returns what stands behind it and its comma. */
static const char *
read_csv(const char *p, struct field *f)
{
	bool	 quoted = *p == '"';

	p += quoted;
	for (f->n = 0; f->n < FIELD; f->text[f->n++] = *p++) {
		if (quoted && *p == '"' && *++p != '"')
			break;
		if (!quoted && (*p == ',' || *p == '\n' || *p == '"'))
			break;
	}
	if (*p != ',' && *p != '\n')
		fail("CSV: a field does not end", NULL);
	return p + 1;
}

/* "member":value, of JSON; null is read as nothing. */
static const char *
read_json(const char *p, const char *member, struct field *f)
{
	size_t	 n = strlen(member);
	bool	 quoted;

	if (*p != '"' || strncmp(p + 1, member, n) != 0 ||
	    strncmp(p + 1 + n, "\":", 2) != 0)
		fail("JSON: another member is expected", NULL);
	p += n + 3;
	quoted = *p == '"';
	p += quoted;
	for (f->n = 0; f->n < FIELD; f->text[f->n++] = *p++) {
		if (quoted ? *p == '"' : *p == ',' || *p == '}')
			break;
		if (quoted && *p == '\\' && *++p != '"' && *p != '\\')
			fail("JSON: an escape that no name needs", NULL);
	}
	p += quoted;
	if (*p != ',' && *p != '}')
		fail("JSON: a member does not end", NULL);
	if (!quoted && f->n == 4 && memcmp(f->text, "null", 4) == 0)
		f->n = 0;
	return p + 1;
}

/* One row of each; the places in the two texts move on. */
static void
hold_row(const char **csv, const char **json, const struct row *row)
{
	static const char *const	 members[CSV_FIELDS] = {
		"before_dump", "after_dump", "section", "name", "metric",
		"before", "after", "delta", "percent", "delta_bytes", "status"
	};
	struct field			 x, y;

	if (**json != '{')
		fail("JSON: there is no row", row);
	++*json;
	for (int i = 0; i < CSV_FIELDS; i++) {
		*csv = read_csv(*csv, &x);
		if (((*csv)[-1] == '\n') != (i + 1 == CSV_FIELDS))
			fail("CSV: not as many fields as in its header", row);
		if (i < 2) {
			if (x.n != 1 || x.text[0] != '1' + i)
				fail("CSV: another dump's number", row);
			continue;
		}
		*json = read_json(*json, members[i], &y);
		if (((*json)[-1] == '}') != (i + 1 == CSV_FIELDS))
			fail("JSON: not as many members as fields", row);
		if (x.n != y.n || memcmp(x.text, y.text, x.n) != 0)
			fail(members[i], row);
	}
}

static void
hold_formats(const char *csv, const char *json, const struct diff *diff,
    bool each)
{
	const char	*end = each ? "" : "\n", *rows;

	rows = strstr(json, "\"rows\":[");
	if (rows == NULL || strncmp(json, "{\"format_version\":\"1.0\","
	    "\"before_dump\":1,\"after_dump\":2,", 51) != 0)
		fail("JSON: another head is expected", NULL);
	json = rows + 8;
	for (unsigned i = 0; i < diff->count; i++) {
		if (i > 0 && *json++ != ',')
			fail("JSON: no comma between two rows", NULL);
		if (strncmp(json, end, strlen(end)) != 0)
			fail("JSON: not a row a line", NULL);
		json += strlen(end);
		hold_row(&csv, &json, &diff->rows[i]);
	}
	if (*csv != '\0' || strncmp(json, end, strlen(end)) != 0 ||
	    strcmp(json + strlen(end), "]}\n") != 0)
		fail("a format does not end with the last row", NULL);
}

/* A report in memory, with a NUL behind it. */
static size_t
render(void (*print)(const struct report *, struct out *),
    const struct report *r, char *text, const char *what)
{
	struct out	 o = { .data = text, .size = REPORT, .fd = -1 };

	print(r, &o);
	if (o.len == REPORT)
		fail("a report is too long", NULL);
	text[o.len] = '\0';
	hold_printable(text, o.len, what);
	if (o.len > 0 && text[o.len - 1] != '\n')
		fail(what, NULL);
	return o.len;
}

/* No row that differs: nothing is printed but a summary's levels. */
static void
hold_silence(struct diff *diff, char *text)
{
	struct report	 r = { .diff = diff, .number = { 1, 2 } };

	r.differs = limit_show(diff, false, NULL, 0);
	if (r.differs || render(text_report, &r, text, "text") != 0 ||
	    render(csv_report, &r, text, "csv") != 0)
		fail("against itself, it is not silent", NULL);
}

static void
hold_reports(struct diff *diff, bool damaged, bool each)
{
	static char	 text[REPORT + 1], other[REPORT + 1];
	struct report	 r = { .diff = diff, .number = { 1, 2 },
	    .damaged = { false, damaged }, .each = each };

	r.differs = limit_show(diff, false, NULL, 0);
	if (r.differs != (render(csv_report, &r, text, "csv") > 0))
		fail("CSV does not hold just what differs", NULL);
	render(text_report, &r, text, "text");
	r.differs = limit_show(diff, true, NULL, 0);
	render(text_report, &r, text, "text, all");
	render(summary_report, &r, text, "summary");
	render(csv_report, &r, text, "csv, all");
	render(json_report, &r, other, "json, all");
	hold_formats(text, other, diff, each);
	if (!r.differs)
		hold_silence(diff, text);
}

/* All that holds of one pair of dumps, whatever they are. */
static void
hold_pair(const struct dump *before, const struct dump *after, bool damaged,
    bool rendered)
{
	static struct diff	 forth, back;
	static struct flaws	 warnings[2];

	diff_dumps(before, after, &forth);
	diff_dumps(after, before, &back);
	hold_sums(&forth);
	hold_swap(&forth, &back);
	diff_dumps(after, after, &back);
	hold_same(&back);
	if (!rendered)
		return;
	warn_pair(before, after, &forth, (struct relation){
	    .one_input = true, .forward = true, .damaged = damaged },
	    &warnings[0], &warnings[1]);
	hold_flaws(&warnings[0], before, true);
	hold_flaws(&warnings[1], after, true);
	hold_reports(&forth, damaged, run.accepted % 2 == 0);
	hold_reports(&back, damaged, run.accepted % 2 == 1);
}

/* Read the bytes at hand, check each dump in them, and diff it. */
static void
examine(const struct original *against, bool always)
{
	static struct input	 in;
	static struct dump	 d;
	static struct flaws	 flaws;
	struct reader		 r;

	sample_open(&run.bytes, &in, &r);
	while (reader_next(&r, &d) == 1) {
		const struct dump	*before = &d;
		bool			 render = always;

		if (against->has)
			before = &against->first;
		check_dump(&d, &flaws);
		hold_flaws(&flaws, &d, false);
		if (flaws.count == 0)
			render |= run.accepted++ % EACH_ACCEPTED == 0;
		else
			render |= run.damaged++ % EACH_DAMAGED == 0;
		if (flaws.count == 0 || render)
			hold_pair(before, &d, flaws.count > 0, render);
	}
}

static void
load(struct original *o, const char *file)
{
	static struct input	 in;
	struct reader		 r;

	sample_load(&o->bytes, file);
	sample_open(&o->bytes, &in, &r);
	o->has = reader_next(&r, &o->first) == 1;
}

/* Only the n bytes count, of which there are far less than there is room. */
static void
copy(struct sample *to, const struct sample *from)
{
	to->n = from->n;
	memcpy(to->data, from->data, from->n);
}

/* One mutation, or sometimes up to four at once. */
static void
mutate(struct sample *s, const struct original *all, size_t n)
{
	struct random	*r = &run.random;
	size_t		 times = random_below(r, 4) == 0 ?
	    2 + random_below(r, 3) : 1;

	for (; times > 0; times--)
		sample_mutate(s, r, &all[random_below(r, n)].bytes);
}

static void
run_mutations(unsigned long count, const struct original *all, size_t n,
    char **names)
{
	for (unsigned long i = 1; i <= count; i++) {
		size_t	 at = (size_t)(i % n), other = at;

		if (i % EACH_ALARM == 1)
			alarm(ALARM);
		if (i % EACH_FOREIGN == 0)
			other = random_below(&run.random, n);
		run.iteration = i;
		run.file = names[at];
		run.against = names[other];
		copy(&run.bytes, &all[at].bytes);
		mutate(&run.bytes, all, n);
		examine(&all[other], false);
	}
}

int
main(int argc, char **argv)
{
	size_t		 n = argc > 3 ? (size_t)argc - 3 : 0;
	struct original	*all = calloc(n + 1, sizeof(*all));
	unsigned long	 count;

	if (n == 0 || all == NULL)
		harness_die("usage", "mutate SEED COUNT FILE...");
	run.seed = argv[1];
	run.random.state = strtoull(argv[1], NULL, 10) * 2 + 1;
	count = strtoul(argv[2], NULL, 10);
	for (size_t i = 0; i < n; i++)
		load(&all[i], argv[3 + i]);
	signal(SIGABRT, caught);
	signal(SIGALRM, caught);
	for (size_t i = 0; i < n; i++) {
		run.file = argv[3 + i];
		run.against = argv[3];
		copy(&run.bytes, &all[i].bytes);
		examine(&all[0], true);
	}
	run.accepted = run.damaged = 0;
	run_mutations(count, all, n, argv + 3);
	printf("%lu mutations, %lu accepted, %lu dumps\n", count, run.accepted,
	    run.accepted + run.damaged);
	free(all);
	return fflush(stdout) == 0 ? 0 : 1;
}
