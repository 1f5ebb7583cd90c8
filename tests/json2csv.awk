# json2csv.awk: the rows of JSON reports in, the CSV reports out.
# One row stands in one line; names hold no comma and no quote in the dumps
# that this is used on.
/^[{]"format_version"/ {
	match($0, /"before_dump":-?[0-9]+/)
	b = substr($0, RSTART + 14, RLENGTH - 14)
	match($0, /"after_dump":-?[0-9]+/)
	a = substr($0, RSTART + 13, RLENGTH - 13)
	print "before_dump,after_dump,section,name,metric,before,after," \
	    "delta,percent,delta_bytes,status"
}
/^[{]"section"/ {
	sub(/^[{]/, "")
	sub(/[}],?$/, "")
	n = split($0, member, ",")
	line = b "," a
	for (i = 1; i <= n; i++) {
		value = member[i]
		sub(/^"[a-z_]+":/, "", value)
		gsub(/"/, "", value)
		line = line "," (value == "null" ? "" : value)
	}
	print line
}
