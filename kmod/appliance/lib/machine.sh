# SPDX-License-Identifier: Apache-2.0
#
# The virtual machine: its command line, and a run of it from start to end.
#
# A run passes only if the guest itself said so: QEMU exits with 0 after a panic,
# too. The guest writes the command's exit code to a port and then stops the
# machine through a debug device with a value that gives exit code 85.

guest_done=85

profile_names() {
	grep -v '^#' "$here/profiles.tsv" | cut -f 1
}

profile_line() {
	awk -v name="$1" '$1 == name { print; found = 1 } END { exit !found }' \
		"$here/profiles.tsv"
}

kvm_device=/dev/kvm
cpu_info=/proc/cpuinfo

# Boots our kernel, once per host boot: without a root file system it panics, and
# QEMU stops.
kvm_boots() {
	local boot answer=$cache/kvm-answer verdict=no

	boot=$(cat /proc/sys/kernel/random/boot_id)
	if [ "$(head -n 1 "$answer" 2>/dev/null)" != "$boot" ]; then
		! timeout 20 qemu-system-x86_64 -accel kvm -cpu host -m 256 -nic none \
			-display none -no-reboot -kernel "$(kernel_image)" \
			-append panic=-1 >/dev/null 2>&1 || verdict=yes
		printf '%s\n%s\n' "$boot" "$verdict" >"$answer"
	fi
	[ "$(tail -n 1 "$answer")" = yes ]
}

# Why KVM cannot be used here, or nothing. That there is a device means little.
kvm_obstacle() {
	if [ ! -e "$kvm_device" ]; then
		echo "there is no $kvm_device"
	elif [ ! -w "$kvm_device" ]; then
		echo "$kvm_device is not writable for this user"
	elif ! grep -qE '^flags.* (vmx|svm)( |$)' "$cpu_info"; then
		echo "$kvm_device is there, but the processor has no virtualization"
	elif ! kvm_boots; then
		echo "$kvm_device is there, but no kernel boots with it"
	fi
}

# Sets `accelerator`, unless an option did.
choose_accelerator() {
	local obstacle

	[ -z "$accelerator" ] || return 0
	obstacle=$(kvm_obstacle)
	if [ -z "$obstacle" ]; then
		accelerator=kvm
	else
		accelerator=tcg
		say "without KVM, all instructions are emulated: $obstacle"
	fi
}

# Sets the array `qemu`. What depends on the use (serial line) is added by others.
machine_command() {
	local latency0 bandwidth0 latency1 bandwidth1 cpu=host append node other processors

	append="console=ttyS0 quiet panic=-1 oops=panic root=/dev/nvme0n1 rw init=/sbin/emucxl-init"
	if [ "$accelerator" = tcg ]; then
		# Half the time that the newest one takes: what that adds (another level
		# of page tables, guards at every copy from user space, wide vectors) is
		# work for an emulator. The module is tested with both.
		cpu=${emulated_cpu:-Nehalem}
		# Timers come late where the host has other work.
		append="$append mitigations=off init_on_alloc=0 no_timer_check watchdog_thresh=60"
	fi
	processors=$(nproc)
	[ "$processors" -le 4 ] || processors=4
	[ "$processors" -ge 2 ] || processors=2
	read -r _ latency0 bandwidth0 latency1 bandwidth1 < <(profile_line "$profile")

	qemu=(qemu-system-x86_64 -accel "$accelerator" -smp "$processors" -no-reboot
		-nic none -vga none -display none -kernel "$(kernel_image)"
		-append "$append")
	if [ -n "$cxl" ]; then
		# Without -hypervisor the guest cannot flush caches, and refuses the region.
		[ "$accelerator" = kvm ] || cpu=max
		qemu+=(-machine q35,cxl=on -cpu "$cpu,-hypervisor" -m "$memory,maxmem=32G,slots=4"
			-object memory-backend-ram,id=cx0,size=512M,share=on
			-device pxb-cxl,bus_nr=12,bus=pcie.0,id=cxl.1
			-device cxl-rp,port=0,bus=cxl.1,id=rp13,chassis=0,slot=2
			-device cxl-type3,bus=rp13,volatile-memdev=cx0,id=cxlv0,sn=0x1
			-M cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=1G)
	else
		qemu+=(-machine q35,hmat=on -cpu "$cpu" -m "$((nodes * ${memory%[MG]}))${memory: -1}")
		for ((node = 0; node < nodes; node++)); do
			qemu+=(-object "memory-backend-ram,id=m$node,size=$memory"
				-numa "node,nodeid=$node,memdev=m$node,initiator=0$(
					[ $node -gt 0 ] || echo ",cpus=0-$((processors - 1))")")
			for ((other = 0; other < node; other++)); do
				qemu+=(-numa "dist,src=$other,dst=$node,val=20")
			done
		done
		for ((node = 0; node < nodes; node++)); do
			local latency=$latency1 bandwidth=$bandwidth1
			[ $node -gt 0 ] || latency=$latency0 bandwidth=$bandwidth0
			qemu+=(-numa "hmat-lb,initiator=0,target=$node,hierarchy=memory,data-type=access-latency,latency=$latency"
				-numa "hmat-lb,initiator=0,target=$node,hierarchy=memory,data-type=access-bandwidth,bandwidth=${bandwidth}G")
		done
	fi
	# The kernel has a driver for NVMe built in; it finds several such disks in any
	# order, so that there is only one. Ours are known by their serials.
	qemu+=(-drive "file=$root_image,if=none,id=d1,format=raw,snapshot=on"
		-device nvme,drive=d1,serial=root,bus=pcie.0
		-drive "file=$work/payload-$main_kernel.img,if=none,id=d2,format=raw,readonly=on"
		-device virtio-blk-pci,drive=d2,serial=emucxl,bus=pcie.0
		-drive "file=$run/job.tar,if=none,id=d3,format=raw,readonly=on"
		-device virtio-blk-pci,drive=d3,serial=job,bus=pcie.0
		-device isa-debug-exit,iobase=0xf4,iosize=0x04)
}

