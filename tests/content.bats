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

# harmless FILE: the same rows as the base.
harmless() {
	pmd 0 "$D" "$1"
}

@test "quotes and commas in a type's name" {
	{ free 3 'Py"Odd",\Type' 10 30; } >"$T/b"
	{ free 4 'Py"Odd",\Type' 10 40; } >"$T/a"
	want_out <<-EOF
	$head_line
	-1,-1,free_list,"Py""Odd"",\\Type",count,3,4,1,33.3,10,changed
	-1,-1,free_list,"Py""Odd"",\\Type",bytes,30,40,10,33.3,10,changed
	EOF
	pmd 1 -f csv "$T/b" "$T/a"
	"$PMD" -f json "$T/b" "$T/a" | grep -q -F '"name":"Py\"Odd\",\\Type",' ||
	    false
	{ free 3 'Py"Odd' 10 30; free 4 'Py,Even[' 10 40; } >"$T/b"
	"$PMD" -f csv "$T/b" "$T/a" >"$T/out" || true
	grep -q -F 'free_list,"Py""Odd",count,3,,,,,gone' "$T/out"
	grep -q -F 'free_list,"Py,Even[",count,4,,,,,gone' "$T/out"
}

@test "rules with any bytes: JSON stays JSON" {
	"$PMD" -f json -l "$(printf 'summary.t[^\377"\\\\]tal.value:+1')" \
	    $D cpython-3.13.0/after.txt >"$T/out" 2>"$T/err" || true
	printable "$T/out" "$T/err"
	grep -q -F '{"rule":"summary.t[^\u00ff\"\\\\]tal.value:+1",' "$T/out"
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

@test "numbers beyond 2^63-1, and of a million digits" {
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
		damaged "$T/d" '"# bytes lost to pool headers       =  '
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

@test "a value of 16 digits is cut by CPython: it is not checked" {
	sed '44s/   1,499,824/=6,744,073,709,551,615/; 44s/=  *=/=/
	    50s/ *2,097,152/6,744,073,709,551,615/' $D >"$T/d"
	grep -q '^Total                              =6,744' "$T/d"
	sed -i 's/^# bytes in allocated.*/# bytes in allocated blocks        =6,744,073,709,551,615/' "$T/d" 2>/dev/null
	"$PMD" -f csv $D "$T/d" >"$T/out" || [ $? -eq 1 ]
	grep -q 'summary,total,value,2097152,6744073709551615,' "$T/out"
	# a zero at its head belongs to such a value only
	sed '50s/ *2,097,152/0,000,000,000,000,000/' $D >"$T/d"
	"$PMD" -f csv $D "$T/d" >"$T/out" || [ $? -eq 1 ]
	grep -q 'summary,total,value,2097152,0,' "$T/out"
}

@test "512 lines are a dump, one more is damage" {
	local n
	for n in 428 429; do
		{
			cat $D
			for i in $(seq $n); do free 0 "PyType$i" 8 0; done
		} >"$T/d.$n"
	done
	# the base has 31 rows but 83 lines of the grammar in all
	"$PMD" -q "$T/d.428" "$T/d.428" 2>"$T/err" || true
	n=$(grep -v -c '^$' $D)
	{ cat $D; for i in $(seq $((512 - n))); do
		free 0 "PyType$i" 8 0; done; } >"$T/most"
	pmd 0 "$T/most" "$T/most"
	{ cat "$T/most"; free 0 PyLast 8 0; free 0 PyVeryLast 8 0; } >"$T/d"
	echo "pymallocdiff: $T/d:$(($(wc -l <"$T/d") - 1)): \"$(free 0 PyLast 8 0 |
	    cut -c1-60)...\" is one line more than a dump can have" | want_err
	"$PMD" -q $D "$T/most" 2>/dev/null || true
	pmd 2 -q "$T/most" "$T/d"
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
	{ cat $D; free 3 "Py$(printf '%0126d' 7)" 8 24; } >"$T/d"
	damaged "$T/d" 'is out of range'
}

@test "unknown labels on both sides, on one, and twice" {
	local x='# bytes lost to the new thing      ='
	{ sed 47q $D; echo "$x                    5"; sed 1,47d $D; } >"$T/b"
	{ sed 47q $D; echo "$x                    9"; sed 1,47d $D; } >"$T/a"
	want_out <<-EOF
	$head_line
	-1,-1,summary,bytes_lost_to_the_new_thing,value,5,9,4,80.0,4,changed
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
	# it stands behind the known ones of the group that the blank line opens
	"$PMD" -a -f csv $D "$T/d" 2>/dev/null | grep -B 1 new_count |
	    cut -d, -f4 | cmp - <(printf 'total\nnew_count\n')
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
	# free lists first, then an excerpt: the tail of a log that was cut
	{ sed -n 61,64p $D; sed 1,2d $D; } >"$T/d"
	"$PMD" -q "$T/d" 2>"$T/err" || [ $? -eq 2 ]
	grep -q ':5: an excerpt' "$T/err"
	{ sed -n 61,64p $D; grep '^#' $D; } >"$T/d"
	"$PMD" -q "$T/d" 2>"$T/err" || [ $? -eq 2 ]
	grep -q ':5: an excerpt' "$T/err"
}

