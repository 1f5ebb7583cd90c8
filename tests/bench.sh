#!/bin/sh
# bench.sh: what the program costs beside tools that everybody has: a table of
# instructions, wall times and memory, each with its goal.
#
# BENCH_MB is the size of the inputs that are timed (200), BENCH_ROUNDS how
# often each pair of commands is run, in turns (5); the least time of each
# counts. PMD names another program than ./pymallocdiff. The locale is the
# caller's: diff costs less in C. The status tells only whether there is a
# table.
set -u
cd "$(dirname "$0")/.." || exit 1
mb=${BENCH_MB:-200} rounds=${BENCH_ROUNDS:-5}
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

# repeat N FILE: it N times.
repeat() {
	n=$1
	while [ "$n" -gt 0 ]; do
		cat "$2" || exit 1
		n=$((n - 1))
	done
}

# fill FILE: it again and again, BENCH_MB in all.
fill() {
	repeat $((mb * 1000000 / $(wc -c <"$1") + 1)) "$1"
}

# A service's log: for each 500 lines of 100 bytes a dump.
{
	yes "2026-11-25 12:00:00,000 INFO [worker-1] request 8f3a for \
/api/v1/items took 12 ms, status 200, ok" | head -n 500
	cat before.txt
} >service
repeat 7 dialects >2mb
repeat 2 2mb >4mb
repeat 10 2mb >20mb
for size in 2mb 4mb; do
	sed 's/^/web-1  | /' $size >$size.prefix
	sed "s/\$/$(printf '\r')/" $size >$size.crlf
done
fill 2mb >stream
fill service >log
yes | head -c $((mb * 1000000)) >yes
cat stream log yes | wc -l >/dev/null	# they are in the cache now

# row CASE MEASURED [RATIO GOAL MET]
row() {
	printf '%-35s  %23s  %6s  %-7s  %s\n' "$@"
}

# judge CASE MEASURED A B GOAL: a row about A / B
judge() {
	row "$1" "$2" $(LC_ALL=C awk -v a="$3" -v b="$4" -v goal="$5" 'BEGIN {
		printf("%.2f <=%s %s", a / b, goal,
		    (a / b <= goal ? "yes" : "no"))
	}')
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
	    --log-file=log.valgrind $1 >/dev/null 2>&1
	sed -n 's/.*Collected : *//p' log.valgrind
}

# count CASE OURS PEER GOAL: their instructions
count() {
	have "$1" valgrind && have "$1" "${3%% *}" || return
	a=$(instructions "$2") b=$(instructions "$3")
	[ "$a" ] && [ "$b" ] || { row "$1" failed; return; }
	judge "$1" "$a / $b" "$a" "$b" "$4"
}

# bytewise CASE OPTIONS SUFFIX GOAL: instructions for each byte, of 4 MB less
# 2 MB, so without the start of the program
bytewise() {
	have "$1" valgrind || return
	a=$(instructions "$pmd $2 4mb$3") b=$(instructions "$pmd $2 2mb$3")
	[ "$a" ] && [ "$b" ] || { row "$1" failed; return; }
	n=$(($(wc -c <"4mb$3") - $(wc -c <"2mb$3")))
	judge "$1" "$((a - b)) / $n B" $((a - b)) $n "$4"
}

# least FILE: of the times from maxrss; nothing if a status is above 2
least() {
	sort -n "$1" | awk '$3 > 2 { bad = 1 } NR == 1 { us = $1 }
	    END { if (NR && !bad) print us }'
}

# race CASE N OURS PEER GOAL: N runs of one, N of the other, N of the first...
race() {
	have "$1" "${4%% *}" || return
	turn=0
	while [ $turn -lt "$rounds" ]; do
		eval "./maxrss -n $2 $3" >&3
		eval "./maxrss -n $2 $4" >&4
		turn=$((turn + 1))
	done 3>times_a 4>times_b
	a=$(least times_a) b=$(least times_b)
	[ "$a" ] && [ "$b" ] || { row "$1" failed; return; }
	judge "$1" "$(LC_ALL=C awk -v a="$a" -v b="$b" -v n="$2" '
	function ms(x) { return sprintf((x < 1e4 ? "%.3f" : "%.0f"), x / 1e3) }
	BEGIN { print ms(a / n), "/", ms(b / n), "ms" }')" "$a" "$b" "$5"
}

# peak CASE COMMAND: its resident memory, beside that of true
peak() {
	set -- "$1" $(eval "$2") 0 0 128
	[ "$true" ] && [ "$4" -lt 128 ] || { row "memory: $1" failed; return; }
	judge "memory: $1" "$3 - $true KiB" $(($3 - true)) 1024 2
}

echo "Inputs of $mb MB, $rounds rounds"
row case "ours / peer" ratio goal met
pmd=./pymallocdiff
files="before.txt after.txt"
bytewise "-e -q: instructions a byte" "-e -q" "" 5.5
bytewise "-e -q: with a prefix" "-e -q" .prefix 5.5
bytewise "-e -q: with CRLF" "-e -q" .crlf 5.5
bytewise "-e -f csv -a: instructions a byte" "-e -f csv -a" "" 42
bytewise "-e -f csv: instructions a byte" "-e -f csv" "" 31
count "two files, diff: instructions" "$pmd $files" "diff $files" 0.48
count "-L, -q: instructions" "$pmd -L 2mb" "$pmd -q 2mb" 1.2
count "-f summary, -q: instructions" "$pmd -f summary 2mb" "$pmd -q 2mb" 1.2
for options in "-e -q" "-e -f csv -a"; do
	count "$options, 20 to 2 MB: instructions" "$pmd $options 20mb" \
	    "$pmd $options 2mb" 10
done
command -v mawk >/dev/null 2>&1 && sum=mawk || sum=awk
race "-e -q, a sum by $sum" 1 "$pmd -e -q stream" \
    "$sum 'NF==5{s+=\$4}END{print s}' stream" 0.25
race "-e -q, wc -l" 1 "$pmd -e -q stream" "wc -l stream" 5
race "cat | -q, cat | wc -l: a log" 1 "sh -c 'cat log | $pmd -q'" \
    "sh -c 'cat log | wc -l'" 1.3
race "-q, wc -l: a log" 1 "$pmd -q log" "wc -l log" 4
race "-q, wc -l: yes" 1 "$pmd -q yes" "wc -l yes" 5
race "two files, diff: time" 200 "$pmd $files" "diff $files" 1

true=$(./maxrss true | cut -d ' ' -f 2)
peak "two files" "./maxrss $pmd $files"
for options in "-e -q" -q "-q -s -64:-1" "-e -f csv -a" "-f summary" -L; do
	peak "$options" "./maxrss $pmd $options 20mb"
done
peak "cat | -q" "cat 20mb | ./maxrss $pmd -q"
line=$((mb * 1000000))
peak "a line of $mb MB" \
    "yes xxxxxxx | tr -d '\n' | head -c $line | ./maxrss $pmd -q"
peak "$mb MB of blank lines" "yes '' | head -c $line | ./maxrss $pmd -q"
peak "$mb MB of NULs" "head -c $line /dev/zero | ./maxrss $pmd -q"
