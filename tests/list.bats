# -L: the dumps of an input, a line each, as they are read.
load lib

B=cpython-3.11.7/before.txt
MANY=cpython-3.13.0/many.txt		# six dumps
HEADING=' dump     line  process  kind    arenas          held          live        needed     resident'
COLUMNS=dump,line,process,kind,damaged,arenas,held,live,available,unused,overhead,free_lists,needed,bytes_resident,bytes_in_malloc

# made FILE: write the dumps that log.awk makes from standard input.
made() {
	awk -f "$ROOT/tests/log.awk" >"$1"
}

# oracle FILE: what -L -f csv must print.
oracle() {
	awk -f "$ROOT/tests/dumps.awk" -f "$ROOT/tests/list.awk" "$1"
}

# as_text, as_json: convert that CSV into the other formats.
as_text() {
	awk -F, '
	function commas(x,    text) {
		if (x == "")
			return "-"
		for (text = ""; length(x) > 3; x = substr(x, 1, length(x) - 3))
			text = "," substr(x, length(x) - 2) text
		return x text
	}
	NR == 1 {
		printf "%5s %8s %8s  %-7s %6s %13s %13s %13s %12s\n", "dump",
		    "line", "process", "kind", "arenas", "held", "live",
		    "needed", "resident"
		next
	}
	{
		printf "%5s %8s %8s  %-7s %6s %13s %13s %13s %12s\n", $1, $2,
		    $3, $4, commas($6), commas($7), commas($8), commas($13),
		    commas($14)
	}'
}

as_json() {
	awk -F, '
	NR == 1 { n = split($0, name); next }
	{
		text = ""
		for (i = 1; i <= n; i++) {
			value = $i == "" ? "null" : $i
			if (name[i] == "kind")
				value = "\"" $i "\""
			if (name[i] == "damaged")
				value = $i ? "true" : "false"
			text = text (i == 1 ? "" : ",") "\"" name[i] "\":" value
		}
		print "{" text "}"
	}'
}

# lists STATUS FILE: all formats print what $T/csv holds, and the messages of
# $T/said. So does -q, without the list.
lists() {
	cp "$T/csv" "$T/want.out"
	cp "$T/said" "$T/want.err"
	pmd "$1" -L -f csv "$2"
	as_text <"$T/csv" >"$T/want.out"
	cp "$T/said" "$T/want.err"
	pmd "$1" -L "$2"
	as_json <"$T/csv" >"$T/want.out"
	cp "$T/said" "$T/want.err"
	pmd "$1" -L -f json "$2"
	cp "$T/said" "$T/want.err"
	pmd "$1" -L -q "$2"
}

@test "a line for each dump: text, CSV and JSON" {
	made "$T/s" <<-'EOF2'
	0 0 0 0 0
	a log line
	1 0 1 0 8064 - 9000000
	2 0 2 11 5000 20 21999616 300000
	2 0 2 60 1000
	1 0 1 0 8064 - 987654321098
	EOF2
	# live: 32 a block. Needed: an arena has 64 pools, a pool 126 blocks.
	# Lost: 64 bytes of a pool, headers and the rest behind the blocks.
	want_out <<-EOF2
	$HEADING
	    1        1        1  empty        0             0             0             0            -
	    2       20        1  full         1       262,144       258,048       262,144    9,000,000
	    3       40        1  call         2       524,288       160,000       262,144   21,999,616
	    4       63        1  exit         2       524,288        32,000       262,144            -
	    5       82        2  full         1       262,144       258,048       262,144 987,654,321,098
	EOF2
	pmd 0 -L "$T/s"
	want_out <<-EOF2
	$COLUMNS
	1,1,1,empty,0,0,0,0,0,0,0,,0,,
	2,20,1,full,0,1,262144,258048,0,0,4096,,262144,9000000,
	3,40,1,call,0,2,524288,160000,311744,45056,7488,960,262144,21999616,300000
	4,63,1,exit,0,2,524288,32000,242176,245760,4352,,262144,,
	5,82,2,full,0,1,262144,258048,0,0,4096,,262144,987654321098,
	EOF2
	cp "$T/want.out" "$T/csv"
	pmd 0 -L -f csv "$T/s"
	want_out <<-EOF2
	{"dump":1,"line":1,"process":1,"kind":"empty","damaged":false,"arenas":0,"held":0,"live":0,"available":0,"unused":0,"overhead":0,"free_lists":null,"needed":0,"bytes_resident":null,"bytes_in_malloc":null}
	{"dump":2,"line":20,"process":1,"kind":"full","damaged":false,"arenas":1,"held":262144,"live":258048,"available":0,"unused":0,"overhead":4096,"free_lists":null,"needed":262144,"bytes_resident":9000000,"bytes_in_malloc":null}
	{"dump":3,"line":40,"process":1,"kind":"call","damaged":false,"arenas":2,"held":524288,"live":160000,"available":311744,"unused":45056,"overhead":7488,"free_lists":960,"needed":262144,"bytes_resident":21999616,"bytes_in_malloc":300000}
	{"dump":4,"line":63,"process":1,"kind":"exit","damaged":false,"arenas":2,"held":524288,"live":32000,"available":242176,"unused":245760,"overhead":4352,"free_lists":null,"needed":262144,"bytes_resident":null,"bytes_in_malloc":null}
	{"dump":5,"line":82,"process":2,"kind":"full","damaged":false,"arenas":1,"held":262144,"live":258048,"available":0,"unused":0,"overhead":4096,"free_lists":null,"needed":262144,"bytes_resident":987654321098,"bytes_in_malloc":null}
	EOF2
	pmd 0 -L -f json "$T/s"
	# as_text, as_json and the oracle agree with what stands above
	: >"$T/said"
	lists 0 "$T/s"
	oracle "$T/s" | cmp - "$T/csv"
}

