/*
 * mutate SEED COUNT FILE...: COUNT random mutations of the files in turn, each
 * file as it is, with a prefix, and with CRLF. Each is read twice, by the fast
 * path and without it, and both must say the same. Before that the first dump
 * of its file (each 16th time of another file) was read, as by the program
 * that is given two files. With this one each dump is compared, and all that
 * must be true of any comparison is asserted here. Prints how many there were.
 *
 * Each message and each comparison of an accepted dump is looked at. Reports
 * cost more than all else: they are made for each 16th accepted dump and each
 * 64th damaged one. Before the mutations each file as it is meets the first
 * one, with all reports: `mutate 1 0 ORIGINAL SAVED` repeats a failure.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "choice.h"
#include "harness.h"
#include "history.h"
#include "list.h"
#include "report.h"
#include "warn.h"

enum {
	FORMS = 3,		/* of each file */
	EACH_ACCEPTED = 16, EACH_DAMAGED = 64, EACH_FOREIGN = 16,
	EACH_CHOICE = 8,
	EACH_ALARM = 4096, ALARM = 60,	/* runs, and seconds they may take */
	CSV_FIELDS = 11, LIST_FIELDS = 15,
	FIELD = 512,
	REPORT = 1024 * 1024
};

struct original {
	const char	*name;
	struct sample	 bytes;
	struct dump	 first;
	bool		 has;		/* there is a first dump in it */
	struct names	 names;		/* of its first dump */
	struct reader	 reader;	/* that has read it */
};

struct text_field {
	char		 text[FIELD];
	size_t		 n;
};

/* One reading of the bytes at hand. */
struct reading {
	struct input	 input;
	struct names	 names;
	struct reader	 reader;
	struct dump	 dump;
	struct messages	 messages;
};

