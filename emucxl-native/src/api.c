/* SPDX-License-Identifier: Apache-2.0 */
/* The fifteen functions of emucxl.h. */
#include <errno.h>
#include <string.h>

#include "internal.h"

static int check_started(void)
{
    if (atomic_load_explicit(&started, memory_order_acquire) == 0)
        return fail(ENXIO, "emucxl is not initialised");
    return 0;
}

static int check_node(int node)
{
    if (node != 0 && node != 1)
        return fail(EINVAL, "there is no node %d: 0 is local, 1 is remote", node);
    return 0;
}

/* The node of an explicit block. */
static int node_of(const struct block *block)
{
    return block->pool % TIERS;
}

/* The explicit block that an address is in. */
static int find(const void *address, struct block *block)
{
    int error = check_started();
    if (error == 0)
        error = block_find(address, block);
    if (error == 0 && block->pool < TIERS)
        error = fail(EINVAL, "address %p belongs to the runtime", address);
    return error;
}

static int find_start(const void *address, struct block *block)
{
    int error = find(address, block);
    if (error == 0 && block->start != address)
        error = fail(EINVAL, "address %p is inside the block at %p", address, (void *)block->start);
    return error;
}

/* Whether size bytes may be accessed: outside of the range, or all in one explicit block. */
static int check_access(const void *address, size_t size)
{
    uintptr_t first = (uintptr_t)address, base = (uintptr_t)space.base;
    if (address == NULL || size > UINTPTR_MAX - first)
        return fail(EFAULT, "%zu bytes at %p do not exist", size, address);
    if (first < base ? first + size <= base : first >= base + space.bytes)
        return 0;
    struct block block;
    if (find(address, &block) != 0)
        return errno = EFAULT;
    if (size > block.size - (size_t)((const char *)address - block.start))
        return fail(EFAULT, "%zu bytes at %p leave the block of %zu bytes at %p", size, address, block.size,
                    (void *)block.start);
    return 0;
}

void emucxl_init(void)
{
    emucxl_start(NULL);
}

void emucxl_exit(void)
{
    emucxl_stop();
}

void *emucxl_alloc(size_t size, int node)
{
    if (check_started() != 0 || check_node(node) != 0)
        return NULL;
    if (size == 0) {
        fail(EINVAL, "a block of 0 bytes on node %d", node);
        return NULL;
    }
    return block_alloc(pool_of(node, 1), size);
}

int emucxl_release(void *address, size_t size)
{
    struct block block;
    if (atomic_load_explicit(&started, memory_order_acquire) != 0 && block_free_small(address, size))
        return 0;
    int error = find_start(address, &block);
    if (error != 0)
        return error;
    if (size == 0)
        return fail(EINVAL, "the block at %p has %zu bytes, not 0", address, block.size);
    return block_free(&block, size);
}

void emucxl_free(void *address, size_t size)
{
    emucxl_release(address, size);
}

static void *replace(const struct block *old, size_t size, int node)
{
    void *address = block_alloc(pool_of(node, 1), size);
    if (address == NULL)
        return NULL;
    memcpy(address, old->start, size < old->size ? size : old->size);
    if (block_free(old, old->size) != 0) {
        int error = errno;
        emucxl_release(address, size);
        errno = error;
        return NULL;
    }
    return address;
}

void *block_replace(void *address, size_t size, int node)
{
    struct block block;
    if (find_start(address, &block) != 0)
        return NULL;
    if (node == SAME_NODE)
        node = node_of(&block);
    else if (check_node(node) != 0)
        return NULL;
    if (size == 0) {
        fail(EINVAL, "the block at %p to 0 bytes", address);
        return NULL;
    }
    return replace(&block, size, node);
}

void *emucxl_resize(void *address, size_t size)
{
    return block_replace(address, size, SAME_NODE);
}

void *emucxl_migrate(void *address, int node)
{
    struct block block;
    if (find_start(address, &block) != 0 || check_node(node) != 0)
        return NULL;
    return node_of(&block) == node ? address : replace(&block, block.size, node);
}

bool emucxl_is_local(void *address)
{
    return emucxl_get_numa_node(address) == 0;
}

int emucxl_get_numa_node(void *address)
{
    struct block block;
    return find(address, &block) == 0 ? node_of(&block) : -1;
}

size_t emucxl_get_size(void *address)
{
    struct block block;
    return find(address, &block) == 0 ? block.size : 0;
}

size_t emucxl_stats(int node)
{
    return check_started() == 0 && check_node(node) == 0 ? live_bytes(node) : 0;
}

char *block_place(const void *address, int64_t offset, size_t size)
{
    struct block block;
    if (find(address, &block) != 0)
        return NULL;
    if (offset < 0) {
        fail(EINVAL, "offset %lld is negative", (long long)offset);
        return NULL;
    }
    size_t before = (size_t)((const char *)address - block.start), behind = block.size - before;
    if ((uint64_t)offset > behind || size > behind - (size_t)offset) {
        fail(EFAULT, "%zu bytes at offset %lld of %p leave the block of %zu bytes at %p", size, (long long)offset,
             address, block.size, (void *)block.start);
        return NULL;
    }
    return block.start + before + offset;
}

bool emucxl_read(void *addr, int offset, void *buf, size_t size)
{
    const char *from = block_place(addr, offset, size);
    if (from == NULL || check_access(buf, size) != 0)
        return false;
    memmove(buf, from, size);
    return true;
}

bool emucxl_write(void *buf, int offset, void *addr, size_t size)
{
    char *to = block_place(addr, offset, size);
    if (to == NULL || check_access(buf, size) != 0)
        return false;
    memmove(to, buf, size);
    return true;
}

void *emucxl_memset(void *addr, int value, size_t size)
{
    char *to = block_place(addr, 0, size);
    return to == NULL ? NULL : memset(to, value, size);
}

void *emucxl_memcpy(void *destination, const void *source, size_t size)
{
    if (check_started() != 0 || check_access(destination, size) != 0 || check_access(source, size) != 0)
        return NULL;
    uintptr_t to = (uintptr_t)destination, from = (uintptr_t)source;
    if (to < from + size && from < to + size) {
        fail(EINVAL, "%zu bytes at %p and at %p overlap", size, destination, source);
        return NULL;
    }
    return memcpy(destination, source, size);
}

void *emucxl_memmove(void *destination, const void *source, size_t size)
{
    if (check_started() != 0 || check_access(destination, size) != 0 || check_access(source, size) != 0)
        return NULL;
    return memmove(destination, source, size);
}
