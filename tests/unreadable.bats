# What cannot be read says what it is, and what to type instead. The input is
# trouble with every option: nothing is reported of it.
load lib

D=cpython-3.13.0/before.txt
A=cpython-3.13.0/after.txt
JSON='the dump is inside JSON strings or escaped text; for Docker'"'"'s logs:'\
' jq -rj .log'

# unreadable FILE MESSAGE FOR_STANDARD_INPUT: both with every way to read it.
unreadable() {
	local with
	for with in '' '-F -q' -e -L '-s 1:-1'; do
		echo "pymallocdiff: $1:$2" | want_err
		# shellcheck disable=SC2086
		pmd 2 $with "$1"
		echo "pymallocdiff: standard input:$3" | want_err
		# shellcheck disable=SC2086
		pmd 2 $with <"$1"
	done
	for with in -F '-f json'; do
		echo "pymallocdiff: $1:$2" | want_err
		# shellcheck disable=SC2086
		pmd 2 $with $D "$1"
		echo "pymallocdiff: standard input:$3" | want_err
		# shellcheck disable=SC2086
		pmd 2 $with - $D <"$1"
	done
}

# trouble ARGUMENT...: status 2; what was printed is in $T/out and $T/err.
trouble() {
	local s=0
	"${RUN[@]}" "$PMD" "$@" >"$T/out" 2>"$T/err" || s=$?
	[ $s -eq 2 ] || { echo "status $s"; cat "$T/err"; return 1; }
}

# advice FILE: the command that the message about the file names prints the
# same diff as the two dumps that the file has.
advice() {
	local command
	"${RUN[@]}" "$PMD" "$1" 2>"$T/message" || true
	command=$(sed -n "s/.*\(; \|'s logs: \)\(.*\) | pymallocdiff\$/\2/p" \
	    "$T/message")
	[ -n "$command" ]
	"$PMD" "$T/both" >"$T/expected" || [ $? -eq 1 ]
	[ -s "$T/expected" ]
	# shellcheck disable=SC2086
	$command >"$T/unpacked"
	want_out "$T/expected"
	pmd 1 <"$T/unpacked"
}

both() {
	cat $D $A >"$T/both"
}

# compressed NAME TOOL CAT: what the tool packs is known by its first bytes,
# whatever the file is called.
compressed() {
	both
	if ! command -v "$2" >/dev/null; then
		skip "$2 is not installed"
	fi
	"$2" -c <"$T/both" >"$T/app.log"
	unreadable "$T/app.log" " compressed; $3 $T/app.log | pymallocdiff" \
	    " compressed; decompress it first"
	mv "$T/app.log" "$T/app.log.$1"
	advice "$T/app.log.$1"
}

@test "gzip" {
	compressed gz gzip zcat
}

@test "xz" {
	compressed xz xz xzcat
}

@test "zstd" {
	compressed zst zstd zstdcat
}

@test "bzip2" {
	compressed bz2 bzip2 bzcat
}

@test "a compressed file is known by its first bytes alone" {
	local magic
	for magic in '\037\213:zcat' '\3757zXZ\000:xzcat' \
	    '\050\265\057\375:zstdcat' 'BZh:bzcat'; do
		{ printf '%b' "${magic%:*}"; cat $D; } >"$T/d"
		echo "pymallocdiff: $T/d: compressed; ${magic#*:} $T/d |"\
" pymallocdiff" | want_err
		pmd 2 $D "$T/d"
		# nothing else is in it
		printf '%b' "${magic%:*}" >"$T/d"
		echo "pymallocdiff: $T/d: compressed; ${magic#*:} $T/d |"\
" pymallocdiff" | want_err
		pmd 2 $D "$T/d"
		# not at the start, and not all of them
		{ echo log; printf '%b\n' "${magic%:*}"; cat $D; } >"$T/d"
		pmd 0 $D "$T/d"
	done
	for magic in '\037' '\3757zXZ' '\050\265\057' BZ; do
		{ printf '%b\n' "$magic"; cat $D; } >"$T/d"
		pmd 0 $D "$T/d"
	done
}

