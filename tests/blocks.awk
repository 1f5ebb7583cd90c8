# blocks.awk: out of a page in mdoc or Markdown, the first literal block with
# a line that matches, as a reader sees it.
#
#	awk -v has=PATTERN -f blocks.awk PAGE
#
# Status 1 where no block matches. A block of mdoc stands between .Bd -literal
# and .Ed, one of Markdown between two lines of three backquotes.

function plain(s) {
	gsub(/\\&/, "", s)
	gsub(/\\-/, "-", s)
	gsub(/\\\(aq/, "'", s)
	gsub(/\\\(dq/, "\"", s)
	gsub(/\\e/, "\\", s)
	return s
}

block == "" && (/^\.Bd -literal/ || /^```/) {
	block = substr($0, 1, 1)
	text = ""
	found = 0
	next
}

block != "" && (block == "." ? /^\.Ed/ : /^```/) {
	if (found)
		exit
	block = ""
	next
}

block != "" {
	line = block == "." ? plain($0) : $0
	text = text line "\n"
	if (line ~ has)
		found = 1
}

END {
	if (!found)
		exit 1
	printf "%s", text
}
