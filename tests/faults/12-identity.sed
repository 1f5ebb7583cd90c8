# src/check.c: current arenas may be more than the high-water mark; killed by damage.bats
/{ KEY_ARENAS_CURRENT, AT_MOST/{
N
d
}
