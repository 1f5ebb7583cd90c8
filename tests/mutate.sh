#!/bin/sh
# mutate.sh [COUNT]: mutate.c over dumps of each dialect, whole, torn, cut and
# prefixed ones, COUNT times (a million) in two processes, under the address
# and undefined behaviour sanitizers. Status 0 if nothing failed.
set -u
cd "$(dirname "$0")/.." || exit 1
count=${1:-1000000}
mkdir -p build && . tests/harness.sh && flags=$(sanitizers) || exit 1
harness mutate -O1 -g $flags || exit 1

# Whole files, and of the long ones the first lines.
for file in fixtures/*/before.txt fixtures/*/after.txt \
    fixtures/*/mimalloc-after.txt fixtures/*/mimalloc-debug.txt \
    fixtures/*/longlabel.txt fixtures/*/extreme.txt fixtures/*/malloc.txt \
    fixtures/*/forks.txt fixtures/*/envforks.txt fixtures/*/ftthreads.txt \
    fixtures/*/threadnoise.txt fixtures/*/noisy.txt fixtures/*/env.txt \
    fixtures/derived/*.txt; do
	head -c 6400 "$file" >"build/mutate/$(echo "$file" |
	    sed 's|^fixtures/||; s|/|-|g')"
done

# A log that is long enough for its verdict.
head -c 34000 fixtures/source-2.3.7/env.txt >build/mutate/log.txt

# Labels of a CPython to come, and numbers as big as they can be.
label='printf "# %-33s=%21s\n", "bytes of a new thing " NR, "1,234"'
awk "{ print } /^# arenas rec/ || /^Total/ { $label }" \
    fixtures/cpython-3.13.0/after.txt >build/mutate/future.txt
awk "/^# bytes lost to q/ { $label } { print }" \
    fixtures/cpython-3.13.0/before.txt >build/mutate/future-2.txt
sed 's/: .*/: 999999999999999/; s/= [0-9]*$/= 999999999999999/' \
    fixtures/cpython-3.13.0/mimalloc-after.txt >build/mutate/huge.txt
sed -n '16,/^Total/{
	s/^\(  *[0-9]* *[0-9]* *[0-9]*\) .*/\1 999999999999999 0/
	s/^\([#T].*\)= .*/\1=  999,999,999,999,999/
	p
}' fixtures/source-2.3.7/env.txt >build/mutate/huge-2.txt
{
	cat fixtures/pyodide-0.26.4/after.txt
	for list in '1 free Odd"s' '2147483647 free Odd,s' \
	    '-2147483648 free \Odds' '1 free Odd_1s'; do
		printf '%s * 999999999999999 bytes each =%s\n' "$list" \
		    '  999,999,999,999,999'
	done
} >build/mutate/odd.txt
process_lines <fixtures/cpython-3.13.0/after.txt >build/mutate/process.txt
process_lines <fixtures/cpython-3.13.0/mimalloc-after.txt \
    >build/mutate/process-2.txt
red_hat <fixtures/debian-2.7.18-dbg/after.txt >build/mutate/red-hat.txt

cd build/mutate || exit 1
export ASAN_OPTIONS=abort_on_error=1 UBSAN_OPTIONS=abort_on_error=1
first=$((count / 2))
./mutate 1 $first ./*.txt >1.out &
one=$!
./mutate 2 $((count - first)) ./*.txt >2.out
status=$?
wait $one || status=1
cat 1.out 2.out
awk '{ for (i = 1; i <= 3; i++) sum[i] += $(2 * i - 1) }
    END { printf "%d mutations, %d accepted, %d dumps\n", sum[1], sum[2],
    sum[3] }' 1.out 2.out
[ $status -eq 0 ]
