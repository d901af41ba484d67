/* SPDX-License-Identifier: Apache-2.0 */
/* Each of the fifteen functions: what it does, and what it refuses. */
#include "test.h"

enum { REGION = 64 << 10 };

static void api_alloc(void)
{
    start(REGION, 64, 64);
    char *block = emucxl_alloc(100, 1);
    CHECK(block != NULL);
    for (int i = 0; i < 100; i++)
        CHECK(block[i] == 0);
    CHECK_FAILS(EINVAL, emucxl_alloc(0, 0), NULL);
    CHECK_FAILS(EINVAL, emucxl_alloc(1, 2), NULL);
    CHECK_FAILS(EINVAL, emucxl_alloc(1, -1), NULL);
    CHECK_FAILS(EINVAL, emucxl_alloc(1, 7), NULL);
    CHECK_FAILS(ENOMEM, emucxl_alloc((size_t)1 << 62, 0), NULL);
    CHECK_FAILS(ENOMEM, emucxl_alloc(SIZE_MAX, 0), NULL);
    CHECK_FAILS(ENOMEM, emucxl_alloc((size_t)65 * REGION, 0), NULL);
    emucxl_free(block, 100);
    stop_empty();
}

static void api_alloc_aligned_and_zero_for_any_size(void)
{
    start(REGION, 64, 64);
    for (size_t size = 1; size < (size_t)5 * REGION; size += 1 + size / 9) {
        for (int round = 0; round < 2; round++) {
            char *block = emucxl_alloc(size, 0);
            CHECK(block != NULL);
            CHECK(((uintptr_t)block & (size >= 64 ? 63 : 15)) == 0);
            for (size_t i = 0; i < size; i++)
                CHECK(block[i] == 0);
            memset(block, 0xa5, size);
            emucxl_free(block, size);
        }
    }
    stop_empty();
}

static void api_free(void)
{
    start(REGION, 64, 64);
    const size_t sizes[] = {1, 100, 5000, 20000, 200000};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char *block = emucxl_alloc(sizes[i], 0);
        int outside;
        CHECK_ERRNO(EINVAL, emucxl_free(NULL, sizes[i]));
        CHECK_ERRNO(EINVAL, emucxl_free(&outside, sizeof outside));
        CHECK_ERRNO(EINVAL, emucxl_free(block + 1, sizes[i]));
        CHECK_ERRNO(EINVAL, emucxl_free(block + sizes[i], sizes[i]));
        CHECK_ERRNO(EINVAL, emucxl_free(block, sizes[i] + 1));
        CHECK_ERRNO(EINVAL, emucxl_free(block, 0));
        CHECK(emucxl_stats(0) == sizes[i]);
        CHECK_ERRNO(0, emucxl_free(block, sizes[i]));
        CHECK_ERRNO(EINVAL, emucxl_free(block, sizes[i]));
        CHECK(emucxl_stats(0) == 0);
    }
    stop_empty();
}

static void api_resize(void)
{
    start(REGION, 64, 4);
    char *block = emucxl_alloc(1000, 1);
    memset(block, 7, 1000);
    char *larger = emucxl_resize(block, 50000);
    CHECK(larger != NULL && larger != block && emucxl_get_numa_node(larger) == 1);
    for (int i = 0; i < 50000; i++)
        CHECK(larger[i] == (i < 1000 ? 7 : 0));
    CHECK(emucxl_get_size(larger) == 50000 && emucxl_stats(1) == 50000);
    char *smaller = emucxl_resize(larger, 10);
    CHECK(smaller != NULL && emucxl_get_size(smaller) == 10 && smaller[9] == 7);
    CHECK_FAILS(EINVAL, emucxl_resize(smaller, 0), NULL);
    CHECK_FAILS(EINVAL, emucxl_resize(smaller + 1, 20), NULL);
    CHECK_FAILS(EINVAL, emucxl_resize(block, 20), NULL);
    CHECK_FAILS(ENOMEM, emucxl_resize(smaller, (size_t)4 * REGION), NULL);
    CHECK(emucxl_get_size(smaller) == 10 && smaller[9] == 7);
    emucxl_free(smaller, 10);
    stop_empty();
}

