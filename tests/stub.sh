#!/bin/sh
# stub.sh NAME OUTPUT: build the program with the stub NAME of tests/stub.c in
# the place of the right function. The objects of the others stay in
# build/stub, for the next one.
set -eu
cd "$(dirname "$0")/.."
name=$1 output=$2
cc="${CC:-cc} -std=c99 -D_POSIX_C_SOURCE=200809L -O1 -Isrc"

# The function, and the file that has the right one.
set -- $(grep "^#ifdef $name[^A-Z_0-9]" tests/stub.c |
    sed 's|.*/\* \([a-z_]*\) of \([a-z_]*\)\.c;.*|\1 \2|')
[ $# -eq 2 ] || { echo "stub.sh: no stub $name" >&2; exit 1; }
function=$1 file=$2

mkdir -p build/stub
objects=
for src in src/*.c; do
	object=build/stub/$(basename "$src" .c).o
	[ "$src" = "src/$file.c" ] || objects="$objects $object"
	[ -f "$object" ] || $cc -c -o "$object" "$src"
done
$cc "-D$function=real_$function" -c -o "$output.real.o" "src/$file.c"
$cc "-D$name" -o "$output" tests/stub.c "$output.real.o" $objects
rm -f "$output.real.o"
