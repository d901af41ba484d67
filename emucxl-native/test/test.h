/* SPDX-License-Identifier: Apache-2.0 */
/* What the C tests share. A check that fails says where, and ends the run. */
#ifndef EMUCXL_TEST_H
#define EMUCXL_TEST_H

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../include/emucxl_ext.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: %s\n  errno %d (%s), emucxl: %s\n", __FILE__, __LINE__, #condition, errno,        \
                    strerror(errno), emucxl_error());                                                                  \
            exit(1);                                                                                                   \
        }                                                                                                              \
    } while (0)

/* That a call has the value that means failure, and sets errno. */
#define CHECK_FAILS(error, call, value)                                                                                \
    do {                                                                                                               \
        errno = 0;                                                                                                     \
        CHECK((call) == (value));                                                                                      \
        CHECK(errno == (error));                                                                                       \
    } while (0)

/* The same for a call without a result; 0: that it sets none. */
#define CHECK_ERRNO(error, call)                                                                                       \
    do {                                                                                                               \
        errno = 0;                                                                                                     \
        call;                                                                                                          \
        CHECK(errno == (error));                                                                                       \
    } while (0)

struct test {
    const char *name;
    void (*run)(void);
};

extern const struct test api_tests[], fault_tests[], region_tests[], life_tests[], thread_tests[], model_tests[];

/* Starts the library with 64 KiB regions and so many of them on each tier; the backend is the environment's. */
void start(size_t region_bytes, size_t local_regions, size_t remote_regions);

/* Stops it, after a look that nothing is left. */
void stop_empty(void);

/* A xorshift generator. */
uint64_t next_random(uint64_t *state);

#endif
