# Content of any kind: nothing is lost, nothing is wrong, and no byte outside
# printable ASCII comes out.
load lib

D=cpython-3.13.0/before.txt
head_line='before_dump,after_dump,section,name,metric,before,after,delta,'
head_line+='percent,delta_bytes,status'

free() {	# free COUNT NAME SIZE BYTES: a free-list line
	printf '%48s =%21s\n' "$1 free ${2}s * $3 bytes each" "$4"
}

# printable FILE...: is every byte printable ASCII or LF?
printable() {
	[ -z "$(cat "$@" | tr -d '\n -~')" ]
}

# damaged FILE TEXT: against the base it is status 2, and a message says so.
damaged() {
	local s=0
	"${RUN[@]}" "$PMD" -q $D "$1" >"$T/out" 2>"$T/err" || s=$?
	[ $s -eq 2 ] && [ ! -s "$T/out" ] && printable "$T/err" &&
	    grep -q -F -- "$2" "$T/err" || { cat "$T/err"; return 1; }
}

# differs FILE: it is whole, and other rows than the base's are in $T/out.
differs() {
	local s=0
	"${RUN[@]}" "$PMD" -f csv $D "$1" >"$T/out" 2>"$T/err" || s=$?
	[ $s -eq 1 ] && ! grep -v warning: "$T/err" ||
	    { cat "$T/err"; return 1; }
}

# harmless FILE: the same rows as the base.
harmless() {
	pmd 0 "$D" "$1"
}

@test "a type is a C identifier of at most 63 bytes" {
	local long type
	long=$(printf 'Py%061d' 7)
	for type in "$long" _ a9 Odd_Type Py; do
		{ cat $D; free 3 "$type" 10 30; } >"$T/d"
		differs "$T/d"
		grep -q "^1,1,free_list,$type,bytes,,30,,,,new$" "$T/out"
	done
	# CPython's own begin with Py; a longer name does not finish
	for type in "${long}8" 'Py"Odd",\Type' 'Py-Odd' 'Py Odd' 'Py.Odd' \
	    "${long#P}xy"; do
		{ cat $D; free 3 "$type" 10 30; } >"$T/d"
		damaged "$T/d" 'does not finish'
		free 3 "$type" 10 30 >"$T/d"
		echo "pymallocdiff: $T/d: no dump found" | want_err
		pmd 2 "$T/d" "$T/d"
	done
	# another text is none
	for type in 'Odd-Thing' '9Type' 'a"b' 'Type='; do
		{ cat $D; free 3 "$type" 10 30; } >"$T/d"
		harmless "$T/d"
	done
}

@test "rules with odd characters: JSON stays JSON" {
	"$PMD" -f json -l 'summary.t[^?"\\]ta*.value:+1' \
	    $D cpython-3.13.0/after.txt >"$T/out" 2>"$T/err" || true
	printable "$T/out" "$T/err"
	grep -q -F '{"rule":"summary.t[^?\"\\\\]ta*.value:+1",' "$T/out"
	# no key has other bytes
	exits 2 "$PMD" -l "$(printf 'summary.t\377ta*.value:+1')" $D $D \
	    >"$T/out" 2>"$T/err"
	printable "$T/out" "$T/err"
	grep -q '^pymallocdiff: cannot use limit "summary.t.xffta' "$T/err"
}

@test "escape sequences, NUL bytes and UTF-8 in labels and types" {
	local odd
	for odd in '\033[31m' '\000' '\342\200\256' '\377\376' '\t' '\r' '\177'; do
		{
			sed 46q $D
			printf '# bytes lost to po%bol headers =  5,328\n' "$odd"
			sed 1,47d $D
		} >"$T/d"
		damaged "$T/d" 'no "# bytes lost to pool headers" line'
		{
			sed 62q $D
			printf '0 free PyFl%boatObjects * 24 bytes each = 0\n' \
			    "$odd"
			sed 1,63d $D
		} >"$T/d"
		damaged "$T/d" 'does not finish'
	done
}

