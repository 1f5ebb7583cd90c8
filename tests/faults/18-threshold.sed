# src/limit.c: -t hides a change of just as many bytes; killed by limits.bats
s/magnitude(bytes) >= (uint64_t)t->num/magnitude(bytes) > (uint64_t)t->num/
