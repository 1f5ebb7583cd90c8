# src/pick.c: of a pipe a torn dump in the middle counts; killed by stream.bats
s/if (pass.torn_at >= PICK_EDGE && pass.torn_at + PICK_EDGE < end)/if (0)/
