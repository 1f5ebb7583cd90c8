# Corners that no real dump has: each stands for a branch of the source.
load lib

D=cpython-3.13.0/before.txt

# says TEXT: the dump in $T/d is damaged, and a message holds the text.
says() {
	"${RUN[@]}" "$PMD" -q -s 1:1 "$T/d" $D >"$T/out" 2>"$T/err" ||
	    [ $? -eq 2 ]
	cat $D >>"$T/d"
	local s=0
	"${RUN[@]}" "$PMD" -q -s 1:1 "$T/d" >"$T/out" 2>"$T/err" || s=$?
	[ $s -eq 2 ] && grep -q -F -- "$1" "$T/err" || {
		cat "$T/err"
		return 1
	}
}

@test "rows of nothing" {
	sed '5s/.*/    0      0           1              63           958/' \
	    $D >"$T/d"
	says ':5: "0      0           1              63           958" is out of range'
	sed '5s/.*/    0     16           0               0             0/' \
	    $D >"$T/d"
	says ':5: the row of size 16 has 0 pools'
}

@test "pools of nothing, and of less than their header" {
	sed '46s/.*/15 unused pools * 0 bytes          =                    0/' \
	    $D >"$T/d"
	says 'pool size 0 is not a power of two'
	sed '46s/16384/32/' $D >"$T/d"
	says 'unused pools is 245,760, but their number times their size is 480'
	sed 46d $D >"$T/d"
	says 'no "unused pools" line'
}

@test "products that leave the range stop at its top" {
	# 2 * 10^15 blocks of 496 and 512 bytes are under 2^63
	local top=999999999999999 n
	sed "36s/.*/   31    512 1 $top $top/" $D >"$T/d"
	says ':36: class 31: in use and available is 1,999,999,999,999,998, but its pools have room for 31'
	sed "42s/2 arenas/$top arenas/; 42s/1048576/$top/" $D >"$T/d"
	says 'their number times their size is 9,223,372,036,854,775,807'
	# all classes at the top
	for n in $(seq 128); do
		echo "$((n - 1)) $((n * 8)) $top $top $top"
	done >"$T/rows"
	{ echo 'Small block threshold = 1024, in 128 size classes.'
	  sed -n 2,4p $D; cat "$T/rows"; sed 1,36d $D; } >"$T/d"
	says '"# bytes in allocated blocks" is 1,499,824, but the class rows add up to 9,223,372,036,854,775,807'
}

@test "2.3 lacks the arena lines: all of them, or none" {
	awk '/^Small/ { n++ } n == 2' source-2.3.7/env.txt >"$T/first"
	pmd 0 "$T/first" "$T/first"
	{
		sed '/ arenas \*/,$d' "$T/first"
		echo '# arenas reclaimed                 =                    0'
		sed -n '/ arenas \*/,$p' "$T/first"
	} >"$T/d"
	says 'no "# arenas highwater mark" line'
	sed '1s/256, in 32/512, in 64/' "$T/first" >"$T/d"
	says 'no "# arenas reclaimed" line'
}

@test "an arena map of a root alone, or without its heading" {
	local f=debian-3.11.2-i386/before.txt
	grep -v 'arena map counts' $f >"$T/d"
	says 'no "arena map counts" line'
	grep -v 'arena map root' $f >"$T/d"
	says 'is cut short: no # bytes lost to arena map root line'
}

@test "mimalloc with its first lines gone" {
	local f=debian-3.15.2/mimalloc-after.txt
	sed 2,3d $f >"$T/d"
	says 'no "Medium block threshold" line'
	sed 4,8d $f >"$T/d"
	says 'is cut short: no Bytes Committed line'
	sed '3,8d' $f >"$T/d"
	says 'is cut short: no Bytes Committed line'
}

@test "a warning is as long as it is" {
	local i long
	{
		sed 47q $D
		for i in 1 2 3 4 5; do
			printf '# %0120d %s=%21s\n' 7 "$i" 5
		done
		sed 1,47d $D
	} >"$T/a"
	"$PMD" -q $D "$T/a" 2>"$T/err" || [ $? -eq 1 ]
	[ "$(wc -l <"$T/err")" -eq 1 ]
	long=$(printf '%0120d_1' 7)
	grep -q -F "different builds: $long new, " "$T/err"
}

