/*
 * fields: named fields have an entry each; the classes, the free lists and the
 * unknown labels share seven more.
 */
#include <string.h>

#include "fields.h"

#define INFO(label, name, section, metric, group, layout, unit, at, of) \
	{ label, sizeof(label) - 1, name, SECTION_ ## section, \
	METRIC_ ## metric, GROUP_ ## group, LAYOUT_ ## layout, \
	UNIT_ ## unit, at, of }
#define CONFIG(f, label, name, layout) [F_ ## f] = \
	INFO(label, name, CONFIG, VALUE, CONFIG, layout, NONE, 0, 1)
#define LEVEL(f, name) [F_ ## f] = \
	INFO("", name, LEVEL, VALUE, LEVELS, PART, BYTE, 0, 1)
#define VALUE(f, label, name, group, unit) [F_ ## f] = \
	INFO(label, name, SUMMARY, VALUE, group, VALUE, unit, 0, 1)
#define PAIR_COUNT(f, label, name, group, unit) [F_ ## f] = \
	INFO(label, name, SUMMARY, COUNT, group, PAIR, unit, 0, 2)
#define PAIR_BYTES(f, name, group) [F_ ## f] = \
	INFO("", name, SUMMARY, BYTES, group, PART, BYTE, 1, 2)
#define MIMALLOC(f, label, name, unit) [F_ ## f] = \
	INFO(label, name, SUMMARY, VALUE, MIMALLOC, COLON, unit, 0, 1)
#define OF_CLASS(metric, unit, at) \
	INFO("", NULL, CLASS, metric, CLASSES, PART, unit, at, 3)
#define OF_LIST(metric, unit, at) \
	INFO("", NULL, FREE_LIST, metric, FREE_LISTS, PART, unit, at, 3)

const struct field_info	fields[F_NAMED] = {
	CONFIG(THRESHOLD, "", "small_block_threshold", PART),
	CONFIG(CLASSES, "", "size_classes", PART),
	CONFIG(ARENA_SIZE, "", "arena_bytes", PART),
	CONFIG(POOL_SIZE, "", "pool_bytes", PART),
	CONFIG(MEDIUM, "Medium block threshold", "medium_block_threshold",
	    PLAIN),
	CONFIG(LARGE, "Large object max size", "large_object_max_size",
	    PLAIN),

	LEVEL(HELD, "held"),
	LEVEL(LIVE, "live"),
	LEVEL(AVAILABLE, "available"),
	LEVEL(UNUSED, "unused"),
	LEVEL(OVERHEAD, "overhead"),
	LEVEL(FREE_LISTS, "free_lists"),
	LEVEL(NEEDED, "needed"),

	VALUE(TIMES, "# times object malloc called",
	    "times_object_malloc_called", ARENAS, NONE),
	VALUE(ARENAS_TOTAL, "# arenas allocated total",
	    "arenas_allocated_total", ARENAS, ARENA),
	VALUE(ARENAS_RECLAIMED, "# arenas reclaimed",
	    "arenas_reclaimed", ARENAS, ARENA),
	VALUE(ARENAS_HIGHWATER, "# arenas highwater mark",
	    "arenas_highwater_mark", ARENAS, ARENA),
	VALUE(ARENAS_CURRENT, "# arenas allocated current",
	    "arenas_allocated_current", ARENAS, ARENA),
	PAIR_COUNT(ARENAS, "arenas", "arenas", ARENAS, ARENA),
	PAIR_BYTES(ARENAS_BYTES, "arenas", ARENAS),

	VALUE(ALLOCATED_BYTES, "# bytes in allocated blocks",
	    "bytes_in_allocated_blocks", BYTES, BYTE),
	VALUE(AVAILABLE_BYTES, "# bytes in available blocks",
	    "bytes_in_available_blocks", BYTES, BYTE),
	PAIR_COUNT(UNUSED_POOLS, "unused pools", "unused_pools", BYTES, POOL),
	PAIR_BYTES(UNUSED_BYTES, "unused_pools", BYTES),
	VALUE(POOL_HEADERS, "# bytes lost to pool headers",
	    "bytes_lost_to_pool_headers", BYTES, BYTE),
	VALUE(QUANTIZATION, "# bytes lost to quantization",
	    "bytes_lost_to_quantization", BYTES, BYTE),
	VALUE(ALIGNMENT, "# bytes lost to arena alignment",
	    "bytes_lost_to_arena_alignment", BYTES, BYTE),
	VALUE(TOTAL, "Total", "total", BYTES, BYTE),

	VALUE(MID_NODES, "# arena map mid nodes",
	    "arena_map_mid_nodes", MAP_COUNTS, NONE),
	VALUE(BOT_NODES, "# arena map bot nodes",
	    "arena_map_bot_nodes", MAP_COUNTS, NONE),
	VALUE(MAP_ROOT, "# bytes lost to arena map root",
	    "bytes_lost_to_arena_map_root", MAP_BYTES, BYTE),
	VALUE(MAP_MID, "# bytes lost to arena map mid",
	    "bytes_lost_to_arena_map_mid", MAP_BYTES, BYTE),
	VALUE(MAP_BOT, "# bytes lost to arena map bot",
	    "bytes_lost_to_arena_map_bot", MAP_BYTES, BYTE),
	VALUE(MAP_TOTAL, "Total", "arena_map_total", MAP_BYTES, BYTE),

	MIMALLOC(MI_BLOCKS, "Allocated Blocks", "allocated_blocks", NONE),
	MIMALLOC(MI_BYTES, "Allocated Bytes", "allocated_bytes", BYTE),
	MIMALLOC(MI_OVERHEAD, "Allocated Bytes w/ Overhead",
	    "allocated_bytes_w_overhead", BYTE),
	MIMALLOC(MI_RESERVED, "Bytes Reserved", "bytes_reserved", BYTE),
	MIMALLOC(MI_COMMITTED, "Bytes Committed", "bytes_committed", BYTE),

	VALUE(RESIDENT, "# bytes resident", "bytes_resident", PROCESS, BYTE),
	VALUE(IN_MALLOC, "# bytes in malloc", "bytes_in_malloc",
	    PROCESS, BYTE)
};

const char	*const section_names[] = {
	[SECTION_CONFIG] = "config",
	[SECTION_LEVEL] = "level",
	[SECTION_CLASS] = "class",
	[SECTION_SUMMARY] = "summary",
	[SECTION_FREE_LIST] = "free_list"
};

const char	*const metric_names[] = {
	[METRIC_VALUE] = "value",
	[METRIC_POOLS] = "pools",
	[METRIC_BLOCKS_IN_USE] = "blocks_in_use",
	[METRIC_AVAIL_BLOCKS] = "avail_blocks",
	[METRIC_COUNT] = "count",
	[METRIC_BYTES] = "bytes",
	[METRIC_UNIT_BYTES] = "unit_bytes"
};

const struct field_info *
field_info(enum field f)
{
	static const struct field_info	classes[] = {
		OF_CLASS(POOLS, POOL, 0),
		OF_CLASS(BLOCKS_IN_USE, CLASS, 1),
		OF_CLASS(AVAIL_BLOCKS, CLASS, 2)
	}, lists[] = {
		OF_LIST(COUNT, EACH, 0),
		OF_LIST(BYTES, BYTE, 1),
		OF_LIST(UNIT_BYTES, NONE, 2)
	}, unknown =
		INFO("", NULL, SUMMARY, VALUE, UNKNOWN, VALUE, LABEL, 0, 1);

	if (f < F_NAMED)
		return &fields[f];
	if (f < F_UNKNOWN)
		return &classes[(f - F_CLASS) % 3];
	return f < F_TUPLE ? &unknown : &lists[(f - F_TUPLE) % 3];
}

/* The first place of the type that is number `rank` by name, or F_NONE. */
static enum field
ranked_type(const struct names *names, unsigned rank)
{
	if (rank >= names->types)
		return F_NONE;
	return (enum field)(F_TYPE + 3 * names->order[rank]);
}

static enum field
next_type(const struct names *names, enum field f)
{
	unsigned	 slot = (f - F_TYPE) / 3, rank = 0;

	if ((f - F_TYPE) % 3 < 2)
		return f + 1;
	while (names->order[rank] != slot)
		rank++;
	return ranked_type(names, rank + 1);
}

enum field
field_next(const struct names *names, enum field f)
{
	if (f == F_NONE)
		return F_THRESHOLD;
	if (f >= F_TYPE)
		return next_type(names, f);
	if (f == F_NEEDED)
		return F_CLASS;
	f++;
	if (f == F_UNKNOWN)
		return F_TIMES;
	if (f == F_NAMED)
		f = F_UNKNOWN;
	if (f == F_UNKNOWN + names->labels)
		return F_TUPLE;
	return f == F_TYPE ? ranked_type(names, 0) : f;
}

/* Append a label in lower case, each run of other characters as `_`. */
static void
label_name(const char *label, struct out *o)
{
	bool	 gap = false, begun = false;

	for (; *label != '\0'; label++) {
		char	 c = *label;

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
			gap = begun;
			continue;
		}
		if (gap)
			out_char(o, '_');
		out_char(o, c);
		gap = false;
		begun = true;
	}
}

