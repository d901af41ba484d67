/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * Interface between programs and /dev/emucxl.
 *
 * Memory comes from mmap(), and goes back by munmap(), at exit, or when the
 * process is killed:
 *
 *	mmap(addr, length, prot, MAP_SHARED, fd, node * sysconf(_SC_PAGESIZE))
 *
 * The pages are taken from that node and from no other, zeroed, before mmap()
 * returns. Where address and length allow it they are huge pages. Page table
 * entries appear at the first touch; MAP_POPULATE makes them at once.
 *
 * mmap() fails with
 *	ENOMEM	the node's capacity, the file's limit, or the memory is used up
 *	ENODEV	the node has no memory
 *	EINVAL	the offset is no node number, or the mapping is not a writable
 *		MAP_SHARED one (the file must be open for reading and writing)
 *	EOVERFLOW (from the kernel) the length does not fit the address space
 *	EINTR	the process was killed while pages were being taken
 *
 * A child made by fork() shares the memory, as with any MAP_SHARED mapping.
 */
#ifndef _UAPI_EMUCXL_IOCTL_H
#define _UAPI_EMUCXL_IOCTL_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define EMUCXL_DEVICE		"/dev/emucxl"

/* Grows by one with every addition; nothing is ever taken away. */
#define EMUCXL_ABI_VERSION	1

#define EMUCXL_IOC_MAGIC	'e'

/*
 * The published emucxl's calls. All four succeed and do nothing: opening the
 * file, mmap() and munmap() are what takes and returns memory. The argument is
 * not looked at.
 */
#define EMUCXL_INIT		_IOW(EMUCXL_IOC_MAGIC, 1, __u64)
#define EMUCXL_EXIT		_IO(EMUCXL_IOC_MAGIC, 2)
#define EMUCXL_ALLOC		_IOR(EMUCXL_IOC_MAGIC, 3, __u64)
#define EMUCXL_FREE		_IO(EMUCXL_IOC_MAGIC, 4)

/*
 * Calls of this module. Every structure starts with its size as the caller
 * knows it, so that later versions can grow at the end: an older caller gets
 * what it knows, and a newer caller's extra members must be zero (E2BIG). Of the
 * request number the module looks at magic and number only, not at the size.
 * Reserved members must be zero (EINVAL).
 */

/**
 * struct emucxl_info - what the module is
 * @size:	sizeof(struct emucxl_info)
 * @version:	out: EMUCXL_ABI_VERSION of the module
 * @nodes:	out: the highest node number that can exist, plus one
 * @page_size:	out: bytes of a page
 * @huge_size:	out: bytes of a huge page, 0 if they are off
 * @memory:	out: bit n is set if node n (0 to 63) has memory now
 */
struct emucxl_info {
	__u32 size;
	__u32 version;
	__u32 nodes;
	__u32 page_size;
	__u64 huge_size;
	__u64 memory;
};

#define EMUCXL_UNLIMITED	(~0ULL)

/**
 * struct emucxl_node_stat - one node's figures, all in bytes
 * @size:	sizeof(struct emucxl_node_stat)
 * @node:	in: the node (ENODEV if it has no memory)
 * @total:	out: memory of the node
 * @free:	out: of it not used by anybody
 * @capacity:	out: most that all files together may hold
 * @used:	out: what all files together hold
 * @huge:	out: the part of @used in huge pages
 * @file_limit:	out: most that this open file may hold, or EMUCXL_UNLIMITED
 * @file_used:	out: what this open file holds
 * @migrated_in: out: moved onto this node since the module was loaded
 * @refused:	out: allocations that failed since then (a count, not bytes)
 */
struct emucxl_node_stat {
	__u32 size;
	__u32 node;
	__u64 total;
	__u64 free;
	__u64 capacity;
	__u64 used;
	__u64 huge;
	__u64 file_limit;
	__u64 file_used;
	__u64 migrated_in;
	__u64 refused;
};

/* The limit of this open file: anybody who has it open may set it. */
#define EMUCXL_SCOPE_FILE	0
/* The node's capacity for everybody: needs CAP_SYS_RESOURCE (EPERM). */
#define EMUCXL_SCOPE_NODE	1

/**
 * struct emucxl_capacity - set a limit
 * @size:	sizeof(struct emucxl_capacity)
 * @node:	the node (ENODEV if it has no memory)
 * @scope:	EMUCXL_SCOPE_FILE or EMUCXL_SCOPE_NODE
 * @reserved:	zero
 * @bytes:	the limit; rounded down to pages. Below what is in use it
 *		takes nothing away, but nothing more is given. For
 *		EMUCXL_SCOPE_NODE, EMUCXL_UNLIMITED restores the default, which
 *		is 7/8 of the node's memory.
 */
struct emucxl_capacity {
	__u32 size;
	__u32 node;
	__u32 scope;
	__u32 reserved;
	__u64 bytes;
};

/**
 * struct emucxl_migrate - move pages to a node, in place
 * @size:	sizeof(struct emucxl_migrate)
 * @node:	where to (ENODEV if it has no memory)
 * @address:	first byte, a multiple of the page size (EINVAL)
 * @length:	bytes, a multiple of the page size (EINVAL)
 * @moved:	out: bytes that changed their node, also when the call fails
 *
 * Addresses stay valid and the data stays the same. Threads that touch a page
 * while it moves wait for it; nothing that they write is lost. Pages that are
 * on @node already count as done. The range may lie in several mappings of this
 * open file, side by side (EFAULT if a part of it is none).
 *
 * The call goes from low to high addresses and stops at the first failure; what
 * was moved stays moved:
 *	ENOMEM	the capacity or the limit is reached, or the memory used up
 *	EBUSY	a page stays pinned by someone else (direct I/O, RDMA)
 *	EINTR	the process was killed
 * A huge page of which only a part is asked for becomes small pages first.
 */
struct emucxl_migrate {
	__u32 size;
	__u32 node;
	__u64 address;
	__u64 length;
	__u64 moved;
};

/**
 * struct emucxl_query - the node of every page of a range
 * @size:	sizeof(struct emucxl_query)
 * @reserved:	zero
 * @address:	first byte, a multiple of the page size (EINVAL)
 * @length:	bytes, a multiple of the page size (EINVAL)
 * @nodes:	in: address of @length / page_size __s32, which receive the
 *		nodes, or -1 where no page of this open file is mapped
 *
 * Tells the node of pages that were never touched, too, which move_pages(2)
 * cannot.
 */
struct emucxl_query {
	__u32 size;
	__u32 reserved;
	__u64 address;
	__u64 length;
	__u64 nodes;
};

#define EMUCXL_INFO		_IOWR(EMUCXL_IOC_MAGIC, 16, struct emucxl_info)
#define EMUCXL_NODE_STAT	_IOWR(EMUCXL_IOC_MAGIC, 17, struct emucxl_node_stat)
#define EMUCXL_SET_CAPACITY	_IOW(EMUCXL_IOC_MAGIC, 18, struct emucxl_capacity)
#define EMUCXL_MIGRATE		_IOWR(EMUCXL_IOC_MAGIC, 19, struct emucxl_migrate)
#define EMUCXL_QUERY		_IOW(EMUCXL_IOC_MAGIC, 20, struct emucxl_query)

#endif /* _UAPI_EMUCXL_IOCTL_H */
