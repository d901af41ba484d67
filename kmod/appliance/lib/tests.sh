# SPDX-License-Identifier: Apache-2.0
#
# The tests: what the compiler says on the host, then a guest's, then those of a
# guest with a CXL device and of one with the oldest kernel. Every test prints a
# line "ok NAME" or "FAILED NAME".

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

host_tests() {
	command -v sparse >/dev/null || install_packages sparse
	host_test "module_compiles_for_${main_kernel}_clean_under_sparse" \
		compiles "$main_kernel" C=2
}

# The module's tests once more, but for the long ones.
oldest_kernel_tests() {
	need_kernel 6.1 image
	if [ -z "$kernel" ]; then
		say "this Debian has no 6.1 kernel: not tested with it"
		return
	fi
	series=6.1
	build
	guest_tests "guest_with_$main_kernel" module place map move call
}

# A machine that breaks down is a failed test, too.
guest_tests() {
	local name=$1 code=0

	shift
	machine_run "${limit:-1200}" /opt/emucxl/kmod/appliance/guest/tests "$@" || code=$?
	# 0 and 1 are the guest's own verdict, and it printed its tests.
	if [ "$code" -gt 1 ]; then
		echo "FAILED $name: exit code $code"
	fi
}

all_tests() {
	if [ $# -gt 0 ]; then
		guest_tests guest module "$@"
		return
	fi
	host_tests
	guest_tests guest all
	cxl=1 guest_tests guest_with_cxl cxl
	(oldest_kernel_tests)
}

run_tests() {
	local log=$work/tests.log passed failed

	say "tests for $main_kernel under $(uname -r), $([ -w /dev/kvm ] && kvm_works && echo KVM || echo 'no usable KVM')"
	# One closing line for all of them.
	all_tests "$@" | sed -u -E '/^[0-9]+ passed, [0-9]+ failed$/d' | tee "$log"
	passed=$(grep -c '^ok ' "$log" || true)
	failed=$(grep -c '^FAILED ' "$log" || true)
	echo "$passed passed, $failed failed"
	[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}
