/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The emucxl API: memory on a named node of a machine with local and remote (CXL) memory.
 *
 * The fifteen functions of Table II of the emucxl paper, with its prototypes. Node 0 is local memory, node 1 remote
 * memory; which NUMA nodes of the machine these are is configuration (see emucxl_ext.h).
 *
 * Blocks. emucxl_alloc hands out blocks; a block is known by its start address, its size is remembered. Wherever
 * these texts say "an address in a block", any address from the block's first to its last byte is meant.
 *
 * Threads. Every function may be called from any thread at any time, except that the last emucxl_exit must not run
 * beside another call. None may be called from a signal handler.
 *
 * Errors. A function that fails sets errno, and leaves a text for people in emucxl_error() of emucxl_ext.h; nothing
 * else has changed then. A function that succeeds leaves errno as it was. So the caller of a function without a
 * result sets errno to 0 before the call. Every function but emucxl_init fails with ENXIO while the library is not
 * initialised.
 *
 * Fork. With the backends numa and emulated a child has a copy of every block, at the same addresses, as it would
 * with malloc. With the backend device the child finds the library not initialised, its blocks unmapped, and may
 * call emucxl_init itself.
 */
#ifndef EMUCXL_H
#define EMUCXL_H

#ifdef EMUCXL_LIB_H
#error "include emucxl.h or emucxl_lib.h, not both: they declare the same names with different arguments"
#endif

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define EMUCXL_API __attribute__((visibility("default")))
#else
#define EMUCXL_API
#endif

/*
 * Starts the library: picks a backend, reserves the address range. The settings come from the environment:
 * EMUCXL_BACKEND (auto, device, numa, emulated), EMUCXL_LOCAL_CAPACITY, EMUCXL_REMOTE_CAPACITY, EMUCXL_REGION_SIZE
 * (such as 512MiB), EMUCXL_LOCAL_NODE, EMUCXL_REMOTE_NODE (which emulated, with one node, does not look at). Calls are
 * counted: a second call only counts.
 *
 * EINVAL  a setting cannot be understood, or a capacity is smaller than one region
 * ENODEV  the backend that was asked for, or a node for it, does not exist on this machine
 * ENOMEM  the address range cannot be reserved
 */
EMUCXL_API void emucxl_init(void);

/*
 * Undoes one emucxl_init. The last one frees every block and closes the device; emucxl_init may be called again.
 */
EMUCXL_API void emucxl_exit(void);

/*
 * Allocates size bytes on a node. The bytes are zero. The address is a multiple of 16, and of 64 from 64 bytes on.
 *
 * Returns the address, or NULL:
 * EINVAL  size is 0, or node is neither 0 nor 1
 * ENOMEM  the node's capacity is used up, or size is more than the address range has
 */
EMUCXL_API void *emucxl_alloc(size_t size, int node);

/*
 * Frees a block. size must be the size of the block.
 *
 * EINVAL  address is not the start of a block (NULL, unknown, freed already, or inside a block), or the block has
 *         another size; the block stays
 */
EMUCXL_API void emucxl_free(void *address, size_t size);

/*
 * Moves the contents of a block to a new block of another size on the same node, and frees the old one. A larger
 * block is zero behind the old contents; a smaller one has the first size bytes of it.
 *
 * Returns the address of the new block, or NULL; the old block is untouched then:
 * EINVAL  address is not the start of a block, or size is 0
 * ENOMEM  no room: both blocks exist for a moment
 */
EMUCXL_API void *emucxl_resize(void *address, size_t size);

/*
 * Moves a block to a node: a new block there, its contents copied, the old one freed. A block that is on the node
 * already stays where it is.
 *
 * Returns the address of the block on that node, or NULL; the old block is untouched then:
 * EINVAL  address is not the start of a block, or node is neither 0 nor 1
 * ENOMEM  the node has no room
 */
EMUCXL_API void *emucxl_migrate(void *address, int node);

/*
 * Whether an address in a block is in local memory. false for one in remote memory, and:
 * EINVAL  address is not in a block
 */
EMUCXL_API bool emucxl_is_local(void *address);

/*
 * Returns the node of an address in a block, 0 or 1, or -1:
 * EINVAL  address is not in a block
 */
EMUCXL_API int emucxl_get_numa_node(void *address);

/*
 * Returns the size of the block that the address is in, as it was asked for, or 0:
 * EINVAL  address is not in a block
 */
EMUCXL_API size_t emucxl_get_size(void *address);

/*
 * Returns the sum of the sizes of the blocks on a node: exactly the bytes that were asked for. Arrays that the Java
 * runtime has placed on the node count too. 0 also when:
 * EINVAL  node is neither 0 nor 1
 */
EMUCXL_API size_t emucxl_stats(int node);

/*
 * Copies size bytes, from offset bytes behind addr (an address in a block) on, to buf.
 *
 * Returns true, or false, and then nothing was copied:
 * EINVAL  addr is not in a block, or offset is negative
 * EFAULT  the bytes are not all in the block, or buf is NULL, or buf lies in the range of emucxl memory and its size
 *         bytes are not all in one block
 */
EMUCXL_API bool emucxl_read(void *addr, int offset, void *buf, size_t size);

/* Copies size bytes from buf to offset bytes behind addr. Otherwise as emucxl_read. */
EMUCXL_API bool emucxl_write(void *buf, int offset, void *addr, size_t size);

/*
 * Sets size bytes from addr on to the low byte of value: 0 for 0, 255 for -1.
 *
 * Returns addr, or NULL, and then nothing was written:
 * EINVAL  addr is not in a block
 * EFAULT  the bytes are not all in the block
 */
EMUCXL_API void *emucxl_memset(void *addr, int value, size_t size);

/*
 * Copies size bytes. Each address may be in a block or in ordinary memory.
 *
 * Returns destination, or NULL, and then nothing was copied:
 * EFAULT  an address is NULL, or touches the range of emucxl memory and its size bytes are not all in one block
 * EINVAL  source and destination overlap
 */
EMUCXL_API void *emucxl_memcpy(void *destination, const void *source, size_t size);

/* As emucxl_memcpy, and source and destination may overlap. */
EMUCXL_API void *emucxl_memmove(void *destination, const void *source, size_t size);

#ifdef __cplusplus
}
#endif

#endif
