# The README's examples: each line of them stands in the real output, in order.
load lib

# example N: the N-th indented block's command lines and output lines.
blocks() {
	sed -n '/^    \$ /,/^$/p' "$ROOT/README.md" | sed '/^$/d; s/^    //'
}

@test "the README's reports are the program's" {
	local line command=
	cd cpython-3.13.0
	while IFS= read -r line; do
		case $line in
		'$ pymallocdiff '*)
			command=${line#'$ pymallocdiff '}
			read -ra words <<<"$command"
			"$PMD" "${words[@]}" >"$T/out" || [ $? -eq 1 ]
			;;
		...)	;;
		*)	# from here on only what stands below it counts
			grep -n -x -F -e "$line" "$T/out" >"$T/at" ||
			    { echo "not printed: $line"; return 1; }
			sed -i "1,$(head -n 1 "$T/at" | cut -d: -f1)d" "$T/out"
			;;
		esac
	done < <(blocks)
	[ -n "$command" ]
}
