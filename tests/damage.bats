# A dump that contradicts itself is never passed off as whole.
#
# The base is 3.13.0's before.txt; what each edit breaks was worked out by
# hand from its numbers.
load lib

D=cpython-3.13.0/before.txt
no_arenas='1: warning: this dump has no arenas yet: PYTHONMALLOCSTATS prints'\
' such a one first'

# broken SED MESSAGE...: the base edited by SED gives these messages, in this
# order, and status 2; with -F they are warnings, and the status is 0 or 1.
broken() {
	broken_from "$D" "$@"
}

# The dump against itself (-s 1:1 of two), so that only the damage is said.
broken_from() {
	local base=$1 edit=$2 message
	shift 2
	sed "$edit" "$base" >"$T/d"
	cmp -s "$base" "$T/d" && return 1
	cat "$base" >>"$T/d"
	for message; do
		echo "pymallocdiff: $T/d:$message"
	done | want_err
	pmd 2 -q -s 1:1 "$T/d"
	for message; do
		message=${message/: warning: /: }
		echo "pymallocdiff: $T/d:${message%%: *}: warning: ${message#*: }"
	done | want_err
	pmd 0 -q -F -s 1:1 "$T/d"
}

@test "header: the threshold is a multiple of the number of classes" {
	sed -n 1,27p cpython-3.13.0/env.txt >"$T/first"
	broken_from "$T/first" '1s/512/500/' "1: the small block threshold is\
 500, but size classes of one width make 480" "$no_arenas"
}

@test "arenas: total is reclaimed and current" {
	broken '38s/ 2$/ 3/' '38: "# arenas allocated total" is 3, but'\
' reclaimed and current add up to 2'
}

@test "arenas: the high-water mark is between current and total" {
	broken '40s/ 2$/ 3/' '40: "# arenas highwater mark" is 3, but'\
' "# arenas allocated total" is 2'
	broken '40s/ 2$/ 1/' '41: "# arenas allocated current" is 2, but'\
' "# arenas highwater mark" is 1'
}

@test "arenas: current is their count" {
	broken '38s/ 2$/ 3/; 40s/ 2$/ 3/; 41s/ 2$/ 3/' \
	    '41: "# arenas allocated current" is 3, but the line of arenas'\
' counts 2'
}

@test "arenas and pools are as big as a power of two" {
	sed -n 1,27p cpython-3.13.0/env.txt >"$T/first"
	broken_from "$T/first" '10s/1048576/1048577/' \
	    '10: the size of an arena is 1,048,577, but the power of two in it'\
' is 1,048,576' "$no_arenas"
	broken_from "$T/first" '14s/16384/16387/' \
	    '14: the size of a pool is 16,387, but the power of two in it is'\
' 16,384' "$no_arenas"
}

@test "arenas: count times size is their bytes" {
	# that they are the Total too cannot be kept at the same time
	broken '42s/2,097,152/2,097,151/' '42: the size of all arenas is'\
' 2,097,151, but their number times their size is 2,097,152' \
	    '50: "Total" is 2,097,152, but the arenas make 2,097,151'
}

@test "arenas: they hold the pools in use, unused and lost" {
	# one unused pool more, taken from the alignment, keeps the sums; one
	# arena line's pools are 128
	broken '46s/15 /16 /; 46s/245,760/262,144/; 50s/2,097,152/2,113,536/' \
	    '42: the number of pools in the arenas is 128, but used, unused and'\
' lost to alignment are 129' \
	    '50: "Total" is 2,113,536, but the arenas make 2,097,152'
}

@test "bytes: the rows add up to allocated and available blocks" {
	broken '44s/1,499,824/1,499,808/; 50s/2,097,152/2,097,136/
	    42s/2,097,152/2,097,136/' \
	    '42: the size of all arenas is 2,097,136, but their number times'\
' their size is 2,097,152' \
	    '44: "# bytes in allocated blocks" is 1,499,808, but the class rows'\
' add up to 1,499,824'
	broken '44s/1,499,824/1,499,808/; 45s/305,600/305,616/' \
	    '44: "# bytes in allocated blocks" is 1,499,808, but the class rows'\
' add up to 1,499,824' \
	    '45: "# bytes in available blocks" is 305,616, but the class rows'\
' add up to 305,600'
}

