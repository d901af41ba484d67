/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Per-thread caches: for each pool and each class of small blocks a magazine of free blocks, so that most allocations and
 * frees meet no other thread; and the thread's part of the accounts. A cache belongs to its thread, except when memory is
 * short and another thread empties all caches. So its lock is lopsided: the owner only says that it is busy and looks
 * whether the cache is wanted; who wants it says so, makes every processor pass a barrier (membarrier), and waits for the
 * owner. That takes an atomic operation, and half of the time, out of each allocation and free. The region of a cached
 * block may have been moved to another tier since; so a block's tier is looked at when it is taken out.
 */
#include <errno.h>
#include <linux/membarrier.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "internal.h"

enum {
    CACHED_CLASSES = 30, /* up to about 12 KiB */
    MAGAZINE = 32,       /* blocks, at most */
    MAGAZINE_BYTES = 32 << 10,
    QUICK_BYTES = 1024, /* sizes up to this find their class in a table */
};

#define LIKELY(condition) __builtin_expect(!!(condition), 1)

struct magazine {
    int n;
    struct free_block blocks[MAGAZINE];
};

struct cache {
    _Atomic unsigned busy;
    _Atomic int wanted;
    _Atomic unsigned calls; /* counts call_enter and call_leave: odd between the two */
    unsigned calls_seen;    /* by calls_wait */
    struct cache *next, *prev;
    _Atomic int64_t live[TIERS]; /* bytes that this thread allocated minus those it freed; changed by it only */
    struct magazine magazines[POOLS][CACHED_CLASSES];
};

static unsigned char capacities[CLASSES]; /* blocks of a class in a magazine at most; below 2 it is not cached */
static unsigned char quick_class[QUICK_BYTES / 16 + 1];
static pthread_mutex_t caches_lock = PTHREAD_MUTEX_INITIALIZER;
static struct cache *caches;
static pthread_once_t key_once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static _Thread_local struct cache *own __attribute__((tls_model("initial-exec")));

static _Atomic int barriers; /* whether membarrier works */

/* What its thread alone writes, so that who calls barrier() after a store of its own either sees it or is seen. */
static inline void announce(_Atomic unsigned *place, unsigned value)
{
    if (atomic_load_explicit(&barriers, memory_order_relaxed)) {
        atomic_store_explicit(place, value, memory_order_release);
        atomic_signal_fence(memory_order_seq_cst);
    } else {
        atomic_store(place, value);
    }
}

/*
 * The first call tells the kernel that there will be others, which takes it 15 ms when the process has threads: so it is
 * made neither at the start nor with a lock.
 */
static void barrier(void)
{
    const struct timespec drained = {.tv_nsec = 10 * 1000 * 1000};
    int before = errno;
    while (atomic_load_explicit(&barriers, memory_order_relaxed) &&
           syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0) != 0) {
        if (syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0) == 0)
            continue;
        if (errno == ENOMEM) {
            sched_yield();
            continue;
        }
        /* A filter (seccomp) has come since the start: fences from now on, once what was announced without is seen. */
        atomic_store(&barriers, 0);
        nanosleep(&drained, NULL);
    }
    errno = before;
}

static void lock_list(void)
{
    barrier();
    pthread_mutex_lock(&caches_lock);
}

static inline void lock(struct cache *cache)
{
    for (;;) {
        announce(&cache->busy, 1);
        if (atomic_load(&cache->wanted) == 0)
            return;
        atomic_store_explicit(&cache->busy, 0, memory_order_release);
        sched_yield();
    }
}

static inline void unlock(struct cache *cache)
{
    atomic_store_explicit(&cache->busy, 0, memory_order_release);
}

/* Takes all caches. After lock_list(), by a thread that has not locked its own. */
static void lock_all(void)
{
    for (struct cache *cache = caches; cache != NULL; cache = cache->next)
        atomic_store(&cache->wanted, 1);
    barrier();
    for (struct cache *cache = caches; cache != NULL; cache = cache->next)
        while (atomic_load(&cache->busy))
            sched_yield();
}

static void give_back(struct cache *cache)
{
    atomic_store_explicit(&cache->wanted, 0, memory_order_release);
}

