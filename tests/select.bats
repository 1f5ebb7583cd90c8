# Which two dumps are compared: what each was printed for, where another
# process begins, and -s.
load lib

B=cpython-3.11.7/before.txt
A=cpython-3.11.7/after.txt
MANY=cpython-3.13.0/many.txt		# six dumps, of one process
IDLE="only dumps from before the first arena or after exit to compare"

# The CSV rows of a selection, without the dumps' numbers, on standard output.
rows() {
	"$PMD" -a -f csv "$@" 2>/dev/null | cut -d, -f3-
}

# numbers BEFORE AFTER ARGUMENT...: CSV says that these two are compared.
numbers() {
	local want="$1,$2"
	shift 2
	[ "$("$PMD" -a -f csv "$@" 2>/dev/null | sed -n '$s/,[^0-9-].*//p')" = \
	    "$want" ]
}

# split FILE: its dumps, cut at their headers, into $T/dump.1, dump.2, ...
split() {
	awk -v to="$T/dump." '/^Small block threshold/ { n++ }
	    n { print >(to n) }' "$1"
}

# dumps FILE N...: print these dumps of a log, in this order.
dumps() {
	local file=$1
	shift
	awk -v want="$*" '
	/^Small block threshold/ { n++ }
	n { text[n] = text[n] $0 "\n" }
	END {
		n = split(want, number, " ")
		for (i = 1; i <= n; i++)
			printf "%s", text[number[i]]
	}' "$file"
}

# made FILE: write the dumps that log.awk makes from standard input.
made() {
	awk -f "$ROOT/tests/log.awk" >"$1"
}

# changes ARGUMENT...: print the messages that changes.awk expects, and set
# WANT to the status.
changes() {
	awk -f "$ROOT/tests/dumps.awk" -f "$ROOT/tests/changes.awk" "$@" \
	    >"$T/said"
	WANT=1
	[ "$(tail -n 1 "$T/said")" != trouble ] || WANT=2
	sed '/^trouble$/d' "$T/said"
}

@test "first against last, unless -s says otherwise" {
	split $MANY
	rows "$T/dump.1" "$T/dump.6" >"$T/want"
	rows $MANY | cmp - "$T/want"
	rows -s 1:-1 $MANY | cmp - "$T/want"
	rows -s 1:6 $MANY | cmp - "$T/want"
	rows -s -6:-1 $MANY | cmp - "$T/want"
	rows -s -6:6 $MANY | cmp - "$T/want"
	rows < <(cat $MANY) | cmp - "$T/want"
}

@test "-s from either end, on a file and through a pipe" {
	local b a
	split $MANY
	for b in 1 2 5 6 -1 -3 -6; do
		for a in 1 3 6 -1 -2 -5; do
			rows "$T/dump.$((b > 0 ? b : 7 + b))" \
			    "$T/dump.$((a > 0 ? a : 7 + a))" >"$T/want"
			rows -s "$b:$a" $MANY | cmp - "$T/want"
			rows -s "$b:$a" < <(cat $MANY) | cmp - "$T/want"
		done
	done
}

@test "-s with two files: one dump of each" {
	split $MANY
	rows "$T/dump.2" $A >"$T/want"
	rows -s 2:-1 $MANY $A | cmp - "$T/want"
	rows "$T/dump.6" $A >"$T/want"
	rows $MANY $A | cmp - "$T/want"
	rows $A "$T/dump.4" >"$T/want"
	rows -s -1:-3 $A $MANY | cmp - "$T/want"
}

@test "-s counts back 64 dumps" {
	local f=debian-2.7.18-dbg/env.txt
	split $f
	rows "$T/dump.90" "$T/dump.153" >"$T/want"
	rows -s -64:-1 $f | cmp - "$T/want"
	rows "$T/dump.150" "$T/dump.90" >"$T/want"
	rows -s 150:-64 $f | cmp - "$T/want"
}

