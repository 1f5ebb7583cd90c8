# Every pair of fixtures, against the independent reader in reference.awk.
load lib

# The files of a folder that hold one dump of one process each.
dumps_of() {
	local name
	for name in before after frag shrink mimalloc-before mimalloc-after \
	    mimalloc-shrink; do
		[ -e "$1/$name.txt" ] && echo "$1/$name.txt"
	done
	return 0
}

# agree N FILE...: the first N of them against each of the others. CSV is the
# oracle's, JSON is the CSV, and the status says whether a row has changed.
# One oracle reads all of them.
agree() {
	local befores=$1 i j status again
	shift
	local file=("$@")
	awk -v befores="$befores" -f "$BATS_TEST_DIRNAME/dumps.awk" \
	    -f "$BATS_TEST_DIRNAME/reference.awk" "$@" >"$T/want"
	for ((i = 0; i < befores; i++)); do
		for ((j = befores; j < $#; j++)); do
			status=0
			"${RUN[@]}" "$PMD" -a -f csv "${file[i]}" "${file[j]}" \
			    2>/dev/null >"$T/out" || status=$?
			echo "$((i + 1)) $((j - befores + 1)) $status"
			echo "$(<"$T/out")"
			again=0
			"${RUN[@]}" "$PMD" -a -f json "${file[i]}" \
			    "${file[j]}" 2>/dev/null >>"$T/json" || again=$?
			[ $again -eq $status ] || return 1
		done
	done >"$T/got"
	awk -f "$BATS_TEST_DIRNAME/json2csv.awk" "$T/json" >"$T/got.json"
	rm "$T/json"
	if ! cmp "$T/want" "$T/got" ||
	    ! grep , "$T/want" | cmp - "$T/got.json"; then
		printf '%s\n' "$@"
		return 1
	fi
}

# negate: swap before and after in CSV rows on standard input.
negate() {
	awk -F, -v OFS=, '
	function minus(n) {
		if (n == "" || n == "0")
			return n
		return n ~ /^-/ ? substr(n, 2) : "-" n
	}
	$1 == 1 { t = $6; $6 = $7; $7 = t; $8 = minus($8); $10 = minus($10)
		 if ($11 == "new") $11 = "gone"
		 else if ($11 == "gone") $11 = "new"
		 $9 = "" } { print }'
}

@test "all pairs of a folder agree with the reference" {
	local dir n dirs=(*/)
	# Valgrind is slow
	[ ${#RUN[@]} -eq 0 ] || dirs=(cpython-3.13.0/)
	for dir in "${dirs[@]}"; do
		set -- $(dumps_of "${dir%/}")
		[ $# -eq 0 ] || agree $# "$@" "$@"
	done
}

@test "pairs across versions and builds agree with the reference" {
	set -- */before.txt
	[ ${#RUN[@]} -eq 0 ] || set -- cpython-3.6.15/before.txt
	agree $# "$@" */after.txt debian-3.15.2/mimalloc-after.txt
}

@test "swapping the operands negates every delta" {
	local a b
	for a in cpython-3.{6.15,11.7}/before.txt \
	    debian-{2.7.18-dbg,3.11.2-i386,3.15.2}/before.txt; do
		for b in cpython-3.{8.18,13.0}/after.txt source*/after.txt \
		    pyodide-0.26.4/after.txt debian-3.15.2/mimalloc-after.txt; do
			"$PMD" -a -f csv "$a" "$b" 2>/dev/null >>"$T/there" ||
			    true
			"$PMD" -a -f csv "$b" "$a" 2>/dev/null >>"$T/back" ||
			    true
		done
	done
	negate <"$T/there" >"$T/want"
	awk -F, -v OFS=, '$1 == 1 { $9 = "" } { print }' "$T/back" |
	    cmp - "$T/want"
}

@test "a dump against itself: no rows, status 0" {
	local f unmeasured=': warning: this build reports no memory use: all five
 mimalloc values are 0 (free-threaded Python)'
	unmeasured=${unmeasured/$'\n'/}
	for f in */before.txt */after.txt */mimalloc-after.txt; do
		case $f in
		source-3.13.5t/*)
			printf "pymallocdiff: $f:1%s\n" "$unmeasured" \
			    "$unmeasured" >"$T/self.two" ;;
		*)	: >"$T/self.two" ;;
		esac
		echo before_dump,after_dump,section,name,metric,before,after,\
delta,percent,delta_bytes,status | want_out
		want_err "$T/self.two"
		pmd 0 -f csv "$f" "$f"
	done
}

@test "JSON counts its rows" {
	local a=cpython-3.9.18/before.txt b=cpython-3.13.0/after.txt word
	"$PMD" -a -f csv $a $b 2>/dev/null | awk -F, '
	NR > 1 { n[$11]++ }
	$11 == "changed" { $8 > 0 ? up++ : down++ }
	END { printf "\"counts\":{\"changed\":%d,\"up\":%d,\"down\":%d," \
	    "\"new\":%d,\"gone\":%d,\"same\":%d}", n["changed"], up, down,
	    n["new"], n["gone"], n["same"] }' >"$T/counts"
	word=$(awk -f "$BATS_TEST_DIRNAME/dumps.awk" \
	    -f "$BATS_TEST_DIRNAME/verdict.awk" $a $b | cut -f 1)
	"$PMD" -f json $a $b 2>/dev/null | head -n 1 >"$T/head" || true
	echo '{"format_version":"1.0","before_dump":1,"after_dump":1,"damaged":[false,false],"verdict":"'"$word"'","dumps":2,"equal":false,'"$(cat "$T/counts")"',"rows":[' |
	    cmp - "$T/head"
}

@test "values at the ends of the range are exact" {
	# 15 digits in a row's place are damage only because the sums differ
	sed 's/^    0     16           1/    0     16 999999999999999/' \
	    cpython-3.13.0/before.txt >"$T/big"
	cat >"$T/want" <<-'EOF'
	class,16,pools,1,999999999999999,999999999999998,99999999999999800.0,,changed
	class,16,pools,999999999999999,1,-999999999999998,-100.0,,changed
	EOF
	{
		"$PMD" -F -f csv cpython-3.13.0/before.txt "$T/big" || true
		"$PMD" -F -f csv "$T/big" cpython-3.13.0/before.txt || true
	} 2>/dev/null | grep class,16,pools | cut -d, -f3- | cmp - "$T/want"
	sed 's/^    0     16           1/    0     16 1000000000000000/' \
	    cpython-3.13.0/before.txt >"$T/big"
	exits 2 "$PMD" -q cpython-3.13.0/before.txt "$T/big" 2>"$T/err"
	grep -q '16 1000000000000000 .*" is out of range' "$T/err"
}

@test "percent: half away from zero, never -0.0" {
	local before after want
	while read -r before after want; do
		printf '%s\n' "$before" "$after" | while read -r n; do
			echo "            $n free PyDictObjects * 1 bytes each =" \
			    "$(echo "$n" | sed -e :more \
			    -e 's/^\([0-9]*[0-9]\)\([0-9]\{3\}\)/\1,\2/' \
			    -e tmore)"
		done >"$T/two"
		"$PMD" -f csv -a "$T/two" >"$T/csv" || true
		[ "$(grep ,bytes, "$T/csv" | cut -d, -f9)" = \
		    "$want" ] || { cat "$T/csv"; echo "want $want"; false; }
	done <<-'EOF'
	1000 1001 0.1
	2000 2001 0.1
	2001 2002 0.0
	2001 2000 0.0
	2000 1999 -0.1
	3 4 33.3
	3 5 66.7
	3 1 -66.7
	8 9 12.5
	16 17 6.3
	1 2147483647 214748364600.0
	EOF
}