@test "a compressed stream that arrives in pieces" {
	echo "pymallocdiff: standard input: compressed; decompress it first" |
	    want_err
	{ printf '\375'; sleep 0.1; printf '7zX'; sleep 0.1
	  printf 'Z\000...'; } | pmd 2
}

@test "UTF-16, as PowerShell writes it" {
	local file=derived/powershell-utf16le.txt
	local what=' UTF-16 text, as PowerShell writes it; '
	unreadable $file \
	    "${what}iconv -f UTF-16 -t UTF-8 $file | pymallocdiff" \
	    "${what}convert it to UTF-8 first"
}

@test "UTF-16: the command that the message names converts it" {
	command -v iconv >/dev/null || skip 'iconv is not installed'
	both
	sed 's/$/\r/' "$T/both" | iconv -f UTF-8 -t UTF-16 >"$T/app.log"
	advice "$T/app.log"
}

# Each ASCII byte has a zero in front of it or behind it.
@test "UTF-16 without a byte order mark" {
	local order
	command -v iconv >/dev/null || skip 'iconv is not installed'
	for order in LE BE; do
		iconv -f UTF-8 -t UTF-16$order $D >"$T/d"
		trouble $D "$T/d"
		[ ! -s "$T/out" ]
		grep -q ": UTF-16 text.* iconv -f UTF-16$order -t UTF-8 " \
		    "$T/err"
	done
	# zeros are no UTF-16 by themselves
	printf '\000\000\000\000' >"$T/d"
	echo "pymallocdiff: $T/d: no dump found" | want_err
	pmd 2 $D "$T/d"
}

@test "an empty file, and one without a dump" {
	: >"$T/d"
	unreadable "$T/d" ' file is empty' ' file is empty'
	echo >"$T/d"
	unreadable "$T/d" ' no dump found' ' no dump found'
	unreadable derived/no-dump.txt ' no dump found' ' no dump found'
	printf '\357\273\277' >"$T/d"
	unreadable "$T/d" ' no dump found' ' no dump found'
	echo 'pymallocdiff: /dev/null: file is empty' | want_err
	pmd 2 $D /dev/null
}

@test "the first of two inputs that cannot be read is named" {
	: >"$T/d"
	echo "pymallocdiff: $T/d: file is empty" | want_err
	pmd 2 "$T/d" derived/no-dump.txt
	echo "pymallocdiff: derived/no-dump.txt: no dump found" | want_err
	pmd 2 derived/no-dump.txt "$T/d"
}

@test "a dump inside JSON: Docker's log, a record, a record of a heading" {
	local f
	for f in cases/docker-json-file.log cases/docker-mimalloc.log \
	    cases/json-lines.log cases/json-heading-only.log; do
		unreadable $f \
		    "1: $JSON $f | pymallocdiff" "1: $JSON FILE | pymallocdiff"
	done
}

@test "the command that the message about Docker's log names unpacks it" {
	command -v jq >/dev/null || skip 'jq is not installed'
	sed 8q debian-3.15.2/mimalloc-before.txt >"$T/both"
	sed 8q debian-3.15.2/mimalloc-after.txt >>"$T/both"
	advice cases/docker-mimalloc.log
}

@test "a dump inside a string literal of Python, C or a shell" {
	local f=cases/python-repr.log line
	unreadable $f "1: $JSON $f | pymallocdiff" \
	    "1: $JSON FILE | pymallocdiff"
	for line in '"Small block threshold = 512, in 32 size classes.\\n"' \
	    'x = "Small block threshold = 512, in 32 size classes.\r\n\r\n' \
	    'Small block threshold = 512, in 32 size classes.\\\\n...' \
	    'Small block threshold  =  512,  in  32  size  classes.\n'; do
		{ echo log; echo log; printf '%s\n' "$line"; } >"$T/d"
		echo "pymallocdiff: $T/d:3: $JSON $T/d | pymallocdiff" |
		    want_err
		pmd 2 $D "$T/d"
	done
	# where the dump's next line stands in a string
	{ sed 1q $D; sed 3q $D | sed '1,2d; s/.*/"&\\n"/'; } >"$T/d"
	echo "pymallocdiff: $T/d:2: $JSON $T/d | pymallocdiff" | want_err
	pmd 2 $D "$T/d"
	# another backslash is not a line end
	sed '1s/$/\\t/' $D >"$T/d"
	echo "pymallocdiff: $T/d:1: \"Small block threshold = 512, in 32 size"\
" classes.\\x5ct\" does not finish" | want_err
	pmd 2 -q $D "$T/d"
}

