/* SPDX-License-Identifier: Apache-2.0 */
/* Start and stop, fork, limited address space. */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

enum { REGION = 64 << 10 };

static void life_init_is_counted(void)
{
    CHECK_ERRNO(0, emucxl_init());
    int backend = emucxl_backend();
    CHECK(backend >= EMUCXL_BACKEND_DEVICE && backend <= EMUCXL_BACKEND_EMULATED);
    CHECK(emucxl_backend_name(backend) != NULL && emucxl_os_node(0) >= 0 && emucxl_os_node(1) >= 0);
    void *block = emucxl_alloc(10, 0);
    CHECK_ERRNO(0, emucxl_init());
    CHECK_ERRNO(0, emucxl_exit());
    CHECK(emucxl_get_size(block) == 10);
    CHECK_ERRNO(0, emucxl_exit());
    CHECK_FAILS(ENXIO, emucxl_get_size(block), 0);
    CHECK_ERRNO(ENXIO, emucxl_exit());
}

static void life_unknown_backend(void)
{
    char *before = getenv("EMUCXL_BACKEND");
    char *saved = before == NULL ? NULL : strdup(before);
    setenv("EMUCXL_BACKEND", "floppy", 1);
    CHECK_ERRNO(EINVAL, emucxl_init());
    CHECK(strstr(emucxl_error(), "floppy") != NULL);
    CHECK_FAILS(EINVAL, emucxl_backend_name(4), NULL);
    if (saved != NULL)
        setenv("EMUCXL_BACKEND", saved, 1);
    else
        unsetenv("EMUCXL_BACKEND");
    free(saved);
}

static void life_backend_that_the_machine_lacks(void)
{
    struct emucxl_config config = EMUCXL_CONFIG_DEFAULT;
    config.remote_node = 1000;
    if (access("/dev/emucxl", F_OK) != 0) {
        config.backend = EMUCXL_BACKEND_DEVICE;
        CHECK(emucxl_start(&config) == ENODEV && strstr(emucxl_error(), "/dev/emucxl") != NULL);
    }
    config.backend = EMUCXL_BACKEND_NUMA;
    CHECK(emucxl_start(&config) == ENODEV && strstr(emucxl_error(), "node") != NULL);
}

static int in_child(void (*what)(void *), void *argument)
{
    int status;
    fflush(NULL);
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        what(argument);
        _exit(0);
    }
    CHECK(waitpid(child, &status, 0) == child);
    return status;
}

static void use_in_child(void *argument)
{
    char *block = argument;
    if (emucxl_backend() == -1) { /* the device: nothing is left, and a new start works */
        start(REGION, 8, 8);
        CHECK(emucxl_alloc(100, 0) != NULL);
        return;
    }
    CHECK(block[0] == 1 && emucxl_get_size(block) == 1000);
    memset(block, 2, 1000);
    char *another = emucxl_alloc(1000, 0);
    CHECK(another != NULL && another != block);
    emucxl_free(block, 1000);
    emucxl_free(another, 1000);
    CHECK(emucxl_stats(0) == 0);
    emucxl_trim();
    CHECK(emucxl_used(0) == 0);
}

static void life_fork(void)
{
    start(REGION, 16, 16);
    char *block = emucxl_alloc(1000, 0);
    memset(block, 1, 1000);
    CHECK(in_child(use_in_child, block) == 0);
    CHECK(block[0] == 1 && block[999] == 1 && emucxl_stats(0) == 1000);
    emucxl_free(block, 1000);
    stop_empty();
}

static _Atomic int forking;

static void *allocate_while_forking(void *unused)
{
    (void)unused;
    while (forking) {
        for (size_t size = 200; size < 4 * REGION; size *= 1000) {
            void *block = emucxl_alloc(size, 1);
            CHECK(block != NULL);
            emucxl_free(block, size);
        }
    }
    return NULL;
}