/* What is at hand, for the message of a failure. */
static struct {
	const char	*seed, *file, *against;
	unsigned long	 iteration;
	unsigned long	 accepted, damaged;
	struct random	 random;
	struct sample	 bytes;
	const struct names	*names;	/* of a row's key */
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
		field_key(run.names, row->field, &o);
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

/* Printable ASCII and LF. */
static void
hold_printable(const char *p, size_t n, const char *what)
{
	for (size_t i = 0; i < n; i++)
		if ((p[i] < ' ' || p[i] > '~') && p[i] != '\n')
			fail(what, NULL);
}

/* Each is one line of text; they are sorted, and all in these lines. */
static void
hold_messages(const struct messages *m, uint64_t from, uint64_t to)
{
	uint64_t	 line = from;

	for (unsigned i = 0; i < m->count && i < SAY_KEPT; i++) {
		const char	*text = m->first[i].text;
		const char	*end = memchr(text, '\0', SAY_TEXT);

		if (end == NULL || end == text || strchr(text, '\n') != NULL)
			fail("a message is not one line", NULL);
		hold_printable(text, (size_t)(end - text), "a message");
		if (m->first[i].line < line || m->first[i].line > to)
			fail("a message is about no line of the dump", NULL);
		line = m->first[i].line;
	}
}

/* Has it a line of its own? Of a class's three only the first has. */
static bool
has_line(const struct dump *d, enum field f)
{
	return dump_has(d, f) && (field_info(f)->section != SECTION_CLASS ||
	    field_info(f)->metric == METRIC_POOLS);
}

/* The fast path and the slow path have read the same. */
static void
hold_same_reading(const struct reading *fast, const struct reading *slow)
{
	const struct dump	*a = &fast->dump, *b = &slow->dump;
	const struct messages	*m = &fast->messages, *n = &slow->messages;

	if (memcmp(a->v, b->v, sizeof(a->v)) != 0)
		fail("fast and slow path: the numbers differ", NULL);
	for (enum field f = F_THRESHOLD; f < F_COUNT; f++)
		if (has_line(a, f) && a->at[f] != b->at[f])
			fail("fast and slow path: a number's line differs",
			    NULL);
	if (a->first_line != b->first_line || a->last_line != b->last_line ||
	    a->cut_by != b->cut_by)
		fail("fast and slow path: the lines of a dump differ", NULL);
	if (a->present != b->present || a->flags != b->flags ||
	    a->class_width != b->class_width)
		fail("fast and slow path: the flags differ", NULL);
	if (m->count != n->count)
		fail("fast and slow path: other messages", NULL);
	for (unsigned i = 0; i < m->count && i < SAY_KEPT; i++)
		if (m->first[i].line != n->first[i].line ||
		    strcmp(m->first[i].text, n->first[i].text) != 0)
			fail("fast and slow path: a message differs", NULL);
	if (memcmp(&fast->names, &slow->names, sizeof(fast->names)) != 0)
		fail("fast and slow path: the names differ", NULL);
}

/* Levels have at most 15 digits, and agree with a whole dump. */
static void
hold_levels(struct dump *d, bool whole)
{
	const int64_t	*v = d->v;

	dump_levels(d);
	for (enum field f = F_HELD; f <= F_NEEDED; f++)
		if (dump_has(d, f) && (v[f] < 0 || v[f] > NUMBER_MAX))
			fail("a level is out of range", NULL);
	if (!whole || !dump_has(d, F_NEEDED) || (d->flags & DUMP_UNKNOWN) != 0)
		return;
	if (v[F_HELD] != v[F_LIVE] + v[F_AVAILABLE] + v[F_UNUSED] +
	    v[F_OVERHEAD])
		fail("held is not the sum of the levels", NULL);
	if (v[F_NEEDED] > v[F_HELD])
		fail("more is needed than held", NULL);
}

/* The whole change is within half a step of so many tenths of a percent. */
static bool
is_percent(int64_t tenths, const struct row *row)
{
	int64_t	 exact = row->delta * 1000, error;

	error = exact - tenths * row->value[0];
	return (error < 0 ? -error : error) <= row->value[0] / 2 &&
	    (tenths == 0 || (tenths < 0) == (row->delta < 0));
}

/* before + delta = after; an absent side is 0; the status agrees. */
static void
hold_row(const struct pair *pair, const struct row *r)
{
	enum status	 status = STATUS_SAME;
	int64_t		 tenths, bytes = 0;

	if (r->value[0] + r->delta != r->value[1])
		fail("before and delta are not after", r);
	if ((!r->has[0] && r->value[0] != 0) ||
	    (!r->has[1] && r->value[1] != 0) || (!r->has[0] && !r->has[1]))
		fail("a side that is absent is not nothing", r);
	if (!r->has[0])
		status = STATUS_NEW;
	else if (!r->has[1])
		status = STATUS_GONE;
	else if (r->value[0] != r->value[1])
		status = STATUS_CHANGED;
	if (r->status != status)
		fail("the status is another one", r);
	if (row_percent(r, &tenths) != (r->has[0] && r->has[1] &&
	    r->value[0] != 0))
		fail("percent where there is none, or none", r);
	if (r->has[0] && r->has[1] && r->value[0] != 0 &&
	    !is_percent(tenths, r))
		fail("percent is another one", r);
	if (row_bytes(pair, r, &bytes) && (bytes == 0) != (r->delta == 0))
		fail("delta_bytes where nothing changes, or none", r);
}

/* Its own key finds a row, and the limit 0 sees each change. */
static void
hold_limit(const struct pair *pair, const struct row *r)
{
	char		 text[FIELD];
	struct out	 o = out_memory(text, sizeof(text) - 1);
	struct limit	 limit;
	struct row	 found = { .field = F_NONE };
	enum judgement	 judged;

	field_key(pair->names, r->field, &o);
	out_str(&o, ":0");
	text[o.len] = '\0';
	if (!limit_parse(text, &limit) || limit.word != WORDS)
		fail("the row's key is no rule", r);
	if (!limit_next(&limit, pair, &found) || found.field != r->field ||
	    limit_next(&limit, pair, &found))
		fail("the row's key does not find it alone", r);
	judged = limit_judge(&limit, pair, &found);
	if (judged != LIMIT_NOT_MEASURED && judged != (!r->has[1] ?
	    LIMIT_GONE : r->delta == 0 ? LIMIT_KEPT : LIMIT_EXCEEDED))
		fail("its limit judges otherwise", r);
}

/* The dumps swapped: the same rows in the same order, seen from behind. */
static void
hold_swap(const struct pair *forth, const struct pair *back,
    const struct row *r, const struct row *b)
{
	static const enum status	 swapped[] = {
		[STATUS_SAME] = STATUS_SAME,
		[STATUS_CHANGED] = STATUS_CHANGED,
		[STATUS_NEW] = STATUS_GONE,
		[STATUS_GONE] = STATUS_NEW
	};
	int64_t				 x = 0, y = 0;

	if (r->field != b->field)
		fail("swapped, another row stands here", r);
	if (r->delta != -b->delta || swapped[r->status] != b->status)
		fail("swapped, the change is not the reverse", r);
	if (row_bytes(forth, r, &x) != row_bytes(back, b, &y) || x != -y)
		fail("swapped, delta_bytes is not the reverse", r);
}

/* The rows of a pair, one at a time; returns how many there are. */
static unsigned
hold_rows(const struct pair *pair, bool limits)
{
	const struct pair	 back = { .side = { pair->side[1],
	    pair->side[0] }, .names = pair->names };
	struct row		 row = { .field = F_NONE }, other = row;
	bool			 differs = false, more, more_back;
	unsigned		 n = 0;

	more = row_next(pair, &row);
	more_back = row_next(&back, &other);
	for (; more && more_back; n++) {
		hold_row(pair, &row);
		hold_swap(pair, &back, &row, &other);
		if (limits)
			hold_limit(pair, &row);
		differs |= row.status != STATUS_SAME;
		more = row_next(pair, &row);
		more_back = row_next(&back, &other);
	}
	if (more || more_back)
		fail("swapped, there are not as many rows", NULL);
	if (rows_differ(pair) != differs)
		fail("rows_differ does not say what the rows do", NULL);
	return n;
}

static void
hold_itself(const struct pair *pair, const struct verdict *verdict)
{
	struct row	 row = { .field = F_NONE };

	while (row_next(pair, &row))
		if (row.status != STATUS_SAME)
			fail("against itself, a row differs", &row);
	if (verdict->word != WORD_STEADY && verdict->word != WORD_NONE &&
	    verdict->word != WORD_NOT_MEASURED)
		fail("against itself, it is not steady", NULL);
}

static void
hold_verdict(const struct verdict *v)
{
	if ((unsigned)v->word >= WORDS)
		fail("there is no such verdict", NULL);
	if (v->word != WORD_NOT_MEASURED && v->word != WORD_NONE &&
	    verdict_find(verdict_name(v->word)) != v->word)
		fail("the verdict's word is not known", NULL);
	if (v->growing_count > GROWING_MAX)
		fail("the verdict names too many classes", NULL);
	if (v->word == WORD_LEAK || v->word == WORD_SLOWING ||
	    v->word == WORD_LEVELLED) {
		if (!v->of_log || v->dumps < LOG_DUMPS)
			fail("a log's verdict on no log", NULL);
	}
	if ((v->word == WORD_LEAK || v->word == WORD_GROWTH ||
	    v->word == WORD_LESS) && v->bytes <= 0)
		fail("a verdict of no bytes", NULL);
	if (v->word == WORD_FRAGMENTATION && v->arenas_needed >= v->arenas)
		fail("fragmentation, and all arenas are needed", NULL);
}

/* One field of a CSV line; returns what stands behind it and its comma. */
static const char *
read_csv(const char *p, struct text_field *f)
{
	for (f->n = 0; f->n < FIELD; f->text[f->n++] = *p++)
		if (*p == ',' || *p == '\n' || *p == '"' || *p == '\0')
			break;
	if (*p != ',' && *p != '\n')
		fail("CSV: a field does not end", NULL);
	return p + 1;
}

/* "member":value, of JSON; null is read as nothing. */
static const char *
read_json(const char *p, const char *member, struct text_field *f)
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
		if (*p == '\\' || *p == '\0')
			fail("JSON: an escape, which no name needs", NULL);
	}
	p += quoted;
	if (*p != ',' && *p != '}')
		fail("JSON: a member does not end", NULL);
	if (!quoted && f->n == 4 && memcmp(f->text, "null", 4) == 0)
		f->n = 0;
	return p + 1;
}

