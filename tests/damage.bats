# A dump that contradicts itself is never passed off as whole.
#
# The base is 3.13.0's before.txt; what each edit breaks was worked out by
# hand from its numbers.
load lib

D=cpython-3.13.0/before.txt

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

# trouble ARGUMENT...: status 2, and the messages are in $T/err.
trouble() {
	local s=0
	"${RUN[@]}" "$PMD" -q "$@" >"$T/out" 2>"$T/err" || s=$?
	[ $s -eq 2 ] && [ -s "$T/err" ] && [ ! -s "$T/out" ] || {
		echo "status $s: $*"
		cat "$T/err"
		return 1
	}
}

@test "header: the threshold is a multiple of the number of classes" {
	sed -n 1,27p cpython-3.13.0/env.txt >"$T/first"
	broken_from "$T/first" '1s/512/500/' "1: the small block threshold is\
 500, but size classes of one width make 480"
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
	    '10: arena size 1,048,577 is not a power of two'
	broken_from "$T/first" '14s/16384/16387/' \
	    '14: pool size 16,387 is not a power of two'
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
	broken '53s/ 1$/ 2/; 54s/ 1$/ 2/' '57: "# bytes lost to arena map'\
' mid" is 262,144, but mid nodes of the root'"'"'s size make 524,288'
	broken '54s/ 1$/ 3/' '58: "# bytes lost to arena map bot" is 131,072,'\
' but bot nodes of the root'"'"'s size, half or a quarter make 196,608'
	broken '59s/655,360/655,361/' '59: "Total" is 655,361, but the lines'\
' above it add up to 655,360'
}

@test "arena map: nodes that take no bytes" {
	sed -n 1,27p cpython-3.13.0/env.txt >"$T/first"
	broken_from "$T/first" '22s/ 0$/ 5/' '22: "# arena map bot nodes" is'\
' 5, but two for each arena ever allocated make 0' '26: "# bytes lost to'\
' arena map bot" is 0, but bot nodes of the root'"'"'s size, half or a'\
' quarter make 327,680'
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
	    45s/305,600/306,608/' '5: class 0: "blocks in use" is 0, but one in'\
' each of its pools makes 1'
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

@test "free lists: tuples grow by a pointer an item" {
	broken '70s/72 bytes/73 bytes/' '70: tuples of 6 items take 73 bytes'\
' each, but one pointer per item makes it 72' '71: tuples of 7 items take'\
' 80 bytes each, but one pointer per item makes it 81'
	# 20 items take 184 bytes, 30 take 264
	broken '70s/6-sized/30-sized/' '70: tuples of 30 items take 72 bytes'\
' each, but one pointer per item makes it 264' '71: no free list for'\
' tuples of 6 items before this one'
	# the first step tells the size of a pointer: 4 or 8
	broken '66s/40 bytes/36 bytes/' '67: tuples of 3 items take 48 bytes'\
' each, but one pointer per item makes it 40' '68: tuples of 4 items take'\
' 56 bytes each, but one pointer per item makes it 52' '69: tuples of 5'\
' items take 64 bytes each, but one pointer per item makes it 60; and 15'\
' more'
	# 32-bit pointers are half as long
	pmd 0 debian-3.11.2-i386/before.txt debian-3.11.2-i386/before.txt
}

@test "free lists: the sizes of tuples run from 1 without a gap" {
	local n
	broken 75d '75: no free list for tuples of 11 items before this one'
	broken 65d '65: no free list for tuples of 1 items before this one'
	broken '66s/2-sized/32-sized/; 66s/ 40 / 280 /' \
	    '67: no free list for tuples of 2 items before this one'
	# each after the last may be missing, and all
	for n in 83 64; do
		sed ${n}q $D >"$T/b"
		pmd 0 -q "$T/b" "$T/b"
	done
	# of free lists alone any may be missing
	sed '/ [2-5]-sized/d' pyodide-0.26.4/before.txt >"$T/b"
	pmd 0 -q "$T/b" "$T/b"
}

@test "free lists: a tuple's type that is misspelt" {
	local n
	echo "pymallocdiff: cases/misspelt-tuple.txt:67: no free list for"\
" tuples of 3 items before this one" >"$T/want"
	trouble cpython-3.11.7/before.txt cases/misspelt-tuple.txt
	# the first, one in the middle, and the last, behind which no gap is
	for n in 65 70 84; do
		sed "${n}s/Objects/Obects/" $D >"$T/d"
		trouble $D "$T/d"
		sed "${n}s/PyTuple/PyTup1e/; s/\$/\r/" $D >"$T/d"
		trouble $D "$T/d"
	done
}

@test "free lists that are cut short, with the newline too" {
	local cut
	echo 'pymallocdiff: cases/cut-with-newline.txt:77: "2 free 13-sized P"'\
' does not finish' | want_err
	pmd 2 -q cpython-3.11.7/before.txt cases/cut-with-newline.txt
	for cut in '3 f' '3 fr' '3 free' '3 free ' '  0 free 9' '  0 free 9-' \
	    '0 free 9-sized' '0 free 9-sized Py' '1 free PyF' '1 free PyFs *' \
	    '1 free PyFs * ' '1 free PyFs * 2' '1 free PyFs * 2 bytes each' \
	    '1 free PyFs * 2 bytes each =' '12 free Foo' '12 free Foos *'; do
		sed 72q $D >"$T/d"
		echo "$cut" >>"$T/d"
		trouble $D "$T/d"
		grep -q "^pymallocdiff: $T/d:73: \"$(printf %s "$cut" |
		    sed 's/^ *//; s/[*]/[*]/; s/ *$//').*\" does not finish" \
		    "$T/err"
		# the same of free lists alone, and in front of the next dump
		sed '1,60d' "$T/d" >"$T/alone"
		trouble "$T/alone" "$T/alone"
		cat $D >>"$T/d"
		trouble -s 1:1 "$T/d"
	done
	# a number that no CPython prints, and no type
	for n in ' 020-sized Py' ' 20-sized 3y'; do
		sed "s/ 20-sized Py/$n/" $D >"$T/d"
		trouble $D "$T/d"
	done
	# directly behind them: a log line may begin so
	{ cat $D; echo text; echo '3 free seats'; } >"$T/d"
	pmd 0 $D "$T/d"
	{ sed 59q $D; echo '3 free seats'; sed 1,59d $D; } >"$T/d"
	pmd 0 $D "$T/d"
	{ cat $D; echo; echo '3 free seats left'; echo '3 x'; echo 3; } \
	    >"$T/d"
	pmd 0 $D "$T/d"
}

