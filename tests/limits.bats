# Thresholds and limits: exact at the boundary, the same in every format.
load lib

A=pairs/documented-before.txt
B=pairs/documented-after.txt

# shown ARGUMENT...: section, name and metric of the rows that are shown.
shown() {
	"${RUN[@]}" "$PMD" -f csv "$@" | sed 1d | cut -d, -f3-5
}

@test "-t of bytes: at least so many" {
	# the change of blocks in use of class 32 is 52 * 32 = 1664 bytes
	shown -t 1664 $A $B | grep -q '^class,32,blocks_in_use$'
	! shown -t 1665 $A $B | grep -q '^class,32,blocks_in_use$'
	# rows that stand for no bytes have no chance
	sed '1s/512, in 32/1024, in 64/' $A >"$T/b"
	[ -z "$(shown -t 0 $A "$T/b" 2>/dev/null)" ]
}

@test "-t of percent: exact, before rounding" {
	# 3360 -> 3412 blocks are 52 of 3360, 1.547 %
	shown -t 1% $A $B | grep -q '^class,32,blocks_in_use$'
	! shown -t 2% $A $B | grep -q '^class,32,blocks_in_use$'
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
	"$PMD" -q -l $down:-0 $A $B 2>"$T/err" || [ $? -eq 1 ]
	grep -q 'available_blocks.value went from 1,679,104 to 1,675,296' \
	    "$T/err"
	"$PMD" -q -l $down:3807 $A $B 2>"$T/err" || [ $? -eq 1 ]
	grep -q exceeded "$T/err"
	pmd 0 -q -l $down:3808 $A $B
}

@test "-l: keys, bare names and globs" {
	pmd 0 -q -l arenas:0 -l unused_pools:4 -l unused_pools:-16K $A $B
	"$PMD" -q -l unused_pools:3 $A $B 2>"$T/err" || [ $? -eq 1 ]
	grep -q 'summary.unused_pools.count went from 43 to 39 (-4)' "$T/err"
	"$PMD" -q -l 'class.*.pools:1' $A $B 2>"$T/err" || [ $? -eq 1 ]
	echo "pymallocdiff: $B: limit \"class.*.pools:1\" is exceeded:\
 class.96.pools went from 40 to 42 (+2)" | cmp - "$T/err"
	# a very key comes before a glob: the brackets are no class here
	pmd 0 -q -l 'free_list.PyTupleObject[5].count:1' $A $B
	"$PMD" -q -l 'free_list.PyTupleObject[5].count:0' $A $B 2>"$T/err" ||
	    [ $? -eq 1 ]
	grep -q -F 'free_list.PyTupleObject[5].count went from 11 to 12' \
	    "$T/err"
}

@test "-l: a rule that matches no row is trouble" {
	local none=' matches no row: a key is section.name.metric, as class.32.pools'
	echo 'pymallocdiff: limit "bytes_in_alocated_blocks:+5%"'"$none" |
	    want_err
	pmd 2 -q -l bytes_in_alocated_blocks:+5% $A $B
	echo 'pymallocdiff: limit "class.7.*:1"'"$none" | want_err
	pmd 2 -q -l 'class.7.*:1' -l arenas:0 $A $B
	cat $A $B $A >"$T/s"
	echo 'pymallocdiff: limit "nothing:1"'"$none" >"$T/want"
	"$PMD" -e -q -l nothing:1 "$T/s" 2>"$T/err" || [ $? -eq 2 ]
	tail -n 1 "$T/err" | cmp - "$T/want"
}

@test "-l sees every row, -a and -t aside; absent counts as 0" {
	"$PMD" -q -t 1G -l bytes_in_allocated_blocks:+1 $A $B 2>"$T/err" ||
	    [ $? -eq 1 ]
	grep -q exceeded "$T/err"
	"$PMD" -q -l arena_map_total:+1 cpython-3.9.18/before.txt \
	    cpython-3.11.7/before.txt 2>"$T/err" || [ $? -eq 1 ]
	grep -q 'summary.arena_map_total.value went from 0 to 655,360' "$T/err"
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
	cat $A $B $A >"$T/s"
	"$PMD" -e -q -l 'unused_pools:-3' "$T/s" 2>"$T/err" || [ $? -eq 1 ]
	[ "$(grep -c exceeded "$T/err")" -eq 1 ]
	"$PMD" -e -q -l 'unused_pools:3' "$T/s" 2>"$T/err" || [ $? -eq 1 ]
	[ "$(grep -c exceeded "$T/err")" -eq 2 ]
}

@test "rules that cannot be used" {
	local rule
	for rule in '' x x: :5 x:+ x:5%% x:5K% x:-+5 x:5x x:-5.5 \
	    x:9223372036854775808 x:9007199254740992K; do
		"$PMD" -l "$rule" $A $B >"$T/out" 2>"$T/err" || [ $? -eq 2 ]
		grep -q "^pymallocdiff: cannot use limit \"$rule\": " "$T/err"
		[ ! -s "$T/out" ]
	done
	for rule in '' -1 +1 1KB K 1.5 5K% 99999999999999999999 8589934592G; do
		"$PMD" -t "$rule" $A $B >"$T/out" 2>"$T/err" || [ $? -eq 2 ]
		grep -q "^pymallocdiff: cannot use threshold \"$rule\": " \
		    "$T/err"
	done
	set --
	for _ in $(seq 64); do set -- "$@" -l arenas:0; done
	pmd 0 -q "$@" $A $B
	"$PMD" -q "$@" -l arenas:0 $A $B 2>"$T/err" || [ $? -eq 2 ]
	grep -q '64 of them at most' "$T/err"
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
		"$PMD" -q -l "bytes_in_allocated_blocks:+$most" $d/before.txt \
		    $d/frag.txt 2>"$T/err" || [ $? -eq 1 ]
		grep -q 'went from 1,499,824 to 12,260,784 (+10,760,960)$' \
		    "$T/err"
	done
	# +BIG bytes are between 3 and 4 G
	d=cpython-3.12.1
	pmd 0 -q -l bytes_in_allocated_blocks:+4G $d/before.txt $d/big.txt
	"$PMD" -q -l bytes_in_allocated_blocks:+3G $d/before.txt $d/big.txt \
	    2>"$T/err" || [ $? -eq 1 ]
	grep -q exceeded "$T/err"
}

@test "a glob is for each row that it matches, and for no other" {
	local b=cpython-3.11.7/before.txt a=cpython-3.11.7/after.txt
	"$PMD" -a -f csv $b $a | awk -F, '$3 == "class" {
		print $3 "." $4 "." $5; if ($8 > 1) over++ }
	END { print over + 0 }' >"$T/want"
	[ "$(wc -l <"$T/want")" -eq 97 ]	# 32 classes
	"$PMD" -f json -l 'class.*:+1' $b $a >"$T/out" 2>"$T/err" ||
	    [ $? -eq 1 ]
	{
		sed -n 's/^{"rule":.*"key":"\([^"]*\)".*/\1/p' "$T/out"
		wc -l <"$T/err"
	} | cmp - "$T/want"
}
