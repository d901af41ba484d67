/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inside of libemucxl, from the bottom to the top:
 *
 *   runs.c      which regions of the range are free; a run of k of them in O(k + log n)
 *   backend_*.c pages for regions; anonymous.c what their pages become when they are given back
 *   region.c    regions in use: capacity, units (1/64 of a region), in-place migration
 *   slab.c      blocks: size classes cut out of units, runs of units for larger ones; what an address belongs to
 *   cache.c     per-thread magazines of free small blocks
 *   space.c     start and stop, fork
 *   api.c, ext.c, jni.c
 *
 * Locks, in the order in which they are taken: life (start, stop), caches (the list of caches), a cache, moving (one
 * migration at a time), space (everything in region.c, slab.c, runs.c). System calls that may take long are made
 * without `space`.
 */
#ifndef EMUCXL_INTERNAL_H
#define EMUCXL_INTERNAL_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#include "../include/emucxl_ext.h"

enum {
    TIERS = 2,
    POOLS = 2 * TIERS,
    UNITS = 64, /* units of a region: one machine word of bits */
    UNIT_BITS = 6,
    CLASSES = 96, /* at most */
    MIN_REGION_SHIFT = 16,
    MAX_REGION_SHIFT = 30,
    DEFAULT_REGION_SHIFT = 21,
};

/* A pool: the tier, and whether its regions are pinned. Blocks of different pools never share a region. */
static inline int pool_of(int tier, int pinned)
{
    return tier | (pinned << 1);
}

/* ---- error.c */

