/*
 * fields: every number that a dump can hold, as a place in one array. The
 * table here gives each place its name, section, metric, group, label and
 * unit, so that comparing two dumps, printing them and checking them are
 * loops over it. CPython's next line is one more entry.
 *
 * The labels are those of Objects/obmalloc.c: _PyObject_DebugMallocStats,
 * printone and, for mimalloc, py_mimalloc_print_stats.
 */
#ifndef FIELDS_H
#define FIELDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "out.h"

enum {
	CLASS_STEP = 8,		/* each class size is a multiple of it */
	CLASSES_MAX = 128,
	TUPLES_MAX = 32,	/* items of the largest tuple on a free list */
	TYPES_MAX = 24,		/* names of free lists in one run */
	LABELS_MAX = 16,	/* labels in one run that the table lacks */
	TYPE_LEN = 63,		/* bytes of a type's name */
	LABEL_LEN = 127		/* bytes of a label; _PyDebugAllocatorStats */
};

/*
 * The places. Named fields come first, in the order of the reports; of the
 * others three belong to each class (pools, blocks in use, available blocks)
 * and to each free list (count, bytes, bytes each).
 */
enum field {
	F_THRESHOLD, F_CLASSES, F_ARENA_SIZE, F_POOL_SIZE, F_MEDIUM, F_LARGE,
	F_HELD, F_LIVE, F_AVAILABLE, F_UNUSED, F_OVERHEAD, F_FREE_LISTS,
	F_NEEDED,
	F_TIMES, F_ARENAS_TOTAL, F_ARENAS_RECLAIMED, F_ARENAS_HIGHWATER,
	F_ARENAS_CURRENT, F_ARENAS, F_ARENAS_BYTES,
	F_ALLOCATED_BYTES, F_AVAILABLE_BYTES, F_UNUSED_POOLS, F_UNUSED_BYTES,
	F_POOL_HEADERS, F_QUANTIZATION, F_ALIGNMENT, F_TOTAL,
	F_MID_NODES, F_BOT_NODES,
	F_MAP_ROOT, F_MAP_MID, F_MAP_BOT, F_MAP_TOTAL,
	F_MI_BLOCKS, F_MI_BYTES, F_MI_OVERHEAD, F_MI_RESERVED, F_MI_COMMITTED,
	F_RESIDENT, F_IN_MALLOC,
	F_NAMED,
	F_CLASS = F_NAMED,		/* of block size 8 */
	F_UNKNOWN = F_CLASS + 3 * CLASSES_MAX,
	F_TUPLE = F_UNKNOWN + LABELS_MAX,	/* of 1 item */
	F_TYPE = F_TUPLE + 3 * TUPLES_MAX,
	F_COUNT = F_TYPE + 3 * TYPES_MAX,
	F_NONE = F_COUNT
};

/* Sets of named fields. */
#define FIELD_BIT(f)		(UINT64_C(1) << (f))
#define FIELD_RANGE(from, to)	((FIELD_BIT(to) << 1) - FIELD_BIT(from))

#define CONFIG_FIELDS	FIELD_RANGE(F_THRESHOLD, F_LARGE)
#define LEVEL_FIELDS	FIELD_RANGE(F_HELD, F_NEEDED)
#define COUNTER_FIELDS	FIELD_RANGE(F_ARENAS_TOTAL, F_ARENAS_CURRENT)
#define PYMALLOC_FIELDS	(FIELD_RANGE(F_TIMES, F_TOTAL) | \
			FIELD_BIT(F_ARENA_SIZE) | FIELD_BIT(F_POOL_SIZE))
#define NODE_FIELDS	(FIELD_RANGE(F_MID_NODES, F_BOT_NODES) | \
			FIELD_RANGE(F_MAP_MID, F_MAP_TOTAL))
#define MAP_FIELDS	FIELD_RANGE(F_MID_NODES, F_MAP_TOTAL)
#define MIMALLOC_FIELDS	(FIELD_RANGE(F_MEDIUM, F_LARGE) | \
			FIELD_RANGE(F_MI_BLOCKS, F_MI_COMMITTED))
#define PROCESS_FIELDS	FIELD_RANGE(F_RESIDENT, F_IN_MALLOC)

enum section {
	SECTION_CONFIG, SECTION_LEVEL, SECTION_CLASS, SECTION_SUMMARY,
	SECTION_FREE_LIST
};

enum metric {
	METRIC_VALUE, METRIC_POOLS, METRIC_BLOCKS_IN_USE, METRIC_AVAIL_BLOCKS,
	METRIC_COUNT, METRIC_BYTES, METRIC_UNIT_BYTES
};

