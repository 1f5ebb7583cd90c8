# The summary: levels, classes, and the verdict's rule at its boundaries.
load lib

verdict() {
	"$PMD" -f summary "$@" 2>/dev/null | sed -n 's/^verdict: //p'
}

# two HELD LIVE HELD LIVE: two mimalloc dumps, with these bytes committed and
# allocated; mimalloc's numbers can be set freely.
two() {
	local held live
	for _ in 1 2; do
		held=$1 live=$2
		shift 2
		cat <<-EOF
		Small block threshold = 8192, in 73 size classes.
		Medium block threshold = 65536
		Large object max size = 16777216
		    Allocated Blocks: 1
		    Allocated Bytes: $live
		    Allocated Bytes w/ Overhead: $live
		    Bytes Reserved: 9000000000
		    Bytes Committed: $held
		EOF
	done
}

# rules HELD LIVE HELD LIVE VERDICT
rules() {
	two "$1" "$2" "$3" "$4" >"$T/two"
	[ "$(verdict "$T/two" | cut -d' ' -f1)" = "$5" ] || {
		verdict "$T/two"
		echo "$*"
		return 1
	}
}

@test "steady: both changes under 1 % of what was held" {
	rules 10000 9000 10000 9000 steady
	rules 10000 9000 10099 9099 steady
	rules 10000 9000 9901 8901 steady
	rules 10000 9000 10000 9099 steady
	rules 10000 9000 10000 9100 growth
	rules 10000 9000 10100 9000 fragmentation
	rules 10000 9000 9900 8990 returned
	rules 10050 9000 10150 9000 steady
	rules 10050 9000 10151 9000 fragmentation
}

@test "growth: live memory takes half of what is held more, or all of it" {
	rules 10000 5000 20000 10000 growth
	rules 10000 5000 20000 9999 fragmentation
	rules 10000 5000 20001 10000 fragmentation
	rules 10000 5000 9000 5001 growth
	rules 10000 5000 10000 6000 growth
}

@test "returned, or else fragmentation" {
	rules 10000 5000 9000 4000 returned
	rules 10000 5000 9000 5000 returned
	rules 10000 5000 10000 4000 fragmentation
	rules 10000 5000 20000 4000 fragmentation
}

@test "every interpreter: growth, fragmentation, returned" {
	local dir
	for dir in cpython-* debian-* source-3.3.1; do
		[ "$(verdict "$dir/before.txt" "$dir/after.txt" |
		    cut -d' ' -f1)" = growth ]
		[ "$(verdict "$dir/after.txt" "$dir/frag.txt" |
		    cut -d' ' -f1)" = fragmentation ]
		[ "$(verdict "$dir/frag.txt" "$dir/shrink.txt" |
		    cut -d' ' -f1)" = returned ]
		[ "$(verdict "$dir/after.txt" "$dir/after.txt" |
		    cut -d' ' -f1)" = steady ]
	done
}

@test "five zeros of a free-threaded build: not measured" {
	local f=source-3.13.5t
	[ "$(verdict $f/before.txt $f/after.txt)" = "not measured" ]
	[ "$(verdict debian-3.15.2/mimalloc-after.txt $f/after.txt)" = \
	    "not measured" ]
}

@test "free lists alone, and one side that says nothing: no verdict" {
	local f=pyodide-0.26.4
	want_out <<-'EOF'
	                            before             after            change   percent
	    free lists                   0             9,344            +9,344
	
	verdict: none
	The two dumps do not both say how much is held and how much is live.
	Not seen here: memory of C libraries, RSS.
	EOF
	for n in before after; do
		awk '
		    / free / { gsub(",", "", $NF); total += $NF }
		    END { print total }' $f/$n.txt
	done >"$T/totals"
	sed -n 2p "$T/want.out" | tr -d , | awk '{ print $3; print $4 }' |
	    cmp - "$T/totals"
	pmd 1 -f summary $f/before.txt $f/after.txt
	[ "$(verdict $f/before.txt cpython-3.11.7/after.txt)" = none ]
}

