# lengthen.awk: makes a long log of a short one, as lines for forge.awk.
#
#	LC_ALL=C awk -f dumps.awk -f lengthen.awk -v want=N -v from=N [-v rises=1] LOG |
#	    LC_ALL=C awk -f forge.awk [-v version=3.11]
#
# In: a log of one process.
# Out: `want` dumps: those of the log, then those from dump `from` on to its end again and again.
# With `rises` each time all is more by as much as it grew over these dumps, so what grows there
# grows on; else it is a process that goes on as it did at the end.

END {
	last = dump_at[1, count[1]]
	first = dump_at[1, from - 1]
	for (n = 1; n <= want; n++) {
		i = n
		round = 0
		while (i > count[1]) {
			i -= count[1] - from + 1
			round++
		}
		print_line(dump_at[1, i], rises ? round : 0)
	}
}

function print_line(d, round,    size, text) {
	text = " arenas=" value_in(d, "arenas", "count", round) \
	    " lists=" get(d, "PyDictObject", "count") \
	    " lost=" div(get(d, "bytes_lost_to_arena_alignment", "value"), get(d, "pool_bytes", "value"))
	if (n <= count[1])
		text = text " total=" get(d, "arenas_allocated_total", "value") \
		    " highwater=" get(d, "arenas_highwater_mark", "value")
	for (size = 16; size <= largest; size += 16)
		if (size in sizes)
			text = text " " size "=" value_in(d, size, "blocks_in_use", round) \
			    "/" value_in(d, size, "pools", round)
	print text
}

# The value, and for each round what it grew by in one.
function value_in(d, name, metric, round,    growth) {
	growth = class_value(last, name, metric) - class_value(first, name, metric)
	return class_value(d, name, metric) + (growth > 0 ? round * growth : 0)
}
