/*
 * summary: the verdict stands first, then what it rests on, then tables.
 *
 * No line is longer than 80 columns: sentences are broken, and a number that
 * is too wide for its column loses its commas, then its last digits.
 */
#include <assert.h>
#include <string.h>

#include "report.h"
#include "warn.h"

enum {
	COLUMNS = 80,
	SENTENCE_MAX = 512,
	SENTENCE_LEAST = 20,	/* columns, for a line of its own */
	NAME_WIDTH = 16,
	VALUE_WIDTH = 18,
	PERCENT_WIDTH = 10,
	QUARTER_WIDTH = 14,
	BLOCKS_WIDTH = 19,
	CLASSES_MOST = 10	/* of those that moved, the first so many */
};

/* What is said of each word; %B and so on are numbers, see number_of. */
static const struct {
	const char	*line, *advice;		/* advice: or NULL */
} sayings[WORDS] = {
	[WORD_LEAK] = {
	    "leak: live memory keeps growing, about %B bytes per dump "
	    "(%D dumps)",
	    "Or a cache without a limit. Look for what fills these size "
	    "classes:" },
	[WORD_SLOWING] = {
	    "slowing: live memory still grows, but slower (%D dumps)",
	    "A cache that is filling, or less work. More dumps will tell." },
	[WORD_LEVELLED] = {
	    "levelled: live memory grew, and has stopped (%D dumps)",
	    "As a cache that is full, or start-up that is over." },
	[WORD_GROWTH] = {
	    "growth: live memory is %B bytes higher",
	    "A leak, a cache or more work: 12 or more dumps of one process "
	    "tell which." },
	[WORD_FRAGMENTATION] = {
	    "fragmentation: %M arenas are held, %N would be enough",
	    "A few live blocks keep each arena. Python reuses the gaps, but "
	    "cannot give them back." },
	[WORD_RETURNED] = {
	    "returned: a peak of %P arenas is over, %M are held", NULL },
	[WORD_LESS] = {
	    "less: %B bytes less are held", NULL },
	[WORD_AT_PEAK] = {
	    "at-peak: every dump was taken because memory was full",
	    "They show what fills memory, not whether it leaks: take dumps at "
	    "even intervals instead." },
	[WORD_STEADY] = {
	    "steady: live memory shows no lasting growth", NULL },
	[WORD_NONE] = {
	    "none: the dumps do not both say what is held and live", NULL },
	[WORD_NOT_MEASURED] = {
	    "not measured: this build reports no memory use (free-threaded "
	    "Python)", NULL }
};

/* Said instead of a growth that a log ends with. */
#define LOG_GROWTH	"The log ends too early to tell a leak from a cache."

/* Said instead where arenas are not counted. */
#define RETURNED_BYTES	"returned: %B bytes less are held"

#define OUTSIDE_GREW	"But memory outside pymalloc grew by %O bytes: " \
	"blocks over 512 bytes, or C libraries. Try memray or tracemalloc."

/* The level table. F_NONE stands for the number of arenas needed. */
static const struct {
	const char	*name;
	enum field	 field;
} levels[] = {
	{ "bytes held", F_HELD },
	{ "  live", F_LIVE },
	{ "    free lists", F_FREE_LISTS },	/* they are live, too */
	{ "  available", F_AVAILABLE },
	{ "  unused pools", F_UNUSED },
	{ "  overhead", F_OVERHEAD },
	{ "bytes needed", F_NEEDED },
	{ "arenas", F_ARENAS },
	{ "arenas needed", F_NONE },
	{ "high-water mark", F_ARENAS_HIGHWATER },
	{ "bytes in malloc", F_IN_MALLOC },
	{ "bytes resident", F_RESIDENT }
};

#define LEVEL_HEADING	"\n                            before" \
	"             after            change   percent\n"

/* A class whose live bytes differ. */
struct moved {
	enum field	 in_use;	/* its blocks in use */
	int64_t		 bytes;
};

/*
 * Find the blank at which to break a text that is too long: behind a sentence
 * or a colon that ends at SENTENCE_LEAST or later, else the last one.
 */