/* What stands together in a dump; the text report sets groups apart. */
enum group {
	GROUP_CONFIG, GROUP_LEVELS, GROUP_CLASSES, GROUP_ARENAS, GROUP_BYTES,
	GROUP_MAP_COUNTS, GROUP_MAP_BYTES, GROUP_MIMALLOC, GROUP_PROCESS,
	GROUP_UNKNOWN, GROUP_FREE_LISTS
};

enum layout {
	LAYOUT_PART,	/* no line of its own: derived, or part of another */
	LAYOUT_VALUE,	/* label                  =                1,234 */
	LAYOUT_PAIR,	/* 12 label * 34 unit     =                  408 */
	LAYOUT_PLAIN,	/* label = 1234 */
	LAYOUT_COLON	/*     label: 1234 */
};

/* What one of a number stands for in bytes. */
enum unit {
	UNIT_NONE, UNIT_BYTE, UNIT_ARENA, UNIT_POOL,
	UNIT_CLASS,	/* the block size of its class */
	UNIT_EACH,	/* the bytes each of its free list */
	UNIT_LABEL	/* a byte, if its label begins with `# bytes` */
};

struct field_info {
	const char	*label;		/* as CPython prints it, or "" */
	uint8_t		 label_len;
	const char	*name;		/* in the rows of a report */
	uint8_t		 section, metric, group, layout, unit;	/* enums */
	uint8_t		 at, of;	/* which number of its line, from 0,
					   and of how many */
};

extern const struct field_info	fields[F_NAMED];

/* The layout of printone and _PyDebugAllocatorStats, in columns. */
enum { LABEL_COLUMNS = 35, TYPE_COLUMNS = 48, VALUE_COLUMNS = 21 };

#define HEADER_WORDS	"Small block threshold ="
#define HEADING		"class   size   num pools   blocks in use  avail blocks"
#define DASHES		"-----   ----   ---------   -------------  ------------"
#define MAP_WORDS	"arena map counts"
#define TUPLE_TYPE	"PyTupleObject"

/* The names that this run has met; all zeros at first. */
struct names {
	unsigned	 types, labels;
	char		 type[TYPES_MAX][TYPE_LEN + 1];
	char		 label[LABELS_MAX][LABEL_LEN + 1];
	uint8_t		 order[TYPES_MAX];	/* of the types, by name */
};

/*
 * The first of the three places of a type of n bytes, 1 to TYPE_LEN; they stay
 * reserved for it. F_NONE if there are TYPES_MAX others.
 */
enum field	names_type(struct names *, const unsigned char *, size_t n);

/*
 * The place of a label of n bytes, 1 to LABEL_LEN, that the table lacks.
 * Labels that make the same row name share it; if it is the row name of a named
 * field, that field. F_NONE if there are LABELS_MAX others.
 */
enum field	names_label(struct names *, const unsigned char *, size_t n);

/*
 * The next field in the order of the reports; from F_NONE the first one, from
 * the last one F_NONE. Places of names that the run has not met are left out.
 */
enum field	field_next(const struct names *, enum field);

/* Of one that is not named: the label is "", the name NULL. */
const struct field_info	*field_info(enum field);

/* Append a field's row name, such as 32, arenas or PyTupleObject[5]. */
void	field_name(const struct names *, enum field, struct out *);

/* Append a field's key, section.name.metric. */
void	field_key(const struct names *, enum field, struct out *);

extern const char	*const section_names[], *const metric_names[];

/* The types that Red Hat's 2.7 prints without the word `free`. */
extern const char *const	bare_types[2];

bool	type_is_bare(const char *name);

/* Of a class's field: the block size. Of a tuple's: the items. */
static inline int64_t
class_size(enum field f)
{
	return (f - F_CLASS) / 3 * CLASS_STEP + CLASS_STEP;
}

static inline int64_t
tuple_items(enum field f)
{
	return (f - F_TUPLE) / 3 + 1;
}

/* The pools of the class of this size, 1 to CLASSES_MAX steps. */
static inline enum field
class_field(int64_t size)
{
	return (enum field)(F_CLASS + 3 * (size / CLASS_STEP - 1));
}

/* Of a pair, F_ARENAS or F_UNUSED_POOLS: the field of the size behind `*`. */
static inline enum field
pair_size(enum field f)
{
	return f == F_ARENAS ? F_ARENA_SIZE : F_POOL_SIZE;
}

static inline const char *
pair_unit(enum field f)
{
	return f == F_ARENAS ? "bytes/arena" : "bytes";
}

#endif
