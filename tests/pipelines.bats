# The command lines of the manual's Pipelines, as they stand there, where the
# tools that they name are installed.
load lib

PAGE=$ROOT/man/pymallocdiff.1

# What a line starts that is not to be had here is a stub in $T/bin.
stub() {	# stub NAME, its text on standard input
	mkdir -p "$T/bin"
	{ echo '#!/bin/sh'; cat; } >"$T/bin/$1"
	chmod +x "$T/bin/$1"
}

under_test() {
	echo "exec ${RUN[*]} '$PMD' \"\$@\"" | stub pymallocdiff
}

need() {
	local tool
	for tool in "$@"; do
		command -v "$tool" >/dev/null || skip "$tool is not here"
	done
}

# sqlite3 has had .import --csv since 3.32.
need_sqlite() {
	need sqlite3
	printf 'a\n1\n' >"$T/a.csv"
	[ "$(sqlite3 :memory: ".import --csv $T/a.csv d" 'SELECT a FROM d' \
	    2>/dev/null)" = 1 ] || skip "this sqlite3 is too old"
}

# page STATUS PATTERN: run the block with that line, in $T/work.
page() {
	local got=0
	under_test
	awk -v has="$2" -f "$ROOT/tests/blocks.awk" "$PAGE" >"$T/block" ||
	    { echo "no block with $2"; return 1; }
	sed 's/^\$ //' "$T/block" >"$T/script"
	(cd "$T/work" && PATH="$T/bin:$PATH" sh "$T/script") \
	    >"$T/out" 2>"$T/err" </dev/null || got=$?
	verify "$1" "$got" "$(cat "$T/script")"
}

work() {	# work NAME FILE...: the file NAME of these fixtures
	local name=$1
	shift
	mkdir -p "$T/work/logs"
	cat -- "$@" >"$T/work/$name"
}

# bytes_of FILE...: the bytes in allocated blocks of each dump, one a line.
bytes_of() {
	awk '/^# bytes in allocated blocks/ { gsub(/,/, "", $NF); print $NF }' \
	    "$@"
}

# What has changed by 256 KiB or more between the first and the last dump of
# cpython-3.11.7/many.txt.
many_256k() {
	cat <<'END'
class   size   num pools   blocks in use  avail blocks
-----   ----   ---------   -------------  ------------
    1     32         +22          +11215            +5
    4     80         +62          +12500          +148

# arenas allocated total           =                   +2
# arenas highwater mark            =                   +2
# arenas allocated current         =                   +2
+2 arenas * 1048576 bytes/arena    =           +2,097,152

# bytes in allocated blocks        =           +1,358,880
+42 unused pools * 16384 bytes     =             +688,128
Total                              =           +2,097,152
END
}

@test "jq: live bytes, dump by dump" {
	need jq
	work log cpython-3.11.7/many.txt
	bytes_of "$T/work/log" |
	    awk 'NR > 1 { print "[" NR "," $1 "]" }' | want_out
	[ "$(wc -l <"$T/want.out")" -eq 5 ]
	page 0 'jq -c'
}

# The tables say 5749, 3436 and 751 blocks before and 52520, 35659 and 31172
# after.
@test "sqlite3: the classes that have grown most" {
	need_sqlite
	work before.txt cpython-3.13.0/before.txt
	work after.txt cpython-3.13.0/frag.txt
	want_out <<'END'
64|46771
48|32223
32|30421
END
	page 0 'metric = .blocks_in_use'
}

@test "Miller: the classes that have grown most" {
	need mlr
	work before.txt cpython-3.13.0/before.txt
	work after.txt cpython-3.13.0/frag.txt
	want_out <<'END'
name delta
64   46771
48   32223
32   30421
END
	page 0 'mlr --icsv'
}

# The new log is the old one backwards: each sign turns.
@test "git: two saved reports" {
	need git
	work old.log pairs/documented-before.txt pairs/documented-after.txt
	work new.log pairs/documented-after.txt pairs/documented-before.txt
	want_out <<'END'
diff --git a/old.txt b/new.txt
--- a/old.txt
+++ b/new.txt
@@ -1,8 +1,8 @@
 class   size   num pools   blocks in use  avail blocks
 -----   ----   ---------   -------------  ------------
-    1     32          +1             +52           +74
-    4     80          +1             +51            -1
-    5     96          +2             +34           +50
+    1     32          -1             -52           -74
+    4     80          -1             -51            +1
+    5     96          -2             -34           -50
 
-# bytes in allocated blocks        =              +19,904
--4 unused pools * 4096 bytes       =              -16,384
+# bytes in allocated blocks        =              -19,904
++4 unused pools * 4096 bytes       =              +16,384
END
	# Without the line of hashes, and without anyone's settings.
	stub git <<END
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
'$(command -v git)' "\$@" >out; status=\$?
grep -v '^index ' out
exit \$status
END
	page 1 'git diff'
}

# The report is the one that EXAMPLES shows for this log.
@test "a step of a CI job" {
	mkdir -p "$T/work"
	echo "cat '$F/cpython-3.13.0/env.txt' >&2" | stub app
	want_out <<'END'
class   size   num pools   blocks in use  avail blocks
-----   ----   ---------   -------------  ------------
    9    160        +202          +10587        +10017

# arenas allocated total           =                   +9
# arenas highwater mark            =                   +9
# arenas allocated current         =                   +9
+9 arenas * 1048576 bytes/arena    =           +9,437,184

# bytes in allocated blocks        =           +5,767,008
# bytes in available blocks        =           +3,470,624
Total                              =           +9,437,184
END
	want_err <<'END'
pymallocdiff: malloc.log: limit "arenas:+8" is exceeded: summary.arenas.count went from 1 to 10 (+9)
END
	page 1 'arenas:.8 malloc'
}

