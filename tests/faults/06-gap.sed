# src/reader.c: a gap of 64 KiB does not yet end a dump; killed by stream.bats
s/r->text.offset >= r->near + DUMP_GAP/r->text.offset > r->near + DUMP_GAP/
