# DIAGNOSTICS of the manual: the program prints each message that it lists.
load lib

PAGE=$ROOT/man/pymallocdiff.1

# messages: what the manual lists, and what they are about.
messages() {
	awk -v want=messages -v of=DIAGNOSTICS -f "$ROOT/tests/manual.awk" \
	    "$PAGE"
}

# numbers: those of an example become N, those that are always the same stay.
numbers() {
	sed -e '/^UTF-/b' -e '/^more than /b' -e '/ or more /b' \
	    -e '/ values are /b' -e 's/[0-9]\([0-9,]*[0-9]\)*/N/g'
}

# about WHAT: keep the messages of this list. The inputs are made in $T.
about() {
	messages | awk -F "\t" -v about="$1" '$1 == about { print $2 }' |
	    numbers | sort >"$T/listed"
	[ -s "$T/listed" ]
	cd "$T" || return 1
	: >said
	cp "$F/cpython-3.13.0/before.txt" "$F/cpython-3.13.0/after.txt" .
}

# said STATUS ARGUMENT...: what it prints on standard error is said; one
# message of it at least is listed.
said() {
	local want=$1
	shift
	exits "$want" "${RUN[@]}" "$PMD" "$@" 2>err
	sed 's/^pymallocdiff: \([^ :]*:\([0-9]*:\)\{0,1\} \)\{0,1\}//' err |
	    numbers >new
	grep -q -x -F -f listed new || {
		echo "not listed, of pymallocdiff $*:"
		cat err
		return 1
	} >&2
	cat new >>said
}

# all_said: nothing is listed that the program has not said.
all_said() {
	sort -u said | comm -23 listed - >missing
	if [ -s missing ]; then
		echo "listed, but not said:"
		cat missing
		return 1
	fi
}

@test "each message of DIAGNOSTICS is in one of four lists" {
	messages | cut -f 1 | uniq >"$T/out"
	: >"$T/err"
	printf '%s\n' 'input and output' damage 'processes and builds' limits |
	    want_out
	verify 0 0 "the lists"
}

@test "the program prints the messages about input and output" {
	[ -c /dev/full ] || skip "no /dev/full"
	about 'input and output'
	: >empty
	said 2 empty
	echo text >text
	said 2 text
	said 2 before.txt
	cat before.txt after.txt >log
	said 2 -s 1:9 log
	printf '\037\213' >app.log.gz
	said 2 app.log.gz
	printf '\377\376' >FILE
	said 2 FILE
	sed '1s/$/\\n/' before.txt >FILE
	said 2 FILE
	said 2 before.txt after.txt >/dev/full
	# more reports than a pipe holds: they wait until the file is cut
	for _ in $(seq 300); do cat before.txt; done >log
	said 2 -a -e log > >(read -r _; : >log; cat >/dev/null)
	all_said
}

@test "the program prints the messages about damage" {
	about damage
	seq 21 | sed 's/.*/0 free PyT&s * 8 bytes each = 0/' >types
	seq 17 | awk '{ printf "%-35s=%21d\n", "# label " $1, 0 }' >labels
	# what is edited are lines of before.txt
	while read -r edit; do
		sed "$edit" before.txt >damaged
		said 2 -q damaged before.txt
	done <<-'EOF'
	39d
	1,2d
	50p
	8p
	6{h;d;};7G
	8{h;d;};38G
	39{h;d;};59G
	50s/7,152/7,153/
	42s/1048576/1048577/
	8s/116$/115/
	67s/48/40/
	67d
	44s/=.*/=1,234,567,890,123,456/
	84r types
	49r labels
	EOF
	said 2 -q "$F/cases/free-lists-in-table.txt" before.txt
	said 2 -q "$F/cases/mimalloc-and-table.txt" before.txt
	said 2 -q -F "$F/cases/flattened.txt" before.txt
	{
		cat before.txt after.txt
		sed 38q before.txt
		printf '# arenas recl'
	} >log
	said 2 -q log
	{
		cat before.txt
		for _ in $(seq 11); do sed 39d before.txt; done
		cat after.txt
	} >log
	said 2 -q log
	all_said
}

@test "the program prints the messages about processes and builds" {
	about 'processes and builds'
	said 2 -q "$F/processes/child.txt"
	cat after.txt before.txt >log
	said 2 -q -e log
	awk '/^Small block threshold/ { n++ } n == 1' \
	    "$F/cpython-3.13.0/env.txt" >first
	cat first first >log
	said 0 -q log
	said 1 -q "$F/source-3.3.1/before.txt" "$F/cpython-3.6.15/before.txt"
	said 1 -q "$F"/source-3.13.5t/mimalloc-{before,after}.txt
	all_said
}

@test "the program prints the messages about limits" {
	local lists=$F/cpython-3.13.0/malloc.txt
	about limits
	said 1 -q -l arenas:+1 "$F"/cpython-3.11.7/{before,after}.txt
	said 1 -q -l leak "$F/soak/leak.log"
	said 2 -q -l arena:+1 before.txt after.txt
	said 2 -q -l leak before.txt after.txt
	said 2 -q -s 17:-1 -l live:+5% "$F/soak/leak.log"
	said 2 -q -l less "$F/soak/leak.log"
	said 2 -q -l at-peak before.txt after.txt
	said 2 -q -l leak "$F/cpython-3.13.0/env.txt"
	said 2 -q -l leak "$lists" "$lists"
	said 2 -q -l live:+5% "$F/source-3.13.5t/mimalloc-before.txt" after.txt
	said 2 -q -l live:+5% before.txt "$lists"
	sed '/^# bytes in malloc/q' "$F/soak/leak.log" >log
	said 2 -q -l bytes_in_malloc:+5% log before.txt
	all_said
}
