# verdict.awk: the oracle for the verdict (section 9 of the contract).
#
#	LC_ALL=C awk -f dumps.awk -f verdict.awk [-v select=B:A] [-v figures=1] BEFORE [AFTER]
#
# In: one or two inputs of whole dumps; dumps.awk reads them. `select` is the argument of option
# -s, or several with blanks between; then there is a verdict for each.
# Out: the verdict's word and the number of dumps that it rests on, with a tab between. With
# figures, lines follow that each have a name and numbers, with tabs between; the names are
#
#	rule        which rule of section 9 judged: unmeasured, missing, mallocstats, log or pair
#	per_dump    leak: bytes per dump
#	quarters    leak: the four quarter figures, of the classes that grow on
#	class       leak: block size, blocks per dump and bytes per dump; at most five such lines
#	higher      growth: by how many bytes
#	arenas      fragmentation: arenas held, arenas that would be enough
#	peak        returned: arenas at the peak, arenas held
#	less        less, or returned without arenas: how many bytes less are held
#	outside     steady, levelled: by how many bytes memory outside pymalloc grew, where it did
#
# Quotients that are only printed are rounded down.

END {
	selections = split(select, selection, " ")
	if (selections == 0)
		selection[selections = 1] = ""
	for (each = 1; each <= selections; each++) {
		select = selection[each]
		reach_verdict()
		print word "\t" rests_on
		if (figures)
			printf("rule\t%s\n%s", rule, text)
	}
}

function reach_verdict() {
	choose()
	text = ""
	before = chosen[1]
	after = chosen[2]
	# A break makes two inputs of one.
	one = inputs == 1 && process[before] == process[after]
	rests_on = 2
	if (unmeasured(before) || unmeasured(after)) {
		rule = "unmeasured"
		word = "not measured"
	} else if (level(before, "held") == "" || level(before, "live") == "" || \
	    level(after, "held") == "" || level(after, "live") == "" || \
	    level(before, "held") == 0) {
		rule = "missing"
		word = "none"
	} else if (all_full()) {
		rule = "mallocstats"
		word = "at-peak"
		rests_on = place[2] - place[1] + 1
	} else if (is_log()) {
		rule = "log"
		rests_on = m + 1
		word = judge_log()
	} else {
		rule = "pair"
		word = judge_pair()
	}
	if (word == "steady" || word == "levelled")
		look_outside()
}

# Was every dump from before to after printed because memory was full?
function all_full(    n) {
	if (!one || place[1] >= place[2])
		return 0
	for (n = place[1]; n <= place[2]; n++)
		if (kind[dump_at[1, n]] != "full")
			return 0
	return 1
}

# Is there a log between before and after? Sets start to its first dump, and other[1] to other[m] to
# those that follow it.
function is_log(    n, d) {
	if (!one || get(before, "arenas", "count") == "" || \
	    select != "" && (number[1] < 0 || number[2] < 0))
		return 0
	start = ""
	m = 0
	for (n = place[1]; n <= place[2]; n++) {
		d = dump_at[1, n]
		if (kind[d] == "empty" || kind[d] == "exit" || kind[d] == "damaged")
			continue
		if (start == "")
			start = d
		else
			other[++m] = d
	}
	return m >= 11
}

# Two dumps.

function judge_pair(    held, d_held, d_live, m1, m2, n1, n2, hw1, hw2) {
	held = level(before, "held")
	d_held = level(after, "held") - held
	d_live = level(after, "live") - level(before, "live")
	one_percent = div(held, 100)
	# Both "" for mimalloc; a rule that needs a number that is "" is skipped.
	m1 = get(before, "arenas", "count")
	m2 = get(after, "arenas", "count")
	n1 = needed_arenas(before)
	n2 = needed_arenas(after)
	hw1 = get(before, "arenas_highwater_mark", "value")
	hw2 = get(after, "arenas_highwater_mark", "value")

	# Gaps, unless most of what is held in addition is live.
	if (n1 != "" && n2 != "" && m2 - n2 >= 2 && 3 * (m2 - n2) >= m2 && \
	    (m2 - n2) * m1 > (m1 - n1) * m2 && !(d_live > 0 && 2 * d_live >= d_held)) {
		figure("arenas", exact(m2) "\t" exact(n2))
		return "fragmentation"
	}
	# A peak between the two.
	if (one && m1 != "" && m2 != "" && hw1 != "" && hw2 != "" && hw2 > hw1 && hw2 - m2 >= 2 && \
	    hw2 - m2 >= 2 * max(1, m2 - m1) && (d_live <= 0 || small(d_live))) {
		figure("peak", exact(hw2) "\t" exact(m2))
		return "returned"
	}
	if (d_live > 0 && !small(d_live)) {
		figure("higher", exact(d_live))
		return "growth"
	}
	if (d_held < 0 && !small(d_held) && (m1 == "" || m2 == "" || m1 - m2 >= 2)) {
		if (!one || m1 == "" || m2 == "")
			figure("less", exact(-d_held))
		else if (hw1 != "" && hw2 != "" && hw2 > hw1)
			figure("peak", exact(hw2) "\t" exact(m2))
		else
			figure("peak", exact(m1) "\t" exact(m2))
		return one ? "returned" : "less"
	}
	return "steady"
}

