# Streams: many dumps, the noise around them, and which two are compared.
#
# Each test runs a selection on a file and through a pipe; both must agree.
load lib

B=cpython-3.11.7/before.txt
A=cpython-3.11.7/after.txt

# The CSV rows of a selection, without the dumps' numbers, on standard output.
rows() {
	"$PMD" -a -f csv "$@" 2>/dev/null | cut -d, -f3-
}

# both STATUS FILE ARGUMENT...: on the file and through a pipe.
both() {
	local want=$1 file=$2
	shift 2
	cp "$T/want.out" "$T/out.again"
	cp "$T/want.err" "$T/err.again"
	pmd "$want" "$@" "$file"
	want_out "$T/out.again"
	sed "s|^pymallocdiff: $file:|pymallocdiff: standard input:|" \
	    "$T/err.again" | want_err
	pmd "$want" "$@" < <(cat "$file")
}

# wholes FILE: how many dumps of a stream are whole, as -e compares them.
wholes() {
	"$PMD" -e -f json "$1" 2>/dev/null |
	    awk 'END { print NR ? NR + 1 : 0 }'
}

# split FILE: its dumps, cut at their headers, into $T/dump.1, dump.2, ...
split() {
	awk -v to="$T/dump." '/^Small block threshold/ { n++ }
	    n { print >(to n) }' "$1"
}

@test "every whole dump is found, and none is invented" {
	# what stands in fixtures/README as intact, by folder and file
	local file count bad=0
	while read -r file count; do
		[ "$(wholes "$file")" -eq "$count" ] || {
			echo "$file: $(wholes "$file"), expected $count"
			bad=1
		}
	done <whole-dumps.txt
	[ $bad -eq 0 ]
}

@test "first against last, unless -s says otherwise" {
	local f=cpython-3.13.0/many.txt
	split $f
	rows "$T/dump.1" "$T/dump.6" >"$T/want"
	rows $f | cmp - "$T/want"
	rows -s 1:-1 $f | cmp - "$T/want"
	rows -s 1:6 $f | cmp - "$T/want"
	rows -s -6:-1 $f | cmp - "$T/want"
	rows -s -6:6 $f | cmp - "$T/want"
	rows < <(cat $f) | cmp - "$T/want"
}

@test "-s from either end, on a file and through a pipe" {
	local f=cpython-3.13.0/many.txt b a
	split $f
	for b in 1 2 5 6 -1 -3 -6; do
		for a in 1 3 6 -1 -2 -5; do
			rows "$T/dump.$((b > 0 ? b : 7 + b))" \
			    "$T/dump.$((a > 0 ? a : 7 + a))" >"$T/want"
			rows -s "$b:$a" $f | cmp - "$T/want"
			rows -s "$b:$a" < <(cat $f) | cmp - "$T/want"
		done
	done
}

@test "-s with two files: one dump of each" {
	local f=cpython-3.13.0/many.txt
	split $f
	rows "$T/dump.2" $A >"$T/want"
	rows -s 2:-1 $f $A | cmp - "$T/want"
	rows "$T/dump.6" $A >"$T/want"
	rows $f $A | cmp - "$T/want"
	rows $A "$T/dump.4" >"$T/want"
	rows -s -1:-3 $A $f | cmp - "$T/want"
}

@test "-s counts back 64 dumps" {
	local f=debian-2.7.18-dbg/env.txt
	split $f
	rows "$T/dump.90" "$T/dump.153" >"$T/want"
	rows -s -64:-1 $f | cmp - "$T/want"
	rows "$T/dump.150" "$T/dump.90" >"$T/want"
	rows -s 150:-64 $f | cmp - "$T/want"
}

@test "out of range: how many there are" {
	local f=cpython-3.13.0/many.txt
	echo "pymallocdiff: $f: there is no dump 7, it holds 6 dumps" |
	    want_err
	both 2 $f -s 1:7
	echo "pymallocdiff: $f: there is no dump -7, it holds 6 dumps" |
	    want_err
	both 2 $f -s -7:1
	echo "pymallocdiff: $A: there is no dump 2, it holds 1 dump" | want_err
	pmd 2 -s 2:1 $A $B
}

@test "-e: each dump against the one before it" {
	local f n
	for f in cpython-3.13.0/many.txt cpython-3.8.18/noisy.txt \
	    debian-2.7.18-dbg/many.txt pyodide-0.26.4/many.txt; do
		"$PMD" -e -f csv -a $f 2>/dev/null >"$T/each" || true
		n=$(cut -d, -f1 "$T/each" | sort -un | tail -n 1)
		{
			echo before_dump,after_dump,section,name,metric,\
before,after,delta,percent,delta_bytes,status
			for i in $(seq 1 "$n"); do
				"$PMD" -a -f csv -s "$i:$((i + 1))" $f \
				    2>/dev/null | sed 1d || true
			done
		} | cmp - "$T/each"
	done
}

