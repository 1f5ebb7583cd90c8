# src/summary.c: half of what is held more is no growth; killed by summary.bats
s/dl >= dh - dl/dl > dh - dl/