@test "-s counts the damaged dumps, too" {
	sed '/^# bytes lost to quantization/d' $B | cat $B - $A >"$T/s"
	numbers 1 3 -s 1:3 "$T/s"
	pmd 1 -q -s 1:3 "$T/s"
	pmd 1 -q -s 1:-1 "$T/s"
	exits 2 "$PMD" -q -s 2:3 "$T/s" 2>"$T/err"
	grep -q 'no "# bytes lost to quantization" line in the dump' "$T/err"
}

@test "-s of what is not there: how many there are" {
	local f s
	for s in "1:7 7" "-7:1 -7" "7:1 7" "9:8 9"; do
		echo "pymallocdiff: $MANY: no dump ${s#* }, found 6" | want_err
		pmd 2 -s "${s% *}" $MANY
		echo "pymallocdiff: standard input: no dump ${s#* }, found 6" |
		    want_err
		pmd 2 -s "${s% *}" < <(cat $MANY)
	done
	echo "pymallocdiff: $A: no dump 2, found 1" | want_err
	pmd 2 -s 2:1 $A $B
	echo "pymallocdiff: $B: no dump -2, found 1" | want_err
	pmd 2 -s 1:-2 $A $B
	echo "pymallocdiff: $A: no dump 2, found 1" | want_err
	pmd 2 -s 1:2 $A
}

@test "-s takes a dump twice, or a later one as before" {
	pmd 0 -s 2:2 $MANY
	pmd 0 -s 2:-5 $MANY
	pmd 1 -q -s 3:1 $MANY
	rows -s 3:1 $MANY | grep -q '^level,live,value,2328528,1784976,-543552,'
}

@test "CSV and JSON number the dumps as selected, else from the start" {
	numbers 1 6 $MANY
	numbers 2 -1 -s 2:-1 $MANY
	numbers -6 6 -s -6:6 $MANY
	numbers 6 1 $MANY $A
	numbers 2 -1 -s 2:-1 $MANY $A
	# a log of PYTHONMALLOCSTATS begins with an empty dump and ends with exit
	numbers 2 11 cpython-3.13.0/env.txt
	numbers 11 1 cpython-3.13.0/env.txt $B
	"$PMD" -f json cpython-3.13.0/env.txt | head -n 1 |
	    grep -q '"before_dump":2,"after_dump":11,'
	"$PMD" -f json -s -2:3 cpython-3.13.0/env.txt | head -n 1 |
	    grep -q '"before_dump":-2,"after_dump":3,'
	"$PMD" -e -f csv cpython-3.13.0/env.txt | cut -d, -f1,2 | uniq |
	    cmp - <(printf '%s\n' before_dump,after_dump 2,3 3,4 4,5 5,6 6,7 \
	    7,8 8,9 9,10 10,11)
}

# 0 arenas: empty. 0 unused pools, no free lists: full. One arena more than
# the last of those, and fewer live bytes: exit.
@test "what a dump was printed for" {
	made "$T/s" <<-'EOF2'
	0 0 0 0 0
	1 0 1 0 8064
	1 0 1 0 8064 0
	1 0 1 3 7000
	2 0 2 3 7000 5
	2 0 2 3 8064
	2 0 2 3 8063
	EOF2
	"$PMD" -L -f csv "$T/s" | cut -d, -f4 | tr '\n' ' ' |
	    cmp - <(printf 'kind empty full call call call call exit ')
	# after an empty dump an exit dump may have any number of live bytes
	made "$T/s" <<-'EOF2'
	0 0 0 0 0
	1 0 1 3 7000
	EOF2
	"$PMD" -L -f csv "$T/s" | cut -d, -f4 | tr '\n' ' ' |
	    cmp - <(printf 'kind empty exit ')
	# a full dump of another process does not count
	made "$T/s" <<-'EOF2'
	2 1 2 0 8064
	3 0 3 5 900
	EOF2
	"$PMD" -L -f csv "$T/s" | cut -d, -f3,4 | tr '\n' ' ' |
	    cmp - <(printf 'process,kind 1,full 2,call ')
	# two arenas more than in the last full dump: no exit
	made "$T/s" <<-'EOF2'
	1 0 1 0 8064
	3 0 3 3 700
	EOF2
	"$PMD" -L -f csv "$T/s" | cut -d, -f4 | tr '\n' ' ' |
	    cmp - <(printf 'kind full call ')
}