/* The rest of a CSV line and a JSON object say the same. */
static void
hold_line(const char **csv, const char **json, const char *const *members,
    int n)
{
	struct text_field	 x, y;

	for (int i = 0; i < n; i++) {
		*csv = read_csv(*csv, &x);
		if (((*csv)[-1] == '\n') != (i + 1 == n))
			fail("CSV: not as many fields as in its header", NULL);
		*json = read_json(*json, members[i], &y);
		if (((*json)[-1] == '}') != (i + 1 == n))
			fail("JSON: not as many members as fields", NULL);
		if (strcmp(members[i], "damaged") == 0 && y.n > 1) {
			y.text[0] = y.text[0] == 't' ? '1' : '0';
			y.n = 1;
		}
		if (x.n != y.n || memcmp(x.text, y.text, x.n) != 0)
			fail(members[i], NULL);
	}
}

/* One row of each; the places in the two texts move on. */
static void
hold_formats_row(const char **csv, const char **json)
{
	static const char *const	 members[CSV_FIELDS] = {
		"before_dump", "after_dump", "section", "name", "metric",
		"before", "after", "delta", "percent", "delta_bytes", "status"
	};

	if (*(*json)++ != '{')
		fail("JSON: there is no row", NULL);
	if (strncmp(*csv, "1,2,", 4) != 0)
		fail("CSV: another dump's number", NULL);
	*csv += 4;
	hold_line(csv, json, members + 2, CSV_FIELDS - 2);
}

