# src/json.c: a backslash is not escaped; killed by content.bats
s/if (c == '"' || c == '\\\\')/if (c == '"')/
