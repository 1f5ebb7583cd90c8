#!/bin/sh
# faults.sh [NAME...]: a test of the tests. Builds the program with each stub
# of tests/stub.c, or with these, and runs the Bats files that it names: one
# test of them must fail. Status 0 if each fault was noticed. What stays
# behind is in build/faults.
set -u
cd "$(dirname "$0")/.." || exit 1
[ $# -gt 0 ] || set -- $(sed -n 's/^#ifdef \([A-Z_0-9]*\).*/\1/p' \
    tests/stub.c | grep -v '^SLOW$')
dir=$PWD/build/faults
rm -rf "$dir" build/stub
mkdir -p "$dir" || exit 1

# killers NAME...: the Bats files that these faults name.
killers() {
	for name; do
		grep "^#ifdef $name[^A-Z_0-9]" tests/stub.c
	done | sed 's|.*; \(.*\) \*/$|\1|' | tr ' ' '\n' | sort -u |
	    sed 's|.*|tests/&.bats|'
}

# suite PROGRAM LOG FILE...: these Bats files, on this program.
suite() {
	program=$1 log=$2
	shift 2
	PMD=$program timeout -k 5 "$limit" sh tests/run.sh "$@" >"$log" 2>&1
}

# strike NAME: says nothing if the suite notices the fault.
strike() {
	program=$dir/$1.bin
	if ! sh tests/stub.sh "$1" "$program" >"$dir/$1.log" 2>&1; then
		echo "does not compile: $1"
		cat "$dir/$1.log"
	elif suite "$program" "$dir/$1.log" $(killers "$1"); then
		echo "survived: $1"
	elif [ $? -lt 124 ] && ! grep -q '^not ok ' "$dir/$1.log"; then
		echo "no test has run: $1"
		cat "$dir/$1.log"
	else
		touch "$dir/$1.noticed"
	fi
}

# Each of the two takes the next fault that the other has not taken.
worker() {
	for name; do
		mkdir "$dir/$name" 2>/dev/null && strike "$name"
	done
}

# The program as it is passes all of these files.
limit=600
if ! sh tests/stub.sh SLOW "$dir/slow.bin" ||
    ! suite "$dir/slow.bin" "$dir/good.log" $(killers "$@"); then
	cat "$dir/good.log"
	echo "faults: without a fault the suite fails"
	echo "0 passed, $# failed"
	exit 1
fi
limit=120
worker "$@" &
worker "$@"
wait
passed=0
for name; do
	[ ! -f "$dir/$name.noticed" ] || passed=$((passed + 1))
done
echo "$passed passed, $(($# - passed)) failed"
[ $passed -eq $# ]
