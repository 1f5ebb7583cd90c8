# Thresholds and limits: exact at the boundary, the same in every format.
load lib

A=pairs/documented-before.txt
B=pairs/documented-after.txt

OLD=cpython-3.9.18/before.txt		# no arena map
NEW=cpython-3.11.7/before.txt
LISTS=cpython-3.11.7/malloc.txt		# free lists alone
MI=cpython-3.13.0/mimalloc-before.txt
FREE=source-3.13.5t/mimalloc-before.txt	# free-threaded: five zeros
LEAK=soak/leak.log			# three logs of 17 dumps
CACHE=soak/cache.log
STEADY=soak/native.log

# gate STATUS ARGUMENT...: run it with -q. All messages but warnings are those
# on standard input, in which FILE is the last argument.
gate() {
	local want=$1 got=0
	shift
	sed "s|^pymallocdiff: FILE:|pymallocdiff: ${!#}:|" >"$T/want.err"
	"${RUN[@]}" "$PMD" -q "$@" >"$T/out" 2>"$T/all" || got=$?
	grep -v ': warning: ' "$T/all" >"$T/err" || true
	verify "$want" "$got" "pymallocdiff -q $*"
}

# exceeded FILE RULE KEY FROM TO CHANGE: the message.
exceeded() {
	echo "pymallocdiff: $1: limit \"$2\" is exceeded: $3 went from $4 to $5\
 ($6)"
}

# blind FILE RULE WHY: the message.
blind() {
	echo "pymallocdiff: $1: limit \"$2\" cannot be judged: $3"
}

# no_row RULE: the message.
no_row() {
	echo "pymallocdiff: FILE: limit \"$1\" matches no row;" \
	    "-a -f csv lists them all"
}

# shown ARGUMENT...: section, name and metric of the rows that are shown.
shown() {
	"${RUN[@]}" "$PMD" -f csv "$@" | sed 1d | cut -d, -f3-5
}

@test "-t of bytes: at least so many" {
	# the change of blocks in use of class 32 is 52 * 32 = 1664 bytes
	shown -t 1664 $A $B | grep -q '^class,32,blocks_in_use$'
	shown -t 1665 $A $B >"$T/shown"
	lacks '^class,32,blocks_in_use$' "$T/shown"
	# rows that stand for no bytes have no chance
	sed '1s/512, in 32/1024, in 64/' $A >"$T/b"
	[ -z "$(shown -t 0 $A "$T/b" 2>/dev/null)" ]
}

@test "-t of percent: exact, before rounding" {
	# 3360 -> 3412 blocks are 52 of 3360, 1.547 %
	shown -t 1% $A $B | grep -q '^class,32,blocks_in_use$'
	shown -t 2% $A $B >"$T/shown"
	lacks '^class,32,blocks_in_use$' "$T/shown"
	printf '            %d free PyDictObjects * 1 bytes each = %d\n' \
	    200 200 210 210 >"$T/five"
	shown -t 5% "$T/five" | grep -q count
	printf '            %d free PyDictObjects * 1 bytes each = %d\n' \
	    201 201 211 211 >"$T/less"
	pmd 0 -t 5% "$T/less"
}

@test "a row must reach all thresholds" {
	shown -t 1K -t 1% $A $B >"$T/both"
	shown -t 1K $A $B | sort >"$T/bytes"
	shown -t 1% $A $B | sort | comm -12 - "$T/bytes" >"$T/want"
	[ -s "$T/want" ]
	sort "$T/both" | cmp - "$T/want"
	pmd 0 -t 1K -t 1000% $A $B
}

@test "new and gone rows pass any threshold, same rows pass none" {
	# a free list that is new, and nothing else
	{ cat $A; echo "          99 free PyMadeUpObjects * 10 bytes each" \
	    "=                  990"; } >"$T/new"
	shown -t 1G $A "$T/new" >"$T/got"
	for m in count bytes unit_bytes; do
		echo "free_list,PyMadeUpObject,$m"
	done | cmp - "$T/got"
	pmd 0 -a -t 0 $A $A
}

