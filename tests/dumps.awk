# dumps.awk: the reader that the oracles reference.awk, list.awk and verdict.awk share. It is
# written from the description of the formats and shares no code with src/.
#
#	LC_ALL=C awk -f dumps.awk -f PROGRAM.awk [-v select=BEFORE:AFTER] FILE...
#
# In: dumps of CPython's memory statistics, as sys._debugmallocstats() and PYTHONMALLOCSTATS print
# them. Text between dumps is ignored, and so is text before a header on its line. Prefixed lines,
# damaged dumps and unknown labels are not handled, with one exception: a lone block of free lists
# before the first header of an input is known as damaged.
#
# Out: nothing is printed. The END block of the program finds
#
#	inputs            how many inputs were read
#	count[i]          how many dumps input i has
#	dump_at[i, n]     dump number n of input i, as d below: dumps are counted over both inputs
#	line[d]           the line where it starts, in its input
#	value[d, name, metric]  its numbers; one that it does not print has no element
#	table[d]          it has a class table, so a class that the table omits has 0
#	sizes[size], largest    the block sizes of all classes seen, and the largest of them
#	lists[key]        the names of all free lists seen; the keys sort in the report's order
#
# and after decide_kinds(i) for input i, as section 2 of the contract defines them
#
#	kind[d]           empty, full, exit, call or damaged
#	process[d]        the number of its process; the first of an input is 1
#
# All is POSIX awk: mawk, gawk --posix, busybox awk and original-awk must agree. Numbers have at
# most 15 digits, which a double represents exactly.

# An empty input never gets here: END misses its dumps.
FNR == 1 {
	inputs++
	dump = headed = open = 0
	sub(/^\357\273\277/, "")
}

{ sub(/\r$/, "") }

# Not anchored: a progress bar may have left its text on this line.
match($0, /Small block threshold = [0-9]+, in [0-9]+ size classes\./) {
	$0 = substr($0, RSTART)
	# A log that was rotated begins anywhere: free lists that never start again are an excerpt.
	if (dump && !headed && count[inputs] == 1)
		damaged[dump] = 1
	begin_dump()
	headed = header[dump] = open = 1
	set("small_block_threshold", "value", $5)
	set("size_classes", "value", $7)
	next
}

# This comes before the check for a dump, since a dump without a header starts with such a line, and
# before the labels, since the line has the form of one. Red Hat's two lines lack the word "free".
/bytes each *=/ && ($2 == "free" || $2 == "PyIntBlocks" || $2 == "PyFloatBlocks") {
	if ($2 != "free")
		$0 = $1 " free" substr($0, index($0, $1) + length($1))
	sized = $3 ~ /^[0-9]+-sized$/
	name = sized ? $4 : $3
	sub(/s$/, "", name)
	if (sized)
		name = name "[" ($3 + 0) "]"
	if (!headed && (dump == 0 || name == first_list[dump])) {
		begin_dump()
		first_list[dump] = name
	}
	# Tuples come first, by size; their sizes are padded, so that the keys sort as strings.
	lists[(sized ? sprintf("0%09d", $3) : "1") name] = name
	has_lists[dump] = 1
	set(name, "count", $1)
	set(name, "bytes", after_equals())
	set(name, "unit_bytes", sized ? $6 : $5)
	next
}

dump == 0 { next }

/^ *# bytes (resident|in malloc) *= *[0-9]/ {
	set($3 == "resident" ? "bytes_resident" : "bytes_in_malloc", "value", after_equals())
	next
}

/^ *arena map counts *$/ { open = map = 1 }

# Behind the last line of table and summary nothing else belongs to the dump.
!open { next }

# The heading, not the rows, makes a table: a dump without rows means zeros.
/^ *class +size/ { table[dump] = 1 }

NF == 5 && /^[0-9 ]+$/ {
	size = $2 + 0
	sizes[size] = 1
	if (size > largest)
		largest = size
	set(size, "pools", $3)
	set(size, "blocks_in_use", $4)
	set(size, "avail_blocks", $5)
}

/^ *[0-9]+ arenas \*/ || /^ *[0-9]+ unused pools \*/ {
	name = $2 == "arenas" ? "arenas" : "unused_pools"
	set(name, "count", $1)
	set(name, "bytes", after_equals())
	set($2 == "arenas" ? "arena_bytes" : "pool_bytes", "value", $2 == "arenas" ? $4 : $5)
	next
}

# mimalloc prints ":" after most of its labels. Noise that has this form is stored, but no program
# asks for it.
match($0, /[=:] *[0-9][0-9,]*$/) {
	name = tolower(substr($0, 1, RSTART - 1))
	gsub(/[^a-z0-9]+/, "_", name)
	gsub(/^_|_$/, "", name)
	if (name == "total") {
		if (map)
			name = "arena_map_total"
		open = 0
	}
	# Of a 32-bit dump's map this is the only line.
	if (name == "bytes_lost_to_arena_map_root" && !known(dump, "arena_map_mid_nodes", "value"))
		open = 0
	if (name == "bytes_committed")
		open = 0
	set(name, "value", substr($0, RSTART + 1))
}

