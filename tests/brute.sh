#!/bin/sh
# brute.sh: brute.c over a dump of each dialect: cut anywhere, any digit
# replaced, any line left out or doubled. Status 0 where nothing is missed
# that has to be found.
set -u
cd "$(dirname "$0")/.." || exit 1
warnings=$(sed -n '/^WARNINGS/,/[^\\]$/{s/^WARNINGS = //;s/\\$//;p;}' Makefile)
core=
for file in src/*.c; do
	case $file in
	*/main.c|*/options.c) ;;
	*) core="$core $file" ;;
	esac
done
rm -rf build/brute
mkdir -p build/brute || exit 1

# Words are meant to be split: they are flags and names of files.
${CC:-cc} -std=c99 -D_POSIX_C_SOURCE=200809L $warnings -O2 -Isrc \
    -o build/brute/brute tests/brute.c tests/harness.c $core || exit 1

# dump N FILE: the N-th dump of a stream, 1 is the first and 0 the last, as a
# file of its own.
dump() {
	to=build/brute/$(echo "$2" | sed 's|^fixtures/||; s|/|-|g')-$1
	awk -v want="$1" '/^Small block threshold/ { n++; dump = "" }
	    { dump = dump $0 "\n" }
	    n == want { found = dump }
	    END { printf "%s", (want == 0 ? dump : found) }' "$2" >"$to"
	files="$files $to"
}

files=
dump 1 fixtures/source-2.3.7/env.txt
dump 0 fixtures/source-2.3.7/env.txt
dump 1 fixtures/cpython-3.13.0/env.txt
dump 1 fixtures/cpython-3.6.15/debug-pymalloc_debug.txt
dump 0 fixtures/cpython-3.13.0/mimalloc-debug.txt

build/brute/brute fixtures/*/before.txt fixtures/*/after.txt \
    fixtures/*/mimalloc-after.txt $files