static void
hold_formats(const char *csv, const char *json, unsigned rows, bool each)
{
	const char	*end = each ? "" : "\n", *from;

	from = strstr(json, "\"rows\":[");
	if (from == NULL || strncmp(json, "{\"format_version\":\"1.0\","
	    "\"before_dump\":1,\"after_dump\":2,", 51) != 0)
		fail("JSON: another head is expected", NULL);
	json = from + 8;
	for (unsigned i = 0; i < rows; i++) {
		if (i > 0 && *json++ != ',')
			fail("JSON: no comma between two rows", NULL);
		if (strncmp(json, end, strlen(end)) != 0)
			fail("JSON: not a row a line", NULL);
		json += strlen(end);
		hold_formats_row(&csv, &json);
	}
	if (*csv != '\0' || strncmp(json, end, strlen(end)) != 0 ||
	    strcmp(json + strlen(end), "]}\n") != 0)
		fail("a format does not end with the last row", NULL);
}

/* End a text that was printed in memory with a NUL, and look at it. */
static void
finish(struct out *o, const char *what)
{
	if (o->len >= REPORT)
		fail("a report is too long", NULL);
	o->data[o->len] = '\0';
	hold_printable(o->data, o->len, what);
	if (o->len > 0 && o->data[o->len - 1] != '\n')
		fail(what, NULL);
}

static size_t
render(void (*print)(const struct report *, struct out *),
    const struct report *r, char *text, const char *what)
{
	struct out	 o = { .data = text, .size = REPORT, .fd = -1 };

	print(r, &o);
	finish(&o, what);
	return o.len;
}

/* Within 80 columns. */
static void
hold_width(const char *text)
{
	for (size_t n; *text != '\0'; text += n + 1)
		if ((n = strcspn(text, "\n")) > 80)
			fail("a summary is too wide", NULL);
}

static void
hold_reports(const struct pair *pair, const struct verdict *verdict,
    bool each)
{
	static char	 text[REPORT + 1], other[REPORT + 1];
	unsigned	 rows = hold_rows(pair, true);
	struct options	 o = { .each = each, .file_count = 2 };
	struct report	 r = { .options = &o, .pair = *pair,
	    .number = { 1, 2 }, .verdict = *verdict };

	r.differs = report_differs(&r);
	if ((render(csv_report, &r, text, "csv") > 0) != r.differs)
		fail("CSV does not show just what differs", NULL);
	if (render(text_report, &r, text, "text") > 0 && !r.differs)
		fail("without a difference, text is not silent", NULL);
	render(summary_report, &r, text, "summary");
	hold_width(text);
	o.all = true;
	render(text_report, &r, text, "text, all");
	render(csv_report, &r, text, "csv, all");
	render(json_report, &r, other, "json, all");
	hold_formats(text, other, rows, each);
}

static void
hold_list(const struct dump *d)
{
	static const char *const	 members[LIST_FIELDS] = {
		"dump", "line", "process", "kind", "damaged", "arenas", "held",
		"live", "available", "unused", "overhead", "free_lists",
		"needed", "bytes_resident", "bytes_in_malloc"
	};
	static char			 text[3][REPORT + 1];
	const char			*csv = text[1];
	const char			*json = text[2];
	static const enum format	 formats[] = {
		FORMAT_TEXT, FORMAT_CSV, FORMAT_JSON
	};

	for (int i = 0; i < 3; i++) {
		struct out	 o = { .data = text[i], .size = REPORT,
		    .fd = -1 };

		list_dump(formats[i], d, &o);
		finish(&o, "a line of the list");
		if (strchr(text[i], '\n') != text[i] + o.len - 1)
			fail("a dump's line in the list is not one", NULL);
	}
	if (*json++ != '{')
		fail("JSON: the list has no object", NULL);
	hold_line(&csv, &json, members, LIST_FIELDS);
}

