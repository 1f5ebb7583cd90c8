# Memory is constant: under 2 MiB more than true takes, whatever the input.
load lib

setup_file() {
	${CC:-cc} -std=c99 -D_POSIX_C_SOURCE=200809L \
	    -o "$BATS_FILE_TMPDIR/maxrss" "$BATS_TEST_DIRNAME/maxrss.c"
}

# kib COMMAND...: its peak; standard input is passed on.
kib() {
	"$BATS_FILE_TMPDIR/maxrss" "$@" 2>/dev/null | awk '{ print $2 }'
}

# small NAME ARGUMENT...: the program on standard input.
small() {
	local name=$1 base peak
	shift
	base=$(kib true)
	peak=$(kib "$PMD" "$@")
	[ "$peak" -gt 0 ] && [ $((peak - base)) -lt 2048 ] || {
		echo "$name: $peak KiB, true takes $base"
		return 1
	}
}

@test "long lines, blank lines, zeros, yes and many dumps" {
	[ -z "${PMD_NO_PRELOAD:-}" ] || skip "a sanitizer takes its own memory"
	local many=cpython-3.11.7/many.txt n
	small "a line of 30 MB" -q < <(head -c 30000000 /dev/zero | tr '\0' x)
	small "blank lines" -q < <(head -c 10000000 /dev/zero | tr '\0' '\n')
	small "zeros" -q < <(head -c 30000000 /dev/zero)
	small "yes" -q < <(yes | head -c 30000000)
	for n in 1 2 3 4 5 6 7 8; do
		cat $many $many $many $many $many $many $many $many
	done >"$T/many"
	small "many dumps" -e -q <"$T/many"
	small "many dumps, in full" -e -a -f csv < <(cat "$T/many")
	small "a list" -L -f json < <(cat "$T/many")
	small "64 dumps held" -q -s -64:-1 < <(cat "$T/many")
	small "many processes, and a verdict" -f summary < <(cat "$T/many")
	for n in 1 2 3 4 5 6 7 8; do
		cat cpython-3.13.0/envforks.txt "$T/many"
	done >"$T/torn"
	small "many damaged dumps" -f summary <"$T/torn"
	for n in 1 2 3 4 5 6 7 8; do
		tail -n +400 soak/leak.log
	done >"$T/log"
	small "a long log" -F -f summary < <(cat "$T/log" "$T/log")
}
