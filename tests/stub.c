/*
 * stub.c: wrong functions, one for each fault that the suite has to notice.
 * stub.sh builds the program with one of them in the place of the right one,
 * which is called real_... here. They stand on the headers alone, so that they
 * outlive what is behind these.
 *
 * faults.sh reads the first line of each fault: its name, the function, its
 * file, and the Bats files one test of which must fail.
 *
 * SLOW is no fault: the program without its fast path.
 */
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "choice.h"
#include "compare.h"
#include "gate.h"
#include "reader.h"
#include "report.h"
#include "source.h"
#include "start.h"
#include "warn.h"

#ifdef SLOW		/* reader_open of reader.c; none */
void	real_reader_open(struct reader *, struct input *, struct names *);

void
reader_open(struct reader *r, struct input *in, struct names *names)
{
	real_reader_open(r, in, names);
	r->slow = true;
}
#endif

#ifdef LAST_LINE_LOST	/* input_next of input.c; content */
int	real_input_next(struct input *, struct text *);

int
input_next(struct input *in, struct text *t)
{
	int	 got = real_input_next(in, t);

	return got == 1 && !t->whole ? 0 : got;
}
#endif

#ifdef EDGE_LINE_LOST	/* input_next of input.c; stream */
int	real_input_next(struct input *, struct text *);

/* A line that lies across two reads. */
int
input_next(struct input *in, struct text *t)
{
	uint64_t	 offset = in->offset;
	int		 got = real_input_next(in, t);

	return got == 1 && in->offset != offset ? real_input_next(in, t) : got;
}
#endif

#ifdef LINES_UNCOUNTED	/* input_skip of input.c; list */
void	real_input_skip(struct input *, enum stop);

void
input_skip(struct input *in, enum stop stop)
{
	uint64_t	 line = in->line;

	real_input_skip(in, stop);
	in->line = line;
}
#endif

#ifdef HEADERS_ALONE	/* input_skip of input.c; stream damage content */
void	real_input_skip(struct input *, enum stop);

/* Text before the first header is skipped, whatever begins in it. */
void
input_skip(struct input *in, enum stop stop)
{
	real_input_skip(in, stop == STOP_START ? STOP_HEADER : stop);
}
#endif

#ifdef TEXT_IS_THE_END	/* input_skip of input.c; writers */
void	real_input_skip(struct input *, enum stop);

/* Behind a dump and text only a header is looked for. */
void
input_skip(struct input *in, enum stop stop)
{
	real_input_skip(in, stop == STOP_LINE ? STOP_HEADER : stop);
}
#endif

#ifdef RANGE_IGNORED	/* line_scan of line.c; damage content */
void	real_line_scan(const unsigned char *, size_t, struct line *);

void
line_scan(const unsigned char *p, size_t n, struct line *l)
{
	real_line_scan(p, n, l);
	if (l->fault == FAULT_RANGE)
		*l = (struct line){ .kind = LINE_NONE, .field = F_NONE };
}
#endif

#ifdef CUT_IGNORED	/* line_scan of line.c; damage */
void	real_line_scan(const unsigned char *, size_t, struct line *);

void
line_scan(const unsigned char *p, size_t n, struct line *l)
{
	real_line_scan(p, n, l);
	if (l->fault == FAULT_CUT)
		*l = (struct line){ .kind = LINE_NONE, .field = F_NONE };
}
#endif

#ifdef UNKNOWN_IGNORED	/* line_scan of line.c; content */
void	real_line_scan(const unsigned char *, size_t, struct line *);

void
line_scan(const unsigned char *p, size_t n, struct line *l)
{
	real_line_scan(p, n, l);
	if (l->kind == LINE_UNKNOWN)
		l->kind = LINE_NONE;
}
#endif

#ifdef LAST_IS_WHOLE	/* line_scan_last of line.c; content damage */
void
line_scan_last(const unsigned char *p, size_t n, struct line *l)
{
	line_scan(p, n, l);
}
#endif

#ifdef HEADER_AT_START	/* start_header of start.c; stream */
size_t	real_start_header(const unsigned char *, size_t, struct line *);

size_t
start_header(const unsigned char *p, size_t n, struct line *l)
{
	size_t	 at = real_start_header(p, n, l);

	if (at > 0)
		l->kind = LINE_NONE;
	return at;
}
#endif

#ifdef COLUMN_FORGOTTEN	/* start_column of start.c; stream */
size_t	real_start_column(const unsigned char *, size_t, size_t,
	    struct line *);

size_t
start_column(const unsigned char *p, size_t n, size_t column, struct line *l)
{
	real_start_column(p, n, column, l);
	return 0;
}
#endif

#ifdef LIST_AT_START	/* start_tail of start.c; stream content */
size_t	real_start_tail(const unsigned char *, size_t, struct line *);

