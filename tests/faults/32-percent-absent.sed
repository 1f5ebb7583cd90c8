# src/diff.c: a product is worth something though the units differ; killed by pairs.bats
s/row->worth = both && before.worth == after.worth/row->worth = both/