@test "every format shows the same rows" {
	local t
	for t in 1K 4K 5% 20% 1; do
		shown -t $t $A $B >"$T/want"
		"$PMD" -t $t -f json $A $B >"$T/json" || true
		awk -f "$BATS_TEST_DIRNAME/json2csv.awk" "$T/json" | sed 1d |
		    cut -d, -f3-5 | cmp - "$T/want"
		"$PMD" -t $t $A $B >"$T/text" || true
		grep -c -E '^ +[0-9]+ +[0-9]+ ' "$T/text" >"$T/n" || true
		awk -F, '$1 == "class" && !seen[$2]++ { n++ }
		    END { print n + 0 }' "$T/want" | cmp - "$T/n"
		grep -c ' free ' "$T/text" >"$T/n" || true
		awk -F, '$1 == "free_list" && !seen[$2]++ { n++ }
		    END { print n + 0 }' "$T/want" | cmp - "$T/n"
	done
}

@test "the status counts after -t, and JSON says equal" {
	pmd 0 -t 1G $A $B
	"$PMD" -t 1G -f json $A $B >"$T/json"
	head -n 1 "$T/json" | grep -q '"equal":true,"counts":{"changed":[1-9]'
	echo ']}' >"$T/end"
	tail -n 1 "$T/json" | cmp - "$T/end"
}

@test "-l: strictly more than the limit" {
	# allocated blocks grow from 3,366,656 by 19,904 bytes
	pmd 0 -q -l bytes_in_allocated_blocks:+19904 $A $B
	echo "pymallocdiff: $B: limit \"bytes_in_allocated_blocks:+19903\" is\
 exceeded: summary.bytes_in_allocated_blocks.value went from 3,366,656 to\
 3,386,560 (+19,904)" | want_err
	pmd 1 -q -l bytes_in_allocated_blocks:+19903 $A $B
	pmd 0 -q -l bytes_in_allocated_blocks:+1% $A $B
	pmd 0 -q -l bytes_in_allocated_blocks:-0 $A $B
	pmd 0 -q -l bytes_in_allocated_blocks:+20K $A $B
	pmd 1 -q -l bytes_in_allocated_blocks:+19K $A $B 2>/dev/null || {
		grep -q exceeded "$T/err"
	}
}

@test "-l: percent at the very boundary, growth from nothing" {
	printf '            %d free PyDictObjects * 1 bytes each = %d\n' \
	    200 200 210 210 >"$T/five"
	pmd 0 -q -l free_list.PyDictObject.count:+5% "$T/five"
	echo "pymallocdiff: $T/five: limit\
 \"free_list.PyDictObject.count:4%\" is exceeded:\
 free_list.PyDictObject.count went from 200 to 210 (+10)" | want_err
	pmd 1 -q -l free_list.PyDictObject.count:4% "$T/five"
	printf '            %d free PyDictObjects * 1 bytes each = %d\n' \
	    0 0 1 1 >"$T/zero"
	echo "pymallocdiff: $T/zero: limit\
 \"free_list.PyDictObject.count:+1000000%\" is exceeded:\
 free_list.PyDictObject.count went from 0 to 1 (+1)" | want_err
	pmd 1 -q -l free_list.PyDictObject.count:+1000000% "$T/zero"
}

@test "-l: + limits growth, - shrinkage, none either" {
	local down=bytes_in_available_blocks
	pmd 0 -q -l $down:+0 $A $B
	exits 1 "$PMD" -q -l $down:-0 $A $B 2>"$T/err"
	grep -q 'available_blocks.value went from 1,679,104 to 1,675,296' \
	    "$T/err"
	exits 1 "$PMD" -q -l $down:3807 $A $B 2>"$T/err"
	grep -q exceeded "$T/err"
	pmd 0 -q -l $down:3808 $A $B
}