static inline void count(struct cache *cache, int tier, int64_t change)
{
    int64_t before = atomic_load_explicit(&cache->live[tier], memory_order_relaxed);
    atomic_store_explicit(&cache->live[tier], before + change, memory_order_relaxed);
}

static void flush(struct cache *cache)
{
    for (int pool = 0; pool < POOLS; pool++) {
        for (int class = 0; class < CACHED_CLASSES; class ++) {
            struct magazine *magazine = &cache->magazines[pool][class];
            if (magazine->n > 0) {
                blocks_give(magazine->blocks, magazine->n);
                magazine->n = 0;
            }
        }
    }
}

/* The accounts of a cache that goes. */
static void keep_count(struct cache *cache)
{
    for (int tier = 0; tier < TIERS; tier++)
        atomic_fetch_add(&space.live[tier], atomic_load(&cache->live[tier]));
}

static void unlink_cache(struct cache *cache)
{
    if (cache->next != NULL)
        cache->next->prev = cache->prev;
    if (cache->prev != NULL)
        cache->prev->next = cache->next;
    else
        caches = cache->next;
}

static void drop(void *value)
{
    struct cache *cache = value;
    pthread_mutex_lock(&caches_lock);
    unlink_cache(cache);
    flush(cache);
    keep_count(cache);
    pthread_mutex_unlock(&caches_lock);
    free(cache);
    own = NULL;
}

static void make_key(void)
{
    pthread_key_create(&key, drop);
    const long needed = MEMBARRIER_CMD_PRIVATE_EXPEDITED | MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED;
    long commands = syscall(SYS_membarrier, MEMBARRIER_CMD_QUERY, 0);
    atomic_store(&barriers, commands > 0 && (commands & needed) == needed);
}

/* NULL when there is no memory for it, which is no failure: the thread does without. */
static struct cache *cache_make(void)
{
    int before = errno;
    struct cache *cache = calloc(1, sizeof *cache);
    if (cache == NULL) {
        errno = before;
        return NULL;
    }
    pthread_once(&key_once, make_key);
    if (pthread_setspecific(key, cache) != 0) {
        free(cache);
        return NULL;
    }
    pthread_mutex_lock(&caches_lock);
    cache->next = caches;
    if (caches != NULL)
        caches->prev = cache;
    caches = cache;
    pthread_mutex_unlock(&caches_lock);
    own = cache;
    errno = before;
    return cache;
}

static inline struct cache *cache_get(void)
{
    return own != NULL ? own : cache_make();
}

static void count_call(struct cache *cache)
{
    announce(&cache->calls, atomic_load_explicit(&cache->calls, memory_order_relaxed) + 1);
}

void call_enter(void)
{
    struct cache *cache = cache_get();
    if (cache != NULL)
        count_call(cache);
}

void call_leave(void)
{
    if (own != NULL)
        count_call(own);
}

static int call_lasts(const struct cache *cache)
{
    return cache != own && cache->calls_seen % 2 == 1 && atomic_load(&cache->calls) == cache->calls_seen;
}

/* Without caches_lock while it waits: a call may need that to end. */
void calls_wait(void)
{
    lock_list();
    for (struct cache *cache = caches; cache != NULL; cache = cache->next)
        cache->calls_seen = atomic_load(&cache->calls);
    for (struct cache *cache = caches; cache != NULL;) {
        if (call_lasts(cache)) {
            pthread_mutex_unlock(&caches_lock);
            sched_yield();
            pthread_mutex_lock(&caches_lock);
            cache = caches; /* the list may be another now */
        } else {
            cache = cache->next;
        }
    }
    pthread_mutex_unlock(&caches_lock);
}

void caches_start(void)
{
    for (int class = 0; class < CACHED_CLASSES; class ++) {
        size_t bytes = class_bytes(class), n = bytes == 0 ? 0 : MAGAZINE_BYTES / bytes;
        capacities[class] = (unsigned char)(n > MAGAZINE ? MAGAZINE : n);
    }
    for (size_t size = 16; size <= QUICK_BYTES; size += 16)
        quick_class[size / 16] = (unsigned char)class_of(size);
}