# Under 1 % of what was held before, or nothing?
function small(x) { return x == 0 || x < one_percent && -x < one_percent }

function needed_arenas(d) {
	if (level(d, "needed") == "")
		return ""
	return level(d, "needed") == 0 ? 0 : \
	    div(level(d, "needed"), get(d, "arena_bytes", "value"))
}

# Arenas that are held, but not needed.
function spare(d) { return get(d, "arenas", "count") - needed_arenas(d) }

# A log.

function judge_log(    last, arenas, arena, held, live, t, i, growing, top_live, top_held, f, d2, \
    d3, step, end) {
	last = other[m]
	arenas = get(last, "arenas", "count")
	arena = get(last, "arena_bytes", "value")
	held = level(last, "held")
	live = level(last, "live")

	top_live = level(start, "live")
	top_held = level(start, "held")
	for (i = 1; i <= m; i++) {
		top_live = max(top_live, level(other[i], "live"))
		top_held = max(top_held, level(other[i], "held"))
	}
	t = max(16384, div(top_live, 2000))
	step = max(t, div(level(start, "held"), 100))

	cut_into_runs()
	for (i = 0; i < 4; i++)
		f[i] = least(low_live, quarter(i), quarter(i + 1))
	d2 = f[2] - f[1]
	d3 = f[3] - f[2]
	growing = growth_of_classes()

	spare_now = least(low_spare, quarter(3), runs)
	if (spare_now >= 2 && 3 * spare_now >= arenas && spare_now > spare(start) && \
	    (2 * growing < t || spare_now * arena > 8 * growing)) {
		figure("arenas", exact(arenas) "\t" exact(needed_arenas(last)))
		return "fragmentation"
	}
	if (2 * growing >= t) {
		show_leak()
		return "leak"
	}
	if (d2 > t && d3 > t && rises(low_live))
		return "slowing"
	if (top_held - held >= max(div(held, 4), 2 * arena) && 4 * top_live > 5 * live && \
	    2 * most(high_live, quarter(3), runs) <= \
	    most(high_live, 0, runs) + least(low_live, 0, runs)) {
		figure("peak", exact(div(top_held, arena)) "\t" exact(arenas))
		return "returned"
	}
	end = least(low_live, runs - 2, runs) - most(high_live, 0, quarter(2))
	if (end > step) {
		figure("higher", exact(end))
		return "growth"
	}
	if (f[3] - level(start, "live") > step && d3 <= t)
		return "levelled"
	return "steady"
}

# Cut the m dumps into runs 0 to runs - 1 of `width` dumps; the last may be shorter. Keep of each
# run the least live bytes, spare arenas and bytes of each class, and the greatest live bytes.
function cut_into_runs(    i, r, d, size, x) {
	for (width = 1; div_up(m, width) > 64; width *= 2)
		;
	runs = div_up(m, width)
	for (i = 1; i <= m; i++) {
		d = other[i]
		r = div(i - 1, width)
		x = level(d, "live")
		if ((i - 1) % width == 0) {
			low_live[r] = high_live[r] = x
			low_spare[r] = spare(d)
		}
		low_live[r] = min(low_live[r], x)
		high_live[r] = max(high_live[r], x)
		low_spare[r] = min(low_spare[r], spare(d))
		for (size in sizes) {
			x = class_value(d, size, "blocks_in_use") * size
			if ((i - 1) % width == 0 || x < low_class[size, r])
				low_class[size, r] = x
		}
	}
}

