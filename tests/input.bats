# Input: 0 or 1 says that both inputs were read whole. A read that fails
# reports nothing.
load lib
load faults

cannot() {	# cannot NAME WHY
	echo "pymallocdiff: $1: $2" >"$T/want.err"	# many times: no process
}

# either FILE WORDS...: those of the words that the program says of the file;
# glibc and musl have other words for the same error.
either() {
	local file=$1 words
	shift
	"$PMD" -q "$file" 2>"$T/said" || true
	for words; do
		! grep -q -F -x "pymallocdiff: $file: $words" "$T/said" ||
		    echo "$words"
	done
}

# each_side NAME WHY: the input NAME is trouble on either side and alone, in
# every format, and as a list.
each_side() {
	local f
	for f in "${FORMATS[@]}"; do
		cannot "$1" "$2"
		pmd 2 -f "$f" "$1" $B
		cannot "$1" "$2"
		pmd 2 -f "$f" $A "$1"
		cannot "$1" "$2"
		pmd 2 -f "$f" "$1"
		cannot "$1" "$2"
		pmd 2 -f "$f" -e -a "$1"
		[ "$f" != summary ] || continue
		cannot "$1" "$2"
		pmd 2 -f "$f" -L "$1"
	done
}

# larger: MANY, each dump of it eight times, as one process would print them.
larger() {
	awk '/^Small block threshold/ { show() } { text = text $0 "\n" }
	function show(    i) {
		for (i = 0; i < 8; i++)
			printf "%s", text
		text = ""
	}
	END { show() }' $MANY
}

# The ways to read, one a line. $T/strange is an input of which there is
# something to say. Standard input is $T/large too.
ways() {
	local f
	cat $A $B >"$T/two"
	larger >"$T/large"
	cat "$T/large" cpython-3.9.18/after.txt >"$T/strange"
	for f in "${FORMATS[@]}"; do
		echo "-f $f $A $B"
	done
	cat <<-EOF2
	-f json $T/large
	$T/two
	-q -s 2:1 $T/two
	-s 3:-7 $T/large
	-s 1:-1 $T/strange
	$T/strange -
	-
	EOF2
}

# The same of what is printed as it is read: diffs, and the list of the dumps.
streams() {
	cat <<-EOF2
	-e $MANY
	-f json -e -a $MANY
	-L $MANY
	-f csv -L $MANY
	-L -
	EOF2
}

# read_in SIZE ARGUMENT...: struck, with reads of so many bytes.
read_in() {
	export SHIM_SHORT=read:$1
	shift
	struck "$@" <"$T/large"
}

# name_of_input: of the one that the message names, into NAME.
name_of_input() {
	read_err "$T/err"
	ERR=${ERR#pymallocdiff: }
	NAME=${ERR%%: *}
	case $NAME in
	"$A"|"$B"|"$MANY"|"$T/two"|"$T/large"|"$T/strange"|"standard input")
		return 0 ;;
	esac
	echo "not the name of an input: $ERR"
	return 1
}

@test "a missing input" {
	each_side no-such-file "No such file or directory"
	each_side "" "No such file or directory"
	each_side "$A/x" "Not a directory"
}

@test "a directory" {
	each_side pairs "Is a directory"
	cannot "standard input" "Is a directory"
	pmd 2 -f csv - $B <pairs
	cannot "standard input" "Is a directory"
	pmd 2 -f json -e <pairs
}

@test "an input that may not be read" {
	[ "$(id -u)" -ne 0 ] || skip "root may read everything"
	cp $A "$T/a"
	chmod 0 "$T/a"
	each_side "$T/a" "Permission denied"
}

@test "a link to itself, a name too long" {
	local name
	ln -s loop "$T/loop"
	each_side "$T/loop" "$(either "$T/loop" \
	    "Too many levels of symbolic links" "Symbolic link loop")"
	name=$(printf '%5000s' x | tr ' ' x)
	each_side "$name" "$(either "$name" "File name too long" \
	    "Filename too long")"
}