@test "-l: keys, bare names and globs" {
	pmd 0 -q -l arenas:0 -l unused_pools:4 -l unused_pools:-16K $A $B
	exits 1 "$PMD" -q -l unused_pools:3 $A $B 2>"$T/err"
	grep -q 'summary.unused_pools.count went from 43 to 39 (-4)' "$T/err"
	exits 1 "$PMD" -q -l 'class.*.pools:1' $A $B 2>"$T/err"
	echo "pymallocdiff: $B: limit \"class.*.pools:1\" is exceeded:\
 class.96.pools went from 40 to 42 (+2)" | cmp - "$T/err"
	# an exact key: the brackets are no pattern
	pmd 0 -q -l 'free_list.PyTupleObject[5].count:1' $A $B
	exits 1 "$PMD" -q -l 'free_list.PyTupleObject[5].count:0' $A $B 2>"$T/err"
	grep -q -F 'free_list.PyTupleObject[5].count went from 11 to 12' \
	    "$T/err"
}

@test "-l: a rule that matches no row is trouble" {
	local rule
	for rule in bytes_in_alocated_blocks:+5% class.7.pools:1 arena:+1 \
	    live.value:1 level.live:1 level.live.bytes:1 summary.live.value:1 \
	    32:1 arenas_bytes:1 'config.*.pools:9G' 'class.?.pools:9G' \
	    PyDictObject:9G free_list.PyTupleObject.count:9G; do
		no_row "$rule" | gate 2 -l "$rule" $A $B
		no_row "$rule" | gate 2 -l arenas:0 -l "$rule" $A $B
	done
	{ no_row arena:+1; no_row nothing:1; } |
	    gate 2 -l arena:+1 -l arenas:0 -l nothing:1 $A $B
}

@test "-l with -e: a row in one diff is enough, in none is trouble" {
	local new='# bytes lost to the new thing      =                    0'
	cat $A $B >"$T/s"
	sed "s/^# bytes lost to quantization.*/&\n$new/" $B >>"$T/s"
	no_row bytes_lost_to_a_thing:1 |
	    gate 2 -e -l bytes_lost_to_a_thing:1 "$T/s"
	gate 0 -e -l bytes_lost_to_the_new_thing:1 "$T/s" </dev/null
	# the report is the same, and the message comes last
	"$PMD" -e $T/s >"$T/whole" 2>/dev/null || true
	"$PMD" -e -l nothing:1 "$T/s" 2>"$T/err" | cmp - "$T/whole"
	tail -n 1 "$T/err" | cmp - <(no_row nothing:1 |
	    sed "s|FILE|$T/s|")
}

@test "-l: a row that before lacks grows from 0" {
	exceeded $NEW arena_map_total:+655359 summary.arena_map_total.value 0 \
	    655,360 +655,360 |
	    gate 1 -l arena_map_total:+655359 $OLD $NEW
	gate 0 -l arena_map_total:+655360 $OLD $NEW </dev/null
	gate 0 -l arena_map_total:-0 $OLD $NEW </dev/null
	# from 0 any growth is more than any percentage
	exceeded $NEW arena_map_total:1000% summary.arena_map_total.value 0 \
	    655,360 +655,360 | gate 1 -l arena_map_total:1000% $OLD $NEW
}

@test "-l: a row that after lacks cannot be judged, whatever the sign" {
	local rule
	for rule in arena_map_total:+9G arena_map_total:-9G \
	    arena_map_total:9999% arena_map_total:+0; do
		blind $OLD $rule \
		    "the dump after has no summary.arena_map_total.value" |
		    gate 2 -l $rule $NEW $OLD
	done
	# nor can one row of a pattern; other limits are judged all the same
	{
		exceeded $OLD 'summary.arenas*.count:0' summary.arenas.count \
		    4 6 +2
		blind $OLD 'summary.arena_map_t*:9G' \
		    "the dump after has no summary.arena_map_total.value"
	} | gate 2 -l 'summary.arenas*.count:0' -l 'summary.arena_map_t*:9G' \
	    $NEW $OLD
}