@test "one input: the first and the last that are neither empty nor exit" {
	made "$T/s" <<-'EOF2'
	0 0 0 0 0
	a log line
	1 0 1 0 8064
	2 0 2 0 16128
	3 1 2 7 900
	EOF2
	numbers 2 3 "$T/s"
	pmd 1 -q "$T/s"
	numbers 1 4 -s 1:4 "$T/s"
	# calls count like full ones
	made "$T/s" <<-'EOF2'
	0 0 0 0 0
	1 0 1 3 7000 5
	1 0 1 2 7000 5
	1 0 1 0 8000
	2 1 1 7 900
	EOF2
	numbers 2 4 "$T/s"
	# -e leaves out empty and exit dumps, too
	"$PMD" -e -f csv "$T/s" | cut -d, -f1,2 | uniq |
	    cmp - <(printf '%s\n' before_dump,after_dump 2,3 3,4)
}

@test "one input with fewer than two such dumps: any kind, and a warning" {
	local way
	made "$T/s" <<-'EOF2'
	0 0 0 0 0
	1 0 1 0 8064
	2 1 1 7 900
	EOF2
	for way in '-q' '-F -q'; do
		echo "pymallocdiff: $T/s: warning: $IDLE" | want_err
		pmd 1 $way "$T/s"
	done
	numbers 1 3 "$T/s"
	# with -s there is no warning
	pmd 1 -q -s 1:3 "$T/s"
	made "$T/s" <<-'EOF2'
	0 0 0 0 0
	1 0 1 7 900
	EOF2
	echo "pymallocdiff: $T/s: warning: $IDLE" | want_err
	pmd 1 -q "$T/s"
	# -e has nothing to compare
	exits 2 "$PMD" -q -e "$T/s" 2>"$T/err"
	echo "pymallocdiff: $T/s: no two dumps of one process" | cmp - "$T/err"
}

@test "two inputs: the last dump of each that is neither" {
	made "$T/b" <<-'EOF2'
	0 0 0 0 0
	1 0 1 0 8064
	2 0 2 0 16128
	3 2 2 7 900
	EOF2
	made "$T/a" <<-'EOF2'
	0 0 0 0 0
	1 0 1 0 8064
	3 1 2 7 900 2
	4 1 3 0 9000
	EOF2
	numbers 3 4 "$T/b" "$T/a"
	numbers 4 3 "$T/a" "$T/b"
	# two inputs are two processes as a rule: no message
	pmd 1 -q "$T/b" "$T/a"
	pmd 1 -q "$T/a" "$T/b"
	# if all are empty or exit, the last one
	dumps "$T/b" 1 4 >"$T/idle"
	numbers 2 4 "$T/idle" "$T/a"
}

@test "each real log: the two dumps that the oracle takes" {
	local f
	for f in */env.txt */mimalloc-env.txt; do
		[ "$(grep -c '^Small block threshold' "$f")" -gt 1 ] || continue
		awk -f "$ROOT/tests/dumps.awk" -f "$ROOT/tests/reference.awk" \
		    "$f" >"$T/want"
		"$PMD" -a -f csv "$f" | cmp - "$T/want" || { echo "$f"; false; }
	done
}

