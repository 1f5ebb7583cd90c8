# Resources: the same bytes with no heap, little stack, no arguments, no
# environment, and in any locale.
load lib
load faults

# Command lines from everywhere, one a line; each reads standard input or the
# fixtures, and some of them are trouble.
lines() {
	local f
	for f in text summary csv json; do
		echo "-f $f $A $B"
		echo "-f $f -a -e $MANY"
		echo "-f $f -F $A derived/truncated-in-table.txt"
	done
	cat <<-EOF2
	-
	--help
	--version
	-a -s -64:-1 debian-2.7.18-dbg/env.txt
	-e -f csv derived/mixed-versions.txt
	-f summary cpython-3.9.18/before.txt debian-3.15.2/mimalloc-debug.txt
	-L cpython-3.8.18/env.txt
	-L -f csv
	-L -f json -F cpython-3.13.0/envforks.txt
	cpython-3.13.0/envforks.txt
	-q -l leak -l live:+1 soak/leak.log
	derived/truncated-midline.txt derived/truncated-in-summary.txt
	-e cpython-3.13.0/threadnoise.txt
	--list --format=json $A
	-q -l *:+5% -l class.[0-9]*.pools:1K -l free_list.?y*[!x]:-0 $A $B
	-q -l arenas:+1 -l *a*a*a*a*a*a*a*a*b*:1 -l [[:alpha:]]*.[[.a.]]:1 $A $B
	-f json -l bytes_in_allocated_blocks:+5% -t 4K -t 1% $A $B
	$(yes -- '-l summary.*:9G -t 1%' | head -n 64 | tr '\n' ' ') $A $B
	--form csv --limit=arenas:0 --thresh 1 $A $B
	--f=csv $A $B
	--no-such-option
	-x $A $B
	-f
	-s 1:2:3 $A
	- -
	no-such-file $A
	$A pairs
	derived/powershell-utf16le.txt
	derived/empty.txt
	EOF2
}

# plainly ARGUMENT...: what line n of them must give, into $kept.out and .err;
# one run is enough for all ways.
plainly() {
	kept=$BATS_FILE_TMPDIR/${POSIXLY_CORRECT:-0}.$n
	if [ ! -e "$kept.status" ]; then
		want=0
		"$PMD" "$@" <"$T/two" >"$kept.out" 2>"$kept.err" || want=$?
		echo $want >"$kept.status"
	fi
	read -r want <"$kept.status"
}

# alike WAY: all of the lines give the same bytes and the same status, run
# plainly and by the function WAY.
alike() {
	local line kept want got n=0
	cat $A $B >"$T/two"
	set -f
	while read -r line; do
		n=$((n + 1))
		[ ${#RUN[@]} -eq 0 ] || [ $((n % 12)) -eq 2 ] || continue
		plainly $line
		got=0
		"$1" $line <"$T/two" >"$T/out" 2>"$T/err" || got=$?
		if [ $got -ne $want ] || differ "$kept.out" "$T/out" ||
		    differ "$kept.err" "$T/err"; then
			want_out "$kept.out"
			want_err "$kept.err"
			verify $want $got "$1: pymallocdiff $line"
		fi
	done < <(lines)
	set +f
	points $n
}

without_heap() {
	LD_PRELOAD=$NO_HEAP "$PMD" "$@"
}

with_little_stack() {
	(ulimit -s 64 && exec env -i "$PMD" "$@")
}

without_environment() {
	env -i "${RUN[@]}" "$PMD" "$@"
}

in_a_strange_one() {
	TERM=dumb COLUMNS=20 LINES=3 TZ=Asia/Kathmandu CLICOLOR_FORCE=1 \
	    HOME=/nonexistent PAGER=false LANG=de LC_NUMERIC=de_DE \
	    "${RUN[@]}" "$PMD" "$@"
}

in_locale() {
	LOCPATH=$T/locales LC_ALL=$LOCALE LANG=$LOCALE LANGUAGE=$LOCALE \
	    "${RUN[@]}" "$PMD" "$@"
}

without_arguments() {
	SHIM_ARGC0=1 LD_PRELOAD=$SHIM "$PMD"
}

@test "no heap: whoever asks for memory is killed" {
	need_shim
	LD_PRELOAD=$NO_HEAP sort </dev/null 2>/dev/null || [ $? -eq 99 ]
	[ "$(LD_PRELOAD=$NO_HEAP sort </dev/null 2>&1)" = \
	    "shim: malloc was called" ]
	alike without_heap
	export POSIXLY_CORRECT=1
	alike without_heap
}

@test "no heap: Valgrind counts no allocation" {
	need_shim
	command -v valgrind >/dev/null || skip "no Valgrind"
	local line
	while read -r line; do
		whole $line
		want_out "$T/whole"
		want_err "$T/whole.err"
		GOT=0
		valgrind --log-file="$T/log" "$PMD" $line >"$T/out" \
		    2>"$T/err" || GOT=$?
		verify $WANT $GOT "valgrind pymallocdiff $line"
		grep -q 'total heap usage: 0 allocs, 0 frees, 0 bytes' "$T/log"
		grep -q 'ERROR SUMMARY: 0 errors' "$T/log"
	done <<-EOF2
	-f summary -l *ar*:1 $A $B
	-f json -e -a $MANY
	EOF2
}

@test "64 KB of stack" {
	[ -z "${PMD_NO_PRELOAD:-}" ] || skip "a sanitizer needs more"
	alike with_little_stack
}

@test "no arguments at all, not even a name" {
	local f
	cat $A $B >"$T/two"
	want_out pairs/documented-diff.txt
	f=0
	"$LAUNCH" argc0 "$PMD" <"$T/two" >"$T/out" 2>"$T/err" || f=$?
	verify 1 $f "execve(pymallocdiff, { NULL })"
	echo "pymallocdiff: standard input: file is empty" | want_err
	f=0
	"$LAUNCH" argc0 "$PMD" </dev/null >"$T/out" 2>"$T/err" || f=$?
	verify 2 $f "execve(pymallocdiff, { NULL })"
}

# Since version 5.18 Linux hands over an empty name.
@test "argc 0, by whatever kernel" {
	need_shim
	local got=0
	cat $A $B >"$T/two"
	want_out pairs/documented-diff.txt
	without_arguments <"$T/two" >"$T/out" 2>"$T/err" || got=$?
	verify 1 $got "main(0, { NULL })"
	got=0
	echo "pymallocdiff: standard input: file is empty" | want_err
	without_arguments </dev/null >"$T/out" 2>"$T/err" || got=$?
	verify 2 $got "main(0, { NULL })"
}

@test "no environment, and a strange one" {
	alike without_environment
	alike in_a_strange_one
}

# Where localedef can make them they are real; else they are only names.
@test "in any locale" {
	mkdir "$T/locales"
	for LOCALE in tr_TR.UTF-8 de_DE.UTF-8; do
		localedef -i ${LOCALE%.*} -f UTF-8 "$T/locales/$LOCALE" \
		    2>/dev/null || true
		alike in_locale
	done
}