size_t live_bytes(int tier)
{
    pthread_mutex_lock(&caches_lock);
    int64_t sum = atomic_load(&space.live[tier]);
    for (struct cache *cache = caches; cache != NULL; cache = cache->next)
        sum += atomic_load_explicit(&cache->live[tier], memory_order_relaxed);
    pthread_mutex_unlock(&caches_lock);
    return (size_t)(sum < 0 ? 0 : sum);
}

static void give_one(void *address, _Atomic uint32_t *state)
{
    const struct free_block block = {address, state};
    blocks_give(&block, 1);
}

/* Fills an empty magazine. Whether there is anything in it now. */
static __attribute__((noinline)) int refill(struct magazine *magazine, int pool, int class)
{
    magazine->n = blocks_take(pool, class, magazine->blocks, (capacities[class] + 1) / 2);
    return magazine->n > 0;
}

/* Takes a block out of the cache, and enters size bytes in the accounts. */
static inline void *take_cached(struct cache *cache, int pool, int class, size_t size, _Atomic uint32_t **state)
{
    struct magazine *magazine = &cache->magazines[pool][class];
    char *address = NULL;
    lock(cache);
    while (LIKELY(magazine->n > 0) || refill(magazine, pool, class)) {
        const struct free_block *block = &magazine->blocks[--magazine->n];
        address = block->address;
        *state = block->state;
        if (pool >= TIERS) { /* pinned: is where it was */
            count(cache, pool - TIERS, (int64_t)size);
            break;
        }
        if ((entry_at(address) & ~EMUCXL_REGION_PINNED) == pool) {
            count(cache, region_account(address, pool, size, 1), (int64_t)size);
            break;
        }
        give_one(address, *state);
        address = NULL;
    }
    unlock(cache);
    return address;
}

/* Makes a block that was taken the caller's. */
static inline void *hand_out(char *address, _Atomic uint32_t *state, size_t size)
{
    enum { PIECE = 16 };
    if (size <= 2 * PIECE) { /* not worth a call */
        memset(address, 0, PIECE);
        if (size > PIECE)
            memset(address + PIECE, 0, PIECE);
    } else {
        memset(address, 0, size);
    }
    atomic_store_explicit(state, BLOCK_ALLOCATED | (uint32_t)size, memory_order_release);
    return address;
}

static void *small_alloc(int pool, int class, size_t size)
{
    struct cache *cache = capacities[class] > 1 ? cache_get() : NULL;
    struct free_block block = {NULL, NULL};
    if (cache != NULL)
        block.address = take_cached(cache, pool, class, size, &block.state);
    else if (blocks_take(pool, class, &block, 1) == 1)
        account(block.address, size, 1);
    return block.address == NULL ? NULL : hand_out(block.address, block.state, size);
}

static __attribute__((noinline)) void *block_alloc_slowly(int pool, size_t size)
{
    int class = class_of(size), error = ENOMEM, before = errno;
    void *address = class < 0 ? run_alloc(pool, size, &error) : small_alloc(pool, class, size);
    if (address == NULL && error == ENOMEM) {
        caches_flush();
        address = class < 0 ? run_alloc(pool, size, &error) : small_alloc(pool, class, size);
    }
    if (address == NULL)
        fail(error, "no room for %zu bytes on tier %d", size, pool % TIERS);
    else
        errno = before; /* what was tried in vain may have set it */
    return address;
}

void *block_alloc(int pool, size_t size)
{
    struct cache *cache = own;
    if (LIKELY(size <= QUICK_BYTES && cache != NULL)) {
        int class = quick_class[(size + 15) / 16];
        _Atomic uint32_t *state;
        char *address = capacities[class] > 1 ? take_cached(cache, pool, class, size, &state) : NULL;
        if (LIKELY(address != NULL))
            return hand_out(address, state, size);
    }
    return block_alloc_slowly(pool, size);
}

/* Gives the older half of a full magazine back; what was used last is in the processor's cache. */
static __attribute__((noinline)) void halve(struct magazine *magazine)
{
    int half = magazine->n / 2;
    blocks_give(magazine->blocks, half);
    magazine->n -= half;
    memmove(magazine->blocks, magazine->blocks + half, (size_t)magazine->n * sizeof magazine->blocks[0]);
}

