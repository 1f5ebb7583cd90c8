# Dumps that are made here and now, by each Python that is found, the ways in
# which README and the manual tell how.
load lib

PAGE=$ROOT/man/pymallocdiff.1
README=$ROOT/README.md
unset PYTHONMALLOC PYTHONMALLOCSTATS PYTHONDEVMODE PYTHONTRACEMALLOC

snippet() {	# snippet PAGE: the Python that defines dump()
	awk -v has='^def dump' -f "$ROOT/tests/blocks.awk" "$1"
}

# Where each Python is that dumps pymalloc's classes, once for all tests. PyPy
# has no dumps, and a free-threaded build has no classes.
setup_file() {
	local python
	cd "$BATS_FILE_TMPDIR" || return 1
	for python in "$(command -v python3)" \
	    "$HOME"/.pyenv/versions/*/bin/python3; do
		# A shim and the program that it runs are one.
		[ -x "$python" ] && "$python" -c 'import os, sys
print(os.path.realpath(sys.executable))
if sys.version_info >= (3, 6):
    sys._debugmallocstats()' >path 2>dump &&
		    grep -q '^class   size' dump && cat path
	done | sort -u >pythons
}

pythons() {	# in $T/pythons
	cp "$BATS_FILE_TMPDIR/pythons" "$T/pythons"
	[ -s "$T/pythons" ] || skip "no CPython 3.6 or later with pymalloc"
}

# row FILE KEY FIELD: of a CSV report.
row() {
	awk -F , -v key="$2" -v field="$3" '
	NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
	$3 "." $4 "." $5 == key { print $column[field] }' "$1"
}

# grown SIZE NUMBER ARGUMENT...: these dumps differ, without a message, and
# the class that holds objects of SIZE bytes has so many more blocks.
grown() {
	local size=$1 number=$2 got=0 threshold classes class delta
	shift 2
	"${RUN[@]}" "$PMD" -a -f csv "$@" >"$T/csv" 2>"$T/err" || got=$?
	: >"$T/out"
	verify 1 $got "-a -f csv $*"
	threshold=$(row "$T/csv" config.small_block_threshold.value after)
	classes=$(row "$T/csv" config.size_classes.value after)
	class=$((threshold / classes))
	class=$(((size + class - 1) / class * class))
	delta=$(row "$T/csv" "class.$class.blocks_in_use" delta)
	if [ "$delta" -lt "$number" ]; then
		echo "class $class grew by $delta blocks, not by $number"
		return 1
	fi
}

@test "README and the manual have the same snippet" {
	[ -e "$README" ] && snippet "$README" >"$T/out" ||
	    skip "no dump() in README.md"
	snippet "$PAGE" | want_out
	: >"$T/err"
	verify 0 0 "the snippet of README.md"
}

# program: in $T/program.py, the snippet and what uses it. Its arguments are
# how many tuples to keep and the file; it prints their size.
program() {
	[ "$(uname)" = Linux ] || skip "the snippet is for glibc and musl"
	{
		snippet "$README" 2>/dev/null || snippet "$PAGE"
		cat <<'END'

import gc

dump(os.devnull)
gc.collect()
dump(sys.argv[2])
keep = [(i, i, i, i, i) for i in range(int(sys.argv[1]))]
gc.collect()
dump(sys.argv[2])
print(sys.getsizeof((1, 2, 3, 4, 5)))
END
	} >"$T/program.py"
	grep -q '^def dump' "$T/program.py"
}

@test "dump() twice, and 20,000 tuples in between" {
	local python size
	pythons
	program
	while read -r python; do
		echo "$python"
		rm -f "$T/dumps"
		"$python" "$T/program.py" 20000 "$T/dumps" >"$T/size" \
		    2>"$T/err" </dev/null
		read -r size <"$T/size"
		: >"$T/out"
		verify 0 0 "standard error of $python"
		# By chance the interpreter frees an object of its own.
		grown "$size" 19990 "$T/dumps"
	done <"$T/pythons"
}

@test "dump() twice, and nothing in between" {
	local python
	pythons
	program
	while read -r python; do
		echo "$python"
		rm -f "$T/dumps"
		"$python" - "$T/dumps" <<END
$(sed '/^import gc/,$d' "$T/program.py")
dump(os.devnull)
dump(sys.argv[1])
dump(sys.argv[1])
END
		pmd 0 "$T/dumps"
	done <"$T/pythons"
}

@test "a dump is one write" {
	local python
	command -v strace >/dev/null || skip "strace is not here"
	strace -o "$T/trace" true 2>/dev/null || skip "strace may not trace"
	pythons
	program
	while read -r python; do
		echo "$python"
		rm -f "$T/dumps"
		strace -e trace=write -o "$T/trace" \
		    "$python" "$T/program.py" 20 "$T/dumps" >/dev/null
		# One for each dump, with the one to os.devnull, and no other.
		[ "$(grep -c '^write(2, "Small block' "$T/trace")" -eq 3 ]
		[ "$(grep -c '^write(2, ' "$T/trace")" -eq 3 ]
	done <"$T/pythons"
}

# Of the dumps 1 to N of a process, K has counted K - 1 arenas.
@test "PYTHONMALLOCSTATS=1, from the second dump to the last but one" {
	local python dumps size
	pythons
	while read -r python; do
		echo "$python"
		# 3.12.1 crashes when it has printed the last dump.
		PYTHONMALLOCSTATS=1 "$python" -c 'import sys
keep = [(i, i, i, i, i) for i in range(60000)]
print(sys.getsizeof(keep[0]), flush=True)' >"$T/size" 2>"$T/log" || :
		dumps=$(grep -c '^Small block threshold' "$T/log")
		read -r size <"$T/size"
		# The rest was made after the last but one.
		grown "$size" 30000 -s 2:-2 "$T/log"
		[ "$(row "$T/csv" summary.arenas_allocated_total.value \
		    before)" -eq 1 ]
		[ "$(row "$T/csv" summary.arenas_allocated_total.value \
		    after)" -eq $((dumps - 2)) ]
	done <"$T/pythons"
}

@test "python3 -c 'import sys; sys._debugmallocstats()' 2>a.txt" {
	local python size
	pythons
	# It stands in the manual like this.
	sed 's/^\$ //' "$PAGE" | grep -q -F -x -e "$BATS_TEST_DESCRIPTION"
	while read -r python; do
		echo "$python"
		"$python" -c 'import sys; sys._debugmallocstats()' 2>"$T/a.txt"
		size=$("$python" -c 'import sys
keep = [(i, i, i, i, i) for i in range(20000)]
print(sys.getsizeof(keep[0]))
sys._debugmallocstats()' 2>"$T/b.txt")
		# Some tuples are those that the first one has free.
		grown "$size" 19900 "$T/a.txt" "$T/b.txt"
		pmd 0 "$T/a.txt" "$T/a.txt"
	done <"$T/pythons"
}
