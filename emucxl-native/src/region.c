/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Regions in use. A region is 64 units; a bit set says which are free. Regions of a pool that have free units are kept
 * by the length of their longest free run, so that room for n units is found in constant time, tightest fit first. Runs
 * longer than a region begin where the last one ended if they can: arrays of a power of two plus a little
 * then lie one behind the other, rather than each wasting most of a region.
 */
#include <errno.h>
#include <string.h>

#include "internal.h"

#define ALL_FREE UINT64_MAX

void regions_start(void)
{
    memset(space.node_table, EMUCXL_REGION_UNUSED, space.regions);
    memset(space.used, 0, sizeof space.used);
    memset(space.pending, 0, sizeof space.pending);
    for (int pool = 0; pool < POOLS; pool++) {
        for (int b = 0; b <= UNITS; b++)
            space.buckets[pool].head[b] = NO_REGION;
        space.buckets[pool].filled = 0;
        space.tail[pool] = NO_REGION;
    }
    for (int tier = 0; tier < TIERS; tier++)
        atomic_store(&space.live[tier], 0);
    atomic_store(&space.touched, 0);
}

static uint64_t bits(unsigned from, unsigned n)
{
    return (n == UNITS ? ALL_FREE : (UINT64_C(1) << n) - 1) << from;
}

static int longest_run(uint64_t free)
{
    int n = 0;
    for (; free != 0; n++)
        free &= free << 1;
    return n;
}

/* The first of n free units in a row. There must be such. */
static unsigned find_run(uint64_t free, unsigned n)
{
    uint64_t starts = free;
    unsigned have = 1;
    while (have < n) {
        unsigned step = have < n - have ? have : n - have;
        starts &= starts >> step;
        have += step;
    }
    return (unsigned)__builtin_ctzll(starts);
}

static unsigned free_suffix(uint64_t free)
{
    return free == ALL_FREE ? UNITS : (unsigned)__builtin_clzll(~free);
}

static void unlist(uint32_t r)
{
    struct region *region = &space.region[r];
    struct bucket_list *list = &space.buckets[region->pool];
    unsigned b = region->bucket;
    if (b == 0)
        return;
    if (region->next != NO_REGION)
        space.region[region->next].prev = region->prev;
    if (region->prev != NO_REGION)
        space.region[region->prev].next = region->next;
    else if ((list->head[b] = region->next) == NO_REGION)
        list->filled &= ~bits(b - 1, 1);
    region->bucket = 0;
}

static void list(uint32_t r)
{
    struct region *region = &space.region[r];
    struct bucket_list *list = &space.buckets[region->pool];
    unsigned b = (unsigned)longest_run(region->free);
    unlist(r);
    if (b == 0 || region->state != REGION_USED)
        return;
    region->bucket = (uint8_t)b;
    region->prev = NO_REGION;
    region->next = list->head[b];
    if (region->next != NO_REGION)
        space.region[region->next].prev = r;
    list->head[b] = r;
    list->filled |= bits(b - 1, 1);
}

static void settle(int tier, size_t regions)
{
    space.pending[tier] -= regions;
    pthread_cond_broadcast(&space.settled);
}

void regions_settle(void)
{
    while (space.pending[0] + space.pending[1] > 0)
        pthread_cond_wait(&space.settled, &space.lock);
}

static void *region_address(uint32_t r)
{
    return space.base + ((size_t)r << space.region_shift);
}

/* Takes n units at the tightest place in the pool's regions. NO_UNIT when there is none. */
static uint32_t take_inside(int pool, size_t n)
{
    struct bucket_list *lists = &space.buckets[pool];
    if (n > UNITS)
        return NO_UNIT;
    uint64_t fitting = lists->filled & ~(bits(0, (unsigned)n) >> 1);
    if (fitting == 0)
        return NO_UNIT;
    uint32_t r = lists->head[__builtin_ctzll(fitting) + 1];
    struct region *region = &space.region[r];
    unsigned u = find_run(region->free, (unsigned)n);
    region->free &= ~bits(u, (unsigned)n);
    list(r);
    return (r << UNIT_BITS) + u;
}

/* Free regions behind the pool's last run, so that n units fit together with the free end of that run's region. */
static uint32_t extendable(int pool, size_t n, size_t *more, unsigned *suffix)
{
    uint32_t r = space.tail[pool];
    if (r == NO_REGION || space.region[r].state != REGION_USED || space.region[r].pool != pool)
        return NO_REGION;
    *suffix = free_suffix(space.region[r].free);
    if (*suffix == 0 || *suffix >= n)
        return NO_REGION;
    *more = (n - *suffix + UNITS - 1) / UNITS;
    if (*more >= space.regions - r)
        return NO_REGION;
    for (size_t i = 1; i <= *more; i++)
        if (space.region[r + i].state != REGION_UNUSED)
            return NO_REGION;
    return r;
}

