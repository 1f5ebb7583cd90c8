/*
 * keys: the labelled lines of a dump, as CPython prints them, in one table.
 * CPython's next line is one more entry here.
 *
 * The labels are those of Objects/obmalloc.c: _PyObject_DebugMallocStats and,
 * for mimalloc, py_mimalloc_print_stats.
 */
#ifndef KEYS_H
#define KEYS_H

/* The labelled lines of a dump, in the order in which CPython prints them. */
enum key {
	KEY_MEDIUM, KEY_LARGE,
	KEY_TIMES, KEY_ALLOCATED_TOTAL, KEY_RECLAIMED, KEY_HIGHWATER,
	KEY_CURRENT, KEY_ARENAS,
	KEY_ALLOCATED, KEY_AVAILABLE, KEY_UNUSED, KEY_HEADERS,
	KEY_QUANTIZATION, KEY_ALIGNMENT, KEY_TOTAL,
	KEY_MID_NODES, KEY_BOT_NODES,
	KEY_MAP_ROOT, KEY_MAP_MID, KEY_MAP_BOT, KEY_MAP_TOTAL,
	KEY_MI_BLOCKS, KEY_MI_BYTES, KEY_MI_OVERHEAD, KEY_MI_RESERVED,
	KEY_MI_COMMITTED,
	KEY_COUNT
};

/* The lines that stand together, as the text report sets them apart. */
enum group {
	GROUP_CONFIG, GROUP_CLASSES, GROUP_ARENAS, GROUP_BYTES,
	GROUP_MAP_COUNTS, GROUP_MAP_BYTES, GROUP_MIMALLOC, GROUP_FREE_LISTS
};

enum layout {
	LAYOUT_VALUE,	/* label                  =                1,234 */
	LAYOUT_PAIR,	/* 12 label * 34 unit     =                  408 */
	LAYOUT_PLAIN,	/* label = 1234 */
	LAYOUT_COLON	/*     label: 1234 */
};

/* What one of a number is worth. */
enum worth { WORTH_NOTHING, WORTH_BYTE, WORTH_ARENA, WORTH_UNIT };

struct key_info {
	const char	*label;
	const char	*name;		/* in the rows of a diff */
	const char	*unit;		/* behind the size of a pair */
	enum group	 group;
	enum layout	 layout;
	enum worth	 worth;
};

extern const struct key_info	keys[KEY_COUNT];

#endif