@test "numbers of a million digits, and beyond 2^63-1" {
	local n=9223372036854775808
	sed "s/^   31    512           1/   31    512 $n/" $D >"$T/d"
	damaged "$T/d" 'is out of range'
	sed 's/^# arenas reclaimed.*/# arenas reclaimed =9,223,372,036,854,775,808/' \
	    $D >"$T/d"
	damaged "$T/d" 'is out of range'
	sed "s/2 arenas \* 1048576/2 arenas * $n/" $D >"$T/d"
	damaged "$T/d" 'is out of range'
	sed "s/512, in 32/$n, in 32/" $D >"$T/d"
	damaged "$T/d" 'is out of range'
	sed "s/Committed: .*/Committed: $n/" \
	    debian-3.15.2/mimalloc-after.txt >"$T/d"
	damaged "$T/d" 'is out of range'
	{
		sed 5q $D | sed '$d'
		printf '    0     16           1              63 '
		head -c 1000000 /dev/zero | tr '\0' 9
		echo
		sed 1,5d $D
	} >"$T/d"
	# more than 64 KiB that are no line of the dump end it
	damaged "$T/d" 'is cut short: no Total line'
	# in a log line they are nothing
	{ echo "    1    32   $n $n $n"; cat $D; } >"$T/d"
	harmless "$T/d"
}

@test "signs, hex, wrong groups and needless zeros are no numbers" {
	local n
	for n in +63 -63 0x3f 63.0 063 6,3; do
		sed "5s/ 63 / $n /" $D >"$T/d"
		damaged "$T/d" 'but the class rows add up to'
	done
	for n in +5,328 -5,328 5328 05,328 5,32 5,3288 53,28 5,,328 ,328 5,; do
		sed "47s/ 5,328/ $n/" $D >"$T/d"
		damaged "$T/d" '"# bytes lost to pool headers" line in the dump'
	done
	for n in +15 015 1,5 0xf; do
		sed "46s/^15/$n/" $D >"$T/d"
		damaged "$T/d" 'no "unused pools" line'
	done
	for n in +512 0512 512,5 x; do
		sed "1s/512/$n/" $D >"$T/d"
		damaged "$T/d" '"Small block threshold = '
	done
}

# What a run keeps: 24 types, 32 sizes of tuples, 128 classes, 16 labels that
# are not known. (Classes: damage.bats.)
@test "24 types are a run's, one more is damage" {
	local n
	for n in 24 25; do
		# D has 4 already
		{ cat $D; for i in $(seq $((n - 4))); do
			free "$i" "Type$i" 8 "$((i * 8))"; done; } >"$T/d.$n"
	done
	pmd 0 -q "$T/d.24" "$T/d.24"
	differs "$T/d.24"
	[ "$(grep -c '^1,1,free_list,Type[0-9]*,count,,[0-9]*,,,,new$' \
	    "$T/out")" -eq 20 ]
	echo "pymallocdiff: $T/d.25:105: more than 24 types with free lists" |
	    want_err
	pmd 2 -q $D "$T/d.25"
	# of both inputs together
	free 1 AnotherType 8 8 >"$T/one"
	echo "pymallocdiff: $T/one:1: more than 24 types with free lists" |
	    want_err
	pmd 2 -q "$T/d.24" "$T/one"
	# and of all dumps of one, in the plain layout and with a prefix
	cat "$T/d.25" "$T/d.25" "$T/d.25" >"$T/s"
	for n in '' 's/^/web | /'; do
		sed "$n" "$T/s" >"$T/t"
		"$PMD" -L "$T/t" >"$T/out" 2>"$T/err" && false
		[ "$(cut -d: -f3- "$T/err" | sort | uniq -c | tr -s ' ')" = \
		    "$(printf ' %s' '105: more than 24 types with free lists' \
		    | sed 's/^/ 1/' ; printf '\n 1 210: more than 24 types with'
		    printf ' free lists\n 1 315: more than 24 types with free'
		    printf ' lists')" ] || { cat "$T/err"; false; }
	done
}

@test "tuples of 32 items are read, of 33 is damage" {
	local n
	for n in 21 22 23 24 25 26 27 28 29 30 31 32 33; do
		free 1 "$n-sized PyTupleObject" $((24 + 8 * n)) $((24 + 8 * n))
	done >"$T/more"
	{ cat $D; sed 12q "$T/more"; } >"$T/d"
	differs "$T/d"
	grep -q '^1,1,free_list,PyTupleObject\[32\],count,,1,,,,new$' "$T/out"
	cat $D "$T/more" >"$T/d"
	damaged "$T/d" ':97: "1 free 33-sized PyTupleObjects * 288 bytes each ='
	damaged "$T/d" '" is out of range'
}

