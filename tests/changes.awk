# changes.awk: the oracle for the messages about another process (section 2 of the contract).
#
#	LC_ALL=C awk -f dumps.awk -f changes.awk [-v called=NAME] [-v select=B:A] [-v each=1]
#	    [-v force=1] FILE
#
# In: one input of whole dumps; dumps.awk reads them. NAME is what messages call it, else FILE.
# Out: what `pymallocdiff [-s B:A] [-e] [-F] FILE` must print on standard error, if it has nothing
# to say of builds; then `trouble` where the status is 2.

END {
	if (called == "")
		called = FILENAME
	if (each)
		warn_each()
	else
		judge()
}

# The two dumps that would be compared: is there a break between them?
function judge(    from, to, n, p, warning) {
	choose()
	from = min(place[1], place[2])
	to = max(place[1], place[2])
	if (proc(from) != proc(to)) {
		for (n = from + 1; proc(n) == proc(from); n++)
			;
		warning = select != "" || force || count[1] == 2
		printf("%s%s", begin(n, warning), reason(n))
		if (proc(to) - proc(from) > 1)
			printf("; and %d more", proc(to) - proc(from) - 1)
		for (p = proc(count[1]); p > 0; p--)
			if (find_two(p)) {
				printf("; try -s %d:%d", first, last)
				break
			}
		print ""
		if (!warning)
			print "trouble"
	}
	if (select == "" && (!useful(chosen[1]) || !useful(chosen[2])))
		print "pymallocdiff: " called ": warning: only dumps from before the first arena or" \
		    " after exit to compare"
}

function proc(n) { return process[dump_at[1, n]] }

function begin(n, warning) {
	return "pymallocdiff: " called ":" line[dump_at[1, n]] ": " (warning ? "warning: " : "") \
	    "dump " n " comes from another process: "
}

# The first and the last useful dump of a process, where it has two.
function find_two(p,    n, found) {
	found = 0
	for (n = 1; n <= count[1]; n++)
		if (proc(n) == p && useful(dump_at[1, n])) {
			if (found++ == 0)
				first = n
			last = n
		}
	return found >= 2
}

# Why dump n is of another process than the one before it.
function reason(n,    c, d, i, k, key, label, x, y) {
	c = dump_at[1, n - 1]
	d = dump_at[1, n]
	k = split("arenas_allocated_total arenas_reclaimed arenas_highwater_mark", key)
	split("# arenas allocated total,# arenas reclaimed,# arenas highwater mark", label, ",")
	for (i = 1; i <= k; i++) {
		x = get(c, key[i], "value")
		y = get(d, key[i], "value")
		if (x != "" && y != "" && y < x)
			return "\"" label[i] "\" fell from " commas(x) " to " commas(y)
	}
	k = split("small_block_threshold size_classes arena_bytes pool_bytes" \
	    " medium_block_threshold large_object_max_size", key)
	for (i = 1; i <= k; i++) {
		x = get(c, key[i], "value")
		y = get(d, key[i], "value")
		if (x != y)
			return key[i] (x == "" ? " is new" : y == "" ? " is gone" : \
			    " changed from " commas(x) " to " commas(y))
	}
	return "\"# arenas allocated total\" stayed at " \
	    commas(get(d, "arenas_allocated_total", "value"))
}

function commas(x,    text, rest) {
	text = ""
	for (rest = exact(x); length(rest) > 3; rest = substr(rest, 1, length(rest) - 3))
		text = "," substr(rest, length(rest) - 2) text
	return rest text
}

# With -e: each break, and how many pairs are compared.
function warn_each(    n, d, last, pairs, found) {
	decide_kinds(1)
	last = pairs = found = 0
	for (n = 1; n <= count[1]; n++) {
		d = dump_at[1, n]
		if (n > 1 && proc(n) != proc(n - 1)) {
			print begin(n, 1) reason(n)
			last = 0
		}
		if (useful(d)) {
			pairs += last != 0
			last = n
			found++
		}
	}
	if (pairs == 0) {
		if (found >= 2)
			print "pymallocdiff: " called ": no two dumps of one process"
		print "trouble"
	}
}
