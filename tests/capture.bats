# Dumps that are made here and now, by each Python that is found, in the ways
# that README and the manual show.
load lib

PAGE=$ROOT/man/debugmallocstats.5
README=$ROOT/README.md
unset PYTHONMALLOC PYTHONMALLOCSTATS PYTHONDEVMODE PYTHONTRACEMALLOC

snippet() {	# snippet PATTERN: README's Python with such a line
	awk -v has="$1" -f "$ROOT/tests/blocks.awk" "$README"
}

# Where a Python may be that dumps pymalloc's classes.
places() {
	type -a -p python3
	printf '%s\n' /usr/bin/python3.{6..20} /usr/local/bin/python3.{6..20} \
	    "$HOME"/.pyenv/versions/*/bin/python3 /opt/python/*/bin/python3 \
	    /opt/hostedtoolcache/Python/*/*/bin/python3
}

# Each of them, once for all tests. PyPy has no dumps, a free-threaded build
# has no classes, and a small one may lack ctypes.
setup_file() {
	local python
	cd "$BATS_FILE_TMPDIR" || return 1
	while read -r python; do
		# A shim and the program that it runs are one.
		[ -x "$python" ] && "$python" -c 'import ctypes, os, sys
print(os.path.realpath(sys.executable))
if sys.version_info >= (3, 6):
    sys._debugmallocstats()' >path 2>dump </dev/null &&
		    grep -q '^class   size' dump && cat path
	done < <(places) | sort -u >pythons
	[ "$(uname)" != Linux ] || capture
}

# What the tests of dump() look at: for each Python a folder with the files
# of one program. It runs under strace where that may trace.
capture() {
	local python dir trace=()
	snippet '^def dump' >snippet
	! strace -o /dev/null true 2>/dev/null ||
	    trace=(strace -e trace=write -o trace)
	cat snippet - >program.py <<'END'

import gc

gc.disable()
dump(os.devnull)
dump(os.devnull)
dump("nothing")
dump("nothing")
gc.collect()
dump("tuples")
keep = [(i, i, i, i, i) for i in range(20000)]
gc.collect()
dump("tuples")
print(sys.getsizeof(keep[0]))

dump("native")
native = b"x" * (8 << 20)
dump("native")
print(*[label for label, value in process()], sep="\n")

descriptors = len(os.listdir("/proc/self/fd"))
stats = sys._debugmallocstats
def fails():
    stats()
    raise RuntimeError
for sys._debugmallocstats, path in (fails, "fails"), (stats, "no/such"):
    try:
        dump(path)
    except (RuntimeError, OSError) as error:
        print(type(error).__name__)
    os.write(2, b"Python\n")
    libc.fputs(b"C\n", stderr)
assert len(os.listdir("/proc/self/fd")) == descriptors
END
	while read -r python; do
		dir=captured$python
		mkdir -p "$dir"
		(
			cd "$dir"
			"${trace[@]}" "$python" "$BATS_FILE_TMPDIR/program.py" \
			    >out 2>err </dev/null
			echo $? >status
		) || :
	done <pythons
}

pythons() {	# in $T/pythons
	cp "$BATS_FILE_TMPDIR/pythons" "$T/pythons"
	[ -s "$T/pythons" ] || skip "no CPython 3.6 or later with pymalloc"
}