@test "a hole in a log" {
	local f
	for f in cases/hole*.txt; do
		trouble $D $f
		trouble cpython-3.11.7/before.txt $f
		sed 's/^/app | /; s/$/\r/' $f >"$T/d"
		trouble $D "$T/d"
	done
	# one dump's table and summary, another's summary and free lists
	"$PMD" -q $D cases/hole.txt 2>"$T/err" || true
	grep -q ':60: "# arenas allocated total" comes after the dump'"'"'s' \
	    "$T/err"
	# behind it the log is whole
	cat cases/hole-in-summary.txt $D cpython-3.13.0/after.txt >"$T/d"
	trouble "$T/d"
	grep -q -- '; -s 2:3 leaves it out$' "$T/err"
	pmd 1 -q -s 2:3 "$T/d"
}

@test "a log that was rotated in the middle of free lists" {
	local f=cases/rotated.log
	echo "pymallocdiff: $f:1: an excerpt: it has no \"Small block threshold\""\
" line; -s 2:3 leaves it out" | want_err
	pmd 2 -q -s 1:-1 $f
	pmd 1 -q -s 2:3 $f
	# 64 KiB of log do not make a dump of it
	awk '/^Small/ && !n++ { for (i = 0; i < 3000; i++)
	    print "request", i, "was served" } { print }' $f >"$T/d"
	[ "$(wc -c <"$T/d")" -gt 70000 ]
	echo "pymallocdiff: $T/d:1: an excerpt: it has no \"Small block threshold\""\
" line; -s 2:3 leaves it out" | want_err
	pmd 2 -q -s 1:-1 "$T/d"
	# nor a last line that the header has cut off
	{ sed -n 61,63p $D; printf '   5 free Py'; cat $D $D; } >"$T/d"
	trouble -s 1:2 "$T/d"
	grep -q ':4: "5 free Py" does not finish' "$T/err" ||
	    grep -q ':1: an excerpt' "$T/err"
}

@test "free lists that come again are dumps, whatever follows them" {
	local gap
	sed 1,60d $D >"$T/lists"
	for gap in 0 3000; do
		{
			cat "$T/lists"
			seq $gap | sed 's/.*/request & of some words was served/'
			cat "$T/lists"
			seq $gap | sed 's/.*/request & of some words was served/'
			cat $D
		} >"$T/d"
		pmd 0 -q -s 1:2 "$T/d"
		pmd 0 -q -s 2:2 "$T/d"
	done
	# and without a header anywhere one block is a dump
	pmd 0 "$T/lists" "$T/lists"
}

@test "a dump without its head is none of free lists alone" {
	local n
	tail -n 15 $D >"$T/d"
	cat "$T/d" $D >"$T/s"
	echo "pymallocdiff: $T/s:1: an excerpt: it has no \"Small block threshold\""\
" line" | want_err
	pmd 2 -q -s 1:1 "$T/s"
	for n in 1 3; do
		sed 1,${n}d debian-3.15.2/mimalloc-after.txt >"$T/d"
		cat "$T/d" $D >"$T/s"
		echo "pymallocdiff: $T/s:1: an excerpt: it has no \"Small block\
 threshold\" line" | want_err
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
'" does not finish'
	broken '44s/1,499,824/14,99,824/' \
	    '1: no "# bytes in allocated blocks" line in the dump that starts'\
' here' '44: "# bytes in allocated blocks        =            14,99,824" does'\
' not finish'
}