@test "16 unknown labels are a run's, one more is damage" {
	local n
	for n in 16 17; do
		{ sed 47q $D; for i in $(seq $n); do
			printf '%-35s=%21s\n' "# new $i" "$i"; done
		  sed 1,47d $D; } >"$T/d.$n"
	done
	pmd 0 -q "$T/d.16" "$T/d.16"
	differs "$T/d.16"
	[ "$(grep -c '^1,1,summary,new_[0-9]*,value,,[0-9]*,,,,new$' \
	    "$T/out")" -eq 16 ]
	damaged "$T/d.17" ':64: more than 16 unknown labels'
	{ sed 47q $D; printf '%-35s=%21s\n' "# another" 1
	  sed 1,47d $D; } >"$T/one"
	"$PMD" -q "$T/d.16" "$T/one" 2>"$T/err" && false
	grep -q "^pymallocdiff: $T/one:48: more than 16 unknown labels$" \
	    "$T/err"
}

@test "labels of 127 bytes, and of 128" {
	local long
	long=$(printf '#%0126d' 7)
	{ sed 47q $D; echo "$long=                    5"; sed 1,47d $D; } >"$T/d"
	"$PMD" -f csv $D "$T/d" 2>/dev/null >"$T/out" || [ $? -eq 1 ]
	[ "$(grep -c "summary,$(printf '%0126d' 7),value,,5,,,,new" "$T/out")" \
	    -eq 1 ]
	{ sed 47q $D; echo "${long}x=                    5"; sed 1,47d $D; } \
	    >"$T/d"
	damaged "$T/d" 'is out of range'
}

# The fast path reads a value by its columns.
@test "wrong groups and needless zeros in the exact layout" {
	local n
	for n in 0,005,328 0,000,005,328 05,328 005,328 5,3280 5,,328 ,5,328 \
	    '5, 28' '5 328' 5-328 5.328 1,005-328 '5,32 ' 5,32x '0 5,328' 5328 00 0,000; do
		sed "47s/=.*/$(printf '=%21s' "$n")/" $D >"$T/d"
		damaged "$T/d" ':47: "# bytes lost to pool headers       ='
		sed 's/$/\r/; s/^/> /' "$T/d" >"$T/p"
		damaged "$T/p" ':47: "# bytes lost to pool headers       ='
	done
	for n in 063 '6 3' 6,3 63x 0063 ' '; do
		sed "5s/.*/$(printf '    0     16 %11s %15s %13s' 1 "$n" 958)/" \
		    $D >"$T/d"
		damaged "$T/d" 'but the class rows add up to'
		sed "5s/.*/$(printf '    0     16 %11s %15s %13s' "$n" 63 958)/" \
		    $D >"$T/d"
		damaged "$T/d" 'the number of pools in the arenas is 128'
	done
}

@test "unknown labels on both sides, on one, and twice" {
	local x='# bytes lost to the new thing      ='
	{ sed 47q $D; echo "$x                    5"; sed 1,47d $D; } >"$T/b"
	{ sed 47q $D; echo "$x                    9"; sed 1,47d $D; } >"$T/a"
	want_out <<-EOF
	$head_line
	1,1,summary,bytes_lost_to_the_new_thing,value,5,9,4,80.0,4,changed
	EOF
	pmd 1 -f csv "$T/b" "$T/a"
	echo "# bytes lost to the new thing      =                   +4" |
	    want_out
	pmd 1 "$T/b" "$T/a"
	"$PMD" -f csv "$T/b" $D >"$T/out" 2>/dev/null || true
	grep -q 'summary,bytes_lost_to_the_new_thing,value,5,,,,,gone' "$T/out"
	{ sed 47q $D; echo "$x                    5"
	  echo "$x                    5"; sed 1,47d $D; } >"$T/d"
	damaged "$T/d" 'a second "# bytes lost to the new thing" line'
	# of a group of its own, behind a blank line
	{ sed 42q $D; echo; echo "# new count                        =      \
              5"; sed 1,42d $D; } >"$T/d"
	"$PMD" -f csv $D "$T/d" >"$T/out" 2>/dev/null || true
	grep -q 'summary,new_count,value,,5,,,,new' "$T/out"
	# it stands behind all known ones, and before the free lists
	"$PMD" -a -f csv $D "$T/d" 2>/dev/null | grep -A 1 -B 1 new_count |
	    cut -d, -f4 |
	    cmp - <(printf 'arena_map_total\nnew_count\nPyTupleObject[1]\n')
}

@test "layouts that are nearly CPython's make no row" {
	local x
	for x in '# new thing                        =                   -5' \
	    '# new thing                       =                     5' \
	    '# new thing                        =                    5 ' \
	    ' # new thing                       =                    5' \
	    '# new # thing                      =                    5' \
	    '##########                         =                    5' \
	    '# new thing                        =                   5,' \
	    '# new thing                        =                   5 ' \
	    "# new th$(printf '\303\255')ng                       =                    5" \
	    '# new thing                        :                    5'; do
		{ sed 47q $D; echo "$x"; sed 1,47d $D; } >"$T/d"
		harmless "$T/d"
	done
}