static inline void put_cached(struct magazine *magazine, int class, char *address, _Atomic uint32_t *state)
{
    if (magazine->n >= capacities[class])
        halve(magazine);
    magazine->blocks[magazine->n++] = (struct free_block){address, state};
}

int block_free_small(void *address, size_t size)
{
    struct cache *cache = own;
    size_t offset = (size_t)((char *)address - space.base);
    if (cache == NULL || offset >= space.bytes)
        return 0;
    uint64_t head = atomic_load_explicit(&space.head[offset >> space.unit_shift], memory_order_acquire);
    int class = head_class(head), pool = head_pool(head);
    /* A free unit's head is 0, and so is its pool, one of movable blocks. */
    if (pool < TIERS || class >= CACHED_CLASSES || capacities[class] < 2)
        return 0;
    uint32_t unit = head_unit(head);
    size_t distance = (size_t)((char *)address - unit_address(unit)), index = block_index(distance, class);
    if (index * size_classes[class].bytes != distance || size - 1 >= size_classes[class].bytes)
        return 0;
    _Atomic uint32_t *state = unit_states(unit) + index;
    uint32_t expected = BLOCK_ALLOCATED | (uint32_t)size;
    if (!atomic_compare_exchange_strong(state, &expected, 0))
        return 0;
    lock(cache);
    count(cache, pool - TIERS, -(int64_t)size);
    put_cached(&cache->magazines[pool][class], class, address, state);
    unlock(cache);
    return 1;
}

int block_free(const struct block *block, size_t size)
{
    if (size != 0 && size != block->size)
        return fail(EINVAL, "the block at %p has %zu bytes, not %zu", (void *)block->start, block->size, size);
    if (block->state == NULL) {
        size_t expected = block->size;
        if (!atomic_compare_exchange_strong(&space.slab[block->unit].size, &expected, 0))
            return fail(EINVAL, "the block at %p was freed at the same time", (void *)block->start);
        account(block->start, block->size, -1);
        run_free(block->unit);
        return 0;
    }
    uint32_t expected = BLOCK_ALLOCATED | (uint32_t)block->size;
    if (!atomic_compare_exchange_strong(block->state, &expected, 0))
        return fail(EINVAL, "the block at %p was freed at the same time", (void *)block->start);
    int class = block->class;
    struct cache *cache = capacities[class] > 1 ? cache_get() : NULL;
    if (cache == NULL) {
        account(block->start, block->size, -1);
        give_one(block->start, block->state);
        return 0;
    }
    lock(cache);
    int entry = entry_at(block->start), tier = region_account(block->start, entry, block->size, -1);
    count(cache, tier, -(int64_t)block->size);
    int pool = pool_of(tier, (entry & EMUCXL_REGION_PINNED) != 0);
    put_cached(&cache->magazines[pool][class], class, block->start, block->state);
    unlock(cache);
    return 0;
}

void caches_flush(void)
{
    lock_list();
    lock_all();
    for (struct cache *cache = caches; cache != NULL; cache = cache->next) {
        flush(cache);
        give_back(cache);
    }
    pthread_mutex_unlock(&caches_lock);
}

void caches_forget(void)
{
    lock_list();
    lock_all();
    for (struct cache *cache = caches; cache != NULL; cache = cache->next) {
        for (int pool = 0; pool < POOLS; pool++)
            for (int class = 0; class < CACHED_CLASSES; class ++)
                cache->magazines[pool][class].n = 0;
        for (int tier = 0; tier < TIERS; tier++)
            atomic_store(&cache->live[tier], 0);
        give_back(cache);
    }
    pthread_mutex_unlock(&caches_lock);
}

void caches_prepare_fork(void)
{
    lock_list();
    lock_all();
}

/* In the child the other threads are gone; what their caches held goes back. */
void caches_after_fork(int in_child)
{
    struct cache *next;
    for (struct cache *cache = caches; cache != NULL; cache = next) {
        next = cache->next;
        if (in_child && cache != own) {
            flush(cache);
            keep_count(cache);
            unlink_cache(cache);
            free(cache);
        } else {
            give_back(cache);
        }
    }
    pthread_mutex_unlock(&caches_lock);
}