void
field_name(const struct names *names, enum field f, struct out *o)
{
	if (f < F_NAMED)
		out_str(o, fields[f].name);
	else if (f < F_UNKNOWN)
		out_num(o, class_size(f), 0, 0);
	else if (f < F_TUPLE)
		label_name(names->label[f - F_UNKNOWN], o);
	else if (f < F_TYPE)
		out_cat(o, TUPLE_TYPE "[", DEC(tuple_items(f)), "]");
	else
		out_str(o, names->type[(f - F_TYPE) / 3]);
}

void
field_key(const struct names *names, enum field f, struct out *o)
{
	out_cat(o, section_names[field_info(f)->section], ".");
	field_name(names, f, o);
	out_cat(o, ".", metric_names[field_info(f)->metric]);
}

enum field
names_type(struct names *names, const unsigned char *p, size_t n)
{
	unsigned	 slot = 0, rank;

	for (; slot < names->types; slot++)
		if (memcmp(names->type[slot], p, n) == 0 &&
		    names->type[slot][n] == '\0')
			return (enum field)(F_TYPE + 3 * slot);
	if (slot == TYPES_MAX)
		return F_NONE;
	memcpy(names->type[slot], p, n);
	for (rank = slot; rank > 0; rank--) {
		if (strcmp(names->type[names->order[rank - 1]],
		    names->type[slot]) < 0)
			break;
		names->order[rank] = names->order[rank - 1];
	}
	names->order[rank] = (uint8_t)slot;
	names->types++;
	return (enum field)(F_TYPE + 3 * slot);
}

