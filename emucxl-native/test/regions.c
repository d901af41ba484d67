/* SPDX-License-Identifier: Apache-2.0 */
/* Movable blocks, migration in place, region sizes from the smallest to the largest. */
#include <inttypes.h>
#include <unistd.h>

#include "test.h"

enum { REGION = 64 << 10 };

static size_t region_of(const void *address)
{
    return (size_t)((const char *)address - (const char *)emucxl_base()) >> emucxl_region_shift();
}

static void region_sizes(void)
{
    for (size_t bytes = REGION; bytes <= (size_t)1 << 30; bytes *= 4) {
        size_t count = bytes < (size_t)1 << 22 ? ((size_t)16 << 20) / bytes : 4;
        struct emucxl_config config = EMUCXL_CONFIG_DEFAULT;
        config.backend = bytes > (size_t)1 << 22 ? EMUCXL_BACKEND_EMULATED : EMUCXL_BACKEND_AUTO;
        config.region_bytes = bytes;
        config.local_capacity = config.remote_capacity = count * bytes;
        CHECK(emucxl_start(&config) == 0);
        CHECK((size_t)1 << emucxl_region_shift() == bytes);
        CHECK(emucxl_capacity(0) == count * bytes);
        for (size_t size = 1; size < bytes * 2; size = size * 3 + 1) {
            char *block = emucxl_tier_alloc(size, 1);
            CHECK(block != NULL && emucxl_stats(1) == size);
            CHECK(emucxl_node_table()[region_of(block)] == 1);
            block[0] = block[size - 1] = 1;
            CHECK(emucxl_tier_free(block) == 0);
        }
        stop_empty();
    }
}

static void region_configurations_that_cannot_be(void)
{
    struct emucxl_config config = EMUCXL_CONFIG_DEFAULT;
    config.region_bytes = 100000;
    CHECK(emucxl_start(&config) == EINVAL);
    config.region_bytes = 32 << 10;
    CHECK(emucxl_start(&config) == EINVAL);
    config.region_bytes = (size_t)1 << 31;
    CHECK(emucxl_start(&config) == EINVAL);
    config.region_bytes = 1 << 20;
    config.local_capacity = 1 << 19;
    CHECK(emucxl_start(&config) == EINVAL && strstr(emucxl_error(), "less than one region") != NULL);
    config.local_capacity = 0;
    config.backend = 17;
    CHECK(emucxl_start(&config) == EINVAL);
    CHECK_FAILS(ENXIO, emucxl_backend(), -1);
}

static void region_settings_of_the_environment(void)
{
    setenv("EMUCXL_LOCAL_CAPACITY", "8 MiB", 1);
    setenv("EMUCXL_REMOTE_CAPACITY", "16777216", 1);
    setenv("EMUCXL_REGION_SIZE", "256k", 1);
    CHECK_ERRNO(0, emucxl_init());
    CHECK(emucxl_capacity(0) == 8 << 20 && emucxl_capacity(1) == 16 << 20 && emucxl_region_shift() == 18);
    emucxl_exit();
    const char *const wrong[] = {"8 XiB", "x", "-1", "0", "99999999999999999999", "20000000TiB"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        setenv("EMUCXL_LOCAL_CAPACITY", wrong[i], 1);
        CHECK_ERRNO(EINVAL, emucxl_init());
        CHECK(strstr(emucxl_error(), "EMUCXL_LOCAL_CAPACITY") != NULL);
    }
    unsetenv("EMUCXL_LOCAL_CAPACITY");
    unsetenv("EMUCXL_REMOTE_CAPACITY");
    unsetenv("EMUCXL_REGION_SIZE");
}

static void region_migrates_in_place(void)
{
    start(REGION, 32, 32);
    size_t size = 5 * REGION;
    char *block = emucxl_tier_alloc(size, 1);
    memset(block, 5, size);
    size_t first = region_of(block), last = region_of(block + size - 1);
    for (size_t r = first; r <= last; r++)
        CHECK(emucxl_region_migrate(r, 0) == 0 && emucxl_node_table()[r] == 0);
    CHECK(emucxl_stats(0) == size && emucxl_stats(1) == 0 && emucxl_used(1) == 0);
    CHECK(emucxl_region_migrate(first, 1) == 0);
    CHECK(emucxl_stats(0) + emucxl_stats(1) == size && emucxl_stats(1) > 0 && emucxl_used(1) == REGION);
    for (size_t i = 0; i < size; i++)
        CHECK(block[i] == 5);
    CHECK(emucxl_tier_free(block) == 0);
    stop_empty();
}