@test "-e: a head before each text diff, an object a line in JSON" {
	cat $B $A $A $B >"$T/s"
	{
		printf -- '--- dump 1\n+++ dump 2\n'
		"$PMD" $B $A || true
		printf -- '--- dump 3\n+++ dump 4\n'
		"$PMD" $A $B || true
	} | want_out
	both 1 "$T/s" -e 2>/dev/null || {
		# a counter that falls is warned of, and rightly
		grep -q 'has fallen' "$T/err"
		cmp "$T/want.out" "$T/out"
	}
	"$PMD" -e -f json "$T/s" 2>/dev/null >"$T/out" || true
	[ "$(wc -l <"$T/out")" -eq 3 ]
	[ "$(grep -c '"before_dump":2,"after_dump":3,.*"equal":true.*"rows":\[\]}$' \
	    "$T/out")" -eq 1 ]
}

@test "-e prints a diff as soon as the next header has come" {
	mkfifo "$T/in"
	"$PMD" -e <"$T/in" >"$T/out" 2>/dev/null 3>&- &
	exec 9>"$T/in"
	cat $B $A >&9
	head -n 1 $A >&9
	for _ in $(seq 100); do
		[ -s "$T/out" ] && break
		sleep 0.05
	done
	{ printf -- '--- dump 1\n+++ dump 2\n'; "$PMD" $B $A; } |
	    cmp - "$T/out"
	exec 9>&-
	wait $! || true
}

@test "prefixes, by column" {
	local f prefix
	for f in cpython-3.8.18/noisy.txt cpython-3.13.0/many.txt \
	    debian-2.7.18-dbg/many.txt debian-3.15.2/mimalloc-debug.txt \
	    debian-3.11.2-i386/many.txt; do
		rows -e $f >"$T/want"
		[ -s "$T/want" ]
		for prefix in '    ' '> ' '> > ' 'worker-1  | ' \
		    '2026-11-23T15:00:00.000000007Z ' '	' \
		    'Nov 23 15:00:00 host1 my[42]: ' '[2026-11-23 15:00] '; do
			sed "s/^/$prefix/" $f | rows -e | cmp - "$T/want"
		done
		# of no constant text, but of constant width
		awk '{ printf "2026-11-23T15:00:00.%09dZ %s\n", NR, $0 }' $f |
		    rows -e | cmp - "$T/want"
	done
}

@test "CRLF, blanks and blank lines" {
	local f
	for f in cpython-3.13.0/many.txt cpython-3.8.18/env.txt \
	    debian-3.15.2/mimalloc-debug.txt pyodide-0.26.4/many.txt; do
		rows -e $f >"$T/want"
		[ -s "$T/want" ]
		sed 's/$/\r/' $f | rows -e | cmp - "$T/want"
		sed 's/$/\r\r/' $f | rows -e | cmp - "$T/want"
		sed 's/$/   /' $f | rows -e | cmp - "$T/want"
		tr -s ' ' <$f | rows -e | cmp - "$T/want"
		grep -v '^$' $f | rows -e | cmp - "$T/want"
		grep -v '^-----' $f | rows -e | cmp - "$T/want"
		sed G $f | rows -e | cmp - "$T/want"
		{ printf '\357\273\277'; cat $f; } | rows -e | cmp - "$T/want"
	done
}

@test "log lines between and inside dumps" {
	local f
	for f in cpython-3.13.0/many.txt cpython-3.8.18/env.txt \
	    debian-3.15.2/mimalloc-debug.txt; do
		rows -e $f >"$T/want"
		[ -s "$T/want" ]
		awk '{ print; print "INFO request", NR, "took 7 ms, bytes = 5" }
		    ' $f | rows -e | cmp - "$T/want"
		awk '/^Small/ { printf "progress: %d%%", NR } { print }' $f |
		    rows -e | cmp - "$T/want"
		awk '/^Small/ { printf "a\rbb\rccc\r" } { print }' $f |
		    rows -e | cmp - "$T/want"
		awk '{ print; print "\001\377binary", NR }' $f |
		    rows -e | cmp - "$T/want"
	done
}

