# SPDX-License-Identifier: Apache-2.0
#
# The machine's disks. The root disk holds Debian, the kernel's modules and Java,
# and is cached; our own disk holds what this tree builds, and is made each time.

base_packages=busybox-static,kmod,numactl,procps,bash,coreutils,diffutils,libc-bin,util-linux,tar,grep,sed,findutils,mawk,zlib1g,libstdc++6

java_modules=java.base,java.instrument,java.logging,java.management,jdk.attach,jdk.httpserver,jdk.jfr,jdk.management,jdk.management.agent,jdk.unsupported

kernel_image() {
	echo "$cache/kernel/$main_kernel/boot/vmlinuz-$main_kernel-cloud-amd64"
}

java_home() {
	local javac

	if [ -n "${JAVA_HOME:-}" ] && [ -d "$JAVA_HOME/jmods" ]; then
		echo "$JAVA_HOME"
		return
	fi
	javac=$(readlink -f "$(command -v javac)" 2>/dev/null) || return 1
	[ -d "${javac%/bin/javac}/jmods" ] && echo "${javac%/bin/javac}"
}

# Unpacked, not configured: nothing here needs its installation scripts, and it
# takes a fifth of the time. Descriptors that we inherited are closed: mmdebstrap has
# dash write to its next free one, and dash knows those of one digit only.
make_base() {
	mmdebstrap --format=tar --variant=extract --include="$base_packages" \
		--aptopt='Acquire::Retries "3"' "$(codename)" "$1.new" "$cache/apt/sources.list" \
		3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
	mv "$1.new" "$1"
}

make_java() {
	rm -rf "$1" "$1.new"
	"$(java_home)/bin/jlink" --add-modules "$java_modules" --strip-java-debug-attributes \
		--no-header-files --no-man-pages --output "$1.new"
	# Starts in a third of the time.
	"$1.new/bin/java" -XX:+UseSerialGC -Xshare:dump
	mv "$1.new" "$1"
}

