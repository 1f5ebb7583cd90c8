# The verdict, in the summary's first line and in JSON, against verdict.awk,
# which shares no code with the program. forge.awk prints the dumps of which
# only a few numbers matter.
load lib

oracle() {
	awk -f "$BATS_TEST_DIRNAME/dumps.awk" -f "$BATS_TEST_DIRNAME/verdict.awk" "$@"
}

# oracle_of MODE FILE...: of many inputs.
oracle_of() {
	local mode=$1
	shift
	awk -f "$BATS_TEST_DIRNAME/verdict-many.awk" -f "$BATS_TEST_DIRNAME/dumps.awk" \
	    -f "$BATS_TEST_DIRNAME/verdict.awk" -v mode="$mode" "$@"
}

forge() {
	awk -f "$BATS_TEST_DIRNAME/forge.awk" "$@"
}

# words: the verdicts of many reports, each with the number of dumps if the
# format is JSON.
words_of_json() {
	sed -n 's/^{"format_version".*,"verdict":"\([^"]*\)","dumps":\([0-9]*\),.*/\1	\2/p'
}

words_of_summaries() {
	sed -n -E '/^(leak|slowing|levelled|growth|fragmentation|returned|less): /s/:.*//p
	    /^(at-peak|steady|none|not measured): /s/:.*//p'
}

# program ARGUMENT...: set `got` to its verdict, in both formats, as the
# oracle prints it.
program() {
	local line
	"${RUN[@]}" "$PMD" -f summary "$@" >"$T/summary" 2>/dev/null || true
	"${RUN[@]}" "$PMD" -f json "$@" >"$T/json" 2>/dev/null || true
	read -r line <"$T/json"
	[[ $line =~ ,\"verdict\":\"([^\"]*)\",\"dumps\":([0-9]+), ]]
	got=${BASH_REMATCH[1]}$'\t'${BASH_REMATCH[2]}
	read -r line <"$T/summary"
	[ "${line%%:*}" = "${BASH_REMATCH[1]}" ] || got="$got, but summary: $line"
}

# reads WORD DUMPS ARGUMENT...: both formats say so; where the oracle cannot
# read the input.
reads() {
	local want=$1$'\t'$2 got
	shift 2
	program "$@"
	[ "$got" = "$want" ] || {
		echo "$*: $got, expected $want"
		return 1
	}
}

# says WORD DUMPS [-s B:A] FILE...: both formats say so, and the oracle.
says() {
	local want=$1$'\t'$2 select= got
	reads "$@" || return 1
	shift 2
	if [ "$1" = -s ]; then
		select=$2
		shift 2
	fi
	got=$(oracle -v select="$select" "$@")
	[ "$got" = "$want" ] || {
		echo "$*: oracle: $got, expected $want"
		return 1
	}
}

# of_truth TRUTH WORD: may a log of this truth have this word?
of_truth() {
	case $1/$2 in
	leak/leak|invisible/steady|invisible/levelled|steady/steady) ;;
	steady/levelled|warmup/levelled|warmup/steady|warmup/slowing) ;;
	warmup/growth|returned/returned|returned/steady|returned/levelled) ;;
	fragmentation/fragmentation|at-peak/at-peak) ;;
	*) return 1 ;;
	esac
}

# first N FILE: its first dumps.
first() {
	awk -v n="$1" '/^Small block/ && n-- == 0 { exit } { print }' "$2"
}

# cut_at 'N...' FILE: how many bytes each so many dumps have.
cut_at() {
	awk -v counts="$1" 'BEGIN { split(counts, want, " "); i = 1 }
	/^Small block/ && n++ == want[i] {
		print bytes
		i++
	}
	{ bytes += length + 1 }
	END { print bytes }' "$2"
}

