# list.awk: the oracle for the list of dumps (section 8 of the contract).
#
#	LC_ALL=C awk -f dumps.awk -f list.awk FILE
#
# In: one input of whole dumps. Out: what `pymallocdiff -L -f csv FILE` must print.

END {
	if (inputs != 1 || count[1] == 0)
		fail("one input with a dump is needed")
	decide_kinds(1)
	print "dump,line,process,kind,damaged,arenas,held,live,available,unused,overhead," \
	    "free_lists,needed,bytes_resident,bytes_in_malloc"
	nlevels = split("held live available unused overhead free_lists needed", levels)
	for (n = 1; n <= count[1]; n++) {
		d = dump_at[1, n]
		printf("%d,%d,%d,%s,%d,%s", n, line[d], process[d], kind[d], damaged[d] + 0, \
		    exact(get(d, "arenas", "count")))
		for (i = 1; i <= nlevels; i++)
			printf(",%s", exact(level(d, levels[i])))
		printf(",%s,%s\n", exact(get(d, "bytes_resident", "value")), \
		    exact(get(d, "bytes_in_malloc", "value")))
	}
}
