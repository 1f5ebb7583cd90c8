#!/bin/sh
# splice.sh [COUNT]: splice.c over all fixtures of real interpreters, COUNT
# times (100,000) each. Status 0 if hardly any splice passes for a dump.
# SPLICE_SHOW=1 shows the first ones that do.
set -u
cd "$(dirname "$0")/.." || exit 1
mkdir -p build && . tests/harness.sh && harness splice -O2 || exit 1

# Files of 128 KiB or more are cut where a line ends.
for file in fixtures/cpython-*/*.txt fixtures/debian-*/*.txt \
    fixtures/source-*/*.txt; do
	case $file in
	*/forks.txt | */envforks.txt)
		;;
	*)
		mkdir -p "build/splice/$(basename "$(dirname "$file")")"
		if [ "$(wc -c <"$file")" -gt 120000 ]; then
			head -c 120000 "$file" | sed '$d'
		else
			cat "$file"
		fi >"build/splice/${file#fixtures/}"
		;;
	esac
done
cd build/splice && ./splice 1 "${1:-100000}" */*.txt