@test "decoys after a dump has ended change nothing" {
	rows $B $A >"$T/want"
	{
		cat $B
		echo "    7    128           5             500             2"
		echo "Total                              =                   77"
		echo "# bytes in allocated blocks        =                   99"
		echo "9 arenas * 1048576 bytes/arena     =            9,437,184"
		echo "a log line"
		echo "# an unknown label                 =                   42"
		cat $A
		echo "    7    128           5             500             2"
		echo "Total                              =                   77"
	} >"$T/decoys"
	rows "$T/decoys" | cmp - "$T/want"
}

@test "a header behind a line as long as you like" {
	{
		head -c 100000 /dev/zero | tr '\0' x
		cat $B
		head -c 300000 /dev/zero | tr '\0' '\r'
		cat $A
	} >"$T/long"
	rows $B $A >"$T/want"
	rows "$T/long" | cmp - "$T/want"
	rows < <(cat "$T/long") | cmp - "$T/want"
}

@test "64 KiB without a line of it end a dump" {
	local tail
	# the free lists are still the dump's behind 65,535 bytes
	grep -v ' free ' $B | sed '$d' >"$T/head"
	grep ' free ' $B >"$T/free"
	for n in 65535 65536; do
		{
			cat "$T/head"
			head -c $((n - 1)) /dev/zero | tr '\0' x
			echo
			cat "$T/free"
		} >"$T/gap.$n"
	done
	rows $B $B >"$T/want"
	rows $B "$T/gap.65535" | cmp - "$T/want"
	rows $B "$T/head" >"$T/want"
	rows $B "$T/gap.65536" | cmp - "$T/want"
}

@test "one byte at a time through a FIFO" {
	rows -e cpython-3.11.7/many.txt >"$T/want"
	mkfifo "$T/in"
	dd if=cpython-3.11.7/many.txt of="$T/in" bs=1 2>/dev/null 3>&- &
	rows -e <"$T/in" | cmp - "$T/want"
}

@test "dumps without header: a new one where the first name comes again" {
	local f=pyodide-0.26.4
	[ "$(wholes $f/many.txt)" -eq 6 ]
	rows $f/before.txt $f/after.txt >"$T/want"
	cat $f/before.txt $f/after.txt | rows | cmp - "$T/want"
	# with a prefix and log lines: each is read from its count
	cat $f/before.txt $f/after.txt | sed 's/^/web-1 | /' |
	    awk '{ print; print "12 free seats" }' | rows | cmp - "$T/want"
	# behind a header there are none
	echo "pymallocdiff: $T/s:84: a second \"PyDictObject\" line in one dump:\
 two writers?" >"$T/want"
	cat $B $A $f/before.txt >"$T/s"
	"$PMD" -q "$T/s" 2>"$T/err" || [ $? -eq 2 ]
	grep -q 'a second "PyDictObject" line in one dump' "$T/err"
}

@test "an unknown label, in CPython's layout, becomes a row" {
	local new='# bytes lost to the new thing      =                    0'
	sed "s/^# bytes lost to quantization.*/&\n$new/" $A >"$T/new"
	cat >"$T/want" <<-'EOF'
	summary,bytes_lost_to_the_new_thing,value,,0,,,,new
	EOF
	rows $A "$T/new" | grep new_thing | cmp - "$T/want"
	# directly behind the last line of the summary, blank lines aside
	awk -v new="$new" '{ print } /^Total/ && ++n == 2 { print ""; print new }
	    ' $A >"$T/new"
	rows $A "$T/new" | grep new_thing | cmp - "$T/want"
	# in another layout, outside, and behind a log line: no row
	sed "s/^# bytes lost to quantization.*/&\n# new thing = 5/" $A >"$T/new"
	rows $A $A >"$T/want"
	rows $A "$T/new" | cmp - "$T/want"
	awk -v new="$new" '{ print } /^Total/ && ++n == 2 { print "log";
	    print new } END { print new }' $A >"$T/new"
	rows $A "$T/new" | cmp - "$T/want"
	{ echo "$new"; cat $A; echo "$new"; } >"$T/new"
	rows $A "$T/new" | cmp - "$T/want"
}

@test "-s that crosses itself" {
	local f=cpython-3.13.0/many.txt
	sed 252q $f >"$T/three"
	echo "pymallocdiff: $T/three:85: warning: -s selects this dump for both\
 sides" | want_err
	both 0 "$T/three" -q -s 2:-2
	echo "pymallocdiff: $T/three:169: warning: -s selects this dump as\
 before, and an earlier one as after" | want_err
	both 1 "$T/three" -q -s 3:-3
	# who counts so has meant it
	both 0 "$T/three" -q -s 2:2
	both 1 "$T/three" -q -s -1:1
}

