#!/bin/sh
# check-all.sh: the heavier tiers, the quick ones first. Each prints its
# figures and a line `N passed, N failed`; the last line adds them up.
set -u
cd "$(dirname "$0")/.." || exit 1
mkdir -p build
CC=${CC:-cc}
log=build/check-all.log
: >$log
. tests/harness.sh

# tier NAME COMMAND...: run it. It is a check of its own, beside those that
# it counts: its status tells.
tier() {
	name=$1
	shift
	echo "== $name"
	if "$@" >build/tier.log 2>&1; then result='1 passed, 0 failed'
	else result='0 passed, 1 failed'; fi
	cat build/tier.log
	echo "$name: $result"
	cat build/tier.log >>$log
	echo "$result" >>$log
}

# build COMPILER OUTPUT FLAGS...: all of it, no warning allowed.
build() {
	compiler=$1 output=$2
	shift 2
	if ! command -v "$compiler" >/dev/null 2>&1; then
		echo "$compiler is not here"
		return 0
	fi
	$compiler -std=c99 -D_POSIX_C_SOURCE=200809L $warnings -Werror "$@" \
	    -o "$output" src/*.c
}

# The suite on the program that has no fast path.
slowly() {
	rm -rf build/stub
	sh tests/stub.sh SLOW build/pymallocdiff.slow &&
	PMD=$PWD/build/pymallocdiff.slow sh tests/run.sh
}

# The suite on another build, or under another program.
sanitized() {
	flags=$(sanitizers) || return 1
	[ -n "$flags" ] || return 0
	build "$CC" build/pymallocdiff.asan -g -O1 $flags || return 1
	PMD=$PWD/build/pymallocdiff.asan PMD_NO_PRELOAD=1 sh tests/run.sh
}

# MemorySanitizer, which clang alone has, finds what Valgrind finds, and is
# quick enough for the whole suite.
initialized() {
	flags='-fsanitize=memory -fno-sanitize-recover'
	if ! can_build clang $flags; then
		echo "no clang with MemorySanitizer is here"
		return 0
	fi
	build clang build/pymallocdiff.msan -g -O1 $flags || return 1
	PMD=$PWD/build/pymallocdiff.msan PMD_NO_PRELOAD=1 sh tests/run.sh
}

# Some files, for it is slow.
valgrinded() {
	leaks='--leak-check=full --show-leak-kinds=all'
	leaks="$leaks --errors-for-leak-kinds=all"
	PMD_RUN="valgrind -q --error-exitcode=99 $leaks" PMD_NO_PRELOAD=1 \
	    sh tests/run.sh tests/corners.bats tests/diagnostics.bats \
	    tests/manual.bats \
	    tests/options.bats tests/stream.bats tests/summary.bats \
	    tests/text.bats tests/usage.bats
}

# The suite with each other awk that is here, first in PATH by that name.
# busybox looks at the name, too.
awks() (
	status=0
	for awk in mawk gawk original-awk busybox; do
		if ! program=$(command -v $awk); then
			echo "$awk is not here"
			continue
		fi
		if cmp -s "$program" "$(command -v awk)"; then
			echo "$awk is the awk of make check"
			continue
		fi
		mkdir -p build/awk/$awk && ln -sf "$program" build/awk/$awk/awk
		echo "awk is $awk:"
		PATH=$PWD/build/awk/$awk:$PATH sh tests/run.sh || status=1
	done
	exit $status
)

# Nothing but the three standard descriptors is open at the end. In a shell
# of its own, whose folder is not that of the tiers that follow.
descriptors() (
	pair='cpython-3.11.7/before.txt cpython-3.11.7/after.txt'
	cd fixtures || exit 1
	for arguments in "$pair" "-e cpython-3.11.7/many.txt" \
	    "-L cpython-3.11.7/env.txt" "no-such-file $pair"; do
		valgrind -q --track-fds=yes --log-file=../build/fds.log \
		    ../pymallocdiff $arguments >/dev/null 2>&1
		if grep -E 'descriptor ([3-9]|[0-9]{2,}): [^/]*fixtures' \
		    ../build/fds.log; then
			exit 1
		fi
	done
)

tier 'gcc, -Werror' build gcc build/pymallocdiff.gcc -O2
tier 'clang, -Werror' build clang build/pymallocdiff.clang -O2
tier 'open descriptors' descriptors
tier 'brute force on a dump of each dialect' sh tests/brute.sh
tier 'splices of two dumps' sh tests/splice.sh
tier 'the suite without the fast path' slowly
tier 'lines, fast path against slow path' sh tests/lines.sh
tier 'coverage' sh tests/coverage.sh
tier 'the suite under AddressSanitizer and UBSan' sanitized
tier 'the suite under MemorySanitizer' initialized
tier 'faults that the suite must notice' sh tests/faults.sh
tier 'mutations under the sanitizers' sh tests/mutate.sh
tier 'the suite with each awk' awks
tier 'the suite under Valgrind' valgrinded

echo
awk '/^[0-9]+ passed, [0-9]+ failed/ { passed += $1; failed += $3 }
END {
	printf "%d passed, %d failed\n", passed, failed
	exit failed > 0 || passed == 0
}' $log
