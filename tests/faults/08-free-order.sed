# src/dump.c: tuples stand behind the other free lists; killed by text.bats
s/return a->items == 0 ? 1 : -1;/return a->items == 0 ? -1 : 1;/
