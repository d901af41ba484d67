/* SPDX-License-Identifier: Apache-2.0 */
/* The faults of the published library: each one is a test. */
#include <unistd.h>

#include "test.h"

enum { REGION = 64 << 10 };

static void fault_init_exit_init(void)
{
    for (int round = 0; round < 3; round++) {
        start(REGION, 16, 16);
        CHECK(emucxl_alloc(100, 0) != NULL);
        CHECK(emucxl_stop() == 0);
    }
}

/* Resident pages of this process. */
static long resident(void)
{
    long size, pages = -1;
    FILE *stream = fopen("/proc/self/statm", "r");
    CHECK(stream != NULL && fscanf(stream, "%ld %ld", &size, &pages) == 2);
    fclose(stream);
    return pages;
}

static void fault_exit_frees_everything(void)
{
    const size_t bytes = (size_t)16 << 20;
    long before = 0;
    for (int round = 0; round < 5; round++) {
        start(REGION, 1024, 16);
        char *block = emucxl_alloc(bytes, 0);
        CHECK(block != NULL);
        memset(block, 1, bytes);
        CHECK(emucxl_stop() == 0);
        if (round == 0)
            before = resident();
    }
    /* Sanitizers have memory of their own for whatever is mapped. */
    CHECK(SANITIZED || (resident() - before) * sysconf(_SC_PAGESIZE) < (long)bytes);
}

static void fault_read_takes_size_as_size(void)
{
    start(REGION, 16, 16);
    char *block = emucxl_alloc(32, 0), text[32];
    for (int i = 0; i < 32; i++)
        block[i] = (char)i;
    memset(text, -1, sizeof text);
    CHECK(emucxl_read(block, 4, text, 8));
    CHECK(text[0] == 4 && text[7] == 11 && text[8] == -1);
    CHECK_FAILS(EINVAL, emucxl_read(block, -1, text, 8), false);
    emucxl_free(block, 32);
    stop_empty();
}

static void fault_sizes_beyond_int(void)
{
    const size_t large = (size_t)3 << 30;
    struct emucxl_config config = EMUCXL_CONFIG_DEFAULT;
    config.backend = EMUCXL_BACKEND_EMULATED; /* pages that nobody touches: no node has to have them */
    config.local_capacity = config.remote_capacity = (size_t)4 << 30;
    CHECK(emucxl_start(&config) == 0);
    char *block = emucxl_alloc(large, 1);
    CHECK(block != NULL && emucxl_get_size(block) == large && emucxl_stats(1) == large);
    CHECK(emucxl_get_size(block + large - 1) == large);
    emucxl_free(block, large);
    stop_empty();
}

static void fault_resize_to_smaller(void)
{
    start(REGION, 16, 16);
    char *block = emucxl_alloc(40000, 0), *guard[8];
    memset(block, 1, 40000);
    block = emucxl_resize(block, 16);
    for (int i = 0; i < 8; i++) {
        guard[i] = emucxl_alloc(16, 0);
        for (int j = 0; j < 16; j++)
            CHECK(guard[i][j] == 0);
    }
    for (int i = 0; i < 8; i++)
        emucxl_free(guard[i], 16);
    emucxl_free(block, 16);
    stop_empty();
}

static void fault_failed_resize_and_migrate_leave_the_block(void)
{
    start(REGION, 4, 4);
    size_t size = 3 * REGION;
    char *a = emucxl_alloc(size, 0), *b = emucxl_alloc(size, 1);
    memset(a, 1, size);
    CHECK_FAILS(ENOMEM, emucxl_resize(a, size + 1), NULL);
    CHECK_FAILS(ENOMEM, emucxl_migrate(a, 1), NULL);
    for (size_t i = 0; i < size; i++)
        CHECK(a[i] == 1);
    CHECK(emucxl_stats(0) == size && emucxl_stats(1) == size);
    emucxl_free(a, size);
    emucxl_free(b, size);
    stop_empty();
}

static void fault_unknown_pointer_is_not_unmapped(void)
{
    start(REGION, 16, 16);
    char *memory = malloc(8192);
    memset(memory, 3, 8192);
    CHECK_ERRNO(EINVAL, emucxl_free(memory, 8192));
    CHECK(memory[0] == 3 && memory[8191] == 3);
    free(memory);
    stop_empty();
}

static void fault_more_objects_than_mappings(void)
{
    enum { OBJECTS = 200000 };
    start((size_t)2 << 20, 64, 64);
    char **objects = malloc(OBJECTS * sizeof *objects);
    for (int i = 0; i < OBJECTS; i++) {
        objects[i] = emucxl_alloc(64, i & 1);
        CHECK(objects[i] != NULL);
        memcpy(objects[i], &i, sizeof i);
    }
    CHECK(emucxl_stats(0) == OBJECTS / 2 * 64);
    for (int i = 0; i < OBJECTS; i++) {
        CHECK(memcmp(objects[i], &i, sizeof i) == 0);
        emucxl_free(objects[i], 64);
    }
    free(objects);
    stop_empty();
}

static void fault_capacity_is_enforced(void)
{
    start(REGION, 8, 4);
    for (int node = 0; node < 2; node++) {
        size_t limit = node == 0 ? 8 : 4, n = 0;
        char *blocks[16];
        while ((blocks[n] = emucxl_alloc(REGION / 2, node)) != NULL)
            CHECK(++n <= 2 * limit);
        CHECK(errno == ENOMEM && n >= limit);
        CHECK(emucxl_used(node) <= emucxl_capacity(node) && emucxl_capacity(node) == limit * REGION);
        while (n > 0)
            emucxl_free(blocks[--n], REGION / 2);
    }
    stop_empty();
}

static void fault_memmove_returns_its_destination(void)
{
    start(REGION, 16, 16);
    char *block = emucxl_alloc(32, 0);
    CHECK(emucxl_memmove(block + 1, block, 31) == block + 1);
    emucxl_free(block, 32);
    stop_empty();
}

const struct test fault_tests[] = {
    {"fault_init_exit_init", fault_init_exit_init},
    {"fault_exit_frees_everything", fault_exit_frees_everything},
    {"fault_read_takes_size_as_size", fault_read_takes_size_as_size},
    {"fault_sizes_beyond_int", fault_sizes_beyond_int},
    {"fault_resize_to_smaller", fault_resize_to_smaller},
    {"fault_failed_resize_and_migrate_leave_the_block", fault_failed_resize_and_migrate_leave_the_block},
    {"fault_unknown_pointer_is_not_unmapped", fault_unknown_pointer_is_not_unmapped},
    {"fault_more_objects_than_mappings", fault_more_objects_than_mappings},
    {"fault_capacity_is_enforced", fault_capacity_is_enforced},
    {"fault_memmove_returns_its_destination", fault_memmove_returns_its_destination},
    {NULL, NULL},
};