@test "-l: PYTHONMALLOC=malloc hides what a gate asks for" {
	local why=', only free lists: PYTHONMALLOC=malloc?'
	blind $LISTS live:+5% "the dump after has no level.live.value$why" |
	    gate 2 -l live:+5% $NEW $LISTS
	blind $LISTS class.32.pools:+1 \
	    "the dump after has no class.32.pools$why" |
	    gate 2 -l class.32.pools:+1 $NEW $LISTS
	exceeded $NEW live:+5% level.live.value 0 3,490,944 +3,490,944 |
	    gate 1 -l live:+5% $LISTS $NEW
	gate 0 -l free_lists:+1M $NEW $LISTS </dev/null
	no_row live:+5% | gate 2 -l live:+5% $LISTS $LISTS
}

@test "-l: levels compare pymalloc with mimalloc, arenas do not" {
	# 2,389,272 bytes allocated there, 3,490,944 in pymalloc's blocks here
	gate 0 -l live:+0 $NEW $MI </dev/null
	exceeded $MI live:1M level.live.value 3,490,944 2,389,272 -1,101,672 |
	    gate 1 -l live:1M $NEW $MI
	exceeded $NEW live:+46% level.live.value 2,389,272 3,490,944 \
	    +1,101,672 | gate 1 -l live:+46% $MI $NEW
	gate 0 -l live:+47% $MI $NEW </dev/null
	blind $MI arenas:+1 \
	    "the dump after has no summary.arenas.count: mimalloc printed it" |
	    gate 2 -l arenas:+1 $NEW $MI
	blind $MI available:+1 \
	    "the dump after has no level.available.value: mimalloc printed it" |
	    gate 2 -l available:+1 $NEW $MI
	exceeded $NEW arenas:+1 summary.arenas.count 0 4 +4 |
	    gate 1 -l arenas:+1 $MI $NEW
}

