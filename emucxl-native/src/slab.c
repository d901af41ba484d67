/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Blocks. A block of up to an eighth of a region comes from a slab: a few units cut into blocks of one size class. A
 * larger one is a run of units of its own. What the library knows of a block is kept apart from the memory itself, in
 * arrays that are indexed by unit: a stray write of the program cannot damage it, a free block costs no access to
 * remote memory, and looking up any address, even of a block that another thread just frees, is safe.
 *
 * Classes: 16, 32, 48, then multiples of 64 up to 512, then four to a doubling. From 1 KiB on they are 64 bytes larger
 * than that: arrays of a power of two fit closely, and the blocks of a slab do not begin at the same cache set.
 */
#include <errno.h>
#include <string.h>

#include "internal.h"

struct size_class size_classes[CLASSES];
static int class_count;
static size_t slab_max; /* size of the largest class */

static uint32_t partial[POOLS][CLASSES]; /* slabs with free blocks: first units */

static size_t full_slab_units(size_t bytes)
{
    enum { WELL = 8 };
    size_t best = 1, best_waste = SIZE_MAX;
    for (size_t n = 1; n <= UNITS; n++) {
        size_t blocks = (n << space.unit_shift) / bytes;
        if (blocks == 0)
            continue;
        size_t waste = ((n << space.unit_shift) - blocks * bytes) * UNITS / n;
        if (waste < best_waste) {
            best = n;
            best_waste = waste;
        }
        if (waste / UNITS <= unit_bytes() / WELL && (blocks >= WELL || n >= UNITS / 4))
            break;
    }
    return best;
}

static void class_add(size_t bytes)
{
    size_classes[class_count].bytes = bytes;
    size_classes[class_count].inverse = UINT64_MAX / bytes + 1;
    size_classes[class_count].units = (uint16_t)full_slab_units(bytes);
    class_count++;
}

void slabs_start(void)
{
    class_count = 0;
    memset(size_classes, 0, sizeof size_classes);
    for (size_t bytes = 16; bytes < 64; bytes += 16)
        class_add(bytes);
    for (size_t bytes = 64; bytes <= 512; bytes += 64)
        class_add(bytes);
    for (size_t step = 128; 4 * step < region_bytes() / 8; step *= 2)
        for (size_t bytes = 5 * step; bytes <= 8 * step; bytes += step)
            class_add(bytes < 1024 ? bytes : bytes + 64);
    slab_max = size_classes[class_count - 1].bytes;
    for (int pool = 0; pool < POOLS; pool++)
        for (int class = 0; class < class_count; class ++)
            partial[pool][class] = NO_UNIT;
}

int class_of(size_t size)
{
    if (size > slab_max)
        return -1;
    if (size <= 48)
        return (int)((size + 15) / 16) - 1;
    if (size <= 512)
        return (int)((size + 63) / 64) + 2;
    size_t nominal = size <= 896 ? size : size <= 1024 + 64 ? 1024 : size - 64;
    int shift = 63 - __builtin_clzll(nominal - 1) - 2;
    size_t quarter = (nominal - 1) >> shift; /* 4..7 */
    return 11 + (shift - 7) * 4 + (int)quarter - 4;
}

size_t class_bytes(int class)
{
    return size_classes[class].bytes;
}

static int not_found(const void *address, const char *what)
{
    return fail(EINVAL, "address %p is %s", address, what);
}

int block_find(const void *address, struct block *block)
{
    size_t offset = (size_t)((const char *)address - space.base);
    if (address == NULL || offset >= space.bytes)
        return not_found(address, "not in emucxl memory");
    uint64_t head = atomic_load_explicit(&space.head[offset >> space.unit_shift], memory_order_acquire);
    if (head == 0)
        return not_found(address, "not in a block");
    uint32_t unit = block->unit = head_unit(head);
    char *start = unit_address(unit);
    size_t distance = (size_t)((const char *)address - start);
    int class = block->class = head_class(head);
    block->pool = head_pool(head);
    if (class == CLASS_RUN) {
        const struct slab *slab = &space.slab[unit];
        block->start = start + atomic_load_explicit(&slab->offset, memory_order_relaxed);
        block->size = atomic_load_explicit(&slab->size, memory_order_acquire);
        block->state = NULL;
    } else {
        size_t index = block_index(distance, class);
        block->state = unit_states(unit) + index;
        uint32_t state = atomic_load_explicit(block->state, memory_order_acquire);
        block->start = start + index * size_classes[class].bytes;
        block->size = state & BLOCK_ALLOCATED ? state & ~BLOCK_ALLOCATED : 0;
    }
    if (block->size == 0)
        return not_found(address, "in a block that was freed");
    if ((size_t)((const char *)address - block->start) >= block->size)
        return not_found(address, "not in a block");
    return 0;
}