@test "bytes: unused pools times their size" {
	broken '46s/245,760/229,376/; 45s/305,600/321,984/' \
	    '45: "# bytes in available blocks" is 321,984, but the class rows'\
' add up to 305,600' \
	    '46: the size of all unused pools is 229,376, but their number'\
' times their size is 245,760'
}

@test "bytes: pool headers of one size, and what the blocks leave" {
	# 111 pools of 48 bytes are 5,328
	broken '47s/5,328/5,329/; 48s/7,872/7,871/' \
	    '47: "# bytes lost to pool headers" is 5,329, but headers of one'\
' size for all pools make 5,328'
	broken '48s/7,872/7,871/; 49s/32,768/32,769/' \
	    '48: "# bytes lost to quantization" is 7,871, but the class rows'\
' make 7,872' \
	    '49: "# bytes lost to arena alignment" is 32,769, but whole pools'\
' make 32,768' '49: "# bytes lost to arena alignment" is 32,769, but one pool'\
' an arena makes 32,768'
}

@test "bytes: at most one pool an arena is lost to alignment" {
	# three pools, one of them no longer unused
	broken '46s/15 /14 /; 46s/245,760/229,376/; 49s/32,768/49,152/' \
	    '49: "# bytes lost to arena alignment" is 49,152, but one pool an'\
' arena makes 32,768'
}

@test "bytes: the Total is the sum of its lines, and the arenas" {
	broken '50s/2,097,152/2,097,153/' \
	    '50: "Total" is 2,097,153, but the lines above it add up to'\
' 2,097,152' \
	    '50: "Total" is 2,097,153, but the arenas make 2,097,152'
}

@test "arena map: its nodes and its Total" {
	broken '53s/ 1$/ 2/' '57: "# bytes lost to arena map mid" is 262,144,'\
' but mid nodes of the root'"'"'s size make 524,288'
	broken '54s/ 1$/ 3/' '58: "# bytes lost to arena map bot" is 131,072,'\
' but bot nodes of a power of two make 98,304'
	broken '59s/655,360/655,361/' '59: "Total" is 655,361, but the lines'\
' above it add up to 655,360'
}

@test "arena map: nodes that take no bytes" {
	sed -n 1,27p cpython-3.13.0/env.txt >"$T/first"
	broken_from "$T/first" '22s/ 0$/ 5/' '26: "# bytes lost to arena map'\
' bot" is 0, but bot nodes of a power of two make 5' "$no_arenas"
}

@test "rows: size, classes in use, blocks and room" {
	# 2 pools of class 1 hold 2 * ((16384 - 48) / 32) = 1020 blocks
	broken '6s/269/270/; 45s/305,600/305,632/; 49s/32,768/32,736/' \
	    '6: class 1: in use and available is 1,021, but its pools have'\
' room for 1,020' \
	    '42: the number of pools in the arenas is 128, but used, unused'\
' and lost to alignment are 127' \
	    '49: "# bytes lost to arena alignment" is 32,736, but whole pools'\
' make 16,384'
	# of 63 blocks none is left for a pool
	broken '5s/ 63 /  0 /; 5s/ 958/1021/; 44s/1,499,824/1,498,816/
	    45s/305,600/306,608/' '5: class 0: "blocks in use" is 0, but each'\
' of its pools holds one at least; pools are 1'
	broken '5s/^    0/    9/' '5: class 9: the size is 16, but its number'\
' makes it 160'
	broken '36s/^   31    512/   32    528/' \
	    '36: class 32: the size is 528, but the small block threshold is'\
' 512' '36: class 32: in use and available is 31, but its pools have room for 30'\
	    '44: "# bytes in allocated blocks" is 1,499,824, but the class rows'\
' add up to 1,500,128; and 2 more'
}

@test "rows: out of order, and twice" {
	broken '5{h;d
	    };6{p;x
	    }' '6: out of order: the row of size 16: two'\
' writers?'
	broken '5p' '6: a second row of size 16: two writers?'
}

@test "free lists: count times size" {
	broken '62s/ 0 free/ 3 free/' \
	    '62: "PyDictKeysObject" is 0, but count times size is 96'
}

