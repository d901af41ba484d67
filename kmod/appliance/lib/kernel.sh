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
	sed -i "s#\\([ =]\\)/usr/src/#\\1$directory/usr/src/#" \
		"$directory.new/usr/src/$flavour/Makefile"
}

unpack_kernel() {
	local version=$1 directory=$cache/kernel/$1

	rm -rf "$directory" "$directory.new"
	unpack_headers "$version" "$directory" "$(image_package "$version")"
	# From Debian 13 on the package's modules are under /usr/lib.
	[ -e "$directory.new/lib" ] || ln -s usr/lib "$directory.new/lib"
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

# The newest series of which the mirror has headers, such as 6.12.
newest_series() {
	local record=$cache/kernel/newest

	if [ ! -s "$record" ]; then
		need_lists
		our_apt apt-cache search --names-only '^linux-headers-[0-9].*-cloud-amd64$' |
			sed -E 's/^linux-headers-([0-9]+\.[0-9]+).*/\1/' | sort -uV | tail -n 1 >"$record"
	fi
	cat "$record"
}

# Sets `checkpatch` to the script of the kernel series that we build for (a later one
# asks for what that has not), or to nothing if the mirror has no source package: a
# large one, of which three files are kept.
need_checkpatch() {
	local package=linux-source-$series

	checkpatch=$cache/checkpatch-$series/checkpatch.pl
	[ ! -e "$checkpatch" ] || return 0
	need_lists
	if has_candidate "$package"; then
		step "checkpatch from $package" unpack_checkpatch "$package" "$cache/checkpatch-$series"
	else
		checkpatch=
	fi
}

unpack_checkpatch() {
	local package=$1 directory=$2 new=$2.new

	rm -rf "$new" "$directory"
	fetch "$new/package" "$package"
	# tar stops at the last of the files, and xz is left with nobody to read it.
	xz -dc -T 0 "$new/package/usr/src/$package.tar.xz" 2>/dev/null |
		tar -C "$new" --strip-components=2 --occurrence=1 -xf - \
			"$package/scripts/checkpatch.pl" "$package/scripts/spelling.txt" \
			"$package/scripts/const_structs.checkpatch" || true
	rm -rf "$new/package"
	[ -e "$new/checkpatch.pl" ]
	mv "$new" "$directory"
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
	# Without type information, and so without a word about the tool that makes it.
	make -s -C "$(headers_of "$version")" M="$directory/module" W=1 \
		CONFIG_DEBUG_INFO_BTF_MODULES= PAHOLE=false CONFIG_PAHOLE_VERSION=0 "${@:3}" modules >"$log" 2>&1 || {
		cat "$log"
		return 1
	}
	if [ -s "$log" ]; then
		cat "$log"
		return 1
	fi
}
