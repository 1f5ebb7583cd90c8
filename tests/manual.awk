# manual.awk: what a test wants of the manual, out of its mdoc source.
#
#	awk -v want=WHAT -f manual.awk PAGE
#
# transcript	the literal blocks of EXAMPLES, as they are printed
# script	a script for sh that prints the same, by running their commands
# synopsis	the lines of SYNOPSIS in plain words
# options	the options that DESCRIPTION lists: -a --all
# flags		each option that is named anywhere: -a or --all

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

# In an example a command goes on where its line ends with \ or |.
function example(s) {
	if (want == "transcript")
		print s
	if (want != "script")
		return
	if (command ~ /[\\|]$/) {
		command = command "\n" s
	} else {
		run_command()
		if (s ~ /^\$ /)
			command = substr(s, 3)
	}
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

/^\.\\"/ { next }
/^\.S[hs] / { section = substr($0, 5); next }
want == "flags" { flags() }
want == "options" && section == "DESCRIPTION" && /^\.It Fl / { options() }
want == "synopsis" && section == "SYNOPSIS" { synopsis() }
section != "EXAMPLES" { next }
/^\.Bd -literal/ { literal = 1; next }
/^\.Ed/ { literal = 0; if (want == "script") run_command(); next }
literal { example(plain($0)) }
