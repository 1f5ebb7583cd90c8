# In: two files with one dump each (of several, the last counts): LC_ALL=C awk -f reference.awk [-v b=-1 -v a=-1] before after
# Out: what `pymallocdiff -a -f csv before after` must print; on trouble a message and status 2.
# Written from the description of the formats and sharing no code with src/: the oracle that the program's tests are held against.

# Not read here: prefixes, noise, damage, unknown labels. Plain POSIX awk: no {n} in regular expressions, no sorting functions.

BEGIN {
	b = b == "" ? -1 : b
	a = a == "" ? -1 : a
	# CPython's order, over all versions: a dump lacks some of these, but none prints them in another order.
	nconfig = split("small_block_threshold size_classes arena_bytes pool_bytes" \
	    " medium_block_threshold large_object_max_size", config)
	nsummary = split("times_object_malloc_called arenas_allocated_total arenas_reclaimed" \
	    " arenas_highwater_mark arenas_allocated_current arenas" \
	    " bytes_in_allocated_blocks bytes_in_available_blocks unused_pools" \
	    " bytes_lost_to_pool_headers bytes_lost_to_quantization bytes_lost_to_arena_alignment total" \
	    " arena_map_mid_nodes arena_map_bot_nodes bytes_lost_to_arena_map_root" \
	    " bytes_lost_to_arena_map_mid bytes_lost_to_arena_map_bot arena_map_total" \
	    " allocated_blocks allocated_bytes allocated_bytes_w_overhead bytes_reserved bytes_committed", summary)
}

# Every dump gets a number of its own: dump is that of the one being read, 0 before the first; last[] has each file's newest.
# So nothing has to be cleared where a later dump replaces an earlier one. An empty file never gets here: END misses its dump.
FNR == 1 {
	side++
	dump = headed = 0
	sub(/^\357\273\277/, "")
}

{ sub(/\r$/, "") }

# Not anchored: a progress bar may have left its text on this line.
match($0, /Small block threshold = [0-9]+, in [0-9]+ size classes\./) {
	$0 = substr($0, RSTART)
	last[side] = dump = ++dumps
	headed = 1
	set("small_block_threshold", "value", $5)
	set("size_classes", "value", $7)
	next
}

# Before the check for a dump, since without a header it starts one, and before the labels, for one of which it would pass.
$2 == "free" && /bytes each *=/ {
	sized = $3 ~ /^[0-9]+-sized$/
	name = sized ? $4 : $3
	sub(/s$/, "", name)
	if (sized)
		name = name "[" ($3 + 0) "]"
	if (!headed && (dump == 0 || name == first[dump])) {
		last[side] = dump = ++dumps
		first[dump] = name
	}
	# The key sorts as a string: the sized ones start with 0, and their sizes all have as many digits.
	lists[(sized ? sprintf("0%09d", $3) : "1") name] = name
	set(name, "count", $1)
	set(name, "bytes", after_equals())
	set(name, "unit_bytes", sized ? $6 : $5)
	next
}

dump == 0 { next }

# The heading, not the rows, makes a table: the first dump of PYTHONMALLOCSTATS has no rows, and means zeros.
/class +size/ { table[dump] = 1 }

NF == 5 && /^[0-9 ]+$/ {
	size = $2 + 0
	sizes[size] = 1
	largest = size > largest ? size : largest
	set(size, "pools", $3)
	set(size, "blocks_in_use", $4)
	set(size, "avail_blocks", $5)
}

/[0-9] arenas \*/ || /[0-9] unused pools \*/ {
	name = $2 == "arenas" ? "arenas" : "unused_pools"
	set(name, "count", $1)
	set(name, "bytes", after_equals())
	set($2 == "arenas" ? "arena_bytes" : "pool_bytes", "value", $2 == "arenas" ? $4 : $5)
	next
}

# mimalloc prints `:` after most of its labels. A label that is in neither list above is stored but never asked for.
match($0, /[=:] *[0-9][0-9,]*$/) {
	name = tolower(substr($0, 1, RSTART - 1))
	gsub(/[^a-z0-9]+/, "_", name)
	gsub(/^_|_$/, "", name)
	if (name == "total" && (dump, name, "value") in value)
		name = "arena_map_total"
	set(name, "value", substr($0, RSTART + 1))
}

