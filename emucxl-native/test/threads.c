/* SPDX-License-Identifier: Apache-2.0 */
/* Many threads at once: accounting is exact at the end, nobody's bytes change. */
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../src/internal.h"
#include "test.h"

enum { REGION = 64 << 10, THREADS = 8, SLOTS = 300 };

static long blocks_each;
static _Atomic int working;

struct slot {
    unsigned char *block;
    size_t size;
    int movable;
};

static void fill_slot(struct slot *slot, uint64_t *state, unsigned char mark)
{
    uint64_t random = next_random(state);
    int tier = random & 1;
    slot->movable = random >> 1 & 1;
    slot->size = 1 + (random >> 8) % ((random >> 2 & 63) == 0 ? 3 * REGION : 600);
    slot->block = slot->movable ? emucxl_tier_alloc(slot->size, tier) : emucxl_alloc(slot->size, tier);
    CHECK(slot->block != NULL || errno == ENOMEM);
    if (slot->block != NULL) {
        CHECK(slot->block[0] == 0 && slot->block[slot->size - 1] == 0);
        slot->block[0] = slot->block[slot->size / 2] = slot->block[slot->size - 1] = mark;
    }
}

static void empty_slot(struct slot *slot, unsigned char mark)
{
    CHECK(slot->block[0] == mark && slot->block[slot->size / 2] == mark && slot->block[slot->size - 1] == mark);
    CHECK((slot->movable ? emucxl_tier_free(slot->block) : emucxl_release(slot->block, slot->size)) == 0);
    slot->block = NULL;
}

static void *allocate_and_free(void *argument)
{
    uint64_t state = 88172645463325252u + (uintptr_t)argument * 7919;
    struct slot slots[SLOTS] = {0};
    unsigned char mark = (unsigned char)((uintptr_t)argument + 1);
    for (long i = 0; i < blocks_each; i++) {
        struct slot *slot = &slots[next_random(&state) % SLOTS];
        if (slot->block != NULL)
            empty_slot(slot, mark);
        fill_slot(slot, &state, mark);
    }
    for (int i = 0; i < SLOTS; i++)
        if (slots[i].block != NULL)
            empty_slot(&slots[i], mark);
    return NULL;
}

static void *migrate_all_the_time(void *unused)
{
    uint64_t state = 1234567;
    (void)unused;
    while (working) {
        size_t touched = emucxl_regions_touched();
        int error = touched == 0 ? 0
                                 : emucxl_region_migrate(next_random(&state) % touched, next_random(&state) & 1);
        CHECK(error == 0 || error == EINVAL || error == ENOMEM || error == EBUSY);
        for (int tier = 0; tier < 2; tier++)
            CHECK(emucxl_used(tier) <= emucxl_capacity(tier));
    }
    return NULL;
}

static void run(size_t local, size_t remote, int migrate)
{
    pthread_t threads[THREADS], migrator;
    start(REGION, local, remote);
    working = 1;
    if (migrate)
        CHECK(pthread_create(&migrator, NULL, migrate_all_the_time, NULL) == 0);
    for (uintptr_t i = 0; i < THREADS; i++)
        CHECK(pthread_create(&threads[i], NULL, allocate_and_free, (void *)i) == 0);
    for (int i = 0; i < THREADS; i++)
        CHECK(pthread_join(threads[i], NULL) == 0);
    working = 0;
    if (migrate)
        CHECK(pthread_join(migrator, NULL) == 0);
    stop_empty();
}

/* Of each thread; EMUCXL_TEST_BLOCKS for more, or for fewer where pages are slow to come. */
static long blocks(void)
{
    const char *given = getenv("EMUCXL_TEST_BLOCKS");
    return given != NULL ? atol(given) : SANITIZED ? 12500 : 125000;
}

static void threads_allocate_and_free(void)
{
    blocks_each = blocks();
    run(1024, 1024, 0);
}

static void threads_beside_migration(void)
{
    blocks_each = blocks() / 10;
    run(1024, 1024, 1);
}

static void threads_with_little_memory(void)
{
    blocks_each = blocks() / 10;
    run(24, 40, 1);
}

/* Blocks of 15 units, of which a region holds four. */
enum { FILL = 14 << 10, CAPACITY = 16, FITTING = 4 * CAPACITY };
static _Atomic int given;
static pthread_barrier_t filled;

