# harness.sh: how brute.sh, lines.sh, mutate.sh and splice.sh build their
# programs, and the inputs that no fixture has. To be sourced.
#
#	harness NAME FLAGS...	build/NAME/NAME of tests/NAME.c and src/
#	dump N FILE		the N-th dump of a file, 0 the last
#	process_lines		add the two lines of the process
#	red_hat			add the free lists of Red Hat's Python 2.7
#	sanitizers		flags for them, if this compiler has them

warnings=$(sed -n '/^WARNINGS/,/[^\\]$/{s/^WARNINGS = //;s/\\$//;p;}' Makefile)

# All but the program's own end.
core=
for file in src/*.c; do
	case $file in
	*/main.c | */options.c) ;;
	*) core="$core $file" ;;
	esac
done

# Words are meant to be split: they are flags and names of files.
harness() {
	name=$1
	shift
	rm -rf "build/$name"
	mkdir -p "build/$name" &&
	${CC:-cc} -std=c99 -D_POSIX_C_SOURCE=200809L $warnings "$@" -Isrc \
	    -o "build/$name/$name" "tests/$name.c" tests/harness.c $core
}

# can_build COMPILER FLAGS...: it is here, has the flags, and what it builds
# runs.
can_build() {
	echo 'int main(void) { return 0; }' >build/try.c &&
	"$@" -o build/try build/try.c 2>/dev/null && build/try 2>/dev/null
}

# The sanitizers that this compiler has.
sanitizers() {
	flags='-fsanitize=address,undefined -fno-sanitize-recover'
	if can_build ${CC:-cc} $flags; then
		echo "$flags"
	else
		echo "${CC:-cc} has no sanitizers here" >&2
	fi
}

dump() {
	awk -v want="$1" '
	/^Small block threshold/ { n++; dump = "" }
	{ dump = dump $0 "\n" }
	n == want { found = dump }
	END { printf "%s", (want == 0 ? dump : found) }' "$2"
}

process_lines() {
	cat
	printf '# %-33s=%21s\n' 'bytes resident' 21,999,616 \
	    'bytes in malloc' 4,210,704
}

red_hat() {
	cat
	printf '\n1234 mortal interned strings\n5 immortal interned strings\n'
	printf 'total size of all interned strings: 98765/432 '
	printf 'mortal/immortal\n'
	printf '%48s =%21s\n' '0 free PyCFunctions * 8 bytes each' 0 \
	    '2 free PyDictObjects * 280 bytes each' 560 \
	    '12 PyFloatBlocks * 1000 bytes each' 12,000 \
	    '7 free PyFrameObjects * 460 bytes each' 3,220 \
	    '215 PyIntBlocks * 1000 bytes each' 215,000 \
	    '3 free PyListObjects * 72 bytes each' 216
	for items in 1 2 3; do
		size=$((56 + 8 * items))
		printf '%48s =%21s\n' "$items free $items-sized PyTupleObjects \
* $size bytes each" $((items * size))
	done
	printf '%48s =%21s\n' '9 free PyUnicodeObjects * 56 bytes each' 504
}