@test "a log of one process is never broken" {
	local f
	for f in */env.txt */mimalloc-env.txt */many.txt */noisy.txt \
	    cpython-*/threads.txt */debug.txt soak/*.log \
	    derived/prefixed-*.txt; do
		[ "$f" != source-3.3.1/env.txt ] || continue	# is empty
		"$PMD" -L -f csv "$f" 2>/dev/null | awk -F, '
		NR > 1 && $3 != 1 { bad = 1 }
		END { exit bad || NR < 2 }' || { echo "$f"; false; }
	done
}

# told [B:A] < MESSAGE: without options the message is trouble; with -F, and
# with -s for the same two dumps, it is a warning.
told() {
	local what pair=${1:-1:-1}
	read -r what
	echo "pymallocdiff: $T/s:$what" | want_err
	pmd 2 -q "$T/s"
	echo "pymallocdiff: $T/s:${what%%: *}: warning: ${what#*: }" | want_err
	pmd 1 -q -F "$T/s"
	echo "pymallocdiff: $T/s:${what%%: *}: warning: ${what#*: }" | want_err
	pmd 1 -q -s $pair "$T/s"
	echo "pymallocdiff: $T/s:${what%%: *}: warning: ${what#*: }" | want_err
	pmd 1 -q -s ${pair#*:}:${pair%:*} "$T/s"
	# the report is the same
	"$PMD" -s $pair "$T/s" >"$T/report" 2>/dev/null || true
	[ -s "$T/report" ]
	echo "pymallocdiff: $T/s:$what" | want_err
	want_out "$T/report"
	pmd 2 "$T/s"
}

@test "another process: which counter fell, and what to try" {
	local from='dump 3 comes from another process:'
	made "$T/s" <<-'EOF2'
	5 1 4 3 7000 0
	6 1 5 3 7000 0
	5 1 5 3 7000 0
	6 2 5 3 7001 0
	EOF2
	told <<<"43: $from \"# arenas allocated total\" fell from 6 to 5; try\
 -s 3:4"
	made "$T/s" <<-'EOF2'
	5 1 4 3 7000 0
	6 2 4 3 7000 0
	7 1 6 3 7000 0
	8 1 7 3 7001 0
	9 1 8 3 7002 0
	EOF2
	told <<<"43: $from \"# arenas reclaimed\" fell from 2 to 1; try -s 3:5"
	made "$T/s" <<-'EOF2'
	5 1 4 3 7000 0
	6 2 5 3 7000 0
	7 3 4 3 7000 0
	EOF2
	told <<<"43: $from \"# arenas highwater mark\" fell from 5 to 4; try\
 -s 1:2"
	# no process has two dumps: no hint
	made "$T/s" <<-'EOF2'
	2006 2004 4 3 7000 0
	1995 1993 4 3 7000 0
	1994 1992 4 3 7001 0
	EOF2
	told <<<"22: dump 2 comes from another process: \"# arenas allocated\
 total\" fell from 2,006 to 1,995; and 1 more"
}

@test "another process: two full dumps, and no arena between them" {
	made "$T/s" <<-'EOF2'
	0 0 0 0 0
	1 0 1 0 8064
	2 0 2 0 16128
	2 0 2 0 16127
	3 0 3 0 24000
	EOF2
	told 2:5 <<<"57: dump 4 comes from another process: \"# arenas allocated\
 total\" stayed at 2; try -s 4:5"
	# a call between the two full dumps: it may be one process
	made "$T/s" <<-'EOF2'
	1 0 1 0 8064
	2 0 2 0 16128
	2 0 2 0 16127 0
	2 0 2 0 16126
	EOF2
	pmd 1 -q "$T/s"
}

# built OPTION REASON: the second process has another build.
built() {
	{
		awk -f "$ROOT/tests/log.awk" "$T/spec"
		awk $1 -f "$ROOT/tests/log.awk" "$T/spec"
	} >"$T/s"
	exits 2 "$PMD" -q "$T/s" 2>"$T/all"
	grep -v ': warning: different builds:' "$T/all" |
	    cmp - <(echo "pymallocdiff: $T/s:43: dump 3 comes from another\
 process: $2; try -s 3:4")
}

@test "another process: another build" {
	printf '5 1 4 3 7000 0\n5 1 4 3 7001 0\n' >"$T/spec"
	built '-v classes=64' 'small_block_threshold changed from 512 to 1,024'
	built '-v arena=524288' 'arena_bytes changed from 262,144 to 524,288'
	built '-v pool=8192' 'pool_bytes changed from 4,096 to 8,192'
	# of mimalloc's
	cat cpython-3.13.0/mimalloc-{before,after}.txt >"$T/s"
	sed 's/^\(Medium block threshold = \).*/\165536/' "$T/s" >>"$T/s.2"
	cat "$T/s.2" >>"$T/s"
	exits 2 "$PMD" -q "$T/s" 2>"$T/all"
	grep -q ': dump 3 comes from another process: medium_block_threshold changed from 131,072 to 65,536; try -s 3:4$' \
	    "$T/all"
	# pymalloc behind mimalloc, and behind free lists alone
	cat cpython-3.13.0/mimalloc-{before,after}.txt $MANY >"$T/s"
	exits 2 "$PMD" -q "$T/s" 2>"$T/all"
	grep -q ': dump 3 comes from another process: small_block_threshold changed from 16,384 to 512; try -s 3:8$' \
	    "$T/all"
	cat pyodide-0.26.4/{before,after}.txt $MANY >"$T/s"
	exits 2 "$PMD" -q "$T/s" 2>"$T/all"
	grep -q ': dump 3 comes from another process: small_block_threshold is new; try -s 3:8$' \
	    "$T/all"
}

