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
	says 'class 0: the size is 0, but its number makes it 16'
	sed '5s/.*/    0     16           0               0             0/' \
	    $D >"$T/d"
	says 'class 0: "blocks in use" is 0, but each of its pools'
}

@test "pools of nothing, and of less than their header" {
	sed '46s/.*/15 unused pools * 0 bytes          =                    0/' \
	    $D >"$T/d"
	says 'the size of a pool is 0, but the power of two in it is 1'
	sed '46s/16384/32/' $D >"$T/d"
	says 'unused pools is 245,760, but their number times their size is 480'
	sed 46d $D >"$T/d"
	says 'no "unused pools" line'
}

@test "products that leave the range stop at its top" {
	sed '36s/.*/   31    512 9223372036854775807 9223372036854775807 9/' \
	    $D >"$T/d"
	says '9,223,372,036,854,775,807'
	sed '42s/2 arenas/9223372036854775807 arenas/' $D >"$T/d"
	says 'their number times their size is 9,223,372,036,854,775,807'
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
	grep -q -F "another build than before: $long new, " "$T/err"
}

@test "numbers near the top of the range in a summary" {
	local big=9000000000000000000
	for n in 1 2; do
		cat <<-EOF
		Small block threshold = 8192, in 73 size classes.
		Medium block threshold = 65536
		Large object max size = 16777216
		    Allocated Blocks: $n
		    Allocated Bytes: 4500000000000000000
		    Allocated Bytes w/ Overhead: 4500000000000000000
		    Bytes Reserved: $big
		    Bytes Committed: $big
		EOF
		for t in One Two; do
			echo "2147483647 free Py${t}s * 4294967298 bytes each" \
			    "=9,223,372,036,854,775,806"
		done
	done >"$T/s"
	"$PMD" -f summary "$T/s" >"$T/out" 2>"$T/err" || [ $? -eq 1 ]
	grep -q '^allocated of it  *50.0%  *50.0%  *+0.0 pts$' "$T/out"
	grep -q '^    free lists *9,223,372,036,854,775,807 ' "$T/out"
	grep -q '^verdict: steady' "$T/out"
}

@test "a summary of dumps that lack what it shows" {
	sed -n 1,36p $D >"$T/b"
	sed -n 1,42p $D >"$T/a"
	"$PMD" -F -f summary "$T/b" "$T/a" >"$T/out" 2>/dev/null ||
	    [ $? -eq 1 ]
	grep -q '^verdict: none' "$T/out"
	grep -q '^arenas  *-  *2$' "$T/out"
	"$PMD" -F -f summary "$T/a" "$T/b" >"$T/out" 2>/dev/null ||
	    [ $? -eq 1 ]
	grep -q '^arenas  *2  *-$' "$T/out"
	sed -n 1,44p $D >"$T/a"
	"$PMD" -F -f summary "$T/a" "$T/b" >"$T/out" 2>/dev/null ||
	    [ $? -eq 1 ]
	sed -n 3,36p $D >"$T/b"
	"$PMD" -F -f summary "$T/b" "$T/b" >"$T/out" 2>/dev/null
	sed '40d' $D >"$T/a"
	"$PMD" -F -f summary "$T/a" $D >"$T/out" 2>/dev/null || [ $? -eq 1 ]
	grep -q '^arenas at most  *-  *2$' "$T/out"
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

@test "forced: a torn stream is warned of, two cut files are hinted at" {
	"$PMD" -q -F cpython-3.13.0/envforks.txt 2>"$T/err" || [ $? -eq 1 ]
	grep -q ': warning: dump [0-9]*, between the first .* two writers?$' \
	    "$T/err"
	# the one before it is damaged too: the last whole one is the third last
	{ cat $D $D; sed 20q $D; sed 20q $D; } >"$T/s"
	"$PMD" -q "$T/s" 2>"$T/err" || [ $? -eq 2 ]
	grep -q -- '; -s 1:-3 takes the last whole one before it$' "$T/err"
	# only the first is whole, and that is the other side already
	{ cat $D; sed 20q $D; } >"$T/s"
	"$PMD" -q "$T/s" 2>"$T/err" || [ $? -eq 2 ]
	! grep -q takes "$T/err"
	# farther back than -s can count
	{ cat $D; for _ in $(seq 66); do sed 20q $D; done; } >"$T/s"
	"$PMD" -q "$T/s" $D 2>"$T/err" || [ $? -eq 2 ]
	! grep -q takes "$T/err"
	"$PMD" -e -q -F "$T/s" 2>"$T/err" || [ $? -eq 1 ]
	"$PMD" -F -f json "$T/s" 2>/dev/null | grep -q '"damaged":\[false,true\]'
	"$PMD" -F -f json "$T/s" $D 2>/dev/null |
	    grep -q '"damaged":\[true,false\]'
}

@test "percent limits and thresholds in 128 bits" {
	for n in 4611686018427387905 4611686018427387904; do
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
	# -4611686018427387904 and a half of it is 50 %, one more is not
	sed '1,8s/4611686018427387905/9223372036854775807/' "$T/s" >"$T/h"
	pmd 0 -q -l bytes_reserved:50% "$T/h"
	"$PMD" -q -l bytes_reserved:49% "$T/h" 2>"$T/err" || [ $? -eq 1 ]
	grep -q exceeded "$T/err"
	"$PMD" -q -t 49% "$T/h" || [ $? -eq 1 ]
	# from nothing, the percentage is undefined and passes
	printf '            %d free PyDictObjects * 1 bytes each = %d\n' \
	    0 0 1 1 >"$T/zero"
	pmd 1 -q -t 1000% "$T/zero"
	"$PMD" -q -l "$(printf '%0300d' 1):5" "$T/zero" 2>"$T/err" ||
	    [ $? -eq 2 ]
	grep -q 'cannot use limit' "$T/err"
}

@test "a headless input that turns into an excerpt with a header behind it" {
	{ sed -n 61,62p $D; echo "# arenas reclaimed = x"; sed -n 63,64p $D; } \
	    >"$T/b"
	pmd 0 -q "$T/b" "$T/b"
	{ sed -n 61,64p $D | sed '4s/$/ /' | tr -d '\n'; cat $D; } >"$T/s"
	"$PMD" -q "$T/s" 2>"$T/err" || true
	{ sed -n 61,64p $D; printf '   5 free '; cat $D; } >"$T/s"
	"$PMD" -q "$T/s" 2>"$T/err" || [ $? -eq 1 ]
	# free lists, a table of the same column, its heading again
	{ sed -n 3,36p $D; sed -n 61,64p $D; sed -n 3,4p $D; } >"$T/s"
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
	sed 's/Allocated Bytes: .*/Allocated Bytes: 36028797018963967/' \
	    debian-3.15.2/mimalloc-after.txt >"$T/d"
	"$PMD" -F -f summary "$T/d" "$T/d" >"$T/out" 2>/dev/null
	sed 's/^# bytes in allocated .*/# bytes in allocated blocks =9,223,372,036,854,775,807/' \
	    $D >"$T/d"
	"$PMD" -F -f summary cpython-3.13.0/after.txt "$T/d" >"$T/out" \
	    2>/dev/null || [ $? -eq 1 ]
	grep -q '^verdict: growth (held -23,068,672, live ' "$T/out"
	sed "5s/ 16 / 1 /; 5s/ 63 / 9223372036854775807 /" $D >"$T/d"
	"$PMD" -F -f summary $D "$T/d" >"$T/out" 2>/dev/null || [ $? -eq 1 ]
	grep -q '^   1 .* ++++++$' "$T/out"
}
