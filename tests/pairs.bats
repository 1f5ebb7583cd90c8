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

reference() {
	awk -f "$BATS_TEST_DIRNAME/reference.awk" "$@"
}

# agrees BEFORE AFTER: CSV is the reference's, JSON is the CSV, and the status
# says whether a row has changed.
agrees() {
	local status=0
	# under Valgrind each run is slow: every eighth pair
	[ -z "${RUN[*]}" ] || [ $((n++ % 8)) -eq 0 ] || return 0
	reference "$1" "$2" >"$T/want"
	grep -q -E ',(changed|new|gone)$' "$T/want" && status=1
	want_out "$T/want"
	"${RUN[@]}" "$PMD" -a -f csv "$1" "$2" >"$T/out" 2>/dev/null || got=$?
	: >"$T/err"
	verify $status "${got:-0}" "-a -f csv $1 $2"
	got=0
	want_out "$T/want"
	"${RUN[@]}" "$PMD" -a -f json "$1" "$2" 2>/dev/null >"$T/json" ||
	    got=$?
	awk -f "$BATS_TEST_DIRNAME/json2csv.awk" "$T/json" >"$T/out"
	verify $status "$got" "-a -f json $1 $2"
	got=0
}

# negate: swap before and after in CSV rows on standard input.
negate() {
	awk -F, -v OFS=, '
	function minus(n) {
		if (n == "" || n == "0")
			return n
		return n ~ /^-/ ? substr(n, 2) : "-" n
	}
	NR > 1 { t = $6; $6 = $7; $7 = t; $8 = minus($8); $10 = minus($10)
		 if ($11 == "new") $11 = "gone"
		 else if ($11 == "gone") $11 = "new"
		 $9 = "" } { print }'
}

@test "all pairs of a folder agree with the reference" {
	local dir a b
	for dir in */; do
		for a in $(dumps_of "${dir%/}"); do
			for b in $(dumps_of "${dir%/}"); do
				agrees "$a" "$b"
			done
		done
	done
}

@test "pairs across versions and builds agree with the reference" {
	local a b
	for a in */before.txt; do
		for b in */after.txt debian-3.15.2/mimalloc-after.txt; do
			agrees "$a" "$b"
		done
	done
}

@test "swapping the operands negates every delta" {
	local dir a b
	for a in */before.txt; do
		for b in */after.txt debian-3.15.2/mimalloc-after.txt; do
			"$PMD" -a -f csv "$a" "$b" 2>/dev/null |
			    negate >"$T/want" || true
			"$PMD" -a -f csv "$b" "$a" 2>/dev/null |
			    awk -F, -v OFS=, 'NR > 1 { $9 = "" } { print }' |
			    cmp - "$T/want"
		done
	done
}

@test "a dump against itself: no rows, status 0" {
	local f
	for f in */before.txt */after.txt */mimalloc-after.txt; do
		pmd 0 "$f" "$f"
		echo before_dump,after_dump,section,name,metric,before,after,\
delta,percent,delta_bytes,status | want_out
		pmd 0 -f csv "$f" "$f"
	done
}

@test "JSON counts its rows" {
	local a=cpython-3.9.18/before.txt b=cpython-3.13.0/after.txt
	"$PMD" -a -f csv $a $b 2>/dev/null | awk -F, '
	NR > 1 { n[$11]++ }
	$11 == "changed" { $8 > 0 ? up++ : down++ }
	END { printf "\"counts\":{\"changed\":%d,\"up\":%d,\"down\":%d," \
	    "\"new\":%d,\"gone\":%d,\"same\":%d}", n["changed"], up, down,
	    n["new"], n["gone"], n["same"] }' >"$T/counts"
	"$PMD" -f json $a $b 2>/dev/null | head -n 1 >"$T/head" || true
	grep -q -F "$(cat "$T/counts")" "$T/head"
	grep -q -F '{"format_version":"1.0","before_dump":-1,"after_dump":-1,"damaged":[false,false],"equal":false,' "$T/head"
}

@test "values at the ends of the range are exact" {
	# 2^63-1 in a row's place is whole as far as a dump alone can tell,
	# so -F takes it
	sed 's/^    0     16           1/    0     16 9223372036854775807/' \
	    cpython-3.13.0/before.txt >"$T/big"
	cat >"$T/want" <<-'EOF'
	class,16,pools,1,9223372036854775807,9223372036854775806,922337203685477580600.0,,changed
	class,16,pools,9223372036854775807,1,-9223372036854775806,-100.0,,changed
	EOF
	{
		"$PMD" -F -f csv cpython-3.13.0/before.txt "$T/big" || true
		"$PMD" -F -f csv "$T/big" cpython-3.13.0/before.txt || true
	} 2>/dev/null | grep class,16,pools | cut -d, -f3- | cmp - "$T/want"
	sed 's/^    0     16           1/    0     16 9223372036854775808/' \
	    cpython-3.13.0/before.txt >"$T/big"
	"$PMD" -q cpython-3.13.0/before.txt "$T/big" 2>"$T/err" ||
	    [ $? -eq 2 ]
	grep -q 'is out of range' "$T/err"
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