# The largest numbers of 15 digits, in each format.
@test "numbers at the top of the range in a report" {
	local big=999999999999999 n t
	for n in 1 2; do
		cat <<-EOF
		Small block threshold = 8192, in 73 size classes.
		Medium block threshold = 65536
		Large object max size = 16777216
		    Allocated Blocks: $n
		    Allocated Bytes: 499999999999999
		    Allocated Bytes w/ Overhead: 499999999999999
		    Bytes Reserved: $big
		    Bytes Committed: $big
		EOF
		for t in One Two; do
			printf '%48s =%21s\n' "$big free Py${t}s * 1 bytes each" \
			    999,999,999,999,999
		done
	done >"$T/s"
	want_out <<-'EOF'
	before_dump,after_dump,section,name,metric,before,after,delta,percent,delta_bytes,status
	1,2,summary,allocated_blocks,value,1,2,1,100.0,,changed
	EOF
	pmd 1 -f csv "$T/s"
	# two free lists of 10^15 - 1 bytes each have more than 15 digits
	"$PMD" -a -f csv "$T/s" >"$T/out" || true
	[ "$(grep -c ',level,free_lists,' "$T/out")" -eq 0 ]
	grep -q "^1,2,level,held,value,$big,$big,0,0.0,0,same$" "$T/out"
	"$PMD" -f summary "$T/s" >"$T/out" || [ $? -eq 1 ]
	[ "$(awk 'length > 80' "$T/out")" = "" ]
	head -n 1 "$T/out" | grep -q '^steady: '
	# from 1 to the top: the percentage has 17 digits
	sed "14s/: 2/: $big/" "$T/s" >"$T/t"
	want_out <<-EOF
	before_dump,after_dump,section,name,metric,before,after,delta,percent,delta_bytes,status
	1,2,summary,allocated_blocks,value,1,$big,999999999999998,99999999999999800.0,,changed
	EOF
	pmd 1 -f csv "$T/t"
}

@test "a summary of dumps that lack what it shows" {
	sed -n 1,36p $D >"$T/b"
	sed -n 1,42p $D >"$T/a"
	"$PMD" -F -f summary "$T/b" "$T/a" >"$T/out" 2>/dev/null ||
	    [ $? -eq 1 ]
	grep -q '^none: ' "$T/out"
	"$PMD" -F -f summary "$T/a" "$T/b" >"$T/out" 2>/dev/null ||
	    [ $? -eq 1 ]
	grep -q '^none: ' "$T/out"
	sed -n 1,44p $D >"$T/a"
	"$PMD" -F -f summary "$T/a" "$T/b" >"$T/out" 2>/dev/null ||
	    [ $? -eq 1 ]
	sed -n 3,36p $D >"$T/b"
	"$PMD" -F -f summary "$T/b" "$T/b" >"$T/out" 2>/dev/null
	sed '40d' $D >"$T/a"
	"$PMD" -F -f summary "$T/a" $D >"$T/out" 2>/dev/null || [ $? -eq 1 ]
	sed '39d' $D >"$T/a"
	"$PMD" -F -f summary "$T/a" $D >"$T/out" 2>/dev/null || [ $? -eq 1 ]
	grep -v '^#' $D >"$T/b"
	"$PMD" -F -f summary "$T/b" $D >"$T/out" 2>/dev/null || [ $? -eq 1 ]
	"$PMD" -F -f summary $D "$T/b" >"$T/out" 2>/dev/null || [ $? -eq 1 ]
}

@test "the classes of a summary are sorted, ten at most" {
	"$PMD" -f summary $D cpython-3.13.0/after.txt >"$T/out" || true
	sed -n '/^size /,/^$/p' "$T/out" | sed '1d;$d' >"$T/rows"
	[ "$(wc -l <"$T/rows")" -eq 10 ]
	"$PMD" -f csv $D cpython-3.13.0/after.txt |
	    awk -F, '$5 == "blocks_in_use" { print ($10 < 0 ? -$10 : $10), $4 }' |
	    sort -k 1,1nr | sed 10q | cut -d' ' -f2 >"$T/want"
	awk '{ print $1 }' "$T/rows" | cmp - "$T/want"
}