static void *fill_the_capacity(void *unused)
{
    (void)unused;
    char *blocks[FITTING + 1];
    int n = 0;
    while (n <= FITTING && (blocks[n] = emucxl_alloc(FILL, 1)) != NULL)
        n++;
    CHECK(errno == ENOMEM);
    given += n;
    pthread_barrier_wait(&filled);
    while (n > 0)
        CHECK(emucxl_release(blocks[--n], FILL) == 0);
    return NULL;
}

static void threads_get_the_capacity_and_no_more(void)
{
    start(REGION, 4, CAPACITY);
    for (int round = 0; round < 50; round++) {
        pthread_t threads[THREADS];
        given = 0;
        CHECK(pthread_barrier_init(&filled, NULL, THREADS) == 0);
        for (int i = 0; i < THREADS; i++)
            CHECK(pthread_create(&threads[i], NULL, fill_the_capacity, NULL) == 0);
        for (int i = 0; i < THREADS; i++)
            CHECK(pthread_join(threads[i], NULL) == 0);
        CHECK(given == FITTING && emucxl_used(1) == 0);
        CHECK(pthread_barrier_destroy(&filled) == 0);
    }
    stop_empty();
}

static void *take_one(void *unused)
{
    (void)unused;
    pthread_barrier_wait(&filled);
    char *block = emucxl_alloc(FILL / 8, 1);
    CHECK(block != NULL && emucxl_release(block, FILL / 8) == 0);
    return NULL;
}

/* Who comes while another thread still gets the pages of the region that there is room for, gets a block in it. */
static void threads_share_the_last_region(void)
{
    start(REGION, 4, 1);
    for (int round = 0; round < 200; round++) {
        pthread_t threads[THREADS];
        CHECK(pthread_barrier_init(&filled, NULL, THREADS) == 0);
        for (int i = 0; i < THREADS; i++)
            CHECK(pthread_create(&threads[i], NULL, take_one, NULL) == 0);
        for (int i = 0; i < THREADS; i++)
            CHECK(pthread_join(threads[i], NULL) == 0);
        CHECK(pthread_barrier_destroy(&filled) == 0);
    }
    stop_empty();
}

static char *contended;
static _Atomic int winners;

static void *free_contended(void *unused)
{
    (void)unused;
    if (emucxl_release(contended, 500) == 0)
        winners++;
    return NULL;
}

static void threads_free_the_same_block(void)
{
    start(REGION, 64, 64);
    for (int round = 0; round < 100; round++) {
        pthread_t threads[THREADS];
        contended = emucxl_alloc(500, 0);
        winners = 0;
        for (int i = 0; i < THREADS; i++)
            CHECK(pthread_create(&threads[i], NULL, free_contended, NULL) == 0);
        for (int i = 0; i < THREADS; i++)
            CHECK(pthread_join(threads[i], NULL) == 0);
        CHECK(winners == 1 && emucxl_stats(0) == 0);
    }
    stop_empty();
}

static void *start_use_stop(void *unused)
{
    (void)unused;
    for (int round = 0; round < 50; round++) {
        CHECK(emucxl_start(NULL) == 0);
        void *block = emucxl_alloc(100, 0);
        CHECK(block != NULL && emucxl_release(block, 100) == 0);
        CHECK(emucxl_stop() == 0);
    }
    return NULL;
}

static void threads_start_and_stop(void)
{
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        CHECK(pthread_create(&threads[i], NULL, start_use_stop, NULL) == 0);
    for (int i = 0; i < 4; i++)
        CHECK(pthread_join(threads[i], NULL) == 0);
    CHECK_FAILS(ENXIO, emucxl_backend(), -1);
}

static void *_Atomic queried;

static void *query_all_the_time(void *unused)
{
    (void)unused;
    while (working) {
        int node = emucxl_get_numa_node(queried);
        CHECK(node == 1 || node == -1);
        size_t size = emucxl_get_size(queried);
        CHECK(size == 500 || size == 3 * REGION || size == 0);
#ifndef __SANITIZE_THREAD__ /* to read what another thread frees is a race, and must not be a crash */
        char bytes[500];
        /* A smaller block may be there since, and the address inside of it. */
        CHECK(emucxl_read(queried, 0, bytes, sizeof bytes) || errno == EINVAL || errno == EFAULT);
#endif
    }
    return NULL;
}

