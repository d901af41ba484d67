/* SPDX-License-Identifier: Apache-2.0 */
/* The one space of the process: start, stop, fork. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "internal.h"

struct space space = {
    .lock = PTHREAD_MUTEX_INITIALIZER,
    .moving = PTHREAD_MUTEX_INITIALIZER,
    .settled = PTHREAD_COND_INITIALIZER,
};
_Atomic int started;

static pthread_mutex_t life = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t fork_once = PTHREAD_ONCE_INIT;

/* One mapping for everything that the library knows about the range. */
static void *tables;
static size_t tables_bytes;

static void *reserve(size_t bytes, int protection)
{
    void *address = mmap(NULL, bytes, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return address == MAP_FAILED ? NULL : address;
}

/* Reserves bytes at an address that regions, and huge pages, are aligned to. */
static char *reserve_range(size_t bytes)
{
    size_t huge = (size_t)2 << 20, alignment = region_bytes() > huge ? region_bytes() : huge;
    char *address = reserve(bytes + alignment, PROT_NONE);
    if (address == NULL)
        return NULL;
    size_t before = (alignment - ((uintptr_t)address & (alignment - 1))) & (alignment - 1);
    if (before > 0)
        munmap(address, before);
    munmap(address + before + bytes, alignment - before);
    return address + before;
}

static size_t round_up(size_t bytes)
{
    return (bytes + 4095) & ~(size_t)4095;
}

/* What a range of so many regions needs in tables; with `at`, lays them out. */
static size_t lay_out(size_t regions, char *at)
{
    size_t units = regions << UNIT_BITS, total = 0;
    struct {
        size_t bytes;
        char *address;
    } parts[] = {
        {regions, NULL},
        {regions * sizeof *space.region, NULL},
        {runs_table_bytes(regions), NULL},
        {units * sizeof *space.head, NULL},
        {units * sizeof *space.slab, NULL},
        {(units << space.unit_shift) / 16 * sizeof *space.sizes, NULL},
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        parts[i].address = at == NULL ? NULL : at + total;
        total += round_up(parts[i].bytes);
    }
    if (at != NULL) {
        space.node_table = (void *)parts[0].address;
        space.region = (void *)parts[1].address;
        runs_start(parts[2].address, regions);
        space.head = (void *)parts[3].address;
        space.slab = (void *)parts[4].address;
        space.sizes = (void *)parts[5].address;
    }
    return total;
}

/* The addresses that a limited process (ulimit -v) can spare: half of what is left. */
static size_t spare_addresses(void)
{
    struct rlimit limit;
    unsigned long pages = 0;
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return SIZE_MAX;
    FILE *stream = fopen("/proc/self/statm", "re");
    if (stream != NULL) {
        if (fscanf(stream, "%lu", &pages) != 1)
            pages = 0;
        fclose(stream);
    }
    size_t taken = pages * (size_t)sysconf(_SC_PAGESIZE);
    return limit.rlim_cur > taken ? (limit.rlim_cur - taken) / 2 : 0;
}

static size_t power_of_two(size_t n)
{
    size_t power = 1;
    while (power < n)
        power *= 2;
    return power;
}

/*
 * The first size to try: four times the capacities, against fragmentation and for capacities that grow; but not
 * so many small regions that tables over all of them become large.
 */
static size_t wanted_regions(const struct emucxl_config *config)
{
    const size_t many = (size_t)1 << 21, few = 16, most = (size_t)1 << (31 - UNIT_BITS);
    size_t needed = space.limit[0] + space.limit[1];
    size_t regions = power_of_two(4 * needed);
    if (config->reserve_bytes != 0)
        regions = power_of_two(config->reserve_bytes >> space.region_shift);
    else if (regions > many)
        regions = power_of_two(needed + needed / 2) > many ? power_of_two(needed + needed / 2) : many;
    regions = regions < few ? few : regions;
    return regions > most ? most : regions;
}

static int map_space(const struct emucxl_config *config, int exact)
{
    size_t spare = spare_addresses(), regions = wanted_regions(config);
    /* Capacities that nobody asked for shrink with the range. */
    size_t needed = exact ? space.limit[0] + space.limit[1] : 2;
    for (; regions >= needed && regions >= 2; regions /= 2) {
        size_t table = lay_out(regions, NULL), range = regions << space.region_shift;
        if (range > spare || table > spare - range)
            continue;
        if ((space.base = reserve_range(range)) == NULL)
            continue;
        if ((tables = reserve(table, PROT_READ | PROT_WRITE)) == NULL) {
            munmap(space.base, range);
            continue;
        }
        tables_bytes = table;
        space.bytes = range;
        space.regions = regions;
        lay_out(regions, tables);
        for (int tier = 0; needed == 2 && tier < TIERS; tier++)
            if (space.limit[tier] > regions / 2)
                space.limit[tier] = regions / 2;
        return 0;
    }
    return fail(ENOMEM, "cannot reserve addresses for %zu regions of %zu bytes (ulimit -v, or overcommit)", needed,
                region_bytes());
}

static int set_limits(const struct emucxl_config *config)
{
    static const char *const names[TIERS] = {"local", "remote"};
    const size_t capacity[TIERS] = {config->local_capacity, config->remote_capacity};
    for (int tier = 0; tier < TIERS; tier++) {
        space.limit[tier] = capacity[tier] >> space.region_shift;
        if (space.limit[tier] == 0)
            return fail(EINVAL, "the %s capacity, %zu bytes, is less than one region (%zu)", names[tier],
                        capacity[tier], region_bytes());
        if (space.limit[tier] > (size_t)1 << (30 - UNIT_BITS))
            return fail(EINVAL, "the %s capacity, %zu bytes, is more regions of %zu bytes than the library can have",
                        names[tier], capacity[tier], region_bytes());
    }
    return 0;
}

static int open_backend(struct emucxl_config *config)
{
    static const struct backend *const all[] = {&backend_device, &backend_numa, &backend_emulated};
    int error = ENODEV;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (config->backend != EMUCXL_BACKEND_AUTO && config->backend != all[i]->number)
            continue;
        struct emucxl_config attempt = *config;
        error = all[i]->open(&attempt, space.os_node);
        if (error == 0) {
            space.backend = all[i];
            *config = attempt;
            return 0;
        }
        if (config->backend == EMUCXL_BACKEND_AUTO && error != ENODEV)
            return error;
    }
    return error;
}

