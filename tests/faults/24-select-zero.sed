# src/options.c: there is a dump 0; killed by usage.bats
s/\*s == end && n != 0 &&/*s == end \&\&/
