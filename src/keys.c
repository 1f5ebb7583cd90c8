/*
 * keys: what a dump says once, in one table.
 */
#include "keys.h"

#define KEY(key, label, name, group, layout, worth) [KEY_ ## key] = { \
	label, sizeof(label) - 1, name, \
	GROUP_ ## group, LAYOUT_ ## layout, WORTH_ ## worth }

const struct key_info	keys[KEY_COUNT] = {
	KEY(THRESHOLD, "", "small_block_threshold",
	    CONFIG, PART, NOTHING),
	KEY(CLASSES, "", "size_classes", CONFIG, PART, NOTHING),
	KEY(ARENA_SIZE, "", "arena_bytes", CONFIG, PART, NOTHING),
	KEY(POOL_SIZE, "", "pool_bytes", CONFIG, PART, NOTHING),
	KEY(MEDIUM, "Medium block threshold", "medium_block_threshold",
	    CONFIG, PLAIN, NOTHING),
	KEY(LARGE, "Large object max size", "large_object_max_size",
	    CONFIG, PLAIN, NOTHING),

	KEY(TIMES, "# times object malloc called",
	    "times_object_malloc_called", ARENAS, VALUE, NOTHING),
	KEY(ARENAS_TOTAL, "# arenas allocated total",
	    "arenas_allocated_total", ARENAS, VALUE, ARENA),
	KEY(ARENAS_RECLAIMED, "# arenas reclaimed",
	    "arenas_reclaimed", ARENAS, VALUE, ARENA),
	KEY(ARENAS_HIGHWATER, "# arenas highwater mark",
	    "arenas_highwater_mark", ARENAS, VALUE, ARENA),
	KEY(ARENAS_CURRENT, "# arenas allocated current",
	    "arenas_allocated_current", ARENAS, VALUE, ARENA),
	KEY(ARENAS, "arenas", "arenas", ARENAS, PAIR, ARENA),
	KEY(ARENAS_BYTES, "", "arenas", ARENAS, PART, BYTE),

	KEY(ALLOCATED_BYTES, "# bytes in allocated blocks",
	    "bytes_in_allocated_blocks", BYTES, VALUE, BYTE),
	KEY(AVAILABLE_BYTES, "# bytes in available blocks",
	    "bytes_in_available_blocks", BYTES, VALUE, BYTE),
	KEY(UNUSED, "unused pools", "unused_pools", BYTES, PAIR, POOL),
	KEY(UNUSED_BYTES, "", "unused_pools", BYTES, PART, BYTE),
	KEY(POOL_HEADERS, "# bytes lost to pool headers",
	    "bytes_lost_to_pool_headers", BYTES, VALUE, BYTE),
	KEY(QUANTIZATION, "# bytes lost to quantization",
	    "bytes_lost_to_quantization", BYTES, VALUE, BYTE),
	KEY(ARENA_ALIGNMENT, "# bytes lost to arena alignment",
	    "bytes_lost_to_arena_alignment", BYTES, VALUE, BYTE),
	KEY(TOTAL, "Total", "total", BYTES, VALUE, BYTE),

	KEY(MID_NODES, "# arena map mid nodes",
	    "arena_map_mid_nodes", MAP_COUNTS, VALUE, NOTHING),
	KEY(BOT_NODES, "# arena map bot nodes",
	    "arena_map_bot_nodes", MAP_COUNTS, VALUE, NOTHING),

	KEY(MAP_ROOT, "# bytes lost to arena map root",
	    "bytes_lost_to_arena_map_root", MAP_BYTES, VALUE, BYTE),
	KEY(MAP_MID, "# bytes lost to arena map mid",
	    "bytes_lost_to_arena_map_mid", MAP_BYTES, VALUE, BYTE),
	KEY(MAP_BOT, "# bytes lost to arena map bot",
	    "bytes_lost_to_arena_map_bot", MAP_BYTES, VALUE, BYTE),
	KEY(MAP_TOTAL, "Total", "arena_map_total", MAP_BYTES, VALUE, BYTE),

	KEY(MI_BLOCKS, "Allocated Blocks",
	    "allocated_blocks", MIMALLOC, COLON, NOTHING),
	KEY(MI_BYTES, "Allocated Bytes",
	    "allocated_bytes", MIMALLOC, COLON, BYTE),
	KEY(MI_OVERHEAD, "Allocated Bytes w/ Overhead",
	    "allocated_bytes_w_overhead", MIMALLOC, COLON, BYTE),
	KEY(MI_RESERVED, "Bytes Reserved",
	    "bytes_reserved", MIMALLOC, COLON, BYTE),
	KEY(MI_COMMITTED, "Bytes Committed",
	    "bytes_committed", MIMALLOC, COLON, BYTE)
};