@test "a header that does not finish begins a damaged dump" {
	{ echo 'Small block threshold = 51'; sed 1d $D; } >"$T/d"
	damaged "$T/d" '"Small block threshold = 51" does not finish'
	{ cat $D; echo 'log: Small block threshold = 512, in 32 size classes'; } \
	    >"$T/d"
	damaged "$T/d" 'does not finish'
	# but not a text that only mentions it
	{ cat $D; echo 'the Small block threshold is high'; } >"$T/d"
	harmless "$T/d"
}

@test "a heading that is missing: no column, or the header's" {
	sed 3d $D >"$T/d"
	damaged "$T/d" 'no "class   size   num pools" line'
	"$PMD" -F -q $D "$T/d" 2>/dev/null
	sed '3d; s/^/web | /' $D >"$T/d"
	"$PMD" -F -q $D "$T/d" 2>/dev/null
	sed '3d; 1s/^/46%/' $D >"$T/d"
	"$PMD" -F -q $D "$T/d" 2>/dev/null
}

@test "excerpts in a row are told apart" {
	sed -n 3,36p $D >"$T/t"
	cat "$T/t" "$T/t" >"$T/d"
	"$PMD" -F -q "$T/d" 2>"$T/err"
	[ "$(grep -c excerpt "$T/err")" -eq 2 ]
	grep '^#' $D >"$T/t"
	cat "$T/t" "$T/t" "$T/t" >"$T/d"
	"$PMD" -F -q -s 2:3 "$T/d" 2>"$T/err"
	grep -q "$T/d:$(($(wc -l <"$T/t") + 1)): warning: an excerpt" "$T/err"
	# whole `# ` lines behind free lists, without a header
	{ sed -n 61,64p $D; grep '^#' $D; } >"$T/d"
	damaged "$T/d" ':5: "# arenas allocated total" comes after the'
}

# Objects/object.c prints -1 where a list is disabled; its value wraps.
@test "a free list with a count below zero is damage" {
	local l='          -1 free PyFloatObjects * 24 bytes each'
	{ cat $D; echo "$l =6,744,073,709,551,592"; } >"$T/d"
	damaged "$T/d" ':85: "-1 free PyFloatObjects * 24 bytes each =6,744'
	damaged "$T/d" 'is out of range'
	{ free 1 PyFloatObject 24 24; echo "$l =6,744,073,709,551,592"; } >"$T/d"
	damaged "$T/d" ':2: "-1 free'
}

@test "a last line without its newline" {
	local n
	# whole where the value has its width
	n=$(wc -c <$D)
	head -c $((n - 1)) $D >"$T/d"
	harmless "$T/d"
	sed 59q $D | head -c -1 >"$T/d"
	sed 59q $D >"$T/b"
	pmd 0 "$T/b" "$T/d"
	# and not known to be whole in any other layout
	tr -s ' ' <$D | head -c -1 >"$T/d"
	damaged "$T/d" 'does not finish'
	head -c -1 debian-3.15.2/mimalloc-env.txt >"$T/d"
	damaged "$T/d" 'Bytes Committed: '
	# what begins like a line of the dump
	for n in ' ' '     '; do
		{ cat $D; printf '%s' "$n"; } >"$T/d"
		damaged "$T/d" 'the last line is cut short'
	done
	for n in '   3' '  12 fr' '  12 free PyDict' 'Sm' \
	    'Small block threshold =' '  3 free 5-sized Py' '  3 free 1' \
	    '  3 free 17-si' 'Total' 'cl' 'class   size' 'arena' 'arena ma' \
	    '4 arenas * 1' '4 unused pools' '# bytes in m' \
	    '    1     32           3            1162           368'; do
		{ cat $D; printf '%s' "$n"; } >"$T/d"
		damaged "$T/d" 'does not finish'
	done
	for n in 'To' '# byt' '# bytes in allocated blocks' '2 ar' '2 arenas *' \
	    '15 unused poo' '   31    512           1              19            1' \
	    '   31    512 ' 'Total    ' '   31'; do
		{ sed 4q $D; printf '%s' "$n"; } >"$T/d"
		damaged "$T/d" 'does not finish'
	done
	# behind the Total of a build that may have an arena map
	sed '/^Total/q' cpython-3.6.15/startup.txt >"$T/b"
	for n in '# by' '# arena map bot nodes'; do
		{ cat "$T/b"; printf '%s' "$n"; } >"$T/d"
		"$PMD" -q "$T/b" "$T/d" 2>"$T/err" || [ $? -eq 2 ]
		grep -q -F "\"$n\" does not finish" "$T/err"
	done
	# of an arena map that only 32-bit builds may lack
	sed '/^Total/q' debian-3.11.2-i386/before.txt >"$T/b"
	pmd 0 -q "$T/b" "$T/b"
	{ cat "$T/b"; printf '\narena map cou'; } >"$T/d"
	"$PMD" -q "$T/b" "$T/d" 2>"$T/err" && false
	grep -q '"arena map cou" does not finish' "$T/err"
	# of free lists alone too
	{ cat pyodide-0.26.4/before.txt; head -n 3 pyodide-0.26.4/after.txt
	  printf ' 51 free 20-s'; } >"$T/d"
	damaged "$T/d" '"51 free 20-s" does not finish'
	# and what does not
	for n in 'a log line' '46%' '3 seats' 'arenas' '12 monkeys'; do
		{ cat $D; printf '%s' "$n"; } >"$T/d"
		harmless "$T/d"
	done
}

