# Output: 0 or 1 says that the whole report was written, wherever it went.
load lib
load faults

lost() {	# the message of a write that failed
	echo "pymallocdiff: standard output: $1" >"$T/want.err"
}

# A broken program may write to what it reads: not to the fixtures, please.
copies() {
	cp $A "$T/a"
	cp $B "$T/b"
	cp $MANY "$T/many"
	A=$T/a B=$T/b MANY=$T/many
}

# everything STATUS REDIRECTION: all that prints, with what stands in $T/lost
# on standard error.
everything() {
	local f
	for f in "${FORMATS[@]}"; do
		want_err "$T/lost"
		to "$1" "$2" -f "$f" $A $B
		want_err "$T/lost"
		to "$1" "$2" -e -a -f "$f" $MANY
		[ "$f" != summary ] || continue
		want_err "$T/lost"
		to "$1" "$2" -L -f "$f" $MANY
	done
	for f in --help --version '-f csv '"$A $A" '-f json '"$A $A"; do
		want_err "$T/lost"
		to "$1" "$2" $f
	done
}

# The same command lines for the loops, one a line.
all_reports() {
	local f
	for f in "${FORMATS[@]}"; do
		echo "-f $f $A $B"
	done
	echo "-f csv -e -a $MANY"
	echo "-f json -e -a $MANY"
	echo "-L $MANY"
	echo "-f json -L $MANY"
	echo --help
	echo --version
}

@test "a full disk" {
	[ -c /dev/full ] || skip "no /dev/full"
	echo "pymallocdiff: standard output: No space left on device" >"$T/lost"
	everything 2 '>/dev/full'
}

@test "a full disk, and nothing to write" {
	[ -c /dev/full ] || skip "no /dev/full"
	to 0 '>/dev/full' $A $A
	to 1 '>/dev/full' -q $A $B
	to 1 '>/dev/full' -e -q $MANY
	to 0 '>/dev/full' -L -q $MANY
}

@test "a full disk ends -e and -L, though the input never does" {
	[ -c /dev/full ] || skip "no /dev/full"
	lost "No space left on device"
	to 2 '>/dev/full' -L < <(while cat $MANY; do :; done 2>/dev/null 3>&-)
	lost "No space left on device"
	to 2 '>/dev/full' -e < <(while cat $MANY; do :; done 2>/dev/null 3>&-)
}

@test "a closed standard output" {
	need_closed
	copies
	echo "pymallocdiff: standard output: Bad file descriptor" >"$T/lost"
	everything 2 '>&-'
	everything 2 "1<$A"
}

@test "a closed standard output, and nothing to write" {
	need_closed
	copies
	to 0 '>&-' $A $A
	to 1 '>&-' -q $A $B
	to 1 '>&-' -e -q $MANY
	to 0 '>&-' -L -q $MANY
	echo "pymallocdiff: no-such-file: No such file or directory" | want_err
	to 2 '>&-' no-such-file $B
}

@test "with descriptors closed no input is written to" {
	need_closed
	local f where a=$A b=$B many=$MANY
	for f in "${FORMATS[@]}"; do
		for where in '>&-' '<&- >&-' '2>&- >&-' '<&- 2>&- >&-'; do
			A=$a B=$b MANY=$many
			copies
			case $where in
			*2*)	: >"$T/lost" ;;
			*)	lost "Bad file descriptor"
				cp "$T/want.err" "$T/lost" ;;
			esac
			want_err "$T/lost"
			to 2 "$where" -f $f $A $B
			want_err "$T/lost"
			to 2 "$where" -f $f -e -a $MANY
			cmp $A $a
			cmp $B $b
			cmp $MANY $many
		done
		lost "Bad file descriptor"
		to 2 '0<>$B >&-' -f $f $A -
		cmp $A $a
		cmp $B $b
	done
}

@test "a message that is lost: trouble all the same" {
	[ -c /dev/full ] || skip "no /dev/full"
	to 2 '2>/dev/full' no-such-file $A
	to 2 '2>/dev/full' -f xml $A $B
	to 2 '2>/dev/full >/dev/full' $A $B
}

