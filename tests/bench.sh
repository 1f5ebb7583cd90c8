#!/bin/sh
# bench.sh: what the program costs beside tools that everybody has: a table of
# instructions, wall times and memory, each with its goal.
#
# BENCH_MB is the size of the stream of dumps (500), BENCH_ROUNDS how often
# each pair of commands is timed, in turns (7); the times are medians. PMD
# names another program than ./pymallocdiff. The locale is the caller's: diff
# costs less in C. The status tells only whether there is a table.
set -u
cd "$(dirname "$0")/.." || exit 1
mb=${BENCH_MB:-500} rounds=${BENCH_ROUNDS:-7}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT PIPE TERM

# All that runs has a short name in there. The program is a copy: nobody
# builds it anew meanwhile.
dump=fixtures/cpython-3.13.0
cp "${PMD:-./pymallocdiff}" "$tmp/pymallocdiff" &&
cp $dump/before.txt $dump/after.txt "$tmp" &&
${CC:-cc} -O2 -o "$tmp/maxrss" tests/maxrss.c &&
cat $dump/many.txt fixtures/cpython-3.8.18/env.txt \
    fixtures/debian-3.11.2-i386/env.txt fixtures/debian-2.7.18-dbg/many.txt \
    fixtures/debian-3.15.2/mimalloc-after.txt >"$tmp/dialects" &&
cd "$tmp" || exit 1
cat before.txt after.txt >pair
cat dialects dialects dialects dialects dialects dialects dialects >2mb
cat 2mb 2mb >4mb
left=$((mb * 1000000))
while [ $left -gt 0 ]; do
	cat 2mb || exit 1
	left=$((left - $(wc -c <2mb)))
done >stream
wc -l stream >/dev/null		# it is in the cache now

calc() {
	LC_ALL=C awk "$@"
}

# row CASE MEASURED [RATIO GOAL MET]
row() {
	printf '%-37s  %23s  %6s  %-10s  %s\n' "$@"
}

# judge CASE MEASURED A B OPERATOR GOAL: a row about A / B
judge() {
	set -- "$@" $(calc -v a="$3" -v b="$4" -v op="$5" -v goal="$6" 'BEGIN {
		met = op == "<=" ? a / b <= goal : a / b >= goal
		printf((goal < 100 ? "%.2f %s" : "%.0f %s"), a / b,
		    met ? "yes" : "no")
	}')
	row "$1" "$2" "$7" "$5 $6" "$8"
}

# Where a tool is missing, the row says so.
have() {
	command -v "$2" >/dev/null 2>&1 && return
	row "$1" "$2: not installed"
	return 1
}

# instructions COMMAND
instructions() {
	valgrind --tool=callgrind --callgrind-out-file=/dev/null \
	    --log-file=log $1 >/dev/null 2>&1
	sed -n 's/.*Collected : *//p' log
}

# count CASE OURS PEER GOAL: their instructions
count() {
	have "$1" valgrind && have "$1" "${3%% *}" || return
	a=$(instructions "$2") b=$(instructions "$3")
	[ "$a" ] && [ "$b" ] || { row "$1" failed; return; }
	judge "$1" "$a / $b" "$a" "$b" "<=" "$4"
}

# median FILE: of the times from maxrss; nothing where a status is above 1
median() {
	sort -n "$1" | calc '$3 > 1 { bad = 1 } { us[NR] = $1 }
	    END { if (NR && !bad) print us[int((NR + 1) / 2)] }'
}

# turns N A B: the medians $a and $b of N runs of A, N of B, N of A, ...
turns() {
	turn=0
	while [ $turn -lt "$rounds" ]; do
		eval "./maxrss -n $1 $2" >&3
		eval "./maxrss -n $1 $3" >&4
		turn=$((turn + 1))
	done 3>times_a 4>times_b
	a=$(median times_a) b=$(median times_b)
	[ "$a" ] && [ "$b" ]
}

# race CASE N OURS PEER GOAL
race() {
	have "$1" "${4%% *}" || return
	turns "$2" "$3" "$4" || { row "$1" failed; return; }
	judge "$1" "$(calc -v a="$a" -v b="$b" -v n="$2" '
	function ms(x) { return sprintf(x < 1e4 ? "%.3f" : "%.0f", x / 1e3) }
	BEGIN { print ms(a / n), "/", ms(b / n), "ms" }')" "$a" "$b" "<=" "$5"
}

# output CASE COMMAND GOAL: megabytes that it writes in a second
output() {
	n=$(($($2 2>/dev/null | wc -c)))
	turns 1 "$2" true || { row "$1" failed; return; }
	judge "$1" "$((n / 1000000)) MB, $((a / 1000)) ms" "$n" "$a" ">=" "$3"
}

# peak CASE COMMAND: its resident memory, beside that of true
peak() {
	set -- "$1" $(eval "$2") 0 0 128
	[ "$true" ] && [ "$4" -lt 128 ] || { row "memory: $1" failed; return; }
	[ $(($3 - true)) -lt 2048 ] && met=yes || met=no
	row "memory: $1" "$3 / $true KiB" $(($3 - true)) "< 2048 KiB" $met
}

echo "A stream of $(($(wc -c <stream) / 1000000)) MB, $rounds rounds"
row case "ours / peer" ratio goal met
pmd=./pymallocdiff
files="before.txt after.txt"
count "two files, diff: instructions" "$pmd $files" "diff $files" 0.5
race "two files, diff: time" 500 "$pmd $files" "diff $files" 0.9
command -v mawk >/dev/null 2>&1 && sum=mawk || sum=awk
race "-e -q, a sum by $sum" 1 "$pmd -e -q stream" \
    "$sum 'NF==5{s+=\$4}END{print s}' stream" 0.25
race "-e -q, wc -l" 1 "$pmd -e -q stream" "wc -l stream" 5
race "cat | -q, cat | wc -l" 1 "sh -c 'cat stream | $pmd -q'" \
    "sh -c 'cat stream | wc -l'" 1.3
race "-q, -q of two dumps only" 10 "$pmd -q stream" "$pmd -q pair" 1.5
output "-e -f csv -a: MB/s of output" "$pmd -e -f csv -a stream" 300
for options in "-e -q" "-e -f csv -a"; do
	count "$options, 4 to 2 MB: instructions" \
	    "$pmd $options 4mb" "$pmd $options 2mb" 2.1
done

true=$(./maxrss true | cut -d ' ' -f 2)
peak "two files" "./maxrss $pmd $files"
peak "-e -q" "./maxrss $pmd -e -q stream"
peak "cat | -q" "cat stream | ./maxrss $pmd -q"
peak "-q" "./maxrss $pmd -q stream"
peak "-e -f csv -a" "./maxrss $pmd -e -f csv -a stream"
line=$((mb * 2147484)) blank=$((mb * 200000)) other=$((mb * 1000000))
peak "a line of $line bytes" \
    "yes xxxxxxx | tr -d '\n' | head -c $line | ./maxrss $pmd -q"
peak "$blank blank lines" "yes '' | head -c $blank | ./maxrss $pmd -q"
peak "$other NULs" "head -c $other /dev/zero | ./maxrss $pmd -q"
peak "$other bytes of yes" "yes | head -c $other | ./maxrss $pmd -q"
