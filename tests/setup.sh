#!/bin/sh
# setup.sh: install Bats and Valgrind where they are missing, by the system's
# package manager.
set -eu

missing=
for tool in bats valgrind; do
	command -v $tool >/dev/null 2>&1 || missing="$missing $tool"
done
if [ -z "$missing" ]; then
	echo "setup: bats and valgrind are here"
	exit 0
fi
sudo=
[ "$(id -u)" -eq 0 ] || sudo=sudo
echo "setup: installing$missing"
if command -v apt-get >/dev/null 2>&1; then
	$sudo apt-get update -q
	DEBIAN_FRONTEND=noninteractive $sudo apt-get install -qy $missing
elif command -v dnf >/dev/null 2>&1; then
	$sudo dnf install -y $missing
elif command -v apk >/dev/null 2>&1; then
	$sudo apk add bash $missing
elif command -v pacman >/dev/null 2>&1; then
	$sudo pacman -Sy --noconfirm $(echo "$missing" | sed s/bats/bash-bats/)
elif command -v zypper >/dev/null 2>&1; then
	$sudo zypper -n install $missing
elif command -v pkg >/dev/null 2>&1; then
	$sudo pkg install -y bash $(echo "$missing" | sed s/bats/bats-core/)
elif command -v brew >/dev/null 2>&1; then
	brew install $(echo "$missing" | sed s/bats/bats-core/)
else
	echo "setup: no package manager that I know; install$missing" >&2
	exit 1
fi