@test "free lists: tuples grow by a pointer an item, and none is left out" {
	broken '70s/72 bytes/73 bytes/' \
	    '70: "PyTupleObject" of 6 items is 73, but a pointer for each item'\
' more makes it 72' '71: "PyTupleObject" of 7 items is 80, but a pointer for'\
' each item more makes it 81'
	broken '70s/6-sized/47-sized/' '70: "PyTupleObject" of 47 items is 72,'\
' but a pointer for each item more makes it 400' '70: no free list for tuples'\
' of 21 items before this one' '71: no free list for tuples of 6 items'\
' before this one'
	broken 75d '75: no free list for tuples of 11 items before this one'
	# 32-bit pointers are half as long
	pmd 0 debian-3.11.2-i386/before.txt debian-3.11.2-i386/before.txt
}

@test "a dump without its head is none of free lists alone" {
	tail -n 15 $D >"$T/d"
	cat "$T/d" $D >"$T/s"
	echo "pymallocdiff: $T/s:1: an excerpt: it begins with tuples of 6 items" |
	    want_err
	pmd 2 -q -s 1:1 "$T/s"
	for n in 1 3; do
		sed 1,${n}d debian-3.15.2/mimalloc-after.txt >"$T/d"
		cat "$T/d" $D >"$T/s"
		echo "pymallocdiff: $T/s:1: an excerpt: no \"Small block\
 threshold\" line stands before it" | want_err
		pmd 2 -q -s 1:1 "$T/s"
	done
}

@test "mimalloc: allocated, with overhead, committed, reserved" {
	local m=debian-3.15.2/mimalloc-after.txt
	broken_from $m '5s/28498824/28498825/' '5: "Allocated Bytes" is'\
' 28,498,825, but with overhead they are 28,498,824'
	broken_from $m '6s/28498824/29771569/' '6: "Allocated Bytes w/ Overhead"'\
' is 29,771,569, but "Bytes Committed" is 29,771,568'
	broken_from $m '8s/29771568/32423441/' '8: "Bytes Committed" is'\
' 32,423,441, but "Bytes Reserved" is 32,423,440'
}

@test "a line that is missing, one that stands twice" {
	broken 39d '1: no "# arenas reclaimed" line in the dump that starts here'
	broken 3d '1: no "class   size   num pools" line in the dump that starts'\
' here'
	broken 52d '1: no "arena map counts" line in the dump that starts here'
	broken 50d '1: no "Total" line in the dump that starts here'
	broken 47p '48: a second "# bytes lost to pool headers" line in one'\
' dump: two writers?'
	broken 50p '51: a second "Total" line in one dump: two writers?'
	broken 61p '62: a second "PyDictObject" line in one dump: two writers?'
	broken 70p '71: a second "PyTupleObject[6]" line in one dump: two'\
' writers?'
	broken_from debian-3.15.2/mimalloc-after.txt 2d \
	    '1: no "Medium block threshold" line in the dump that starts here'
	broken_from debian-3.15.2/mimalloc-after.txt 3d \
	    '1: no "Large object max size" line in the dump that starts here'
}

@test "a line that does not finish" {
	broken '47s/ *=.*//' \
	    '1: no "# bytes lost to pool headers" line in the dump that starts'\
' here' '47: "# bytes lost to pool headers" does not finish'
	broken '84s/=.*//' '84: "0 free 20-sized PyTupleObjects * 184 bytes each'\
' " does not finish'
	broken '84s/Objects.*//' '84: "0 free 20-sized PyTuple" does not finish'
	broken '84s/184 bytes each =  /184 bytes each ==/' \
	    '84: "0 free 20-sized PyTupleObjects * 184 bytes each ==          ...'\
'" is torn: two writers?'
	broken '44s/1,499,824/14,99,824/' \
	    '1: no "# bytes in allocated blocks" line in the dump that starts'\
' here' '44: "# bytes in allocated blocks        =            14,99,824" does'\
' not finish'
}

@test "numbers beyond the bounds" {
	broken '84s/ 0 free/ 3000000000 free/; 84s/ 0$/ 552,000,000,000/' \
	    '84: "3000000000 free 20-sized PyTupleObjects * 184 bytes each =  '\
'..." is out of range'
	broken '84s/ 184 / 9223372036854775808 /' '84: "0 free 20-sized'\
' PyTupleObjects * 9223372036854775808 bytes e..." is out of range'
	broken '5s/63 /99999999999999999999 /' \
	    '5: "0     16           1              99999999999999999999      ...'\
'" is out of range' '42: the number of pools in the arenas is 128, but used,'\
' unused and lost to alignment are 127' '44: "# bytes in allocated blocks" is'\
' 1,499,824, but the class rows add up to 1,498,816; and 2 more'
}