@test "every log of the fixtures, by the oracle" {
	local f n=0
	: >"$T/said"
	while read -r f _; do
		case $f in
		# what is torn or has a prefix is not for the oracle
		derived/[!em]*|*/mixed*|source-3.13.5t/threads.txt) continue ;;
		esac
		oracle "$f" >"$T/csv"
		want_out "$T/csv"
		pmd 0 -L -f csv "$f"
		n=$((n + 1))
	done <whole-dumps.txt
	[ $n -gt 60 ]
	for f in */subinterp.txt soak/native.log pyodide-0.26.4/many.txt \
	    cpython-3.13.0/mimalloc-debug.txt $B cpython-3.13.0/env.txt; do
		oracle "$f" >"$T/csv"
		lists 0 "$f"
	done
}

@test "a prefix and CRLF change nothing" {
	oracle $MANY | want_out
	sed 's/^/worker-1  | /; s/$/\r/' $MANY >"$T/s"
	pmd 0 -L -f csv "$T/s"
}

@test "one dump is enough; no dump is trouble" {
	oracle $B >"$T/csv"
	: >"$T/said"
	lists 0 $B
	echo "pymallocdiff: derived/no-dump.txt: no dump found" | want_err
	pmd 2 -L derived/no-dump.txt
	echo "pymallocdiff: standard input: file is empty" | want_err
	pmd 2 -L -q </dev/null
}

@test "a damaged dump is listed as damaged, and is trouble" {
	local n why='no "# bytes lost to quantization" line in the dump that starts'
	why+=' here'
	sed '/^# bytes lost to quantization/d' $B | cat $B - $B >"$T/s"
	n=$(wc -l <$B)
	oracle "$T/s" | awk -F, -v OFS=, -v n="$n" '
	$1 == 1 { needed = $13 }
	$1 == 2 { $4 = "damaged"; $5 = 1; $11 = ""; $13 = needed }
	{ print }' >"$T/csv"
	[ "$(grep -c damaged, "$T/csv")" -eq 2 ]
	# the message is that of a comparison, without its hint
	exits 2 "$PMD" -q -s 1:2 "$T/s" 2>"$T/err"
	sed 's/; -s .* leaves it out$//' "$T/err" >"$T/said"
	grep -q "^pymallocdiff: $T/s:$((n + 1)): $why\$" "$T/said"
	lists 2 "$T/s"
	# with -F a warning, and status 0
	sed -i "s|^pymallocdiff: $T/s:[0-9]*: |&warning: |" "$T/said"
	as_text <"$T/csv" | want_out
	want_err "$T/said"
	pmd 0 -L -F "$T/s"
}

@test "a dump of which nothing but its header could be read" {
	{ cat $B; head -n 1 $B; } >"$T/s"
	exits 2 "$PMD" -L -F -f csv "$T/s" >"$T/out" 2>"$T/err"
	tail -n 1 "$T/err" | cmp - <(echo "pymallocdiff: $T/s:$(($(wc -l <$B) +\
 1)): nothing but the header of this dump could be read")
	[ "$(grep -c ,damaged,1, "$T/out")" -eq 1 ]
}

@test "another process needs no message: the list says it" {
	cat $B cpython-3.11.7/after.txt $B >"$T/s"
	"$PMD" -L -f csv "$T/s" 2>"$T/err" | cut -d, -f1,3 |
	    cmp - <(printf '%s\n' dump,process 1,1 2,1 3,2)
	[ ! -s "$T/err" ]
}

# fifo OPTION...: a line is printed before the FIFO ends.
fifo() {
	local want=$1
	shift
	rm -f "$T/in"
	mkfifo "$T/in"
	: >"$T/out"
	"$PMD" -L "$@" <"$T/in" >"$T/out" 2>"$T/err" 3>&- &
	exec 9>"$T/in"
	cat $B >&9
	sleep 0.1
	# not yet: more free lists may follow
	[ "$(grep -c call "$T/out")" -eq 0 ]
	head -n 1 $B >&9
	for _ in $(seq 100); do
		[ "$(grep -c call "$T/out")" -eq 1 ] && break
		sleep 0.05
	done
	[ "$(grep -c call "$T/out")" -eq 1 ]
	"$PMD" -L "$@" $B | cmp - "$T/out"
	tail -n +2 $B >&9
	exec 9>&-
	wait $!
	"$PMD" -L "$@" < <(cat $B $B) | cmp - "$T/out"
	[ ! -s "$T/err" ]
}

@test "a line appears when the next header has come" {
	fifo 0
	fifo 0 -f csv
	fifo 0 -f json
}

@test "five zeros are not measured: no held and no live" {
	local f=source-3.13.5t/many.txt
	oracle $f >"$T/csv"
	sed -n 2p "$T/csv" | grep -q '^1,1,1,call,0,,,,,,,[0-9]*,,,$'
	want_out "$T/csv"
	"$PMD" -L -f csv $f 2>/dev/null | cmp - "$T/csv"
	as_text <"$T/csv" >"$T/want"
	"$PMD" -L $f 2>/dev/null | cmp - "$T/want"
}