/* What a look at a block finds that another thread frees is the block as it was, or none. */
static void threads_query_beside_free(void)
{
    pthread_t threads[2];
    start(REGION, 64, 64);
    working = 1;
    queried = emucxl_base();
    for (int i = 0; i < 2; i++)
        CHECK(pthread_create(&threads[i], NULL, query_all_the_time, NULL) == 0);
    for (long i = 0; i < blocks() / 10; i++) {
        size_t size = i & 1 ? 500 : 3 * REGION;
        queried = emucxl_alloc(size, 1);
        CHECK(emucxl_release(queried, size) == 0);
        emucxl_trim();
    }
    working = 0;
    for (int i = 0; i < 2; i++)
        CHECK(pthread_join(threads[i], NULL) == 0);
    stop_empty();
}

static void *call_all_the_time(void *unused)
{
    (void)unused;
    while (working) {
        call_enter();
        char *block = emucxl_alloc(2 * REGION, 1);
        CHECK(block != NULL || errno == ENXIO || errno == ENOMEM);
        if (block != NULL) {
            memset(block, 1, 2 * REGION);
            CHECK(emucxl_release(block, 2 * REGION) == 0 || errno == ENXIO); /* the stop frees it */
        }
        call_leave();
    }
    return NULL;
}

/* As Java calls the library: who has begun is waited for, who comes later finds it not initialised. */
static void threads_stop_beside_calls(void)
{
    pthread_t threads[2];
    struct emucxl_config config = EMUCXL_CONFIG_DEFAULT;
    config.region_bytes = REGION;
    config.local_capacity = config.remote_capacity = 64 * REGION;
    working = 1;
    for (int i = 0; i < 2; i++)
        CHECK(pthread_create(&threads[i], NULL, call_all_the_time, NULL) == 0);
    for (int round = 0; round < 50; round++) {
        CHECK(emucxl_start(&config) == 0);
        CHECK(emucxl_stop() == 0);
    }
    working = 0;
    for (int i = 0; i < 2; i++)
        CHECK(pthread_join(threads[i], NULL) == 0);
}

static void *map_all_the_time(void *unused)
{
    (void)unused;
    while (working) {
        char *memory = mmap(NULL, REGION, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        CHECK(memory != MAP_FAILED);
        for (int i = 0; i < 8; i++) {
            memory[i * 4096] = 1;
            sched_yield();
            CHECK(memory[i * 4096] == 1);
        }
        CHECK(munmap(memory, REGION) == 0);
    }
    return NULL;
}

static void set_device_capacity(const char *text)
{
    FILE *stream = fopen("/sys/class/misc/emucxl/node1/capacity", "w");
    CHECK(stream != NULL && fputs(text, stream) >= 0 && fclose(stream) == 0);
}

/* Memory that the device refuses leaves no hole in the range, where others would map what is then mapped over. */
static void threads_map_beside_refused_memory(void)
{
    pthread_t threads[2];
    if (access("/sys/class/misc/emucxl/node1/capacity", W_OK) != 0)
        return; /* only the device refuses what is within the library's own capacity */
    start(REGION, 16, 64);
    if (emucxl_backend() == EMUCXL_BACKEND_DEVICE) {
        set_device_capacity("256K");
        working = 1;
        for (int i = 0; i < 2; i++)
            CHECK(pthread_create(&threads[i], NULL, map_all_the_time, NULL) == 0);
        for (long i = 0; i < blocks() / 10; i++)
            CHECK_FAILS(ENOMEM, emucxl_alloc(8 * REGION, 1), NULL);
        working = 0;
        for (int i = 0; i < 2; i++)
            CHECK(pthread_join(threads[i], NULL) == 0);
        set_device_capacity("default");
    }
    stop_empty();
}

const struct test thread_tests[] = {
    {"threads_allocate_and_free", threads_allocate_and_free},
    {"threads_beside_migration", threads_beside_migration},
    {"threads_with_little_memory", threads_with_little_memory},
    {"threads_get_the_capacity_and_no_more", threads_get_the_capacity_and_no_more},
    {"threads_share_the_last_region", threads_share_the_last_region},
    {"threads_free_the_same_block", threads_free_the_same_block},
    {"threads_start_and_stop", threads_start_and_stop},
    {"threads_query_beside_free", threads_query_beside_free},
    {"threads_stop_beside_calls", threads_stop_beside_calls},
    {"threads_map_beside_refused_memory", threads_map_beside_refused_memory},
    {NULL, NULL},
};
