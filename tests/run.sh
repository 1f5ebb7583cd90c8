#!/bin/sh
# run.sh [FILE...]: the Bats suite, or these files of it, two at a time, and
# the count of what passed. Status 0 only where something passed and nothing
# failed.
#
# PMD names another program than ./pymallocdiff; PMD_RUN is put before it;
# PMD_NO_PRELOAD says that it bears no LD_PRELOAD.
set -u
cd "$(dirname "$0")/.." || exit 1
# The slow ones first, so that no worker waits for them at the end.
[ $# -gt 0 ] || set -- tests/input.bats tests/output.bats tests/pairs.bats \
    tests/select.bats tests/resources.bats tests/capture.bats tests/*.bats
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
export FAULT_POINTS="$dir/points"
# Each of the two takes the next file that the other has not taken.
worker() {
	for file; do
		mkdir "$dir/${file##*/}" 2>/dev/null || continue
		bats --tap "$file" >"$dir/${file##*/}/log" 2>&1
		echo $? >"$dir/${file##*/}/status"
	done
}
worker "$@" &
worker "$@"
wait
cat "$dir"/*/log >"$dir/all"
grep -v -e '^ok ' -e '^1\.\.' "$dir/all"
[ ! -f "$FAULT_POINTS" ] || awk '{ sum += $1 }
    END { print sum " fault points: system calls that failed" }' "$FAULT_POINTS"
awk -v status="$(cat "$dir"/*/status | sort -n | tail -n 1)" '
/^ok .*# skip/	{ skipped++; print "skipped:" substr($0, index($0, "#") + 6)
		  next }
/^ok /		{ passed++ }
/^not ok /	{ failed++ }
END {
	if (status != 0 && !failed)	# Bats itself has failed
		failed = 1
	printf "%d passed, %d failed%s\n", passed, failed,
	    skipped ? ", " skipped " skipped" : ""
	exit failed > 0 || passed == 0
}' "$dir/all"
