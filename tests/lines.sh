#!/bin/sh
# lines.sh [COUNT]: lines.c over lines of each dialect, COUNT times (twenty
# million) in two processes, under the address and undefined behaviour
# sanitizers. Status 0 if fast path and slow path agree on each of them.
set -u
cd "$(dirname "$0")/.." || exit 1
count=${1:-20000000}
mkdir -p build && . tests/harness.sh && flags=$(sanitizers) || exit 1
harness lines -O2 -g $flags || exit 1
for file in fixtures/*/many.txt; do
	to=$(echo "$file" | sed 's|^fixtures/||; s|/|-|g')
	head -n 200 "$file" >"build/lines/$to"
done
head -n 200 fixtures/source-2.3.7/env.txt >build/lines/old.txt
cat fixtures/*/mimalloc-after.txt >build/lines/mimalloc.txt
cat fixtures/*/longlabel.txt >build/lines/long.txt
process_lines <fixtures/cpython-3.13.0/after.txt >build/lines/process.txt
red_hat <fixtures/debian-2.7.18-dbg/after.txt >build/lines/red-hat.txt

cd build/lines || exit 1
first=$((count / 2))
./lines 1 $first ./*.txt &
one=$!
./lines 2 $((count - first)) ./*.txt
status=$?
wait $one && [ $status -eq 0 ]