@test "-l: what a free-threaded build does not measure cannot be judged" {
	local no=" reports no memory use (free-threaded Python)"
	local name side why
	for side in "$NEW $FREE" "$MI $FREE" "$FREE $NEW" "$FREE $MI" \
	    "$FREE source-3.13.5t/mimalloc-after.txt"; do
		why="the dump after$no"
		case ${side#* } in
		$NEW|$MI)	why="the dump before$no" ;;
		esac
		for name in live held available needed; do
			blind ${side#* } $name:9G "$why" |
			    gate 2 -l $name:9G $side
		done
		gate 0 -l free_lists:9G $side </dev/null
	done
	why="the dump after$no"
	blind $FREE bytes_committed:9G "$why" |
	    gate 2 -l bytes_committed:9G $MI $FREE
	blind $FREE allocated_bytes:+1 "$why" |
	    gate 2 -l allocated_bytes:+1 $FREE $FREE
}

@test "-l: a class that neither table prints has 0, for an exact key" {
	local b=cpython-3.12.1/before.txt n
	lacks '^ *[0-9]* *368 ' $b
	gate 0 -l class.368.pools:0 -l class.368.blocks_in_use:0% \
	    -l class.368.avail_blocks:-0 $b $b </dev/null
	"$PMD" -f json -l class.368.pools:0 $b $b | sed -n 2p | cmp - \
	    <(echo '{"rule":"class.368.pools:0","key":"class.368.pools","before":0,"after":0,"delta":0,"exceeded":false}')
	# its classes are 16 bytes apart, up to 512; on i386 8 bytes
	for n in 0 8 360 367 376 528; do
		no_row class.$n.pools:0 | gate 2 -l class.$n.pools:0 $b $b
	done
	gate 0 -l class.504.pools:0 debian-3.11.2-i386/before.txt \
	    debian-3.11.2-i386/before.txt </dev/null
	# a pattern matches printed rows only
	no_row 'class.36?.pools:0' | gate 2 -l 'class.36?.pools:0' $b $b
	no_row class.368.*:0 | gate 2 -l 'class.368.*:0' $b $b
	# and a dump that has no table has no class
	no_row class.368.pools:0 | gate 2 -l class.368.pools:0 $LISTS $LISTS
	# one dump has no table: as with any other row
	blind $MI class.368.pools:+9 \
	    "the dump after has no class.368.pools: mimalloc printed it" |
	    gate 2 -l class.368.pools:+9 $b $MI
	gate 0 -l class.368.pools:0 $MI $b </dev/null
	# a whole table of zeros
	gate 0 -s 1:1 -l class.512.pools:0 cpython-3.13.0/env.txt \
	    cpython-3.13.0/env.txt </dev/null
}

@test "-l: a bare name is a level first" {
	local live='# live                             =                    7'
	# before: 3,366,656 bytes, after: 3,386,560
	exceeded $B live:+19903 level.live.value 3,366,656 3,386,560 +19,904 |
	    gate 1 -l live:+19903 $A $B
	gate 0 -l live:+19904 $A $B </dev/null
	# even if a line has that label
	sed "s/^# bytes lost to quantization.*/&\n$live/" $A >"$T/a"
	sed "s/^# bytes lost to quantization.*/&\n${live%7}9/" $B >"$T/b"
	exceeded "$T/b" live:2 level.live.value 3,366,656 3,386,560 +19,904 |
	    gate 1 -l live:2 -l summary.live.value:2 "$T/a" "$T/b"
	exceeded "$T/b" summary.live.value:1 summary.live.value 7 9 +2 |
	    gate 1 -l summary.live.value:1 "$T/a" "$T/b"
	# of a line with two numbers it is the count
	exceeded $B unused_pools:3 summary.unused_pools.count 43 39 -4 |
	    gate 1 -l unused_pools:3 $A $B
}

@test "-l: only * and ? make a pattern" {
	local key='free_list.PyTupleObject[5].count'
	gate 0 -l "$key:1" $A $B </dev/null
	exceeded $B "$key:0" "$key" 11 12 +1 | gate 1 -l "$key:0" $A $B
	no_row 'class.[3]2.pools:0' | gate 2 -l 'class.[3]2.pools:0' $A $B
	no_row 'class.3\x5c2.pools:0' | gate 2 -l 'class.3\2.pools:0' $A $B
	# in a pattern brackets are fnmatch(3)'s
	exceeded $B 'class.[9]?.pools:1' class.96.pools 40 42 +2 |
	    gate 1 -l 'class.[9]?.pools:1' $A $B
	no_row 'free_list.PyTupleObject[5].*:0' |
	    gate 2 -l 'free_list.PyTupleObject[5].*:0' $A $B
	exceeded $B 'free_list.PyTupleObject?5?.count:0' "$key" 11 12 +1 |
	    gate 1 -l 'free_list.PyTupleObject?5?.count:0' $A $B
}

@test "-l: each offence is a line, and the report stands" {
	{
		exceeded $B live:+1 level.live.value 3,366,656 3,386,560 \
		    +19,904
		exceeded $B 'class.*.pools:1' class.96.pools 40 42 +2
	} >"$T/two"
	gate 1 -l live:+1 -l arenas:0 -l 'class.*.pools:1' $A $B <"$T/two"
	want_out pairs/documented-diff.txt
	want_err "$T/two"
	pmd 1 -l live:+1 -l arenas:0 -l 'class.*.pools:1' $A $B
	# with -l a difference within the limits is status 0
	want_out pairs/documented-diff.txt
	pmd 0 -l live:+20K $A $B
}

@test "-l: a damaged dump is trouble, within the limits too" {
	sed '/^# bytes lost to quantization/d' $B >"$T/b"
	exits 2 "$PMD" -q -l live:+1G $A "$T/b" >"$T/out" 2>"$T/err"
	grep -q 'no "# bytes lost to quantization" line' "$T/err"
	gate 0 -F -l live:+1G $A "$T/b" </dev/null
	# a row that it has lost cannot be judged
	blind "$T/b" overhead:1G "the dump after has no level.overhead.value" |
	    gate 2 -F -l overhead:1G $A "$T/b"
}

# verdict STATUS WORD FILE VERDICT DUMPS ARGUMENT...: what -l WORD says.
verdict() {
	local how='is exceeded' why="the verdict is $4, on $5 dumps"
	[ "$1" -ne 2 ] || how='cannot be judged'
	case $1:$2:$4 in
	2:*:at-peak|2:*:no*) ;;
	2:leak:*|2:slowing:*|2:levelled:*)
		why="it needs one log with 12 or more pymalloc dumps of one process, and no negative -s" ;;
	2:less:*)
		why='it needs two files' ;;
	2:returned:*|2:at-peak:*)
		why='it needs one file' ;;
	esac
	if [ "$1" -ne 0 ]; then
		echo "pymallocdiff: $3: limit \"$2\" $how: $why"
	fi | gate "$1" -l "$2" "${@:6}" "$3"
}

