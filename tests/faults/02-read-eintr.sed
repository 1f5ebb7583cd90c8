# src/input.c: an interrupted read is an error; killed by input.bats
s/errno == EINTR || wait_readable/wait_readable/