# lengthen FILE TRUTH N: what leaks leaks on; all else goes on as it did in
# the last half.
lengthen() {
	local rises=0 version=${1%/*}
	[ "$2" = leak ] && rises=1
	awk -f "$BATS_TEST_DIRNAME/dumps.awk" -f "$BATS_TEST_DIRNAME/lengthen.awk" -v want="$3" \
	    -v from=13 -v rises=$rises "$1" | forge -v version="${version%.*}"
}

@test "each log of known truth: the oracle's word, and one that its truth allows" {
	cd series
	local file truth want got
	while read -r file truth; do
		want=$(oracle "$file")
		program "$file"
		[ "$got" = "$want" ] && of_truth "$truth" "${want%	*}" || {
			echo "$file: $truth, oracle: $want, got $got"
			return 1
		}
	done <TRUTH.tsv
}

# While a cache still fills, its first 12 dumps are no different from a
# leak's.
@test "logs of 12 to 200 dumps: the oracle's word, and from 25 on one that their truth allows" {
	cd series
	local file truth word n got counts
	while read -r file truth; do
		case $file in
		3.8.18/[cjm]*) counts='12 13 25 65 200' ;;
		3.*) counts='12 13 25 65' ;;
		*) continue ;;
		esac
		lengthen "$file" "$truth" "${counts##* }" >"$T/all"
		cut_at "$counts" "$T/all" | while read -r n; do
			head -c "$n" "$T/all" >"$T/log"
			program "$T/log"
			echo "$got"
		done >"$T/got"
		oracle -v select="$(printf '1:%d ' $counts)" "$T/all" | cmp - "$T/got" || {
			echo "$file"
			return 1
		}
		while IFS=$'\t' read -r word n; do
			of_truth "$truth" "$word" || [ "$n" -lt 25 ] || {
				echo "$file: $truth, but $word of $n dumps"
				return 1
			}
		done <"$T/got"
	done <TRUTH.tsv
}

# 2.3 lacks the counters, by which an exit dump is known: there the log ends
# with it.
@test "PYTHONMALLOCSTATS logs of each version: at-peak, without the first dump and the last" {
	local file want got words='' ten='at-peak at-peak at-peak at-peak at-peak'
	ten="$ten $ten"
	for file in cpython-*/env.txt debian-*/env.txt source-2.3.7/env.txt; do
		want=$(oracle "$file")
		program "$file"
		[ "$got" = "$want" ] || {
			echo "$file: $got, expected $want"
			return 1
		}
		words="$words ${want%	*}"
	done
	[ "$words" = " $ten at-peak steady" ]
	says at-peak 10 series/mallocstats/slots_leak.txt
	says at-peak 2 -s 2:3 series/mallocstats/slots_leak.txt
	says at-peak 3 -s -4:-2 series/mallocstats/slots_leak.txt
	# with the exit dump, which has gaps, or the other way round, they are two dumps
	says fragmentation 2 -s 2:12 series/mallocstats/slots_leak.txt
	says steady 2 -s 3:2 series/mallocstats/slots_leak.txt
}

# The files of each folder that hold one dump of one process.
dumps() {
	ls -- */before.txt */after.txt */frag.txt */shrink.txt */mimalloc-before.txt \
	    */mimalloc-after.txt */mimalloc-shrink.txt
}

@test "every pair of dumps of a folder, and every twelfth of others: the oracle's word" {
	oracle_of two $(dumps) >"$T/pairs"
	[ "$(wc -l <"$T/pairs")" -gt 4600 ]
	awk -F '\t' -v t="$T" '{
		split($1, a, "/")
		split($2, b, "/")
		if (a[1] == b[1] || NR % 24 == 0) {
			print $1, $2 >(t "/json")
			print $3 "\t" $4 >(t "/want-json")
		}
		if (a[1] == b[1] || NR % 24 == 12) {
			print $1, $2 >(t "/summary")
			print $3 >(t "/want-summary")
		}
	}' "$T/pairs"
	xargs -n 2 "$PMD" -f json -t 999999G <"$T/json" 2>/dev/null |
	    words_of_json | cmp - "$T/want-json"
	xargs -n 2 "$PMD" -f summary <"$T/summary" 2>/dev/null |
	    words_of_summaries | cmp - "$T/want-summary"
	# All words of two inputs are there.
	[ "$(cut -f 3 "$T/pairs" | sort -u | tr '\n' ' ')" = \
	    "fragmentation growth less none not measured steady " ]
}

@test "every pair of dumps of a folder as one input: the oracle's word" {
	oracle_of joined $(dumps) >"$T/pairs"
	[ "$(wc -l <"$T/pairs")" -gt 300 ]
	awk -F '\t' -v t="$T" '{
		to = sprintf("%s/%03d.txt", t, NR)
		for (i = 1; i <= 2; i++) {
			while ((getline line <$i) > 0)
				print line >to
			close($i)
		}
		close(to)
		print to
	}' "$T/pairs" >"$T/files"
	# one format and the other in turn
	cut -f 3,4 "$T/pairs" | sed -n 'p;n' >"$T/want-json"
	cut -f 3 "$T/pairs" | sed -n 'n;p' >"$T/want-summary"
	sed -n 'p;n' "$T/files" | xargs -n 1 "$PMD" -f json -t 999999G 2>/dev/null |
	    words_of_json | cmp - "$T/want-json"
	sed -n 'n;p' "$T/files" | xargs -n 1 "$PMD" -f summary 2>/dev/null |
	    words_of_summaries | cmp - "$T/want-summary"
}

