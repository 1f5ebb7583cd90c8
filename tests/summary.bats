# The summary: each word's report byte for byte, and what stands between
# verdict and levels. The dumps are forge.awk's: a pool has 4,096 bytes, 48
# for its header, and room for 63 blocks of 64 bytes, which leaves 16; an
# arena has 64 pools.
load lib

forge() {
	awk -f "$BATS_TEST_DIRNAME/forge.awk" "$@"
}

# apart STATUS LINE LINE: the report of dumps of these lines of forge.awk in
# two inputs.
apart() {
	forge <<<"$2" >"$T/before"
	forge <<<"$3" >"$T/after"
	pmd "$1" -f summary "$T/before" "$T/after"
}

# together STATUS LINE LINE: the same in one input.
together() {
	printf '%s\n' "$2" "$3" | forge >"$T/one"
	pmd "$1" -f summary "$T/one"
}

# log STATUS 'STATEMENTS': of a log of 25 dumps, each from an awk expression
# of i. Dump 0 is start-up, the quarters are dumps 1 to 6, 7 to 12, 13 to 18
# and 19 to 24.
log() {
	awk "BEGIN { for (i = 0; i < 25; i++) { $2 } }" | forge >"$T/log"
	pmd "$1" -f summary "$T/log"
}

# lines FILE...: the report, without its blank lines.
lines() {
	"${RUN[@]}" "$PMD" -f summary "$@" >"$T/lines" 2>/dev/null || [ $? -eq 1 ]
	grep . "$T/lines"
}

# After: live 8064 * 64 + 1000 * 32, available 260 * 32, unused 320 - 138
# pools, overhead 138 pools of 48 + 16 bytes; 136 pools would do, so 3 arenas.
# 1000 of 1260 blocks are 79 %.
@test "growth, in full" {
	want_out <<-'EOF'
	growth: live memory is 290,048 bytes higher
	A leak, a cache or more work: 12 or more dumps of one process tell which.

	                            before             after            change   percent
	bytes held                 786,432         1,310,720          +524,288     66.7%
	  live                     258,048           548,096          +290,048    112.4%
	    free lists                 480               960              +480    100.0%
	  available                      0             8,320            +8,320
	  unused pools             524,288           745,472          +221,184     42.2%
	  overhead                   4,096             8,832            +4,736    115.6%
	bytes needed               262,144           786,432          +524,288    200.0%
	arenas                           3                 5                +2     66.7%
	arenas needed                    1                 3                +2    200.0%
	high-water mark                  3                 5                +2     66.7%

	size              pools          blocks in use          fill   change in bytes
	  64      64 ->     128      4032 ->      8064  100% -> 100%          +258,048
	  32       0 ->      10         0 ->      1000     - ->  79%           +32,000

	These dumps show neither blocks over 512 bytes nor C libraries.
	EOF
	apart 1 'arenas=3 64=4032 lists=10' 'arenas=5 64=8064 32=1000/10 lists=20'
}

# Before 131 pools hold 8253 blocks, after 261 hold 16443: 61 and 60 blocks of
# 64 are available. 131 pools need 3 arenas, 261 need 5.
@test "fragmentation, in full" {
	want_out <<-'EOF'
	fragmentation: 8 arenas are held, 5 would be enough
	A few live blocks keep each arena.
	Python reuses the gaps, but cannot give them back.

	                            before             after            change   percent
	bytes held               1,048,576         2,097,152        +1,048,576    100.0%
	  live                     524,288         1,048,512          +524,224    100.0%
	    free lists                   0                 0                +0
	  available                  3,904             3,840               -64     -1.6%
	  unused pools             512,000         1,028,096          +516,096    100.8%
	  overhead                   8,384            16,704            +8,320     99.2%
	bytes needed               786,432         1,310,720          +524,288     66.7%
	arenas                           4                 8                +4    100.0%
	arenas needed                    3                 5                +2     66.7%
	high-water mark                  4                 8                +4    100.0%

	size              pools          blocks in use          fill   change in bytes
	  64     131 ->     261      8192 ->     16383   99% ->  99%          +524,224

	These dumps show neither blocks over 512 bytes nor C libraries.
	EOF
	apart 1 'arenas=4 64=8192' 'arenas=8 64=16383'
}

# Of 64 pools 32 blocks are free after; 320 and 192 pools less these 64 are
# unused.
@test "less, in full" {
	want_out <<-'EOF'
	less: 524,288 bytes less are held

	                            before             after            change   percent
	bytes held               1,310,720           786,432          -524,288    -40.0%
	  live                     258,048           256,000            -2,048     -0.8%
	    free lists                   0                 0                +0
	  available                      0             2,048            +2,048
	  unused pools           1,048,576           524,288          -524,288    -50.0%
	  overhead                   4,096             4,096                +0      0.0%
	bytes needed               262,144           262,144                +0      0.0%
	arenas                           5                 3                -2    -40.0%
	arenas needed                    1                 1                +0      0.0%
	high-water mark                  5                 3                -2    -40.0%

	size              pools          blocks in use          fill   change in bytes
	  64      64 ->      64      4032 ->      4000  100% ->  99%            -2,048

	These dumps show neither blocks over 512 bytes nor C libraries.
	EOF
	apart 1 'arenas=5 64=4032' 'arenas=3 64=4000'
}

