/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Per-thread caches: for each pool and each class of small blocks a magazine of free blocks, so that most allocations
 * and frees meet no other thread. A cache has a lock that only its thread takes, except when memory is short and
 * all caches are emptied. The region of a cached block may have been moved to another tier since; so a block's tier is
 * looked at when it is taken out.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

enum {
    CACHED_CLASSES = 30, /* up to about 12 KiB */
    MAGAZINE = 32,       /* blocks, at most */
    MAGAZINE_BYTES = 32 << 10,
};

struct magazine {
    int n;
    void *blocks[MAGAZINE];
};

struct cache {
    pthread_mutex_t lock;
    struct cache *next, *prev;
    unsigned stripe;
    struct magazine magazines[POOLS][CACHED_CLASSES];
};

static pthread_mutex_t caches_lock = PTHREAD_MUTEX_INITIALIZER;
static struct cache *caches;
static pthread_once_t key_once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static _Thread_local struct cache *own __attribute__((tls_model("initial-exec")));

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

static void drop(void *value)
{
    struct cache *cache = value;
    pthread_mutex_lock(&caches_lock);
    if (cache->next != NULL)
        cache->next->prev = cache->prev;
    if (cache->prev != NULL)
        cache->prev->next = cache->next;
    else
        caches = cache->next;
    flush(cache);
    pthread_mutex_unlock(&caches_lock);
    pthread_mutex_destroy(&cache->lock);
    free(cache);
    own = NULL;
}

static void make_key(void)
{
    pthread_key_create(&key, drop);
}

static struct cache *cache_make(void)
{
    static unsigned turn;
    struct cache *cache = calloc(1, sizeof *cache);
    if (cache == NULL)
        return NULL;
    pthread_once(&key_once, make_key);
    if (pthread_setspecific(key, cache) != 0) {
        free(cache);
        return NULL;
    }
    pthread_mutex_init(&cache->lock, NULL);
    pthread_mutex_lock(&caches_lock);
    cache->stripe = turn++ % STRIPES;
    cache->next = caches;
    if (caches != NULL)
        caches->prev = cache;
    caches = cache;
    pthread_mutex_unlock(&caches_lock);
    own = cache;
    return cache;
}

static struct cache *cache_get(void)
{
    return own != NULL ? own : cache_make();
}

unsigned stripe_number(void)
{
    return own != NULL ? own->stripe : 0;
}

static int capacity(int class)
{
    if (class >= CACHED_CLASSES)
        return 0;
    size_t n = MAGAZINE_BYTES / class_bytes(class);
    return n > MAGAZINE ? MAGAZINE : (int)n;
}

static int tier_at(const void *address)
{
    size_t r = (size_t)((const char *)address - space.base) >> space.region_shift;
    return atomic_load_explicit(&space.node_table[r], memory_order_relaxed) & ~EMUCXL_REGION_PINNED;
}

static void *take_cached(struct cache *cache, int pool, int class)
{
    struct magazine *magazine = &cache->magazines[pool][class];
    void *block = NULL;
    pthread_mutex_lock(&cache->lock);
    while (block == NULL) {
        if (magazine->n == 0)
            magazine->n = blocks_take(pool, class, magazine->blocks, (capacity(class) + 1) / 2);
        if (magazine->n == 0)
            break;
        block = magazine->blocks[--magazine->n];
        if (tier_at(block) != pool % TIERS) {
            blocks_give(&block, 1);
            block = NULL;
        }
    }
    pthread_mutex_unlock(&cache->lock);
    return block;
}

static void *take(int pool, int class)
{
    struct cache *cache = capacity(class) > 1 ? cache_get() : NULL;
    if (cache != NULL)
        return take_cached(cache, pool, class);
    void *block = NULL;
    return blocks_take(pool, class, &block, 1) == 1 ? block : NULL;
}

static void *small_alloc(int pool, int class, size_t size)
{
    void *address = take(pool, class);
    if (address == NULL) {
        fail(ENOMEM, "no room for %zu bytes on tier %d", size, pool % TIERS);
        return NULL;
    }
    memset(address, 0, size);
    account(address, size, 1);
    atomic_store_explicit(block_state(address), BLOCK_ALLOCATED | (uint32_t)size, memory_order_release);
    return address;
}

