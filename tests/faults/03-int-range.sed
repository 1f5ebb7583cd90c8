# src/line.c: a count beyond int is not out of range; killed by damage.bats
s/l->n\[1\] > INT32_MAX/l->n[1] > INT64_MAX/
