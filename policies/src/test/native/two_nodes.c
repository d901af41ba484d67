/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Preloaded into a JVM: a machine of one node seems to have two, and some of its pages cannot be moved. The pages are
 * real; where they are is kept here. At the end of the process every region must be on one node, but for such pages.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { PAGES = 1 << 20, PAGES_OF_REGION = 16, STUCK_OF = 64, UNKNOWN = 0 };

/* By page number, modulo: 1 more than the node that it was moved to. */
static signed char moved[PAGES];
static atomic_long refused;

static uintptr_t page_of(void *address)
{
    return (uintptr_t)address >> 12;
}

static int stuck(uintptr_t page)
{
    return (page * UINT64_C(0x9E3779B97F4A7C15) >> 40) % STUCK_OF == 0;
}

FILE *fopen(const char *name, const char *mode)
{
    static char nodes[] = "0-1\n";
    if (strcmp(name, "/sys/devices/system/node/has_memory") == 0)
        return fmemopen(nodes, sizeof nodes - 1, "r");
    FILE *(*next)(const char *, const char *) = (FILE * (*)(const char *, const char *)) dlsym(RTLD_NEXT, "fopen");
    return next(name, mode);
}

static long move_pages(unsigned long count, void **pages, const int *nodes, int *status)
{
    long (*next)(long, ...) = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
    if (next(SYS_move_pages, 0, count, pages, NULL, status, 0) != 0)
        return -1;
    for (unsigned long i = 0; i < count; i++) {
        if (status[i] < 0) /* there is no page yet */
            continue;
        uintptr_t page = page_of(pages[i]);
        if (stuck(page)) {
            atomic_fetch_add(&refused, 1);
            status[i] = -EBUSY;
        } else {
            moved[page % PAGES] = (signed char)(nodes[i] + 1);
            status[i] = nodes[i];
        }
    }
    return 0;
}

long syscall(long number, ...)
{
    long a[6];
    va_list arguments;
    va_start(arguments, number);
    for (int i = 0; i < 6; i++)
        a[i] = va_arg(arguments, long);
    va_end(arguments);
    if (number == SYS_mbind)
        return 0;
    if (number == SYS_move_pages)
        return move_pages((unsigned long)a[1], (void **)a[2], (const int *)a[3], (int *)a[4]);
    long (*next)(long, ...) = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
    return next(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

__attribute__((destructor)) static void look(void)
{
    int torn = 0, whole = 0;
    for (int region = 0; region < PAGES; region += PAGES_OF_REGION) {
        int node = UNKNOWN;
        for (int page = region; page < region + PAGES_OF_REGION; page++) {
            if (moved[page] != UNKNOWN && node != UNKNOWN && moved[page] != node)
                torn++;
            node = moved[page] != UNKNOWN ? moved[page] : node;
        }
        whole += node != UNKNOWN;
    }
    if (whole > 0)
        printf("refused pages: %ld, torn regions: %d\n", atomic_load(&refused), torn);
}