static size_t
find_break(const char *text)
{
	size_t	 end = COLUMNS;

	while (end > 1 && text[end] != ' ')
		end--;
	for (size_t i = end; i >= SENTENCE_LEAST; i--)
		if (text[i] == ' ' &&
		    (text[i - 1] == '.' || text[i - 1] == ':'))
			return i;
	return end;
}

/* Append a text, broken before column 81. */
static void
fold(struct out *o, const char *text, size_t len)
{
	while (len > COLUMNS) {
		size_t	 end = find_break(text);

		out_bytes(o, text, end);
		out_char(o, '\n');
		text += end + 1;
		len -= end + 1;
	}
	out_bytes(o, text, len);
	out_char(o, '\n');
}

/* The number of a verdict that a letter of a text stands for. */
static int64_t
number_of(const struct verdict *v, char letter)
{
	switch (letter) {
	case 'B':
		return v->bytes;
	case 'D':
		return (int64_t)v->dumps;
	case 'M':
		return v->arenas;
	case 'N':
		return v->arenas_needed;
	case 'O':
		return v->outside;
	}
	assert(letter == 'P');
	return v->peak;
}

/* Append a text with its %B, %D and so on replaced by numbers, folded. */
static void
sentence(struct out *o, const char *text, const struct verdict *v)
{
	char		 data[SENTENCE_MAX];
	struct out	 line = out_memory(data, sizeof(data));

	for (; *text != '\0'; text++)
		if (*text == '%')
			out_num(&line, number_of(v, *++text), OUT_COMMAS, 0);
		else
			out_char(&line, *text);
	fold(o, line.data, line.len);
}

static size_t
num_len(int64_t n, unsigned flags)
{
	return strlen(num_text((char[NUM_TEXT]){ 0 }, n, flags));
}

/*
 * Append a blank and a number at the right end of a column. If it is too
 * wide, it has no commas; if it still is, it is in thousands (k), millions
 * (M), and so on.
 */
static void
column(struct out *o, int64_t n, unsigned flags, size_t width)
{
	static const char	*const units[] = { "", "k", "M", "G", "T" };
	size_t			 unit = 0, room = width - 1;

	if (num_len(n, flags) > room)
		flags &= ~(unsigned)OUT_COMMAS;
	for (; num_len(n, flags) + strlen(units[unit]) > room; unit++) {
		assert(unit + 1 < sizeof(units) / sizeof(*units));
		n /= 1000;
	}
	out_char(o, ' ');
	out_num(o, n, flags, room - strlen(units[unit]));
	out_str(o, units[unit]);
}

/* Show the classes that a leak's verdict rests on. */
static void
leak_numbers(const struct verdict *v, struct out *o)
{
	out_str(o, "size    blocks per dump     bytes per dump\n");
	for (unsigned i = 0; i < v->growing_count; i++) {
		const struct growing	*class = &v->growing[i];
		char			 text[NUM_TEXT];
		struct out		 blocks = out_memory(text,
		    sizeof(text) - 1);

		out_tenths(&blocks, class->tenths, OUT_COMMAS);
		text[blocks.len] = '\0';
		out_num(o, class->size, 0, 4);
		out_right(o, text, BLOCKS_WIDTH);
		column(o, class->bytes, OUT_COMMAS, BLOCKS_WIDTH);
		out_char(o, '\n');
	}
	out_str(o, "lowest in each quarter");
	for (int q = 0; q < 4; q++)
		column(o, v->quarter[q], OUT_COMMAS, QUARTER_WIDTH);
	out_char(o, '\n');
}

static void
verdict_lines(const struct verdict *v, struct out *o)
{
	const char	*line = sayings[v->word].line;
	const char	*advice = sayings[v->word].advice;

	if (v->word == WORD_RETURNED && v->peak == 0)
		line = RETURNED_BYTES;
	if (v->word == WORD_GROWTH && v->of_log)
		advice = LOG_GROWTH;
	sentence(o, line, v);
	if (advice != NULL)
		sentence(o, advice, v);
	if (v->word == WORD_LEAK)
		leak_numbers(v, o);
	if (v->outside > 0)
		sentence(o, OUTSIDE_GREW, v);
}

