# src/main.c: -e skips damage and says nothing by its status; killed by damage.bats
/^is_usable(/,/^}/{
/if (!p->options.force)/d
/raise_status/d
}