@test "forced: damage is a warning, and cut files are hinted at" {
	{ cat $D; sed 44p $D; cat cpython-3.13.0/after.txt; } >"$T/s"
	echo "pymallocdiff: $T/s:129: warning: a second \"# bytes in allocated"\
" blocks\" line in one dump: two writers?" | want_err
	pmd 1 -q -F "$T/s"
	# the last dumps of a log are damaged: the last whole one is before them
	{ cat $D $D; sed 20q $D; sed 20q $D; } >"$T/s"
	fails "$T/s"
	[ "$(grep -c -- '; -s 1:2 leaves it out$' "$T/err")" -eq 2 ]
	# only one is whole: no pair to hint at
	{ cat $D; sed 20q $D; } >"$T/s"
	fails "$T/s"
	[ "$(grep -c leaves "$T/err")" -eq 0 ]
	# in front of another file
	fails "$T/s" $D
	grep -q -- '; -s 1:1 leaves it out$' "$T/err"
	"$PMD" -q -s 1:1 "$T/s" $D
	{ cat $D; for _ in $(seq 66); do sed 20q $D; done; } >"$T/s"
	fails "$T/s" $D
	grep -q -- '; -s 1:1 leaves it out$' "$T/err"
	"$PMD" -e -q -F "$T/s" 2>"$T/err" || [ $? -eq 1 ]
	grep -v ': warning: ' "$T/err" && false
	"$PMD" -F -f json "$T/s" 2>/dev/null | grep -q '"damaged":\[false,true\]'
	"$PMD" -F -f json "$T/s" $D 2>/dev/null |
	    grep -q '"damaged":\[true,false\]'
}

fails() {
	local s=0
	"${RUN[@]}" "$PMD" -q "$@" >"$T/out" 2>"$T/err" || s=$?
	[ $s -eq 2 ] && [ -s "$T/err" ]
}

# 1,000 * 10^15 and 100 * 10^15 are over 2^53 and under 2^63.
@test "percent limits and thresholds at the top of the range" {
	local n
	for n in 500000000000001 500000000000000; do
		cat <<-EOF
		Small block threshold = 8192, in 73 size classes.
		Medium block threshold = 65536
		Large object max size = 16777216
		    Allocated Blocks: $n
		    Allocated Bytes: 0
		    Allocated Bytes w/ Overhead: 0
		    Bytes Reserved: $n
		    Bytes Committed: $n
		EOF
	done >"$T/s"
	pmd 0 -q -l bytes_reserved:1% "$T/s"
	echo 'pymallocdiff: limit "bytes_reserved:0" exceeded:'\
' 500000000000001 -> 500000000000000 (-1)' >"$T/want"
	limit_fails bytes_reserved:0 "$T/s"
	# half of 999,999,999,999,998 is 499,999,999,999,999, one more is not
	sed '1,8s/500000000000001/999999999999998/' "$T/s" >"$T/h"
	sed '9,$s/500000000000000/499999999999999/' "$T/h" >"$T/g"
	pmd 0 -q -l bytes_reserved:50% "$T/g"
	limit_fails bytes_reserved:49% "$T/g"
	sed '9,$s/500000000000000/499999999999998/' "$T/h" >"$T/g"
	limit_fails bytes_reserved:50% "$T/g"
	pmd 1 -q -t 50% "$T/g"
	pmd 0 -q -t 51% "$T/g"
	# from nothing, the percentage is undefined and passes
	printf '            %d free PyDictObjects * 1 bytes each = %d\n' \
	    0 0 1 1 >"$T/zero"
	pmd 1 -q -t 1000% "$T/zero"
	"$PMD" -q -l "$(printf '%0300d' 1):5" "$T/zero" 2>"$T/err" &&
	    false
	grep -q 'matches no row\|cannot use limit' "$T/err"
}

limit_fails() {
	local s=0
	"${RUN[@]}" "$PMD" -q -l "$@" >"$T/out" 2>"$T/err" || s=$?
	[ $s -eq 1 ] && grep -q "$1" "$T/err" || { cat "$T/err"; return 1; }
}