static void api_migrate(void)
{
    start(REGION, 64, 4);
    char *block = emucxl_alloc(5000, 0);
    memset(block, 9, 5000);
    char *moved = emucxl_migrate(block, 1);
    CHECK(moved != NULL && moved != block && moved[0] == 9 && moved[4999] == 9);
    CHECK(emucxl_get_numa_node(moved) == 1 && emucxl_stats(0) == 0 && emucxl_stats(1) == 5000);
    CHECK_FAILS(EINVAL, emucxl_migrate(block, 1), NULL);
    CHECK(emucxl_migrate(moved, 1) == moved);
    CHECK_FAILS(EINVAL, emucxl_migrate(moved, 2), NULL);
    CHECK_FAILS(EINVAL, emucxl_migrate(moved + 1, 0), NULL);
    char *large = emucxl_alloc((size_t)10 * REGION, 0);
    CHECK_FAILS(ENOMEM, emucxl_migrate(large, 1), NULL);
    CHECK(emucxl_get_size(large) == (size_t)10 * REGION && emucxl_is_local(large));
    emucxl_free(large, (size_t)10 * REGION);
    emucxl_free(moved, 5000);
    stop_empty();
}

static void api_queries(void)
{
    start(REGION, 64, 64);
    const size_t sizes[] = {10, 3000, 150000};
    for (int node = 0; node < 2; node++) {
        for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
            char *block = emucxl_alloc(sizes[i], node);
            for (size_t at = 0; at < sizes[i]; at += 1 + sizes[i] / 7) {
                CHECK(emucxl_get_numa_node(block + at) == node);
                CHECK(emucxl_is_local(block + at) == (node == 0));
                CHECK(emucxl_get_size(block + at) == sizes[i]);
            }
            CHECK(emucxl_stats(node) == sizes[i]);
            CHECK_FAILS(EINVAL, emucxl_get_size(block + sizes[i]), 0);
            emucxl_free(block, sizes[i]);
            CHECK_FAILS(EINVAL, emucxl_get_numa_node(block), -1);
            CHECK_FAILS(EINVAL, emucxl_is_local(block), false);
            CHECK_FAILS(EINVAL, emucxl_get_size(block), 0);
        }
    }
    CHECK_FAILS(EINVAL, emucxl_get_numa_node(NULL), -1);
    CHECK_FAILS(EINVAL, emucxl_stats(2), 0);
    CHECK_FAILS(EINVAL, emucxl_stats(-1), 0);
    stop_empty();
}

static void api_read_and_write(void)
{
    start(REGION, 64, 64);
    char *block = emucxl_alloc(100, 1), *other = emucxl_alloc(100, 0), text[200] = "twelve bytes";
    CHECK(emucxl_write(text, 88, block, 12));
    memset(text, 0, sizeof text);
    CHECK(emucxl_read(block, 88, text, 12) && strcmp(text, "twelve bytes") == 0);
    CHECK(emucxl_read(block + 80, 8, text, 12));
    CHECK(emucxl_read(block, 100, text, 0));
    CHECK(emucxl_read(block, 0, other, 100) && other[88] == 't');
    CHECK_FAILS(EFAULT, emucxl_read(block, 88, text, 13), false);
    CHECK_FAILS(EFAULT, emucxl_read(block + 50, 0, text, 51), false);
    CHECK_FAILS(EFAULT, emucxl_read(block, 0, NULL, 1), false);
    CHECK_FAILS(EFAULT, emucxl_read(block, 0, other + 1, 100), false);
    CHECK_FAILS(EINVAL, emucxl_read(block, -1, text, 1), false);
    CHECK_FAILS(EINVAL, emucxl_read(text, 0, text, 1), false);
    CHECK_FAILS(EFAULT, emucxl_write(text, 1, block, SIZE_MAX), false);
    CHECK_FAILS(EFAULT, emucxl_write(text, 88, block, 13), false);
    CHECK_FAILS(EINVAL, emucxl_write(text, -1, block, 1), false);
    emucxl_free(block, 100);
    CHECK_FAILS(EINVAL, emucxl_read(block, 0, text, 1), false);
    CHECK_FAILS(EINVAL, emucxl_write(text, 0, block, 1), false);
    emucxl_free(other, 100);
    stop_empty();
}