size_t
start_tail(const unsigned char *p, size_t n, struct line *l)
{
	size_t	 at = real_start_tail(p, n, l);

	if (at > 16)
		l->kind = LINE_NONE;
	return at;
}
#endif

#ifdef TYPES_UNSORTED	/* names_type of fields.c; content pairs */
enum field	real_names_type(struct names *, const unsigned char *, size_t);

enum field
names_type(struct names *names, const unsigned char *p, size_t n)
{
	enum field	 f = real_names_type(names, p, n);

	for (unsigned i = 0; i < names->types; i++)
		names->order[i] = (uint8_t)i;
	return f;
}
#endif

#ifdef NO_BARE_TYPES	/* type_is_bare of fields.c; content */
bool
type_is_bare(const char *name)
{
	(void)name;
	return false;
}
#endif

#ifdef NEEDED_IS_HELD	/* dump_levels of dump.c; list */
void	real_dump_levels(struct dump *);

void
dump_levels(struct dump *d)
{
	real_dump_levels(d);
	if (dump_has(d, F_NEEDED))
		d->v[F_NEEDED] = d->v[F_HELD];
}
#endif

#ifdef ALL_MEASURED	/* dump_is_unmeasured of dump.c; limits verdict */
bool
dump_is_unmeasured(const struct dump *d)
{
	(void)d;
	return false;
}
#endif

#ifdef NOTHING_FOUND	/* check_dump of check.c; damage */
void
check_dump(struct dump *d, const struct names *names, struct messages *m)
{
	(void)names;
	if (m->count > 0)
		d->flags |= DUMP_DAMAGED;
}
#endif

#ifdef ONE_THING_FOUND	/* check_dump of check.c; damage */
void	real_check_dump(struct dump *, const struct names *,
	    struct messages *);

void
check_dump(struct dump *d, const struct names *names, struct messages *m)
{
	real_check_dump(d, names, m);
	if (m->count > 1)
		m->count = 1;
}
#endif

#ifdef HEADER_IS_ENOUGH	/* check_is_bare of check.c; content */
bool
check_is_bare(const struct dump *d)
{
	(void)d;
	return false;
}
#endif

#ifdef UNSORTED	/* say_strs of say.c; damage */
void
say_strs(struct messages *m, uint64_t line, const char *const *strings)
{
	if (m->count < SAY_KEPT) {
		struct message	*at = &m->first[m->count];
		struct out	 o = out_memory(at->text, SAY_TEXT - 1);

		at->line = line;
		out_strs(&o, strings);
		at->text[o.len] = '\0';
	}
	m->count++;
}
#endif

#ifdef CUT_BY_NOBODY	/* reader_next of reader.c; damage */
int	real_reader_next(struct reader *, struct dump *, struct messages *);

int
reader_next(struct reader *r, struct dump *d, struct messages *m)
{
	int	 got = real_reader_next(r, d, m);

	d->cut_by = 0;
	return got;
}
#endif

#ifdef NO_GAP	/* body_add of body.c; stream */
bool	real_body_add(struct body *, const struct line *,
	    const unsigned char *, size_t);

/* Whatever stands behind a dump is one of its lines. */
bool
body_add(struct body *b, const struct line *l, const unsigned char *text,
    size_t n)
{
	real_body_add(b, l, text, n);
	return true;
}
#endif

#ifdef ONE_PROCESS	/* history_place of history.c; select */
void	real_history_place(struct history *, struct dump *);

void
history_place(struct history *h, struct dump *d)
{
	real_history_place(h, d);
	h->change.dump = 0;
	h->process = d->process = 1;
}
#endif

#ifdef NO_EXIT	/* history_place of history.c; select list */
void	real_history_place(struct history *, struct dump *);

void
history_place(struct history *h, struct dump *d)
{
	real_history_place(h, d);
	if (d->kind == KIND_EXIT)
		d->kind = KIND_CALL;
}
#endif

#ifdef NEVER_FULL	/* history_place of history.c; verdict */
void	real_history_place(struct history *, struct dump *);

void
history_place(struct history *h, struct dump *d)
{
	real_history_place(h, d);
	d->full_since = 0;
}
#endif

#ifdef IDLE_UNSAID	/* choice_close of choice.c; select */
void	real_choice_close(struct choice *, const struct history *);

void
choice_close(struct choice *c, const struct history *h)
{
	real_choice_close(c, h);
	c->none_at_work = false;
}
#endif

#ifdef NONE_BETWEEN	/* choice_torn of choice.c; damage select */
const struct held *
choice_torn(const struct choice *c, unsigned i)
{
	(void)c;
	(void)i;
	return NULL;
}
#endif

#ifdef START_COUNTED	/* series_add of series.c; verdict */
void	real_series_add(struct series *, const struct dump *);