# Two dumps.

# forge_two LINE LINE: a dump of each line, in $T/one, and apart in $T/before
# and $T/after.
forge_two() {
	local dumps
	printf '%s\n' "$@" | forge >"$T/one"
	dumps=$(<"$T/one")
	printf '%s\n' "${dumps%Small block*}" >"$T/before"
	printf '%s\n' "Small block${dumps##*Small block}" >"$T/after"
}

# two WORD LINE LINE: dumps of these lines in two inputs; the word is the same
# in one input.
two() {
	apart "$@" && judge "$1" 2 "$T/one"
}

apart() {
	forge_two "$2" "$3"
	says "$1" 2 "$T/before" "$T/after" || {
		echo "$*"
		return 1
	}
}

# together WORD LINE LINE: the same in one input.
together() {
	forge_two "$2" "$3"
	judge "$1" 2 "$T/one" || {
		echo "$*"
		return 1
	}
}

# judge WORD DUMPS FILE: the program says so; the oracle is asked at the end
# of the test.
judge() {
	reads "$@" || return 1
	count=$((${count:-0} + 1))
	mv "$3" "$T/judged$count.txt"
	printf '%s\t%s\t%s\n' "$T/judged$count.txt" "$1" "$2" >>"$T/judged"
}

teardown() {
	[ ! -e "$T/judged" ] || oracle_of each $(cut -f 1 "$T/judged") | diff "$T/judged" -
}

# mimalloc WORD HELD LIVE HELD LIVE: in two inputs. Here these numbers can be
# anything.
mimalloc() {
	local file word=$1
	shift
	for file in before after; do
		cat >"$T/$file" <<-EOF
		Small block threshold = 8192, in 73 size classes.
		Medium block threshold = 65536
		Large object max size = 16777216
		    Allocated Blocks: 1
		    Allocated Bytes: $2
		    Allocated Bytes w/ Overhead: $2
		    Bytes Reserved: 9000000000
		    Bytes Committed: $1
		EOF
		shift 2
	done
	says "$word" 2 "$T/before" "$T/after"
}

# A pool has 63 blocks of 64 bytes, an arena 64 pools: 4032 blocks need one
# arena.
@test "fragmentation needs two spare arenas, a third of all, and a larger share than before" {
	two fragmentation 'arenas=1 64=4032' 'arenas=3 64=4032'
	two steady 'arenas=1 64=4032' 'arenas=2 64=4032'
	# one block more needs one arena more
	two steady 'arenas=1 64=4032' 'arenas=3 64=4033'
	# 3 * 2 of 6, of 7
	two fragmentation 'arenas=4 64=16128' 'arenas=6 64=16128'
	two steady 'arenas=5 64=20160' 'arenas=7 64=20160'
	# 2/6 after 3/10, 3/9 and 2/6
	two fragmentation 'arenas=10 64=28224' 'arenas=6 64=16128'
	apart less 'arenas=9 64=24192' 'arenas=6 64=16128'
	two steady 'arenas=6 64=16128' 'arenas=6 64=16128'
}

# From 4 arenas to 8; 5 are needed for 16384 blocks, 8192 * 64 * 2 bytes are 4
# arenas.
@test "no fragmentation where half of what is held in addition is live" {
	two growth 'arenas=4 64=8192' 'arenas=8 64=16384'
	two fragmentation 'arenas=4 64=8192' 'arenas=8 64=16383'
}

@test "returned: a peak between two dumps of one input" {
	together returned 'arenas=10 64=40320' 'arenas=10 highwater=12 64=40320'
	together steady 'arenas=10 64=40320' 'arenas=10 highwater=11 64=40320'
	apart steady 'arenas=10 64=40320' 'arenas=10 highwater=12 64=40320'
	together steady 'arenas=10 highwater=14 64=40320' 'arenas=10 64=40320'
	# twice the two arenas by which it grew, and one less
	together returned 'arenas=10 64=40320' 'arenas=12 highwater=16 64=40320'
	together steady 'arenas=10 64=40320' 'arenas=12 highwater=15 64=40320'
	# twice the one
	together returned 'arenas=10 64=40320' 'arenas=11 highwater=13 64=40320'
	together steady 'arenas=10 64=40320' 'arenas=11 highwater=12 64=40320'
	# less is live; 1,638 and 1,639 blocks of 16 are 26,208 and 26,224 bytes, 1 % of 10 arenas 26,214
	together returned 'arenas=10 64=40320' 'arenas=10 highwater=12 64=36288'
	together returned 'arenas=10 64=36288' 'arenas=10 highwater=12 64=36288 16=1638'
	together growth 'arenas=10 64=36288' 'arenas=10 highwater=12 64=36288 16=1639'
}

