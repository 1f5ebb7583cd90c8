# src/dump.c: a second row of one size is not noticed; killed by damage.bats
s/second = at > 0 \&\& c\[at - 1\].size == l->n\[1\];/second = false;/
