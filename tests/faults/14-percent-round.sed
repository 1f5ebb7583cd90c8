# src/diff.c: half of a tenth of a percent is rounded down; killed by pairs.bats
s/tenths += rest >= by - rest;/tenths += rest > by - rest;/