@test "an early reader: silence, and the signal" {
	local status
	mkfifo "$T/fifo"
	exec 8<>"$T/fifo" 9>"$T/fifo" 8>&-	# 9 is a pipe without a reader
	for f in "${FORMATS[@]}"; do
		status=0
		: >"$T/out"
		"$LAUNCH" default "${RUN[@]}" "$PMD" -f "$f" $A $B >&9 \
		    2>"$T/err" || status=$?
		verify 141 $status "$f into a pipe without a reader"
	done
	for f in --help --version; do
		status=0
		"$LAUNCH" default "${RUN[@]}" "$PMD" $f >&9 \
		    2>"$T/err" || status=$?
		verify 141 $status "$f into a pipe without a reader"
	done
	exec 9>&-
}

@test "an early reader: what it has read is right" {
	local status
	whole -e -a -f json $MANY
	head -c 10 "$T/whole" | want_out
	status=$("$LAUNCH" default "${RUN[@]}" "$PMD" -e -a -f json $MANY \
	    2>"$T/err" | head -c 10 >"$T/out"; echo "${PIPESTATUS[0]}")
	verify 141 "$status" "-e | head"
}

@test "an early reader, and the signal ignored or blocked: trouble" {
	local f how status
	mkfifo "$T/fifo"
	exec 8<>"$T/fifo" 9>"$T/fifo" 8>&-
	for how in ignore block; do
		for f in "${FORMATS[@]}"; do
			status=0
			lost "Broken pipe"
			: >"$T/out"
			"$LAUNCH" $how "${RUN[@]}" "$PMD" -f "$f" $A $B >&9 \
			    2>"$T/err" || status=$?
			verify 2 $status "$f into a pipe without a reader"
		done
		for f in --help --version; do
			status=0
			lost "Broken pipe"
			"$LAUNCH" $how "${RUN[@]}" "$PMD" $f >&9 \
			    2>"$T/err" || status=$?
			verify 2 $status "$f into a pipe without a reader"
		done
	done
	exec 9>&-
}

@test "a full pipe that does not block: all bytes arrive" {
	local status
	while read -r line; do
		whole $line
		want_out "$T/whole"
		status=$("$LAUNCH" full 1 "${RUN[@]}" "$PMD" $line \
		    2>"$T/err" | { sleep 0.1; tr -d '\0' >"$T/out"; }
		    echo "${PIPESTATUS[0]}")
		verify "$WANT" "$status" "$line into a full pipe"
	done < <(all_reports)
}

@test "a full pipe that does not block, for a message" {
	local status
	echo "pymallocdiff: no-such-file: No such file or directory" | want_err
	: >"$T/out"
	status=$( { "$LAUNCH" full 2 "${RUN[@]}" "$PMD" no-such-file $B 2>&1 \
	    >"$T/out" | { sleep 0.1; tr -d '\0' >"$T/err"; }
	    echo "${PIPESTATUS[0]}"; } )
	verify 2 "$status" "a message into a full pipe"
}

@test "short writes" {
	need_shim
	local n
	while read -r line; do
		whole $line
		for n in 7 1000; do
			want_out "$T/whole"
			SHIM_SHORT=write:$n shim "$WANT" $line
		done
	done < <(all_reports)
	want_out $F/pairs/documented-diff.txt
	SHIM_SHORT=write:1 shim 1 $A $B
	echo "pymallocdiff: no-such-file: No such file or directory" | want_err
	SHIM_SHORT=message:1 shim 2 no-such-file $B
}

@test "interrupted writes, the N-th for every N" {
	need_shim
	local n size
	while read -r line; do
		whole $line
		size=$(($(wc -c <"$T/whole") / 12 + 1))
		for ((n = 1; ; n++)); do
			SHIM_SHORT=write:$size SHIM_FAIL=write:$n:EINTR \
			    struck $line || break
			same "$line, EINTR at write $n"
		done
		points $((n - 1))
		same "$line, no EINTR"
	done < <(all_reports)
	want_out $F/pairs/documented-diff.txt
	SHIM_SHORT=write:10 SHIM_FAIL='write:1:EINTR;write:%2:EINTR' \
	    shim 1 $A $B
	echo "pymallocdiff: no-such-file: No such file or directory" | want_err
	SHIM_SHORT=message:10 SHIM_FAIL='message:1:EINTR;message:%2:EINTR' \
	    shim 2 no-such-file $B
}