static void regions_untake(uint32_t first, size_t k, int tier)
{
    for (size_t i = 0; i < k; i++)
        space.region[first + i].state = REGION_UNUSED;
    runs_mark(first, k, 0);
    space.used[tier] -= k;
}

/* Brings k taken regions into use, with pages; all units but the first n are free. */
static void regions_use(uint32_t first, size_t k, size_t n, int pool)
{
    int tier = pool % TIERS;
    for (size_t i = 0; i < k; i++) {
        struct region *region = &space.region[first + i];
        size_t taken = n < UNITS ? n : UNITS;
        n -= taken;
        region->free = taken == 0 ? ALL_FREE : ~bits(0, (unsigned)taken);
        region->state = REGION_USED;
        region->pool = (uint8_t)pool;
        region->bucket = 0;
        atomic_store(&region->live, tier ? LIVE_TIER : 0);
        atomic_store(&space.node_table[first + i],
                     (signed char)(tier | (pool >= TIERS ? EMUCXL_REGION_PINNED : 0)));
        list((uint32_t)(first + i));
    }
    size_t end = first + k;
    if (atomic_load(&space.touched) < end)
        atomic_store(&space.touched, end);
}

/* How many regions a run of n units needs, from which on, and how much of the region before them it takes too. */
struct room {
    uint32_t first; /* NO_REGION: there is no room */
    size_t regions;
    unsigned suffix;
};

/* Takes regions for n units. Under the lock. */
static struct room take_room(int pool, size_t n, int crossing)
{
    struct room room = {NO_REGION, 0, 0};
    int tier = pool % TIERS;
    uint32_t before = crossing ? extendable(pool, n, &room.regions, &room.suffix) : NO_REGION;
    if (before == NO_REGION) {
        room.regions = (n + UNITS - 1) / UNITS;
        room.suffix = 0;
    }
    if (space.used[tier] > space.limit[tier] || room.regions > space.limit[tier] - space.used[tier])
        return room;
    if (before != NO_REGION) {
        room.first = before + 1;
        runs_mark(room.first, room.regions, 1);
        space.region[before].free &= ~bits(UNITS - room.suffix, room.suffix);
        list(before);
    } else if ((room.first = runs_take(room.regions)) == NO_REGION) {
        return room;
    }
    space.used[tier] += room.regions;
    space.pending[tier] += room.regions;
    for (size_t i = 0; i < room.regions; i++)
        space.region[room.first + i].state = REGION_TAKEN;
    return room;
}

int units_take(int pool, size_t n, enum units_place place, uint32_t *first)
{
    enum { PATIENCE = 8 };
    int crossing = place == UNITS_CROSSING;
    int tier = pool % TIERS;
    struct room room = {NO_REGION, 0, 0};
    pthread_mutex_lock(&space.lock);
    for (int waited = 0;; waited++) {
        if ((*first = take_inside(pool, n)) != NO_UNIT) {
            pthread_mutex_unlock(&space.lock);
            return 0;
        }
        if (place != UNITS_PRESENT)
            room = take_room(pool, n, crossing);
        if (room.first != NO_REGION)
            break;
        /* What other threads are just getting or giving back may have room, but not for ever. */
        if (space.pending[tier] == 0 || waited == PATIENCE) {
            pthread_mutex_unlock(&space.lock);
            return ENOMEM;
        }
        pthread_cond_wait(&space.settled, &space.lock);
    }
    uint32_t r = room.first;
    size_t more = room.regions;
    unsigned suffix = room.suffix;
    pthread_mutex_unlock(&space.lock);

    int error = space.backend->commit(region_address(r), more << space.region_shift, tier);

    pthread_mutex_lock(&space.lock);
    struct region_list emptied = REGION_LIST_EMPTY;
    if (error == 0) {
        regions_use(r, more, n - suffix, pool);
        if (crossing)
            space.tail[pool] = (uint32_t)(r + more - 1);
        *first = (r << UNIT_BITS) - suffix;
    } else {
        regions_untake(r, more, tier);
        if (suffix > 0)
            units_give((r << UNIT_BITS) - suffix, suffix, &emptied);
    }
    settle(tier, more);
    pthread_mutex_unlock(&space.lock);
    region_list_release(&emptied);
    return error;
}

void units_clean(uint32_t first, size_t offset, size_t bytes)
{
    char *start = space.base + ((size_t)first << space.unit_shift) + offset, *end = start + bytes;
    size_t n = (offset + bytes + unit_bytes() - 1) >> space.unit_shift;
    for (size_t u = first, done; u < first + n; u += done) {
        struct region *region = &space.region[u >> UNIT_BITS];
        unsigned at = u % UNITS;
        done = UNITS - at < first + n - u ? UNITS - at : first + n - u;
        pthread_mutex_lock(&space.lock);
        uint64_t dirty = region->dirty;
        region->dirty |= bits(at, (unsigned)done);
        pthread_mutex_unlock(&space.lock);
        for (unsigned i = at; i < at + done; i++) {
            if ((dirty & bits(i, 1)) == 0)
                continue;
            char *from = space.base + ((((u - at) + i)) << space.unit_shift), *to = from + unit_bytes();
            from = from < start ? start : from;
            to = to > end ? end : to;
            memset(from, 0, (size_t)(to - from));
        }
    }
}