/* The first dump, which is start-up, is one of the others too. */
void
series_add(struct series *s, const struct dump *d)
{
	if (s->dumps == 0)
		real_series_add(s, d);
	real_series_add(s, d);
}
#endif

#ifdef LEAK_IS_SLOWING	/* verdict_of_log of verdict_log.c; verdict */
void	real_verdict_of_log(const struct series *, struct verdict *);

void
verdict_of_log(const struct series *s, struct verdict *v)
{
	real_verdict_of_log(s, v);
	if (v->word == WORD_LEAK)
		v->word = WORD_SLOWING;
}
#endif

#ifdef NO_GROWTH	/* verdict_reach of verdict.c; verdict */
void	real_verdict_reach(const struct pair *, bool, const struct series *,
	    struct verdict *);

void
verdict_reach(const struct pair *pair, bool one_process,
    const struct series *series, struct verdict *v)
{
	real_verdict_reach(pair, one_process, series, v);
	if (v->word == WORD_GROWTH)
		v->word = WORD_STEADY;
}
#endif

#ifdef OUTSIDE_UNSEEN	/* verdict_reach of verdict.c; summary */
void	real_verdict_reach(const struct pair *, bool, const struct series *,
	    struct verdict *);

void
verdict_reach(const struct pair *pair, bool one_process,
    const struct series *series, struct verdict *v)
{
	real_verdict_reach(pair, one_process, series, v);
	v->outside = 0;
}
#endif

#ifdef LIMIT_IS_LEAST	/* limit_judge of limit.c; limits */
enum judgement	real_limit_judge(const struct limit *, const struct pair *,
		    const struct row *);

/* A change of just the limit exceeds it. */
enum judgement
limit_judge(const struct limit *limit, const struct pair *pair,
    const struct row *row)
{
	enum judgement	 judged = real_limit_judge(limit, pair, row);

	if (judged == LIMIT_KEPT && !limit->most.percent && row->delta != 0 &&
	    row->delta == limit->most.num)
		judged = LIMIT_EXCEEDED;
	return judged;
}
#endif

#ifdef ONE_MATCH	/* limit_next of limit.c; limits */
bool	real_limit_next(const struct limit *, const struct pair *,
	    struct row *);

bool
limit_next(const struct limit *limit, const struct pair *pair, struct row *row)
{
	return row->field == F_NONE && real_limit_next(limit, pair, row);
}
#endif

#ifdef SIGN_FORGOTTEN	/* limit_parse of limit.c; limits */
bool	real_limit_parse(const char *, struct limit *);

bool
limit_parse(const char *rule, struct limit *limit)
{
	bool	 good = real_limit_parse(rule, limit);

	limit->sign = 0;
	return good;
}
#endif

#ifdef THRESHOLD_IS_STRICT	/* threshold_shows of limit.c; limits */
bool	real_threshold_shows(const struct pair *, const struct row *,
	    const struct threshold *, unsigned);

bool
threshold_shows(const struct pair *pair, const struct row *row,
    const struct threshold *t, unsigned n)
{
	int64_t	 bytes;

	for (unsigned i = 0; i < n; i++)
		if (!t[i].percent && row_bytes(pair, row, &bytes) &&
		    (bytes == t[i].num || -bytes == t[i].num))
			return false;
	return real_threshold_shows(pair, row, t, n);
}
#endif

#ifdef GATE_OPEN	/* gate_judge of gate.c; limits */
enum gate	real_gate_judge(const struct report *, bool *, const char *,
		    struct out *);

enum gate
gate_judge(const struct report *r, bool *matched, const char *file,
    struct out *err)
{
	enum gate	 gate = real_gate_judge(r, matched, file, err);

	return gate == GATE_EXCEEDED ? GATE_KEPT : gate;
}
#endif

#ifdef BLIND_PASSES	/* gate_unmatched of gate.c; limits */
enum gate
gate_unmatched(const struct options *o, const bool *matched, const char *file,
    struct out *err)
{
	(void)o;
	(void)matched;
	(void)file;
	(void)err;
	return GATE_KEPT;
}
#endif

#ifdef PERCENT_DOWN	/* row_percent of rows.c; pairs content */
bool	real_row_percent(const struct row *, int64_t *);

/* Rounded down, not to the nearest. */
bool
row_percent(const struct row *row, int64_t *tenths)
{
	if (!real_row_percent(row, tenths))
		return false;
	*tenths = row->delta * 1000 / row->value[0];
	return true;
}
#endif

#ifdef LAST_ROW_LOST	/* row_next of rows.c; pairs */
bool	real_row_next(const struct pair *, struct row *);

bool
row_next(const struct pair *pair, struct row *row)
{
	struct row	 behind;

	if (!real_row_next(pair, row))
		return false;
	behind = *row;
	return real_row_next(pair, &behind);
}
#endif

