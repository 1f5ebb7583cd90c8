# Other writers' lines: two processes on one standard error tear each other's
# dumps, and a log has holes. Such a dump is never passed off as whole.
load lib

D=cpython-3.13.0/before.txt
A=cpython-3.13.0/after.txt
M=debian-3.15.2/mimalloc-after.txt
I=debian-3.11.2-i386/before.txt

# says MESSAGE... <DUMP: of this dump and a whole one the first has these
# messages, FILE left out, status 2; with -F they are warnings. The same of a
# file with a prefix and CRLF, on standard input.
says() {
	local message
	cat - $D >"$T/d"
	for message; do
		echo "pymallocdiff: $T/d:$message"
	done | want_err
	pmd 2 -q -s 1:1 "$T/d"
	for message; do
		echo "pymallocdiff: $T/d:${message%%: *}: warning: ${message#*: }"
	done | want_err
	pmd 0 -q -F -s 1:1 "$T/d"
	sed 's/^/web | /; s/$/\r/' "$T/d" >"$T/s"
	for message; do
		echo "pymallocdiff: standard input:$message"
	done | want_err
	pmd 2 -q -s 1:1 <"$T/s"
}

# trouble ARGUMENT...: status 2 and a message with a line.
trouble() {
	local s=0
	"${RUN[@]}" "$PMD" -q "$@" >"$T/out" 2>"$T/err" || s=$?
	[ $s -eq 2 ] && grep -q '^pymallocdiff: .*:[0-9]*: ' "$T/err" ||
	    { echo "status $s"; return 1; }
}

# insert LINE FILE: standard input, put behind this line of the file.
insert() {
	sed "${1}q" "$2"
	cat
	sed "1,${1}d" "$2"
}

value() {	# value LABEL VALUE: as printone prints it
	printf '%-35s=%21s\n' "$1" "$2"
}

free_lists() {
	printf '%48s =%21s\n' '3 free PyDictObjects * 48 bytes each' 144 \
	    '2 free 1-sized PyTupleObjects * 32 bytes each' 64
}

early() {
	echo "$1: a free list comes before the dump's last line: two writers?"
}

@test "free lists in the table, the case at hand" {
	early 11 | sed 's,^,pymallocdiff: cases/free-lists-in-table.txt:,' |
	    want_err
	pmd 2 -q cpython-3.11.7/before.txt cases/free-lists-in-table.txt
}

# Said once, however many they are.
@test "free lists before a dump's last line" {
	local n
	sed 59q $D >"$T/b"
	for n in 1 2 4 20 37 43 49 52 56 58; do
		free_lists | insert $n "$T/b" | says "$(early $((n + 1)))"
	done
	sed 8q $M >"$T/b"
	for n in 1 3 7; do
		free_lists | insert $n "$T/b" | says "$(early $((n + 1)))"
	done
	# with an arena map of one line, and with none
	sed '/map root/q' $I >"$T/b"
	for n in 10 60; do
		free_lists | insert $n "$T/b" | says "$(early $((n + 1)))"
	done
	sed '/^Total/q' cpython-3.6.15/before.txt >"$T/b"
	n=$(($(wc -l <"$T/b") - 1))
	free_lists | insert $n "$T/b" | says "$(early $((n + 1)))"
	free_lists | cat "$T/b" - >"$T/d"
	pmd 0 -q "$T/d" "$T/d"
}

@test "free lists between the first Total and the arena map" {
	sed 59q $D >"$T/b"
	free_lists | insert 50 "$T/b" | says "$(early 51)"
	free_lists | insert 51 "$T/b" | says "$(early 52)"
}

