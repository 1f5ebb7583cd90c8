# src/flaw.c: of flaws those found first are kept, not those of the first lines; killed by damage.bats
s/at > 0 && first\[at - 1\].line > line;/0;/
