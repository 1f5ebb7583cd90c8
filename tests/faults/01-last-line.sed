# src/input.c: a last line without its LF is lost; killed by content.bats
s/if (lf == NULL && in->pos == in->end)/if (lf == NULL)/
