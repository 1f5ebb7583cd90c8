# src/check.c: a product of 16 digits is checked; killed by damage.bats
s/if (l->wide || l->count < 0 ||/if (/
