#!/bin/sh
# demo.sh: each report of the program, on dumps of real programs: a log of one
# that leaks, and two dumps of one that freed half of its objects.
set -u
cd "$(dirname "$0")/../fixtures" || exit 1

# show STATUS LINES COMMENT ARGUMENT...: run it with these arguments, and
# print the first lines of what it says.
show() {
	status=$1 lines=$2 comment=$3
	shift 3
	echo "# $comment"
	echo "\$ pymallocdiff $*"
	out=$(../pymallocdiff "$@")
	if [ $? -ne "$status" ]; then
		echo "demo: the status is not $status" >&2
		exit 1
	fi
	printf '%s\n' "$out" | awk -v most="$lines" '
	NR <= most	{ print }
	END		{ if (NR > most) print "[" NR - most " more lines]"
			  print "" }'
}

echo "# The commands are run in fixtures/."
echo

pair='cpython-3.13.0/before.txt cpython-3.13.0/frag.txt'

show 1 99 "Does this program leak, and in which objects?" \
    -f summary soak/leak.log
show 1 99 "What changed between two dumps, by 1 MiB or more?" -t 1M $pair
show 1 6 "The same changes as CSV, for a spreadsheet or a database." \
    -f csv -t 1M $pair
show 1 6 "The same as JSON, for a program." -f json -t 1M $pair
show 0 99 "The dumps of a log, one a line; with -f csv, for a chart." \
    -L soak/leak.log