# CPython prints 16 digits at most, and values modulo 10^16. A message quotes
# 60 bytes of the line.
@test "numbers of 16 digits, and of 15" {
	local big=9999999999999999 value=9,999,999,999,999,999 edit line
	for edit in "84s/ 0 free/ $big free/" "84s/ 184 / $big /" \
	    "84s/ *0\$/ $value/" "5s/63 /$big /" "49s/ *32,768/$value/" \
	    "1s/512/$big/" "1s/32/$big/" "42s/2 arenas/$big arenas/" \
	    "42s/1048576/$big/" "46s/245,760/$value/" "59s/655,360/$value/" \
	    '63s/.*/-1 free PyFloatObjects * 24 bytes each =6,744,073,709,551,592/' \
	    '63s/ 0 free/-1 free/'; do
		sed "$edit" $D >"$T/d"
		trouble $D "$T/d"
		line=$(sed -n "${edit%%s*}s/^ *//p" "$T/d")
		[ ${#line} -le 60 ] || line=${line:0:60}...
		grep -q -F "$T/d:${edit%%s*}: \"$line\" is out of range" \
		    "$T/err" || { cat "$T/err"; false; }
	done
	# 15 digits are read as they are
	sed '84s/ 0 free/ 3000000000 free/; 84s/ *0$/ 552,000,000,000/' $D \
	    >"$T/d"
	pmd 0 -q "$T/d" "$T/d"
	sed '84s/ 0 free/ 999999999999999 free/; 84s/184 bytes/1 bytes/
	    84s/ *0$/  999,999,999,999,999/; 65,83d' $D |
	    sed 's/20-sized/1-sized/' >"$T/d"
	pmd 0 -q "$T/d" "$T/d"
}

# Every class of 8 or 16 bytes that CPython ever had is far below.
@test "classes beyond 1,024 bytes, and of no multiple of 8" {
	local row='           1               1             0'
	sed 's/^   31    512.*/   63   1024'"$row"'/' $D >"$T/d"
	trouble $D "$T/d"
	[ "$(grep -c 'out of range' "$T/err")" -eq 0 ]
	for size in 1032 12 1025 4 0 20; do
		sed "s/^   31    512.*/   31   $size$row/" $D >"$T/d"
		trouble $D "$T/d"
		grep -q ":36: \"31   $size.*\" is out of range" "$T/err"
	done
}

@test "a log that is cut: where the dump starts, and what to select" {
	local f=derived/truncated-midline.txt
	echo "pymallocdiff: $f:398: \"19    320           1               2"\
"     \" does not finish" >"$T/want"
	echo "pymallocdiff: $f:398: the dump that starts at line 375 is cut"\
" short: no Total line; -s 2:7 leaves it out" >>"$T/want"
	want_err "$T/want"
	pmd 2 -q $f
	pmd 1 -q -s 2:7 $f
	head -n 40 $D >"$T/cut"
	cat $D "$T/cut" >"$T/two"
	echo "pymallocdiff: $T/two:124: the dump that starts at line 85 is cut\
 short: no Total line; -s 1:1 leaves it out" | want_err
	pmd 2 -q "$T/two" $D
	# of this log only one dump is whole
	echo "pymallocdiff: $T/two:124: the dump that starts at line 85 is cut\
 short: no Total line" | want_err
	pmd 2 -q "$T/two"
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
			echo "pymallocdiff: $T/$f:1: an excerpt: it has no \"Small block\
 threshold\" line"
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
	trouble $D "$T/d"
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
	echo "pymallocdiff: $T/s: needs two dumps, found 1" \
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
	    '"damaged":\[false,true\],.*"equal":false'
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
		cases/*|derived/*|pairs/*|*forks.txt|source-3.13.5t/*threads.txt| \
		    */extreme.txt|whole-dumps.txt) continue ;;
		esac
		[ -s "$f" ] || continue
		"$PMD" -e -q "$f" >"$T/out" 2>"$T/err" || true
		grep -v -e warning: -e 'needs two dumps' -e 'no two dumps of' \
		    -e '^pymallocdiff: source-3.13.5t/malloc.txt: no dump' \
		    "$T/err" && { echo "$f"; false; }
		:
	done
}

@test "free-list lines with numbers that CPython does not print" {
	sed '62s/ 0 free/ 01 free/' $D >"$T/d"
	trouble $D "$T/d"
	grep -q ':62: "01 free PyDictKeysObjects \* 32 bytes each = .*" does not finish$' \
	    "$T/err"
	sed 's/ free 1-sized/ free 0-sized/' $D >"$T/d"
	trouble $D "$T/d"
	grep -q '0-sized PyTupleObjects .*" is out of range$' "$T/err"
}
