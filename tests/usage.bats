# Bad use and bad input: status 2, one clear line, nothing on stdout.
load lib

try_help="pymallocdiff: Try 'pymallocdiff --help' for more information."
A=cpython-3.11.7/before.txt
B=cpython-3.11.7/after.txt

usage() {	# usage MESSAGE ARGUMENT...: it ends with the advice
	printf '%s\n' "pymallocdiff: $1" "$try_help" | want_err
	shift
	pmd 2 "$@"
}

@test "a missing file" {
	echo "pymallocdiff: no-such-file: No such file or directory" | want_err
	pmd 2 no-such-file "$A"
	echo "pymallocdiff: no-such-file: No such file or directory" | want_err
	pmd 2 "$A" no-such-file
}

@test "a directory" {
	echo "pymallocdiff: pairs: Is a directory" | want_err
	pmd 2 pairs "$A"
	echo "pymallocdiff: standard input: Is a directory" | want_err
	pmd 2 "$A" - <pairs
}

@test "an empty file, and one with no dump in it" {
	echo "pymallocdiff: derived/empty.txt: no dump in it" | want_err
	pmd 2 "$A" derived/empty.txt
	echo "pymallocdiff: derived/no-dump.txt: no dump in it" | want_err
	pmd 2 derived/no-dump.txt
	echo "pymallocdiff: standard input: no dump in it" | want_err
	pmd 2 </dev/null
}

@test "one dump where two are needed" {
	echo "pymallocdiff: $A: two dumps are needed, it holds 1 dump" |
	    want_err
	pmd 2 "$A"
	echo "pymallocdiff: $A: two dumps are needed, it holds 1 dump" |
	    want_err
	pmd 2 -e "$A"
}

@test "UTF-16" {
	local f=derived/powershell-utf16le.txt
	echo "pymallocdiff: $f: this is UTF-16 text (PowerShell writes it);" \
	    "convert it to UTF-8 first" | want_err
	pmd 2 "$f" "$A"
	for mark in '' '\376\377'; do
		printf "$mark"'\0S\0m\0a\0l\0l' >"$T/be"
		echo "pymallocdiff: $T/be: this is UTF-16 text (PowerShell writes\
 it); convert it to UTF-8 first" | want_err
		pmd 2 "$T/be" "$A"
	done
	{ head -c 9000 /dev/zero | tr '\0' x; cat $A; } |
	    sed 's/./&\x00/g' >"$T/be"
	echo "pymallocdiff: $T/be: this is UTF-16 text (PowerShell writes it);" \
	    "convert it to UTF-8 first" | want_err
	pmd 2 "$T/be" "$A"
}

@test "options that do not exist" {
	usage 'unknown option "-x"' -x "$A" "$B"
	usage 'cannot use option "--colour"' --colour "$A" "$B"
	usage 'cannot use option "--f=csv"' --f=csv "$A" "$B"
	usage 'cannot use option "--all=yes"' --all=yes "$A" "$B"
	usage 'unknown option "-\xc3"' "-$(printf '\303')" "$A" "$B"
}

@test "arguments that are missing or wrong" {
	usage 'option "-f" needs an argument' "$A" "$B" -f
	usage 'option "-s" needs an argument' --select
	usage 'unknown format "xml": text, summary, csv or json' \
	    -f xml "$A" "$B"
	usage 'unknown format "": text, summary, csv or json' -f '' "$A" "$B"
	local s
	for s in '' 1 1: :1 0:1 1:0 1:2:3 a:b 1:-65 -65:-1 +1:2 ' 1:2' \
	    1:99999999999999999999; do
		usage "cannot use selection \"$s\": BEFORE:AFTER, 1 is the\
 first dump and -1 the last, -64 at most" -s "$s" "$A"
	done
}

@test "standard input twice, files too many, options at odds" {
	usage 'standard input can be read only once' - -
	usage 'one file too many: "c"' a b c
	usage '-e takes one file' -e "$A" "$B"
	usage '-e and -s exclude each other' -e -s 1:2 "$A"
}

@test "file names are escaped in messages" {
	echo 'pymallocdiff: a\x1b[31m\xe2\x80\xae: No such file or directory' |
	    want_err
	pmd 2 "$(printf 'a\033[31m\342\200\256')" "$A"
}