@test "lines that look like ones of a dump and are none" {
	local x
	for x in '12 arenas of stone' '3 unused pools' '5 arenas x 3' \
	    'Totally fine' 'Total time: 5 s' 'Medium rare' 'classified' \
	    'arena maps' '-' '--' '- 5 free Py' '1 2 3' '1 2 3 4 5 6' \
	    '7 free' '01 free seats' '01 x' '-5 x' '7 free 3-sized' '7 freely PyX' 'class' 'Bytes Reserved by x' \
	    '1 free As * 5 bytes' '1 free Xs * 2 bytes each: 2'; do
		{ sed 47q $D; echo "$x"; sed 1,47d $D; } >"$T/d"
		harmless "$T/d"
	done
}

@test "lone CR, tabs, and a text of nothing but line ends" {
	tr '\n' '\r' <$D >"$T/d"
	damaged "$T/d" ':1: the dump that starts at line 1 is cut short'
	"$PMD" -F -q $D "$T/d" 2>"$T/err" && false
	grep -q 'nothing but the header' "$T/err"
	yes '' | head -c 100000 >"$T/d"
	echo "pymallocdiff: $T/d: no dump found" | want_err
	pmd 2 -q $D "$T/d"
	sed 's/   */\t/g' $D >"$T/d"
	harmless "$T/d"
}

@test "a free-list line glued to a header begins a dump of its own" {
	free 0 PyFloatObject 24 0 >"$T/l"
	{ cat "$T/l"; tr -d '\n' <"$T/l"; cat $D; } >"$T/d"
	pmd 0 -q -s 1:1 "$T/d"
	pmd 0 -q -s 1:2 "$T/d"
	echo "pymallocdiff: $T/d: no dump 4, found 3" | want_err
	pmd 2 -q -s 1:4 "$T/d"
}

@test "unknown labels that share words with known ones" {
	local x
	for x in reclaimed '# arenas reclaimed Twice' 'a Total'; do
		{ sed 40q $D; printf '%-35s=%21s\n' "$x" 7; sed 1,40d $D; } >"$T/d"
		"$PMD" -f csv $D "$T/d" >"$T/out" 2>/dev/null || [ $? -eq 1 ]
		x=$(echo "$x" | tr -d '#' | tr 'T ' 't_')
		grep -q "^1,1,summary,${x#_},value,,7,,,,new$" "$T/out"
	done
	# wherever they stand, the rows come behind all known ones
	{ sed 53q $D; printf '%-35s=%21s\n' '# arena map top nodes' 7
	  sed 1,53d $D; } >"$T/d"
	"$PMD" -a -f csv $D "$T/d" 2>/dev/null | grep -B 1 top_nodes |
	    cut -d, -f4 | cmp - <(printf '%s\n' arena_map_total \
	    arena_map_top_nodes)
	{ sed 37q $D; printf '%-35s=%21s\n' '# calls' 7; sed 1,37d $D; } >"$T/d"
	"$PMD" -a -f csv $D "$T/d" 2>/dev/null | grep -B 1 ,calls, |
	    cut -d, -f4 | cmp - <(printf 'arena_map_total\ncalls\n')
}