#ifdef NAMED_ONLY	/* rows_differ of rows.c; content pairs */
bool
rows_differ(const struct pair *pair)
{
	return memcmp(pair->side[0]->v, pair->side[1]->v,
	    F_HELD * sizeof(int64_t)) != 0 || memcmp(pair->side[0]->v +
	    F_TIMES, pair->side[1]->v + F_TIMES,
	    (F_NAMED - F_TIMES) * sizeof(int64_t)) != 0;
}
#endif

#ifdef BUILDS_AGREE	/* warn_builds of warn.c; text */
bool
warn_builds(const struct pair *pair, uint64_t line, struct messages *m)
{
	(void)pair;
	(void)line;
	(void)m;
	return false;
}
#endif

#ifdef HIDDEN_DIFFERS	/* report_differs of report.c; limits */
bool
report_differs(const struct report *r)
{
	return rows_differ(&r->pair);
}
#endif

#ifdef GROUPS_TOGETHER	/* text_report of text.c; manual */
void	real_text_report(const struct report *, struct out *);

/* Without the blank lines between groups. */
void
text_report(const struct report *r, struct out *o)
{
	static char	 text[256 * 1024];
	struct out	 all = out_memory(text, sizeof(text));

	real_text_report(r, &all);
	for (size_t i = 0; i < all.len; i++)
		if (i == 0 || text[i] != '\n' || text[i - 1] != '\n')
			out_char(o, text[i]);
}
#endif

#ifdef CSV_HEADLESS	/* csv_header of csv.c; pairs */
void
csv_header(struct out *o)
{
	(void)o;
}
#endif

#ifdef JSON_LINES_ALWAYS	/* json_report of json.c; pairs output */
void	real_json_report(const struct report *, struct out *);

void
json_report(const struct report *r, struct out *o)
{
	struct options	 each = *r->options;
	struct report	 report = *r;

	each.each = true;
	report.options = &each;
	real_json_report(&report, o);
}
#endif

#ifdef DAMAGE_UNSAID	/* summary_report of summary.c; summary */
void	real_summary_report(const struct report *, struct out *);

void
summary_report(const struct report *r, struct out *o)
{
	static struct dump	 whole[2];
	struct report		 report = *r;

	for (int i = 0; i < 2; i++) {
		whole[i] = *r->pair.side[i];
		whole[i].flags &= ~(unsigned)DUMP_DAMAGED;
		report.pair.side[i] = &whole[i];
	}
	real_summary_report(&report, o);
}
#endif

#ifdef DAMAGE_UNLISTED	/* list_dump of list.c; list */
void	real_list_dump(enum format, const struct dump *, struct out *);

void
list_dump(enum format format, const struct dump *d, struct out *o)
{
	struct dump	 whole = *d;

	whole.flags &= ~(unsigned)DUMP_DAMAGED;
	real_list_dump(format, &whole, o);
}
#endif

#ifdef CLOSE_UNSEEN	/* out_close of out.c; output */
int	real_out_close(struct out *);

int
out_close(struct out *o)
{
	real_out_close(o);
	return 0;
}
#endif

#ifdef SHORT_WRITE	/* out_flush of out.c; output */
/* What one write(2) leaves is lost. */
int
out_flush(struct out *o)
{
	if (o->fd != -1 && o->len > 0)
		o->used = write(o->fd, o->data, o->len) != 0;
	if (o->fd != -1)
		o->len = 0;
	return 0;
}
#endif

#ifdef NO_ESCAPES	/* out_escaped of out.c; usage */
void
out_escaped(struct out *o, const void *p, size_t n)
{
	out_bytes(o, p, n);
}
#endif

#ifdef FORCED	/* compare_damage of compare.c; damage */
bool	real_compare_damage(struct comparison *, const char *,
	    const struct held *, const char *);

/* With -e a damaged dump is used, too. */
bool
compare_damage(struct comparison *c, const char *file,
    const struct held *held, const char *hint)
{
	real_compare_damage(c, file, held, hint);
	return true;
}
#endif

#ifdef CHANGE_UNSAID	/* compare_processes of compare.c; select */
void
compare_processes(struct comparison *c, const struct choice *choice)
{
	(void)c;
	(void)choice;
}
#endif

#ifdef FAILURE_UNSAID	/* source_fail of source.c; unreadable */
int
source_fail(const struct source *s, struct out *err)
{
	(void)s;
	(void)err;
	return -1;
}
#endif

#ifdef ONE_RULE	/* options_parse of options.c; limits */
int	real_options_parse(int, char **, struct options *, struct out *);

int
options_parse(int argc, char **argv, struct options *o, struct out *error)
{
	int	 result = real_options_parse(argc, argv, o, error);

	if (o->limit_count > 1)
		o->limit_count = 1;
	return result;
}
#endif
