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
	local way
	echo "pymallocdiff: derived/empty.txt: file is empty" | want_err
	pmd 2 "$A" derived/empty.txt
	echo "pymallocdiff: derived/no-dump.txt: no dump found" | want_err
	pmd 2 derived/no-dump.txt "$A"
	for way in -a -e '-s 1:2' -F -L '-L -f csv' '-L -f json'; do
		echo "pymallocdiff: derived/no-dump.txt: no dump found" |
		    want_err
		pmd 2 $way derived/no-dump.txt
		echo "pymallocdiff: standard input: file is empty" | want_err
		pmd 2 $way </dev/null
	done
}

@test "one dump where two are needed" {
	local way
	for way in -q -a -e -F '-e -F' '-f json'; do
		echo "pymallocdiff: $A: needs two dumps, found 1" | want_err
		pmd 2 $way "$A"
	done
}

@test "UTF-16" {
	local f=derived/powershell-utf16le.txt mark from
	local why="UTF-16 text, as PowerShell writes it"
	for mark in '' '\376\377'; do
		printf "$mark"'\0S\0m\0a\0l\0l' >"$T/be"
		for g in "$f" "$T/be"; do
			from=UTF-16
			[ "$g$mark" != "$T/be" ] || from=UTF-16BE
			echo "pymallocdiff: $g: $why; iconv -f $from -t UTF-8\
 $g | pymallocdiff" | want_err
			pmd 2 "$g" "$A"
			echo "pymallocdiff: standard input: $why; convert it to\
 UTF-8 first" | want_err
			pmd 2 "$A" - <"$g"
		done
	done
	# without a mark, and long before the first dump
	{ head -c 9000 /dev/zero | tr '\0' x; cat $A; } |
	    sed 's/./&\x00/g' >"$T/le"
	echo "pymallocdiff: $T/le: $why; iconv -f UTF-16LE -t UTF-8 $T/le |\
 pymallocdiff" | want_err
	pmd 2 -e "$T/le"
}

# magic NAME TOOL BYTES: a file that begins so, and how to read it.
magic() {
	printf "$3" >"$T/app.log.$1"
	cat "$A" >>"$T/app.log.$1"
	local f way
	f=$T/app.log.$1
	for way in -q -e -F -L "$A"; do
		echo "pymallocdiff: $f: compressed; $2 $f | pymallocdiff" |
		    want_err
		pmd 2 $way "$f"
	done
	echo "pymallocdiff: standard input: compressed; decompress it first" |
	    want_err
	pmd 2 "$A" - <"$f"
}

@test "compressed logs" {
	magic gz zcat '\037\213\010'
	magic xz xzcat '\3757zXZ\0'
	magic zst zstdcat '\050\265\057\375'
	magic bz2 bzcat 'BZh9'
	# and as they are where the programs are
	cat "$A" "$B" >"$T/log"
	gzip -c "$T/log" >"$T/log.gz"
	echo "pymallocdiff: $T/log.gz: compressed; zcat $T/log.gz |\
 pymallocdiff" | want_err
	pmd 2 "$T/log.gz"
	want_out < <("$PMD" "$A" "$B")
	pmd 1 < <(zcat "$T/log.gz")
}

@test "options that do not exist" {
	usage 'unknown option "-x"' -x "$A" "$B"
	usage 'cannot use option "--colour"' --colour "$A" "$B"
	usage 'option "--fo" is ambiguous' --fo "$A" "$B"
	usage 'option "--f" is ambiguous' --f=csv "$A" "$B"
	usage 'option "--all" takes no argument' --all=yes "$A" "$B"
	usage 'option "--help" takes no argument' --help=3
	usage 'unknown option "-\xc3"' "-$(printf '\303')" "$A" "$B"
}

@test "an option that names a format: how to type it" {
	local f
	for f in text summary csv json; do
		usage "cannot use option \"--$f\": try -f $f" --$f "$A" "$B"
		usage "cannot use option \"--$f=1\": try -f $f" "$A" --$f=1
	done
	usage 'cannot use option "--js": try -f json' --js "$A" "$B"
	usage 'cannot use option "--xml"' --xml "$A" "$B"
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
 first dump and -1 the last, -64 the furthest back" -s "$s" "$A"
	done
}

@test "standard input twice, files too many, options at odds" {
	usage 'standard input can be read only once' - -
	usage 'one file too many: "c"' a b c
	usage '-e takes one file' -e "$A" "$B"
	usage '-e and -s exclude each other' -e -s 1:2 "$A"
	usage '-e and -L exclude each other' -L -e "$A"
	usage '-L and -s exclude each other' -L -s 1:2 "$A"
	usage '-L takes one file' -L "$A" "$B"
	usage '-L takes no -l' -L -l live:0 "$A"
	usage '-L takes no -t' -L -t 1K "$A"
	usage '-L prints no summary: text, csv or json' -L -f summary "$A"
}

@test "file names are escaped in messages" {
	echo 'pymallocdiff: a\x1b[31m\xe2\x80\xae: No such file or directory' |
	    want_err
	pmd 2 "$(printf 'a\033[31m\342\200\256')" "$A"
}
