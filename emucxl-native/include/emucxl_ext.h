/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What emucxl offers beyond the paper's API: configuration, queries, and the interface of managed runtimes, whose
 * blocks are moved between the tiers in place.
 *
 * The space is one reserved range of addresses, cut into regions of equal size. A region in use is on one tier:
 * 0 local, 1 remote. Capacity is counted in whole regions. Blocks of emucxl_alloc live in pinned regions, which
 * stay where they are; blocks of emucxl_tier_alloc live in regions that emucxl_region_migrate may move, at
 * any time, without a change of address.
 *
 * Functions that return int give 0, or an errno value; errno is set to it too. Thread-safety as in emucxl.h.
 */
#ifndef EMUCXL_EXT_H
#define EMUCXL_EXT_H

#include <stdint.h>

#include "emucxl.h"

#ifdef __cplusplus
extern "C" {
#endif

enum emucxl_backend {
    EMUCXL_BACKEND_AUTO = 0,    /* the first of the following that the machine has */
    EMUCXL_BACKEND_DEVICE = 1,  /* /dev/emucxl, the kernel module */
    EMUCXL_BACKEND_NUMA = 2,    /* a second memory node */
    EMUCXL_BACKEND_EMULATED = 3 /* one node, two budgets */
};

/* In each field the value of EMUCXL_CONFIG_DEFAULT means: as the environment says, else the library's default. */
struct emucxl_config {
    int backend;            /* enum emucxl_backend */
    int local_node;         /* number of the machine's NUMA node that is tier 0, or -1 */
    int remote_node;        /* the same for tier 1; emulated looks at neither */
    size_t region_bytes;    /* a power of two from 64 KiB to 1 GiB; default 2 MiB */
    size_t local_capacity;  /* bytes, rounded down to whole regions; default: the memory of the node (numa, device), */
    size_t remote_capacity; /* half of the machine's memory (emulated) */
    size_t reserve_bytes;   /* addresses to reserve; default: four times the capacities */
};

#define EMUCXL_CONFIG_DEFAULT                                                                                          \
    {                                                                                                                  \
        EMUCXL_BACKEND_AUTO, -1, -1, 0, 0, 0, 0                                                                        \
    }

/*
 * emucxl_init with settings and a result. When the library runs already, its settings stay and the call only counts.
 * config may be NULL. Errors as emucxl_init.
 */
EMUCXL_API int emucxl_start(const struct emucxl_config *config);

/* emucxl_exit with a result. */
EMUCXL_API int emucxl_stop(void);

/* emucxl_free with a result. */
EMUCXL_API int emucxl_release(void *address, size_t size);

/* The text of this thread's last error, without a line end: what was wrong, with the values. "" when there was none. */
EMUCXL_API const char *emucxl_error(void);

/* The backend in use, never EMUCXL_BACKEND_AUTO; -1 (ENXIO) while not initialised. */
EMUCXL_API int emucxl_backend(void);

/* "auto", "device", "numa", "emulated"; NULL (EINVAL) for another number. */
EMUCXL_API const char *emucxl_backend_name(int backend);

/* The machine's node that a tier is mapped to, or -1 (EINVAL, ENXIO). The backend emulated has one node for both. */
EMUCXL_API int emucxl_os_node(int tier);

/* The bytes that regions on a tier may take, and take. 0 (EINVAL, ENXIO) for an unknown tier. */
EMUCXL_API size_t emucxl_capacity(int tier);
EMUCXL_API size_t emucxl_used(int tier);

/*
 * Sets a tier's capacity, rounded down to whole regions. Below what is used now, nothing is taken away, but nothing
 * is given either until enough was freed.
 *
 * EINVAL  unknown tier, less than one region, or more than the reserved range has
 */
EMUCXL_API int emucxl_set_capacity(int tier, size_t bytes);

/*
 * Asks the system for huge pages in regions that get their memory from now on (madvise(2), MADV_HUGEPAGE). 0 does not
 * mean that it gives any.
 *
 * EINVAL  this kernel has none
 */
EMUCXL_API int emucxl_advise_huge_pages(void);

/* The reserved range: its first address, the binary logarithm of the region size, and the number of regions. */
EMUCXL_API void *emucxl_base(void);
EMUCXL_API int emucxl_region_shift(void);
EMUCXL_API size_t emucxl_regions(void);

/* One more than the highest region number that was ever in use. Regions with low numbers are used first. */
EMUCXL_API size_t emucxl_regions_touched(void);

#define EMUCXL_REGION_UNUSED (-1)
#define EMUCXL_REGION_PINNED 0x40

/*
 * One signed byte a region, that the library keeps up to date and others may read at any time:
 * EMUCXL_REGION_UNUSED, or the tier, with the bit EMUCXL_REGION_PINNED when the region must not be moved.
 */
EMUCXL_API const signed char *emucxl_node_table(void);

/*
 * Allocates size bytes in movable regions that are on a tier now. Zeroed, and aligned, as by emucxl_alloc. Blocks of a
 * region and more do not all begin at the same offset in their region, so that they do not compete for the same
 * cache sets. NULL with the errors of emucxl_alloc.
 */
EMUCXL_API void *emucxl_tier_alloc(size_t size, int tier);

/* Frees a block of emucxl_tier_alloc. EINVAL when address is not the start of one. */
EMUCXL_API int emucxl_tier_free(void *address);

/*
 * Moves a region to another tier without changing its addresses; readers and writers go on. 0 also when it
 * is there already.
 *
 * EINVAL  unknown tier or region, region not in use, or pinned
 * ENOMEM  no room on the tier
 * EBUSY   pages could not be moved (they are locked by somebody); they were put back
 */
EMUCXL_API int emucxl_region_migrate(size_t region, int tier);

/* How the small blocks of one size class use their memory. */
struct emucxl_slab_stats {
    size_t block_bytes; /* size of the class's blocks; requests are rounded up to it */
    size_t slabs;       /* slabs of the class */
    size_t blocks;      /* blocks they have */
    size_t taken;       /* blocks handed out, those in the caches of threads included */
};

/*
 * Fills in the statistics of up to count size classes that blocks of a tier use, smallest first, pinned and movable
 * together. Returns the number of size classes in use, which may be more than count.
 */
EMUCXL_API size_t emucxl_slab_stats(int tier, struct emucxl_slab_stats *out, size_t count);

/* Gives the blocks that the caches of all threads hold back to their slabs, and empty regions to the system. */
EMUCXL_API void emucxl_trim(void);

#ifdef __cplusplus
}
#endif

#endif