@test "a disabled free list: -1, with a prefix too" {
	local l='          -1 free PyFloatObjects * 24 bytes each'
	{ echo "$l =6,744,073,709,551,592"; free 2 PyListObject 40 80; } >"$T/b"
	{ free 1 PyFloatObject 24 24; free 2 PyListObject 40 80; } >"$T/a"
	want_out <<-EOF
	$head_line
	-1,-1,free_list,PyFloatObject,count,-1,1,2,-200.0,48,changed
	-1,-1,free_list,PyFloatObject,bytes,6744073709551592,24,-6744073709551568,-100.0,-6744073709551568,changed
	EOF
	cp "$T/want.out" "$T/want"
	pmd 1 -f csv "$T/b" "$T/a"
	sed 's/^/web-1 /' "$T/b" >"$T/p"
	want_out "$T/want"
	pmd 1 -f csv "$T/p" "$T/a"
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
	for n in ' ' '     ' '   3' ' -' '  12 fr' '  12 free PyDict' 'Sm' \
	    'Small block threshold =' '  3 free 5-sized Py' '  3 free 1' \
	    '  3 free 17-si'; do
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
	# of free lists alone too
	{ cat pyodide-0.26.4/before.txt; head -n 3 pyodide-0.26.4/after.txt
	  printf ' 51 free 20-s'; } >"$T/d"
	damaged "$T/d" '"51 free 20-s" does not finish'
	# and what does not
	for n in 'a log line' '46%' '3 free seats' 'arena' '12 monkeys'; do
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
	echo "pymallocdiff: $T/d: no dump in it" | want_err
	pmd 2 -q $D "$T/d"
	yes '' | head -c 100000 >"$T/d"
	echo "pymallocdiff: $T/d: no dump in it" | want_err
	pmd 2 -q $D "$T/d"
	sed 's/   */\t/g' $D >"$T/d"
	harmless "$T/d"
}

@test "a free-list line glued to a header begins a dump of its own" {
	free 0 PyFloatObject 24 0 >"$T/l"
	{ cat "$T/l"; tr -d '\n' <"$T/l"; cat $D; } >"$T/d"
	pmd 0 -q -s 1:1 "$T/d"
	"$PMD" -q -s 1:4 "$T/d" 2>"$T/err" || [ $? -eq 2 ]
	echo "pymallocdiff: $T/d: there is no dump 4, it holds 3 dumps" |
	    cmp - "$T/err"
}

@test "unknown labels that share words with known ones" {
	local x
	for x in '# arenas' reclaimed '# arenas reclaimed Twice' 'a Total'; do
		{ sed 40q $D; printf '%-35s=%21s\n' "$x" 7; sed 1,40d $D; } >"$T/d"
		"$PMD" -f csv $D "$T/d" >"$T/out" 2>/dev/null || [ $? -eq 1 ]
		x=$(echo "$x" | tr -d '#' | tr 'T ' 't_')
		grep -q "^-1,-1,summary,${x#_},value,,7,,,,new$" "$T/out"
	done
	# in the arena map
	{ sed 53q $D; printf '%-35s=%21s\n' '# arena map top nodes' 7
	  sed 1,53d $D; } >"$T/d"
	"$PMD" -a -f csv $D "$T/d" 2>/dev/null | grep -B 1 top_nodes |
	    cut -d, -f4 | cmp - <(printf 'arena_map_bot_nodes\n%s\n' \
	    arena_map_top_nodes)
	# before all known ones it is one of the first group
	{ sed 37q $D; printf '%-35s=%21s\n' '# calls' 7; sed 1,37d $D; } >"$T/d"
	"$PMD" -a -f csv $D "$T/d" 2>/dev/null | grep -B 1 ,calls, |
	    cut -d, -f4,5 | cmp - <(printf 'arenas,bytes\ncalls,value\n')
}

@test "tuples of more items than an int holds" {
	sed 's/ free 20-sized/ free 2147483648-sized/' $D >"$T/d"
	damaged "$T/d" 'is out of range'
}
