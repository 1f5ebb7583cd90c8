# src/pick.c: the ring has no slot for the dump that is being read; killed by stream.bats
s/ring->size = (uint64_t)-pick\[i\].wanted + 1;/ring->size = (uint64_t)-pick[i].wanted;/
