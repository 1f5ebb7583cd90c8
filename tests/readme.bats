# The README's examples, and what it says of the source.
load lib

# The indented blocks that begin with a prompt.
examples() {
	awk '
	/^    \$ /	{ example = 1 }
	!/^    /	{ example = 0 }
	example		{ print substr($0, 5) }' "$ROOT/README.md"
}

# A line ... stands for any number of lines; what is between two of them was
# printed without a gap.
@test "the README's reports are the program's" {
	local command=
	mkdir "$T/bin"
	printf '#!/bin/sh\nexec %s "%s" "$@"\n' "${RUN[*]}" "$PMD" \
	    >"$T/bin/pymallocdiff"
	chmod +x "$T/bin/pymallocdiff"
	examples >"$T/examples"
	[ "$(grep -c '^\$ pymallocdiff' "$T/examples")" -ge 6 ]
	while IFS= read -r command; do
		(PATH="$T/bin:$PATH" sh -c "${command#'$ '}") >"$T/out" 2>&1 ||
		    [ $? -eq 1 ]
		awk -v command="$command" '
		FNR == NR && /^\$ /	{ ours = $0 == command; next }
		FNR == NR		{ if (ours) want[++n] = $0; next }
					{ got[++m] = $0 }
		END {
			at = 1
			for (i = 1; i <= n; i++) {
				if (want[i] == "...") {
					loose = 1
					continue
				}
				while (loose && at <= m && got[at] != want[i])
					at++
				if (at > m || got[at] != want[i]) {
					print command
					print "not printed there: " want[i]
					exit 1
				}
				at++
				loose = 0
			}
			if (!loose && at <= m) {
				print command
				print "not in the README: " got[at]
				exit 1
			}
		}' "$T/examples" "$T/out"
	done < <(grep '^\$ ' "$T/examples")
}

@test "the README names each module of the source" {
	local module
	for module in "$ROOT"/src/*.c; do
		module=${module##*/}
		grep -q "\`${module%.c}\`" "$ROOT/README.md" ||
		    { echo "not named: $module"; return 1; }
	done
}
