/* SPDX-License-Identifier: Apache-2.0 */
/* Times what object caches replace: a mapping of its own for each object, as the paper does it, and malloc. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void *map(size_t size)
{
    void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return p == MAP_FAILED ? NULL : p;
}

static void unmap(void *p, size_t size)
{
    munmap(p, size);
}

static void give_back(void *p, size_t size)
{
    (void)size;
    free(p);
}

/* Nanoseconds to allocate, write to and free an object, or -1. */
static double measure(void *(*take)(size_t), void (*give)(void *, size_t), size_t size, size_t count, int rounds)
{
    void **objects = calloc(count, sizeof *objects);
    double best = -1;
    if (!objects)
        return -1;
    for (int round = 0; round < rounds; round++) {
        double start = now();
        for (size_t i = 0; i < count; i++) {
            objects[i] = take(size);
            if (!objects[i])
                return -1;
            *(volatile long *)objects[i] = (long)i;
        }
        for (size_t i = 0; i < count; i++)
            give(objects[i], size);
        double each = (now() - start) / (double)count;
        if (best < 0 || each < best)
            best = each;
    }
    free(objects);
    return best;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    size_t size = strtoul(argv[1], NULL, 10), count = strtoul(argv[2], NULL, 10);
    int rounds = atoi(argv[3]);
    printf("%.1f %.1f\n", measure(map, unmap, size, count, rounds), measure(malloc, give_back, size, count, rounds));
    return 0;
}