static int space_start(const struct emucxl_config *given)
{
    struct emucxl_config config = EMUCXL_CONFIG_DEFAULT;
    if (given != NULL)
        config = *given;
    int error = config_resolve(&config);
    if (error != 0)
        return error;
    space.region_shift = __builtin_ctzll(config.region_bytes);
    space.unit_shift = space.region_shift - UNIT_BITS;
    int exact = config.local_capacity != 0 || config.remote_capacity != 0;
    if ((error = open_backend(&config)) != 0)
        return error;
    released_start();
    if ((error = set_limits(&config)) != 0 || (error = map_space(&config, exact)) != 0) {
        space.backend->close();
        return error;
    }
    regions_start();
    slabs_start();
    caches_start();
    return 0;
}

static void space_stop(void)
{
    calls_wait();
    caches_forget();
    munmap(space.base, space.bytes);
    munmap(tables, tables_bytes);
    space.backend->close();
}

static void before_fork(void)
{
    pthread_mutex_lock(&life);
    caches_prepare_fork();
    pthread_mutex_lock(&space.moving);
    pthread_mutex_lock(&space.lock);
    regions_settle(); /* in the child nobody would finish with them */
}

static void after_fork_in_parent(void)
{
    pthread_mutex_unlock(&space.lock);
    pthread_mutex_unlock(&space.moving);
    caches_after_fork(0);
    pthread_mutex_unlock(&life);
}

static void after_fork_in_child(void)
{
    space.settled = (pthread_cond_t)PTHREAD_COND_INITIALIZER;
    pthread_mutex_unlock(&space.lock);
    pthread_mutex_unlock(&space.moving);
    caches_after_fork(1);
    if (atomic_load(&started) > 0 && space.backend->fork_shares) {
        atomic_store(&started, 0);
        space_stop();
    }
    pthread_mutex_unlock(&life);
}

static void register_fork(void)
{
    pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
}

int emucxl_start(const struct emucxl_config *config)
{
    int before = errno;
    pthread_once(&fork_once, register_fork);
    pthread_mutex_lock(&life);
    int error = 0;
    if (atomic_load(&started) == 0)
        error = space_start(config);
    if (error == 0) {
        atomic_fetch_add(&started, 1);
        errno = before;
    }
    pthread_mutex_unlock(&life);
    return error;
}

int emucxl_stop(void)
{
    pthread_mutex_lock(&life);
    int error = 0;
    if (atomic_load(&started) == 0)
        error = fail(ENXIO, "emucxl is not initialised");
    else if (atomic_fetch_sub(&started, 1) == 1)
        space_stop();
    pthread_mutex_unlock(&life);
    return error;
}
