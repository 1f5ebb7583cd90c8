# src/out.c: a write that fails is forgotten; killed by output.bats
s/o->error = errno;/o->len = 0;/