@test "growth: 1 % of what was held before, rounded down" {
	two steady 'arenas=10 64=36288' 'arenas=10 64=36288 16=1638'
	two growth 'arenas=10 64=36288' 'arenas=10 64=36288 16=1639'
	mimalloc steady 1000000 5000 1000000 14999
	mimalloc growth 1000000 5000 1000000 15000
	mimalloc steady 1000099 5000 1000099 14999
	mimalloc growth 1000099 5000 1000099 15000
	# 1 % is 0: any change is more
	mimalloc steady 99 50 99 50
	mimalloc growth 99 50 99 51
	# mimalloc has no arenas, so growth of held alone is nothing
	mimalloc steady 1000000 5000 9000000 5000
}

# Two are one of many arenas, but 1 % of 1,000 arenas is ten.
@test "less, or returned in one input: two arenas, and 1 % of what was held" {
	apart less 'arenas=10 64=100' 'arenas=8 64=100'
	together returned 'arenas=10 64=100' 'arenas=8 64=100'
	two steady 'arenas=10 64=100' 'arenas=9 64=100'
	apart less 'arenas=1000 64=100' 'arenas=990 64=100'
	together returned 'arenas=1000 64=100' 'arenas=990 64=100'
	two steady 'arenas=1000 64=100' 'arenas=991 64=100'
	mimalloc less 1000000 5000 990000 5000
	mimalloc steady 1000000 5000 990001 5000
	cat "$T/before" "$T/after" >"$T/one"
	says steady 2 "$T/one"
	sed 's/990001/990000/' "$T/one" >"$T/other"
	says returned 2 "$T/other"
}

@test "none: a side that does not say what is held and live, or nothing held before" {
	says none 2 pyodide-0.26.4/before.txt pyodide-0.26.4/after.txt
	says none 2 pyodide-0.26.4/before.txt cpython-3.11.7/after.txt
	says none 2 cpython-3.11.7/before.txt pyodide-0.26.4/after.txt
	cat pyodide-0.26.4/before.txt pyodide-0.26.4/after.txt >"$T/lists"
	says none 2 "$T/lists"
	apart none 'arenas=0' 'arenas=3 64=4032'
	apart less 'arenas=3 64=4032' 'arenas=0'
	printf '%s\n' arenas=0 'arenas=3 64=4032' | forge >"$T/one"
	says none 2 -s 1:2 "$T/one"
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do cat pyodide-0.26.4/after.txt; done >"$T/lists"
	says none 2 "$T/lists"
}

@test "not measured: five zeros on any side, before none is asked for" {
	local f=source-3.13.5t
	says 'not measured' 2 $f/before.txt $f/after.txt
	says 'not measured' 2 debian-3.15.2/mimalloc-after.txt $f/after.txt
	says 'not measured' 2 $f/after.txt debian-3.15.2/mimalloc-after.txt
	says 'not measured' 2 pyodide-0.26.4/after.txt $f/after.txt
	cat $f/before.txt $f/after.txt >"$T/one"
	says 'not measured' 2 "$T/one"
	# four zeros are numbers
	sed 's/Bytes Reserved: .*/Bytes Reserved: 1/' $f/after.txt >"$T/four"
	says none 2 "$T/four" "$T/four"
}

# 64 pools of 63 blocks fill an arena: with lists=none a full dump.
@test "at-peak: two full dumps or more of one process, and no other between them" {
	local one='lists=none arenas=1 64=4032' two='lists=none arenas=2 64=8064'
	together at-peak "$one" "$two"
	apart growth "$one" "$two"
	printf '%s\n' "$one" "$two" 'lists=none arenas=3 64=12096' 'arenas=4 64=16128' |
	    forge >"$T/log"
	says growth 2 "$T/log"
	says at-peak 3 -s 1:3 "$T/log"
	says growth 2 -s 2:4 "$T/log"
	printf '%s\n' "$one" 'arenas=2 64=8064' 'lists=none arenas=3 64=12096' |
	    forge >"$T/log"
	says growth 2 "$T/log"
	# a dump before the first arena and one after exit are left out
	printf '%s\n' 'lists=none arenas=0' "$one" "$two" 'lists=none arenas=3 64=100' |
	    forge >"$T/log"
	says at-peak 2 "$T/log"
	# another process begins between them
	{ forge <<<"$two"; forge <<<"$one"; } >"$T/log"
	says steady 2 "$T/log"
}

