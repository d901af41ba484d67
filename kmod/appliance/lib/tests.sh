# SPDX-License-Identifier: Apache-2.0
#
# The tests: what compilers and checkers say on the host, then those of several
# guests. Every test prints a line "ok NAME" or "FAILED NAME".
#
# Jobs run two at a time: much of what one guest does is to go on for a minute, or
# to wait, and a machine without KVM uses its processors badly while it boots.

# A test of the host: its output shows only when it fails.
host_test() {
	local name=$1 log=$work/$1.log start=$SECONDS code

	shift
	strict "$@" >"$log" 2>&1
	if [ "$code" = 0 ]; then
		echo "ok     $name ($((SECONDS - start)) s)"
	else
		sed 's/^/    /' "$log"
		echo "FAILED $name"
	fi
}

compiles() {
	rm -rf "$work/compile-$1"
	build_module "$1" "$work/compile-$1" "${@:2}"
}

# A machine that breaks down is a failed test, too. Only a QEMU that aborts is
# started once more: no guest may make it do that, and without KVM it does so
# once in many runs (iotlb_to_section: Assertion failed).
guest_tests() {
	local code=0 abort=134

	machine_run "${limit:-1200}" /opt/emucxl/kmod/appliance/guest/tests "$@" || code=$?
	if [ "$code" = 125 ] && [ "$qemu_exit" = "$abort" ]; then
		say "that was QEMU; its tests begin again, and only once"
		code=0
		machine_run "${limit:-1200}" /opt/emucxl/kmod/appliance/guest/tests "$@" || code=$?
	fi
	# 0 and 1 are the guest's own verdict, and it printed its tests.
	if [ "$code" -gt 1 ]; then
		echo "FAILED the guest: exit code $code"
	fi
}

job_host() {
	local kernel

	host_test accelerator_is_the_right_one "$here/lib/accelerator-test"
	for kernel in "$main_kernel" $oldest_kernel; do
		host_test "module_compiles_for_${kernel}_clean_under_sparse" \
			compiles "$kernel" C=2
	done
	# Its headers lack what make needs to find sparse.
	[ -z "$newest_kernel" ] ||
		host_test "module_compiles_for_$newest_kernel" compiles "$newest_kernel"
	need_checkpatch
	if [ -n "$checkpatch" ]; then
		host_test module_is_clean_under_checkpatch_strict \
			make -s -C "$tree/kmod/module" check CHECKPATCH="perl $checkpatch"
	else
		echo "FAILED checkpatch: the Debian mirror has no linux-source package"
	fi
}

job_module() {
	guest_tests soak
}

job_library() {
	guest_tests library device numa
}

job_java() {
	guest_tests java
}

job_cxl() {
	cxl=1
	guest_tests cxl
}

# The module's tests once more with the oldest kernel, but for the long ones, and
# with all that a processor can have.
job_oldest() {
	main_kernel=$oldest_kernel
	root_image=$oldest_root
	emulated_cpu=max
	guest_tests module place map move call
}

# run_jobs N JOB...: N at a time, in this order. Their lines begin with their names.
run_jobs() {
	local most=$1 running=0 job

	shift
	for job in "$@"; do
		if [ "$running" -ge "$most" ]; then
			wait -n || true
			running=$((running - 1))
		fi
		{
			strict "job_$job"
			[ "$code" = 0 ] || echo "FAILED job $job: exit code $code"
		} 2>&1 | sed -u "s/^/$job: /" &
		running=$((running + 1))
	done
	wait
}

# Ends a process and all that it started, the youngest first.
end_tree() {
	local child

	for child in $(cat "/proc/$1/task/"*/children 2>/dev/null); do
		end_tree "$child"
	done
	[ "$1" = $$ ] || kill -TERM "$1" 2>/dev/null || true
}

# Two guests need the memory of two.
jobs_at_a_time() {
	local available

	available=$(awk '$1 == "MemAvailable:" { print int($2 / 1024) }' /proc/meminfo)
	[ "$available" -lt 5500 ] && echo 1 || echo 2
}

all_tests() {
	if [ $# -gt 0 ]; then
		guest_tests module "$@"
		return
	fi
	run_jobs "$(jobs_at_a_time)" java module library ${oldest_kernel:+oldest} host cxl
}

# Takes what is to be had of kernels: sets oldest_kernel and, if there is a newer
# one than ours, newest_kernel.
need_test_kernels() {
	local kernel

	newest_kernel=
	need_kernel "$(newest_series)" headers
	[ "$kernel" = "$main_kernel" ] || newest_kernel=$kernel
	need_kernel 6.1 image
	oldest_kernel=$kernel
	if [ -z "$kernel" ]; then
		say "this Debian has no 6.1 kernel: not tested with it"
	fi
}

# Where the appliance cannot be made that is no failure, and has an exit code of its own.
leave_out() {
	say "the appliance and its tests are left out: $*"
	exit 3
}

# Installs and downloads all that build and test need, and makes what is cached.
prepare() {
	local code

	[ "$(uname -m)" = x86_64 ] || leave_out "this machine is $(uname -m), not x86_64"
	command -v apt-get >/dev/null && [ -n "$(codename)" ] ||
		leave_out "this is not Debian"
	[ "$(id -u)" = 0 ] || [ -z "$(missing_tools sparse:sparse)" ] || leave_out "packages are missing, and only root can install them"
	if ! lists_are_fresh; then
		mkdir -p "$work"
		strict refresh_lists >"$work/lists.log" 2>&1
		[ "$code" = 0 ] ||
			leave_out "the Debian package archive cannot be reached: $(grep -m 1 -E '^(E|Err|W):' "$work/lists.log" || tail -n 1 "$work/lists.log")"
	fi
	mkdir -p "$cache/kernel"
	need_tools_and sparse:sparse
	need_kernel "$series" image
	[ -n "$kernel" ] || leave_out "the Debian mirror has no $series cloud kernel"
	main_kernel=$kernel
	need_root_image
	need_test_kernels
	if [ -n "$oldest_kernel" ]; then
		main_kernel=$oldest_kernel
		need_root_image
	fi
	need_checkpatch
}

# Everything that the jobs share is made before they begin.
build_tests() {
	local main=$main_kernel image=$root_image

	need_tools_and sparse:sparse
	need_test_kernels
	[ -n "$oldest_kernel" ] || return 0
	build_with "$oldest_kernel"
	oldest_root=$root_image
	main_kernel=$main
	root_image=$image
}

run_tests() {
	local log=$work/tests.log passed failed

	trap 'end_tree $$; exit 143' INT TERM HUP
	[ $# -gt 0 ] || build_tests
	say "tests with $main_kernel under $(uname -r)"
	# One closing line for all of them. Waited for, so that a signal is heard.
	all_tests "$@" | sed -u -E '/(^|: )[0-9]+ passed, [0-9]+ failed$/d' | tee "$log" &
	wait $!
	passed=$(grep -cE '^([a-z]+: )?ok ' "$log" || true)
	failed=$(grep -cE '^([a-z]+: )?FAILED ' "$log" || true)
	echo "$passed passed, $failed failed"
	[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}
