# The manual: its examples are run, and its options are the program's.
load lib

PAGE=$ROOT/man/pymallocdiff.1

manual() {	# manual WHAT: what manual.awk makes of the page
	awk -v want="$1" -f "$ROOT/tests/manual.awk" "$PAGE"
}

words() {	# on one line, with one blank between them
	tr -s ' \t\n' ' ' | sed 's/^ //; s/ $//'
}

@test "the examples of the manual, byte for byte" {
	local got=0
	mkdir "$T/bin"
	printf '#!/bin/sh\nexec %s "%s" "$@"\n' "${RUN[*]}" "$PMD" \
	    >"$T/bin/pymallocdiff"
	chmod +x "$T/bin/pymallocdiff"
	manual script >"$T/script"
	[ "$(grep -c '^pymallocdiff ' "$T/script")" -ge 7 ]
	manual transcript | want_out
	PATH="$T/bin:$PATH" sh "$T/script" >"$T/out" 2>&1 </dev/null || got=$?
	: >"$T/err"
	verify 0 "$got" "the examples"
}

@test "SYNOPSIS is the usage" {
	manual synopsis | words | want_out
	"$PMD" -h >"$T/help"
	sed -n 's/usage: //; /^$/q; p' "$T/help" | words >"$T/out"
	[ -s "$T/out" ]
	: >"$T/err"
	verify 0 0 "the usage"
}

@test "the manual and --help have the same options, in the same order" {
	local flag
	"$PMD" --help >"$T/help"
	sed -n 's/^  \(-.\), \(--[a-z]*\).*/\1 \2/p' "$T/help" >"$T/out"
	[ "$(wc -l <"$T/out")" -eq 11 ]
	manual options | want_out
	: >"$T/err"
	cp "$T/out" "$T/listed"
	verify 0 0 "the options"
	manual flags | sort -u >"$T/flags"
	echo '-E -I' >>"$T/listed"	# Python's
	while read -r flag; do
		grep -q -e "^$flag " -e " $flag\$" "$T/listed" ||
		    { echo "no such option: $flag"; return 1; }
	done <"$T/flags"
}

@test "mandoc, or groff, finds nothing wrong with the pages" {
	local page got
	for page in "$PAGE" "$ROOT/man/debugmallocstats.5"; do
		got=0
		if command -v mandoc >/dev/null; then
			mandoc -T lint -W warning "$page" \
			    >"$T/out" 2>"$T/err" || got=$?
		elif command -v groff >/dev/null; then
			groff -mdoc -ww -z "$page" \
			    >"$T/out" 2>"$T/err" || got=$?
		else
			skip "neither mandoc nor groff is here"
		fi
		verify 0 "$got" "$page"
	done
}
