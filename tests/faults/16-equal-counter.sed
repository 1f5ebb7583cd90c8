# src/warn.c: a counter that stays is said to have fallen; killed by options.bats
s/to->value >= from->value/to->value > from->value/
