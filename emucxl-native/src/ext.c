/* SPDX-License-Identifier: Apache-2.0 */
/* emucxl_ext.h: queries, and blocks in movable regions. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "internal.h"

static int check_started(void)
{
    if (atomic_load_explicit(&started, memory_order_acquire) == 0)
        return fail(ENXIO, "emucxl is not initialised");
    return 0;
}

static int check_tier(int tier)
{
    int error = check_started();
    if (error == 0 && tier != 0 && tier != 1)
        error = fail(EINVAL, "there is no tier %d: 0 is local, 1 is remote", tier);
    return error;
}

int emucxl_backend(void)
{
    return check_started() == 0 ? space.backend->number : -1;
}

int emucxl_os_node(int tier)
{
    return check_tier(tier) == 0 ? space.os_node[tier] : -1;
}

static size_t regions_bytes(int tier, const size_t count[TIERS])
{
    if (check_tier(tier) != 0)
        return 0;
    pthread_mutex_lock(&space.lock);
    size_t bytes = count[tier] << space.region_shift;
    pthread_mutex_unlock(&space.lock);
    return bytes;
}

size_t emucxl_capacity(int tier)
{
    return regions_bytes(tier, space.limit);
}

size_t emucxl_used(int tier)
{
    return regions_bytes(tier, space.used);
}

int emucxl_set_capacity(int tier, size_t bytes)
{
    int error = check_tier(tier);
    if (error != 0)
        return error;
    size_t limit = bytes >> space.region_shift;
    if (limit == 0 || limit > space.regions)
        return fail(EINVAL, "a capacity of %zu bytes: it must be between one region (%zu) and the range (%zu)", bytes,
                    region_bytes(), space.bytes);
    pthread_mutex_lock(&space.lock);
    space.limit[tier] = limit;
    pthread_mutex_unlock(&space.lock);
    return 0;
}

int emucxl_advise_huge_pages(void)
{
    int error = check_started();
    if (error == 0 && madvise(space.base, space.bytes, MADV_HUGEPAGE) != 0)
        error = fail(errno, "this system has no huge pages to give (madvise: %s)", strerror(errno));
    return error;
}

void *emucxl_base(void)
{
    return check_started() == 0 ? space.base : NULL;
}

int emucxl_region_shift(void)
{
    return check_started() == 0 ? space.region_shift : -1;
}

size_t emucxl_regions(void)
{
    return check_started() == 0 ? space.regions : 0;
}

size_t emucxl_regions_touched(void)
{
    return check_started() == 0 ? atomic_load(&space.touched) : 0;
}

const signed char *emucxl_node_table(void)
{
    return check_started() == 0 ? (const signed char *)space.node_table : NULL;
}

void *emucxl_tier_alloc(size_t size, int tier)
{
    if (check_tier(tier) != 0)
        return NULL;
    if (size == 0) {
        fail(EINVAL, "a block of 0 bytes on tier %d", tier);
        return NULL;
    }
    return block_alloc(pool_of(tier, 0), size);
}

int emucxl_tier_free(void *address)
{
    struct block block;
    int error = check_started();
    if (error == 0)
        error = block_find(address, &block);
    if (error != 0)
        return error;
    if (block.pool >= TIERS)
        return fail(EINVAL, "the block at %p is an explicit one", address);
    if (block.start != address)
        return fail(EINVAL, "address %p is inside the block at %p", address, (void *)block.start);
    return block_free(&block, 0);
}

int emucxl_region_migrate(size_t region, int tier)
{
    int error = check_tier(tier);
    return error != 0 ? error : region_migrate(region, tier);
}

void emucxl_trim(void)
{
    if (check_started() == 0)
        caches_flush();
}
