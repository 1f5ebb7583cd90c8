# src/check.c: a product of 16 digits is checked; killed by damage.bats
s/if (!e->truncated && e->n\[0\] >= 0 &&/if (/
