# src/dump.c: tuples stand behind the other free lists; killed by text.bats
s/return a->order < b->order ? -1 : 1;/return a->order < b->order ? 1 : -1;/
