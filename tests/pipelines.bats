# The manual's command lines with other programs, and its scripts, where the
# tools that they name are installed.
load lib

PAGE=$ROOT/man/pymallocdiff.1
PROGRAMS='With other programs'

# What a command starts that is not to be had here is a stub in $T/bin.
stub() {	# stub NAME, its text on standard input
	mkdir -p "$T/bin"
	{ echo '#!/bin/sh'; cat; } >"$T/bin/$1"
	chmod +x "$T/bin/$1"
}

# Nothing is written to the fixtures: $T/work has what the examples need.
under_test() {
	echo "exec ${RUN[*]} '$PMD' \"\$@\"" | stub pymallocdiff
	PATH=$T/bin:$PATH
	[ ! -d "$T/work" ] || return 0
	mkdir "$T/work"
	cp -R "$F/soak" "$F/cpython-3.13.0" "$T/work"
}

need() {
	local tool
	for tool in "$@"; do
		command -v "$tool" >/dev/null || skip "$tool is not here"
	done
}

manual() {	# manual WHAT PATTERN: of manual.awk
	awk -v want="$1" -v of="$PROGRAMS" -v has="$2" \
	    -f "$ROOT/tests/manual.awk" "$PAGE"
}

run_sh() {	# run_sh STATUS ARGUMENT...: sh with these, in $T/work
	local want=$1 got=0
	shift
	(cd "$T/work" && sh "$@") >"$T/out" 2>"$T/err" </dev/null || got=$?
	verify "$want" "$got" "sh $*"
}

# example PATTERN: run the example that has such a line; its output is the
# page's.
example() {
	under_test
	manual transcript "$1" | want_out
	manual script "$1" >"$T/script"
	[ -s "$T/script" ] || { echo "no example with $1"; return 1; }
	run_sh 0 "$T/script"
}

block() {	# block PATTERN: the literal block with such a line
	awk -v has="$1" -f "$ROOT/tests/blocks.awk" "$PAGE"
}

# The tables say what the bytes in allocated blocks of the first dumps are.
@test "jq: live memory, dump by dump" {
	need jq
	example 'jq -c'
	awk '/^# bytes in allocated blocks/ && n < 3 {
		gsub(/,/, "", $NF)
		print "[" ++n "," $NF "]"
	}' soak/leak.log | want_out
	sed -n '/^\[/p' "$T/out" >"$T/lines"
	mv "$T/lines" "$T/out"
	verify 0 0 "the lines of jq"
}

# The tables say 5749, 3436 and 751 blocks before and 52520, 35659 and 31172
# after.
@test "sqlite3: the classes that grew most" {
	need sqlite3
	# It has had .import --csv since 3.32.
	[ "$(printf 'a\n1\n' | sqlite3 :memory: '.import --csv /dev/stdin d' \
	    'SELECT a FROM d' 2>/dev/null)" = 1 ] ||
	    skip "this sqlite3 is too old"
	example 'sqlite3 :memory:'
	grep -q -x "64|$((52520 - 5749))" "$T/out"
	grep -q -x "48|$((35659 - 3436))" "$T/out"
	grep -q -x "32|$((31172 - 751))" "$T/out"
}

@test "gnuplot: a chart of a log" {
	local name
	need gnuplot
	gnuplot -e 'set terminal svg' 2>/dev/null ||
	    skip "this gnuplot draws no SVG"
	example 'gnuplot -e'
	for name in held live; do
		grep -q "<title>.*$name</title>" "$T/work/chart.svg"
	done
	[ "$(wc -l <"$T/work/chart.csv")" -eq 18 ]
}