@test "dumps without a header, and what stands behind them" {
	# a known label behind the last line, though it is no whole line
	{ sed -n 61,62p $D; echo "# arenas reclaimed = x"; sed -n 63,64p $D; } \
	    >"$T/b"
	fails "$T/b" "$T/b"
	grep -q ':3: "# arenas reclaimed" comes after the dump' "$T/err"
	# a header glued to the last one: the block is an excerpt
	{ sed -n 61,63p $D; sed -n 64p $D | tr -d '\n'; cat $D; } >"$T/s"
	fails -s 1:2 "$T/s"
	grep -q ':1: an excerpt: ' "$T/err"
	{ sed -n 61,64p $D; printf '   5 free '; cat $D; } >"$T/s"
	fails -s 1:2 "$T/s"
	grep -q ':1: an excerpt: ' "$T/err"
	# a table, free lists of the same column, its heading again
	{ sed -n 3,36p $D; sed -n 61,64p $D; sed -n 3,6p $D; } >"$T/s"
	"$PMD" -F -q "$T/s" 2>"$T/err" || [ $? -eq 1 ]
	[ "$(grep -c excerpt "$T/err")" -eq 2 ]
}

@test "layouts just beside the grammar's" {
	local x
	for x in 'Small block threshold = 512' \
	    'Small block threshold = 512, in x size classes.' \
	    'Small block threshold = 512, in 32 size' \
	    'Small block threshold = 512, in 32 size classes. x'; do
		{ echo "$x"; sed 1d $D; } >"$T/d"
		says 'does not finish'
	done
	for x in 'Medium block threshold: 5' 'Medium block threshold = x' \
	    'Medium block threshold = 5 x' 'Large object max size =' ; do
		sed "2,3s/^${x%%[ :=]*} .*/$x/" \
		    debian-3.15.2/mimalloc-after.txt >"$T/d"
		says 'line in the dump that starts here'
	done
	for x in '2 arenas * x bytes/arena     =            2,097,152' \
	    '2 arenas * 1048576bytes/arena     =            2,097,152' \
	    '2 arenas * 1048576 bytes     =            2,097,152' \
	    '2 arenas * 1048576 bytes/arena     =            2,097,152 x'; do
		sed "42s|.*|$x|" $D >"$T/d"
		says '" does not finish'
	done
	for x in ' 0 free P' ' 0 free PyDictObject * 48 bytes each = 0' \
	    ' 0 free PyDictObjects x 48 bytes each = 0' \
	    ' 0 free PyDictObjects * x bytes each = 0' \
	    ' 0 free PyDictObjects * 48 bytes = 0' \
	    ' 0 free PyDictObjects * 48 bytes each 0' \
	    ' -3000000000 free PyDictObjects * 48 bytes each = 0'; do
		sed "61s|.*|$x|" $D >"$T/d"
		[ "$x" = ' 0 free P' ] || says '61: "'
	done
	# a row that has too much, and columns that run together
	sed '5s/$/ x/' $D >"$T/d"
	says 'but the class rows add up to'
	sed '5s/    0     16/    0 1   16/' $D >"$T/d"
	says 'but the class rows add up to'
	sed '5s/^    0     16 /    0x    16 /' $D >"$T/d"
	says 'but the class rows add up to'
	sed '5s/^    0     16 /    0     16x/' $D >"$T/d"
	says 'but the class rows add up to'
	sed '3s/$/ x/' $D >"$T/d"
	says 'no "class   size   num pools" line'
	sed '52s/$/ x/' $D >"$T/d"
	says '"arena map counts x" does not finish'
}

@test "a summary of numbers that contradict each other" {
	sed 's/Allocated Bytes: .*/Allocated Bytes: 999999999999999/' \
	    debian-3.15.2/mimalloc-after.txt >"$T/d"
	"$PMD" -F -f summary "$T/d" "$T/d" >"$T/out" 2>/dev/null
	sed 's/^# bytes in allocated .*/# bytes in allocated blocks        =  999,999,999,999,999/' \
	    $D >"$T/d"
	"$PMD" -F -f summary cpython-3.13.0/after.txt "$T/d" >"$T/out" \
	    2>/dev/null || [ $? -eq 1 ]
	[ "$(awk 'length > 80' "$T/out")" = "" ]
	sed "5s/ 63 / 999999999999999 /" $D >"$T/d"
	"$PMD" -F -f summary $D "$T/d" >"$T/out" 2>/dev/null || [ $? -eq 1 ]
	[ "$(awk 'length > 80' "$T/out")" = "" ]
}

@test "free lists that begin on a last line without its newline" {
	printf '0 free PyDictObjects * 48 bytes each = 0' >"$T/d"
	echo "pymallocdiff: $T/d:1: \"0 free PyDictObjects * 48 bytes each =\
 0\" does not finish" >"$T/e"
	cat "$T/e" "$T/e" | want_err
	pmd 2 "$T/d" "$T/d"
}