function begin_dump() {
	dump = ++dumps
	dump_at[inputs, ++count[inputs]] = dump
	line[dump] = FNR
	map = 0
}

# Of a thing said twice the first counts. The value becomes a number: it is compared as one.
function set(name, metric, text) {
	gsub(/,/, "", text)
	if (!known(dump, name, metric))
		value[dump, name, metric] = text + 0
}

function known(d, name, metric) { return (d, name, metric) in value }

# The value as a number, or "" where the dump does not print it. The array gets no new element.
function get(d, name, metric) { return known(d, name, metric) ? value[d, name, metric] : "" }

function is_zero(d, name, metric) {
	return known(d, name, metric) && value[d, name, metric] == 0
}

# Not the last field: a value of 16 digits has no blank before it.
function after_equals() { return substr($0, index($0, "=") + 1) }

# A class that a table omits has 0.
function class_value(d, size, metric) {
	return table[d] && !known(d, size, metric) ? 0 : get(d, size, metric)
}

# x / y rounded down or up, exactly; x is not negative. A quotient could be rounded wrongly.
function div(x, y) { return (x - x % y) / y }
function div_up(x, y) { return div(x, y) + (x % y > 0) }

function min(x, y) { return x < y ? x : y }
function max(x, y) { return x > y ? x : y }

# Levels (section 5). A level is "" where the dump lacks a part of it.

# A free-threaded build prints five zeros: its memory is not measured.
function unmeasured(d,    i, n, name) {
	n = split("allocated_blocks allocated_bytes allocated_bytes_w_overhead bytes_reserved" \
	    " bytes_committed", name)
	for (i = 1; i <= n; i++)
		if (!is_zero(d, name[i], "value"))
			return 0
	return 1
}

function level(d, name,    x) {
	if (!((d, name) in level_memo)) {
		x = level_of_any_size(d, name)
		level_memo[d, name] = x == "" || x > 999999999999999 ? "" : x
	}
	return level_memo[d, name]
}

function level_of_any_size(d, name) {
	if (name == "held" || name == "live")
		if (unmeasured(d))
			return ""
	if (name == "held")
		return known(d, "arenas", "bytes") ? get(d, "arenas", "bytes") : \
		    get(d, "bytes_committed", "value")
	if (name == "live")
		return known(d, "bytes_in_allocated_blocks", "value") ? \
		    get(d, "bytes_in_allocated_blocks", "value") : \
		    get(d, "allocated_bytes", "value")
	if (name == "available")
		return get(d, "bytes_in_available_blocks", "value")
	if (name == "unused")
		return get(d, "unused_pools", "bytes")
	if (name == "overhead")
		return overhead(d)
	if (name == "free_lists")
		return free_lists(d)
	return needed(d)
}

function overhead(d) {
	if (!known(d, "bytes_lost_to_pool_headers", "value") || \
	    !known(d, "bytes_lost_to_quantization", "value") || \
	    !known(d, "bytes_lost_to_arena_alignment", "value"))
		return ""
	return value[d, "bytes_lost_to_pool_headers", "value"] + \
	    value[d, "bytes_lost_to_quantization", "value"] + \
	    value[d, "bytes_lost_to_arena_alignment", "value"]
}

function free_lists(d,    key, sum) {
	if (!has_lists[d])
		return ""
	sum = 0
	for (key in lists)
		sum += get(d, lists[key], "bytes")
	return sum
}

# What the fewest arenas that the live blocks fit in would hold.
function needed(d,    arenas, arena, pool, pools, header, size, want, all) {
	if (!table[d] || !known(d, "arenas", "count") || !known(d, "unused_pools", "count") || \
	    overhead(d) == "")
		return ""
	arenas = value[d, "arenas", "count"]
	arena = value[d, "arena_bytes", "value"]
	pool = value[d, "pool_bytes", "value"]
	pools = 0
	for (size in sizes)
		pools += class_value(d, size, "pools")
	if (arenas == 0 || pools == 0)
		return 0
	header = div(value[d, "bytes_lost_to_pool_headers", "value"], pools)
	want = 0
	for (size in sizes)
		want += div_up(class_value(d, size, "blocks_in_use"), div(pool - header, size))
	# Alignment costs whole pools, so this is exact. An arena has all / arenas pools.
	all = div(arenas * arena - value[d, "bytes_lost_to_arena_alignment", "value"], pool)
	if (want * arenas > 9007199254740992)
		fail("a number is over 2^53")
	return arena * div_up(want * arenas, all)
}