# Under fakeroot, so that files belong to root in the image.
make_root() {
	local image=$1 base=$2 java=$3 modules=$4 directory=$1.d

	rm -rf "$directory"
	mkdir -p "$directory"
	tar -C "$directory" --exclude=./dev/* --exclude=./usr/share/doc --exclude=./usr/share/man \
		--exclude=./usr/share/locale -xf "$base"
	mkdir -p "$directory/opt" "$directory/etc" "$directory/root"
	cp -a "$java" "$directory/opt/java"
	mkdir -p "$directory/lib/modules"
	cp -a "$modules" "$directory/lib/modules/"
	install -m 755 "$here/guest/stage1" "$directory/sbin/emucxl-init"
	printf 'root:x:0:0:root:/root:/bin/bash\nuser:x:1000:1000::/tmp:/bin/bash\n' >"$directory/etc/passwd"
	printf 'root:x:0:\nuser:x:1000:\n' >"$directory/etc/group"
	[ -e "$directory/bin/sh" ] || ln -s bash "$directory/bin/sh"
	ldconfig -r "$directory" 2>/dev/null || /sbin/ldconfig -r "$directory"
	mke2fs -q -t ext4 -O ^has_journal -L root -d "$directory" "$image.new" 700M
	mv "$image.new" "$image"
	rm -rf "$directory"
}

need_root_image() {
	local base modules suite id

	suite=$(codename)
	base=$cache/base-$suite-$(sha256sum <<<"$base_packages" | cut -c 1-8).tar
	if [ ! -e "$base" ]; then
		need_lists
		step "Debian $suite for the guest" make_base "$base"
	fi
	[ -n "$(java_home)" ] || die "no JDK with its jmods directory (JAVA_HOME)"
	java_image=$cache/java-$(cat "$(java_home)/release" - <<<"$java_modules shared" | sha256sum | cut -c 1-8)
	[ -d "$java_image" ] || step "Java for the guest" make_java "$java_image"
	modules=$cache/kernel/$main_kernel/lib/modules/$main_kernel-cloud-amd64
	id=$(cat "$here/guest/stage1" "$here/lib/image.sh" - <<<"$base $java_image $modules" |
		sha256sum | cut -c 1-12)
	root_image=$cache/root-$main_kernel-$id.img
	if [ ! -e "$root_image" ]; then
		find "$cache" -maxdepth 1 -name "root-$main_kernel-*" -exec rm -rf {} +
		step "root disk" fakeroot bash -euc ". '$here/lib/image.sh'; here=\$1; shift; make_root \"\$@\"" - \
			"$here" "$root_image" "$base" "$java_image" "$modules"
	fi
}

# What Maven built, in the tree's own layout: there the launcher finds it.
copy_built() {
	local p=$1 file

	(cd "$tree" &&
		find . \( -path ./kmod -o -path ./benchmarks -o -name .git \) -prune -o \
			-path '*/target/*.jar' -print &&
		find sample-apps -mindepth 2 -maxdepth 2 -type f) |
		grep -vE '/original-[^/]*$|-(sources|javadoc|tests)\.jar$' |
		while read -r file; do
			mkdir -p "$p/$(dirname "$file")"
			cp "$tree/$file" "$p/$file"
		done
	cp "$tree/emucxl" "$p/"
	mkdir -p "$p/target"
	touch "$p/target/emucxl.built"
}

# What goes under /opt/emucxl.
make_payload() {
	local p=$work/payload-$main_kernel program

	rm -rf "$p"
	mkdir -p "$p/bin" "$p/lib" "$p/kmod/appliance"
	build_module "$main_kernel" "$work/module-$main_kernel"
	cp "$work/module-$main_kernel/module/emucxl.ko" "$p/lib/"
	make -s -C "$tree/kmod/tests" BUILD="$work/tests"
	cp "$work/tests/emucxl-kmod-test" "$p/bin/"
	mkdir -p "$work/native"
	make -s -C "$tree/emucxl-native" BUILD="$work/native" test-programs
	cp "$work/native"/emucxl-{test,compat,bench} "$p/bin/"
	cp -d "$work/native"/stage/lib/libemucxl.so* "$p/lib/"
	for program in stop-machine where; do
		gcc -O2 -Wall -Wextra -Werror -static -o "$p/bin/$program" "$here/guest/$program.c"
	done
	cp -r "$here/guest" "$p/kmod/appliance/"
	cp -r "$tree/kmod/uapi" "$p/kmod/"
	copy_built "$p"
	mkdir -p "$work/classes"
	"$(java_home)/bin/javac" --release 17 -d "$work/classes" \
		-cp "$(echo "$tree"/runtime/target/emucxl-runtime*.jar | tr ' ' ':')" "$here/guest/HotAndCold.java"
	"$(java_home)/bin/jar" --create --file "$p/lib/hot-and-cold.jar" -C "$work/classes" .
	"$java_image/bin/java" -jar "$tree/sample-apps/call-rank/target/call-rank.jar" >"$p/lib/call-rank.plain"
	mke2fs -q -t ext4 -O ^has_journal -L emucxl -d "$p" "$p.img.new" \
		"$(($(du -sk "$p" | cut -f 1) * 5 / 4 + 8192))k"
	mv "$p.img.new" "$p.img"
}

# Maven, which runs the tests after it has built everything, sets EMUCXL_BUILT.
java_is_stale() {
	local jar=$tree/agent/target/emucxl-agent.jar

	[ -z "${EMUCXL_BUILT:-}" ] || return 1
	[ -e "$jar" ] || return 0
	[ -n "$(cd "$tree" && find emucxl-native runtime policies agent sample-apps \
		-name target -prune -o -type f \( -path '*/src/main/*' -o -path '*/src/*.c' -o \
		-path '*/include/*' -o -name pom.xml \) -newer "$jar" -print -quit)" ]
}

# build_with KERNEL: the machine with a kernel that is in the cache.
build_with() {
	main_kernel=$1
	need_root_image
	step "module, tests and library for $main_kernel" make_payload
}

build() {
	local kernel

	[ "$(uname -m)" = x86_64 ] || die "the appliance needs an x86_64 host"
	mkdir -p "$work" "$cache/kernel"
	need_tools
	need_kernel "$series" image
	[ -n "$kernel" ] || die "the Debian mirror has no $series cloud kernel"
	! java_is_stale || step "the Java side" mvn -B -f "$tree" -pl '!benchmarks' \
		-DskipTests -Djacoco.skip=true package
	build_with "$kernel"
}
