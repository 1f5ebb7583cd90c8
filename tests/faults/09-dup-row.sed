# src/dump.c: a second row of one size is not noticed; killed by damage.bats
s/second = find_place(&d->classes, &new, &place);/second = find_place(\&d->classes, \&new, \&place) \&\& false;/