# Kinds and processes (section 2), of the dumps of input i. Both are decided between whole dumps; a
# damaged one goes with the process before it.
function decide_kinds(i,    n, d, last, peak) {
	last = peak = ""
	for (n = 1; n <= count[i]; n++) {
		d = dump_at[i, n]
		process[d] = last == "" ? 1 : process[last]
		if (damaged[d]) {
			kind[d] = "damaged"
			continue
		}
		kind[d] = kind_alone(d)
		if (last != "" && breaks(last, d)) {
			process[d]++
			peak = ""
		}
		if (peak != "" && is_exit(d, peak))
			kind[d] = "exit"
		if (kind[d] == "empty" || kind[d] == "full")
			peak = d
		last = d
	}
}

# What a dump's own lines tell. mimalloc prints neither arenas nor unused pools.
function kind_alone(d) {
	if (is_zero(d, "arenas", "count"))
		return "empty"
	if (is_zero(d, "unused_pools", "count") && !has_lists[d])
		return "full"
	return "call"
}

# peak: the last dump of the process that PYTHONMALLOCSTATS printed before a new arena.
function is_exit(d, peak) {
	if (kind[d] != "call" || has_lists[d] || !known(d, "unused_pools", "count") || \
	    !known(d, "arenas_allocated_total", "value") || \
	    !known(peak, "arenas_allocated_total", "value"))
		return 0
	if (value[d, "arenas_allocated_total", "value"] != \
	    value[peak, "arenas_allocated_total", "value"] + 1)
		return 0
	return kind[peak] == "empty" || value[d, "bytes_in_allocated_blocks", "value"] < \
	    value[peak, "bytes_in_allocated_blocks", "value"]
}

# Does another process begin with dump d, which follows dump c? A counter that one of them lacks
# tells nothing.
function breaks(c, d,    i, n, name) {
	n = split("arenas_allocated_total arenas_reclaimed arenas_highwater_mark", name)
	for (i = 1; i <= n; i++)
		if (known(c, name[i], "value") && known(d, name[i], "value") && \
		    value[d, name[i], "value"] < value[c, name[i], "value"])
			return 1
	n = split("small_block_threshold size_classes arena_bytes pool_bytes" \
	    " medium_block_threshold large_object_max_size", name)
	for (i = 1; i <= n; i++)
		if (get(c, name[i], "value") != get(d, name[i], "value"))
			return 1
	return kind[c] == "full" && kind[d] == "full" && \
	    known(c, "arenas_allocated_total", "value") && \
	    get(c, "arenas_allocated_total", "value") == get(d, "arenas_allocated_total", "value")
}

# Decide which two dumps are compared (section 2): those that `select` names, as option -s does,
# else the last dump of each input or the first and the last of the only one, without the dumps from
# before the first arena and after exit. Sets for the two sides, 1 and 2, number[] as CSV prints it,
# place[], which counts from 1, and the dump itself, chosen[].
function choose(    part, side, i) {
	if (inputs != 1 && inputs != 2)
		fail("one or two inputs are needed")
	decide_kinds(1)
	if (inputs == 2)
		decide_kinds(2)
	if (select != "") {
		split(select, part, ":")
		number[1] = part[1] + 0
		number[2] = part[2] + 0
	} else if (inputs == 2) {
		number[1] = last_useful(1)
		number[2] = last_useful(2)
	} else
		choose_ends()
	for (side = 1; side <= 2; side++) {
		i = side == 1 ? 1 : inputs
		place[side] = number[side] + (number[side] < 0 ? count[i] + 1 : 0)
		if (place[side] < 1 || place[side] > count[i])
			fail("input " i " has no such dump")
		chosen[side] = dump_at[i, place[side]]
	}
}

function choose_ends(    n) {
	if (count[1] < 2)
		fail("two dumps are needed")
	number[2] = last_useful(1)
	for (n = 1; n < count[1] && !useful(dump_at[1, n]); n++)
		;
	number[1] = n
	if (number[1] >= number[2]) {
		number[1] = 1
		number[2] = count[1]
	}
}

function useful(d) { return kind[d] != "empty" && kind[d] != "exit" }

function last_useful(i,    n) {
	for (n = count[i]; n > 0; n--)
		if (useful(dump_at[i, n]))
			return n
	return count[i]
}

# awk has only doubles, which skip integers over 2^53, and an oracle must not guess. Adding 0 makes
# a 0 of -0.
function exact(x) {
	if (x == "")
		return ""
	if (x > 9007199254740992 || x < -9007199254740992)
		fail("a number is over 2^53")
	return sprintf("%.0f", x + 0)
}

function fail(why) {
	print "oracle: " why | "cat 1>&2"
	close("cat 1>&2")
	exit 2
}
