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
	small "a line of 200 MB" -q < <(head -c 200000000 /dev/zero | tr '\0' x)
	small "blank lines" -q < <(head -c 20000000 /dev/zero | tr '\0' '\n')
	small "zeros" -q < <(head -c 200000000 /dev/zero)
	small "yes" -q < <(yes | head -c 100000000)
	for n in 1 2 3 4 5 6 7 8; do
		cat $many $many $many $many $many $many $many $many
	done >"$T/many"
	small "many dumps" -e -q <"$T/many"
	small "many dumps, in full" -e -a -f csv < <(cat "$T/many")
	small "64 dumps held" -q -s -64:-1 < <(cat "$T/many")
}
