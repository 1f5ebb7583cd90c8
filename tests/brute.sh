#!/bin/sh
# brute.sh: brute.c over a dump of each dialect: cut anywhere, any digit
# replaced, any line left out or doubled. Status 0 if nothing is missed that
# must be found.
set -u
cd "$(dirname "$0")/.." || exit 1
mkdir -p build && . tests/harness.sh && harness brute -O2 || exit 1

# Dumps that have no file of their own.
dir=build/brute
dump 1 fixtures/source-2.3.7/env.txt >$dir/2.3-empty.txt
dump 0 fixtures/source-2.3.7/env.txt >$dir/2.3-exit.txt
dump 1 fixtures/cpython-3.13.0/env.txt >$dir/3.13-empty.txt
dump 1 fixtures/cpython-3.6.15/debug-pymalloc_debug.txt >$dir/3.6-debug.txt
dump 0 fixtures/cpython-3.13.0/mimalloc-debug.txt >$dir/mimalloc-debug.txt
process_lines <fixtures/cpython-3.13.0/after.txt >$dir/process.txt
process_lines <fixtures/debian-3.11.2-i386/after.txt >$dir/process-32-bit.txt
process_lines <fixtures/cpython-3.13.0/mimalloc-after.txt \
    >$dir/process-mimalloc.txt
red_hat <fixtures/debian-2.7.18-dbg/after.txt >$dir/red-hat.txt

$dir/brute fixtures/*/before.txt fixtures/*/after.txt \
    fixtures/*/mimalloc-after.txt $dir/*.txt