@test "two labels that make one row name are one label said twice" {
	local f x
	for f in b a; do
		echo "pymallocdiff: cases/one-name-$f.txt:51: a second \"# bytes"\
" in foo\" line in one dump: two writers?"
	done | want_err
	pmd 2 -q -l bytes_in_foo:+5 cases/one-name-b.txt cases/one-name-a.txt
	# a known one among them, of any kind
	for x in '# Arenas: reclaimed' 'Bytes lost to pool headers' \
	    '# unused pools' '# arenas'; do
		{ sed 47q $D; printf '%-35s=%21s\n' "$x" 7; sed 1,47d $D; } \
		    >"$T/d"
		damaged "$T/d" '48: a second "'
		damaged "$T/d" '" line in one dump: two writers?'
	done
	{ sed 47q $D; printf '%-35s=%21s\n' TOTAL 7; sed 1,47d $D; } >"$T/d"
	damaged "$T/d" ':48: a second "TOTAL" line in one dump: two writers?'
	{ sed 54q $D; printf '%-35s=%21s\n' 'arena map total' 7
	  sed 1,54d $D; } >"$T/d"
	damaged "$T/d" ':55: a second "arena map total" line in one dump:'
	{ sed 4q debian-3.15.2/mimalloc-after.txt
	  printf '%-35s=%21s\n' '# allocated blocks' 7
	  sed 1,4d debian-3.15.2/mimalloc-after.txt; } >"$T/d"
	damaged "$T/d" ':5: a second "'
	# two spellings in two dumps are one row
	for x in '# bytes: in foo' '# Bytes in foo'; do
		sed 47q $D; printf '%-35s=%21s\n' "$x" 7; sed 1,47d $D
	done >"$T/d"
	pmd 0 "$T/d"
}

@test "tuples of more items than an int holds" {
	sed 's/ free 20-sized/ free 2147483648-sized/' $D >"$T/d"
	damaged "$T/d" 'is out of range'
}

# C2 A0 in UTF-8: mail programs and web pages put it where two blanks stood.
@test "a no-break space is a blank" {
	local f
	pmd 0 cpython-3.11.7/before.txt cases/no-break-space.txt
	# in rows, labels and free lists; in the prefix
	for f in mixed prefix; do
		"$PMD" $D cpython-3.13.0/after.txt | want_out || true
		pmd 1 $D cases/no-break-space-$f.txt
		want_out </dev/null
		pmd 0 cpython-3.13.0/after.txt - <cases/no-break-space-$f.txt
	done
	# everywhere, in each dialect, with CRLF and without
	for f in $D debian-3.15.2/mimalloc-after.txt source-2.3.7/env.txt \
	    pyodide-0.26.4/before.txt debian-3.11.2-i386/after.txt; do
		sed 's/ /\xc2\xa0/g' $f >"$T/d"
		pmd 0 -s -1:-1 $f "$T/d"
		sed 's/ /\xc2\xa0/g; s/$/\r/' $f >"$T/d"
		pmd 0 -s -1:-1 - $f <"$T/d"
	done
	# free lists alone
	want_out <<-EOF
	$head_line
	1,1,level,free_lists,value,144,208,64,44.4,64,changed
	1,1,free_list,PyTupleObject[1],count,,2,,,,new
	1,1,free_list,PyTupleObject[1],bytes,,64,,,,new
	1,1,free_list,PyTupleObject[1],unit_bytes,,32,,,,new
	EOF
	free 3 PyDictObject 48 144 >"$T/b"
	pmd 1 -f csv "$T/b" cases/no-break-space-lists.txt
}

@test "no-break spaces in an unknown label's line" {
	{ sed 47q $D; printf '%-35s=%21s\n' '# new thing' 7 |
	    sed 's/ /\xc2\xa0/g'; sed 1,47d $D; } >"$T/d"
	differs "$T/d"
	grep -q '^1,1,summary,new_thing,value,,7,,,,new$' "$T/out"
	# half of one is none, and another byte with it neither
	sed '47s/ lost/\xc2lost/' $D >"$T/d"
	damaged "$T/d" 'no "# bytes lost to pool headers" line'
	sed '47s/ lost/\xc2\xa1lost/' $D >"$T/d"
	damaged "$T/d" 'no "# bytes lost to pool headers" line'
	sed '47s/ lost/\xa0lost/' $D >"$T/d"
	damaged "$T/d" 'no "# bytes lost to pool headers" line'
}

