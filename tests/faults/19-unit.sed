# src/text.c: a unit that has changed shows what it was; killed by text.bats
s/if (row->status == STATUS_CHANGED)/if (0)/