@test "an input that cannot be opened, the N-th for every N" {
	need_shim
	local n what
	{ ways; streams; } >"$T/ways"
	while read -r line; do
		for what in "EACCES Permission denied" \
		    "EIO Input/output error" "ENOENT No such file or directory"
		do
			for ((n = 1; ; n++)); do
				SHIM_FAIL=open:$n:${what%% *} \
				    struck $line <"$T/large" || break
				name_of_input
				silent "$NAME: ${what#* }" "$line, open $n"
			done
			case $line in
			*/*)	points $((n - 1)) ;;
			*)	[ $n -eq 1 ] ;;	# standard input is open
			esac
		done
	done <"$T/ways"
}

@test "too many open files" {
	need_shim
	local f
	cat $A $B >"$T/two"
	for f in "${FORMATS[@]}"; do
		cannot $A "Too many open files"
		SHIM_FILES=3 shim 2 -f "$f" $A $B
		cannot $A "Too many open files"
		SHIM_FILES=3 shim 2 -f "$f" - $A <$B
		# one at a time is enough
		whole -f "$f" $A $B
		want_out "$T/whole"
		SHIM_FILES=4 shim 1 -f "$f" $A $B
		whole -f "$f" "$T/two"
		want_out "$T/whole"
		SHIM_FILES=3 shim 1 -f "$f" - <"$T/two"
	done
}

# EIO at the N-th read for every N, with reads as they come and in parts.
@test "a read that fails, the N-th for every N" {
	need_shim
	local n size
	ways >"$T/ways"
	while read -r line; do
		whole $line <"$T/large"
		case $line in
		*large*|*strange*|-)	size=20000 ;;
		*)			size=1500 ;;
		esac
		for size in 1000000 $size; do
			for ((n = 1; ; n++)); do
				SHIM_FAIL=read:$n:EIO read_in $size $line ||
				    break
				name_of_input
				silent "$NAME: Input/output error" \
				    "$line, EIO at read $n"
			done
			points $((n - 1))
			same "$line, no EIO"
		done
	done <"$T/ways"
	unset SHIM_SHORT
	# the first and the last read
	cannot $A "Input/output error"
	SHIM_FAIL=read:1:EIO shim 2 $A $B
	cannot $B "Input/output error"
	SHIM_FAIL=read:4:EIO shim 2 $A $B
	cannot "standard input" "Input/output error"
	SHIM_FAIL=read:2:EIO shim 2 -f csv - $B <$A
}

@test "a read that fails after one byte, or five thousand" {
	need_shim
	local n
	for n in 1 2 100 2048 4417 4419 4420 4421 8838 8839 8840; do
		cannot "$(if [ $n -le 4420 ]; then echo $A; else echo $B; fi)" \
		    "Input/output error"
		SHIM_SHORT=read:1 SHIM_FAIL=read:$n:EIO shim 2 -f json $A $B
	done
}

# What stands before the fault has been printed: whole reports, whole lines.
@test "a read that fails, with -e and -L" {
	need_shim
	local line n sizes
	awk -v to="$T/first." '/^Small block threshold/ { n++ }
	    { for (i = n; i <= 6; i++) print >(to i) }' $MANY
	while read -r line; do
		case $line in
		*$MANY) ;;
		*)	continue ;;
		esac
		sizes=" 0 $("$PMD" ${line%% $MANY} /dev/null 2>/dev/null |
		    wc -c) "
		for n in 1 2 3 4 5; do
			sizes+="$("$PMD" ${line%% $MANY} "$T/first.$n" \
			    2>/dev/null | wc -c) "
		done
		whole $line
		for ((n = 1; ; n++)); do
			SHIM_SHORT=read:3000 SHIM_FAIL=read:$n:EIO \
			    struck $line || break
			part "$MANY: Input/output error" "$line, read $n"
			[[ $sizes = *" $(wc -c <"$T/out") "* ]]
		done
		points $((n - 1))
		same "$line, no EIO"
	done < <(streams)
}

@test "interrupted reads, the N-th for every N" {
	need_shim
	local n
	{ ways; streams; } >"$T/ways"
	while read -r line; do
		whole $line <"$T/large"
		for ((n = 1; ; n++)); do
			SHIM_FAIL=read:$n:EINTR read_in 20000 $line || break
			same "$line, EINTR at read $n"
		done
		points $((n - 1))
		same "$line, no EINTR"
		SHIM_FAIL='read:1:EINTR;read:%2:EINTR' read_in 100 $line
		same "$line, EINTR at every second read"
	done <"$T/ways"
}

@test "reads that would block, and waiting that is interrupted" {
	need_shim
	{ ways; streams; } >"$T/ways"
	while read -r line; do
		whole $line <"$T/large"
		SHIM_FAIL='read:1:EAGAIN;read:%2:EAGAIN;poll:%3:EINTR' \
		    read_in 500 $line
		same "$line, EAGAIN at every second read"
	done <"$T/ways"
	unset SHIM_SHORT
	cannot $A "Input/output error"
	SHIM_FAIL='read:2:EAGAIN;poll:1:EIO' shim 2 $A $B
}

# A seek only asks how long a file is: what fails there changes nothing.
@test "seeking that fails, the N-th for every N" {
	need_shim
	local n total=0
	ways >"$T/ways"
	while read -r line; do
		whole $line <"$T/large"
		for ((n = 1; ; n++)); do
			SHIM_FAIL=lseek:$n:ESPIPE struck $line <"$T/large" ||
			    break
			same "$line, ESPIPE at lseek $n"
		done
		total=$((total + n - 1))
		same "$line, no ESPIPE"
	done <"$T/ways"
	points $total
}

@test "a byte at a time, and other short reads" {
	need_shim
	local n
	{ ways; streams; } >"$T/ways"
	while read -r line; do
		whole $line <"$T/large"
		for n in 1 100 4096; do
			case $n$line in
			1*large*|1*strange*|1*-)	n=7 ;;	# slow
			esac
			read_in $n $line || true
			same "$line, $n bytes at a time"
		done
	done <"$T/ways"
}

@test "a pipe that does not block, and a slow writer" {
	local f status
	for f in "${FORMATS[@]}"; do
		whole -f "$f" $A $B
		want_out "$T/whole"
		status=$({ sleep 0.1; head -c 2000 $B; sleep 0.1
		    tail -c +2001 $B; } | { "$LAUNCH" nonblock 0 "${RUN[@]}" \
		    "$PMD" -f "$f" $A - >"$T/out" 2>"$T/err"; echo $?; })
		verify "$WANT" "$status" "-f $f from a pipe"
	done
}

@test "a closed standard input" {
	need_closed
	local f
	for f in "${FORMATS[@]}"; do
		cannot "standard input" "Bad file descriptor"
		pmd 2 -f "$f" <&-
		cannot "standard input" "Bad file descriptor"
		pmd 2 -f "$f" -e - <&-
		if [ "$f" != summary ]; then
			cannot "standard input" "Bad file descriptor"
			pmd 2 -f "$f" -L <&-
		fi
		cannot "standard input" "Bad file descriptor"
		pmd 2 -f "$f" - $B <&-
		# a file that was opened in its place is not standard input
		cannot "standard input" "Bad file descriptor"
		pmd 2 -f "$f" $A - <&-
		# and who does not read it needs none
		whole -f "$f" $A $B
		want_out "$T/whole"
		pmd 1 -f "$f" $A $B <&-
	done
}

@test "standard input for writing only" {
	cannot "standard input" "Bad file descriptor"
	pmd 2 - $B 0>"$T/new"
}

@test "standard input twice" {
	local f
	for f in "${FORMATS[@]}"; do
		printf '%s\n' "pymallocdiff: standard input can be read only\
 once" "pymallocdiff: Try 'pymallocdiff --help' for more information." |
		    want_err
		pmd 2 -f "$f" - - <$A
	done
}

# The report is that of the file before or after.
@test "a file that grows while it is read" {
	need_shim
	local f n name
	ways >/dev/null
	for f in "${FORMATS[@]}"; do
		for name in two large; do
			awk '/^Small block threshold/ { text = "" }
			    { text = text $0 "\n" } END { printf "%s", text }' \
			    "$T/$name" >"$T/last"
			whole -f "$f" "$T/$name"
			cp "$T/whole" "$T/before"
			cat "$T/$name" "$T/last" >"$T/grown"
			whole -f "$f" "$T/grown"
			for ((n = 1; ; n++)); do
				cp "$T/$name" "$T/grown"
				SHIM_RUN="read:$n:cat $T/last >>$T/grown" \
				    read_in 20000 -f "$f" "$T/grown" || break
				if cmp -s "$T/before" "$T/out"; then
					[ ! -s "$T/err" ] && [ "$GOT" -eq 1 ]
				else
					same "-f $f $name, grown at read $n"
				fi
			done
			points $((n - 1))
		done
	done
}

@test "a file that grows by half a dump" {
	need_shim
	local n
	cat $A $B >"$T/two"
	whole "$T/two"
	head -n 40 $B >"$T/half"
	for ((n = 1; ; n++)); do
		cat $A $B >"$T/grows"
		SHIM_SHORT=read:1000 SHIM_RUN="read:$n:cat $T/half >>$T/grows" \
		    struck "$T/grows" || break
		if [ "$GOT" -eq 1 ]; then
			same "half a dump at read $n"
		else
			[ "$GOT" -eq 2 ]
			grep -q 'is cut short' "$T/err"
		fi
	done
	points $((n - 1))
}

# What was there when it was opened and is gone when it is read: the report
# is that of the whole file, or there is trouble. The cuts are at the free
# lists, where no identity tells that lines are missing, and elsewhere.
@test "a file that shrinks while it is read" {
	need_shim
	local at n=0
	cat $A $B >"$T/two"
	whole "$T/two"
	for at in $(grep -ab ' free ' "$T/two" | cut -d: -f1) 500 4419 7000; do
		cp "$T/two" "$T/shrinks"
		SHIM_SHORT=read:$at SHIM_RUN="read:2:: >$T/shrinks" \
		    struck "$T/shrinks"
		if [ "$GOT" -eq 2 ]; then
			silent "$T/shrinks: the file became shorter while it\
 was read" "cut to nothing after $at bytes"
		else
			same "cut to nothing after $at bytes"
		fi
		n=$((n + 1))
	done
	points $n
	larger >"$T/large"
	for ((n = 2; n < 10; n++)); do
		cp "$T/large" "$T/shrinks"
		SHIM_RUN="read:$n:cat $T/two >$T/shrinks" \
		    read_in 20000 "$T/shrinks"
		silent "$T/shrinks: the file became shorter while it was read" \
		    "cut at read $n"
	done
	points $((n - 2))
}

@test "zeros and random bytes" {
	local f
	cat $A $B >"$T/two"
	for f in "${FORMATS[@]}"; do
		cannot "standard input" "no dump found"
		pmd 2 -f "$f" - $B < <(head -c 3000000 /dev/zero)
		cannot "standard input" "no dump found"
		pmd 2 -f "$f" -e < <(echo; head -c 300000 /dev/urandom)
		# around dumps they change nothing
		whole -f "$f" "$T/two"
		want_out "$T/whole"
		pmd 1 -f "$f" < <(head -c 300000 /dev/zero; echo; cat $A; echo
		    head -c 300000 /dev/urandom; echo; cat $B; echo
		    head -c 300000 /dev/zero)
	done
}

# Time is linear: each word was tokenized with the rest of its line, and 20 MB
# took 40 seconds.
@test "lines full of the first words of dumps" {
	local word
	for word in 'class ' 'Small ' '1 free ' '1 Py'; do
		awk -v word="$word" 'BEGIN {
			while (length(line) < 32000)
				line = line word
			while (n++ < 640)
				printf "%s =%21s\n", line, 1
		}' >"$T/words"
		echo "pymallocdiff: $T/words: no dump found" | want_err
		exits 2 timeout 20 "${RUN[@]}" "$PMD" "$T/words" 2>"$T/err"
		cmp "$T/want.err" "$T/err"
	done
}

@test "/proc/self/mem" {
	[ -e /proc/self/mem ] || skip "no /proc"
	each_side /proc/self/mem "$(either /proc/self/mem \
	    "Input/output error" "I/O error")"
}

@test "a FIFO and /dev/stdin as files" {
	local f
	mkfifo "$T/fifo"
	for f in "${FORMATS[@]}"; do
		whole -f "$f" $A $B
		cat $A >"$T/fifo" 3>&- &
		want_out "$T/whole"
		pmd 1 -f "$f" "$T/fifo" $B
		wait $!
		want_out "$T/whole"
		pmd 1 -f "$f" $A /dev/stdin < <(cat $B)
	done
}

# A writer that dies in the middle of the last dump's table.
@test "a pipe that ends too soon" {
	local f
	for f in "${FORMATS[@]}"; do
		"$PMD" -f "$f" $A <(head -c 900 $B) >"$T/whole" 2>/dev/null ||
		    [ $? -eq 2 ]
		want_out "$T/whole"
		pmd 2 -f "$f" $A - < <(head -c 900 $B) || {
			grep -q '^pymallocdiff: standard input:.*cut short' \
			    "$T/err"
			cmp "$T/out" "$T/whole"
		}
	done
}