# Expected by the awk reader, which shares no code with src/.
@test "Red Hat's Python 2.7: free lists without the word free" {
	local b=cases/redhat-py27-before.txt a=cases/redhat-py27-after.txt p
	echo '              +398 PyIntBlocks * 1000 bytes each =         '\
'    +398,000' | want_out
	pmd 1 $b $a
	oracle $b $a | want_out
	pmd 1 -a -f csv $b $a
	{
		echo "$head_line"
		echo 1,1,level,free_lists,value,37832,435832,398000,1052.0,398000,changed
		echo 1,1,free_list,PyIntBlock,count,12,410,398,3316.7,398000,changed
		echo 1,1,free_list,PyIntBlock,bytes,12000,410000,398000,3316.7,398000,changed
	} | want_out
	pmd 1 -f csv $b $a
	"$PMD" -f json $b $a >"$T/json" || true
	grep -q '"name":"PyIntBlock","metric":"count","before":12,"after":410,' \
	    "$T/json"
	# with a prefix, CRLF, a pipe, and both in one log
	for p in 's/$/\r/' 's/^/> /' 's/^/Jan  3 10:00:00 el7 app: /; s/$/\r/' \
	    's/ /\xc2\xa0/g'; do
		sed "$p" $b >"$T/b"
		sed "$p" $a >"$T/a"
		echo '              +398 PyIntBlocks * 1000 bytes each =         '\
'    +398,000' | want_out
		pmd 1 "$T/b" - <"$T/a"
		echo '              +398 PyIntBlocks * 1000 bytes each =         '\
'    +398,000' | want_out
		cat "$T/b" "$T/a" | pmd 1
	done
}

oracle() {
	awk -f ../tests/dumps.awk -f ../tests/reference.awk "$@"
}

@test "Red Hat's Python 2.7: a debug build in syslog" {
	local f=cases/redhat-debug-syslog.log
	sed 's/^Jan  3 04:05:06 el7 app.88.: //; s/\r$//' $f >"$T/plain"
	oracle "$T/plain" | want_out
	grep -q '^1,2,free_list,PyFloatBlock,count,1,3,2,200.0,2000,changed$' \
	    "$T/want.out"
	pmd 1 -a -f csv $f
	"$PMD" "$T/plain" >"$T/want" || true
	grep -q '^ *+2 PyFloatBlocks \* 1000 bytes each = *+2,000$' "$T/want"
	want_out "$T/want"
	pmd 1 $f
}

@test "Red Hat's Python 2.7: free lists alone" {
	want_out <<-'EOF'
	               -4 free PyDictObjects * 280 bytes each =               -1,120
	            +2048 PyFloatBlocks * 1000 bytes each =           +2,048,000
	                -1 PyIntBlocks * 1000 bytes each =               -1,000
	EOF
	sed 's/^\(.*\) = *\(.*\)$/\1=\2/; s/^ *//' "$T/want.out" |
	    awk -F= '{ printf "%48s = %20s\n", $1, $2 }' >"$T/want"
	want_out "$T/want"
	pmd 1 cases/redhat-lists-alone.txt
	oracle cases/redhat-lists-alone.txt | want_out
	pmd 1 -a -f csv cases/redhat-lists-alone.txt
	sed 's/^/> /' cases/redhat-lists-alone.txt >"$T/d"
	want_out "$T/want"
	pmd 1 "$T/d"
}

@test "Red Hat's Python 2.7: blocks that are torn, and what is none" {
	local b=cases/redhat-py27-before.txt x
	for x in '12 PyIntBlocks * 1000 bytes each' '12 PyIntBlocks *' \
	    '12 PyIntBlocks * x bytes each = 12,000'; do
		sed "s/^ *12 PyIntBlocks.*/$x/" $b >"$T/d"
		"$PMD" -q $b "$T/d" 2>"$T/err" && false
		grep -q -F ":40: \"$x\" does not finish" "$T/err" ||
		    { cat "$T/err"; false; }
	done
	sed 's/^ *12 PyIntBlocks/13 PyIntBlocks/' $b >"$T/d"
	"$PMD" -q $b "$T/d" 2>"$T/err" && false
	grep -q ':40: "PyIntBlock" is 12,000, but count times size is 13,000' \
	    "$T/err"
	sed '/PyIntBlocks/p' $b >"$T/d"
	"$PMD" -q $b "$T/d" 2>"$T/err" && false
	grep -q ':41: a second "PyIntBlock" line in one dump' "$T/err"
	for x in '12 PyIntBl' '  1 PyFloat'; do
		{ cat $b; echo "$x"; } >"$T/d"
		"$PMD" -q $b "$T/d" 2>"$T/err" && false
		grep -q "${x#  }\" does not finish" "$T/err"
		{ cat $b; printf '%s' "$x"; } >"$T/d"
		"$PMD" -q $b "$T/d" 2>"$T/err" && false
		grep -q "${x#  }\" does not finish" "$T/err"
	done
	# no other type comes without the word, in no other layout
	for x in '12 PyLongBlocks * 1000 bytes each = 12,000' \
	    '12 IntBlocks * 1000 bytes each = 12,000' \
	    '12 mortal interned strings' \
	    'total size of all interned strings: 1/2 mortal/immortal'; do
		{ cat $b; echo "$x"; } >"$T/d"
		pmd 0 $b "$T/d"
	done
}