@test "warnings: no arenas yet, another process, another build" {
	echo "pymallocdiff: cpython-3.13.0/env.txt:1: warning: this dump has no\
 arenas yet: PYTHONMALLOCSTATS prints such a one first; -s 2:-2 leaves it\
 out, and the last one, which it prints at exit" | want_err
	both 1 cpython-3.13.0/env.txt -q
	pmd 1 -q -s 2:-2 cpython-3.13.0/env.txt
	cat $A $B >"$T/s"
	grep -h 'allocated total' $A $B | tr -s ' ' >"$T/totals"
	printf '# arenas allocated total = %d\n' 26 4 | cmp - "$T/totals"
	echo "pymallocdiff: $T/s:121: warning: \"# arenas allocated total\" has\
 fallen from 26 to 4: another process?" | want_err
	both 1 "$T/s" -q
	# who selects the later one as before knows that they fall
	both 1 "$T/s" -q -s -1:1
	both 1 "$T/s" -q -s 2:1
	# of two files nobody knows whether they are one process's
	pmd 1 -q $A $B
	echo "pymallocdiff: cpython-3.11.7/after.txt: warning: another build\
 than before: arena_bytes 262144 -> 1048576, pool_bytes 4096 -> 16384,\
 arena_map_mid_nodes new, arena_map_bot_nodes new and 4 more" | want_err
	pmd 1 -q cpython-3.9.18/before.txt cpython-3.11.7/after.txt
}

# The end of a large file is read first; what a pipe tells must be the same.
@test "a large file tells what a pipe tells" {
	local good=cpython-3.13.0/many.txt s i
	for i in 1 2 3 4 5 6 7 8; do
		cat $good cpython-3.13.0/threads.txt
	done >"$T/large"
	cat "$T/large" cpython-3.13.0/forks.txt "$T/large" >"$T/torn.middle"
	cat cpython-3.13.0/envforks.txt "$T/large" "$T/large" >"$T/torn.start"
	cat "$T/large" "$T/large" cpython-3.13.0/envforks.txt $good \
	    >"$T/torn.end"
	{ cat "$T/large"; head -n 30 $good; } >"$T/cut"
	{ cat "$T/large"; yes 'a log line' | head -c 300000; } >"$T/tail"
	{ yes 'a log line' | head -c 300000; cat "$T/large"; } >"$T/head"
	{ cat $good; yes 'a log line' | head -c 500000; } >"$T/one.end"
	{ cat "$T/large" cpython-3.9.18/many.txt; } >"$T/builds"
	cat pyodide-0.26.4/many.txt "$T/large" >"$T/free.lists"
	for i in $(seq 60); do cat pyodide-0.26.4/many.txt; done >"$T/headless"
	{ cat "$T/large"; sed 's/$/\r/' $good; } >"$T/crlf"
	for f in large torn.middle torn.start torn.end cut tail head one.end \
	    builds free.lists headless crlf; do
		for s in 1:-1 -1:1 -2:-1 3:-2 2:-40 400:-1 -64:-1 default; do
			[ $s = default ] && s= || s="-s $s"
			pipe=0
			"$PMD" $s < <(cat "$T/$f") >"$T/pipe.out" \
			    2>"$T/pipe.err" || pipe=$?
			want_out "$T/pipe.out"
			sed "s|: standard input:|: $T/$f:|" "$T/pipe.err" |
			    want_err
			pmd $pipe $s "$T/$f"
			want_out "$T/pipe.out"
			want_err "$T/pipe.err"
			pmd $pipe $s <"$T/$f"
		done
	done
	# behind what somebody has read of it already
	{ "$PMD" <"$T/large" || true; } | want_out
	{ head -n 300 $good; cat "$T/large"; } >"$T/rest"
	{ for i in $(seq 300); do read -r _; done; pmd 1 -; } <"$T/rest"
	# one of them a pipe, which cannot be read again
	"$PMD" -s -1:2 "$T/builds" $good >"$T/pipe.out" 2>"$T/pipe.err" || true
	want_out "$T/pipe.out"
	sed "s|: $good:|: standard input:|" "$T/pipe.err" | want_err
	pmd 1 -s -1:2 "$T/builds" - < <(cat $good)
}

@test "-e announces no diff of which text has nothing to print" {
	sed 27q cpython-3.13.0/env.txt >"$T/empty"
	{ cat "$T/empty"; sed 's/in 32 size/in 16 size/' "$T/empty"; } >"$T/s"
	"$PMD" -e -F "$T/s" >"$T/out" 2>/dev/null || [ $? -eq 1 ]
	[ ! -s "$T/out" ]
	"$PMD" -e -F -f csv "$T/s" 2>/dev/null | grep -q '1,2,config,size_classes'
}