/* A label's row name as a string. */
static void
row_name(const char *label, char name[LABEL_LEN + 1])
{
	struct out	 o = out_memory(name, LABEL_LEN);

	label_name(label, &o);
	name[o.len] = '\0';
}

enum field
names_label(struct names *names, const unsigned char *p, size_t n)
{
	char		 label[LABEL_LEN + 1], name[LABEL_LEN + 1];
	char		 other[LABEL_LEN + 1];
	unsigned	 slot = 0;

	memcpy(label, p, n);
	label[n] = '\0';
	row_name(label, name);
	for (enum field f = F_TIMES; f < F_NAMED; f++)
		if (strcmp(fields[f].name, name) == 0)
			return f;
	for (; slot < names->labels; slot++) {
		row_name(names->label[slot], other);
		if (strcmp(other, name) == 0)
			return (enum field)(F_UNKNOWN + slot);
	}
	if (slot == LABELS_MAX)
		return F_NONE;
	memcpy(names->label[slot], label, n + 1);
	names->labels++;
	return (enum field)(F_UNKNOWN + slot);
}

const char *const	bare_types[2] = { "PyIntBlock", "PyFloatBlock" };

bool
type_is_bare(const char *name)
{
	return strcmp(name, bare_types[0]) == 0 ||
	    strcmp(name, bare_types[1]) == 0;
}
