#!/bin/sh
# faults.sh [SCRIPT...]: a test of the tests. Each of tests/faults/*.sed puts
# one fault into a copy of src/, which the suite has to notice. The first line
# says where, what, and by which Bats files it is to be noticed:
#
#	# src/FILE: what is broken; killed by NAME.bats [NAME.bats...]
#
# Status 0 where each fault was noticed: a test failed, or none had an end
# within two minutes. What stays behind is in build/fault.
set -u
cd "$(dirname "$0")/.." || exit 1
[ $# -gt 0 ] || set -- tests/faults/*.sed
dir=$PWD/build/fault
rm -rf "$dir"
mkdir -p "$dir/good/src" && cp src/*.[ch] "$dir/good/src" || exit 1

# build DIRECTORY: what stands in its src, into its pymallocdiff.
build() {
	${CC:-cc} -std=c99 -D_POSIX_C_SOURCE=200809L -O1 \
	    -o "$1/pymallocdiff" "$1"/src/*.c >"$1/log" 2>&1
}

# suite DIRECTORY FILE...: these Bats files, on its pymallocdiff.
suite() {
	work=$1
	shift
	PMD=$work/pymallocdiff timeout -k 5 "$limit" sh tests/run.sh "$@" \
	    >"$work/log" 2>&1
}

# killers SCRIPT...: the Bats files that their first lines name.
killers() {
	for script; do
		sed -n '1s/.*; killed by //p' "$script"
	done | tr -s ' ' '\n' | sort -u | sed 's|^|tests/|'
}

# strike NAME SCRIPT: nothing is said where the suite notices the fault.
strike() {
	work=$dir/$1
	file=$(sed -n '1s/^# \(src\/[a-z]*\.[ch]\):.*/\1/p' "$2")
	cp -R "$dir/good/src" "$work/src"
	if [ ! -f "$dir/good/$file" ] || [ -z "$(killers "$2")" ]; then
		echo "no such file, or no killer: $1"
	elif ! sed -f "$2" "$dir/good/$file" >"$work/$file"; then
		echo "no sed script: $1"
	elif cmp -s "$dir/good/$file" "$work/$file"; then
		echo "changed nothing: $1"
	elif ! build "$work"; then
		echo "does not compile: $1"
		cat "$work/log"
	elif suite "$work" $(killers "$2"); then
		echo "survived: $1"
	elif [ $? -lt 124 ] && ! grep -q '^not ok ' "$work/log"; then
		echo "no test has run: $1"
		cat "$work/log"
	else
		touch "$work/noticed"
	fi
}

# Each of the two takes the next script that the other has not taken.
worker() {
	for script; do
		name=$(basename "$script" .sed)
		mkdir "$dir/$name" 2>/dev/null || continue
		strike "$name" "$script"
	done
}

# The program as it is passes all of them.
limit=600
if ! build "$dir/good" || ! suite "$dir/good" $(killers "$@"); then
	cat "$dir/good/log"
	echo "faults: without a fault the suite fails"
	echo "0 passed, $# failed"
	exit 1
fi
limit=120
worker "$@" &
worker "$@"
wait
passed=0
for script; do
	[ ! -f "$dir/$(basename "$script" .sed)/noticed" ] ||
	    passed=$((passed + 1))
done
echo "$passed passed, $(($# - passed)) failed"
[ $passed -eq $# ]