/* Records a text, sets errno, returns the error. */
int fail(int error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- config.c */

/* Completes a configuration from the environment and the defaults that need no knowledge of the machine. */
int config_resolve(struct emucxl_config *config);
int parse_bytes(const char *text, size_t *bytes);

/* ---- nodes.c */

struct memory_nodes {
    int count;      /* nodes with memory */
    int local;      /* the lowest one that has processors */
    int remote;     /* another one, without processors if there is one; -1 when there is no second */
};

void nodes_read(struct memory_nodes *nodes);
int node_has_memory(int node);
size_t node_bytes(int node); /* total memory of a node, 0 when unknown */
size_t machine_bytes(void);

/* ---- backends */

struct backend {
    int number;
    /* Checks the machine; sets os_node[] and, where they are 0, the capacities. 0 or an error (with text). */
    int (*open)(struct emucxl_config *config, int os_node[TIERS]);
    void (*close)(void);
    /* Makes pages of a tier, zeroed, readable and writable. */
    int (*commit)(void *address, size_t bytes, int tier);
    /* Gives pages back to the system. */
    int (*release)(void *address, size_t bytes);
    /* Moves pages in place. */
    int (*migrate)(void *address, size_t bytes, int from, int to);
    int fork_shares; /* memory is shared with a forked child, not copied */
};

extern const struct backend backend_device, backend_numa, backend_emulated;

/* ---- anonymous.c */

/*
 * What a region that was given back is: a mapping without pages, that can still be read and written. So who looks at
 * a block that another thread frees does not crash. Where the system counts what could be written it is only reserved.
 */
void released_start(void);
int released_protection(void);
/* For regions of anonymous memory: gives their pages back. */
int release_anonymous(void *address, size_t bytes);

/* ---- region.c */

enum region_state { REGION_UNUSED = 0, REGION_TAKEN, REGION_USED, REGION_MOVING, REGION_RELEASING };

#define NO_REGION UINT32_MAX
#define LIVE_TIER (UINT64_C(1) << 63)

struct region {
    _Atomic uint64_t live; /* movable: bytes asked for in it; bit 63: its tier, so that both change together */
    uint64_t free;         /* bit u: unit u is free */
    uint64_t dirty;        /* bit u: unit u may be other than zero */
    uint32_t next, prev;   /* in its bucket, or in a list of regions to release */
    uint8_t state;         /* enum region_state */
    uint8_t bucket;        /* longest run of free units when listed, 0 when not */
    uint8_t pool;
};

struct bucket_list {
    uint32_t head[UNITS + 1];
    uint64_t filled; /* bit b-1: bucket b has a region */
};

/* The one space of the process. Constant between start and stop unless noted. */
struct space {
    char *base;
    size_t bytes;
    int region_shift, unit_shift;
    size_t regions;
    const struct backend *backend;
    int os_node[TIERS];

    _Atomic(signed char) *node_table;
    struct region *region;
    _Atomic uint64_t *head;  /* per unit: the HEAD of its slab or run; 0: free */
    struct slab *slab;       /* per unit; valid at the first unit of a slab or run */
    _Atomic uint32_t *sizes; /* per 16 bytes: the states of a slab's blocks, densely from its first unit's on */

    pthread_mutex_t lock, moving;
    /* under lock */
    size_t used[TIERS], limit[TIERS]; /* regions */
    size_t pending[TIERS];            /* regions whose pages come, go or move just now, without the lock */
    pthread_cond_t settled;           /* there are fewer of those */
    struct bucket_list buckets[POOLS];
    uint32_t tail[POOLS]; /* the region in which the last run that left a region ended, or NO_REGION */

    _Atomic size_t touched;
    _Atomic int64_t live[TIERS]; /* bytes asked for on a tier, without what the caches count; may be negative */
};

extern struct space space;
extern _Atomic int started; /* number of starts that were not stopped yet */

/* A list of regions that became empty under the lock; region_list_release gives them back without it. */
struct region_list {
    uint32_t head;
};

#define REGION_LIST_EMPTY                                                                                              \
    (struct region_list)                                                                                               \
    {                                                                                                                  \
        NO_REGION                                                                                                      \
    }

static inline size_t region_bytes(void)
{
    return (size_t)1 << space.region_shift;
}

static inline size_t unit_bytes(void)
{
    return (size_t)1 << space.unit_shift;
}

void regions_start(void);
/* Where units may come from. */
enum units_place {
    UNITS_PRESENT, /* one region that is in use */
    UNITS_ONE,     /* one region */
    UNITS_CROSSING /* any consecutive regions of the pool, beginning inside of one */
};

/* Takes n consecutive units in a pool, without the lock. 0, ENOMEM, or what the backend says. */
int units_take(int pool, size_t n, enum units_place place, uint32_t *first);
/* Zeroes the part of a run of units that is not zero, and marks it as written. Without the lock. */
void units_clean(uint32_t first, size_t offset, size_t bytes);
/* Gives units back. Under the lock. */
void units_give(uint32_t first, size_t n, struct region_list *emptied);
void region_list_release(struct region_list *emptied);
/* Waits until no region is pending. Under the lock. */
void regions_settle(void);
int region_migrate(size_t region, int tier);
/* The node table's entry of an address. */
static inline int entry_at(const void *address)
{
    size_t r = (size_t)((const char *)address - space.base) >> space.region_shift;
    return atomic_load_explicit(&space.node_table[r], memory_order_relaxed);
}

/*
 * Enters size bytes that are allocated (sign 1) or freed (-1) at an address, all in one region with this entry, in the
 * region's account, and returns the tier in whose account they belong. Pinned regions do not move and need no account.
 */
static inline int region_account(const void *address, int entry, size_t bytes, int sign)
{
    if (entry & EMUCXL_REGION_PINNED)
        return entry & ~EMUCXL_REGION_PINNED;
    size_t r = (size_t)((const char *)address - space.base) >> space.region_shift;
    uint64_t change = sign > 0 ? (uint64_t)bytes : (uint64_t)0 - bytes;
    return (int)(atomic_fetch_add_explicit(&space.region[r].live, change, memory_order_relaxed) >> 63);
}

/* Enters them in the tier's account as well; they may lie in several regions. */
void account(const void *address, size_t bytes, int sign);

/* ---- runs.c */

size_t runs_table_bytes(size_t regions);
void runs_start(void *table, size_t regions);
/* The first of k consecutive free regions, lowest address first, marked as taken; NO_REGION when there is none. */
uint32_t runs_take(size_t k);
void runs_mark(uint32_t first, size_t k, int taken);

/* ---- slab.c */

#define CLASS_RUN 0xff
#define NO_UNIT UINT32_MAX

/*
 * What a unit is a part of, in one word, so that a look at an address needs no second table: 1 + the first unit of its
 * slab or run, the pool it was made in, its class. The tier of a movable region may be another one since.
 */
static inline uint64_t head_make(uint32_t first, int pool, int class)
{
    return ((uint64_t)first + 1) << 16 | (uint64_t)(unsigned)pool << 8 | (uint64_t)(unsigned)class;
}

static inline uint32_t head_unit(uint64_t head)
{
    return (uint32_t)(head >> 16) - 1;
}

static inline int head_pool(uint64_t head)
{
    return (int)(head >> 8 & 0xff);
}

static inline int head_class(uint64_t head)
{
    return (int)(head & 0xff);
}

struct slab {
    _Atomic size_t size;    /* run: bytes asked for, 0 when freed */
    _Atomic size_t offset;  /* run: of its block behind the first unit */
    uint32_t units;
    uint32_t blocks;        /* slab: blocks it has */
    uint32_t taken;         /* blocks that are not in the slab: handed out, or in a cache */
    uint32_t fresh;         /* blocks that were taken at least once */
    uint32_t freed;         /* 1 + first free block of those, 0: none */
    uint32_t next, prev;    /* in the list of its pool and class, when listed */
    uint8_t class;
    uint8_t listed;
};

struct size_class {
    size_t bytes;
    uint64_t inverse; /* 2^64 / bytes, rounded up: a division by multiplication */
    uint16_t units;   /* of a full slab */
};

extern struct size_class size_classes[CLASSES];

/* A block's state: this bit and its size when allocated; else without the bit, 1 + the next free block of the slab. */
#define BLOCK_ALLOCATED (UINT32_C(1) << 31)

/* Where a unit, and the states of the slab that begins with it, are. */
static inline char *unit_address(uint32_t unit)
{
    return space.base + ((size_t)unit << space.unit_shift);
}

static inline _Atomic uint32_t *unit_states(uint32_t unit)
{
    return space.sizes + ((size_t)unit << (space.unit_shift - 4));
}

__extension__ typedef unsigned __int128 wide_number;

/* Which block of a slab of this class is so many bytes behind its start. */
static inline size_t block_index(size_t distance, int class)
{
    return (size_t)(((wide_number)distance * size_classes[class].inverse) >> 64);
}

/* What an address belongs to. */
struct block {
    char *start;
    size_t size;
    _Atomic uint32_t *state; /* NULL for a run */
    uint32_t unit;           /* first one of its slab or run */
    int pool;                /* it was made in; what is pinned is still there */
    int class;
};

/* A small block that nobody has. */
struct free_block {
    void *address;
    _Atomic uint32_t *state;
};

void slabs_start(void);
/* The class of a size, or -1 when it takes a run of units. */
int class_of(size_t size);
size_t class_bytes(int class); /* 0: small regions do not have the class */
/* The live block that an address is in, of either kind of pool. */
int block_find(const void *address, struct block *block);
/* Takes up to n free blocks. May map memory. Returns how many; 0 when there is no room. Without the lock. */
int blocks_take(int pool, int class, struct free_block *out, int n);
/* Gives n free blocks back to their slabs. Without the lock. */
void blocks_give(const struct free_block *blocks, int n);
/* NULL, with the error, when there is no room. */
void *run_alloc(int pool, size_t size, int *error);
void run_free(uint32_t unit);
/* For region_migrate, under the lock: takes a region's slabs out of the lists, and puts them in again. */
void slabs_unlist(uint32_t region);
void slabs_list(uint32_t region);

/* ---- api.c */

/* The place offset bytes behind an address in an explicit block, when size bytes from there are in it, or NULL. */
char *block_place(const void *address, int64_t offset, size_t size);

/* A new block with the contents of an explicit one, which is freed; NULL, with errno, leaves that as it was. */
void *block_replace(void *address, size_t size, int node);
#define SAME_NODE (-1000)

/* ---- cache.c */

void *block_alloc(int pool, size_t size);
/* Frees a block that block_find found; size 0: whatever size it has. EINVAL when somebody else was first. */
int block_free(const struct block *block, size_t size);
/* Frees the explicit block at an address if it is a small one of just this size: the short way. Else does nothing. */
int block_free_small(void *address, size_t size);
/*
 * Between these two a thread may rely on it that what it found started stays so: the stop waits. For callers that
 * cannot promise that nobody stops the library beside them.
 */
void call_enter(void);
void call_leave(void);
/* Waits until no other thread is between the two. */
void calls_wait(void);
void caches_start(void);
void caches_flush(void);
/* Makes all caches forget their blocks. */
void caches_forget(void);
void caches_prepare_fork(void);
void caches_after_fork(int in_child);
/* Bytes asked for on a tier. */
size_t live_bytes(int tier);

#endif
