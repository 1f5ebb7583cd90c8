#!/bin/sh
# coverage.sh: the suite on a build that counts, and what it did not run.
#
# Every line of src/ is to be run, and every branch taken but those that
# tests/branches.txt lists with a reason. Status 0 where that is so.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
dir=$root/build/coverage
rm -rf "$dir"
mkdir -p "$dir"
cd "$dir"
for src in "$root"/src/*.c; do
	${COVERAGE_CC:-gcc} -std=c99 -D_POSIX_C_SOURCE=200809L -O0 --coverage \
	    -c "$src"
done
${COVERAGE_CC:-gcc} --coverage -o pymallocdiff ./*.o
# The counters need a heap and files of their own, so five of the tests that
# allow neither fail here; they count where the suite itself is run.
(cd "$root" && PMD=$dir/pymallocdiff sh tests/run.sh) 2>&1 |
    sed -n 's/^[0-9]* passed, /the suite, counted: &/p'
${GCOV:-gcov} -b ./*.gcda >/dev/null 2>&1

# In a .gcov file: count:line:text, ##### for a line that never ran; below a
# line its branches, "branch  0 taken 0%" or "never executed".
awk -v reviewed="$root/tests/branches.txt" '
BEGIN {
	while ((getline line <reviewed) > 0)
		if (line !~ /^#/ && split(line, word, " ") > 1)
			reason[word[1]] = 1
}
FNR == 1	{ file = FILENAME; sub(/\.gcov$/, "", file)
		  sub(/^\.\//, "", file); text = "" }
file !~ /\.[ch]$/ { next }
/^ *[0-9#=-]+\*?: *[0-9]+:/ {
	split($0, field, ":")
	number = field[2] + 0
	text = $0
	sub(/^[^:]*:[^:]*:[ \t]*/, "", text)
	if (field[1] ~ /-/)
		next
	lines++
	if (field[1] ~ /#|=/) {
		print "not run: " file ":" number ": " text
		missed++
	}
	next
}
/^branch/ {
	branches++
	if ($0 !~ /taken 0%|never executed/)
		next
	key = file ":" number
	if (text ~ /assert\(/) {	# an abort is never to be seen
		reviewed_branches++
	} else if (match_reason(file, text)) {
		reviewed_branches++
	} else {
		untaken++
		if (!said[key]++)
			print "branch not taken: " key ": " text
	}
}
function match_reason(file, text,   r) {
	for (r in reason)
		if (index(file ":" squeeze(text), r) == 1)
			return 1
	return 0
}
function squeeze(text) {
	gsub(/[ \t]+/, "", text)
	return text
}
END {
	printf "coverage: %d of %d lines, %d of %d branches " \
	    "(%d reviewed)\n", lines - missed, lines,
	    branches - untaken - reviewed_branches, branches,
	    reviewed_branches
	exit missed > 0 || untaken > 0
}' ./*.gcov