# The same, in one input.
@test "returned, in full: the peak is the high-water mark, which rose" {
	want_out <<-'EOF'
	returned: a peak of 7 arenas is over, 3 are held

	                            before             after            change   percent
	bytes held               1,310,720           786,432          -524,288    -40.0%
	  live                     258,048           256,000            -2,048     -0.8%
	    free lists                   0                 0                +0
	  available                      0             2,048            +2,048
	  unused pools           1,048,576           524,288          -524,288    -50.0%
	  overhead                   4,096             4,096                +0      0.0%
	bytes needed               262,144           262,144                +0      0.0%
	arenas                           5                 3                -2    -40.0%
	arenas needed                    1                 1                +0      0.0%
	high-water mark                  5                 7                +2     40.0%

	size              pools          blocks in use          fill   change in bytes
	  64      64 ->      64      4032 ->      4000  100% ->  99%            -2,048

	These dumps show neither blocks over 512 bytes nor C libraries.
	EOF
	together 1 'arenas=5 64=4032' 'arenas=3 highwater=7 64=4000'
}

# 64 and 128 pools are all that one and two arenas have.
@test "at-peak, in full" {
	want_out <<-'EOF'
	at-peak: every dump was taken because memory was full
	They show what fills memory, not whether it leaks:
	take dumps at even intervals instead.

	                            before             after            change   percent
	bytes held                 262,144           524,288          +262,144    100.0%
	  live                     258,048           516,096          +258,048    100.0%
	  available                      0                 0                +0
	  unused pools                   0                 0                +0
	  overhead                   4,096             8,192            +4,096    100.0%
	bytes needed               262,144           524,288          +262,144    100.0%
	arenas                           1                 2                +1    100.0%
	arenas needed                    1                 2                +1    100.0%
	high-water mark                  1                 2                +1    100.0%

	size              pools          blocks in use          fill   change in bytes
	  64      64 ->     128      4032 ->      8064  100% -> 100%          +258,048

	These dumps show neither blocks over 512 bytes nor C libraries.
	EOF
	together 1 'lists=none arenas=1 64=4032' 'lists=none arenas=2 64=8064'
}

# The levels are the dumps' own; overhead is headers, quantization and
# alignment. The 80-byte class moved most: 51 blocks are 4,080 bytes; 1334 of
# 2000 blocks are 66.7 %, 1385 of 2050 are 67.6 %.
@test "steady, in full, of a real pair" {
	want_out <<-'EOF'
	steady: live memory shows no lasting growth

	                            before             after            change   percent
	bytes held               5,505,024         5,505,024                +0      0.0%
	  live                   3,366,656         3,386,560           +19,904      0.6%
	    free lists              25,800            25,896               +96      0.4%
	  available              1,679,104         1,675,296            -3,808     -0.2%
	  unused pools             176,128           159,744           -16,384     -9.3%
	  overhead                 283,136           283,424              +288      0.1%
	bytes needed             3,670,016         3,670,016                +0      0.0%
	arenas                          21                21                +0      0.0%
	arenas needed                   14                14                +0      0.0%
	high-water mark                 21                21                +0      0.0%

	size              pools          blocks in use          fill   change in bytes
	  80      40 ->      41      1334 ->      1385   66% ->  67%            +4,080
	  96      40 ->      42      1120 ->      1154   66% ->  65%            +3,264
	  64      40 ->      40      1680 ->      1713   66% ->  68%            +2,112
	  32      40 ->      41      3360 ->      3412   66% ->  66%            +1,664
	 480      40 ->      40       214 ->       217   66% ->  67%            +1,440
	 448      40 ->      40       240 ->       243   66% ->  67%            +1,344
	 432      40 ->      40       240 ->       243   66% ->  67%            +1,296
	 416      40 ->      40       240 ->       243   66% ->  67%            +1,248
	  48      40 ->      40      2240 ->      2257   66% ->  67%              +816
	 304      40 ->      40       347 ->       349   66% ->  67%              +608

	These dumps show neither blocks over 512 bytes nor C libraries.
	EOF
	pmd 1 -f summary pairs/documented-before.txt pairs/documented-after.txt
}