@test "-l: a verdict's word is exceeded where that is the verdict" {
	local file word is want
	for is in "leak $LEAK" "levelled $CACHE" "steady $STEADY"; do
		file=${is#* }
		is=${is%% *}
		awk -f "$ROOT/tests/dumps.awk" -f "$ROOT/tests/verdict.awk" \
		    "$file" | cmp - <(printf '%s\t17\n' $is)
		for word in leak slowing levelled growth fragmentation \
		    returned less at-peak steady none 'not measured'; do
			case $word in
			$is)	want=1 ;;
			less)	want=2 ;;	# of one input: returned
			*)	want=0 ;;
			esac
			verdict $want "$word" "$file" $is 17
		done
	done
}

@test "-l: a verdict's word that two dumps cannot tell is trouble" {
	local word
	cat $A $B >"$T/two"
	for word in leak slowing levelled; do
		verdict 2 $word "$T/two" steady 2
		verdict 2 $word $LEAK growth 2 -s 1:-1
		verdict 2 $word $B steady 2 $A
	done
	for word in growth fragmentation none 'not measured'; do
		verdict 0 "$word" "$T/two" steady 2
		verdict 0 "$word" $B steady 2 $A
	done
	# only the dumps of one process can all be `full`
	verdict 0 at-peak "$T/two" steady 2
	verdict 2 at-peak $B steady 2 $A
	verdict 1 steady "$T/two" steady 2
	verdict 1 growth $LEAK growth 2 -s 1:-1
	# two inputs have `less`, one input has `returned`
	verdict 0 returned "$T/two" steady 2
	verdict 2 less "$T/two" steady 2
	verdict 2 returned $B steady 2 $A
	verdict 0 less $B steady 2 $A
	# mimalloc has no arenas: no fragmentation
	verdict 2 fragmentation $MI steady 2 $MI
	verdict 0 growth $MI steady 2 $MI
	verdict 1 none $LISTS none 2 $LISTS
	verdict 2 growth $LISTS none 2 $LISTS
	verdict 1 'not measured' $FREE 'not measured' 2 $NEW
	verdict 2 leak $FREE 'not measured' 2 $NEW
	verdict 2 steady $FREE 'not measured' 2 $NEW
}

@test "-l: a log taken at its peaks tells of no growth" {
	local word f=cpython-3.13.0/env.txt
	for word in leak slowing levelled growth fragmentation returned less \
	    steady; do
		verdict 2 $word $f at-peak 10
	done
	verdict 1 at-peak $f at-peak 10
	verdict 0 none $f at-peak 10
	# but not if a dump between them is damaged
	awk '/^Small block threshold/ { n++ }
	    n != 5 || !/^# bytes lost to quantization/' $f >"$T/torn"
	gate 0 -F -l at-peak "$T/torn" </dev/null
}

@test "-l: words and rows together, and a word that is none" {
	local word live
	live=$(awk '/^# arenas allocated current/ { print $NF }' $LEAK |
	    sed -n '1p;$p' | tr '\n' ' ')
	set -- $live
	[ $1 -lt $2 ] && [ $2 -lt 1000 ]
	{
		exceeded $LEAK arenas:+0 summary.arenas.count $1 $2 \
		    +$(($2 - $1))
		echo "pymallocdiff: $LEAK: limit \"leak\" is exceeded: the\
 verdict is leak, on 17 dumps"
	} | gate 1 -l arenas:+0 -l leak -l held:+1G $LEAK
	for word in leaks Leak leak: lea at_peak not-measured; do
		exits 2 "$PMD" -q -l $word $LEAK >"$T/out" 2>"$T/err"
		grep -q "^pymallocdiff: cannot use limit \"$word\": KEY:" \
		    "$T/err"
	done
	# with a colon it is a key
	no_row leak:0 | gate 2 -l leak:0 $LEAK
}

