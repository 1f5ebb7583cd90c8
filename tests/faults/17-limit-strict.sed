# src/limit.c: a change of just the limit exceeds it; killed by limits.bats
s/magnitude(row->delta) > (uint64_t)limit->most.num/magnitude(row->delta) >= (uint64_t)limit->most.num/