/* All that is true of one pair of dumps, whatever they are. */
static void
hold_pair(const struct dump *before, const struct dump *after, bool rendered)
{
	const struct pair	 pair = { .side = { before, after },
	    .names = run.names };
	const struct pair	 itself = { .side = { after, after },
	    .names = run.names };
	struct messages		 warnings = { .count = 0 };
	struct verdict		 verdict;

	hold_rows(&pair, false);
	verdict_reach(&itself, true, NULL, &verdict);
	hold_verdict(&verdict);
	hold_itself(&itself, &verdict);
	if (!rendered)
		return;
	hold_reports(&itself, &verdict, true);
	verdict_reach(&pair, true, NULL, &verdict);
	hold_verdict(&verdict);
	if (warn_builds(&pair, 7, &warnings) != (warnings.count > 0))
		fail("a warning that nobody has said", NULL);
	hold_messages(&warnings, 7, 7);
	hold_reports(&pair, &verdict, run.accepted % 2 == 0);
	hold_list(after);
}

/* How history has placed the next dump. */
static void
hold_place(const struct history *h, const struct dump *d, uint64_t number,
    uint64_t process)
{
	bool	 begins = h->change.dump != 0;

	if (d->number != number || h->count != number)
		fail("another dump's number", NULL);
	if (d->process != process + (begins || number == 1))
		fail("another process's number", NULL);
	if (begins && (h->change.dump != number ||
	    h->change.line < d->first_line || h->change.line > d->last_line))
		fail("a change is in no line of the dump", NULL);
	if ((d->flags & DUMP_DAMAGED) != 0 &&
	    (d->kind != KIND_CALL || begins))
		fail("a damaged dump has a kind, or begins a process", NULL);
	if ((d->full_since != 0) != (d->kind == KIND_FULL) ||
	    d->full_since > number)
		fail("full_since is another dump's", NULL);
}

/* The dump of this number is the one that is wanted, or there is none. */
static void
hold_wanted(const struct held *found, long wanted, uint64_t count)
{
	long	 number = wanted > 0 ? wanted : (long)count + 1 + wanted;

	if (number < 1 || number > (long)count) {
		if (found != NULL)
			fail("a dump is selected that is not there", NULL);
	} else if (found == NULL || (long)found->dump.number != number) {
		fail("another dump is selected", NULL);
	}
}

static void
hold_choice(struct choice *c, const struct history *h)
{
	const struct held	*before, *after;

	choice_close(c, h);
	before = c->found[0];
	after = c->found[1];
	if (c->wanted[0] != 0) {
		hold_wanted(before, c->wanted[0], h->count);
		hold_wanted(after, c->wanted[1], h->count);
	} else if (h->count == 0) {
		if (before != NULL || after != NULL)
			fail("a dump is found where there is none", NULL);
	} else if (before == NULL || after == NULL ||
	    before->dump.number > after->dump.number ||
	    (before->dump.number == after->dump.number) != (h->count == 1)) {
		fail("not two dumps are found, or in another order", NULL);
	} else if (!c->none_at_work && (!dump_is_at_work(&before->dump) ||
	    !dump_is_at_work(&after->dump))) {
		fail("a dump that is not at work is chosen", NULL);
	}
}

/* Is there a verdict on the log that a choice has gathered? */
static void
hold_log(struct choice *c, const struct names *names)
{
	struct pair		 pair = { .names = names };
	struct verdict		 verdict;

	if (c->series->dumps < LOG_DUMPS || c->found[0] == NULL ||
	    c->found[1] == NULL)
		return;
	for (int i = 0; i < 2; i++) {
		dump_levels(&c->found[i]->dump);
		pair.side[i] = &c->found[i]->dump;
	}
	verdict_reach(&pair, true, c->series, &verdict);
	hold_verdict(&verdict);
	verdict_of_log(c->series, &verdict);
	hold_verdict(&verdict);
}

static void
start_reading(struct reading *r, const struct original *before, bool slow)
{
	r->names = before->names;
	r->reader = before->reader;
	sample_open(&run.bytes, &r->input, &r->reader, &r->names);
	r->reader.slow = slow;
}

/* One dump that both paths have read alike. */
static void
examine_dump(struct reading *r, const struct original *against, bool always)
{
	struct dump	*d = &r->dump;
	bool		 damaged = (d->flags & DUMP_DAMAGED) != 0;
	bool		 render = always;

	hold_messages(&r->messages, d->first_line, r->reader.text.line);
	hold_levels(d, !damaged);
	if (damaged)
		render |= run.damaged++ % EACH_DAMAGED == 0;
	else
		render |= run.accepted++ % EACH_ACCEPTED == 0;
	if (!damaged || render)
		hold_pair(against->has ? &against->first : d, d, render);
}

