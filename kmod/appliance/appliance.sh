#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# The appliance: a virtual machine with memory on two nodes, the second without
# processors, and emucxl inside.

set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$(cd "$here/../.." && pwd)
work=$tree/kmod/target/appliance
cache=${EMUCXL_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/emucxl}

# shellcheck source=lib/report.sh
. "$here/lib/report.sh"
# shellcheck source=lib/packages.sh
. "$here/lib/packages.sh"
# shellcheck source=lib/kernel.sh
. "$here/lib/kernel.sh"
# shellcheck source=lib/image.sh
. "$here/lib/image.sh"
# shellcheck source=lib/machine.sh
. "$here/lib/machine.sh"
# shellcheck source=lib/tests.sh
. "$here/lib/tests.sh"

usage() {
	cat <<END
usage: emucxl appliance prepare
       emucxl appliance build [OPTIONS]
       emucxl appliance run [OPTIONS] -- COMMAND...
       emucxl appliance test [OPTIONS] [-- TEST...]
       emucxl appliance shell [OPTIONS]
       emucxl appliance clean [--all]

prepare  installs and downloads all that build and test need; exit code 3, and a
       line that says why, where the appliance cannot be made
build  makes the machine: kernel, module, library, Java, our jars
run    boots it, runs COMMAND in it, prints its output, returns its exit code
test   boots it and runs the tests of the module, the library and the agent in
       it; with TEST... only those tests of the module that begin so
shell  boots it and gives a console (leave with exit, or Ctrl-A x)
clean  removes what build made; with --all the downloads as well

  --nodes N        nodes, 2 to 8; only the first has processors (default 2)
  --memory SIZE    memory of each node, e.g. 768M or 2G (default 1G)
  --profile NAME   latencies that the nodes advertise (default cxl-2.0-x8):
$(profile_names | sed 's/^/                     /')
  --kernel SERIES  Debian kernel series (default 6.12; 6.1 where Debian has it)
  --cxl            node 1 is a CXL type-3 device on the kernel's CXL stack
                   (slow: 4 MB/s without KVM)
  --kvm, --tcg     use hardware virtualization, or do not (default: if it works)
  --timeout SEC    most that a machine may run (default 600; shell: no limit)

Downloads are kept in $cache (EMUCXL_CACHE).
END
}

nodes=2
memory=1G
profile=cxl-2.0-x8
series=6.12
cxl=
accelerator=
limit=
all=

while_options() {
	while [ $# -gt 0 ]; do
		case $1 in
		--nodes | --memory | --profile | --kernel | --timeout)
			[ $# -ge 2 ] || die "$1 needs a value"
			case $1 in
			--nodes) nodes=$2 ;;
			--memory) memory=$2 ;;
			--profile) profile=$2 ;;
			--kernel) series=$2 ;;
			--timeout) limit=$2 ;;
			esac
			shift
			;;
		--cxl) cxl=1 ;;
		--kvm) accelerator=kvm ;;
		--tcg) accelerator=tcg ;;
		--all) all=1 ;;
		-h | --help)
			usage
			exit 0
			;;
		--)
			shift
			break
			;;
		*) die "unknown argument: $1 (see emucxl appliance --help)" ;;
		esac
		shift
	done
	command=("$@")
}

check_options() {
	[[ $nodes =~ ^[2-8]$ ]] || die "--nodes: 2 to 8, not $nodes"
	[[ $memory =~ ^[0-9]+[MG]$ ]] || die "--memory: a size such as 768M or 2G, not $memory"
	[[ -z $limit || $limit =~ ^[0-9]+$ ]] || die "--timeout: seconds, not $limit"
	profile_line "$profile" >/dev/null ||
		die "--profile: $profile is none of: $(profile_names | tr '\n' ' ')"
}

main() {
	local action=${1:-}

	[ $# -gt 0 ] || {
		usage >&2
		exit 2
	}
	shift
	while_options "$@"
	check_options
	case $action in
	prepare) prepare ;;
	build) build ;;
	run)
		[ ${#command[@]} -gt 0 ] || die "run: no command; write: run -- COMMAND..."
		build
		choose_accelerator
		machine_run "${limit:-600}" "${command[@]}"
		;;
	test)
		build
		choose_accelerator
		run_tests "${command[@]+"${command[@]}"}"
		;;
	shell)
		build
		choose_accelerator
		machine_shell "${limit:-0}"
		;;
	clean)
		rm -rf "$work"
		[ -z "$all" ] || rm -rf "$cache"
		;;
	-h | --help) usage ;;
	*) die "no such action: $action (build, run, test, shell or clean)" ;;
	esac
}

main "$@"
