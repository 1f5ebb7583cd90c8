# src/limit.c: M is as much as K; killed by limits.bats
s/shift = 10 \* (i + 1);/shift = i == 2 ? 30 : 10;/
