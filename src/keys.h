/*
 * keys: what a dump says once, in one table: its label as CPython prints it,
 * its name in the rows of a diff, what one of it is worth. CPython's next line
 * is one more entry here.
 *
 * The labels are those of Objects/obmalloc.c: _PyObject_DebugMallocStats and,
 * for mimalloc, py_mimalloc_print_stats.
 */
#ifndef KEYS_H
#define KEYS_H

#include <stddef.h>
#include <stdint.h>

/* In the order of the rows; the summary in that in which CPython prints it. */
enum key {
	KEY_THRESHOLD, KEY_CLASSES, KEY_ARENA_SIZE, KEY_POOL_SIZE,
	KEY_MEDIUM, KEY_LARGE,
	KEY_TIMES, KEY_ARENAS_TOTAL, KEY_ARENAS_RECLAIMED, KEY_ARENAS_HIGHWATER,
	KEY_ARENAS_CURRENT, KEY_ARENAS, KEY_ARENAS_BYTES,
	KEY_ALLOCATED_BYTES, KEY_AVAILABLE_BYTES, KEY_UNUSED, KEY_UNUSED_BYTES,
	KEY_POOL_HEADERS, KEY_QUANTIZATION, KEY_ARENA_ALIGNMENT, KEY_TOTAL,
	KEY_MID_NODES, KEY_BOT_NODES,
	KEY_MAP_ROOT, KEY_MAP_MID, KEY_MAP_BOT, KEY_MAP_TOTAL,
	KEY_MI_BLOCKS, KEY_MI_BYTES, KEY_MI_OVERHEAD, KEY_MI_RESERVED,
	KEY_MI_COMMITTED,
	KEY_COUNT
};

#define KEY_BIT(key)	(UINT64_C(1) << (key))

/* The lines that stand together, as the text report sets them apart. */
enum group {
	GROUP_CONFIG, GROUP_CLASSES, GROUP_ARENAS, GROUP_BYTES,
	GROUP_MAP_COUNTS, GROUP_MAP_BYTES, GROUP_MIMALLOC, GROUP_FREE_LISTS
};

enum layout {
	LAYOUT_PART,	/* not a line of its own: of the header, of a pair */
	LAYOUT_VALUE,	/* label                  =                1,234 */
	LAYOUT_PAIR,	/* 12 label * 34 unit     =                  408 */
	LAYOUT_PLAIN,	/* label = 1234 */
	LAYOUT_COLON	/*     label: 1234 */
};

/* What one of a number is worth. */
enum worth { WORTH_NOTHING, WORTH_BYTE, WORTH_ARENA, WORTH_POOL };

struct key_info {
	const char	*label;		/* of LAYOUT_PART "" */
	size_t		 len;		/* of the label */
	const char	*name;		/* in the rows of a diff */
	enum group	 group;
	enum layout	 layout;
	enum worth	 worth;
};

extern const struct key_info	keys[KEY_COUNT];

/*
 * Of a pair, KEY_ARENAS or KEY_UNUSED, which is the count: the key of the
 * size behind its *, what is printed behind that size, and the key of their
 * product.
 */
static inline enum key
pair_size(enum key key)
{
	return key == KEY_ARENAS ? KEY_ARENA_SIZE : KEY_POOL_SIZE;
}

static inline const char *
pair_unit(enum key key)
{
	return key == KEY_ARENAS ? "bytes/arena" : "bytes";
}

static inline enum key
pair_bytes(enum key key)
{
	return key == KEY_ARENAS ? KEY_ARENAS_BYTES : KEY_UNUSED_BYTES;
}

#endif
