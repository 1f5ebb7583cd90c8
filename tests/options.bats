# Options and operands, in any order.
load lib

A=pairs/documented-before.txt
B=pairs/documented-after.txt
D=pairs/documented-diff.txt

@test "the documented example, byte for byte" {
	want_out $D
	pmd 1 $A $B
}

@test "options stand anywhere, and -- ends them" {
	want_out $D
	pmd 1 $A -f text $B
	want_out $D
	pmd 1 $A $B -f text
	want_out $D
	pmd 1 -f csv --format=text -- $A $B
	cp $A "$T/-q"
	cp $B "$T/-f"
	cd "$T"
	want_out "$F/$D"
	pmd 1 -- -q -f
}

@test "long options may be abbreviated" {
	want_out $D
	pmd 1 --form text $A $B
	pmd 1 --qui $A $B
}

@test "standard input, as either operand" {
	want_out $D
	pmd 1 - $B <$A
	want_out $D
	pmd 1 $A - <$B
	want_out $D
	cat $A $B >"$T/both"
	pmd 1 <"$T/both"
	want_out $D
	pmd 1 - <"$T/both"
	want_out $D
	pmd 1 "$T/both"
}

@test "a dump against itself: nothing, status 0" {
	pmd 0 $A $A
	pmd 0 -q $A $A
	pmd 0 -q -a $A $A
}

@test "-q: no report, the status tells" {
	pmd 1 -q $A $B
	pmd 1 -q -f json $A $B
	pmd 0 -q -L cpython-3.13.0/many.txt
	pmd 0 -q -L -f json cpython-3.13.0/many.txt
}

@test "-L and --list: one input, on either way in" {
	"$PMD" -L cpython-3.13.0/many.txt >"$T/list"
	[ "$(wc -l <"$T/list")" -eq 7 ]
	for list in -L --list --lis; do
		want_out "$T/list"
		pmd 0 $list cpython-3.13.0/many.txt
		want_out "$T/list"
		pmd 0 $list - <cpython-3.13.0/many.txt
		want_out "$T/list"
		pmd 0 -a $list <cpython-3.13.0/many.txt
	done
}

@test "-a: unchanged rows too" {
	pmd 0 -q -a $A $A
	LC_ALL=C awk '
	/^Small/ { next }
	/^$/ { if (seen++) print ""; next }
	/^ *[0-9]+ +[0-9]+ +[0-9]+ +[0-9]+ +[0-9]+$/ {
		printf "%5u  %5u  %10s  %14s  %12s\n", $1, $2, "+0", "+0",
		    "+0"; next }
	/ free / { sub(/^ +/, ""); sub(/^[0-9]+/, "+0"); n = index($0, " =")
		printf "%48s = %20s\n", substr($0, 1, n - 1), "+0"; next }
	/ (arenas|unused pools) \*/ { sub(/^[0-9]+/, "+0"); sub(/ *=.*/, "")
		printf "%-35s= %20s\n", $0, "+0"; next }
	/=/ { sub(/ *=.*/, ""); printf "%-35s= %20s\n", $0, "+0"; next }
	{ print }' $A >"$T/zeros"
	# tuples come first, in the order of their size
	{ sed '/ free /d' "$T/zeros"; grep sized "$T/zeros"
	  grep ' free ' "$T/zeros" | grep -v sized; } | want_out
	pmd 0 -a $A $A
}

@test "help and version go to standard output" {
	"$PMD" -h >"$T/help"
	grep -q '^usage: pymallocdiff' "$T/help"
	want_out "$T/help"
	pmd 0 --help
	want_out "$T/help"
	pmd 0 -h no-file -x
	echo "pymallocdiff 2.0.0" | want_out
	pmd 0 -V
	echo "pymallocdiff 2.0.0" | want_out
	pmd 0 --version
}

@test "POSIXLY_CORRECT: operands end the options" {
	! POSIXLY_CORRECT=1 "$PMD" $A -q 2>&1 | grep -q 'needs two dumps' ||
	    skip "this getopt_long ignores POSIXLY_CORRECT"
	echo "pymallocdiff: -q: No such file or directory" | want_err
	POSIXLY_CORRECT=1 pmd 2 $A -q
}