/* What to say of damaged dumps, if any. */
static const char *
damage_note(const struct pair *pair)
{
	bool	 after = dump_is_damaged(pair->side[1]);

	if (!dump_is_damaged(pair->side[0]))
		return after ? "The dump after is damaged: do not rely on "
		    "its numbers.\n" : "";
	return after ? "Both dumps are damaged: do not rely on their "
	    "numbers.\n" : "The dump before is damaged: do not rely on its "
	    "numbers.\n";
}

/* Say what can be the cause of a change instead of the program. */
static void
notes(const struct report *r, struct out *o)
{
	bool		 build = false, unit = false;
	bool		 two_processes = r->options->file_count == 1 &&
	    !r->one_process;
	struct row	 row = { .field = F_NONE };

	while (row_next(&r->pair, &row)) {
		if (!warn_tells_builds(&r->pair, &row))
			continue;
		if (field_info(row.field)->section == SECTION_CONFIG)
			build = true;
		if (field_info(row.field)->metric == METRIC_UNIT_BYTES)
			unit = true;
	}
	if (build || unit || two_processes || pair_is_damaged(&r->pair))
		out_char(o, '\n');
	out_str(o, damage_note(&r->pair));
	if (two_processes)
		out_str(o, "Two processes are compared: their difference "
		    "means nothing.\n");
	if (build)
		out_str(o, "Two builds or allocators are compared: that alone "
		    "may explain a change.\n");
	if (unit)
		out_str(o, "The \"bytes each\" of some free lists differ: "
		    "that alone is no leak.\n");
}

static void
percent_column(struct out *o, const struct row *row)
{
	char		 text[NUM_TEXT];
	struct out	 t = out_memory(text, sizeof(text) - 2);
	int64_t		 tenths;

	if (!row_percent(row, &tenths))
		return;
	out_tenths(&t, tenths, 0);
	text[t.len] = '%';
	text[t.len + 1] = '\0';
	out_right(o, strlen(text) < PERCENT_WIDTH ? text : ">999999%",
	    PERCENT_WIDTH);
}

/* One level; - stands where a dump does not say it. */
static void
level_line(const char *name, const struct row *row, struct out *o)
{
	out_str(o, name);
	out_pad(o, strlen(name), NAME_WIDTH);
	for (int i = 0; i < 2; i++)
		if (row->has[i])
			column(o, row->value[i], OUT_COMMAS, VALUE_WIDTH);
		else
			out_right(o, "-", VALUE_WIDTH);
	if (row->has[0] && row->has[1])
		column(o, row->delta, OUT_SIGN | OUT_COMMAS, VALUE_WIDTH);
	percent_column(o, row);
	out_char(o, '\n');
}

/* The row of the number of arenas that are needed; false: none. */
static bool
needed_row(const struct pair *pair, struct row *row)
{
	*row = (struct row){ .field = F_NONE };
	for (int i = 0; i < 2; i++) {
		int64_t	 needed = usage_of(pair->side[i]).arenas_needed;

		row->has[i] = needed != ABSENT;
		row->value[i] = row->has[i] ? needed : 0;
	}
	row->delta = row->value[1] - row->value[0];
	return row->has[0] || row->has[1];
}

static void
level_table(const struct pair *pair, struct out *o)
{
	bool		 begun = false;
	struct row	 row;

	for (size_t i = 0; i < sizeof(levels) / sizeof(*levels); i++) {
		if (levels[i].field == F_NONE ? !needed_row(pair, &row) :
		    !row_of(pair, levels[i].field, &row))
			continue;
		if (!begun)
			out_str(o, LEVEL_HEADING);
		begun = true;
		level_line(levels[i].name, &row, o);
	}
}

/*
 * Find the classes whose live bytes moved most, the most first, but none
 * under 1 % of the largest. Returns how many.
 */