static void region_migration_refused(void)
{
    start(REGION, 4, 2);
    char *movable = emucxl_tier_alloc(REGION / 2, 0), *pinned = emucxl_alloc(100, 0);
    CHECK(emucxl_region_migrate(region_of(pinned), 1) == EINVAL);
    CHECK(emucxl_node_table()[region_of(pinned)] == (0 | EMUCXL_REGION_PINNED));
    CHECK(emucxl_region_migrate(emucxl_regions() - 1, 1) == EINVAL);
    CHECK(emucxl_region_migrate(SIZE_MAX, 1) == EINVAL);
    CHECK(emucxl_region_migrate(region_of(movable), 2) == EINVAL);
    char *full[2] = {emucxl_tier_alloc(REGION / 2, 1), emucxl_tier_alloc(REGION * 9 / 10, 1)};
    CHECK(full[0] != NULL && full[1] != NULL && emucxl_used(1) == 2 * REGION);
    CHECK(emucxl_region_migrate(region_of(movable), 1) == ENOMEM);
    CHECK(emucxl_stats(0) == REGION / 2 + 100);
    CHECK(emucxl_tier_free(pinned) == EINVAL);
    char byte;
    CHECK_FAILS(EFAULT, emucxl_memcpy(&byte, movable, 1), NULL);
    CHECK_FAILS(EFAULT, emucxl_memcpy(&byte, emucxl_base(), 0), NULL);
    CHECK_ERRNO(EINVAL, emucxl_free(movable, REGION / 2));
    CHECK(emucxl_tier_free(movable) == 0 && emucxl_tier_free(movable) == EINVAL);
    CHECK(emucxl_tier_free(full[0]) == 0 && emucxl_tier_free(full[1]) == 0);
    emucxl_free(pinned, 100);
    stop_empty();
}

static void region_small_blocks_follow_their_region(void)
{
    enum { BLOCKS = 2000 };
    start(REGION, 32, 32);
    static char *blocks[BLOCKS];
    for (int i = 0; i < BLOCKS; i++)
        blocks[i] = emucxl_tier_alloc(48, 1);
    for (int i = 0; i < BLOCKS; i += 2)
        CHECK(emucxl_tier_free(blocks[i]) == 0);
    size_t touched = emucxl_regions_touched();
    for (size_t r = 0; r < touched; r++)
        if (emucxl_node_table()[r] == 1)
            CHECK(emucxl_region_migrate(r, 0) == 0);
    CHECK(emucxl_stats(0) == BLOCKS / 2 * 48 && emucxl_stats(1) == 0);
    for (int i = 0; i < BLOCKS; i += 2) { /* free blocks that thread caches hold are in the wrong tier now */
        blocks[i] = emucxl_tier_alloc(48, 1);
        CHECK(emucxl_node_table()[region_of(blocks[i])] == 1);
    }
    for (int i = 0; i < BLOCKS; i++)
        CHECK(emucxl_tier_free(blocks[i]) == 0);
    stop_empty();
}

static void region_capacity_changes(void)
{
    start(REGION, 4, 8);
    char *a = emucxl_tier_alloc(3 * REGION, 0);
    CHECK(a != NULL);
    CHECK_FAILS(ENOMEM, emucxl_tier_alloc(3 * REGION, 0), NULL);
    CHECK(emucxl_set_capacity(0, 8 * REGION) == 0);
    char *b = emucxl_tier_alloc(3 * REGION, 0);
    CHECK(b != NULL);
    CHECK(emucxl_set_capacity(0, 2 * REGION) == 0 && emucxl_used(0) > emucxl_capacity(0));
    CHECK_FAILS(ENOMEM, emucxl_tier_alloc(REGION, 0), NULL);
    CHECK(emucxl_set_capacity(0, REGION - 1) == EINVAL);
    CHECK(emucxl_set_capacity(0, SIZE_MAX) == EINVAL);
    CHECK(emucxl_set_capacity(3, REGION) == EINVAL);
    CHECK(emucxl_tier_free(a) == 0 && emucxl_tier_free(b) == 0);
    stop_empty();
}