static void emptied_add(uint32_t r, struct region_list *emptied)
{
    struct region *region = &space.region[r];
    unlist(r);
    region->state = REGION_RELEASING;
    space.pending[region->pool % TIERS]++;
    atomic_store(&space.node_table[r], (signed char)EMUCXL_REGION_UNUSED);
    region->next = emptied->head;
    emptied->head = r;
}

void units_give(uint32_t first, size_t n, struct region_list *emptied)
{
    for (size_t u = first, done; n > 0; u += done, n -= done) {
        uint32_t r = (uint32_t)(u >> UNIT_BITS);
        struct region *region = &space.region[r];
        unsigned at = u % UNITS;
        done = UNITS - at < n ? UNITS - at : n;
        region->free |= bits(at, (unsigned)done);
        if (region->state != REGION_USED)
            continue; /* on the move: the migration looks at it when it is done */
        if (region->free == ALL_FREE)
            emptied_add(r, emptied);
        else
            list(r);
    }
}

void region_list_release(struct region_list *emptied)
{
    int before = errno; /* pages that do not go are a concern of the next who takes the region */
    while (emptied->head != NO_REGION) {
        /* Neighbours come in descending order: one call for as many as follow each other. */
        uint32_t last = emptied->head, first = last, next = space.region[first].next;
        size_t k = 1;
        int pool = space.region[last].pool;
        while (next != NO_REGION && next + 1 == first && space.region[next].pool == pool) {
            first = next;
            next = space.region[first].next;
            k++;
        }
        emptied->head = next;
        int error = space.backend->release(region_address(first), k << space.region_shift);
        pthread_mutex_lock(&space.lock);
        for (size_t i = 0; i < k; i++)
            space.region[first + i].dirty = error == 0 ? 0 : ALL_FREE;
        regions_untake(first, k, pool % TIERS);
        settle(pool % TIERS, k);
        pthread_mutex_unlock(&space.lock);
    }
    errno = before;
}

static int check_movable(size_t r, int tier)
{
    if (tier != 0 && tier != 1)
        return fail(EINVAL, "there is no tier %d", tier);
    if (r >= space.regions || space.region[r].state != REGION_USED)
        return fail(EINVAL, "region %zu is not in use", r);
    if (space.region[r].pool >= TIERS)
        return fail(EINVAL, "region %zu is pinned", r);
    return 0;
}

int region_migrate(size_t number, int tier)
{
    uint32_t r = (uint32_t)number;
    int before = errno;
    pthread_mutex_lock(&space.moving);
    pthread_mutex_lock(&space.lock);
    int error = check_movable(number, tier);
    struct region *region = &space.region[error == 0 ? r : 0];
    int from = region->pool;
    if (error == 0 && from != tier && space.used[tier] >= space.limit[tier])
        error = fail(ENOMEM, "no room on tier %d for region %zu", tier, number);
    if (error != 0 || from == tier) {
        pthread_mutex_unlock(&space.lock);
        pthread_mutex_unlock(&space.moving);
        return error;
    }
    space.used[tier]++;
    space.pending[from]++;
    space.pending[tier]++;
    unlist(r);
    slabs_unlist(r);
    region->state = REGION_MOVING;
    pthread_mutex_unlock(&space.lock);

    error = space.backend->migrate(region_address(r), region_bytes(), from, tier);

    struct region_list emptied = REGION_LIST_EMPTY;
    pthread_mutex_lock(&space.lock);
    if (error == 0) {
        region->pool = (uint8_t)tier;
        atomic_store(&space.node_table[r], (signed char)tier);
        int64_t moved = (int64_t)(atomic_fetch_xor(&region->live, LIVE_TIER) & ~LIVE_TIER);
        atomic_fetch_sub(&space.live[from], moved);
        atomic_fetch_add(&space.live[tier], moved);
        space.used[from]--;
    } else {
        space.used[tier]--;
    }
    region->state = REGION_USED;
    if (region->free == ALL_FREE) {
        emptied_add(r, &emptied);
    } else {
        list(r);
        slabs_list(r);
    }
    settle(from, 1);
    settle(tier, 1);
    pthread_mutex_unlock(&space.lock);
    pthread_mutex_unlock(&space.moving);
    region_list_release(&emptied);
    if (error == 0)
        errno = before;
    return error;
}

void account(const void *address, size_t bytes, int sign)
{
    const char *from = address;
    while (bytes > 0) {
        size_t here = region_bytes() - ((size_t)(from - space.base) & (region_bytes() - 1));
        if (here > bytes)
            here = bytes;
        int tier = region_account(from, entry_at(from), here, sign);
        atomic_fetch_add_explicit(&space.live[tier], sign * (int64_t)here, memory_order_relaxed);
        from += here;
        bytes -= here;
    }
}