@test "a known label behind the dump's last line" {
	local label n
	for label in '# times object malloc called' \
	    '# arenas allocated total' '# arenas reclaimed' \
	    '# arenas highwater mark' '# arenas allocated current' \
	    '# bytes in allocated blocks' '# bytes in available blocks' \
	    '# bytes lost to pool headers' '# bytes lost to quantization' \
	    '# bytes lost to arena alignment' '# arena map mid nodes' \
	    '# arena map bot nodes' '# bytes lost to arena map root' \
	    '# bytes lost to arena map mid' '# bytes lost to arena map bot'; do
		{ cat $D; value "$label" 5; } |
		    says "85: \"$label\" comes after the dump's last line:"\
" two writers?"
	done
	# in any spacing, cut short, before the free lists, behind other text
	{ cat $D; echo '#  arenas  reclaimed = 5'; } |
	    says '85: "# arenas reclaimed" comes after the dump'"'"'s last'\
' line: two writers?'
	{ cat $D; echo '# arenas reclaimed  '; } |
	    says '85: "# arenas reclaimed" comes after the dump'"'"'s last'\
' line: two writers?'
	value '# arenas reclaimed' 0 | insert 59 $D |
	    says '60: "# arenas reclaimed" comes after the dump'"'"'s last'\
' line: two writers?'
	{ cat $M; echo text; value '# arenas reclaimed' 0; } |
	    says '35: "# arenas reclaimed" comes after the dump'"'"'s last'\
' line: two writers?'
	n=$(($(wc -l <pyodide-0.26.4/before.txt) + 1))
	{ cat pyodide-0.26.4/before.txt; value '# arenas reclaimed' 0
	  cat pyodide-0.26.4/before.txt; } >"$T/d"
	echo "pymallocdiff: $T/d:$n: \"# arenas reclaimed\" comes after the"\
" dump's last line: two writers?" | want_err
	pmd 2 -q -s 1:1 "$T/d"
}

@test "an arena map behind the dump's last line" {
	{ cat $D; echo; sed -n 52p $D; } |
	    says '86: "arena map counts" comes after the dump'"'"'s last'\
' line: two writers?'
	{ sed 8q $M; sed -n 52p $D; } |
	    says '9: "arena map counts" comes after the dump'"'"'s last'\
' line: two writers?'
	# of 32 bits, the root ends it
	{ cat $I; sed -n 54p $D; } >"$T/d"
	cat "$T/d" >"$T/one"
	says "$(wc -l <"$T/one" | tr -d ' '): \"# arena map bot nodes\""\
" comes after the dump's last line: two writers?" <"$T/one"
}

# 64 KiB without a line of the dump end it.
@test "what stands far behind the dump is not its" {
	{ cat $D; yes 'a log line' | head -c 65537; echo
	  value '# arenas reclaimed' 5; } >"$T/d"
	pmd 0 $D "$T/d"
	{ cat $D; yes 'a log line' | head -c 65000; echo
	  value '# arenas reclaimed' 5; } >"$T/d"
	"$PMD" -q $D "$T/d" 2>"$T/err" && false
	grep -q '"# arenas reclaimed" comes after' "$T/err"
}

# Text behind a dump is skipped in bulk, but for lines that can matter.
@test "behind much text, each line that matters is still seen" {
	local after="comes after the dump's last line: two writers?"
	yes 'GET /a HTTP/1.1 200' | head -n 200 >"$T/text"
	{ cat $D "$T/text"; value '# arenas reclaimed' 5; cat "$T/text"; } |
	    says "285: \"# arenas reclaimed\" $after"
	# a file is searched in larger blocks than a pipe
	{ cat $D "$T/text"; printf '#\tarenas highwater mark = 5\n'
	  cat "$T/text"; } >"$T/tab"
	says "285: \"# arenas highwater mark\" $after" <"$T/tab"
	# lines of mimalloc's that have no header, twice: two excerpts
	sed -n 2,8p $M >"$T/excerpt"
	cat "$T/excerpt" "$T/text" "$T/excerpt" "$T/text" >"$T/d"
	[ "$("$PMD" -L -f csv "$T/d" 2>/dev/null | wc -l)" -eq 3 ]
	{ cat $D "$T/text"; sed -n 52p $D; cat "$T/text"; } |
	    says "285: \"arena map counts\" $after"
	{ cat $D "$T/text"; sed -n 3p $D; cat "$T/text"; } |
	    says '285: a second "class   size" line in one dump: two writers?'
	{ cat $D "$T/text"; sed -n 84p $D; cat "$T/text"; } |
	    says '285: a second "PyTupleObject[20]" line in one dump: two writers?'
	# before the arena map
	{ sed 50q $D; cat "$T/text"; sed '1,50d' $D; } >"$T/d"
	pmd 0 $D "$T/d"
	{ sed 50q $D; cat "$T/text"; sed -n 50p $D; sed '1,50d' $D; } |
	    says '251: a second "Total" line in one dump: two writers?'
}