captured() {	# in $T/captured, the folders with what dump() wrote
	pythons
	[ "$(uname)" = Linux ] || skip "dump() has been tried on Linux only"
	sed "s,^,$BATS_FILE_TMPDIR/captured," "$T/pythons" >"$T/captured"
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

@test "dump() twice, and 20,000 tuples in between" {
	local dir size
	captured
	while read -r dir; do
		echo "$dir"
		read -r size <"$dir/out"
		# By chance the interpreter frees an object of its own.
		grown "$size" 19990 "$dir/tuples"
	done <"$T/captured"
}

# But for the lines of the process, which the kernel and malloc count.
@test "dump() twice, and nothing in between" {
	local dir
	captured
	while read -r dir; do
		echo "$dir"
		sed '/^# bytes resident /d; /^# bytes in malloc /d' \
		    "$dir/nothing" >"$T/dumps"
		pmd 0 "$T/dumps"
	done <"$T/captured"
}

# As printone would print them; 8 MiB were taken from malloc and written.
@test "behind a dump stand the lines of the process" {
	local dir
	captured
	while read -r dir; do
		echo "$dir"
		grep '^#' "$dir/out" >"$T/labels"
		grep -q '^# bytes resident$' "$T/labels"
		awk -v labels="$T/labels" '
		BEGIN {
			while ((getline line <labels) > 0)
				label[++n] = line
			digits = "[0-9][0-9]?[0-9]?(,[0-9][0-9][0-9])*"
		}
		/^Small block/ { dump++; at = 1 }
		index($0, label[at] " ") == 1 {
			if (length($0) != 57 ||
			    substr($0, 36) !~ "^= *" digits "$")
				print "not as printone prints: " $0
			gsub(/[^0-9]/, "")
			grown = $0 - before[at]
			if (dump == 2 && (grown < 8e6 || grown > 10e6))
				print label[at] " has grown by " grown
			before[at++] = $0
			next
		}
		at > 1 { print "behind the lines of the process: " $0 }
		END { print dump + 0, at - n }' \
		    "$dir/native" >"$T/out"
		echo "2 1" | want_out
		: >"$T/err"
		verify 0 0 "$dir/native"
	done <"$T/captured"
}

@test "dump() fails, and standard error is as it was" {
	local dir
	captured
	while read -r dir; do
		printf 'Python\nC\nPython\nC\n' | want_out
		cp "$dir/err" "$T/out"
		: >"$T/err"
		verify 0 "$(cat "$dir/status")" "$dir"
		tail -n 2 "$dir/out" >"$T/out"
		printf 'RuntimeError\nFileNotFoundError\n' | want_out
		verify 0 0 "$dir/out"
	done <"$T/captured"
}

@test "a dump is one write" {
	local dir
	captured
	while read -r dir; do
		echo "$dir"
		[ -e "$dir/trace" ] || skip "strace is not here, or may not trace"
		# Nine dumps, with two to os.devnull and one that failed, and
		# the four lines behind.
		[ "$(grep -c '^write(2, "Small block' "$dir/trace")" -eq 9 ]
		[ "$(grep -c '^write(2, ' "$dir/trace")" -eq 13 ]
	done <"$T/captured"
}

@test "dump() before and after what is suspected" {
	local python size
	captured
	cd "$T"
	{
		snippet '^def dump'
		printf '%s\n' 'keep = []' 'def serve(n):' \
		    '    keep.extend((i, i, i, i, i) for i in range(n))'
		snippet '^serve'
		echo 'print(sys.getsizeof(keep[0]))'
	} >suspect.py
	while read -r python; do
		rm -f app.dumps
		size=$("$python" suspect.py)
		# The first of them may take what is free already.
		grown "$size" 900 app.dumps
		[ "$(grep -c '^Small block' app.dumps)" -eq 2 ]
	done <pythons
}

@test "a dump every minute, with minutes of 10 ms" {
	local python
	captured
	cd "$T"
	{
		snippet '^def dump'
		snippet '^def every_minute' | sed 's/sleep(60)/sleep(0.01)/'
		cat <<'END'

path = "dumps.%d" % os.getpid()
for i in range(1000):
    time.sleep(0.01)
    if os.path.exists(path) and open(path).read().count("Small") > 2:
        break
END
	} >minute.py
	[ "$(grep -c 'sleep(0.01)$' minute.py)" -eq 2 ]
	while read -r python; do
		rm -f dumps.*
		"$python" minute.py >out 2>err </dev/null
		verify 0 0 "$python"
		[ "$(grep -c '^Small block' dumps.*)" -ge 3 ]
		# 0 or 1: each of them is whole.
		"${RUN[@]}" "$PMD" -e -q dumps.* || [ $? -eq 1 ]
	done <pythons
}

# Of the dumps 1 to N of a process, K has counted K - 1 arenas. The first one
# is empty, and the last one was printed at exit: neither is compared.
@test "PYTHONMALLOCSTATS=1, without the first dump and the one at exit" {
	local python dumps size at_exit
	pythons
	while read -r python; do
		echo "$python"
		at_exit=1
		PYTHONMALLOCSTATS=1 "$python" -c 'import sys
keep = [(i, i, i, i, i) for i in range(60000)]
print(sys.getsizeof(keep[0]), flush=True)' >"$T/size" 2>"$T/log" ||
		    at_exit=0	# 3.12.0 to 3.12.3 crash at exit
		dumps=$(grep -c '^Small block threshold' "$T/log")
		read -r size <"$T/size"
		# The rest was made after the last but one.
		grown "$size" 30000 "$T/log"
		[ "$(row "$T/csv" summary.arenas_allocated_total.value \
		    before)" -eq 1 ]
		[ "$(row "$T/csv" summary.arenas_allocated_total.value \
		    after)" -eq $((dumps - 1 - at_exit)) ]
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