static unsigned
pick_classes(const struct pair *pair, struct moved most[CLASSES_MOST])
{
	unsigned	 n = 0, at;

	for (int64_t i = 1; i <= CLASSES_MAX; i++) {
		struct row	 row;
		struct moved	 class = { .in_use =
		    (enum field)(class_field(i * CLASS_STEP) + 1) };

		if (!row_of(pair, class.in_use, &row) ||
		    !row_bytes(pair, &row, &class.bytes) || class.bytes == 0)
			continue;
		for (at = n; at > 0 && magnitude(most[at - 1].bytes) <
		    magnitude(class.bytes); at--)
			if (at < CLASSES_MOST)
				most[at] = most[at - 1];
		if (at < CLASSES_MOST)
			most[at] = class;
		if (n < CLASSES_MOST)
			n++;
	}
	while (n > 0 && magnitude(most[n - 1].bytes) <
	    (magnitude(most[0].bytes) + 99) / 100)
		n--;
	return n;
}

static void
arrow(struct out *o, const struct row *row, size_t width)
{
	column(o, row->value[0], 0, width);
	out_str(o, " ->");
	column(o, row->value[1], 0, width);
}

/* A whole percent, 100 only where no block is left; - without blocks. */
static void
fill(struct out *o, int64_t used, int64_t left)
{
	int64_t	 percent;

	if (used + left <= 0) {
		out_right(o, "-", 5);
		return;
	}
	percent = percent_of(used, used + left) / 10;
	out_num(o, percent == 100 && left > 0 ? 99 : percent, 0, 4);
	out_char(o, '%');
}

static void
class_line(const struct pair *pair, const struct moved *class, struct out *o)
{
	struct row	 pools, in_use, avail;

	row_of(pair, (enum field)(class->in_use - 1), &pools);
	row_of(pair, class->in_use, &in_use);
	row_of(pair, (enum field)(class->in_use + 1), &avail);
	out_num(o, class_size(class->in_use), 0, 4);
	arrow(o, &pools, 8);
	arrow(o, &in_use, 10);
	out_char(o, ' ');
	fill(o, in_use.value[0], avail.value[0]);
	out_str(o, " ->");
	fill(o, in_use.value[1], avail.value[1]);
	column(o, class->bytes, OUT_SIGN | OUT_COMMAS, VALUE_WIDTH);
	out_char(o, '\n');
}

static void
class_table(const struct pair *pair, struct out *o)
{
	struct moved	 most[CLASSES_MOST];
	unsigned	 n = pick_classes(pair, most);

	if (n == 0)
		return;
	out_str(o, "\nsize              pools          blocks in use"
	    "          fill   change in bytes\n");
	for (unsigned i = 0; i < n; i++)
		class_line(pair, &most[i], o);
}

/* Say what the dumps do not show. */
static void
unseen_line(const struct pair *pair, struct out *o)
{
	const struct dump	*b = pair->side[0], *a = pair->side[1];
	const char		*size = dump_has(a, F_THRESHOLD) ?
	    DEC(a->v[F_THRESHOLD]) : "";

	out_char(o, '\n');
	if (dump_is_free_lists(b) && dump_is_free_lists(a))
		out_str(o, "These dumps show free lists alone.\n");
	else if (dump_is_free_lists(b) || dump_is_free_lists(a))
		out_str(o, "One of these dumps shows free lists alone.\n");
	else if (dump_is_mimalloc(a))
		out_str(o, "These dumps show neither the heaps of other "
		    "threads nor C libraries.\n");
	else if (((b->present | a->present) & PROCESS_FIELDS) != 0)
		out_cat(o, "Blocks over ", size, " bytes and C libraries show "
		    "only in malloc and resident bytes.\n");
	else
		out_cat(o, "These dumps show neither blocks over ", size,
		    " bytes nor C libraries.\n");
}

void
summary_report(const struct report *r, struct out *o)
{
	if (r->options->each)
		report_numbers(r, o);
	verdict_lines(&r->verdict, o);
	notes(r, o);
	level_table(&r->pair, o);
	class_table(&r->pair, o);
	unseen_line(&r->pair, o);
}
