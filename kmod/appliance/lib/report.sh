# SPDX-License-Identifier: Apache-2.0
# Progress and errors, on standard error: standard output is the command's.

say() {
	printf 'appliance: %s\n' "$*" >&2
}

die() {
	say "$*"
	exit 2
}

# strict COMMAND...: runs it so that its first failing command ends it, which a
# function does not do where its result is looked at. Sets `code`.
strict() {
	code=0
	"$@" </dev/null &
	wait $! || code=$?
}

# step TEXT COMMAND...: says what is done and how long it took; the output is
# kept, and shown if the command fails.
step() {
	local text=$1 start=$SECONDS log code

	shift
	mkdir -p "$work"
	log=$work/step.log
	strict "$@" >"$log" 2>&1
	if [ "$code" != 0 ]; then
		say "$text: failed"
		tail -n 40 "$log" >&2
		exit 2
	fi
	say "$text ($((SECONDS - start)) s)"
}