# The lowest dumps of the quarters are 1, 7, 13 and 19. In half the log, 12
# dumps, the class of 64 grows by 607 blocks, 50.6 a dump, or 607 * 64 / 12 =
# 3,237 bytes; the others by 12 steps. The sixth class, of 256 bytes, is not
# named, but its 768 bytes are in the sum: (518,192 - 379,312) / 12 = 11,573.
@test "leak, in full" {
	want_out <<-'EOF'
	leak: live memory keeps growing, about 11,573 bytes per dump (25 dumps)
	Or a cache without a limit. Look for what fills these size classes:
	size    blocks per dump     bytes per dump
	  64               50.6              3,237
	  32              100.0              3,200
	  96               20.0              1,920
	 128               11.0              1,408
	  16               65.0              1,040
	lowest in each quarter       310,096       379,312       448,528       518,192

	                            before             after            change   percent
	bytes held               1,048,576         1,048,576                +0      0.0%
	  live                     298,560           575,872          +277,312     92.9%
	    free lists                   0                 0                +0
	  available                  7,056            10,544            +3,488     49.4%
	  unused pools             737,280           450,560          -286,720    -38.9%
	  overhead                   5,680            11,600            +5,920    104.2%
	bytes needed               524,288           786,432          +262,144     50.0%
	arenas                           4                 4                +0      0.0%
	arenas needed                    2                 3                +1     50.0%
	high-water mark                  4                 4                +0      0.0%

	size              pools          blocks in use          fill   change in bytes
	  64      32 ->      51      2000 ->      3207   99% ->  99%           +77,248
	  32       8 ->      27      1000 ->      3400   99% ->  99%           +76,800
	  96      24 ->      36      1000 ->      1480   99% ->  97%           +46,080
	 128      10 ->      19       300 ->       564   96% ->  95%           +33,792
	  16       1 ->       7       100 ->      1660   39% ->  93%           +24,960
	 256       1 ->       6        10 ->        82   66% ->  91%           +18,432

	These dumps show neither blocks over 512 bytes nor C libraries.
	EOF
	log 1 'print "arenas=4 64=" 2000 + 50 * i + (i < 19 ? 0 : 7), "32=" 1000 + 100 * i,
	    "16=" 100 + 65 * i, "96=" 1000 + 20 * i, "128=" 300 + 11 * i, "256=" 10 + 3 * i'
}

# The program kept the same of each session.
@test "leak: the same per dump, however long the log" {
	local n
	for n in 12 13 14 15 16 17; do
		awk -v n=$n '/^Small block threshold/ { d++ } d <= n' \
		    soak/leak.log >"$T/log"
		lines "$T/log" | sed -n '1p; 4,6p' | diff - - <<-EOF
		leak: live memory keeps growing, about 256,000 bytes per dump ($n dumps)
		  64            2,000.0            128,000
		  96            1,000.0             96,000
		  32            1,000.0             32,000
		EOF
	done
}

# 600 blocks more in the third quarter, 257 in the fourth: 1000 + 24 * 100 +
# 257 - 600 are 3057.
@test "slowing, in full" {
	want_out <<-'EOF'
	slowing: live memory still grows, but slower (25 dumps)
	A cache that is filling, or less work. More dumps will tell.

	                            before             after            change   percent
	bytes held                 262,144           262,144                +0      0.0%
	  live                      64,000           195,648          +131,648    205.7%
	    free lists                   0                 0                +0
	  available                    512             1,920            +1,408    275.0%
	  unused pools             196,608            61,440          -135,168    -68.8%
	  overhead                   1,024             3,136            +2,112    206.3%
	bytes needed               262,144           262,144                +0      0.0%
	arenas                           1                 1                +0      0.0%
	arenas needed                    1                 1                +0      0.0%
	high-water mark                  1                 1                +0      0.0%

	size              pools          blocks in use          fill   change in bytes
	  64      16 ->      49      1000 ->      3057   99% ->  99%          +131,648

	These dumps show neither blocks over 512 bytes nor C libraries.
	EOF
	log 1 'b = 1000 + 100 * i; if (i >= 19) b += 257 - 600; print "arenas=1 64=" b'
}

# 257 blocks of 64 bytes are 16,448; 16 and 20 pools of 64.
@test "levelled, in full" {
	want_out <<-'EOF'
	levelled: live memory grew, and has stopped (25 dumps)
	As a cache that is full, or start-up that is over.

	                            before             after            change   percent
	bytes held                 262,144           262,144                +0      0.0%
	  live                      64,000            80,448           +16,448     25.7%
	    free lists                   0                 0                +0
	  available                    512               192              -320    -62.5%
	  unused pools             196,608           180,224           -16,384     -8.3%
	  overhead                   1,024             1,280              +256     25.0%
	bytes needed               262,144           262,144                +0      0.0%
	arenas                           1                 1                +0      0.0%
	arenas needed                    1                 1                +0      0.0%
	high-water mark                  1                 1                +0      0.0%

	size              pools          blocks in use          fill   change in bytes
	  64      16 ->      20      1000 ->      1257   99% ->  99%           +16,448

	These dumps show neither blocks over 512 bytes nor C libraries.
	EOF
	log 1 'print "arenas=1 64=" (i ? 1257 : 1000)'
}

