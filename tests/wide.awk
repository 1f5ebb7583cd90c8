# wide.awk: prints a dump that has as many rows as can be, for -F: nothing adds up. Each number is
# v; the names of types have `name` in them, and unknown labels `wide`.
BEGIN {
	print "Small block threshold = 1024, in 128 size classes.\n"
	print "class   size   num pools   blocks in use  avail blocks"
	print "-----   ----   ---------   -------------  ------------"
	for (i = 0; i < 128; i++)
		printf "%d %d %s %s %s\n", i, (i + 1) * 8, v, v, v
	print ""
	n = split("# arenas allocated total;# arenas reclaimed;# arenas highwater mark;# arenas allocated current", label, ";")
	for (i = 1; i <= n; i++) line(label[i], v)
	line("1 arenas * " v " bytes/arena", v)
	print ""
	n = split("# bytes in allocated blocks;# bytes in available blocks;1 unused pools * " v " bytes;# bytes lost to pool headers;# bytes lost to quantization;# bytes lost to arena alignment", label, ";")
	for (i = 1; i <= n; i++) line(label[i], v)
	for (i = 0; i < 16; i++) line(sprintf("# bytes %s %c", wide, 97 + i), v)
	line("Total", v)
	print ""
	for (i = 0; i < 24; i++) printf "%s free Py%s%cs * %s bytes each = %s\n", v, name, 65 + i, v, v
	for (i = 1; i <= 20; i++) printf "%s free %d-sized PyTupleObjects * %s bytes each = %s\n", v, i, v, v
}
function line(label, value) { printf "%-35s=%21s\n", label, value }
