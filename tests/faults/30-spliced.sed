# src/line.c: two labels run together are an unknown one; killed by damage.bats
s/if (l->fault == FAULT_NONE && is_spliced(p, len))/if (0)/