# The last two dumps are 257 blocks of 64 bytes above the first half.
@test "growth of a log, in full: it ends too early" {
	want_out <<-'EOF'
	growth: live memory is 16,448 bytes higher
	The log ends too early to tell a leak from a cache.

	                            before             after            change   percent
	bytes held                 262,144           262,144                +0      0.0%
	  live                      64,000            80,448           +16,448     25.7%
	    free lists                   0                 0                +0
	  available                    512               192              -320    -62.5%
	  unused pools             196,608           180,224           -16,384     -8.3%
	  overhead                   1,024             1,280              +256     25.0%
	bytes needed               262,144           262,144                +0      0.0%
	arenas                           1                 1                +0      0.0%
	arenas needed                    1                 1                +0      0.0%
	high-water mark                  1                 1                +0      0.0%

	size              pools          blocks in use          fill   change in bytes
	  64      16 ->      20      1000 ->      1257   99% ->  99%           +16,448

	These dumps show neither blocks over 512 bytes nor C libraries.
	EOF
	log 1 'print "arenas=1 64=" (i >= 23 ? 1257 : 1000)'
}

# 254 pools of 64, 16,002 blocks, need four arenas.
@test "fragmentation of a log, in full: no class moved" {
	want_out <<-'EOF'
	fragmentation: 6 arenas are held, 4 would be enough
	A few live blocks keep each arena.
	Python reuses the gaps, but cannot give them back.

	                            before             after            change   percent
	bytes held               1,048,576         1,572,864          +524,288     50.0%
	  live                   1,024,000         1,024,000                +0      0.0%
	    free lists                   0                 0                +0
	  available                    128               128                +0      0.0%
	  unused pools               8,192           532,480          +524,288   6400.0%
	  overhead                  16,256            16,256                +0      0.0%
	bytes needed             1,048,576         1,048,576                +0      0.0%
	arenas                           4                 6                +2     50.0%
	arenas needed                    4                 4                +0      0.0%
	high-water mark                  4                 6                +2     50.0%

	These dumps show neither blocks over 512 bytes nor C libraries.
	EOF
	log 1 'print "arenas=" (i ? 6 : 4), "64=16000"'
}

# 508 pools need eight arenas; the peak in between is 10 arenas.
@test "returned, of a log, in full: the peak is the most that was held" {
	want_out <<-'EOF'
	returned: a peak of 10 arenas is over, 8 are held

	                            before             after            change   percent
	bytes held               2,097,152         2,097,152                +0      0.0%
	  live                   2,048,000         2,048,000                +0      0.0%
	    free lists                   0                 0                +0
	  available                    256               256                +0      0.0%
	  unused pools              16,384            16,384                +0      0.0%
	  overhead                  32,512            32,512                +0      0.0%
	bytes needed             2,097,152         2,097,152                +0      0.0%
	arenas                           8                 8                +0      0.0%
	arenas needed                    8                 8                +0      0.0%
	high-water mark                  8                10                +2     25.0%

	These dumps show neither blocks over 512 bytes nor C libraries.
	EOF
	log 1 'print "64=" (i == 10 ? 40001 : 32000), "arenas=" (i == 10 ? 10 : 8)'
}

# The second quarter begins with 20,000,000 + 7 * 20,000, the last one is 12
# dumps later.
@test "steady, but with growth outside, in full" {
	want_out <<-'EOF'
	steady: live memory shows no lasting growth
	But memory outside pymalloc grew by 240,000 bytes:
	blocks over 512 bytes, or C libraries. Try memray or tracemalloc.

	                            before             after            change   percent
	bytes held                 262,144           262,144                +0      0.0%
	  live                      64,000            64,000                +0      0.0%
	    free lists                   0                 0                +0
	  available                    512               512                +0      0.0%
	  unused pools             196,608           196,608                +0      0.0%
	  overhead                   1,024             1,024                +0      0.0%
	bytes needed               262,144           262,144                +0      0.0%
	arenas                           1                 1                +0      0.0%
	arenas needed                    1                 1                +0      0.0%
	high-water mark                  1                 1                +0      0.0%
	bytes in malloc         20,000,000        20,480,000          +480,000      2.4%

	Blocks over 512 bytes and C libraries show only in malloc and resident bytes.
	EOF
	log 1 'print "arenas=1 64=1000 malloc=" 20000000 + 20000 * i'
}

# Free lists are all that these dumps have.
@test "none, in full" {
	want_out <<-'EOF'
	none: the dumps do not both say what is held and live

	                            before             after            change   percent
	    free lists                   0             9,344            +9,344

	These dumps show free lists alone.
	EOF
	pmd 1 -f summary pyodide-0.26.4/before.txt pyodide-0.26.4/after.txt
}

@test "not measured, in full" {
	want_out <<-'EOF'
	not measured: this build reports no memory use (free-threaded Python)

	                            before             after            change   percent
	    free lists                   0                88               +88

	These dumps show neither the heaps of other threads nor C libraries.
	EOF
	want_err <<-'EOF'
	pymallocdiff: source-3.13.5t/before.txt:1: warning: this build reports no memory use: all five mimalloc values are 0 (free-threaded Python)
	pymallocdiff: source-3.13.5t/after.txt:1: warning: this build reports no memory use: all five mimalloc values are 0 (free-threaded Python)
	EOF
	pmd 1 -f summary source-3.13.5t/before.txt source-3.13.5t/after.txt
}