/* Without -s, or with one of its two forms; NULL: not this time. */
static struct choice *
open_choice(struct choice *c, struct series *series)
{
	long	 wanted[2] = { 0, 0 };

	if (run.iteration % EACH_CHOICE != 0)
		return NULL;
	if (run.iteration % (2 * EACH_CHOICE) == 0)
		for (int i = 0; i < 2; i++)
			wanted[i] = random_below(&run.random, 2) == 0 ?
			    1 + (long)random_below(&run.random, 8) :
			    -1 - (long)random_below(&run.random, 8);
	series->dumps = 0;
	choice_open(c, 2, wanted, series);
	return c;
}

/* Read the bytes at hand twice, and look at each dump in them. */
static void
examine(const struct original *against, bool always)
{
	static struct reading	 fast, slow;
	static struct choice	 choices;
	static struct series	 series;
	struct choice		*choice = open_choice(&choices, &series);
	struct history		 history = { .count = 0 };
	int			 got;

	start_reading(&fast, against, false);
	start_reading(&slow, against, true);
	run.names = &fast.names;
	for (uint64_t number = 1, process = 0;; number++) {
		struct held	*held;

		got = reader_next(&fast.reader, &fast.dump, &fast.messages);
		if (reader_next(&slow.reader, &slow.dump, &slow.messages) !=
		    got || fast.input.line != slow.input.line)
			fail("fast and slow path: another end", NULL);
		if (got != 1)
			break;
		hold_same_reading(&fast, &slow);
		check_dump(&fast.dump, &fast.names, &fast.messages);
		history_place(&history, &fast.dump);
		hold_place(&history, &fast.dump, number, process);
		process = fast.dump.process;
		if (choice != NULL) {
			held = choice_room(choice);
			held->dump = fast.dump;
			held->damage = fast.messages;
			choice_add(choice, &history, held);
		}
		examine_dump(&fast, against, always);
	}
	if (choice != NULL) {
		hold_choice(choice, &history);
		hold_log(choice, &fast.names);
	}
}

static void
load(struct original *o, const char *file, int form)
{
	static struct input	 in;
	static struct messages	 m;

	o->name = file;
	sample_load(&o->bytes, file);
	if (form > 0)
		sample_wrap(&o->bytes, form == 1 ? "web-1 | " : "",
		    form == 2 ? "\r" : "");
	sample_open(&o->bytes, &in, &o->reader, &o->names);
	o->has = harness_next(&o->reader, &o->names, &o->first, &m) == 1;
	if (o->has)
		dump_levels(&o->first);
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
run_mutations(unsigned long count, const struct original *all, size_t n)
{
	for (unsigned long i = 1; i <= count; i++) {
		size_t	 at = (size_t)(i % n), other = at;

		if (i % EACH_ALARM == 1)
			alarm(ALARM);
		if (i % EACH_FOREIGN == 0)
			other = random_below(&run.random, n);
		run.iteration = i;
		run.file = all[at].name;
		run.against = all[other].name;
		sample_copy(&run.bytes, &all[at].bytes);
		mutate(&run.bytes, all, n);
		examine(&all[other], false);
	}
}

int
main(int argc, char **argv)
{
	size_t		 n = argc > 3 ? (size_t)argc - 3 : 0;
	struct original	*all = calloc(FORMS * n + 1, sizeof(*all));
	unsigned long	 count;

	if (n == 0 || all == NULL)
		harness_die("usage", "mutate SEED COUNT FILE...");
	run.seed = argv[1];
	run.random.state = strtoull(argv[1], NULL, 10) * 2 + 1;
	count = strtoul(argv[2], NULL, 10);
	for (size_t i = 0; i < FORMS * n; i++)
		load(&all[i], argv[3 + i / FORMS], (int)(i % FORMS));
	signal(SIGABRT, caught);
	signal(SIGALRM, caught);
	for (size_t i = 0; i < FORMS * n; i++) {
		run.file = all[i].name;
		run.against = all[0].name;
		sample_copy(&run.bytes, &all[i].bytes);
		examine(&all[0], true);
	}
	run.accepted = run.damaged = 0;
	run_mutations(count, all, FORMS * n);
	printf("%lu mutations, %lu accepted, %lu dumps\n", count, run.accepted,
	    run.accepted + run.damaged);
	free(all);
	return fflush(stdout) == 0 ? 0 : 1;
}