@test "-l sees every row, -a and -t aside; absent counts as 0" {
	exits 1 "$PMD" -q -t 1G -l bytes_in_allocated_blocks:+1 $A $B 2>"$T/err"
	grep -q exceeded "$T/err"
	exits 1 "$PMD" -q -l arena_map_total:+1 cpython-3.9.18/before.txt \
	    cpython-3.11.7/before.txt 2>"$T/err"
	grep -q 'summary.arena_map_total.value went from 0 to 655,360' "$T/err"
}

@test "-t: a level may pass where none of its parts does" {
	printf '            %d free %ss * 8 bytes each = %d\n' \
	    1 PyDictObject 8 1 PyFloatObject 8 1 PyListObject 8 \
	    5 PyDictObject 40 5 PyFloatObject 40 5 PyListObject 40 >"$T/two"
	[ "$(shown -t 96 "$T/two")" = level,free_lists,value ]
	pmd 1 -q -t 96 "$T/two"
	pmd 0 -t 97 "$T/two"
	# text prints no level
	pmd 1 -t 96 "$T/two"
	pmd 0 -q -l free_lists:+96 "$T/two"
	exceeded "$T/two" free_lists:+95 level.free_lists.value 24 120 +96 |
	    gate 1 -l free_lists:+95 "$T/two"
}

@test "JSON lists the limits with what they found" {
	"$PMD" -f json -l arenas:+0 -l 'class.9?.pools:1' $A $B \
	    >"$T/json" 2>/dev/null || true
	sed -n 1,5p "$T/json" | sed '1s/.*"limits"/"limits"/' >"$T/got"
	cat >"$T/want" <<-'EOF'
	"limits":[
	{"rule":"arenas:+0","key":"summary.arenas.count","before":21,"after":21,"delta":0,"exceeded":false},
	{"rule":"class.9?.pools:1","key":"class.96.pools","before":40,"after":42,"delta":2,"exceeded":true}
	],"rows":[
	EOF
	sed -n 1,4p "$T/got" | cmp - "$T/want"
}

@test "-e: each diff against the limits" {
	local word
	cat $A $B $A >"$T/s"
	exceeded "$T/s:77" unused_pools:-3 summary.unused_pools.count 43 39 -4 |
	    gate 1 -e -l unused_pools:-3 "$T/s"
	{
		exceeded "$T/s:77" unused_pools:3 summary.unused_pools.count \
		    43 39 -4
		exceeded "$T/s:153" unused_pools:3 summary.unused_pools.count \
		    39 43 +4
	} | gate 1 -e -l unused_pools:3 "$T/s"
	# a verdict rests on two dumps each time
	gate 0 -e -l growth "$T/s" </dev/null
	awk '/^Small block threshold/ { n++ } n == 1 || n > 15' $LEAK >"$T/three"
	awk -v file="$T/three" 'BEGIN {
		for (i = 0; i < 2; i++)
			print "pymallocdiff: " file ":" 1 + 86 * (i + 1) \
			    ": limit \"growth\" is exceeded: the verdict is" \
			    " growth, on 2 dumps"
	}' | gate 1 -e -l growth "$T/three"
	for word in leak slowing levelled; do
		printf '%s\n' 'pymallocdiff: -e compares two dumps at a time,'"\
 but -l leak, slowing and levelled need a log" \
		    "pymallocdiff: Try 'pymallocdiff --help' for more\
 information." >"$T/want"
		gate 2 -e -l growth -l $word "$T/three" <"$T/want"
	done
}