# broken FILE: messages, status and list are those of the oracles.
broken() {
	changes "$1" >"$T/want.err"
	TROUBLE=$((TROUBLE + (WANT == 2)))
	pmd $WANT -q "$1"
	awk -f "$ROOT/tests/dumps.awk" -f "$ROOT/tests/list.awk" "$1" \
	    >"$T/want.out"
	pmd 0 -L -f csv "$1"
}

# The child's dumps stand in the parent's log.
@test "another process: real logs of a parent and its child" {
	local f way
	for f in processes/*.txt; do
		TROUBLE=0
		broken "$f"
		[ $TROUBLE -eq 1 ]
		for way in 'force=1 -F' 'select=1:-1 -s 1:-1' 'each=1 -e'; do
			changes -v "${way%% *}" "$f" >"$T/want.err"
			pmd 1 -q ${way#* } "$f"
		done
	done
	# the dumps of the hint give no message
	pmd 1 -q -s 6:7 processes/child.txt
	pmd 1 -q -s 2:3 processes/child-last.txt
	pmd 1 -q -s 7:8 processes/workers.txt
}

# count FILE: print how many dumps it has.
count() {
	grep -c '^Small block threshold' "$1"
}

@test "real logs twice in one file, newest first, and shuffled" {
	local f n i list
	TROUBLE=0
	for f in */env.txt; do
		n=$(count $f) || continue
		[ $n -gt 1 ] || continue
		cat $f $f >"$T/s"
		broken "$T/s"
		[ $n -lt 40 ] || continue	# the others are alike
		dumps $f $(seq "$n" -1 1) >"$T/s"
		broken "$T/s"
		list=
		for ((i = 1; i <= n; i++)); do
			list+=" $((i * 7 % 61 % n + 1))"
		done
		dumps $f $list >"$T/s"
		broken "$T/s"
	done
	# 12 logs; 7 of 3.x are short; 2.3.7 has no counters and no trouble
	echo "$TROUBLE times trouble"
	[ $TROUBLE -eq 25 ]
}