static void api_memset_memcpy_memmove(void)
{
    start(REGION, 64, 64);
    unsigned char *a = emucxl_alloc(100, 0), *b = emucxl_alloc(100, 1), plain[100];
    CHECK(emucxl_memset(a, -1, 100) == a && a[0] == 255 && a[99] == 255);
    CHECK(emucxl_memset(a + 50, 0, 50) == a + 50 && a[49] == 255 && a[50] == 0);
    CHECK_FAILS(EFAULT, emucxl_memset(a + 1, 0, 100), NULL);
    CHECK_FAILS(EINVAL, emucxl_memset(plain, 0, 1), NULL);
    CHECK(emucxl_memcpy(b, a, 100) == b && memcmp(a, b, 100) == 0);
    CHECK(emucxl_memcpy(plain, b, 100) == plain && memcmp(a, plain, 100) == 0);
    CHECK_FAILS(EFAULT, emucxl_memcpy(b, plain, 101), NULL);
    CHECK_FAILS(EFAULT, emucxl_memcpy(plain, b + 60, 41), NULL);
    CHECK_FAILS(EFAULT, emucxl_memcpy(b, NULL, 1), NULL);
    CHECK_FAILS(EINVAL, emucxl_memcpy(a, a + 10, 20), NULL);
    for (int i = 0; i < 100; i++)
        a[i] = (unsigned char)i;
    CHECK(emucxl_memmove(a + 10, a, 90) == a + 10 && a[10] == 0 && a[99] == 89);
    CHECK_FAILS(EFAULT, emucxl_memmove(a + 10, a, 91), NULL);
    emucxl_free(b, 100);
    CHECK_FAILS(EFAULT, emucxl_memcpy(a, b, 1), NULL);
    CHECK_FAILS(EFAULT, emucxl_memmove(b, a, 1), NULL);
    emucxl_free(a, 100);
    stop_empty();
}

static void api_before_init(void)
{
    char byte;
    CHECK_FAILS(ENXIO, emucxl_alloc(1, 0), NULL);
    CHECK_ERRNO(ENXIO, emucxl_free(&byte, 1));
    CHECK_ERRNO(ENXIO, emucxl_exit());
    CHECK_FAILS(ENXIO, emucxl_resize(&byte, 1), NULL);
    CHECK_FAILS(ENXIO, emucxl_migrate(&byte, 1), NULL);
    CHECK_FAILS(ENXIO, emucxl_get_numa_node(&byte), -1);
    CHECK_FAILS(ENXIO, emucxl_get_size(&byte), 0);
    CHECK_FAILS(ENXIO, emucxl_stats(0), 0);
    CHECK_FAILS(ENXIO, emucxl_read(&byte, 0, &byte, 1), false);
    CHECK_FAILS(ENXIO, emucxl_memset(&byte, 0, 1), NULL);
    CHECK_FAILS(ENXIO, emucxl_memcpy(&byte, &byte, 1), NULL);
    CHECK_FAILS(ENXIO, emucxl_backend(), -1);
    CHECK(emucxl_region_migrate(0, 1) == ENXIO);
}

const struct test api_tests[] = {
    {"api_before_init", api_before_init},
    {"api_alloc", api_alloc},
    {"api_alloc_aligned_and_zero_for_any_size", api_alloc_aligned_and_zero_for_any_size},
    {"api_free", api_free},
    {"api_resize", api_resize},
    {"api_migrate", api_migrate},
    {"api_queries", api_queries},
    {"api_read_and_write", api_read_and_write},
    {"api_memset_memcpy_memmove", api_memset_memcpy_memmove},
    {NULL, NULL},
};
