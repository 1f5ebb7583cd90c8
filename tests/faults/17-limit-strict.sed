# src/limit.c: a change of just the limit exceeds it; killed by limits.bats
s/magnitude(delta) > (uint64_t)limit->most.num/magnitude(delta) >= (uint64_t)limit->most.num/