reports() {	# each log of the fleet has its report
	local log
	for log in "$T/work"/soak/*.log; do
		"$PMD" -f summary "$log" >"$T/report" || [ $? -eq 1 ]
		cmp "$T/report" "$log.txt"
	done
}

@test "xargs -P: a report for each log of a fleet" {
	need xargs
	example 'xargs -0'
	reports
}

fleet() {	# the command of that example that writes the reports
	block 'xargs -0' | sed -n 's/^\$ //; 1,2p'
}

@test "xargs -P: a log that is trouble" {
	local trouble=0
	need xargs
	under_test
	fleet >"$T/fleet"
	cp derived/no-dump.txt "$T/work/soak/nothing.log"
	echo "pymallocdiff: soak/nothing.log: no dump found" | want_err
	echo 2 | xargs sh -c 'exit 2' || trouble=$?	# 123, or 1 of BSD
	run_sh $trouble "$T/fleet"
	[ ! -s "$T/work/soak/nothing.log.txt" ]
	rm "$T/work/soak"/nothing.*
	reports
}

@test "a script that gets the names of logs on its input" {
	need xargs
	under_test
	fleet | sed 's/.*| xargs -0 /xargs -r /' | stub filter
	(cd "$T/work" && printf '%s\n' soak/*.log | filter)
	reports
	filter </dev/null
}

@test "GNU parallel: a report for each log of a fleet" {
	need parallel
	parallel --version 2>&1 | grep -q GNU || skip "parallel is not GNU's"
	under_test
	mkdir "$T/home"
	touch "$T/home/will-cite"
	(cd "$T/work" && printf '%s\n' soak/*.log | PARALLEL_HOME=$T/home \
	    parallel -j 8 \
	    'pymallocdiff -f summary {} >{}.txt || test $? -eq 1')
	reports
}

@test "the gate of a script tells 1 from 2" {
	under_test
	block 'gate: passed' >"$T/gate.sh"
	cp cpython-3.13.0/before.txt "$T/work/before.txt"
	cp cpython-3.13.0/before.txt "$T/work/after.txt"
	echo "gate: passed" | want_out
	run_sh 0 "$T/gate.sh"
	cp cpython-3.13.0/frag.txt "$T/work/after.txt"
	want_err <<'END'
pymallocdiff: after.txt: limit "live:+5%" is exceeded: level.live.value went from 1,499,824 to 12,260,784 (+10,760,960)
pymallocdiff: after.txt: limit "arenas:+1" is exceeded: summary.arenas.count went from 2 to 24 (+22)
gate: memory grew too much
END
	run_sh 1 "$T/gate.sh"
	cp derived/no-dump.txt "$T/work/after.txt"
	want_err <<'END'
pymallocdiff: after.txt: no dump found
gate: the dumps cannot be judged
END
	run_sh 2 "$T/gate.sh"
}

# step STATUS LOG: the step of a CI job as GitHub runs it, with sh -e; the
# program that it tests appends this log to the one of the step before.
step() {
	echo "cat '$F/$2' >>\"\$2\"" | stub python3
	"$PMD" -f summary "$F/$2" >"$T/want.out" || [ $? -eq 1 ]
	run_sh "$1" -e "$T/step"
}

@test "a step of a CI job" {
	under_test
	block 'run: .$' | sed '1,/run: |/d; s/^    //' >"$T/step"
	[ "$(wc -l <"$T/step")" -eq 4 ]
	step 0 soak/cache.log
	want_err <<'END'
pymallocdiff: soak.log: limit "leak" is exceeded: the verdict is leak, on 17 dumps
END
	step 1 soak/leak.log
	want_err <<'END'
pymallocdiff: soak.log: limit "bytes_in_malloc:+5%" is exceeded: summary.bytes_in_malloc.value went from 4,845,024 to 7,652,976 (+2,807,952)
END
	step 1 soak/native.log
	want_err <<'END'
pymallocdiff: soak.log: limit "leak" cannot be judged: it needs one log with 12 or more pymalloc dumps of one process, and no negative -s
pymallocdiff: soak.log: limit "slowing" cannot be judged: it needs one log with 12 or more pymalloc dumps of one process, and no negative -s
pymallocdiff: soak.log: limit "growth" is exceeded: the verdict is growth, on 2 dumps
END
	step 2 cpython-3.11.7/many.txt
}

# line PATTERN: run that line of the manual's for logs of containers. All of
# them are made of the same log.
line() {
	under_test
	block 'docker compose logs' | sed -n "s/^\\\$ //; /$1/s/\$/ -f csv/p" \
	    >"$T/line"
	[ "$(wc -l <"$T/line")" -eq 1 ]
	awk -v b=1 -v a=6 -f "$ROOT/tests/dumps.awk" \
	    -f "$ROOT/tests/reference.awk" cpython-3.11.7/many.txt |
	    grep -v ',same$' | want_out
	run_sh 1 "$T/line"
}

trouble() {	# trouble LOG: without help it is that
	local got=0
	"$PMD" "$1" >"$T/out" 2>&1 || got=$?
	[ $got -eq 2 ]
}

@test "docker compose: one container of several" {
	sed 's/^/worker-1   | /' cpython-3.11.7/many.txt >"$T/1"
	sed 's/^/worker-10  | /' cpython-3.13.0/many.txt >"$T/2"
	paste -d '\n' "$T/1" "$T/2" | sed '/^$/d' >"$T/both"
	echo "cat '$T/both'" | stub docker
	trouble "$T/both"
	line 'docker compose'
}

# A thousandth of a second a line, as Go prints it: .1, .01 and .001.
stamps() {
	awk '{ s = sprintf("2026-11-23T15:00:%02d.%03d", NR / 60 % 60, NR % 1000)
	       sub(/0+$/, "", s)
	       print s "Z " $0 }' "$@"
}

@test "kubectl: stamps that trim zeros" {
	stamps cpython-3.11.7/many.txt >"$T/stamped"
	[ "$(sed 's/ .*//' "$T/stamped" | awk '{ print length($0) }' |
	    sort -u | wc -l)" -ge 3 ]
	echo "cat '$T/stamped'" | stub kubectl
	trouble "$T/stamped"
	line kubectl
}

@test "docker: logs in JSON" {
	need jq
	under_test
	jq -Rc '{log: (. + "\n"), stream: "stderr",
	    time: "2026-11-23T15:00:00.000007919Z"}' cpython-3.11.7/many.txt \
	    >"$T/work/0123456789ab-json.log"
	trouble "$T/work/0123456789ab-json.log"
	line 'jq -rj'
}
