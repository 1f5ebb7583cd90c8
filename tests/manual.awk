# manual.awk: what a test wants of the manual, out of its mdoc source.
#
#	awk -v want=WHAT [-v of=SECTION] [-v has=PATTERN] -f manual.awk PAGE
#
# transcript	the examples of a section, EXAMPLES if no other is named, as
#		they are printed: literal blocks that begin with a prompt
# script	a script for sh that prints the same, by running their commands
# synopsis	the lines of SYNOPSIS in plain words
# options	the options that DESCRIPTION lists: -a --all
# flags		each option that is named anywhere: -a or --all
# messages	the messages that a section lists, behind what they are about
#
# With PATTERN, only the blocks with a line that matches it.

# The text of a literal line.
function plain(s) {
	gsub(/\\&/, "", s)
	gsub(/\\-/, "-", s)
	gsub(/\\\(aq/, "'", s)
	gsub(/\\\(dq/, "\"", s)
	gsub(/\\e/, "\\", s)
	return s
}

function quoted(s) {
	gsub(/'/, "'\\''", s)
	return "'" s "'"
}

# A command keeps the status of the one before it, for echo $?.
function run_command() {
	if (command == "")
		return
	printf "s=$?; printf '%%s\\n' %s; (exit $s)\n", quoted("$ " command)
	print command
	command = ""
}

# A command goes on where its line ends with \ or | or in a quoted string.
function goes_on(s,	single, double) {
	if (s ~ /[\\|]$/)
		return 1
	single = gsub(/'/, "'", s)
	double = gsub(/"/, "\"", s)
	return single % 2 == 1 || double % 2 == 1
}

function example_line(s) {
	if (want == "transcript")
		print s
	if (want != "script")
		return
	if (command != "" && goes_on(command)) {
		command = command "\n" s
	} else {
		run_command()
		if (s ~ /^\$ /)
			command = substr(s, 3)
	}
}

function example(	i) {
	if (line[1] !~ /^\$ / || !matched)
		return
	for (i = 1; i <= lines; i++)
		example_line(line[i])
	run_command()
}

# Macros of a synopsis: Nm, Op, Fl, Ar and Ns, and delimiters as they stand.
function synopsis(	words, space, i, word) {
	words = space = ""
	for (i = 1; i <= NF; i++) {
		word = $i
		if (word == "Ns") {
			space = ""
			continue
		}
		if (word == ".Nm")
			word = "pymallocdiff"
		else if (word == "Fl")
			word = "-" $(++i)
		else if (word == "Ar" || word == ".Ar" || word == ".Op")
			continue
		words = words (word == ":" ? "" : space) word
		space = " "
	}
	print ($1 == ".Op" ? "[" words "]" : words)
}

function options(	i, words) {
	for (i = 2; i <= NF; i++)
		if ($i == "Fl")
			words = words ($(i + 1) == "Fl" ? \
			    " --" $(i += 2) : "-" $(++i))
	print words
}

function flags(	i, k) {
	for (i = 1; i < NF; i++) {
		if ($i != "Fl" && $i != ".Fl")
			continue
		if ($(i + 1) == "Fl")
			print "--" $(i += 2)
		else for (k = 1; k <= length($(i + 1)); k++)
			print "-" substr($(i + 1), k, 1)
	}
}

# A message of a list, with what the sentence before the list says.
function message(	text) {
	text = substr($0, 5)
	if (text ~ /^".*"$/)
		text = substr(text, 2, length(text) - 2)
	print about "\t" plain(text)
}

BEGIN { if (of == "") of = "EXAMPLES" }
/^\.\\"/ { next }
/^\.S[hs] / { section = substr($0, 5); next }
want == "flags" { flags() }
want == "options" && section == "DESCRIPTION" && /^\.It Fl / { options() }
want == "synopsis" && section == "SYNOPSIS" { synopsis() }
section != of { next }
want == "messages" && /^Those about / {
	about = substr($0, 13)
	sub(/[:.]$/, "", about)
}
want == "messages" && /^\.It ./ { message() }
/^\.Bd -literal/ { literal = 1; lines = 0; matched = has == ""; next }
/^\.Ed/ { if (literal) example(); literal = 0; next }
literal {
	line[++lines] = plain($0)
	if (has != "" && line[lines] ~ has)
		matched = 1
}
