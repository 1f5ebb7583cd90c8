# src/warn.c: a counter that stays is said to have fallen; killed by options.bats
s/after->values\[key\] >= before->values\[key\]/after->values[key] > before->values[key]/