static void unlist(uint32_t unit)
{
    struct slab *slab = &space.slab[unit];
    if (!slab->listed)
        return;
    int pool = space.region[unit >> UNIT_BITS].pool;
    if (slab->next != NO_UNIT)
        space.slab[slab->next].prev = slab->prev;
    if (slab->prev != NO_UNIT)
        space.slab[slab->prev].next = slab->next;
    else
        partial[pool][slab->class] = slab->next;
    slab->listed = 0;
}

static void list(uint32_t unit)
{
    struct slab *slab = &space.slab[unit];
    const struct region *region = &space.region[unit >> UNIT_BITS];
    if (slab->listed || slab->taken == slab->blocks || region->state != REGION_USED)
        return;
    uint32_t *first = &partial[region->pool][slab->class];
    slab->prev = NO_UNIT;
    slab->next = *first;
    if (*first != NO_UNIT)
        space.slab[*first].prev = unit;
    *first = unit;
    slab->listed = 1;
}

static int begins_slab(uint32_t unit)
{
    uint64_t head = atomic_load(&space.head[unit]);
    return head != 0 && head_unit(head) == unit && head_class(head) != CLASS_RUN;
}

/* Calls what for each slab that begins in the region. */
static void each_slab(uint32_t r, void (*what)(uint32_t unit))
{
    for (uint32_t unit = r << UNIT_BITS; unit < (r + 1) << UNIT_BITS; unit++)
        if (begins_slab(unit))
            what(unit);
}

void slabs_unlist(uint32_t region)
{
    each_slab(region, unlist);
}

void slabs_list(uint32_t region)
{
    each_slab(region, list);
}

static void own(uint32_t first, size_t n, uint64_t head)
{
    for (size_t i = 0; i < n; i++)
        atomic_store_explicit(&space.head[first + i], head, memory_order_release);
}

static uint64_t head_of(uint32_t unit, int class)
{
    return head_make(unit, space.region[unit >> UNIT_BITS].pool, class);
}

static void slab_make(uint32_t unit, size_t n, int class)
{
    struct slab *slab = &space.slab[unit];
    slab->class = (uint8_t)class;
    slab->units = (uint32_t)n;
    slab->blocks = (uint32_t)((n << space.unit_shift) / size_classes[class].bytes);
    slab->taken = slab->fresh = slab->freed = 0;
    slab->listed = 0;
    own(unit, n, head_of(unit, class));
    space.region[unit >> UNIT_BITS].dirty |= (n == UNITS ? UINT64_MAX : (UINT64_C(1) << n) - 1) << (unit % UNITS);
    list(unit);
}

/* Last first: a cache hands out the last one first, and so in the order of the addresses, which processors prefetch. */
static int take_listed(int pool, int class, struct free_block *out, int n)
{
    int missing = n;
    while (missing > 0 && partial[pool][class] != NO_UNIT) {
        uint32_t unit = partial[pool][class];
        struct slab *slab = &space.slab[unit];
        while (missing > 0 && slab->taken < slab->blocks) {
            uint32_t index;
            if (slab->freed != 0) {
                index = slab->freed - 1;
                slab->freed = atomic_load_explicit(&unit_states(unit)[index], memory_order_relaxed);
            } else {
                index = slab->fresh++;
            }
            slab->taken++;
            missing--;
            out[missing].address = unit_address(unit) + index * size_classes[class].bytes;
            out[missing].state = unit_states(unit) + index;
        }
        if (slab->taken == slab->blocks)
            unlist(unit);
    }
    if (missing > 0)
        memmove(out, out + missing, (size_t)(n - missing) * sizeof *out);
    return n - missing;
}

int blocks_take(int pool, int class, struct free_block *out, int n)
{
    size_t least = (size_classes[class].bytes + unit_bytes() - 1) >> space.unit_shift;
    int before = errno;
    for (;;) {
        pthread_mutex_lock(&space.lock);
        int have = take_listed(pool, class, out, n);
        pthread_mutex_unlock(&space.lock);
        if (have > 0)
            return have;
        uint32_t unit;
        size_t units = size_classes[class].units;
        if (units_take(pool, units, UNITS_ONE, &unit) != 0) {
            units = least;
            if (units_take(pool, units, UNITS_PRESENT, &unit) != 0)
                return 0;
            errno = before; /* the pages that there were not are no failure now */
        }
        struct region_list emptied = REGION_LIST_EMPTY;
        const struct region *region = &space.region[unit >> UNIT_BITS];
        pthread_mutex_lock(&space.lock);
        if (region->state == REGION_USED && region->pool == pool) {
            slab_make(unit, units, class);
            have = take_listed(pool, class, out, n);
        } else {
            units_give(unit, units, &emptied); /* the region is being moved, or was */
        }
        pthread_mutex_unlock(&space.lock);
        region_list_release(&emptied);
        if (have > 0)
            return have;
    }
}

