/*
 * keys: the labelled lines of a dump, as CPython prints them, in one table.
 */
#include <stddef.h>

#include "keys.h"

const struct key_info	keys[KEY_COUNT] = {
#define KEY(key, label, name, group, layout, worth) \
	[key] = { label, name, NULL, group, layout, worth }
#define PAIR(key, label, unit, name, group) \
	[key] = { label, name, unit, group, LAYOUT_PAIR, WORTH_UNIT }

	KEY(KEY_MEDIUM, "Medium block threshold", "medium_block_threshold",
	    GROUP_CONFIG, LAYOUT_PLAIN, WORTH_NOTHING),
	KEY(KEY_LARGE, "Large object max size", "large_object_max_size",
	    GROUP_CONFIG, LAYOUT_PLAIN, WORTH_NOTHING),

	KEY(KEY_TIMES, "# times object malloc called",
	    "times_object_malloc_called",
	    GROUP_ARENAS, LAYOUT_VALUE, WORTH_NOTHING),
	KEY(KEY_ALLOCATED_TOTAL, "# arenas allocated total",
	    "arenas_allocated_total",
	    GROUP_ARENAS, LAYOUT_VALUE, WORTH_ARENA),
	KEY(KEY_RECLAIMED, "# arenas reclaimed", "arenas_reclaimed",
	    GROUP_ARENAS, LAYOUT_VALUE, WORTH_ARENA),
	KEY(KEY_HIGHWATER, "# arenas highwater mark", "arenas_highwater_mark",
	    GROUP_ARENAS, LAYOUT_VALUE, WORTH_ARENA),
	KEY(KEY_CURRENT, "# arenas allocated current",
	    "arenas_allocated_current",
	    GROUP_ARENAS, LAYOUT_VALUE, WORTH_ARENA),
	PAIR(KEY_ARENAS, "arenas", "bytes/arena", "arenas", GROUP_ARENAS),

	KEY(KEY_ALLOCATED, "# bytes in allocated blocks",
	    "bytes_in_allocated_blocks",
	    GROUP_BYTES, LAYOUT_VALUE, WORTH_BYTE),
	KEY(KEY_AVAILABLE, "# bytes in available blocks",
	    "bytes_in_available_blocks",
	    GROUP_BYTES, LAYOUT_VALUE, WORTH_BYTE),
	PAIR(KEY_UNUSED, "unused pools", "bytes", "unused_pools", GROUP_BYTES),
	KEY(KEY_HEADERS, "# bytes lost to pool headers",
	    "bytes_lost_to_pool_headers",
	    GROUP_BYTES, LAYOUT_VALUE, WORTH_BYTE),
	KEY(KEY_QUANTIZATION, "# bytes lost to quantization",
	    "bytes_lost_to_quantization",
	    GROUP_BYTES, LAYOUT_VALUE, WORTH_BYTE),
	KEY(KEY_ALIGNMENT, "# bytes lost to arena alignment",
	    "bytes_lost_to_arena_alignment",
	    GROUP_BYTES, LAYOUT_VALUE, WORTH_BYTE),
	KEY(KEY_TOTAL, "Total", "total",
	    GROUP_BYTES, LAYOUT_VALUE, WORTH_BYTE),

	KEY(KEY_MID_NODES, "# arena map mid nodes", "arena_map_mid_nodes",
	    GROUP_MAP_COUNTS, LAYOUT_VALUE, WORTH_NOTHING),
	KEY(KEY_BOT_NODES, "# arena map bot nodes", "arena_map_bot_nodes",
	    GROUP_MAP_COUNTS, LAYOUT_VALUE, WORTH_NOTHING),

	KEY(KEY_MAP_ROOT, "# bytes lost to arena map root",
	    "bytes_lost_to_arena_map_root",
	    GROUP_MAP_BYTES, LAYOUT_VALUE, WORTH_BYTE),
	KEY(KEY_MAP_MID, "# bytes lost to arena map mid",
	    "bytes_lost_to_arena_map_mid",
	    GROUP_MAP_BYTES, LAYOUT_VALUE, WORTH_BYTE),
	KEY(KEY_MAP_BOT, "# bytes lost to arena map bot",
	    "bytes_lost_to_arena_map_bot",
	    GROUP_MAP_BYTES, LAYOUT_VALUE, WORTH_BYTE),
	KEY(KEY_MAP_TOTAL, "Total", "arena_map_total",
	    GROUP_MAP_BYTES, LAYOUT_VALUE, WORTH_BYTE),

	KEY(KEY_MI_BLOCKS, "Allocated Blocks", "allocated_blocks",
	    GROUP_MIMALLOC, LAYOUT_COLON, WORTH_NOTHING),
	KEY(KEY_MI_BYTES, "Allocated Bytes", "allocated_bytes",
	    GROUP_MIMALLOC, LAYOUT_COLON, WORTH_BYTE),
	KEY(KEY_MI_OVERHEAD, "Allocated Bytes w/ Overhead",
	    "allocated_bytes_w_overhead",
	    GROUP_MIMALLOC, LAYOUT_COLON, WORTH_BYTE),
	KEY(KEY_MI_RESERVED, "Bytes Reserved", "bytes_reserved",
	    GROUP_MIMALLOC, LAYOUT_COLON, WORTH_BYTE),
	KEY(KEY_MI_COMMITTED, "Bytes Committed", "bytes_committed",
	    GROUP_MIMALLOC, LAYOUT_COLON, WORTH_BYTE)
#undef KEY
#undef PAIR
};
