/* SPDX-License-Identifier: Apache-2.0 */
/* What an operation costs: a queue of 15,000 through emucxl, malloc, and one mapping an object; looking up a node. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>

#include "../include/emucxl_ext.h"

enum { LENGTH = 15000, ROUNDS = 15, KINDS = 3, LOOKUPS = 10000000 };

struct cell {
    long value;
    struct cell *next;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time); /* not the wall: other programs may be running */
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void *by_emucxl(void)
{
    return emucxl_alloc(sizeof(struct cell), 0);
}

static void back_to_emucxl(void *address)
{
    emucxl_free(address, sizeof(struct cell));
}

static void *by_malloc(void)
{
    return malloc(sizeof(struct cell));
}

static void *by_mapping(void)
{
    void *address = mmap(NULL, sizeof(struct cell), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return address == MAP_FAILED ? NULL : address;
}

static void back_to_system(void *address)
{
    munmap(address, sizeof(struct cell));
}

/* Seconds of enqueueing LENGTH cells and dequeueing them. */
static double queue(void *(*take)(void), void (*give)(void *))
{
    struct cell *head = NULL, **tail = &head;
    double begin = now();
    for (long i = 0; i < LENGTH; i++) {
        struct cell *cell = take();
        if (cell == NULL) {
            fprintf(stderr, "no memory\n");
            exit(1);
        }
        *cell = (struct cell){i, NULL};
        *tail = cell;
        tail = &cell->next;
    }
    long sum = 0;
    while (head != NULL) {
        struct cell *cell = head;
        head = cell->next;
        sum += cell->value;
        give(cell);
    }
    double seconds = now() - begin;
    if (sum != (long)LENGTH * (LENGTH - 1) / 2)
        exit(1);
    return seconds;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *seconds)
{
    qsort(seconds, ROUNDS, sizeof *seconds, ascending);
    return seconds[ROUNDS / 2];
}

int main(void)
{
    static const struct {
        void *(*take)(void);
        void (*give)(void *);
    } kinds[KINDS] = {{by_emucxl, back_to_emucxl}, {by_malloc, free}, {by_mapping, back_to_system}};
    double seconds[KINDS][ROUNDS];
    if (emucxl_start(NULL) != 0) {
        fprintf(stderr, "%s\n", emucxl_error());
        return 1;
    }
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < KINDS; i++) { /* every order in turn: what ran before leaves its traces in the caches */
            int kind = (round / 2 + (round % 2 == 0 ? i : KINDS - i)) % KINDS;
            seconds[kind][round] = queue(kinds[kind].take, kinds[kind].give);
        }
    }
    double e = median(seconds[0]), h = median(seconds[1]), m = median(seconds[2]);
    printf("backend %s; %d enqueues and dequeues, median of %d rounds in turn\n",
           emucxl_backend_name(emucxl_backend()), LENGTH, ROUNDS);
    printf("emucxl_alloc/emucxl_free  %8.3f ms\n", e * 1e3);
    printf("malloc/free               %8.3f ms   emucxl takes %.2f times as long\n", h * 1e3, e / h);
    printf("mmap/munmap an object     %8.3f ms   emucxl is %.1f times as fast\n", m * 1e3, m / e);

    char *block = emucxl_alloc(1000, 1);
    long nodes = 0;
    double begin = now();
    for (int i = 0; i < LOOKUPS; i++)
        nodes += emucxl_get_numa_node(block + i % 1000);
    double each = (now() - begin) / LOOKUPS;
    printf("emucxl_get_numa_node      %8.2f ns\n", each * 1e9);
    emucxl_free(block, 1000);
    emucxl_stop();
    return nodes == LOOKUPS ? 0 : 1;
}