/* The flag of madvise in the mapping that the address is in. */
static int advised(const void *address)
{
    FILE *stream = fopen("/proc/self/smaps", "re");
    char line[512];
    int inside = 0, found = 0;
    while (stream != NULL && fgets(line, sizeof line, stream) != NULL) {
        uintptr_t from, to;
        if (sscanf(line, "%" SCNxPTR "-%" SCNxPTR " ", &from, &to) == 2)
            inside = (uintptr_t)address >= from && (uintptr_t)address < to;
        else if (inside && strncmp(line, "VmFlags:", 8) == 0)
            found = strstr(line, " hg") != NULL;
    }
    if (stream != NULL)
        fclose(stream);
    return found;
}

static void region_memory_in_huge_pages(void)
{
    int known = access("/sys/kernel/mm/transparent_hugepage", F_OK) == 0;
    CHECK(emucxl_advise_huge_pages() == ENXIO);
    struct emucxl_config config = EMUCXL_CONFIG_DEFAULT;
    config.backend = EMUCXL_BACKEND_EMULATED;
    config.region_bytes = (size_t)2 << 20;
    config.local_capacity = config.remote_capacity = 8 * config.region_bytes;
    CHECK(emucxl_start(&config) == 0);
    char *before = emucxl_tier_alloc(config.region_bytes, 0);
    CHECK(before != NULL && !advised(before));
    CHECK(emucxl_advise_huge_pages() == (known ? 0 : EINVAL));
    char *after = emucxl_tier_alloc(config.region_bytes, 0);
    CHECK(after != NULL && advised(before) == known && advised(after) == known);
    CHECK(emucxl_tier_free(before) == 0 && emucxl_tier_free(after) == 0);
    stop_empty();
}

static void region_large_blocks_spread_over_cache_sets(void)
{
    enum { BLOCKS = 64, LINES = 64 };
    start(REGION, 4 * BLOCKS, 4);
    char *blocks[BLOCKS], seen[LINES] = {0};
    int different = 0;
    for (int i = 0; i < BLOCKS; i++) {
        blocks[i] = emucxl_tier_alloc(REGION, 0);
        CHECK(blocks[i] != NULL);
        int line = (int)((uintptr_t)blocks[i] / LINES % LINES);
        different += !seen[line];
        seen[line] = 1;
    }
    CHECK(different >= LINES / 4);
    /* And a power of two does not waste a region each. */
    CHECK(emucxl_used(0) <= (size_t)BLOCKS * REGION * 5 / 4);
    for (int i = 0; i < BLOCKS; i++)
        CHECK(emucxl_tier_free(blocks[i]) == 0);
    stop_empty();
}

static void region_slab_statistics(void)
{
    struct emucxl_slab_stats stats[4];
    start(REGION, 16, 16);
    char *a = emucxl_alloc(20, 0), *b = emucxl_tier_alloc(30, 0), *c = emucxl_alloc(600, 0);
    CHECK(emucxl_slab_stats(0, stats, 4) == 2);
    CHECK(stats[0].block_bytes == 32 && stats[0].slabs == 2 && stats[0].taken >= 2);
    CHECK(stats[0].blocks >= stats[0].taken && stats[1].block_bytes == 640);
    CHECK(emucxl_slab_stats(1, stats, 4) == 0);
    emucxl_free(a, 20);
    CHECK(emucxl_tier_free(b) == 0);
    emucxl_free(c, 600);
    emucxl_trim();
    CHECK(emucxl_slab_stats(0, stats, 4) == 0);
    stop_empty();
}

const struct test region_tests[] = {
    {"region_sizes", region_sizes},
    {"region_configurations_that_cannot_be", region_configurations_that_cannot_be},
    {"region_settings_of_the_environment", region_settings_of_the_environment},
    {"region_migrates_in_place", region_migrates_in_place},
    {"region_migration_refused", region_migration_refused},
    {"region_small_blocks_follow_their_region", region_small_blocks_follow_their_region},
    {"region_capacity_changes", region_capacity_changes},
    {"region_memory_in_huge_pages", region_memory_in_huge_pages},
    {"region_large_blocks_spread_over_cache_sets", region_large_blocks_spread_over_cache_sets},
    {"region_slab_statistics", region_slab_statistics},
    {NULL, NULL},
};