void *block_alloc(int pool, size_t size)
{
    int class = class_of(size), before = errno;
    void *address = class < 0 ? run_alloc(pool, size) : small_alloc(pool, class, size);
    if (address == NULL && errno == ENOMEM) {
        caches_flush();
        address = class < 0 ? run_alloc(pool, size) : small_alloc(pool, class, size);
        if (address != NULL)
            errno = before;
    }
    return address;
}

int block_free(const struct block *block, size_t size)
{
    if (size != 0 && size != block->size)
        return fail(EINVAL, "the block at %p has %zu bytes, not %zu", (void *)block->start, block->size, size);
    if (block->state == NULL) {
        size_t expected = block->size;
        if (!atomic_compare_exchange_strong(&block->slab->size, &expected, 0))
            return fail(EINVAL, "the block at %p was freed at the same time", (void *)block->start);
        account(block->start, block->size, -1);
        run_free(block->slab);
        return 0;
    }
    uint32_t expected = BLOCK_ALLOCATED | (uint32_t)block->size;
    if (!atomic_compare_exchange_strong(block->state, &expected, 0))
        return fail(EINVAL, "the block at %p was freed at the same time", (void *)block->start);
    account(block->start, block->size, -1);
    int class = atomic_load_explicit(&block->slab->class, memory_order_relaxed);
    void *address = block->start;
    struct cache *cache = capacity(class) > 1 ? cache_get() : NULL;
    if (cache == NULL) {
        blocks_give(&address, 1);
        return 0;
    }
    size_t r = (size_t)(block->start - space.base) >> space.region_shift;
    int flags = atomic_load_explicit(&space.node_table[r], memory_order_relaxed);
    int pool = pool_of(flags & ~EMUCXL_REGION_PINNED, (flags & EMUCXL_REGION_PINNED) != 0);
    pthread_mutex_lock(&cache->lock);
    struct magazine *magazine = &cache->magazines[pool][class];
    if (magazine->n == capacity(class)) {
        /* The older half goes back; what was used last is in the processor's cache. */
        int half = magazine->n / 2;
        blocks_give(magazine->blocks, half);
        magazine->n -= half;
        memmove(magazine->blocks, magazine->blocks + half, (size_t)magazine->n * sizeof magazine->blocks[0]);
    }
    magazine->blocks[magazine->n++] = address;
    pthread_mutex_unlock(&cache->lock);
    return 0;
}

void caches_flush(void)
{
    pthread_mutex_lock(&caches_lock);
    for (struct cache *cache = caches; cache != NULL; cache = cache->next) {
        pthread_mutex_lock(&cache->lock);
        flush(cache);
        pthread_mutex_unlock(&cache->lock);
    }
    pthread_mutex_unlock(&caches_lock);
}

void caches_forget(void)
{
    pthread_mutex_lock(&caches_lock);
    for (struct cache *cache = caches; cache != NULL; cache = cache->next) {
        pthread_mutex_lock(&cache->lock);
        for (int pool = 0; pool < POOLS; pool++)
            for (int class = 0; class < CACHED_CLASSES; class ++)
                cache->magazines[pool][class].n = 0;
        pthread_mutex_unlock(&cache->lock);
    }
    pthread_mutex_unlock(&caches_lock);
}

void caches_prepare_fork(void)
{
    pthread_mutex_lock(&caches_lock);
    for (struct cache *cache = caches; cache != NULL; cache = cache->next)
        pthread_mutex_lock(&cache->lock);
}

/* In the child the other threads are gone; what their caches held goes back. */
void caches_after_fork(int in_child)
{
    struct cache *next;
    for (struct cache *cache = caches; cache != NULL; cache = next) {
        next = cache->next;
        if (in_child && cache != own) {
            flush(cache);
            if (cache->next != NULL)
                cache->next->prev = cache->prev;
            if (cache->prev != NULL)
                cache->prev->next = cache->next;
            else
                caches = cache->next;
            pthread_mutex_unlock(&cache->lock);
            pthread_mutex_destroy(&cache->lock);
            free(cache);
        } else {
            pthread_mutex_unlock(&cache->lock);
        }
    }
    pthread_mutex_unlock(&caches_lock);
}
