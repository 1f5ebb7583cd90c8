# reference.awk: the oracle for the report (sections 2 and 5 of the contract).
#
#	LC_ALL=C awk -f dumps.awk -f reference.awk [-v select=B:A] [-v b=B -v a=A] BEFORE [AFTER]
#
#	LC_ALL=C awk -f dumps.awk -f reference.awk -v each=1 FILE
#	LC_ALL=C awk -f dumps.awk -f reference.awk -v befores=N BEFORE... AFTER...
#
# In: one or two inputs of whole dumps; dumps.awk reads them. `select` is the argument of option -s.
# Out: what `pymallocdiff -a -f csv [-s B:A] BEFORE [AFTER]` must print; on trouble a message and
# status 2. The first two columns are the numbers of the dumps; `b` and `a` replace them.
# With `each`: what -e prints. With `befores`: the first N inputs against each of the others; each
# report stands behind a line `BEFORE AFTER STATUS`, the numbers of the inputs and the exit status.

BEGIN {
	csv_header = "before_dump,after_dump,section,name,metric,before,after,delta,percent," \
	    "delta_bytes,status"
	# CPython's order, over all versions: no version prints all of these, but none prints them
	# in another order.
	nconfig = split("small_block_threshold size_classes arena_bytes pool_bytes" \
	    " medium_block_threshold large_object_max_size", config)
	nlevels = split("held live available unused overhead free_lists needed", levels)
	nsummary = split("times_object_malloc_called arenas_allocated_total arenas_reclaimed" \
	    " arenas_highwater_mark arenas_allocated_current arenas" \
	    " bytes_in_allocated_blocks bytes_in_available_blocks unused_pools" \
	    " bytes_lost_to_pool_headers bytes_lost_to_quantization" \
	    " bytes_lost_to_arena_alignment total" \
	    " arena_map_mid_nodes arena_map_bot_nodes bytes_lost_to_arena_map_root" \
	    " bytes_lost_to_arena_map_mid bytes_lost_to_arena_map_bot arena_map_total" \
	    " allocated_blocks allocated_bytes allocated_bytes_w_overhead bytes_reserved" \
	    " bytes_committed bytes_resident bytes_in_malloc", summary)
}

END {
	sort_lists()
	if (befores) {
		compare_across()
		exit
	}
	if (each) {
		print csv_header
		compare_each()
		exit
	}
	choose()
	if (b == "")
		b = number[1]
	if (a == "")
		a = number[2]
	print csv_header
	compare()
	printf("%s", report)
}

# Each useful dump against the one before it, if one process printed both.
function compare_each(    n, d, last) {
	decide_kinds(1)
	last = 0
	for (n = 1; n <= count[1]; n++) {
		d = dump_at[1, n]
		if (!useful(d))
			continue
		chosen[1] = dump_at[1, last]
		chosen[2] = d
		b = last
		a = last = n
		if (chosen[1] == "" || process[chosen[1]] != process[d])
			continue
		compare()
		printf("%s", report)
	}
}

function compare_across(    i, j) {
	for (i = 1; i <= inputs; i++)
		decide_kinds(i)
	for (i = 1; i <= befores; i++)
		for (j = befores + 1; j <= inputs; j++) {
			b = last_useful(i)
			a = last_useful(j)
			chosen[1] = dump_at[i, b]
			chosen[2] = dump_at[j, a]
			compare()
			printf("%d %d %d\n%s\n%s", i, j - befores, differ, csv_header, report)
		}
}

# Put all rows of the two chosen dumps into report; differ says whether one is not the same.
function compare(    i, size, pool, arena, name) {
	report = ""
	differ = 0
	for (i = 1; i <= nconfig; i++)
		value_row("config", config[i], "value", "")
	for (i = 1; i <= nlevels; i++)
		row("level", levels[i], "value", level(chosen[1], levels[i]),
		    level(chosen[2], levels[i]), 1)

	# Counting up through all sizes sorts them; the largest is a few hundred.
	pool = common("pool_bytes", "value")
	for (size = 0; size <= largest; size++)
		if (size in sizes && (prints(chosen[1], size) || prints(chosen[2], size))) {
			class_row(size, "pools", pool)
			class_row(size, "blocks_in_use", size)
			class_row(size, "avail_blocks", size)
		}

	arena = common("arena_bytes", "value")
	for (i = 1; i <= nsummary; i++) {
		name = summary[i]
		if (name == "arenas" || name == "unused_pools") {
			value_row("summary", name, "count", name == "arenas" ? arena : pool)
			value_row("summary", name, "bytes", 1)
		} else if (name ~ /bytes/ || name == "total" || name == "arena_map_total")
			value_row("summary", name, "value", 1)
		else
			value_row("summary", name, "value", name ~ /^arenas_/ ? arena : "")
	}

	for (i = 1; i <= nlists; i++) {
		name = lists[sorted[i]]
		value_row("free_list", name, "count", common(name, "unit_bytes"))
		value_row("free_list", name, "bytes", 1)
		value_row("free_list", name, "unit_bytes", "")
	}
}

function sort_lists(    key, i) {
	for (key in lists) {
		for (i = nlists++; i > 0 && sorted[i] "" > key ""; i--)
			sorted[i + 1] = sorted[i]
		sorted[i + 1] = key
	}
}

# Does dump d print this class? A size may also come from dumps that are not compared.
function prints(d, size) { return known(d, size, "pools") }

# A unit of both dumps, or "" where they differ: a product would mean nothing then.
function common(name, metric) {
	return get(chosen[1], name, metric) == get(chosen[2], name, metric) ? \
	    get(chosen[1], name, metric) : ""
}

function class_row(size, metric, unit) {
	row("class", size, metric, class_value(chosen[1], size, metric),
	    class_value(chosen[2], size, metric), unit)
}

function value_row(section, name, metric, unit) {
	row(section, name, metric, get(chosen[1], name, metric), get(chosen[2], name, metric), unit)
}

# Add the row from x to y. unit is what a step of 1 is in bytes, "" if nothing. An absent value
# is "".
function row(section, name, metric, x, y, unit,    delta, status) {
	if (x == "" && y == "")
		return
	delta = x == "" || y == "" ? "" : y - x
	status = x == "" ? "new" : y == "" ? "gone" : delta == 0 ? "same" : "changed"
	if (status != "same")
		differ = 1
	report = report sprintf("%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s\n", b, a, section, name, metric,
	    exact(x), exact(y), exact(delta), delta == "" || x == 0 ? "" : percent(delta, x),
	    delta == "" || unit == "" ? "" : exact(delta * unit), status)
}

# One decimal, half away from zero. Each of three digits is found by adding rest ten times and
# counting how often the sum reaches base: rest * 10 could exceed 2^53, no step of this does.
function percent(delta, base,    sign, rest, whole, sum, mille, i, digit) {
	sign = (delta < 0) != (base < 0) ? "-" : ""
	delta = delta < 0 ? -delta : delta
	base = base < 0 ? -base : base
	rest = delta % base
	whole = (delta - rest) / base
	mille = 0
	for (digit = 0; digit < 3; digit++) {
		sum = 0
		mille *= 10
		for (i = 0; i < 10; i++)
			if (sum >= base - rest) {
				sum -= base - rest
				mille++
			} else
				sum += rest
		rest = sum
	}
	if (sum >= base - sum)
		mille++
	whole += mille == 1000
	mille %= 1000
	if (whole == 0 && mille == 0)
		return "0.0"
	i = mille % 10
	mille = (mille - i) / 10
	return sign (whole ? exact(whole) sprintf("%02d", mille) : mille) "." i
}
