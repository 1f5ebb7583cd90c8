#!/bin/sh
# run.sh [FILE...]: the Bats suite, or these files of it, and the count of
# what passed. Status 0 only where something passed and nothing failed.
#
# PMD names another program than ./pymallocdiff; PMD_RUN is put before it.
set -u
cd "$(dirname "$0")/.." || exit 1
[ $# -gt 0 ] || set -- tests/*.bats
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
bats --tap "$@" >"$log" 2>&1
status=$?
if [ "${VERBOSE:-}" ] || [ $status -ne 0 ]; then
	grep -v '^ok .*[^#]*$' "$log" | grep -v '^1\.\.'
fi
awk -v status=$status '
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
}' "$log"