@test "values of 16 digits are not checked, nor counts below zero" {
	{
		cat $D
		echo '                  -1 free PyMadeUpObjects * 24 bytes each' \
		    '=6,744,073,709,551,592'
		echo '       2147483647 free PyOtherObjects * 1099511627776' \
		    'bytes each =6,742,974,197,923,840'
	} >"$T/d"
	pmd 0 -q "$T/d" "$T/d"
}

@test "a log that is cut: where the dump starts, and what to select" {
	local f=derived/truncated-midline.txt
	echo "pymallocdiff: $f:391: the dump that starts at line 372 is cut\
 short: no Total line; -s 1:-2 takes the one before it" >"$T/cut"
	"$PMD" -q $f 2>"$T/err" || [ $? -eq 2 ]
	grep 'cut short' "$T/err" | sed 's/:[0-9]*: the dump/:N: the dump/
	    s/line [0-9]* is/line N is/' >"$T/got"
	echo "pymallocdiff: $f:N: the dump that starts at line N is cut short:\
 no Total line; -s 1:-2 takes the one before it" | cmp - "$T/got"
	pmd 1 -q -s 2:-2 $f
	head -n 40 $D >"$T/cut"
	cat $D "$T/cut" >"$T/two"
	echo "pymallocdiff: $T/two:124: the dump that starts at line 85 is cut\
 short: no second Total line" >"$T/want"
	echo "pymallocdiff: $T/two:124: the dump that starts at line 85 is cut\
 short: no Total line; -s -2:-1 takes the one before it" | want_err
	pmd 2 -q "$T/two" $D
}

@test "two headers in a row" {
	{ head -n 1 $D; cat $D; } >"$T/d"
	echo "pymallocdiff: $T/d:1: the dump that starts at line 1 is cut short:\
 no Total line before the header in line 2: two writers?" | want_err
	pmd 2 -q -s 1:1 "$T/d"
}

@test "the diff of what is there is printed all the same" {
	sed 44d cpython-3.13.0/after.txt >"$T/d"
	echo "pymallocdiff: $T/d:1: no \"# bytes in allocated blocks\" line in\
 the dump that starts here" | want_err
	"$PMD" $D cpython-3.13.0/after.txt |
	    sed 's/^\(# bytes in allocated blocks.*\) [+0-9,]*$/\1/' >"$T/full" \
	    || true
	awk '/^# bytes in allocated/ { printf "%-35s= %20s\n",
	    "# bytes in allocated blocks", "-1,499,824"; next } { print }' \
	    "$T/full" | want_out
	pmd 2 $D "$T/d"
}

@test "an excerpt is diffed as far as it goes" {
	local part
	for part in 'grep ^#' 'sed -n 3,36p' 'grep -v ^Small'; do
		$part $D >"$T/b"
		$part cpython-3.13.0/after.txt >"$T/a"
		for f in b a; do
			echo "pymallocdiff: $T/$f:1: an excerpt: no \"Small block\
 threshold\" line stands before it"
		done | want_err
		if [ "$part" = 'grep -v ^Small' ]; then
			sed 's/:1: an/:2: an/' "$T/want.err" >"$T/e"
			want_err "$T/e"
		fi
		pmd 2 -q "$T/b" "$T/a"
		"$PMD" -F -f csv -a "$T/b" "$T/a" 2>/dev/null >"$T/got" ||
		    [ $? -eq 1 ]
		"$PMD" -f csv -a $D cpython-3.13.0/after.txt >"$T/all" || true
		# its rows are those of the whole dumps, where it has them
		sed 1d "$T/got" | cut -d, -f3-8 | sort >"$T/rows"
		[ -s "$T/rows" ]
		cut -d, -f3-8 "$T/all" | sort | comm -13 - "$T/rows" |
		    cmp - /dev/null
	done
}

@test "a paste with ... rows" {
	sed '10,20s/.*/  .../; 11,20d' $D >"$T/d"
	"$PMD" -q $D "$T/d" 2>"$T/err" || [ $? -eq 2 ]
	grep -q 'but the class rows add up to' "$T/err"
	! "$PMD" -q -F $D "$T/d" 2>/dev/null
}

