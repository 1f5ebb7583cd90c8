# faults.bash: how a test lets system calls fail. On top of lib.bash:
#
#	to STATUS REDIRECTION ARGUMENT...	pmd, redirected
#	shim STATUS ARGUMENT...			pmd with tests/shim.c before it
#
# and for loops over the N-th call, with few processes, for there are a
# thousand of them:
#
#	struck ARGUMENT...	run it with the shim: true where a fault has
#				struck; what is left is looked at by one of
#	same NAME			the same bytes as from `whole`
#	part MESSAGE NAME		trouble, and a first part of them
#	silent MESSAGE NAME		trouble, and nothing
#	points N		so many faults have struck; none is a failure
#
# PMD_NO_PRELOAD says that LD_PRELOAD is of no use with this PMD (sanitizers,
# Valgrind); FAULT_POINTS names a file for the counts.

SHIM=$BATS_FILE_TMPDIR/shim.so
NO_HEAP=$BATS_FILE_TMPDIR/noheap.so
LAUNCH=$BATS_FILE_TMPDIR/launch
FORMATS=(text summary csv json)
[ ${#RUN[@]} -eq 0 ] || FORMATS=(summary)	# Valgrind is slow
# Who hangs shall fail; Bats takes the time with one of these.
! command -v pkill ps >/dev/null ||
    export BATS_TEST_TIMEOUT=${BATS_TEST_TIMEOUT:-120}

A=pairs/documented-before.txt
B=pairs/documented-after.txt
MANY=cpython-3.13.0/many.txt		# six dumps, no warning

setup_file() {
	local cc=${CC:-cc} here=$BATS_TEST_DIRNAME
	$cc -std=c99 -D_POSIX_C_SOURCE=200809L -o "$LAUNCH" "$here/launch.c"
	$cc -std=c99 -shared -fPIC -o "$SHIM" "$here/shim.c" -ldl
	$cc -std=c99 -shared -fPIC -DNO_HEAP -o "$NO_HEAP" "$here/shim.c" -ldl
}

need_shim() {
	[ -z "${PMD_NO_PRELOAD:-}" ] || skip "LD_PRELOAD is of no use here"
}

# Valgrind opens /dev/null for a descriptor that is closed.
need_closed() {
	[ ${#RUN[@]} -eq 0 ] || skip "Valgrind opens what is closed"
}

to() {
	local want=$1 where=$2 got=0
	shift 2
	: >"$T/out"
	: >"$T/err"
	eval '"${RUN[@]}" "$PMD" "$@" 2>"$T/err"' "$where" || got=$?
	verify "$want" "$got" "pymallocdiff $* $where"
}

# read_err FILE: the whole of it into ERR, without a process.
read_err() {
	IFS= read -r -d '' ERR <"$1" || true
}

# whole ARGUMENT...: what the program prints, undisturbed, into $T/whole; its
# messages are in WHOLE_ERR, its status in WANT.
whole() {
	WANT=0
	"$PMD" "$@" >"$T/whole" 2>"$T/whole.err" || WANT=$?
	read_err "$T/whole.err"
	WHOLE_ERR=$ERR
	[ "$WANT" -le 1 ]
}

struck() {
	GOT=0
	: >"$T/mark"
	SHIM_MARK=$T/mark LD_PRELOAD=$SHIM "$PMD" "$@" >"$T/out" \
	    2>"$T/err" 3>&- 4>&- || GOT=$?
	[ -s "$T/mark" ]
}

shim() {
	local want=$1
	shift
	struck "$@" || true
	verify "$want" "$GOT" "${SHIM_FAIL:-} ${SHIM_SHORT:-} pymallocdiff $*"
}

same() {
	read_err "$T/err"
	if [ "$GOT" -ne "$WANT" ] || [ "$ERR" != "$WHOLE_ERR" ] ||
	    differ "$T/whole" "$T/out"; then
		echo "$1: status $GOT, expected $WANT, and: $ERR"
		return 1
	fi
}

part() {
	local eof
	read_err "$T/err"
	eof=$(cmp "$T/whole" "$T/out" 2>&1) || true
	if [ "$GOT" -ne 2 ] || [ "$ERR" != "pymallocdiff: $1"$'\n' ] ||
	    [[ $eof != "cmp: EOF on"*"$T/out"* ]]; then
		echo "$2: status $GOT, expected 2, and: $ERR$eof"
		return 1
	fi
}

silent() {
	read_err "$T/err"
	if [ "$GOT" -ne 2 ] || [ "$ERR" != "pymallocdiff: $1"$'\n' ] ||
	    [ -s "$T/out" ]; then
		echo "$2: status $GOT, expected 2, and: $ERR"
		head -n 3 "$T/out"
		return 1
	fi
}

points() {
	[ "$1" -gt 0 ] || { echo "no fault has struck"; return 1; }
	[ -z "${FAULT_POINTS:-}" ] || echo "$1" >>"$FAULT_POINTS"
}