void blocks_give(const struct free_block *blocks, int n)
{
    struct region_list emptied = REGION_LIST_EMPTY;
    pthread_mutex_lock(&space.lock);
    for (int i = 0; i < n; i++) {
        size_t offset = (size_t)((char *)blocks[i].address - space.base);
        uint32_t unit = head_unit(atomic_load_explicit(&space.head[offset >> space.unit_shift], memory_order_relaxed));
        struct slab *slab = &space.slab[unit];
        atomic_store_explicit(blocks[i].state, slab->freed, memory_order_relaxed);
        slab->freed = (uint32_t)(blocks[i].state - unit_states(unit)) + 1;
        slab->taken--;
        if (slab->taken == 0) {
            unlist(unit);
            own(unit, slab->units, 0);
            units_give(unit, slab->units, &emptied);
        } else if (!slab->listed) {
            list(unit);
        }
    }
    pthread_mutex_unlock(&space.lock);
    region_list_release(&emptied);
}

void *run_alloc(int pool, size_t size, int *error)
{
    enum { LINE = 64, SPREAD = 4096 };
    static _Atomic uint32_t turn;
    size_t spread = unit_bytes() / 2 < SPREAD ? unit_bytes() / 2 : SPREAD;
    uint32_t unit;
    *error = ENOMEM;
    if (size > space.bytes - spread - unit_bytes())
        return NULL;
    size_t n = (size + spread - LINE + unit_bytes() - 1) >> space.unit_shift;
    /* Short runs gain nothing from crossing into the next region. */
    if ((*error = units_take(pool, n, n < UNITS / 4 ? UNITS_ONE : UNITS_CROSSING, &unit)) != 0)
        return NULL;
    uint32_t scattered = atomic_fetch_add_explicit(&turn, 1, memory_order_relaxed) * UINT32_C(0x9e3779b1);
    size_t offset = (scattered >> 16) * (size_t)LINE & (spread - 1);
    units_clean(unit, offset, size);
    struct slab *slab = &space.slab[unit];
    pthread_mutex_lock(&space.lock);
    slab->units = (uint32_t)n;
    slab->listed = 0;
    slab->class = CLASS_RUN;
    atomic_store(&slab->offset, offset);
    char *start = unit_address(unit) + offset;
    account(start, size, 1);
    atomic_store(&slab->size, size);
    own(unit, n, head_of(unit, CLASS_RUN));
    pthread_mutex_unlock(&space.lock);
    return start;
}

void run_free(uint32_t unit)
{
    struct region_list emptied = REGION_LIST_EMPTY;
    size_t n = space.slab[unit].units;
    pthread_mutex_lock(&space.lock);
    own(unit, n, 0);
    units_give(unit, n, &emptied);
    pthread_mutex_unlock(&space.lock);
    region_list_release(&emptied);
}

size_t emucxl_slab_stats(int tier, struct emucxl_slab_stats *out, size_t count)
{
    if (atomic_load(&started) == 0 || (tier != 0 && tier != 1)) {
        fail(atomic_load(&started) == 0 ? ENXIO : EINVAL, "no slabs of tier %d", tier);
        return 0;
    }
    struct emucxl_slab_stats all[CLASSES];
    memset(all, 0, sizeof all);
    pthread_mutex_lock(&space.lock);
    size_t touched = atomic_load(&space.touched);
    for (size_t r = 0; r < touched; r++) {
        const struct region *region = &space.region[r];
        if ((region->state != REGION_USED && region->state != REGION_MOVING) || region->pool % TIERS != tier)
            continue;
        for (uint32_t unit = (uint32_t)r << UNIT_BITS; unit < (uint32_t)(r + 1) << UNIT_BITS; unit++) {
            const struct slab *slab = &space.slab[unit];
            if (!begins_slab(unit))
                continue;
            struct emucxl_slab_stats *stats = &all[slab->class];
            stats->slabs++;
            stats->blocks += slab->blocks;
            stats->taken += slab->taken;
        }
    }
    pthread_mutex_unlock(&space.lock);
    size_t in_use = 0;
    for (int class = 0; class < class_count; class ++) {
        if (all[class].slabs == 0)
            continue;
        all[class].block_bytes = size_classes[class].bytes;
        if (in_use < count)
            out[in_use] = all[class];
        in_use++;
    }
    return in_use;
}
