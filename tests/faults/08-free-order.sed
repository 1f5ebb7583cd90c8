# src/dump.c: tuples stand behind the other free lists; killed by text.bats
s/return a->size < b->size ? -1 : 1;/return a->size < b->size ? 1 : -1;/
