# log.awk: whole dumps of CPython 3.9, each of them told in one line.
#
#	awk [-v classes=64] [-v arena=524288] [-v pool=8192] -f log.awk <<-EOF
#	TOTAL RECLAIMED HIGHWATER UNUSED BLOCKS [LISTS [RESIDENT [MALLOC]]]
#	EOF
#
# In: the three counters of arenas, unused pools, blocks in use of 32 bytes;
# objects on the only free list, or - for no free list; bytes resident and in
# malloc. A line that does not begin with a number is printed as it is.
# Out: the dumps. An arena of 262,144 bytes has 64 pools of 4,096, and a pool
# 126 blocks.

BEGIN {
	if (!classes)
		classes = 32
	if (!arena)
		arena = 262144
	if (!pool)
		pool = 4096
	blocks = int((pool - 48) / 32)
}

!/^[0-9]/ { print; next }

{
	arenas = $1 - $2
	pools = arena / pool * arenas - $4
	print "Small block threshold = " 16 * classes ", in " classes \
	    " size classes."
	print "\nclass   size   num pools   blocks in use  avail blocks"
	print "-----   ----   ---------   -------------  ------------"
	if (pools > 0)
		printf "%5d %6d %11d %15d %13d\n", 1, 32, pools, $5,
		    blocks * pools - $5
	print ""
	printone("# arenas allocated total", $1)
	printone("# arenas reclaimed", $2)
	printone("# arenas highwater mark", $3)
	printone("# arenas allocated current", arenas)
	printone(arenas " arenas * " arena " bytes/arena", arena * arenas)
	print ""
	printone("# bytes in allocated blocks", 32 * $5)
	printone("# bytes in available blocks", 32 * (blocks * pools - $5))
	printone($4 " unused pools * " pool " bytes", pool * $4)
	printone("# bytes lost to pool headers", 48 * pools)
	printone("# bytes lost to quantization", (pool - 48) % 32 * pools)
	printone("# bytes lost to arena alignment", 0)
	printone("Total", arena * arenas)
	if (NF >= 6 && $6 != "-")
		printone(sprintf("\n%48s ", $6 " free PyDictObjects * 48" \
		    " bytes each"), 48 * $6)
	if (NF >= 7)
		printone("# bytes resident", $7)
	if (NF >= 8)
		printone("# bytes in malloc", $8)
}

function printone(label, value) {
	printf "%-35s=%21s\n", label, commas(value)
}

# Not %d: some have 32 bits for it.
function commas(value,    text, rest) {
	text = ""
	for (rest = sprintf("%.0f", value); length(rest) > 3;
	    rest = substr(rest, 1, length(rest) - 3))
		text = "," substr(rest, length(rest) - 2) text
	return rest text
}
