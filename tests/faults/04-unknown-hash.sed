# src/line.c: an unknown label may have a # inside; killed by content.bats
s/(i > 0 && p\[i\] == '#')/(i > n \&\& p[i] == '#')/
