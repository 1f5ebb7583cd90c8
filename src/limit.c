/*
 * limit: thresholds and limits over rows.
 * All comparisons are of whole numbers: a change in percent is compared as
 * 100 * change against NUM * before, in 128 bits.
 */
#include <fnmatch.h>
#include <string.h>

#include "limit.h"

enum { KEY_TEXT = 256 };	/* section, label and metric fit */

/* K, M and G are 1024-based; p moves behind what was read. */
static bool
parse_number(const char **p, int64_t *num)
{
	static const char	 suffixes[] = "KMG";
	const char		*s = *p;
	int			 shift = 0;

	for (*num = 0; *s >= '0' && *s <= '9'; s++) {
		if (*num > (INT64_MAX - (*s - '0')) / 10)
			return false;
		*num = *num * 10 + (*s - '0');
	}
	if (s == *p)
		return false;
	for (int i = 0; suffixes[i] != '\0'; i++)
		if (*s == suffixes[i])
			shift = 10 * (i + 1);
	if (shift > 0)
		s++;
	if (*num > INT64_MAX >> shift || (shift > 0 && *s == '%'))
		return false;
	*num <<= shift;
	*p = s;
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

	if (colon == NULL || colon == rule)
		return false;
	limit->rule = rule;
	limit->key_len = (size_t)(colon - rule);
	limit->sign = 0;
	if (colon[1] == '+' || colon[1] == '-')
		limit->sign = *++colon;
	return limit->key_len < KEY_TEXT &&
	    threshold_parse(colon + 1, &limit->most);
}

/* a * b, as high and low 64 bits. */
static void
multiply(uint64_t a, uint64_t b, uint64_t product[2])
{
	uint64_t	 al = a & UINT32_MAX, ah = a >> 32;
	uint64_t	 bl = b & UINT32_MAX, bh = b >> 32;
	uint64_t	 low = al * bl;
	uint64_t	 mid = ah * bl + (low >> 32);
	uint64_t	 mid2 = al * bh + (mid & UINT32_MAX);

	product[0] = ah * bh + (mid >> 32) + (mid2 >> 32);
	product[1] = mid2 << 32 | (low & UINT32_MAX);
}

/* Less than, equal to or greater than 0, as the change is to the percents. */
static int
compare_percent(const struct row *row, int64_t percents)
{
	uint64_t	 change[2], most[2];

	multiply(magnitude(row_delta(row)), 100, change);
	multiply(magnitude(row->value[0]), (uint64_t)percents, most);
	if (change[0] != most[0])
		return change[0] < most[0] ? -1 : 1;
	if (change[1] != most[1])
		return change[1] < most[1] ? -1 : 1;
	return 0;
}

static bool
reaches(const struct row *row, const struct threshold *t)
{
	int64_t	 bytes;

	if (row->status == STATUS_NEW || row->status == STATUS_GONE)
		return true;
	if (!t->percent)
		return row_bytes(row, &bytes) &&
		    magnitude(bytes) >= (uint64_t)t->num;
	return row->value[0] == 0 || compare_percent(row, t->num) >= 0;
}

unsigned
limit_show(struct diff *diff, bool all, const struct threshold *t, unsigned n)
{
	unsigned	 differ = 0;

	for (unsigned i = 0; i < diff->count; i++) {
		struct row	*row = &diff->rows[i];

		if (row->status == STATUS_SAME) {
			row->shown = all && n == 0;
			continue;
		}
		row->shown = true;
		for (unsigned k = 0; k < n && row->shown; k++)
			row->shown = reaches(row, &t[k]);
		differ += row->shown;
	}
	return differ;
}

void
limit_key(const struct row *row, struct out *o)
{
	out_cat(o, section_name(row->section), ".");
	row_name(row, o);
	out_cat(o, ".", metric_name(row->metric));
}

/* A bare name is that of a summary line: its value, or its count. */
static bool
has_key(const struct row *row, const char *key)
{
	char		 text[KEY_TEXT];
	struct out	 o = out_memory(text, KEY_TEXT - 1);
	bool		 bare = strchr(key, '.') == NULL;

	if (bare && (row->section != SECTION_SUMMARY ||
	    row->metric == METRIC_BYTES))
		return false;
	if (bare)
		row_name(row, &o);
	else
		limit_key(row, &o);
	text[o.len] = '\0';
	return strcmp(key, text) == 0;
}

static bool
matches(const struct row *row, const char *glob)
{
	char		 text[KEY_TEXT];
	struct out	 o = out_memory(text, KEY_TEXT - 1);

	limit_key(row, &o);
	text[o.len] = '\0';
	return fnmatch(glob, text, 0) == 0;
}

static void
copy_key(const struct limit *limit, char key[KEY_TEXT])
{
	memcpy(key, limit->rule, limit->key_len);
	key[limit->key_len] = '\0';
}

/* From this row on, the first one that passes the test. */
static const struct row *
find_row(const struct diff *diff, const struct row *row, const char *key,
    bool (*test)(const struct row *, const char *))
{
	for (; row < diff->rows + diff->count; row++)
		if (test(row, key))
			return row;
	return NULL;
}

const struct row *
limit_first(const struct limit *limit, const struct diff *diff)
{
	const struct row	*row;
	char			 key[KEY_TEXT];

	copy_key(limit, key);
	row = find_row(diff, diff->rows, key, has_key);
	return row != NULL ? row : find_row(diff, diff->rows, key, matches);
}

const struct row *
limit_next(const struct limit *limit, const struct diff *diff,
    const struct row *row)
{
	char	 key[KEY_TEXT];

	copy_key(limit, key);
	/* No two rows have one key: the very one is the only one. */
	return has_key(row, key) ? NULL :
	    find_row(diff, row + 1, key, matches);
}

bool
limit_exceeded(const struct limit *limit, const struct row *row)
{
	int64_t	 delta = row_delta(row);

	if (delta == 0 || (limit->sign == '+' && delta < 0) ||
	    (limit->sign == '-' && delta > 0))
		return false;
	if (limit->most.percent)
		return compare_percent(row, limit->most.num) > 0;
	return magnitude(delta) > (uint64_t)limit->most.num;
}