# The capture snippet appends them behind each dump.
@test "the two lines of the process, in every dialect" {
	local f lists
	for f in $D debian-3.15.2/mimalloc-after.txt \
	    debian-3.11.2-i386/before.txt cpython-3.6.15/before.txt \
	    pyodide-0.26.4/before.txt cases/redhat-py27-before.txt; do
		process $f 1,000 5 >"$T/b"
		process $f 3,500 5 >"$T/a"
		{
			echo "$head_line"
			echo 1,1,summary,bytes_resident,value,1000,3500,2500,250.0,2500,changed
		} | want_out
		pmd 1 -f csv "$T/b" "$T/a"
		echo '# bytes resident                   =               +2,500' |
		    want_out
		pmd 1 "$T/b" "$T/a"
		# they are no line of the build, and of a group of their own
		{ cat $f; echo; printf '%-35s=%21s\n' '# bytes in malloc' 5; } \
		    >"$T/a"
		{
			echo "$head_line"
			echo 1,1,summary,bytes_in_malloc,value,,5,,,,new
		} | want_out
		pmd 1 -f csv $f "$T/a"
		# a Total is checked all the same
		grep -q '^Total' $f || continue
		sed '/^Total/s/ \([0-9]\)\([0-9,]*\)$/ 9\2/' "$T/b" >"$T/d"
		"$PMD" -q "$T/b" "$T/d" 2>"$T/err" && false
		grep -q '"Total" is ' "$T/err"
	done
	lists='s/^/web | /'
	for f in $D pyodide-0.26.4/before.txt; do
		process $f 1,000 5 | sed "$lists" >"$T/b"
		process $f 1,000 6 | sed "$lists" >"$T/a"
		echo '# bytes in malloc                  =                   +1' |
		    want_out
		pmd 1 "$T/b" "$T/a"
	done
}

# Nothing else in the dump would tell that they were cut.
@test "the two lines of the process, cut before their line end" {
	local label rest
	for label in '# bytes resident' '# bytes in malloc'; do
		for rest in 3 3,123 20 20,123; do
			{ cat $D; printf '%-35s=%12s%s\n' "$label" '' $rest; } >"$T/d"
			damaged "$T/d" "$rest\" does not finish"
		done
		{ cat $D; echo "${label%??}"; } >"$T/d"
		damaged "$T/d" ":85: \"${label%??}\" does not finish"
		# of a whole width, or without blanks to measure by
		for rest in "$(printf '%21s' 3,123)" ' 3,123' 3; do
			{ cat $D; printf '%-35s=%s\n' "$label" "$rest"; } >"$T/d"
			pmd 0 -q "$T/d" "$T/d"
		done
	done
	# a log that begins with them is an excerpt, and nothing else
	printf '%-35s=%21s\n' '# bytes resident' 5 '# bytes in malloc' 6 >"$T/d"
	cat $D >>"$T/d"
	echo "pymallocdiff: $T/d:1: an excerpt: it has no \"Small block threshold\""\
" line" | want_err
	pmd 2 -q -s 1:1 "$T/d"
	pmd 0 -q $D "$T/d"
}

process() {	# process FILE RESIDENT MALLOC
	cat "$1"
	printf '%-35s=%21s\n' '# bytes resident' "$2" '# bytes in malloc' "$3"
}

@test "the two lines of the process: twice, cut, and far from their dump" {
	{ process $D 1,000 5; printf '%-35s=%21s\n' '# bytes resident' 9; } \
	    >"$T/d"
	damaged "$T/d" ':87: a second "# bytes resident" line in one dump'
	{ cat $D; echo '# bytes resident'; } >"$T/d"
	damaged "$T/d" ':85: "# bytes resident" does not finish'
	{ cat $D; echo '# bytes in malloc = 5x'; } >"$T/d"
	damaged "$T/d" ':85: "# bytes in malloc = 5x" does not finish'
	{ cat $D; echo text; printf '%-35s=%21s\n' '# bytes resident' 9; } \
	    >"$T/d"
	harmless "$T/d"
	printf '%-35s=%21s\n' '# bytes resident' 9 >"$T/l"
	{ cat "$T/l"; cat $D; } >"$T/d"
	pmd 0 -q $D "$T/d"
}