@test "growth of mimalloc, in full: it has no arenas" {
	want_out <<-'EOF'
	growth: live memory is 25,500,504 bytes higher
	A leak, a cache or more work: 12 or more dumps of one process tell which.

	                            before             after            change   percent
	bytes held               3,068,320        29,264,512       +26,196,192    853.8%
	  live                   2,601,696        28,102,200       +25,500,504    980.1%
	    free lists                   0            13,072           +13,072

	These dumps show neither the heaps of other threads nor C libraries.
	EOF
	pmd 1 -f summary debian-3.14.10/mimalloc-before.txt debian-3.14.10/mimalloc-after.txt
}

# first: the first line of a report.
first() {
	"${RUN[@]}" "$PMD" -f summary "$@" 2>/dev/null | head -n 1
}

@test "returned: the peak is what was held before, if the high-water mark did not rise" {
	printf '%s\n' 'arenas=5 highwater=7 64=4032' 'arenas=3 64=4000' | forge >"$T/one"
	[ "$(first "$T/one")" = 'returned: a peak of 5 arenas is over, 3 are held' ]
	printf '%s\n' 'arenas=5 64=4032' 'arenas=1 64=4032' | forge >"$T/one"
	[ "$(first "$T/one")" = 'returned: a peak of 5 arenas is over, 1 are held' ]
}

# mimalloc HELD LIVE: a dump.
mimalloc() {
	cat <<-EOF
	Small block threshold = 8192, in 73 size classes.
	Medium block threshold = 65536
	Large object max size = 16777216
	    Allocated Blocks: 1
	    Allocated Bytes: $2
	    Allocated Bytes w/ Overhead: $2
	    Bytes Reserved: 9000000000
	    Bytes Committed: $1
	EOF
}

@test "mimalloc: bytes where others have arenas" {
	mimalloc 9000000 5000 >"$T/before"
	mimalloc 7000000 5000 >"$T/after"
	cat "$T/before" "$T/after" >"$T/one"
	[ "$(first "$T/one")" = 'returned: 2,000,000 bytes less are held' ]
	[ "$(first "$T/before" "$T/after")" = 'less: 2,000,000 bytes less are held' ]
}

# Memory outside pymalloc.