@test "-e reports damage, skips it and goes on" {
	{ cat $D; sed 44d $D; cat cpython-3.13.0/after.txt; } >"$T/s"
	echo "pymallocdiff: $T/s:85: no \"# bytes in allocated blocks\" line in\
 the dump that starts here" | want_err
	{
		printf -- '--- dump 1\n+++ dump 3\n'
		"$PMD" $D cpython-3.13.0/after.txt || true
	} | want_out
	pmd 2 -e "$T/s"
	echo "pymallocdiff: $T/s: two whole dumps are needed, it holds 1 dump" \
	    >"$T/want"
	{ cat $D; sed 44d $D; } >"$T/s"
	{
		echo "pymallocdiff: $T/s:85: no \"# bytes in allocated blocks\"\
 line in the dump that starts here"
		cat "$T/want"
	} | want_err
	pmd 2 -e "$T/s"
}

@test "-F: warnings, and JSON says what was damaged" {
	sed 44d $D >"$T/d"
	echo "pymallocdiff: $T/d:1: warning: no \"# bytes in allocated blocks\"\
 line in the dump that starts here" | want_err
	pmd 1 -q -F $D "$T/d"
	"$PMD" -F -f json $D "$T/d" 2>/dev/null | grep -q \
	    '"damaged":\[false,true\],"equal":false'
}

@test "torn and cut files never give status 0 or 1" {
	local f s
	for f in */forks.txt */envforks.txt source-3.13.5t/ftthreads.txt \
	    derived/truncated-*.txt; do
		for e in '' -e; do
			s=0
			"$PMD" -q $e "$f" >"$T/out" 2>/dev/null || s=$?
			[ $s -eq 2 ] || { echo "$f $e: $s"; false; }
			[ ! -s "$T/out" ]
		done
	done
}

@test "no whole dump is called damaged" {
	local f s
	for f in */*.txt; do
		case $f in
		derived/*|pairs/*|*forks.txt|source-3.13.5t/*threads.txt| \
		    */extreme.txt|whole-dumps.txt) continue ;;
		esac
		"$PMD" -e -q "$f" >"$T/out" 2>"$T/err" || true
		grep -v -e warning: -e 'dumps are needed' -e 'no dump in it' \
		    "$T/err" && { echo "$f"; false; }
		:
	done
}

# A write that was done twice, or two writers: the tail of one line behind the
# head of another makes a label that nobody knows, in the very layout.
@test "two known labels run together are no unknown one" {
	local spliced f=cpython-3.11.7/after.txt
	for spliced in '# arenas hiclaimed' '# bytes lost to pool heantization' \
	    '# bytes in avllocated blocks'; do
		{
			sed 47q $D
			printf '%-35s=%21s\n' "$spliced" 5
			sed 1,47d $D
		} >"$T/d"
		echo "pymallocdiff: $T/d:48: \"$(sed -n 48p "$T/d" |
		    cut -c1-57)\" is torn: two writers?" | want_err
		pmd 2 -q $D "$T/d"
	done
	# what may be a label of CPython's next version
	for spliced in '# arenas abandoned' '# bytes in blocks' '# arenas current' \
	    '# bytes in huge blocks'; do
		{
			sed 47q $D
			printf '%-35s=%21s\n' "$spliced" 5
			sed 1,47d $D
		} >"$T/d"
		"$PMD" -q $D "$T/d" 2>"$T/err" || [ $? -eq 1 ]
		grep -q 'warning: another build' "$T/err"
	done
	# two values in a line, and the front of a pair torn off
	{ head -c 2979 $f; tail -c +2538 $f; } >"$T/d"
	"$PMD" -q $f "$T/d" 2>"$T/err" || [ $? -eq 2 ]
	grep -q 'is torn: two writers?' "$T/err"
	{ sed 47q $D; printf '%-35s=%21s\n' '9 unused povailable blocks' 5
	  sed 1,47d $D; } >"$T/d"
	pmd 0 $D "$T/d"
}

@test "free-list lines with numbers that CPython does not print" {
	sed '62s/ 0 free/ 01 free/' $D >"$T/d"
	"$PMD" -q $D "$T/d" 2>"$T/err" || [ $? -eq 2 ]
	grep -q ':62: "01 free PyDictKeysObjects \* 32 bytes each = .*" does not finish$' \
	    "$T/err"
	sed 's/ free 1-sized/ free 0-sized/' $D >"$T/d"
	"$PMD" -q $D "$T/d" 2>"$T/err" || [ $? -eq 2 ]
	grep -q '0-sized PyTupleObjects .*" is out of range$' "$T/err"
}