@test "writes that would block, and waiting that is interrupted" {
	need_shim
	while read -r line; do
		whole $line
		want_out "$T/whole"
		SHIM_SHORT=write:1000 SHIM_FAIL='write:1:EAGAIN;write:%2:EAGAIN' \
		    shim "$WANT" $line
		want_out "$T/whole"
		SHIM_FAIL='write:1:EAGAIN;write:2:EAGAIN;poll:1:EINTR' \
		    shim "$WANT" $line
	done < <(all_reports)
	lost "Input/output error"
	SHIM_FAIL='write:1:EAGAIN;poll:1:EIO' shim 2 $A $B
}

# ENOSPC, EIO at the N-th write for every N; what has been written before is
# the start of the report.
@test "a write that fails, the N-th for every N" {
	need_shim
	local n size full='standard output: No space left on device'
	while read -r line; do
		whole $line
		# as it writes by itself, and in some fifteen parts
		for size in 1000000 $(($(wc -c <"$T/whole") / 15 + 1)); do
			for ((n = 1; ; n++)); do
				SHIM_SHORT=write:$size \
				    SHIM_FAIL=write:$n:ENOSPC struck $line ||
				    break
				part "$full" "$line, ENOSPC at write $n"
			done
			points $((n - 1))
			same "$line, no ENOSPC"
		done
	done < <(all_reports)
	whole -f csv $A $B
	SHIM_SHORT=write:500 SHIM_FAIL=write:3:EIO struck -f csv $A $B
	part 'standard output: Input/output error' "EIO at write 3"
	[ "$(wc -c <"$T/out")" -eq 1000 ]
}

# A disk on which space returns: nothing may be missing from the middle.
@test "after a write that failed nothing more is written" {
	need_shim
	whole -e -a -f csv $MANY
	SHIM_FAIL=write:2:ENOSPC struck -e -a -f csv $MANY
	part 'standard output: No space left on device' "ENOSPC at write 2"
}

# NFS and quotas tell of a lost write only at close(2). An input that does not
# close well has lost nothing.
@test "a report whose loss only close(2) tells" {
	need_shim
	local n told
	while read -r line; do
		whole $line
		told=0
		for ((n = 1; ; n++)); do
			SHIM_FAIL=close:$n:EIO struck $line || break
			if [ "$GOT" -eq 2 ]; then
				told=$((told + 1))
				want_out "$T/whole"
				lost "Input/output error"
				verify 2 "$GOT" "$line, EIO at close $n"
			else
				same "$line, EIO at close $n"
			fi
		done
		[ $told -eq 1 ] || { echo "$line: closed unheard"; return 1; }
		points $((n - 1))
	done < <(all_reports)
}

# A limit that only a later diff would have met is not misspelt.
@test "a write that fails is all that is said" {
	[ -c /dev/full ] || skip "no /dev/full"
	local new='# bytes lost to the new thing      =                    0'
	awk -v new="$new" '{ print }
	    /^# bytes lost to quant/ && ++n == 6 { print new }' $MANY >"$T/late"
	"${RUN[@]}" "$PMD" -q -e -l bytes_lost_to_the_new_thing:9 "$T/late" \
	    2>/dev/null
	lost "No space left on device"
	to 2 '>/dev/full' -e -l bytes_lost_to_the_new_thing:9 "$T/late"
}

@test "a file that may not grow: ulimit -f" {
	local n
	whole -a -f csv $A $B
	for n in 1 3 8; do
		head -c $((n * 1024)) "$T/whole" | want_out
		lost "File too large"
		(ulimit -f $n && pmd 2 -a -f csv $A $B)
	done
	want_out "$T/whole"
	(ulimit -f 100 && pmd 1 -a -f csv $A $B)
	head -c 1024 /dev/zero >"$T/big"
	echo "pymallocdiff: standard output: File too large" >"$T/lost"
	(ulimit -f 1 && everything 2 '>>"$T/big"')
	head -c 1024 /dev/zero | cmp - "$T/big"
}