# A log may have such words; CPython puts a # before all of its own.
@test "lines behind a dump that are another's, and do no harm" {
	local line
	for line in '# a comment' '# arenas' '# bytes' 'Total time = 5' \
	    '    Allocated Bytes: 5' 'Medium block threshold = 5' \
	    '3 arenas * 262144 bytes/arena = 786,432' \
	    '    0     16           1              63           958' \
	    'arena map' '##' '#' '# arenas reclaimedX = 5' \
	    '# bytes lost to arena maps = 5'; do
		{ cat $D; echo "$line"; } >"$T/d"
		pmd 0 $D "$T/d"
	done
	# other dumps have no Total
	for line in $M pyodide-0.26.4/before.txt; do
		{ cat $line; echo 'Total = 5'; } >"$T/d"
		pmd 0 $line "$T/d"
	done
}

@test "pymalloc's lines in a mimalloc dump" {
	local both='1: the dump that starts here has lines of both pymalloc and'\
' mimalloc: two writers?'
	local n
	for n in 3 39 42 44 46 52 53; do
		sed -n ${n}p $D | insert 5 $M | says "$both"
	done
	# the table before mimalloc's first line, and behind its last
	sed -n 3,5p $D | insert 1 $M | says "$both"
	sed -n 3,5p $D | insert 8 $M | says "$both"
	# one of mimalloc's in a pymalloc dump
	sed -n 5p $M | insert 45 $D | says "$both"
	for n in 1 2; do
		echo "pymallocdiff: cases/mimalloc-and-table.txt:$both"
	done | want_err
	pmd 2 -q cases/mimalloc-and-table.txt cases/mimalloc-and-table.txt
}

@test "mimalloc: small, medium and large thresholds in their order" {
	sed '2s/65536/8192/' $M |
	    says '1: the small block threshold is 8,192, but "Medium block'\
' threshold" is 8,192'
	sed '3s/16777216/65536/' $M |
	    says '2: "Medium block threshold" is 65,536, but "Large object max'\
' size" is 65,536'
	sed '1s/8192/65535/; 3s/16777216/65537/' $M >"$T/d"
	pmd 0 -q "$T/d" "$T/d"
}

@test "arena map: mid nodes, bot nodes, and arenas ever allocated" {
	# 2 arenas were allocated
	sed '54s/ 1$/ 5/; 58s/131,072/655,360/; 59s/  655,360/1,179,648/' $D |
	    says '54: "# arena map bot nodes" is 5, but two for each arena'\
' ever allocated make 4'
	sed '54s/ 1$/ 4/; 58s/131,072/524,288/; 59s/  655,360/1,048,576/' $D \
	    >"$T/d"
	pmd 0 -q "$T/d" "$T/d"
	sed '53s/ 1$/ 2/; 57s/262,144/524,288/; 59s/655,360/917,504/' $D |
	    says '53: "# arena map mid nodes" is 2, but "# arena map bot'\
' nodes" is 1'
}

