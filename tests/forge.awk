# forge.awk: prints dumps of pymalloc that agree with themselves, from the few numbers that a test
# cares about.
#
#	LC_ALL=C awk -f forge.awk [-v version=3.11] FILE...
#
# In: a line for each dump, of fields KEY=VALUE between blanks; all may be missing.
#
#	SIZE=BLOCKS[/POOLS]  blocks in use of a class; without POOLS they fill as few as can be
#	arenas=N             that are held; else as few as the pools need
#	total=N              arenas that were allocated so far; else as few as can be
#	highwater=N          the most arenas so far; else as few as can be
#	lost=N               pools that alignment costs; else 0
#	lists=N              free dicts; else 0. none: no free lists, as PYTHONMALLOCSTATS prints it
#	malloc=N resident=N  the two lines of the process; else they are not printed
#
# Blanks may stand before a field. The counters of a dump are never less than those of the dump
# before it.
#
# Out: dumps as 3.8 prints them: arenas of 256 KiB, 64 pools of 4 KiB. With version 3.11 arenas of
# 1 MiB, 64 pools of 16 KiB, and an arena map.

BEGIN {
	map = version == "3.11"
	pool = map ? 16384 : 4096
	arena = 64 * pool
	room = pool - 48
}

{
	arenas = all_pools = lost = lists = 0
	total = highwater = malloc = resident = ""
	for (size = 16; size <= 512; size += 16)
		blocks[size] = pools[size] = 0
	for (i = 1; i <= NF; i++)
		read_field($i)
	if (arenas * 64 < all_pools + lost)
		arenas = up(all_pools + lost, 64)
	total = most(total, last_total, last_total - last_arenas + arenas)
	highwater = most(highwater, last_highwater, arenas)
	total = most(total, highwater, 0)
	print_table()
	print_arenas()
	print_bytes()
	if (map)
		print_map()
	if (lists != "none") {
		print ""
		label(sprintf("%48s ", lists " free PyDictObjects * 48 bytes each"), lists * 48)
	}
	if (resident != "")
		label("# bytes resident", resident)
	if (malloc != "")
		label("# bytes in malloc", malloc)
	last_total = total
	last_arenas = arenas
	last_highwater = highwater
}

function read_field(field,    part, value) {
	split(field, part, "=")
	if (part[1] == "arenas")
		arenas = part[2]
	else if (part[1] == "total")
		total = part[2]
	else if (part[1] == "highwater")
		highwater = part[2]
	else if (part[1] == "lost")
		lost = part[2]
	else if (part[1] == "lists")
		lists = part[2]
	else if (part[1] == "malloc")
		malloc = part[2]
	else if (part[1] == "resident")
		resident = part[2]
	else {
		split(part[2], value, "/")
		blocks[part[1]] = value[1]
		pools[part[1]] = most(value[2], up(value[1], down(room, part[1])), 0)
		all_pools += pools[part[1]]
	}
}

function print_table(    i, size, each) {
	printf("Small block threshold = 512, in 32 size classes.\n\n" \
	    "class   size   num pools   blocks in use  avail blocks\n" \
	    "-----   ----   ---------   -------------  ------------\n")
	live = available = quantization = 0
	for (i = 0; i < 32; i++) {
		size = (i + 1) * 16
		if (pools[size] == 0)
			continue
		each = down(room, size)
		printf("%5d %6d %11.0f %15.0f %13.0f\n", i, size, pools[size], blocks[size], \
		    pools[size] * each - blocks[size])
		live += blocks[size] * size
		available += (pools[size] * each - blocks[size]) * size
		quantization += pools[size] * (room - each * size)
	}
	print ""
}

function print_arenas() {
	label("# arenas allocated total", total)
	label("# arenas reclaimed", total - arenas)
	label("# arenas highwater mark", highwater)
	label("# arenas allocated current", arenas)
	label(sprintf("%.0f arenas * %d bytes/arena", arenas, arena), arenas * arena)
	print ""
}

function print_bytes(    unused) {
	unused = arenas * 64 - all_pools - lost
	label("# bytes in allocated blocks", live)
	label("# bytes in available blocks", available)
	label(sprintf("%.0f unused pools * %d bytes", unused, pool), unused * pool)
	label("# bytes lost to pool headers", all_pools * 48)
	label("# bytes lost to quantization", quantization)
	label("# bytes lost to arena alignment", lost * pool)
	label("Total", arenas * arena)
}

function print_map() {
	print "\narena map counts"
	label("# arena map mid nodes", 1)
	label("# arena map bot nodes", 1)
	print ""
	label("# bytes lost to arena map root", 262144)
	label("# bytes lost to arena map mid", 262144)
	label("# bytes lost to arena map bot", 131072)
	label("Total", 655360)
}

# A line as printone of obmalloc.c prints it.
function label(text, n) { printf("%-35s=%21s\n", text, commas(n)) }

# The digits, in groups of three.
function commas(n,    text, grouped) {
	text = sprintf("%.0f", n)
	while (length(text) > 3) {
		grouped = "," substr(text, length(text) - 2) grouped
		text = substr(text, 1, length(text) - 3)
	}
	return text grouped
}

function down(x, y) { return (x - x % y) / y }
function up(x, y) { return down(x + y - 1, y) }

function most(a, b, c) {
	a += 0
	if (b + 0 > a)
		a = b + 0
	return c + 0 > a ? c + 0 : a
}