# Logs. log prints dumps 1 to N (25) of a log, each from an awk expression of
# i, which counts from 0: dump 0 is start-up, quarter 0 has dumps 1 to 6,
# quarter 1 dumps 7 to 12, and so on.

# log 'STATEMENTS' [N]: i in, a line of forge.awk out, into $T/log.
log() {
	awk -v n="${2:-25}" "BEGIN { for (i = 0; i < n; i++) { $1 } }" | forge >"$T/log"
}

# judged WORD 'STATEMENTS' [N]
judged() {
	log "$2" "${3:-25}"
	judge "$1" "${3:-25}" "$T/log" || {
		echo "$*"
		return 1
	}
}

@test "a log has twelve dumps, selected by two positive numbers or not at all" {
	cd series/3.8.18
	first 12 closures_leak.txt >"$T/12"
	first 11 closures_leak.txt >"$T/11"
	says leak 12 "$T/12"
	says growth 2 "$T/11"
	says leak 12 -s 1:12 closures_leak.txt
	says leak 12 -s 14:25 closures_leak.txt
	says growth 2 -s 1:11 closures_leak.txt
	says growth 2 -s 15:25 closures_leak.txt
	says growth 2 -s 1:-1 closures_leak.txt
	says growth 2 -s -25:25 closures_leak.txt
	says growth 2 -s -12:-1 closures_leak.txt
	says returned 2 -s 25:1 closures_leak.txt
	# two inputs are two dumps
	says growth 2 "$T/12" closures_leak.txt
	# -e compares two
	"$PMD" -e -f json closures_leak.txt | words_of_json | sort -u >"$T/got" || true
	printf 'growth\t2\n' | diff - "$T/got"
}

@test "a log of mimalloc is two dumps" {
	local i
	for i in 1 2 3 4 5 6 7; do
		cat debian-3.15.2/mimalloc-before.txt debian-3.15.2/mimalloc-after.txt
	done >"$T/log"
	says growth 2 "$T/log"
}

# A full dump counts, the empty one before it and the exit dump do not.
@test "empty and exit dumps do not count" {
	local start='if (i == 0) print "lists=none arenas=0 total=0"
	    else if (i == 1) print "lists=none arenas=1 total=1 64=4032"'
	local end='print "lists=none total=2 arenas=1 64=100"'
	log "$start; else if (i == 13) $end; else print \"64=\" 4032 + 80 * i" 14
	says leak 12 "$T/log"
	log "$start; else if (i == 12) $end; else print \"64=\" 4032 + 80 * i" 13
	says growth 2 "$T/log"
	# with -s both are dumps to compare, but not of the log
	log "$start; else if (i == 13) $end; else print \"64=\" 4032 + 80 * i" 14
	says none 2 -s 1:14 "$T/log"
	says leak 12 -s 2:14 "$T/log"
}

# The oracle reads no damaged dumps.
@test "damaged dumps do not count" {
	local file=$PWD/series/3.8.18/closures_leak.txt
	cut_sixth() { awk '/^Small block/ { n++ } n != 6 || !/^Total/' "$1"; }
	first 12 "$file" | cut_sixth >"$T/12"
	first 13 "$file" | cut_sixth >"$T/13"
	reads growth 2 "$T/12"
	reads leak 12 "$T/13"
	reads leak 12 -F "$T/13"
	reads growth 2 -F "$T/12"
	reads leak 12 -s 1:13 "$T/13"
	# nor do their numbers: the whole summary is that of a log without the dump
	awk '/^Small block/ { n++ } n != 6' "$T/13" >"$T/without"
	awk '/^Small block/ { n++ } n == 6 && /^# arenas alloc/ { sub(/ [0-9]*$/, 0) } { print }' \
	    "$T/13" >"$T/13b"
	"$PMD" -f summary "$T/without" >"$T/want" || [ $? -eq 1 ]
	"$PMD" -F -f summary "$T/13" 2>/dev/null | diff "$T/want" -
	# before and after are compared also where they are damaged
	sed '2,70{/^Total/d;}' "$T/without" >"$T/first"
	reads growth 2 -F "$T/first"
}

