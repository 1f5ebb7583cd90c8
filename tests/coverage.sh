#!/bin/sh
# coverage.sh: the suite on a build that counts. Prints the lines of src/ that
# it never runs, and how many branches it takes. Status 0 if each line is run.
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
# The counters need a heap and files of their own, so the tests that allow
# neither fail here; they count where the suite itself is run.
(cd "$root" && PMD=$dir/pymallocdiff sh tests/run.sh) 2>&1 |
    sed -n 's/^[0-9]* passed, /the suite, counted: &/p'
${GCOV:-gcov} -b ./*.gcda >/dev/null 2>&1

# In a .gcov file: count:line:text, ##### for a line that never ran; below a
# line its branches, "branch  0 taken 0%" or "never executed". An inline
# function of a header is there once for each file that includes it.
awk '
FNR == 1 {
	file = FILENAME
	sub(/\.gcov$/, "", file)
	sub(/^\.\//, "", file)
}
/^ *[0-9#=]+\*?: *[0-9]+:/ {
	split($0, field, ":")
	line = file ":" field[2] + 0
	if (!(line in text)) {
		order[++lines] = line
		text[line] = $0
		sub(/^[^:]*:[^:]*:[ \t]*/, "", text[line])
	}
	if (field[1] !~ /#|=/)
		run[line] = 1
}
/^branch/ {
	branches++
	taken += $0 !~ /taken 0%|never executed/
}
END {
	for (i = 1; i <= lines; i++)
		if (!(order[i] in run)) {
			print "not run: " order[i] ": " text[order[i]]
			missed++
		}
	printf "coverage: %d of %d lines, %d of %d branches\n",
	    lines - missed, lines, taken, branches
	exit missed > 0 || lines == 0
}' ./*.[ch].gcov
