# src/line.c: a second # in an unknown label is overlooked; killed by content.bats
s/ || (i > 0 && p\[i\] == '#'))/)/