# A directory of this run, removed with whatever still runs when we go.
begin_run() {
	mkdir -p "$work"
	run=$(mktemp -d "$work/run.XXXXXX")
	children=()
	trap end_run EXIT
	# A second signal, such as one for us and one for our group, must not end end_run.
	trap 'trap "" INT TERM HUP; exit 130' INT
	trap 'trap "" INT TERM HUP; exit 143' TERM HUP
}

end_run() {
	local child

	for child in "${children[@]+"${children[@]}"}"; do
		# timeout(1) leads a group of its own, with QEMU in it.
		kill -KILL -- "-$child" 2>/dev/null || kill -KILL "$child" 2>/dev/null || true
	done
	wait 2>/dev/null || true
	rm -rf "$run"
}

# make_job shell|run COMMAND...: a tar whose `job` the guest's init reads.
make_job() {
	local kind=$1

	shift
	mkdir -p "$run/job"
	echo "$kind" >"$run/job/kind"
	printf '%q ' "$@" >"$run/job/command"
	[ -z "$cxl" ] || : >"$run/job/cxl"
	tar -C "$run/job" -cf "$run/job.tar" .
}

# machine_run SECONDS COMMAND...: returns the command's exit code; 124 when time
# was up, 125 when the machine broke down; qemu_exit is QEMU's own code then.
machine_run() {
	local code=0

	begin_run
	run_job "$@" || code=$?
	end_run
	return "$code"
}

run_job() {
	local limit=$1 port code=0 result

	shift
	make_job run "$@"
	machine_command
	qemu+=(-serial "file:$run/console" -monitor none
		-device virtio-serial-pci,bus=pcie.0)
	for port in out err result; do
		: >"$run/$port"
		qemu+=(-chardev "file,id=$port,path=$run/$port,append=on"
			-device "virtserialport,chardev=$port,name=emucxl.$port")
	done

	timeout -k 5 "$limit" "${qemu[@]}" </dev/null 2>"$run/qemu" &
	local machine=$!
	children+=("$machine")
	tail -c +1 -s 0.2 --pid="$machine" -f "$run/out" &
	local pump=$!
	children+=("$pump")
	tail -c +1 -s 0.2 --pid="$machine" -f "$run/err" >&2 &
	children+=("$!")
	wait "$machine" || code=$?
	wait "$pump" "${children[2]}" || true
	children=()

	cp "$run/console" "$work/console.log"
	if [ "$code" = 124 ] || [ "$code" = 137 ]; then
		say "stopped after $limit s; the console's log is $work/console.log"
		return 124
	fi
	result=$(cat "$run/result")
	if [ "$code" != "$guest_done" ] || [[ ! $result =~ ^exit\ ([0-9]+)$ ]]; then
		qemu_exit=$code
		say "the machine broke down (QEMU's exit code $code):"
		cat "$run/qemu" >&2
		head -n 30 "$run/console" >&2
		return 125
	fi
	return "${BASH_REMATCH[1]}"
}

machine_shell() {
	local limit=$1 code=0

	begin_run
	make_job shell
	machine_command
	# Ctrl-C belongs to the guest's shell.
	trap '' INT
	timeout --foreground -k 5 "$limit" "${qemu[@]}" -serial mon:stdio || code=$?
	stty sane 2>/dev/null || true
	[ "$code" = "$guest_done" ] || [ "$code" = 0 ] || return "$code"
}