@test "real logs of which two children in turn print the second half" {
	local f n i list
	TROUBLE=0
	for f in */env.txt; do
		n=$(count $f) || continue
		[ $n -gt 1 ] || continue
		n=$((n - 1))	# without the exit
		list=$(seq 1 $((n / 2)))
		for ((i = n / 2 + 1; i <= n; i++)); do
			list+=" $i $i"
		done
		dumps $f $list >"$T/s"
		broken "$T/s"
	done
	echo "$TROUBLE times trouble"
	[ $TROUBLE -eq 11 ]
}

@test "a log that was cut before its exit is one log" {
	local f
	for f in */env.txt; do
		awk '/^Small block threshold/ { printf "%s", text; text = "" }
		    { text = text $0 "\n" }' $f >"$T/s"
		[ -s "$T/s" ] || continue
		TROUBLE=0
		broken "$T/s"
		[ $TROUBLE -eq 0 ]
	done
}

@test "two dumps in one input: a warning, whatever they are" {
	local dir
	for dir in */; do
		[ -e "$dir/before.txt" ] || continue
		cat "$dir"{before,after}.txt >"$T/s"
		changes "$T/s" >"$T/want.err"
		[ "$dir" != source-3.13.5t/ ] || printf \
		    "pymallocdiff: $T/s:1: %s\n" "warning: this build reports\
 no memory use: all five mimalloc values are 0 (free-threaded Python)" |
		    want_err
		pmd 1 -q "$T/s"
		exits 1 "$PMD" -q < <(cat "$T/s") 2>/dev/null
		cat "$dir"{after,before}.txt >"$T/s"
		exits 1 "$PMD" -q "$T/s" 2>"$T/err"
		only warning: "$T/err"
	done
	# no process has two dumps: no hint
	cat $A $B >"$T/s"
	echo "pymallocdiff: $T/s:$(($(wc -l <$A) + 1)): warning: dump 2 comes\
 from another process: \"# arenas allocated total\" fell from 26 to 4" |
	    want_err
	pmd 1 -q "$T/s"
}

@test "-e: a warning at each break; without two dumps of a process trouble" {
	made "$T/s" <<-'EOF2'
	5 1 4 3 7000 0
	4 1 3 3 7001 0
	3 1 2 3 7002 0
	EOF2
	{
		changes -v each=1 "$T/s"
	} >"$T/want.err"
	[ "$(wc -l <"$T/want.err")" -eq 3 ]
	tail -n 1 "$T/want.err" |
	    cmp - <(echo "pymallocdiff: $T/s: no two dumps of one process")
	pmd 2 -e "$T/s"
	# the first dump of a process has nothing before it
	made "$T/s" <<-'EOF2'
	5 1 4 3 7000 0
	6 1 5 3 7001 0
	1 0 1 0 8064
	2 0 2 0 16128
	3 1 2 9 900
	EOF2
	changes -v each=1 "$T/s" >"$T/want.err"
	want_out < <(printf -- '--- dump 1\n+++ dump 2\n'
	    "$PMD" -s 1:2 "$T/s" || true
	    printf -- '--- dump 3\n+++ dump 4\n'
	    "$PMD" -s 3:4 "$T/s")
	pmd 1 -e "$T/s"
}

# torn N: print dump N without one of its lines.
torn() {
	sed '/^# bytes lost to quantization/d' "$T/dump.$1"
}

