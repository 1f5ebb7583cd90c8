#!/bin/sh
# demo.sh BEFORE AFTER: the reports of a real pair, a word about each.
set -u
pmd() {
	./pymallocdiff "$@"
	test $? -eq 1 || exit 1		# 1: the dumps differ, as they should
}

echo "\$ pymallocdiff $1 $2"
echo "The text report: the dump's own lines, with what changed in each."
pmd "$1" "$2"
echo
echo "\$ pymallocdiff -f csv ... | head -n 4"
echo "The same rows as CSV, for a spreadsheet or a database."
pmd -f csv "$1" "$2" | head -n 4
echo
echo "\$ pymallocdiff -f json ... | head -n 4"
echo "The same rows as JSON, for jq."
pmd -f json "$1" "$2" | head -n 4