@test "a break makes two inputs of one" {
	cd series/3.8.18
	cat json_big.txt closures_leak.txt >"$T/two"
	says growth 2 "$T/two"
	says returned 25 -s 1:25 "$T/two"
	says leak 25 -s 26:50 "$T/two"
	says leak 20 -s 31:50 "$T/two"
	says less 2 -s 20:26 "$T/two"
	says growth 2 -s 25:50 "$T/two"
	{ forge <<<'arenas=10 64=100'; forge <<<'arenas=8 64=100'; } >"$T/two"
	says less 2 "$T/two"
	printf '%s\n' 'arenas=10 64=100' 'arenas=8 64=100' | forge >"$T/one"
	says returned 2 "$T/one"
}

# A class that grows, but not in every second dump: where two dumps are a run,
# its least bytes rise.
@test "runs of one dump up to 64 of them, then of two, then of four" {
	local two='print "64=" (i % 2 ? 2000 + 60 * i : 40000 - 120 * i)'
	judged steady "$two" 65
	judged leak "$two" 66
	judged leak "$two" 129
	judged leak "$two" 130
	# every fourth dump
	local four='print "64=" (i % 4 == 1 ? 2000 + 60 * i : 60000 - 180 * i)'
	judged steady "$four" 65
	judged steady "$four" 129
	judged leak "$four" 130
}

# The lower, higher or only different one is the second of two that become a
# run.
@test "runs of two dumps: the least and the greatest of both count" {
	local s='print "64=" (i % 2 ? 40000 - 120 * i : 2000 + 60 * i)'
	judged steady "$s" 65
	judged leak "$s" 66
	# the middle of 40,001 and 32,000, or 28,000, is 36,000.5, or 34,000.5
	s='b = 32000; if (i == 40) b = 40001; if (i == 44) b = A
	    if (i > 100 && i < 110) b = B; print "64=" b, "arenas=" (i == 40 ? 12 : 9)'
	judged returned "A = 32000; B = 34001; $s" 129
	judged returned "A = 28000; B = 34000; $s" 129
	judged steady "A = 28000; B = 34001; $s" 129
	s='print "64=4000 arenas=" (i == 0 ? 1 : i == D ? 2 : 3)'
	judged fragmentation "D = -1; $s" 66
	judged steady "D = 52; $s" 66
	judged steady "D = 51; $s" 66
}

# b: 1000 blocks, then `step` more with each dump, but for `jump` blocks from
# 13 to 19, which is d3.
b() {
	echo "b = 1000 + $1 * i; if (i >= 19) b += 6 * -$1 + $2;"
}

@test "leak: t is 16 KiB, or a 2000th of the greatest live bytes, the first dump's too" {
	# 128 * 64 bytes are half of 16 KiB
	judged leak "$(b 20 128) print \"64=\" b"
	judged levelled "$(b 20 127) print \"64=\" b"
	# 160 * 64 bytes are half of 20,480; in dump 24 are 79,000 * 512 + (1000 + 24 * 25 + 10) * 64
	# and 25,684 or 25,685 blocks of 16, which are 40,961,984 or 40,962,000 bytes
	judged leak "$(b 25 160) print \"64=\" b, \"512=79000 16=25684\""
	judged steady "$(b 25 160) print \"64=\" b, \"512=79000 16=25685\""
	# in dump 0 are 79,000 * 512 + 1000 * 64 and 28,124 or 28,125 blocks of 16: the same sums
	judged leak "$(b 25 160) print \"64=\" b, \"512=79000 16=\" (i ? 100 : 28124)"
	judged steady "$(b 25 160) print \"64=\" b, \"512=79000 16=\" (i ? 100 : 28125)"
}

@test "a class grows on: more than 1 KiB in each of two quarters, and not half as slow" {
	# d2 is 64 or 65 blocks of 16, then follow 600
	local s='b = 1000 + i; if (i >= 13) b += D - 6; if (i >= 19) b += 600 - 6;'
	judged steady "D = 64; $s print \"16=\" b"
	judged leak "D = 65; $s print \"16=\" b"
	# 112 * 64 are 1 KiB less than half of t; d3 is 64 or 65 blocks of 16
	s='c = 5000 + 20 * i; if (i >= 19) c += D - 120; print "64=" b, "16=" c'
	judged levelled "D = 64; $(b 18 112) $s"
	judged leak "D = 65; $(b 18 112) $s"
	# d2 is 256 or 257, d3 128 blocks of 64
	s='b = 1000 + i; if (i >= 13) b += D - 6; if (i >= 19) b += 128 - 6;'
	judged leak "D = 256; $s print \"64=\" b"
	judged growth "D = 257; $s print \"64=\" b"
}