@test "a damaged dump between the two is trouble, and has a hint" {
	local why='no "# bytes lost to quantization" line in the dump that starts'
	split $MANY
	{ cat "$T"/dump.[12]; torn 3; cat "$T"/dump.[456]; } >"$T/s"
	why="pymallocdiff: $T/s:169: $why here"
	exits 2 "$PMD" "$T/s" >"$T/out" 2>"$T/err"
	grep -n -F 'leaves it out' "$T/err" >"$T/hints"
	[ "$(wc -l <"$T/hints")" -eq 1 ]
	grep -q '; -s 1:6 leaves it out$' "$T/hints"
	grep -q 'bytes lost to quantization' "$T/err"
	"$PMD" -s 1:6 $MANY | cmp - "$T/out"
	# -s ignores it; with -F it is a warning
	pmd 1 -q -s 1:6 "$T/s"
	exits 1 "$PMD" -q -F "$T/s" 2>"$T/err"
	grep -q ': warning: .*bytes lost to quantization' "$T/err"
	only ': warning: ' "$T/err"
	lacks 'leaves it out' "$T/err"
	# the damaged dump is one of the two
	{ torn 1; cat "$T"/dump.[23456]; } >"$T/s"
	exits 2 "$PMD" -q "$T/s" 2>"$T/err"
	grep -q '; -s 2:6 leaves it out$' "$T/err"
	{ cat "$T"/dump.[12345]; torn 6; } >"$T/s"
	exits 2 "$PMD" -q "$T/s" 2>"$T/err"
	grep -q '; -s 1:5 leaves it out$' "$T/err"
	pmd 1 -q -s 1:5 "$T/s"
	exits 2 "$PMD" -q $A "$T/s" 2>"$T/err"
	grep -q '; -s 1:5 leaves it out$' "$T/err"
	# a whole dump that was selected stays
	exits 2 "$PMD" -q -s 3:-1 "$T/s" 2>"$T/err"
	grep -q '; -s 3:5 leaves it out$' "$T/err"
	exits 2 "$PMD" -q -s 5:-1 "$T/s" 2>"$T/err"
	grep -q '; -s 1:5 leaves it out$' "$T/err"
	{ torn 1; cat "$T"/dump.[23456]; } >"$T/s"
	exits 2 "$PMD" -q -s 1:4 "$T/s" 2>"$T/err"
	grep -q '; -s 2:4 leaves it out$' "$T/err"
	# if no two whole dumps are left, no hint
	{ torn 1; cat "$T/dump.2"; torn 3; } >"$T/s"
	exits 2 "$PMD" -q "$T/s" 2>"$T/err"
	lacks 'leaves it out' "$T/err"
}

@test "of many damaged dumps the first four, and how many more" {
	local i
	split $MANY
	{
		cat "$T/dump.1"
		for i in 2 3 4 5 2 3; do torn $i; done
		cat "$T/dump.6"
	} >"$T/s"
	exits 2 "$PMD" -q "$T/s" 2>"$T/err"
	[ "$(grep -c '; -s 1:8 leaves it out$' "$T/err")" -eq 4 ]
	tail -n 1 "$T/err" |
	    cmp - <(echo "pymallocdiff: $T/s: 2 more dumps are damaged")
	exits 1 "$PMD" -q -F "$T/s" 2>"$T/err"
	tail -n 1 "$T/err" | cmp - <(echo "pymallocdiff: $T/s: warning: 2 more\
 dumps are damaged")
	# -s ignores the dumps between the two
	pmd 1 -q -s 1:-1 "$T/s"
}

@test "a damaged dump before the only whole one is said, too" {
	split $MANY
	torn 1 >"$T/s"
	exits 2 "$PMD" -q "$T/s" 2>"$T/err"
	grep -q 'no "# bytes lost to quantization" line' "$T/err"
	tail -n 1 "$T/err" |
	    cmp - <(echo "pymallocdiff: $T/s: needs two dumps, found 1")
}

@test "a damaged dump goes with the process before it" {
	made "$T/x" <<-'EOF2'
	5 1 4 3 7000 0
	2 1 1 3 7001 0
	6 1 5 3 7002 0
	EOF2
	split "$T/x"
	{ cat "$T/dump.1"; torn 2; cat "$T/dump.3"; } >"$T/s"
	"$PMD" -L -F -f csv "$T/s" 2>/dev/null | cut -d, -f3,4 |
	    cmp - <(printf '%s\n' process,kind 1,call 1,damaged 1,call)
	exits 1 "$PMD" -q -F "$T/s" 2>"$T/err"
	lacks 'another process' "$T/err"
}
