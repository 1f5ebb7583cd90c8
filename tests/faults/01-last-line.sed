# src/input.c: a last line without its LF is lost; killed by content.bats
s/return in->pos == in->end ? 0 :/return in->pos != 0 ? 0 :/
