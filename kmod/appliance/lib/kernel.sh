# SPDX-License-Identifier: Apache-2.0
#
# Kernels: Debian's cloud flavour, unpacked under the cache, never installed.

depends_of() {
	our_apt apt-cache show "$1" | sed -n 's/^Depends: //p' | head -n 1 |
		tr ',|' '\n\n' | sed 's/^ *//; s/ .*//'
}

# The newest version of a series (6.12) of which the mirror has every package.
newest_kernel() {
	local series=$1 version
	local pattern="^linux-headers-${series//./\\.}\\..*-cloud-amd64$"

	our_apt apt-cache search --names-only "$pattern" | awk '{ print $1 }' |
		sed 's/^linux-headers-//; s/-cloud-amd64$//' | sort -rV |
		while read -r version; do
			if has_candidate "linux-headers-$version-common" &&
				[ -n "$(image_package "$version")" ]; then
				echo "$version"
				cat >/dev/null
				break
			fi
		done
}

image_package() {
	local name=linux-image-$1-cloud-amd64

	for name in "$name" "$name-unsigned"; do
		if has_candidate "$name"; then
			echo "$name"
			return
		fi
	done
}

# The headers' Makefiles name the place where a package would be installed.
unpack_headers() {
	local version=$1 directory=$2 flavour=linux-headers-$1-cloud-amd64 packages

	mapfile -t packages < <(depends_of "$flavour" | grep -E '^linux-(headers|kbuild)-')
	fetch "$directory.new" "$flavour" "${packages[@]}" "${@:3}"
	sed -i "s#^include /usr/src#include $directory/usr/src#" \
		"$directory.new/usr/src/$flavour/Makefile"
}

unpack_kernel() {
	local version=$1 directory=$cache/kernel/$1

	rm -rf "$directory" "$directory.new"
	unpack_headers "$version" "$directory" "$(image_package "$version")"
	depmod -b "$directory.new" "$version-cloud-amd64"
	mv "$directory.new" "$directory"
}

unpack_headers_only() {
	local version=$1 directory=$cache/kernel/$1

	rm -rf "$directory" "$directory.new"
	unpack_headers "$version" "$directory"
	mv "$directory.new" "$directory"
}

# need_kernel SERIES image|headers: sets `kernel` to the version in the cache, or
# to nothing if the mirror has none. A version once taken is kept until clean.
need_kernel() {
	local series=$1 what=$2 record

	for record in "$cache/kernel/$series.image" "$cache/kernel/$series.$what"; do
		kernel=$(cat "$record" 2>/dev/null || true)
		[ -z "$kernel" ] || [ ! -d "$cache/kernel/$kernel" ] || return 0
	done
	need_lists
	kernel=$(newest_kernel "$series")
	[ -n "$kernel" ] || return 0
	need_compiler "$kernel"
	if [ "$what" = image ]; then
		step "kernel $kernel" unpack_kernel "$kernel"
	else
		step "kernel headers $kernel" unpack_headers_only "$kernel"
	fi
	echo "$kernel" >"$record"
}

# Modules are built with the compiler that the kernel was built with.
need_compiler() {
	local compiler

	compiler=$(depends_of "linux-headers-$1-cloud-amd64" | grep -oE 'gcc-[0-9]+' | head -n 1)
	[ -z "$compiler" ] || command -v "$compiler" >/dev/null || install_packages "$compiler"
}

headers_of() {
	echo "$cache/kernel/$1/usr/src/linux-headers-$1-cloud-amd64"
}

# build_module VERSION DIRECTORY [MAKE ARGUMENTS]: any warning is an error.
build_module() {
	local version=$1 directory=$2 log=$2/make.log

	mkdir -p "$directory/module"
	cp -pr "$tree/kmod/uapi" "$directory/"
	cp -p "$tree/kmod/module"/*.[ch] "$tree/kmod/module/Kbuild" "$directory/module/"
	# The kernel was built with type information of its own image only.
	make -s -C "$(headers_of "$version")" M="$directory/module" W=1 \
		CONFIG_DEBUG_INFO_BTF_MODULES= "${@:3}" modules >"$log" 2>&1 || {
		cat "$log"
		return 1
	}
	if [ -s "$log" ]; then
		cat "$log"
		return 1
	fi
}