@test "a dump is not held against itself: -s 17:-1 of a log of 17" {
	echo "pymallocdiff: FILE: the limits cannot be judged: dump 17 is compared"\
" with itself" | gate 2 -l live:+5% -s 17:-1 $LEAK
	# the same file twice is two inputs, and without a limit nothing passes
	gate 0 -l live:+5% $LEAK $LEAK </dev/null
	pmd 0 -s 17:17 $LEAK
}

@test "rules that cannot be used" {
	local rule
	for rule in '' x x: :5 x:+ x:5%% x:5K% x:-+5 x:5x x:-5.5 \
	    x:9223372036854775808 x:9007199254740992K; do
		exits 2 "$PMD" -l "$rule" $A $B >"$T/out" 2>"$T/err"
		grep -q "^pymallocdiff: cannot use limit \"$rule\": " "$T/err"
		[ ! -s "$T/out" ]
	done
	for rule in '' -1 +1 1KB K 1.5 5K% 99999999999999999999 8589934592G; do
		exits 2 "$PMD" -t "$rule" $A $B >"$T/out" 2>"$T/err"
		grep -q "^pymallocdiff: cannot use threshold \"$rule\": " \
		    "$T/err"
	done
	set --
	for _ in $(seq 64); do set -- "$@" -l arenas:0; done
	pmd 0 -q "$@" $A $B
	exits 2 "$PMD" -q "$@" -l arenas:0 $A $B 2>"$T/err"
	grep -q '64 of them at most' "$T/err"
	lacks KEY "$T/err"
	# the message shows the form of a rule, not how many are allowed
	printf '%s\n' 'pymallocdiff: cannot use limit "live+5%": KEY:[+|-]NUM[%],'"\
 such as live:+5%, or a verdict, such as leak" \
	    "pymallocdiff: Try 'pymallocdiff --help' for more information." |
	    want_err
	pmd 2 -l live+5% $A $B
}

@test "numbers at the top of the range are compared exactly" {
	pmd 0 -q -l bytes_in_allocated_blocks:9223372036854775807% $A $B
	pmd 0 -q -l bytes_in_allocated_blocks:9223372036854775807 $A $B
	pmd 0 -q -t 8589934591G $A $B
}

@test "K, M and G are 1024, its square and its cube" {
	local d=cpython-3.13.0 most
	# +10,760,960 bytes are between 10,508 and 10,509 K, 10 and 11 M
	for most in 10509K 11M 1G; do
		pmd 0 -q -l "bytes_in_allocated_blocks:+$most" $d/before.txt \
		    $d/frag.txt
	done
	for most in 10508K 10M 0G; do
		exits 1 "$PMD" -q -l "bytes_in_allocated_blocks:+$most" $d/before.txt \
		    $d/frag.txt 2>"$T/err"
		grep -q 'went from 1,499,824 to 12,260,784 (+10,760,960)$' \
		    "$T/err"
	done
	# +BIG bytes are between 3 and 4 G
	d=cpython-3.12.1
	pmd 0 -q -l bytes_in_allocated_blocks:+4G $d/before.txt $d/big.txt
	exits 1 "$PMD" -q -l bytes_in_allocated_blocks:+3G $d/before.txt $d/big.txt \
	    2>"$T/err"
	grep -q exceeded "$T/err"
}

@test "a glob is for each row that it matches, and for no other" {
	local b=cpython-3.11.7/before.txt a=cpython-3.11.7/after.txt
	"$PMD" -a -f csv $b $a | awk -F, '$3 == "class" {
		print $3 "." $4 "." $5; if ($8 > 1) over++ }
	END { print over + 0 }' >"$T/want"
	[ "$(wc -l <"$T/want")" -eq 97 ]	# 32 classes
	exits 1 "$PMD" -f json -l 'class.*:+1' $b $a >"$T/out" 2>"$T/err"
	{
		sed -n 's/^{"rule":.*"key":"\([^"]*\)".*/\1/p' "$T/out"
		wc -l <"$T/err"
	} | cmp - "$T/want"
}