@test "-s 1:1 compares one dump with itself, also where it is the only one" {
	pmd 0 -s 1:1 cpython-3.11.7/before.txt
}

@test "without its root line, an arena map says nothing of its nodes" {
	sed '/lost to arena map root/d' cpython-3.13.0/before.txt >"$T/d"
	echo "pymallocdiff: $T/d:1: no \"# bytes lost to arena map root\" line\
 in the dump that starts here" | want_err
	pmd 2 -q -s 1:1 "$T/d"
}

@test "a heading behind the table" {
	{ sed -n 1,36p $D; sed -n 3p $D; sed -n '37,$p' $D; } >"$T/d"
	says ':37: a second "class   size" line in one dump: two writers?'
	{ cat $D; sed -n 3p $D; } >"$T/d"
	says ':85: a second "class   size" line in one dump: two writers?'
}

@test "a label of a CPython to come may be a part of Total" {
	local all='            2,113,536' n
	awk '{ print }
	/lost to arena alignment/ {
		print "# bytes lost to something new      =               16,384"
	}' $D >"$T/new"
	# 2,097,152 and the new part; the arenas still make what they made
	sed "51s/=.*/=${all}/" "$T/new" >"$T/d"
	says ':51: "Total" is 2,113,536, but the arenas make 2,097,152'
	n=$("$PMD" -q -s 1:1 "$T/d" 2>&1 | wc -l)
	[ "$n" -eq 1 ]
}

@test "pools too small for a class's blocks have no need of arenas" {
	local row
	# 464 bytes of a pool of 512 are no room for blocks of 480
	sed '46s/16384/512/' $D >"$T/d"
	row=$("$PMD" -F -f csv $D "$T/d" 2>/dev/null | grep ',needed,') || true
	[ "$row" = 1,1,level,needed,value,2097152,,,,,gone ]
	# nothing in use: nothing is needed
	awk 'NR > 4 && NR < 37 { $4 = 0 } { print }' $D >"$T/d"
	row=$("$PMD" -F -f csv $D "$T/d" 2>/dev/null | grep ',needed,') || true
	[ "$row" = 1,1,level,needed,value,2097152,0,-2097152,-100.0,-2097152,changed ]
}

@test "a configuration that the next dump lacks is another process" {
	# mimalloc's header, with pymalloc's numbers
	{ cat $D; sed '1s/= .*/= 512, in 32 size classes./' \
	    cpython-3.13.0/mimalloc-before.txt; } >"$T/d"
	"$PMD" -q "$T/d" 2>"$T/err" || [ $? -eq 1 ]
	grep -q ':85: warning: dump 2 comes from another process: arena_bytes is gone$' \
	    "$T/err"
}

@test "a limit of a verdict in JSON" {
	"$PMD" -f json -l leak -l growth soak/leak.log >"$T/out" 2>"$T/err" ||
	    [ $? -eq 1 ]
	cat >"$T/want" <<-'EOF'
	{"rule":"leak","key":"verdict","before":null,"after":null,"delta":null,"exceeded":true},
	{"rule":"growth","key":"verdict","before":null,"after":null,"delta":null,"exceeded":false}
	EOF
	grep '^{"rule"' "$T/out" >"$T/got"
	diff "$T/want" "$T/got"
	"$PMD" -f json -l leak $D $D >"$T/out" 2>"$T/err" || [ $? -eq 2 ]
	grep '^{"rule"' "$T/out" >"$T/got"
	echo '{"rule":"leak","key":"verdict","before":null,"after":null,"delta":null,"exceeded":null}' \
	    >"$T/want"
	diff "$T/want" "$T/got"
}

@test "a last line without its newline is cut, whatever it is" {
	sed -n 1,4p $D | awk 'NR > 1 { print "" } { printf "%s", $0 }' >"$T/d"
	fails -s 1:1 "$T/d"
	grep -q ':4: the dump that starts at line 1 is cut short' "$T/err"
	# free lists behind a prefix of another width on that line
	sed -n '/free Py/p' $D | awk '
	{ lines[NR] = $0 }
	END {
		for (i = 1; i < NR; i++)
			print lines[i]
		sub(/^ */, "x ", lines[NR])
		printf "%s", lines[NR]
	}' >"$T/d"
	pmd 0 -q -s 1:1 "$T/d"
}

