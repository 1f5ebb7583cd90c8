# Streams: many dumps in one input, the noise around them, and -e.
load lib

B=cpython-3.11.7/before.txt
A=cpython-3.11.7/after.txt

# The CSV rows of a selection, without the dumps' numbers, on standard output.
rows() {
	"$PMD" -a -f csv "$@" 2>/dev/null | cut -d, -f3-
}

# wholes FILE: how many dumps of a stream are whole.
wholes() {
	"$PMD" -L -f csv "$1" 2>/dev/null |
	    awk -F, '$5 == "0" { n++ } END { print n + 0 }'
}

# reference ARGUMENT...: what -a -f csv must print.
reference() {
	awk -f "$BATS_TEST_DIRNAME/dumps.awk" \
	    -f "$BATS_TEST_DIRNAME/reference.awk" "$@"
}

@test "every whole dump is found, and none is invented" {
	# the counts are of those who captured them
	local file count bad=0
	while read -r file count; do
		[ "$(wholes "$file")" -eq "$count" ] || {
			echo "$file: $(wholes "$file"), expected $count"
			bad=1
		}
	done <whole-dumps.txt
	[ $bad -eq 0 ]
}

@test "a file and a pipe say the same" {
	local f s want
	for f in cpython-3.13.0/many.txt cpython-3.13.0/envforks.txt \
	    derived/mixed-versions.txt pyodide-0.26.4/many.txt; do
		for s in -q -a '-f json' '-s 3:-2' '-s -1:9' -e '-L -f csv'; do
			want=0
			"$PMD" $s < <(cat $f) >"$T/pipe" 2>"$T/pipe.err" ||
			    want=$?
			want_out "$T/pipe"
			want_err "$T/pipe.err"
			pmd $want $s <$f
			want_out "$T/pipe"
			sed "s|: standard input:|: $f:|" "$T/pipe.err" |
			    want_err
			pmd $want $s $f
		done
	done
}

@test "what was read of standard input before is not read again" {
	want_out < <("$PMD" -f csv cpython-3.13.0/many.txt)
	cat $A cpython-3.13.0/many.txt >"$T/rest"
	{
		for _ in $(seq "$(wc -l <$A)"); do read -r _; done
		pmd 1 -f csv -
	} <"$T/rest"
}

@test "-e: each dump against the one before it" {
	local f n=0
	for f in */many.txt */subinterp.txt \
	    cpython-3.13.0/{debug,env,noisy,mimalloc-debug}.txt \
	    source-3.13.5t/debug.txt derived/env-crlf.txt; do
		reference -v each=1 "$f" >"$T/want"
		"$PMD" -e -f csv -a "$f" 2>/dev/null | cmp - "$T/want" || {
			echo "$f"
			false
		}
		n=$((n + 1))
	done
	[ $n -gt 20 ]
}

@test "-e: a head before each text diff, an object a line in JSON" {
	local why='dump 4 comes from another process: "# arenas allocated'
	cat $B $A $A $B >"$T/s"
	why="$T/s:$((1 + $(cat $B $A $A | wc -l))): warning: $why"
	why="pymallocdiff: $why total\" fell from 26 to 4"
	{
		printf -- '--- dump 1\n+++ dump 2\n'
		"$PMD" $B $A || true
	} | want_out
	echo "$why" | want_err
	pmd 1 -e "$T/s"
	cat $B $A $A $A >"$T/s"
	exits 1 "$PMD" -e -f json "$T/s" >"$T/out"
	[ "$(wc -l <"$T/out")" -eq 3 ]
	[ "$(grep -c '"before_dump":2,"after_dump":3,.*"equal":true.*"rows":\[\]}$' \
	    "$T/out")" -eq 1 ]
}

@test "-e announces no diff of which text has nothing to print" {
	cat $A $A >"$T/s"
	pmd 0 -e "$T/s"
	want_out < <(printf -- '--- dump 1\n+++ dump 2\n'; "$PMD" -a $A $A)
	pmd 0 -e -a "$T/s"
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
	exits 2 "$PMD" -q "$T/s" 2>"$T/err"
	grep -q 'a second "PyDictObject" line in one dump' "$T/err"
}

@test "an unknown label, in CPython's layout, becomes a row" {
	local new='# bytes lost to the new thing      =                    0'
	echo summary,bytes_lost_to_the_new_thing,value,,0,,,,new >"$T/row"
	sed "s/^# bytes lost to quantization.*/&\n$new/" $A >"$T/new"
	rows $A "$T/new" | grep new_thing | cmp - "$T/row"
	# directly behind the last line of the summary, blank lines aside
	awk -v new="$new" '{ print } /^Total/ && ++n == 2 { print ""; print new }
	    ' $A >"$T/new"
	rows $A "$T/new" | grep new_thing | cmp - "$T/row"
	# and directly behind the free lists
	{ cat $A; echo "$new"; } >"$T/new"
	rows $A "$T/new" | grep new_thing | cmp - "$T/row"
	# in another layout, outside, and behind a log line: no row
	rows $A $A >"$T/want"
	sed "s/^# bytes lost to quantization.*/&\n# new thing = 5/" $A >"$T/new"
	rows $A "$T/new" | cmp - "$T/want"
	awk -v new="$new" '{ print } /^Total/ && ++n == 2 { print "log";
	    print new }' $A >"$T/new"
	rows $A "$T/new" | cmp - "$T/want"
	{ echo "$new"; cat $A; echo log; echo "$new"; } >"$T/new"
	rows $A "$T/new" | cmp - "$T/want"
}