# 262,144 bytes are the root.
@test "arena map: a bot node is the root, its half or its quarter" {
	local bytes total
	while read -r bytes total; do
		sed "58s/131,072/${bytes/#\#/ }/; 59s/655,360/$total/" $D \
		    >"$T/d"
		pmd 0 -q "$T/d" "$T/d"
	done <<-EOF
	262,144 786,432
	131,072 655,360
	#65,536 589,824
	EOF
	sed '58s/131,072/ 32,768/; 59s/655,360/557,056/' $D |
	    says '58: "# bytes lost to arena map bot" is 32,768, but bot nodes'\
' of the root'"'"'s size, half or a quarter make 65,536'
	sed '58s/131,072/524,288/; 59s/  655,360/1,048,576/' $D |
	    says '58: "# bytes lost to arena map bot" is 524,288, but bot'\
' nodes of the root'"'"'s size, half or a quarter make 262,144'
	sed '58s/131,072/131,073/; 59s/655,360/655,361/' $D |
	    says '58: "# bytes lost to arena map bot" is 131,073, but bot'\
' nodes of the root'"'"'s size, half or a quarter make 131,072'
}

# Where a splice cuts the table or the summary, the numbers do not agree.
@test "two dumps that were cut at a line and put together" {
	local n
	for n in $(seq 4 49); do
		{ sed "${n}q" $D; sed "1,${n}d" $A; } >"$T/d"
		cmp -s "$T/d" $A && continue
		trouble $D "$T/d" || { echo "cut at $n"; false; }
	done
}

@test "two processes that print line by line in turns" {
	local f
	for f in "$D $A" "$D $D" "$M $M" "$D $M"; do
		# shellcheck disable=SC2086
		paste -d '\n' $f >"$T/d"
		trouble -s 1:-1 "$T/d"
	done
}

@test "what stands twice in one dump" {
	local n what
	while read -r n what; do
		sed -n "${n}p" $D | insert "$n" $D |
		    says "$((n + 1)): a second $what in one dump: two writers?"
	done <<-'EOF'
	3 "class   size" line
	38 "# arenas allocated total" line
	42 "arenas" line
	46 "unused pools" line
	50 "Total" line
	52 "arena map counts" line
	54 "# arena map bot nodes" line
	58 "# bytes lost to arena map bot" line
	59 "Total" line
	61 "PyDictObject" line
	84 "PyTupleObject[20]" line
	EOF
	sed -n 5p $D | insert 5 $D |
	    says '6: a second row of size 16: two writers?'
	for n in 2 5 8; do
		what=$(sed -n "${n}p" $M | sed 's/^ *//; s/ *[:=].*//')
		sed -n "${n}p" $M | insert "$n" $M |
		    says "$((n + 1)): a second \"$what\" line in one dump:"\
" two writers?"
	done
	# behind the last line, but not behind other text
	sed -n 4p $M | insert 8 $M |
	    says '9: a second "Allocated Blocks" line in one dump: two writers?'
	{ echo text; sed -n 4p $M; } | insert 8 $M >"$T/d"
	pmd 0 -q "$T/d" "$T/d"
}

@test "a class row behind the table" {
	sed -n 5p $D | insert 43 $D |
	    says '44: a class row comes after the table: two writers?'
}

# The child's dumps have nothing to do with the parent's, though both are
# whole.
@test "a child that prints into its parent's log" {
	local e=cpython-3.11.7/env.txt first second
	# dumps 1 to 3 of the parent, all of the child, the rest
	first=$(grep -n '^Small' $e | sed -n 4s/:.*//p)
	{ sed "$first,\$d" $e; cat cpython-3.8.18/startup.txt
	  sed "1,$((first - 1))d" $e; } >"$T/d"
	"$PMD" -q "$T/d" 2>"$T/err" && false
	second=$(awk '/comes from another process/ { n++ } END { print n }' \
	    "$T/err")
	[ "$second" -eq 1 ]
	grep -q "^pymallocdiff: $T/d:$first: dump 4 comes from another"\
" process: arena_bytes changed from 1,048,576 to 262,144; and 1 more" \
	    "$T/err" || { cat "$T/err"; false; }
	want_err </dev/null
	pmd 1 -q -s 2:3 "$T/d"
}
