/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the tests whose names begin with an argument, or all. The backend is that of EMUCXL_BACKEND. */
#include <time.h>

#include "test.h"

void start(size_t region_bytes, size_t local_regions, size_t remote_regions)
{
    struct emucxl_config config = EMUCXL_CONFIG_DEFAULT;
    config.region_bytes = region_bytes;
    config.local_capacity = region_bytes * local_regions;
    config.remote_capacity = region_bytes * remote_regions;
    CHECK(emucxl_start(&config) == 0);
    CHECK(emucxl_stats(0) == 0 && emucxl_stats(1) == 0);
}

void stop_empty(void)
{
    CHECK(emucxl_stats(0) == 0 && emucxl_stats(1) == 0);
    emucxl_trim();
    CHECK(emucxl_used(0) == 0 && emucxl_used(1) == 0);
    CHECK(emucxl_stop() == 0);
}

uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

#ifndef EMUCXL_FUZZ
int main(int argc, char **argv)
{
    const struct test *const suites[] = {api_tests,  fault_tests,  region_tests,
                                         life_tests, thread_tests, model_tests};
    int run = 0;
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (size_t s = 0; s < sizeof suites / sizeof suites[0]; s++) {
        for (const struct test *test = suites[s]; test->name != NULL; test++) {
            int wanted = argc < 2;
            for (int i = 1; i < argc; i++)
                wanted |= strncmp(test->name, argv[i], strlen(argv[i])) == 0;
            if (!wanted)
                continue;
            struct timespec begin, end;
            clock_gettime(CLOCK_MONOTONIC, &begin);
            test->run();
            clock_gettime(CLOCK_MONOTONIC, &end);
            printf("ok %s (%.1f s)\n", test->name,
                   (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) * 1e-9);
            run++;
        }
    }
    if (run == 0) {
        fprintf(stderr, "no test has such a name\n");
        return 2;
    }
    printf("%d tests passed\n", run);
    return 0;
}
#endif
