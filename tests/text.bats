# The text report, where pymemtrace's example does not show it.
load lib

@test "a unit that differs shows both" {
	cat >"$T/b" <<-'EOF'
	            2 free PyDictObjects * 48 bytes each =                   96
	   5 free 3-sized PyTupleObjects * 48 bytes each =                  240
	           1 free PyFloatObjects * 24 bytes each =                   24
	EOF
	cat >"$T/a" <<-'EOF'
	            2 free PyDictObjects * 64 bytes each =                  128
	            4 free PyListObjects * 40 bytes each =                  160
	   3 free 3-sized PyTupleObjects * 72 bytes each =                  216
	EOF
	cat >"$T/want" <<-'EOF'
	-2 free 3-sized PyTupleObjects * 48->72 bytes each =                  -24
	       +0 free PyDictObjects * 48->64 bytes each =                  +32
	          -1 free PyFloatObjects * 24 bytes each =                  -24
	           +4 free PyListObjects * 40 bytes each =                 +160
	EOF
	want_out "$T/want"
	echo "pymallocdiff: $T/a: warning: different builds:\
 PyTupleObject[3] bytes each 48 -> 72, PyDictObject bytes each 48 -> 64" |
	    want_err
	pmd 1 "$T/b" "$T/a"
}

@test "no rows of config, but a warning: status 1" {

	sed '1s/512, in 32/1024, in 64/' cpython-3.13.0/before.txt >"$T/a"
	echo "pymallocdiff: $T/a: warning: different builds:\
 small_block_threshold 512 -> 1024, size_classes 32 -> 64" | want_err
	pmd 1 cpython-3.13.0/before.txt "$T/a"
}

@test "mimalloc in the summary layout; new and gone count from nothing" {
	want_out <<-'EOF'
	Allocated Blocks                   =             +306,527
	Allocated Bytes                    =          +25,747,896
	Allocated Bytes w/ Overhead        =          +25,747,896
	Bytes Reserved                     =          +26,484,432
	Bytes Committed                    =          +26,453,760
	EOF
	# worked out from the two dumps' own lines
	paste -d: debian-3.15.2/mimalloc-before.txt \
	    debian-3.15.2/mimalloc-after.txt | awk -F: '
	/Bytes|Blocks/ { print $4 - $2 }' >"$T/deltas"
	tr -d '+,' <"$T/want.out" | awk '{ print $NF }' | cmp - "$T/deltas"
	"$PMD" debian-3.15.2/mimalloc-before.txt \
	    debian-3.15.2/mimalloc-after.txt | sed -n 1,5p |
	    cmp - "$T/want.out"
	: >"$T/want.out"
	"$PMD" pyodide-0.26.4/before.txt debian-3.15.2/mimalloc-after.txt \
	    2>/dev/null | sed -n 1,2p >"$T/out" || true
	printf '%-35s= %20s\n' "Allocated Blocks" "+326,261" \
	    "Allocated Bytes" "+28,498,824" | cmp - "$T/out"
}

@test "a class that appears, and the number that it has after" {
	# 32-bit classes are 8 bytes wide: 24 is new, and 32 has another number
	"$PMD" debian-3.11.2-i386/before.txt cpython-3.11.7/before.txt \
	    2>/dev/null >"$T/out" || true
	grep -q '^    1     32  ' "$T/out"
	grep -q '^    2     24  ' "$T/out"
}

@test "groups in their order, set apart by a blank line" {
	local new='# bytes lost to the new thing      =                    5'
	awk -f "$ROOT/tests/log.awk" >"$T/b" <<<'1 0 1 3 7000 5 1000000 200000'
	awk -f "$ROOT/tests/log.awk" <<<'2 0 2 3 7100 6 1100000 260000' |
	    sed "s/^# bytes lost to quantization.*/&\n$new/" >"$T/a"
	# an arena has 64 pools, a pool 126 blocks of 32 bytes and 64 bytes
	# that are lost
	want_out <<-'EOF2'
	class   size   num pools   blocks in use  avail blocks
	-----   ----   ---------   -------------  ------------
	    1     32         +64            +100         +7964

	# arenas allocated total           =                   +1
	# arenas highwater mark            =                   +1
	# arenas allocated current         =                   +1
	+1 arenas * 262144 bytes/arena     =             +262,144

	# bytes in allocated blocks        =               +3,200
	# bytes in available blocks        =             +254,848
	# bytes lost to pool headers       =               +3,072
	# bytes lost to quantization       =               +1,024
	Total                              =             +262,144

	# bytes resident                   =             +100,000
	# bytes in malloc                  =              +60,000

	# bytes lost to the new thing      =                   +5

	           +1 free PyDictObjects * 48 bytes each =                  +48
	EOF2
	echo "pymallocdiff: $T/a: warning: different builds:\
 bytes_lost_to_the_new_thing new" | want_err
	pmd 1 "$T/b" "$T/a"
}

@test "no rows of levels" {
	awk -f "$ROOT/tests/log.awk" >"$T/b" <<<'1 0 1 3 7000 5'
	"$PMD" -a -f csv "$T/b" "$T/b" | grep -q '^1,1,level,live,'
	"$PMD" -a "$T/b" "$T/b" >"$T/out"
	lacks 'live\|held\|needed' "$T/out"
}