# The first run of a quarter.
function quarter(q) { return div(q * runs, 4) }

# The least and the greatest of the runs from `from` up to but not including `to`.
function least(array, from, to,    i, x) {
	x = array[from]
	for (i = from + 1; i < to; i++)
		x = min(x, array[i])
	return x
}

function most(array, from, to,    i, x) {
	x = array[from]
	for (i = from + 1; i < to; i++)
		x = max(x, array[i])
	return x
}

# Does the series rise? The test of Mann and Kendall, at three sigma.
function rises(array,    i, j, s) {
	s = 0
	for (i = 0; i < runs; i++)
		for (j = i + 1; j < runs; j++)
			s += (array[j] > array[i]) - (array[j] < array[i])
	return s > 0 && 2 * s * s >= runs * (runs - 1) * (2 * runs + 5)
}

# Find the classes that grow on. Returns the sum of what they grew from the third quarter to the
# fourth. Sets growing_class[1] to growing_class[growing_classes], by size, and class_low[size, q].
function growth_of_classes(    size, series, i, q, d2, d3, sum) {
	sum = growing_classes = 0
	for (size = 0; size <= largest; size++) {
		if (!(size in sizes))
			continue
		for (i = 0; i < runs; i++)
			series[i] = low_class[size, i]
		for (q = 0; q < 4; q++)
			class_low[size, q] = least(series, quarter(q), quarter(q + 1))
		d2 = class_low[size, 2] - class_low[size, 1]
		d3 = class_low[size, 3] - class_low[size, 2]
		if (d2 > 1024 && d3 > 1024 && 2 * d3 >= d2 && \
		    class_low[size, 3] - class_low[size, 0] > 2048 && rises(series)) {
			growing_class[++growing_classes] = size
			sum += d3
		}
	}
	return sum
}

# The numbers of a leak. The second and the fourth quarter are m / 2 dumps apart.
function show_leak(    q, i, j, size, gain, sum, shown) {
	for (i = 1; i <= growing_classes; i++)
		for (q = 0; q < 4; q++)
			sum[q] += class_low[growing_class[i], q]
	figure("per_dump", exact(div((sum[3] - sum[1]) * 2, m)))
	figure("quarters", exact(sum[0]) "\t" exact(sum[1]) "\t" exact(sum[2]) "\t" exact(sum[3]))
	for (i = 1; i <= growing_classes && i <= 5; i++) {
		gain = -1
		for (j = 1; j <= growing_classes; j++) {
			size = growing_class[j]
			if (!(size in shown) && class_low[size, 3] - class_low[size, 1] > gain) {
				gain = class_low[size, 3] - class_low[size, 1]
				q = size
			}
		}
		shown[q] = 1
		figure("class", q "\t" exact(div(gain / q * 2, m)) "\t" exact(div(gain * 2, m)))
	}
}

# Memory outside pymalloc: the first of two sources that each dump tells which is compared.

function look_outside(    x) {
	if (!read_outside("malloc") && !read_outside("resident"))
		return
	x = later - earlier
	if (x > 131072 && 100 * x > earlier)
		figure("outside", exact(x))
}

# Set earlier and later. Do all dumps tell that are compared?
function read_outside(source) {
	if (rule == "pair") {
		earlier = outside_of(before, source)
		later = outside_of(after, source)
	} else {
		earlier = least_outside(quarter(1), quarter(2), source)
		later = least_outside(quarter(3), runs, source)
	}
	return earlier != "" && later != ""
}

# What a dump tells about memory outside pymalloc, or "".
function outside_of(d, source) {
	if (source == "malloc")
		return get(d, "bytes_in_malloc", "value")
	if (!known(d, "bytes_resident", "value") || level(d, "held") == "")
		return ""
	return get(d, "bytes_resident", "value") - level(d, "held")
}

# The least over the runs from `from` up to but not including `to`, or "".
function least_outside(from, to, source,    i, x, low) {
	low = ""
	for (i = from * width + 1; i <= to * width && i <= m; i++) {
		x = outside_of(other[i], source)
		if (x == "")
			return ""
		if (low == "" || x < low)
			low = x
	}
	return low
}

function figure(name, numbers) { text = text name "\t" numbers "\n" }