@test "pairs just beside the layout of printone" {
	local x
	for x in '2 xrenas * 1048576 bytes/arena     =            2,097,152' \
	    '2 arenas + 1048576 bytes/arena     =            2,097,152' \
	    '2arenas * 1048576 bytes/arena      =            2,097,152'; do
		sed "42s|.*|$x|" $D >"$T/d"
		says 'no "arenas" line in the dump that starts here'
	done
	for x in '2 arenas * x048576 bytes/arena     =            2,097,152' \
	    '2 arenas * 1048576 bytes/arenx     =            2,097,152' \
	    '2 arenas * 1048576 bytes/arena  x  =            2,097,152'; do
		sed "42s|.*|$x|" $D >"$T/d"
		says ":42: \"$x\" does not finish"
	done
}

@test "a class of nothing is as one that is not printed" {
	sed '5s/.*/    0     16           0               0             0/' \
	    $D >"$T/zero"
	sed 5d $D >"$T/none"
	"$PMD" -F -q "$T/zero" "$T/none" >"$T/out" 2>/dev/null
	[ ! -s "$T/out" ]
}

@test "a minus before the number of a free list" {
	sed -n '/free Py/p' $D |
	    sed '3s/.*/x-5 free PyDictObjects * 48 bytes each =                  240/' \
	    >"$T/d"
	fails -s 1:1 "$T/d"
	grep -q ':3: "-5 free PyDictObjects \* 48 bytes each =                  240" is out of range$' \
	    "$T/err"
}

@test "a verdict of more than 80 columns has two lines" {
	# 20,000,000,000 blocks of 512 bytes more in each dump
	awk 'BEGIN {
		for (i = 1; i <= 13; i++)
			printf "512=%d0000000000\n", 2 * i
	}' | awk -f ../tests/forge.awk >"$T/log"
	"$PMD" -f summary "$T/log" >"$T/out" || [ $? -eq 1 ]
	printf '%s\n' 'leak: live memory keeps growing, about 10,240,000,000,000 bytes per dump (13' \
	    'dumps)' >"$T/want"
	sed -n 1,2p "$T/out" | diff "$T/want" -
}

@test "a report of more bytes than the output's buffer is whole" {
	local v name wide
	name=$(printf '%060d' 0) wide=$(printf '%0110d' 0)
	for v in 1 999999999999999; do
		awk -v v=$v -v name="$(echo "$name" | tr 0 x)" \
		    -v wide="$(echo "$wide" | tr 0 x)" \
		    -f ../tests/wide.awk >"$T/$v"
	done
	"$PMD" -F -a -f csv "$T/1" "$T/999999999999999" >"$T/out" \
	    2>/dev/null || [ $? -eq 1 ]
	# of 128 classes 384 rows, each whole, and all fields in each
	[ "$(grep -c ',class,' "$T/out")" -eq 384 ]
	[ "$(awk -F, 'NF != 11' "$T/out")" = "" ]
	[ "$(wc -c <"$T/out")" -gt 32768 ]
}

@test "arenas in such numbers that their shares are halved" {
	# of 10, then of 3,000,000,000 arenas of 256 KiB, one is enough
	printf '512=100 arenas=10\n512=100 arenas=3000000000\n' |
	    awk -f ../tests/forge.awk >"$T/log"
	"$PMD" -f summary "$T/log" >"$T/out" || [ $? -eq 1 ]
	echo 'fragmentation: 3,000,000,000 arenas are held, 1 would be enough' \
	    >"$T/want"
	sed -n 1p "$T/out" | diff "$T/want" -
}

@test "of seven classes that grow on, the five that grow most" {
	local size
	awk 'BEGIN {
		for (i = 1; i <= 13; i++) {
			for (size = 16; size <= 112; size += 16)
				printf "%d=%d ", size, i * 1000
			print ""
		}
	}' | awk -f ../tests/forge.awk >"$T/log"
	"$PMD" -f summary "$T/log" >"$T/out" || [ $? -eq 1 ]
	for size in 112 96 80 64 48; do
		printf '%4d            1,000.0 %18s\n' $size "$size,000"
	done >"$T/want"
	sed -n 4,8p "$T/out" | diff "$T/want" -
}