@test "-e prints the diffs of the dumps before a string, then says so" {
	{ cat $D $A $D cases/python-repr.log; } >"$T/d"
	{
		printf -- '--- dump 1\n+++ dump 2\n'
		"$PMD" $D $A || true
	} | want_out
	# that the third dump has ended is not known before line 253 is read
	echo "pymallocdiff: $T/d:253: $JSON $T/d | pymallocdiff" | want_err
	pmd 2 -e "$T/d"
}

@test "a file name in the advice is printed in ASCII" {
	local f
	f=$(printf '%s/a\033b' "$T")
	gzip -c $D >"$f" 2>/dev/null || printf '\037\213' >"$f"
	trouble $D "$f"
	[ -z "$(tr -d '\n -~' <"$T/err")" ]
	grep -q ': compressed; zcat ' "$T/err"
}

# Of a text that lost its line ends nothing but the header can be read.
@test "a flattened paste: trouble, and with -F too" {
	local f header='nothing but the header of this dump could be read'
	for f in cases/flattened.txt cases/flattened-mimalloc.txt \
	    cases/flattened-one-line.txt; do
		trouble -q $D $f
		grep -q "^pymallocdiff: $f:1: " "$T/err"
		[ "$(grep -c "$header" "$T/err")" -eq 0 ]
		trouble -F -q $f $D
		grep -q -x "pymallocdiff: $f:1: $header" "$T/err"
		trouble -F - $D <$f
		grep -q -x "pymallocdiff: standard input:1: $header" "$T/err"
		cat $D $f $A >"$T/d"
		trouble -F -q -s 1:2 "$T/d"
		grep -q -x "pymallocdiff: $T/d:85: $header" "$T/err"
		# it has no part in the diffs of a stream, forced or not
		trouble -F -e "$T/d"
		{
			printf -- '--- dump 1\n+++ dump 3\n'
			"$PMD" $D $A || true
		} | cmp - "$T/out"
	done
	{
		echo "pymallocdiff: cases/flattened.txt:1: warning: the dump"\
" that starts at line 1 is cut short: no Total line"
		echo "pymallocdiff: cases/flattened.txt:1: $header"
	} >"$T/one"
	cat "$T/one" "$T/one" | want_err
	pmd 2 -F cases/flattened.txt cases/flattened.txt
}

@test "the name of a file is quoted in a command where a shell needs it" {
	printf '\37\213' >"$T/a b.gz"
	echo "pymallocdiff: $T/a b.gz: compressed; zcat '$T/a b.gz' |"\
" pymallocdiff" | want_err
	pmd 2 "$T/a b.gz"
	cd "$T"
	cp 'a b.gz' "it's; \$x.gz"
	echo "pymallocdiff: it's; \$x.gz: compressed; zcat 'it'\\''s; \$x.gz' |"\
" pymallocdiff" | want_err
	pmd 2 "it's; \$x.gz"
	cp -- 'a b.gz' -x.gz
	echo "pymallocdiff: -x.gz: compressed; zcat ./-x.gz | pymallocdiff" |
	    want_err
	pmd 2 -- -x.gz
	cp 'a b.gz' "$(printf '\351.gz')"
	echo 'pymallocdiff: \xe9.gz: compressed; zcat FILE | pymallocdiff' |
	    want_err
	pmd 2 "$(printf '\351.gz')"
}