# outside BYTES FILE...: the report says that it grew by so much; '' for
# nothing.
outside() {
	local want=$1 report grew=
	shift
	"${RUN[@]}" "$PMD" -f summary "$@" >"$T/out" 2>/dev/null || [ $? -eq 1 ]
	report=$(<"$T/out")
	[[ ! $report =~ "But memory outside pymalloc grew by "([0-9,]*)" bytes:" ]] ||
	    grew=${BASH_REMATCH[1]//,/}
	[ "$grew" = "$want" ] || {
		echo "grew by $grew, expected $want"
		return 1
	}
}

# grew BYTES FIELDS FIELDS: of dumps with these fields, in one input and in
# two.
grew() {
	local dumps
	printf '%s\n' "64=1000 $2" "64=1000 $3" | forge >"$T/one"
	dumps=$(<"$T/one")
	printf '%s\n' "${dumps%Small block*}" >"$T/before"
	printf '%s\n' "Small block${dumps##*Small block}" >"$T/after"
	outside "$1" "$T/one" && outside "$1" "$T/before" "$T/after" || {
		echo "$*"
		return 1
	}
}

@test "growth outside pymalloc: more than 128 KiB, and more than 1 %" {
	grew '' malloc=1000000 malloc=1131072
	grew 131073 malloc=1000000 malloc=1131073
	grew '' malloc=20000000 malloc=20200000
	grew 200001 malloc=20000000 malloc=20200001
	grew '' malloc=20000000 malloc=19000000
	grew 131073 malloc=0 malloc=131073
}

# One arena of 262,144 bytes more is held.
@test "growth outside pymalloc: bytes in malloc, or what is resident less what is held" {
	grew '' 'arenas=1 resident=5000000' 'arenas=2 resident=5393216'
	grew 131073 'arenas=1 resident=5000000' 'arenas=2 resident=5393217'
	grew 131073 'arenas=2 resident=5000000' 'arenas=1 resident=4868929'
	# less is resident than is held
	grew 150000 'arenas=9 resident=2000000' 'arenas=9 resident=2150000'
	grew '' 'malloc=5 resident=5000000' 'malloc=5 resident=9000000'
	grew 131073 'malloc=5 resident=5000000' 'malloc=131078 resident=5000000'
	grew 4000000 'resident=5000000' 'malloc=5 resident=9000000'
	grew 4000000 'malloc=5 resident=5000000' 'resident=9000000'
	grew '' 'malloc=5' 'resident=9000000'
	grew '' 'malloc=5 resident=5000000' ''
}

@test "growth outside pymalloc is told where nothing else is" {
	grew '' 'malloc=5' '32=8000 malloc=9000005'
	grew '' 'arenas=9 malloc=5' 'arenas=1 malloc=9000005'
	grew '' 'arenas=1 malloc=5' 'arenas=9 malloc=9000005'
	grew 9000000 'malloc=5' 'malloc=9000005'
}

# log_grew BYTES 'STATEMENTS' [N]: the same of a log of N dumps (25); x is to
# be set.
log_grew() {
	awk -v n="${3:-25}" "BEGIN { for (i = 0; i < n; i++) { $2; print \"64=1000\", x } }" |
	    forge >"$T/log"
	outside "$1" "$T/log" || {
		echo "$*"
		return 1
	}
}

@test "growth outside pymalloc, in a log: from the least of the second quarter to the last's" {
	log_grew '' 'x = "malloc=" (i < 19 ? 1000000 : 1131072)'
	log_grew 131073 'x = "malloc=" (i < 19 ? 1000000 : 1131073)'
	log_grew '' 'x = "malloc=" (i < 19 ? 20000000 : 20200000)'
	log_grew 200001 'x = "malloc=" (i < 19 ? 20000000 : 20200001)'
	# one dump of a quarter is lower
	log_grew '' 'x = "malloc=" (i < 19 || i == 24 ? 1000000 : 9000000)'
	log_grew 8000001 'x = "malloc=" (i == 7 ? 999999 : i < 19 ? 1000000 : 9000000)'
	# start-up, the first and the third quarter do not matter
	log_grew '' 'x = "malloc=" (i < 7 ? 1000000 : 9000000)'
	log_grew '' 'x = "malloc=" (i > 12 && i < 19 ? 1000000 : 9000000)'
}

@test "growth outside pymalloc, in a log: each dump of a run of two counts" {
	local s='y = i < 97 ? 1000000 : 9000000; if (i == D) y = 500000;'
	log_grew 8000000 "D = -1; $s x = \"malloc=\" y" 129
	log_grew 8500000 "D = 39; $s x = \"malloc=\" y" 129
	log_grew 8500000 "D = 40; $s x = \"malloc=\" y" 129
	log_grew 8500000 "D = 40; $s x = \"resident=\" y" 129
	log_grew '' "D = 110; $s x = \"malloc=\" y" 129
	log_grew '' "D = 110; $s x = \"resident=\" y" 129
	log_grew '' "$s x = i == 40 ? \"\" : \"malloc=\" y" 129
}

@test "growth outside pymalloc, in a log: each dump of the the two quarters tells it" {
	local s='x = "resident=" (i < 19 ? 5000000 : 6000000)'
	log_grew 1000000 "$s"
	log_grew '' "$s; x = x \" malloc=5\""
	log_grew '' "$s; if (i >= 7) x = x \" malloc=5\""
	log_grew '' "$s; if (i < 13 || i > 18) x = x \" malloc=5\""
	log_grew 1000000 "$s; if (i != 7) x = x \" malloc=5\""
	log_grew 1000000 "$s; if (i != 24) x = x \" malloc=5\""
	log_grew '' "$s; if (i == 12) x = \"malloc=5\""
	log_grew '' "$s; if (i == 19) x = \"\""
	# an arena more is held in the last quarter
	log_grew 737856 "$s; x = x \" arenas=\" (i < 19 ? 1 : 2)"
}

# What else can be the cause. notes FILE...: the lines between the verdict,
# which here is one line, and the levels.
notes() {
	"${RUN[@]}" "$PMD" -F -f summary "$@" 2>/dev/null | awk '
	/^ *before  *after/ { exit }
	NR > 1 && NF'
}

@test "a damaged dump is named before the levels" {
	local before=pairs/documented-before.txt after=pairs/documented-after.txt
	sed 's/^Total .*/Total                              =            9,505,024/' $before >"$T/before"
	sed 's/^Total .*/Total                              =            9,505,024/' $after >"$T/after"
	[ -z "$(notes $before $after)" ]
	[ "$(notes "$T/before" $after)" = 'The dump before is damaged: do not rely on its numbers.' ]
	[ "$(notes $before "$T/after")" = 'The dump after is damaged: do not rely on its numbers.' ]
	[ "$(notes "$T/before" "$T/after")" = 'Both dumps are damaged: do not rely on their numbers.' ]
	# without -F as well, and the status says so
	local s=0
	"${RUN[@]}" "$PMD" -f summary $before "$T/after" >"$T/out" 2>/dev/null || s=$?
	[ $s -eq 2 ]
	grep -q '^The dump after is damaged' "$T/out"
	# what is cut off is no sign of another build
	sed 44q $before >"$T/cut"
	[ "$(notes "$T/cut" $after)" = 'The dump before is damaged: do not rely on its numbers.' ]
}

@test "another build, and another size of free objects, are named before the levels" {
	local build='Two builds or allocators are compared: that alone may explain a change.'
	local unit='The "bytes each" of some free lists differ: that alone is no leak.'
	notes cpython-3.8.18/before.txt cpython-3.8.18/before.txt >"$T/got"
	cmp /dev/null "$T/got"
	notes debian-2.7.18-dbg/before.txt debian-2.7.18-dbg/before.txt >"$T/got"
	cmp /dev/null "$T/got"
	notes cpython-3.8.18/before.txt debian-3.14.10/mimalloc-before.txt >"$T/got"
	grep -q "^$build" "$T/got"
	notes cpython-3.8.18/before.txt cpython-3.10.13/before.txt >"$T/got"
	grep -q "^$build" "$T/got"
	# the same sizes: only the arena's differs, or only that of free dicts
	forge <<<'64=100 lists=3' >"$T/before"
	forge -v version=3.11 <<<'64=100 lists=3' >"$T/arena"
	sed 's/48 bytes each = .*144/64 bytes each =                  192/' "$T/before" >"$T/dict"
	[ "$(notes "$T/before" "$T/arena")" = "$build" ]
	[ "$(notes "$T/before" "$T/dict")" = "$unit" ]
	[ "$(notes "$T/arena" "$T/dict")" = "$build"$'\n'"$unit" ]
	# a free list that one of them lacks is no other size
	forge <<<'64=100 lists=none' >"$T/none"
	[ -z "$(notes "$T/before" "$T/none")" ]
}

@test "two processes in one log are named before the levels" {
	local said='Two processes are compared: their difference means nothing.'
	forge <<<'arenas=3 64=100' >"$T/log"
	forge <<<'arenas=2 64=100' >>"$T/log"
	[ "$(notes "$T/log")" = "$said" ]
	# two files are two processes anyway
	[ -z "$(notes "$T/log" "$T/log")" ]
}

@test "-e: the dumps' numbers before each summary, equal dumps too" {
	forge <<-'EOF' >"$T/log"
	lists=none arenas=0
	arenas=3 64=100
	arenas=3 64=100
	arenas=3 64=9000
	EOF
	"${RUN[@]}" "$PMD" -e -f summary "$T/log" >"$T/out" || [ $? -eq 1 ]
	awk '/^--- / { n = 4 } n-- > 0' "$T/out" >"$T/got"
	diff - "$T/got" <<-'EOF'
	--- dump 2
	+++ dump 3
	steady: live memory shows no lasting growth

	--- dump 3
	+++ dump 4
	growth: live memory is 569,600 bytes higher
	A leak, a cache or more work: 12 or more dumps of one process tell which.
	EOF
	[ "$(grep -c '^bytes held ' "$T/out")" -eq 2 ]
}

@test "the process's two lines are levels, and a side that lacks one has a dash" {
	printf '%s\n' 'arenas=1 malloc=7' 'arenas=1 malloc=9 resident=5000000' | forge >"$T/one"
	lines "$T/one" | tail -n 3 | diff - <(cat <<-'EOF'
	bytes in malloc                  7                 9                +2     28.6%
	bytes resident                   -         5,000,000
	Blocks over 512 bytes and C libraries show only in malloc and resident bytes.
	EOF
	)
}

@test "without a level there is no table" {
	local f=source-3.13.5t/mimalloc-env.txt
	want_out <<-'EOF'
	not measured: this build reports no memory use (free-threaded Python)

	These dumps show neither the heaps of other threads nor C libraries.
	EOF
	want_err <<-EOF
	pymallocdiff: $f:1: warning: this build reports no memory use: all five mimalloc values are 0 (free-threaded Python)
	pymallocdiff: $f:1: warning: this build reports no memory use: all five mimalloc values are 0 (free-threaded Python)
	EOF
	pmd 0 -f summary $f $f
}

# classes LINE LINE: size and change of the class lines of a report on dumps
# of these lines.
classes() {
	forge <<<"$1" >"$T/before"
	forge <<<"$2" >"$T/after"
	"${RUN[@]}" "$PMD" -f summary "$T/before" "$T/after" >"$T/out" || [ $? -eq 1 ]
	awk '/^size / { on = 1; next } on && !NF { exit } on { print $1, $NF }' "$T/out"
}

@test "classes: ten at most, those whose live bytes moved most, of equals the smaller first" {
	# twelve classes, by 16 * k bytes; in some of them less is live
	classes '16=60 32=50 48=90 64=90 80=90 96=90 112=90 128=90 144=90 160=90 176=90 192=90' \
	    '16=100 32=60 48=80 64=100 80=110 96=80 112=95 128=89 144=91 160=86 176=90 192=93' >"$T/got"
	# 640 320 -480 640 1600 -960 560 -128 144 -640 0 576
	diff - "$T/got" <<-'EOF'
	80 +1,600
	96 -960
	16 +640
	64 +640
	160 -640
	192 +576
	112 +560
	48 -480
	32 +320
	144 +144
	EOF
}

# 1 % of 1,000 blocks of 64 is 640 bytes, 1 % of one block of 16 more would be
# 640.16.
@test "classes: none that moved under 1 % of the most" {
	[ "$(classes '64=1000 16=10' '64=2000 16=50' | tail -n 1)" = '16 +640' ]
	[ "$(classes '64=1000 16=10' '64=2000 16=49' | tail -n 1)" = '64 +64,000' ]
	[ "$(classes '64=1000 16=50' '64=2000 16=10' | tail -n 1)" = '16 -640' ]
	[ "$(classes '80=1000 16=10' '80=1801 16=50' | tail -n 1)" = '80 +64,080' ]
	[ "$(classes '80=1801 16=10' '80=1000 16=51' | tail -n 1)" = '16 +656' ]
}

@test "classes: the share of their blocks in use, whole percents, 100 only where none is free" {
	# a pool has 126, 84, 63 and 50 of them; 2,529 of 2,530 are 99.96 %
	forge <<<'64=63 80=1 48=84 16=2529/10' >"$T/before"
	forge <<<'64=62 80=49 32=126 16=2300/10' >"$T/after"
	"${RUN[@]}" "$PMD" -f summary "$T/before" "$T/after" >"$T/out" || [ $? -eq 1 ]
	sed -n '/^size /,/^$/p' "$T/out" >"$T/got"
	diff - "$T/got" <<-'EOF'
	size              pools          blocks in use          fill   change in bytes
	  32       0 ->       1         0 ->       126     - -> 100%            +4,032
	  48       1 ->       0        84 ->         0  100% ->    -            -4,032
	  80       1 ->       1         1 ->        49    2% ->  98%            +3,840
	  16      10 ->      10      2529 ->      2300   99% ->  90%            -3,664
	  64       1 ->       1        63 ->        62  100% ->  98%               -64

	EOF
}

@test "no line is wider than 80 columns: pairs of fixtures" {
	local dir a b
	for dir in */; do
		for a in before after frag shrink; do
			for b in before after frag shrink big; do
				"$PMD" -f summary "$dir$a.txt" "$dir$b.txt" 2>/dev/null || true
				[ $b != big ] || "$PMD" -f summary "$dir$b.txt" "$dir$a.txt" 2>/dev/null || true
			done
		done
	done >"$T/all"
	[ "$(wc -l <"$T/all")" -gt 3000 ]
	[ -z "$(awk 'length > 80' "$T/all")" ]
}

# wide FILE...: the report, of lines of 80 columns at most.
wide() {
	"${RUN[@]}" "$PMD" -F -f summary "$@" >"$T/out" 2>/dev/null || [ $? -eq 1 ]
	[ -z "$(awk 'length > 80' "$T/out")" ] || {
		awk 'length > 80' "$T/out"
		return 1
	}
}

@test "no line is wider than 80 columns: numbers of 15 digits" {
	local before=pairs/documented-before.txt most=999,999,999,999,999
	sed "s/= *[0-9,]*$/= $most/
	    s/^\( *[0-9]* *[0-9]*\) *[0-9]* *[0-9]* *[0-9]*$/\1 ${most//,/} ${most//,/} ${most//,/}/" \
	    $before >"$T/most"
	wide $before "$T/most"
	# without commas where there is no room for them
	grep '^bytes held ' "$T/out" | diff - <(echo \
	    'bytes held               5,505,024   999999999999999  +999999994494975  >999999%')
	wide "$T/most" $before
	grep '^bytes held ' "$T/out" | diff - <(echo \
	    'bytes held         999999999999999         5,505,024  -999999994494975   -100.0%')
	wide "$T/most" "$T/most"
	mimalloc 1 1 >"$T/before"
	mimalloc 999999999999999 999999999999999 >"$T/after"
	wide "$T/before" "$T/after"
	grep -q '^growth: live memory is 999,999,999,999,998 bytes higher$' "$T/out"
	wide "$T/after" "$T/before"
	grep -q '^less: 999,999,999,999,998 bytes less are held$' "$T/out"
}

# An arena has 448 blocks of 512 bytes: 3,000,000,000 arenas are
# 786,432,000,000,000 bytes.
@test "no line is wider than 80 columns: logs of 15 digits" {
	big() {
		awk "BEGIN { for (i = 0; i < 25; i++) { $1 } }" | forge >"$T/log"
		wide "$T/log" && head -n 1 "$T/out"
	}
	[ "$(big 'printf "512=%.0f\n", 1000000000000 + 1000000000 * i')" = \
	    'leak: live memory keeps growing, about 512,000,000,000 bytes per dump (25 dumps)' ]
	grep -q '^ 512  *1,000,000,000.0  *512,000,000,000$' "$T/out"
	[ "$(big 'print "512=1000000 arenas=" (i ? "3000000000" : "3000")')" = \
	    'fragmentation: 3,000,000,000 arenas are held, 2,233 would be enough' ]
	[ "$(big 'print "512=" (i == 5 ? "1200000000000" : "1000000")')" = \
	    'returned: a peak of 2,678,571,429 arenas is over, 2,233 are held' ]
	[ "$(big 'printf "512=1000000 malloc=%.0f resident=%.0f\n", 900000000000000 * (i > 18), \
	    999999999999999')" = 'steady: live memory shows no lasting growth' ]
	grep -q '^But memory outside pymalloc grew by 900,000,000,000,000 bytes' "$T/out"
}