# A fleet: the log FOLDER:NAME.log has that folder's dumps before and NAME.
fleet() {
	local log
	for log in cpython-3.{6.15,8.18,10.13,11.7,12.1,13.0}:frag \
	    cpython-3.{11.7,13.0}:after cpython-3.{11.7,13.0}:shrink; do
		work "logs/$log.log" "${log%:*}/before.txt" \
		    "${log%:*}/${log#*:}.txt"
	done
}

# One report of the fleet, by the independent reader.
reference() {
	awk -v b=1 -v a=-1 -f "$BATS_TEST_DIRNAME/reference.awk" \
	    "$F/${1%:*}/before.txt" "$F/${1%:*}/${1#*:}.txt" |
	    grep -v ',same$'
}

reports() {	# each log has its report
	local log name
	for log in "$T/work/logs"/*.log; do
		name=${log##*/}
		reference "${name%.log}" | want_out
		cp "$log.csv" "$T/out"
		: >"$T/err"
		verify 0 0 "$log.csv"
	done
}

# names GLOB COMMAND...: the command, with these names on its input.
names() {
	local glob=$1 got=0
	shift
	(cd "$T/work" && PATH="$T/bin:$PATH" && { [ ! "$glob" ] ||
	    printf '%s\n' $glob; } | "$@") >"$T/out" 2>"$T/err" || got=$?
	verify 0 $got "$*"
}

@test "xargs -P: a report for each log of a folder" {
	need xargs
	fleet
	page 0 xargs
	reports
}

@test "xargs -P: a log that is trouble" {
	need xargs
	fleet
	work logs/nothing.log derived/no-dump.txt
	echo "pymallocdiff: logs/nothing.log: no dump in it" | want_err
	local trouble=0	# 123, or 1 of BSD
	echo 2 | xargs sh -c 'exit 2' || trouble=$?
	page $trouble xargs
	[ ! -s "$T/work/logs/nothing.log.csv" ]
	rm "$T/work/logs"/nothing.*
	reports
}

@test "a filter that gets the names of logs on its input" {
	need xargs
	fleet
	awk -v has=xargs -f "$ROOT/tests/blocks.awk" "$PAGE" >"$T/block"
	grep -q -F '| xargs -0 ' "$T/block"
	sed 's/.*| xargs -0 /xargs -r /' "$T/block" | stub filter
	under_test
	names '' filter
	names 'logs/*.log' filter
	reports
}

@test "GNU parallel: a report for each log of a folder" {
	need parallel
	parallel --version 2>&1 | grep -q GNU || skip "parallel is not GNU's"
	fleet
	mkdir "$T/home"
	touch "$T/home/will-cite"
	export PARALLEL_HOME=$T/home
	under_test
	names 'logs/*.log' parallel -j 4 \
	    'pymallocdiff -f csv {} >{}.csv || test $? -eq 1'
	reports
}

@test "one table of all reports, and the logs that have grown most" {
	need xargs
	need_sqlite
	local log
	fleet
	page 0 xargs
	# By how much its bytes have grown, out of the dumps.
	for log in "$T/work/logs"/*.log; do
		echo "logs/${log##*/}|$(($(bytes_of "$log" | tail -n 1) -
		    $(bytes_of "$log" | head -n 1)))"
	done | sort -t '|' -k 2,2nr | head -n 9 | want_out
	[ "$(wc -l <"$T/want.out")" -eq 9 ]
	page 0 '>fleet.csv'
	{
		reference cpython-3.11.7:frag | sed '1s/^/log,/; 1q'
		for log in "$T/work/logs"/*.log; do
			log=${log##*/}
			reference "${log%.log}" | sed "1d; s|^|logs/$log,|"
		done
	} | want_out
	cp "$T/work/fleet.csv" "$T/out"
	verify 0 0 fleet.csv
}

torn() {	# torn LOG: without help it is trouble
	local got=0
	"${RUN[@]}" "$PMD" "$1" >"$T/torn" 2>&1 || got=$?
	[ $got -eq 2 ]
}

@test "docker compose: one container of several" {
	work log cpython-3.11.7/many.txt
	work other cpython-3.13.0/many.txt
	sed 's/^/worker-1   | /' "$T/work/log" >"$T/1"
	sed 's/^/worker-10  | /' "$T/work/other" >"$T/2"
	paste -d '\n' "$T/1" "$T/2" | sed '/^$/d' >"$T/both"
	echo "cat '$T/both'" | stub docker
	torn "$T/both"
	many_256k | want_out
	page 1 'docker compose'
}

# A thousandth of a second a line, as Go prints it: .1, .01 and .001.
stamps() {
	awk '{ s = sprintf("2026-11-23T15:00:%02d.%03d", NR / 60 % 60, NR % 1000)
	       sub(/0+$/, "", s)
	       print s "Z " $0 }' "$@"
}

@test "kubectl: stamps that trim zeros" {
	work log cpython-3.11.7/many.txt
	stamps "$T/work/log" >"$T/stamped"
	[ "$(sed 's/ .*//' "$T/stamped" | awk '{ print length($0) }' |
	    sort -u | wc -l)" -ge 3 ]
	echo "cat '$T/stamped'" | stub kubectl
	torn "$T/stamped"
	many_256k | want_out
	page 1 kubectl
}

@test "docker: logs in JSON" {
	need jq
	work log cpython-3.11.7/many.txt
	jq -Rc '{log: (. + "\n"), stream: "stderr",
	    time: "2026-11-23T15:00:00.000007919Z"}' "$T/work/log" \
	    >"$T/work/0123456789ab-json.log"
	many_256k | want_out
	page 1 'jq -rj'
}