# A class of 16 bytes that grows by 65 blocks in each of two quarters; in dump
# 12 it is lower than in dump 1 by two blocks or by one, so that it grew by
# 2,048 or by 2,064 bytes in all. The class of 64 grows by 112 blocks: t/2 is
# passed if the other counts.
@test "a class grows on: more than 2 KiB over the whole log" {
	local s='c = 5000 + i; if (i == 12) c = 5001 - D; if (i >= 13) c = 5066 - D + i - 13;
	    if (i >= 19) c = 5131 - D + i - 19;'
	judged levelled "$(b 18 112) D = 2; $s print \"64=\" b, \"16=\" c"
	judged leak "$(b 18 112) D = 1; $s print \"64=\" b, \"16=\" c"
}

# Eleven runs rise with S of 38.54 or more; of their 55 pairs 8 or 9 fall, so
# S is 39 or 37. The digits are the order within the quarters of 2, 3, 3 and 3
# runs.
@test "a class grows on: its least bytes rise in time" {
	local s='print "64=" 1000 + 100 * substr("0" order, i + 1, 1) + (i > 9 ? 1000 : 0)'
	order() { echo "split(\"0 $1\", o, \" \"); print \"64=\" 1000 + 100 * o[i + 1]"; }
	judged leak "$(order '2 1 5 4 3 8 7 6 10 9 11')" 12
	judged growth "$(order '2 1 5 4 3 8 7 6 11 9 10')" 12
}

@test "fragmentation of a log: a third of its arenas is spare to the end, but not at first" {
	local first='if (i == 0) print "arenas=1 64=4000"; else'
	judged fragmentation "$first print \"arenas=3 64=4000\""
	judged steady "$first print \"arenas=2 64=4000\""
	judged fragmentation 'print "arenas=" (i ? 6 : 4), "64=16000"'
	judged steady 'print "arenas=" (i ? 7 : 5), "64=20000"'
	# the first dump has two as well
	judged steady 'print "arenas=3 64=4000"'
	# one dump of the last quarter has one; one of the third quarter does not matter
	judged steady "$first print \"arenas=\" (i == 19 ? 2 : 3), \"64=4000\""
	judged fragmentation "$first print \"arenas=\" (i == 18 ? 2 : 3), \"64=4000\""
	# the last dump has seven
	judged steady "$first print \"arenas=\" (i == 24 ? 7 : 3), \"64=4000\""
	judged fragmentation "$first print \"arenas=\" (i == 24 ? 6 : 3), \"64=4000\""
}

# Two spare arenas are 524,288 bytes: 8 times 1024 blocks of 64.
@test "fragmentation of a log: what its gaps cost is more than eight times what grows on" {
	local s='p = (b - b % 63) / 63 + 1; print "64=" b, "arenas=" (p - p % 64) / 64 + (i ? 3 : 1)'
	judged fragmentation "$(b 180 1023) $s"
	judged leak "$(b 180 1024) $s"
}

# Half as fast in the last quarter as before: no class grows on. 256 blocks of
# 64 are 16 KiB.
@test "slowing: more than t in each of two quarters" {
	local s='b = 1000 + 10 * i; if (i >= 13) b += D - 60; if (i >= 19) b += E - 60;'
	judged slowing "D = 600; E = 257; $s print \"64=\" b"
	judged growth "D = 600; E = 256; $s print \"64=\" b"
	# two classes in turn; in d2 are also six blocks of 128: 244 * 64 + 768 is t
	s='b = c = 1000; if (i >= 13) b += D; if (i >= 19) c += 2000;'
	judged slowing "D = 245; $s print \"64=\" b, \"128=\" c + i"
	judged growth "D = 244; $s print \"64=\" b, \"128=\" c + i"
}

@test "slowing: live memory rises" {
	# five dumps of the first quarter are above all that follow
	local s='b = 1000 + 10 * i; if (i >= 13) b += 600 - 60; if (i >= 19) b += 257 - 60;'
	judged slowing "$s print \"64=\" b"
	judged steady "$s if (i >= 2 && i <= 6) b += 2000; print \"64=\" b"
}

