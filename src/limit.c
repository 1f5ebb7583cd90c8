/*
 * limit: a KEY is compared with the key of each field.
 * All comparisons are of whole numbers. A change reaches NUM percent where
 * 100 * change >= NUM * before. That product may need more than 64 bits; the
 * test NUM <= 100 * change / before, rounded down, is the same and does not.
 */
#include <fnmatch.h>
#include <string.h>

#include "limit.h"

enum { KEY_TEXT = 256 };	/* section, the longest name and metric fit */

bool
decimal_parse(const char **p, int64_t most, int64_t *num)
{
	const char	*s = *p;

	for (*num = 0; *s >= '0' && *s <= '9'; s++) {
		if (*num > (most - (*s - '0')) / 10)
			return false;
		*num = *num * 10 + (*s - '0');
	}
	if (s == *p)
		return false;
	*p = s;
	return true;
}

/* K, M and G are 1024-based; p moves behind what was read. */
static bool
parse_number(const char **p, int64_t *num)
{
	static const char	 suffixes[] = "KMG";
	const char		*suffix;
	int			 shift = 0;

	if (!decimal_parse(p, INT64_MAX, num))
		return false;
	suffix = **p == '\0' ? NULL : strchr(suffixes, **p);
	if (suffix != NULL) {
		shift = 10 * (int)(suffix - suffixes + 1);
		++*p;
	}
	if (*num > INT64_MAX >> shift || (shift > 0 && **p == '%'))
		return false;
	*num <<= shift;
	return true;
}

bool
threshold_parse(const char *s, struct threshold *t)
{
	if (!parse_number(&s, &t->num))
		return false;
	t->percent = *s == '%';
	return s[t->percent] == '\0';
}

bool
limit_parse(const char *rule, struct limit *limit)
{
	const char	*colon = strrchr(rule, ':');

	*limit = (struct limit){ .rule = rule, .word = verdict_find(rule) };
	if (limit->word != WORDS)
		return true;
	if (colon == NULL || colon == rule)
		return false;
	for (const char *s = rule; *s != '\0'; s++)
		if (*s < ' ' || *s > '~')	/* no key has such a byte */
			return false;
	limit->key_len = (size_t)(colon - rule);
	limit->glob = strpbrk(rule, "*?") != NULL;
	limit->bare = strchr(rule, '.') == NULL;
	if (colon[1] == '+' || colon[1] == '-')
		limit->sign = *++colon;
	return limit->key_len < KEY_TEXT &&
	    threshold_parse(colon + 1, &limit->most);
}

/* Is the change at least, or more than, so many percent of before, not 0? */
static bool
reaches_percent(const struct row *row, int64_t num, bool more)
{
	int64_t	 change = (int64_t)magnitude(row->delta) * 100;

	if (more)
		return change > 0 && num <= (change - 1) / row->value[0];
	return num <= change / row->value[0];
}

static bool
reaches(const struct pair *pair, const struct row *row,
    const struct threshold *t)
{
	int64_t	 bytes;

	if (!t->percent)
		return row_bytes(pair, row, &bytes) &&
		    magnitude(bytes) >= (uint64_t)t->num;
	return row->value[0] == 0 || reaches_percent(row, t->num, false);
}

bool
threshold_shows(const struct pair *pair, const struct row *row,
    const struct threshold *t, unsigned n)
{
	if (row->status != STATUS_CHANGED)
		return row->status != STATUS_SAME;
	for (unsigned i = 0; i < n; i++)
		if (!reaches(pair, row, &t[i]))
			return false;
	return true;
}

/* A bare name is a level's, or a summary line's value or count. */
static bool
can_be_bare(enum field f)
{
	enum section	 section = field_info(f)->section;

	return section == SECTION_LEVEL || (section == SECTION_SUMMARY &&
	    field_info(f)->metric != METRIC_BYTES);
}

/* Is the limit's KEY for this field? */
static bool
is_for(const struct limit *limit, const struct names *names, enum field f)
{
	char		 text[KEY_TEXT], key[KEY_TEXT];
	struct out	 o = out_memory(text, KEY_TEXT - 1);
	const char	*section = section_names[field_info(f)->section];

	if (!limit->glob) {
		if (limit->bare ? !can_be_bare(f) :
		    strncmp(limit->rule, section, strlen(section)) != 0)
			return false;
		if (limit->bare)
			field_name(names, f, &o);
		else
			field_key(names, f, &o);
		return o.len == limit->key_len &&
		    memcmp(text, limit->rule, o.len) == 0;
	}
	field_key(names, f, &o);
	text[o.len] = '\0';
	memcpy(key, limit->rule, limit->key_len);
	key[limit->key_len] = '\0';
	return fnmatch(key, text, 0) == 0;
}

/* Is it one of the numbers that a side's five zeros leave unknown? */
static bool
is_unmeasured(const struct pair *pair, enum field f)
{
	bool	 level = field_info(f)->section == SECTION_LEVEL &&
	    f != F_FREE_LISTS;

	return (level || (f >= F_MI_BLOCKS && f <= F_MI_COMMITTED)) &&
	    (dump_is_unmeasured(pair->side[0]) ||
	    dump_is_unmeasured(pair->side[1]));
}

/* The row of a field, or a blank one for a level that is not measured. */
static bool
measured_row(const struct pair *pair, enum field f, struct row *row)
{
	if (row_of(pair, f, row))
		return true;
	*row = (struct row){ .field = f };
	return is_unmeasured(pair, f);
}

/* Does this build have a class of this size? */
static bool
has_class(const struct dump *d, int64_t size)
{
	return d->class_width > 0 && size % d->class_width == 0 &&
	    size <= d->v[F_THRESHOLD];
}

/* A class that neither table prints: 0 in each of them. */
static bool
empty_class_row(const struct pair *pair, enum field f, struct row *row)
{
	*row = (struct row){ .field = f };
	if (field_info(f)->section != SECTION_CLASS ||
	    (!has_class(pair->side[0], class_size(f)) &&
	    !has_class(pair->side[1], class_size(f))))
		return false;
	for (int i = 0; i < 2; i++)
		row->has[i] = (pair->side[i]->flags & DUMP_TABLE) != 0;
	return row->has[0] || row->has[1];
}

bool
limit_next(const struct limit *limit, const struct pair *pair,
    struct row *row)
{
	enum field	 f = row->field;

	if (limit->word != WORDS || (f != F_NONE && !limit->glob))
		return false;
	while ((f = field_next(pair->names, f)) != F_NONE) {
		if (limit->glob && !measured_row(pair, f, row))
			continue;
		if (is_for(limit, pair->names, f))
			return limit->glob || measured_row(pair, f, row) ||
			    empty_class_row(pair, f, row);
	}
	return false;
}

enum judgement
limit_judge(const struct limit *limit, const struct pair *pair,
    const struct row *row)
{
	int64_t	 delta = row->delta;
	bool	 over;

	if (is_unmeasured(pair, row->field))
		return LIMIT_NOT_MEASURED;
	if (!row->has[1])
		return LIMIT_GONE;
	if ((limit->sign == '+' && delta < 0) ||
	    (limit->sign == '-' && delta > 0))
		return LIMIT_KEPT;
	if (!limit->most.percent)
		over = magnitude(delta) > (uint64_t)limit->most.num;
	else if (row->value[0] == 0)
		over = delta > 0;
	else
		over = reaches_percent(row, limit->most.num, true);
	return over ? LIMIT_EXCEEDED : LIMIT_KEPT;
}

bool
limit_can_judge(const struct limit *limit, const struct verdict *v)
{
	return (v->possible & VERDICT_BIT(limit->word)) != 0;
}
