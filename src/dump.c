/*
 * dump: what one dump says.
 * Lists that are kept sorted by insertion, from their end; of a thing said
 * twice the first one counts, and the second is a flaw.
 */
#include <string.h>

#include "dump.h"

bool
dump_is_free_lists(const struct dump *d)
{
	return !d->header && !d->table && d->present == 0 && !d->map;
}

bool
dump_is_mimalloc(const struct dump *d)
{
	return dump_has(d, KEY_MEDIUM) || dump_has(d, KEY_LARGE) ||
	    d->present >> KEY_MI_BLOCKS != 0;
}

void
entry_name(const struct entry *e, struct out *o)
{
	out_bytes(o, e->name, e->len);
	if (e->size != SIZE_NONE)
		out_cat(o, "[", DEC(e->size), "]");
}

int
entry_order(const struct entry *a, const struct entry *b)
{
	size_t	 n = a->len < b->len ? a->len : b->len;
	int	 order;

	if (a->size != b->size)
		return a->size < b->size ? -1 : 1;
	order = n > 0 ? memcmp(a->name, b->name, n) : 0;
	if (order == 0 && a->len != b->len)
		order = a->len < b->len ? -1 : 1;
	return order;
}

/* The lists are left as they are: their counts say what is in them. */
void
dump_clear(struct dump *d)
{
	d->first_line = d->last_line = d->cut_by = 0;
	d->header = d->heading = d->table = d->map = false;
	d->finished = d->torn = false;
	d->lines = d->unknown_groups = 0;
	d->present = d->truncated = 0;
	d->classes.count = d->unknown.count = d->free_lists.count = 0;
	d->flaws.count = 0;
	d->names_len = 0;
}

/* DUMP_LINES lines of LABEL_MAX bytes fit. */
static const char *
keep_name(struct dump *d, const struct line *l)
{
	char	*name = d->names + d->names_len;

	memcpy(name, l->name, l->len);
	d->names_len += l->len;
	return name;
}

void
dump_repeat(struct dump *d, uint64_t line, const char *name, size_t n)
{
	flaw_add(&d->flaws, line, "a second ", QUOTED(name, n),
	    " line in one dump: two writers?");
	d->torn = true;
}

/*
 * Find where in a sorted list an entry belongs, from its end, where it nearly
 * always does. True: one like it stands before that place.
 */
static bool
find_place(const struct list *list, const struct entry *new, unsigned *place)
{
	int	 order = -1;

	for (*place = list->count; *place > 0; --*place)
		if ((order = entry_order(&list->entry[*place - 1], new)) <= 0)
			break;
	return *place > 0 && order == 0;
}

/* Make room in a list, for the caller to fill. */
static struct entry *
open_place(struct list *list, unsigned place)
{
	struct entry	*at = &list->entry[place];

	if (place < list->count)
		memmove(at + 1, at, (list->count - place) * sizeof(*at));
	list->count++;
	return at;
}

void
dump_add_class(struct dump *d, uint64_t line, const struct line *l)
{
	struct entry	 new = { .size = l->n[1], .name = "" }, *e;
	unsigned	 place;
	bool		 second = find_place(&d->classes, &new, &place);

	if (second || place < d->classes.count) {
		flaw_add(&d->flaws, line, second ? "a second row of size " :
		    "out of order: the row of size ", DEC(l->n[1]),
		    ": two writers?");
		d->torn = true;
	}
	d->table = true;
	if (second)
		return;
	/* One by one, not as a struct that is copied: that has to wait. */
	e = open_place(&d->classes, place);
	e->line = line;
	e->size = l->n[1];
	e->n[0] = l->n[2];
	e->n[1] = l->n[3];
	e->n[2] = l->n[4];
	e->number = l->n[0];
	e->name = "";
	e->len = 0;
	e->group = GROUP_CLASSES;
	e->truncated = false;
}

void
dump_set_key(struct dump *d, uint64_t line, enum key key, int64_t value)
{
	d->values[key] = value;
	d->key_lines[key] = line;
	d->present |= KEY_BIT(key);
}

void
dump_add_key(struct dump *d, uint64_t line, const struct line *l, enum key key)
{
	enum key	 value = key;

	if (dump_has(d, key)) {
		dump_repeat(d, line, keys[key].label, keys[key].len);
		return;
	}
	if (keys[key].layout == LAYOUT_PAIR) {
		dump_set_key(d, line, key, l->n[1]);
		dump_set_key(d, line, pair_size(key), l->n[2]);
		value = pair_bytes(key);
	}
	dump_set_key(d, line, value, l->n[0]);
	if (l->truncated)
		d->truncated |= KEY_BIT(value);
}

void
dump_add_free_list(struct dump *d, uint64_t line, const struct line *l)
{
	struct entry	 new = { .line = line,
	    .size = l->n[3] >= 0 ? l->n[3] : SIZE_NONE,
	    .n = { l->n[1], l->n[0], l->n[2] }, .name = (const char *)l->name,
	    .len = l->len, .group = GROUP_FREE_LISTS,
	    .truncated = l->truncated };
	char		 text[LABEL_MAX + NUM_TEXT];
	struct out	 name = out_memory(text, sizeof(text));
	unsigned	 place;

	if (find_place(&d->free_lists, &new, &place)) {
		entry_name(&new, &name);
		dump_repeat(d, line, text, name.len);
		return;
	}
	new.name = keep_name(d, l);
	*open_place(&d->free_lists, place) = new;
}

void
dump_add_unknown(struct dump *d, uint64_t line, const struct line *l,
    enum group group)
{
	struct entry	 new = { .line = line, .size = SIZE_NONE,
	    .n = { l->n[0] }, .name = (const char *)l->name, .len = l->len,
	    .group = group };

	for (unsigned i = 0; i < d->unknown.count; i++)
		if (entry_order(&d->unknown.entry[i], &new) == 0) {
			dump_repeat(d, line, new.name, new.len);
			return;
		}
	new.name = keep_name(d, l);
	d->unknown.entry[d->unknown.count++] = new;
	d->unknown_groups |= 1U << group;
}
