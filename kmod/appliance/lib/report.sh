# SPDX-License-Identifier: Apache-2.0
# Progress and errors, on standard error: standard output is the command's.

say() {
	printf 'appliance: %s\n' "$*" >&2
}

die() {
	say "$*"
	exit 2
}

# step TEXT COMMAND...: says what is done and how long it took; the output is
# kept, and shown if the command fails.
step() {
	local text=$1 start=$SECONDS log

	shift
	mkdir -p "$work"
	log=$work/step.log
	if ! "$@" >"$log" 2>&1 </dev/null; then
		say "$text: failed"
		tail -n 40 "$log" >&2
		exit 2
	fi
	say "$text ($((SECONDS - start)) s)"
}