# 40,000 is 5/4 of 32,000; 8 arenas have room for 32,256 blocks, 10 for
# 40,320.
@test "returned, in a log: the greatest live bytes are over 5/4 of the last" {
	judged returned 'print "64=" (i == 10 ? 40001 : 32000), "arenas=" (i == 10 ? 10 : 8)'
	judged steady 'print "64=" (i == 10 ? 40000 : 32000), "arenas=" (i == 10 ? 10 : 8)'
	# the first dump counts as well
	judged returned 'print "64=" (i ? 32000 : 40001), "arenas=" (i ? 8 : 10)'
	judged steady 'print "64=" (i ? 32000 : 40000), "arenas=" (i ? 8 : 10)'
}

@test "returned, in a log: two arenas less are held than at most, and a quarter of what is held" {
	judged returned 'print "64=" (i == 10 ? 36288 : 29000), "arenas=" (i == 10 ? 10 : 8)'
	judged steady 'print "64=" (i == 10 ? 36288 : 29000), "arenas=" (i == 10 ? 9 : 8)'
	judged returned 'print "64=" (i == 10 ? 20000 : 15000), "arenas=" (i == 10 ? 6 : 4)'
	judged steady 'print "64=" (i == 10 ? 20000 : 15000), "arenas=" (i == 10 ? 5 : 4)'
	judged returned 'print "64=" (i == 10 ? 94000 : 75000), "arenas=" (i == 10 ? 25 : 20)'
	judged steady 'print "64=" (i == 10 ? 94000 : 75000), "arenas=" (i == 10 ? 24 : 20)'
	judged steady 'print "64=" (i ? 75000 : 94000), "arenas=" (i ? 20 : 24)'
}

# The middle of 40,001 and 32,000 is 36,000.5.
@test "returned, in a log: all of the last quarter is below the middle, without the first dump" {
	local s='b = 32000; a = 8; if (i == 10) { b = 40001; a = 10 }
	    if (i == 20) { b = B; a = 9 } print "64=" b, "arenas=" a'
	judged returned "B = 36000; $s"
	judged steady "B = 36001; $s"
	# the peak is in the first dump, so the middle of the others is 32,000
	s='print "64=" (i == 0 ? 40001 : i == 20 ? B : 32000), "arenas=" (i == 0 ? 10 : 8)'
	judged returned "B = 32000; $s"
	judged steady "B = 32001; $s"
}

# 256 blocks of 64 bytes are 16 KiB; 1 % of ten arenas is 26,214 bytes.
@test "growth, in a log: the last two runs are above all of the first half, by t or 1 %" {
	judged growth 'print "64=" (i >= 23 ? 1257 : 1000)'
	judged steady 'print "64=" (i >= 23 ? 1256 : 1000)'
	judged steady 'print "64=" (i >= 24 ? 9000 : 1000)'
	# dump 12 is in the first half, dump 13 is not
	judged steady 'print "64=" (i >= 23 ? 1257 : i == 12 ? 1001 : 1000)'
	judged growth 'print "64=" (i >= 23 ? 1257 : i == 13 ? 1001 : 1000)'
	judged growth 'print "arenas=" (i ? 2 : 10), "64=1000 16=" (i >= 23 ? 1639 : 0)'
	judged steady 'print "arenas=" (i ? 2 : 10), "64=1000 16=" (i >= 23 ? 1638 : 0)'
}

@test "levelled: the last quarter is above the first dump, but hardly above the third quarter" {
	judged levelled 'print "64=" (i ? 1257 : 1000)'
	judged steady 'print "64=" (i ? 1256 : 1000)'
	judged levelled 'print "arenas=10 64=1000 16=" (i ? 1639 : 0)'
	judged steady 'print "arenas=10 64=1000 16=" (i ? 1638 : 0)'
	# a peak in the first half, so it is no growth
	local s='b = i ? 1300 : 1000; if (i == 5) b = 2000; if (i >= 19) b += D;'
	judged levelled "D = 256; $s print \"64=\" b"
	judged steady "D = 257; $s print \"64=\" b"
}

@test "the status does not depend on the verdict, but a gate does" {
	cd series/3.8.18
	pmd 1 -q closures_leak.txt
	pmd 1 -q gc_sawtooth.txt
	pmd 0 -q -l leak gc_sawtooth.txt
	"$PMD" -q -l leak closures_leak.txt 2>/dev/null || [ $? -eq 1 ]
	! "$PMD" -q -l leak closures_leak.txt 2>/dev/null || false
}
