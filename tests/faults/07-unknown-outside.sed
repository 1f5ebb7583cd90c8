# src/dump.c: behind a log line an unknown label is believed; killed by stream.bats
s/(r->adjacent && d->frees == 0)/d->frees == 0/
