# SPDX-License-Identifier: Apache-2.0
#
# Debian packages: those that the host needs, and those that are only unpacked.
#
# apt gets lists of its own under the cache: the host's Debian sources, plus the
# backports of the same mirror. The host's configuration is not touched, and only
# installing a package needs root.

apt_options() {
	printf '%s\n' \
		-o "Dir::Etc::SourceList=$cache/apt/sources.list" \
		-o Dir::Etc::SourceParts=/dev/null \
		-o "Dir::State::Lists=$cache/apt/lists" \
		-o "Dir::Cache=$cache/apt/cache" \
		-o APT::Sandbox::User=root -o Acquire::Retries=3
	[ "$(id -u)" = 0 ] || printf '%s\n' -o Debug::NoLocking=1
}

our_apt() {
	local tool=$1 options

	shift
	mapfile -t options < <(apt_options)
	"$tool" "${options[@]}" "$@"
}

# Of Debian; nothing on another system, and for what has no name yet.
codename() {
	# shellcheck disable=SC1091
	(. /etc/os-release && [ "$ID" = debian ] && echo "${VERSION_CODENAME:-}") || true
}

# What the host takes packages from: lines of address, suite and component. Where
# lists were never fetched apt knows only what it would ask for them.
host_sources() {
	local targets

	# shellcheck disable=SC2016
	targets=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' \
		'Identifier: Packages')
	if [ -n "$targets" ]; then
		printf '%s\n' "$targets"
	else
		apt-get -o Debug::NoLocking=1 update --print-uris |
			sed -nE "s#^'([^']+/)dists/([^/']+)/InRelease'.*#\\1 \\2 main#p"
	fi
}

# The same as lines of sources.list, with backports added where they are missing.
write_sources() {
	local suite key=/usr/share/keyrings/debian-archive-keyring.gpg

	suite=$(codename)
	[ -e "$key" ] || key=
	host_sources |
		awk -v suite="$suite" -v key="${key:+ [signed-by=$key]}" '
			$2 == suite || index($2, suite "-") == 1 {
				line = "deb" key " " $1 " " $2 " " $3
				if (!seen[line]++)
					print line
				if ($2 == suite "-backports")
					backports = 1
				if ($2 == suite && $3 == "main")
					main = "deb" key " " $1 " " suite "-backports main"
			}
			END { if (main && !backports) print main }'
}

refresh_lists() {
	mkdir -p "$cache/apt/lists/partial" "$cache/apt/cache/archives/partial"
	write_sources >"$cache/apt/sources.list"
	grep -q . "$cache/apt/sources.list" || {
		echo "this machine has no Debian package sources"
		return 1
	}
	our_apt apt-get update -qq -o APT::Update::Error-Mode=any
	touch "$cache/apt/fresh"
}

# Lists older than a day name packages that the mirror may have replaced.
lists_are_fresh() {
	[ -n "$(find "$cache/apt/fresh" -mmin -1440 2>/dev/null)" ]
}

need_lists() {
	lists_are_fresh || step "package lists" refresh_lists
}

has_candidate() {
	[[ $(our_apt apt-cache policy "$1" 2>/dev/null) == *"Candidate: "[0-9]* ]]
}

install_packages() {
	need_lists
	if [ "$(id -u)" != 0 ]; then
		die "missing packages; as root: apt-get install $* (QEMU 10: from $(codename)-backports)"
	fi
	step "installing $*" env DEBIAN_FRONTEND=noninteractive \
		bash -c '. "$1/lib/packages.sh"; cache=$2; shift 2
			our_apt apt-get install -y --no-install-recommends "$@"' - \
		"$here" "$cache" "$@"
}

qemu_is_new() {
	local version

	version=$(qemu-system-x86_64 --version 2>/dev/null) || return 1
	[[ $version =~ version\ ([0-9]+) ]] && [ "${BASH_REMATCH[1]}" -ge 10 ]
}

# Packages of missing tools; more of them as COMMAND:PACKAGE.
missing_tools() {
	local pair

	for pair in gcc:gcc make:make mke2fs:e2fsprogs fakeroot:fakeroot \
		mmdebstrap:mmdebstrap depmod:kmod xz:xz-utils "$@"; do
		PATH=$PATH:/sbin:/usr/sbin command -v "${pair%%:*}" >/dev/null ||
			echo "${pair#*:}"
	done
	# What gcc and perl only recommend.
	[ -e /usr/include/stdio.h ] || echo libc6-dev
	perl -MTerm::ANSIColor -e 1 2>/dev/null || echo perl
	qemu_is_new || echo qemu-system-x86
}

# need_tools_and COMMAND:PACKAGE...: QEMU before 10 crashes a 6.12 guest.
need_tools_and() {
	local missing backports=

	mapfile -t missing < <(missing_tools "$@")
	[ ${#missing[@]} -gt 0 ] || return 0
	need_lists
	backports=$(codename)-backports
	if [[ " ${missing[*]} " == *" qemu-system-x86 "* &&
		$(our_apt apt-cache madison qemu-system-x86) == *"$backports"* ]]; then
		install_packages -t "$backports" "${missing[@]}"
	else
		install_packages "${missing[@]}"
	fi
	qemu_is_new || die "QEMU 10 or newer is needed; this is $(qemu-system-x86_64 --version | head -n 1)"
}

need_tools() {
	need_tools_and
}

# fetch DIRECTORY PACKAGE...: downloads and unpacks, installs nothing.
fetch() {
	local into=$1 deb

	shift
	mkdir -p "$cache/deb" "$into"
	(cd "$cache/deb" && rm -f ./*.deb && our_apt apt-get download "$@")
	for deb in "$cache"/deb/*.deb; do
		dpkg-deb -x "$deb" "$into"
		rm "$deb"
	done
}