static void life_fork_beside_threads(void)
{
    pthread_t threads[2];
    start(REGION, 16, 64);
    char *block = emucxl_alloc(1000, 0);
    memset(block, 1, 1000);
    forking = 1;
    for (int i = 0; i < 2; i++)
        CHECK(pthread_create(&threads[i], NULL, allocate_while_forking, NULL) == 0);
    for (int round = 0; round < 20; round++)
        CHECK(in_child(use_in_child, block) == 0);
    forking = 0;
    for (int i = 0; i < 2; i++)
        CHECK(pthread_join(threads[i], NULL) == 0);
    emucxl_free(block, 1000);
    stop_empty();
}

static void start_limited(void *unused)
{
    (void)unused;
    struct rlimit limit = {(rlim_t)1 << 30, (rlim_t)1 << 30};
    CHECK(setrlimit(RLIMIT_AS, &limit) == 0);
    struct emucxl_config config = EMUCXL_CONFIG_DEFAULT;
    config.backend = EMUCXL_BACKEND_EMULATED;
    CHECK(emucxl_start(&config) == 0); /* default capacities shrink */
    CHECK(emucxl_capacity(0) < limit.rlim_cur && emucxl_alloc(10 << 20, 1) != NULL);
    CHECK(emucxl_stop() == 0);
    config.local_capacity = (size_t)2 << 30; /* those that were asked for do not */
    CHECK(emucxl_start(&config) == ENOMEM && strstr(emucxl_error(), "ulimit -v") != NULL);
}

static void life_limited_address_space(void)
{
    if (!SANITIZED) /* sanitizers need terabytes of addresses themselves */
        CHECK(in_child(start_limited, NULL) == 0);
}

/* Pages that a call asks for in vain, before it finds room without them, are not the caller's concern. */
static void allocate_without_new_pages(void *unused)
{
    (void)unused;
    struct rlimit limit = {1, 1};
    struct emucxl_config config = EMUCXL_CONFIG_DEFAULT;
    config.backend = EMUCXL_BACKEND_EMULATED;
    config.region_bytes = REGION;
    config.local_capacity = config.remote_capacity = 16 * REGION;
    CHECK(emucxl_start(&config) == 0 && emucxl_alloc(16, 0) != NULL);
    CHECK(setrlimit(RLIMIT_DATA, &limit) == 0);
    int given = 0;
    for (size_t size = 4096; size >= 16; size /= 2) {
        errno = 0;
        while (emucxl_alloc(size, 0) != NULL) {
            CHECK(errno == 0);
            given++;
        }
        CHECK(errno == ENOMEM);
    }
    CHECK(given > 0);
}

static void life_success_leaves_errno(void)
{
    if (!SANITIZED) /* sanitizers need memory themselves */
        CHECK(in_child(allocate_without_new_pages, NULL) == 0);
}

/* Takes membarrier from the process, as a sandbox may that begins after the start. */
static void without_membarrier(void *argument)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_membarrier, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog filter = {.len = sizeof code / sizeof code[0], .filter = code};
    (void)argument;
    alarm(60);
    start(REGION, 4, 4);
    char *block = emucxl_alloc(100, 0);
    CHECK(block != NULL);
    CHECK(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
    CHECK(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0);
    CHECK_ERRNO(0, emucxl_trim());
    emucxl_free(block, 100);
    CHECK_ERRNO(0, emucxl_trim());
    CHECK(emucxl_used(0) == 0);
    stop_empty();
}

static void life_sandbox_without_membarrier(void)
{
    CHECK(in_child(without_membarrier, NULL) == 0);
}

const struct test life_tests[] = {
    {"life_init_is_counted", life_init_is_counted},
    {"life_unknown_backend", life_unknown_backend},
    {"life_backend_that_the_machine_lacks", life_backend_that_the_machine_lacks},
    {"life_fork", life_fork},
    {"life_fork_beside_threads", life_fork_beside_threads},
    {"life_limited_address_space", life_limited_address_space},
    {"life_success_leaves_errno", life_success_leaves_errno},
    {"life_sandbox_without_membarrier", life_sandbox_without_membarrier},
    {NULL, NULL},
};
