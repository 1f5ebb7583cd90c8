# verdict-many.awk: the verdicts of verdict.awk on many inputs at once.
#
#	LC_ALL=C awk -f verdict-many.awk -f dumps.awk -f verdict.awk -v mode=MODE FILE...
#
# In, by mode:
#
#	each     each file is the only input
#	two      each ordered pair of files, of one dump each, is two inputs; the second one
#	         changes faster
#	joined   each such pair of the same folder is one input
#
# Out: a line for each: the file or both, the word and the number of dumps, with tabs between.

# dumps.awk counts the file after this.
FNR == 1 {
	file[inputs + 1] = folder[inputs + 1] = FILENAME
	sub(/\/[^\/]*$/, "", folder[inputs + 1])
}

END {
	files = inputs
	for (i = 1; i <= files; i++) {
		if (mode != "each" && count[i] != 1)
			fail("input " i " must have one dump")
		dumps_of[i] = count[i]
		for (n = 1; n <= count[i]; n++)
			dump_of[i, n] = dump_at[i, n]
	}
	for (i = 1; i <= files; i++)
		if (mode == "each")
			judge_file(i)
		else
			for (j = 1; j <= files; j++)
				if (mode == "two" || folder[i] == folder[j])
					judge_files(i, j)
	exit
}

function judge_file(i,    n) {
	inputs = 1
	count[1] = dumps_of[i]
	for (n = 1; n <= count[1]; n++)
		dump_at[1, n] = dump_of[i, n]
	reach_verdict()
	print file[i] "\t" word "\t" rests_on
}

function judge_files(i, j) {
	inputs = mode == "two" ? 2 : 1
	count[1] = inputs == 1 ? 2 : 1
	count[2] = 1
	dump_at[1, 1] = dump_of[i, 1]
	dump_at[inputs, count[inputs]] = dump_of[j, 1]
	reach_verdict()
	print file[i] "\t" file[j] "\t" word "\t" rests_on
}
