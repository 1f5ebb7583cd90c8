# lib.bash: the one way in which a test runs the program. It compares the
# bytes of standard output and standard error, and the status, each time;
# what a test does not announce is expected to be empty.
#
#	want_out <<'EOF'	what standard output will be (or want_out FILE)
#	want_err <<'EOF'	the same of standard error
#	pmd STATUS ARGUMENT...	run it; standard input is passed on
#
# PMD is the program, PMD_RUN what to put before it (Valgrind, say).

ROOT=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
PMD=${PMD:-$ROOT/pymallocdiff}
read -ra RUN <<<"${PMD_RUN:-}"
F=$ROOT/fixtures
export LC_ALL=C

setup() {
	T=$BATS_TEST_TMPDIR
	: >"$T/want.out"
	: >"$T/want.err"
	cd "$F" || return 1
}

want_out() {
	cat -- "$@" >"$T/want.out"
}

want_err() {
	cat -- "$@" >"$T/want.err"
}

pmd() {
	local want=$1 got=0
	shift
	"${RUN[@]}" "$PMD" "$@" >"$T/out" 2>"$T/err" || got=$?
	verify "$want" "$got" "pymallocdiff $*"
}

# exits STATUS COMMAND...: run it, for who looks at a part of what it says.
exits() {
	local want=$1 got=0
	shift
	"$@" || got=$?
	[ $got -eq "$want" ] || {
		echo "$*: status $got, expected $want"
		return 1
	}
}

# lacks PATTERN FILE, only PATTERN FILE: no line matches, each line matches.
# Bats does not see that `! grep` fails.
lacks() {
	if grep -e "$1" "$2"; then
		return 1
	fi
}

only() {
	if grep -v -e "$1" "$2"; then
		return 1
	fi
}

# differ FILE FILE: without a process where both are empty, as most are.
differ() {
	{ [ -s "$1" ] || [ -s "$2" ]; } && ! cmp -s "$1" "$2"
}

# verify STATUS GOT NAME: of whatever has left out and err in $T.
verify() {
	local bad=0
	differ "$T/want.out" "$T/out" && bad=1
	differ "$T/want.err" "$T/err" && bad=1
	[ "$2" -eq "$1" ] || bad=1
	if [ $bad -ne 0 ]; then
		echo "$3: status $2, expected $1"
		diff -a "$T/want.out" "$T/out" | head -n 20 | sed 's/^/out /'
		diff -a "$T/want.err" "$T/err" | head -n 20 | sed 's/^/err /'
		return 1
	fi
	: >"$T/want.out"
	: >"$T/want.err"
}