END {
	if (side != 2 || !last[1] || !last[2])
		fail("two files with a dump in each are needed")
	print "before_dump,after_dump,section,name,metric,before,after,delta,percent,delta_bytes,status"
	for (i = 1; i <= nconfig; i++)
		row("config", config[i], "value", "")

	# Counting up through all sizes sorts them; the largest is a few hundred.
	pool = common("pool_bytes", "value")
	for (size = 0; size <= largest; size++)
		if (size in sizes) {
			class(size, "pools", pool)
			class(size, "blocks_in_use", size)
			class(size, "avail_blocks", size)
		}

	arena = common("arena_bytes", "value")
	for (i = 1; i <= nsummary; i++) {
		name = summary[i]
		if (name == "arenas" || name == "unused_pools") {
			row("summary", name, "count", name == "arenas" ? arena : pool)
			row("summary", name, "bytes", 1)
		} else if (name ~ /bytes/ || name == "total" || name == "arena_map_total")
			row("summary", name, "value", 1)
		else
			row("summary", name, "value", name ~ /^arenas_/ ? arena : "")
	}

	n = 0
	for (key in lists) {
		for (i = n++; i > 0 && sorted[i] "" > key ""; i--)
			sorted[i + 1] = sorted[i]
		sorted[i + 1] = key
	}
	for (i = 1; i <= n; i++) {
		name = lists[sorted[i]]
		row("free_list", name, "count", common(name, "unit_bytes"))
		row("free_list", name, "bytes", 1)
		row("free_list", name, "unit_bytes", "")
	}
}

# Of a thing said twice the first counts. Kept as numbers: a comparison with a string would be one of strings.
function set(name, metric, text) {
	gsub(/,/, "", text)
	if (!((dump, name, metric) in value))
		value[dump, name, metric] = text + 0
}

# Not the last field: a value of 16 digits has no blank before it.
function after_equals() { return substr($0, index($0, "=") + 1) }

# A unit of both dumps, or "" where they differ: a product would mean nothing then.
function common(name, metric) {
	return value[last[1], name, metric] == value[last[2], name, metric] ? value[last[1], name, metric] : ""
}

# CPython omits a class without pools: where there is a table, absent is 0. A size in neither dump is from a replaced one.
function class(size, metric, unit,    i) {
	if ((last[1], size, metric) in value || (last[2], size, metric) in value)
		for (i = 1; i <= 2; i++)
			if (table[last[i]] && !((last[i], size, metric) in value))
				value[last[i], size, metric] = 0
	row("class", size, metric, unit)
}

# unit is what a step of 1 is in bytes, "" if nothing. An absent value is "", which no number equals.
function row(section, name, metric, unit,    x, y, delta, status) {
	x = value[last[1], name, metric]
	y = value[last[2], name, metric]
	if (x == "" && y == "")
		return
	delta = x == "" || y == "" ? "" : y - x
	status = x == "" ? "new" : y == "" ? "gone" : delta == 0 ? "same" : "changed"
	printf("%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s\n", b, a, section, name, metric, number(x), number(y), number(delta),
	    delta == "" || x == 0 ? "" : percent(delta, x), delta == "" || unit == "" ? "" : number(delta * unit), status)
}

# awk has only doubles, which skip integers over 2^53, and an oracle must not guess. Adding 0 makes a 0 of -0.
function number(x) {
	if (x == "")
		return ""
	if (x > 9007199254740992 || x < -9007199254740992)
		fail("a number is over 2^53")
	return sprintf("%.0f", x + 0)
}

# One decimal, half away from zero. For the thousandths, rest is added up a thousand times and the times are counted that
# this fills base: so no step leaves the integers that a double holds, as rest * 1000 could.
function percent(delta, base,    sign, rest, whole, sum, mille, i) {
	sign = (delta < 0) != (base < 0) ? "-" : ""
	delta = delta < 0 ? -delta : delta
	base = base < 0 ? -base : base
	rest = delta % base
	whole = (delta - rest) / base
	sum = mille = 0
	for (i = 0; i < 1000; i++)
		if (sum >= base - rest) {
			sum -= base - rest
			mille++
		} else
			sum += rest
	if (sum >= base - sum)
		mille++
	whole += mille == 1000
	mille %= 1000
	if (whole == 0 && mille == 0)
		return "0.0"
	i = mille % 10
	mille = (mille - i) / 10
	return sign (whole ? number(whole) sprintf("%02d", mille) : mille) "." i
}

function fail(why) {
	print "reference.awk: " why | "cat 1>&2"
	close("cat 1>&2")
	exit 2
}