@test "the whole summary of a pair, by hand" {
	# levels are the dumps' own numbers; overhead is headers, quantization
	# and alignment; live of held 3,366,656 / 5,505,024 = 61.16 %
	cat >"$T/want" <<-'EOF'
	                            before             after            change   percent
	arenas                          21                21                +0      0.0%
	arenas at most                  21                21                +0      0.0%
	bytes held               5,505,024         5,505,024                +0      0.0%
	  live                   3,366,656         3,386,560           +19,904      0.6%
	    free lists              25,800            25,896               +96      0.4%
	  available              1,679,104         1,675,296            -3,808     -0.2%
	  unused pools             176,128           159,744           -16,384     -9.3%
	  overhead                 283,136           283,424              +288      0.1%
	live of held                 61.2%             61.5%          +0.3 pts
	EOF
	"$PMD" -f summary pairs/documented-before.txt \
	    pairs/documented-after.txt >"$T/out" || [ $? -eq 1 ]
	sed -n 1,10p "$T/out" | cmp - "$T/want"
	cat >"$T/want" <<-'EOF'
	arenas in between: 0 allocated, 0 reclaimed
	
	size           pools         blocks in use         fill    live change
	EOF
	sed -n 11,13p "$T/out" | cmp - "$T/want"
	# 51 blocks of 80 bytes moved most: 4,080 bytes; six signs are 680
	# each; 1385 of 2050 blocks are 67.6 %, 1154 of 1764 are 65.4 %
	cat >"$T/want" <<-'EOF'
	  80    40 ->     41     1334 ->      1385   66% ->  67%         +4,080 ++++++
	  96    40 ->     42     1120 ->      1154   66% ->  65%         +3,264 +++++
	EOF
	sed -n 14,15p "$T/out" | cmp - "$T/want"
	sed -n 24,26p "$T/out" >"$T/got"
	cat >"$T/want" <<-'EOF'
	
	verdict: steady (held +0, live +19,904 bytes)
	Neither changed by 1 % of what was held before.
	EOF
	cmp "$T/want" "$T/got"
}

@test "no line is wider than 80 columns" {
	local dir a b
	for dir in */; do
		for a in before after frag shrink; do
			for b in before after frag shrink big; do
				"$PMD" -f summary "$dir$a.txt" "$dir$b.txt" \
				    2>/dev/null || true
				[ $b != big ] || "$PMD" -f summary \
				    "$dir$b.txt" "$dir$a.txt" 2>/dev/null || true
			done
		done
	done >"$T/all"
	[ "$(wc -l <"$T/all")" -gt 3000 ]
	[ -z "$(awk 'length > 80' "$T/all")" ]
}

@test "different builds: what cannot be compared" {
	"$PMD" -f summary debian-3.14.10/before.txt debian-3.15.2/before.txt \
	    >"$T/out" 2>/dev/null || [ $? -eq 1 ]
	grep -q "header): such a change is not a leak" "$T/out"
	"$PMD" -f summary cpython-3.9.18/before.txt cpython-3.13.0/after.txt \
	    >"$T/out" 2>/dev/null || [ $? -eq 1 ]
	grep -q '^Two different builds: ' "$T/out"
}

@test "-e: the dumps' numbers before each summary; equal dumps have levels" {
	cat pairs/documented-before.txt pairs/documented-before.txt >"$T/s"
	"$PMD" -e -f summary "$T/s" >"$T/out"
	printf -- '--- dump 1\n+++ dump 2\n' | cmp - <(head -n 2 "$T/out")
	grep -q '^verdict: steady (held +0, live +0 bytes)$' "$T/out"
}

@test "a damaged dump is named above the verdict" {
	sed 's/25,816,288/95,816,288/' cpython-3.11.7/after.txt >"$T/d"
	"$PMD" -f summary cpython-3.11.7/before.txt "$T/d" >"$T/out" \
	    2>/dev/null || [ $? -eq 2 ]
	grep -B 1 '^verdict: ' "$T/out" | head -n 1 >"$T/line"
	echo 'Damaged: the dump after. Its numbers are not to be relied on.' |
	    cmp - "$T/line"
	# a gap of it does not speak of another build
	sed 44q cpython-3.11.7/after.txt >"$T/e"
	"$PMD" -F -f summary "$T/e" "$T/d" >"$T/out" 2>/dev/null || [ $? -eq 1 ]
	grep -q '^Damaged: the dump before, the dump after\.' "$T/out"
	! grep -q '^Two different builds' "$T/out" || false
}

@test "a percentage that has no room" {
	two 3 2 900000000 800000000 >"$T/two"
	"$PMD" -f summary "$T/two" >"$T/out" || [ $? -eq 1 ]
	grep -q '^bytes committed  *3  *900,000,000  *+899,999,997  >999999%$' \
	    "$T/out"
	! grep -q '.\{81\}' "$T/out" || false
}

@test "of nothing that is held no share is told" {
	"$PMD" -f summary -s -1:1 cpython-3.11.7/env.txt >"$T/out" \
	    2>/dev/null || [ $? -eq 1 ]
	grep -q '^verdict: returned (held -' "$T/out"
	! grep -q 'of what is held now' "$T/out" || false
}
