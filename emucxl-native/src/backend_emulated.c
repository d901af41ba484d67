/* SPDX-License-Identifier: Apache-2.0 */
/* Two budgets of the memory of one node. Both tiers are equally fast; what remote access would cost is modelled above. */
#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>

#include "internal.h"

static int strict_overcommit;

static int emulated_open(struct emucxl_config *config, int os_node[TIERS])
{
    size_t half = machine_bytes() / 2;
    if (config->local_capacity == 0)
        config->local_capacity = half;
    if (config->remote_capacity == 0)
        config->remote_capacity = half;
    struct memory_nodes nodes;
    nodes_read(&nodes);
    os_node[0] = os_node[1] = nodes.local;
    int mode = 0;
    FILE *stream = fopen("/proc/sys/vm/overcommit_memory", "re");
    if (stream != NULL) {
        if (fscanf(stream, "%d", &mode) != 1)
            mode = 0;
        fclose(stream);
    }
    strict_overcommit = mode == 2;
    return 0;
}

static void emulated_close(void)
{
}

static int emulated_commit(void *address, size_t bytes, int tier)
{
    (void)tier;
    return mprotect(address, bytes, PROT_READ | PROT_WRITE) == 0 ? 0 : errno;
}

/*
 * Pages go, the mapping stays writable: neighbours in use and not in use remain one mapping, of which a process
 * may have 65,530. Where the system counts what could be written, the mapping goes too.
 */
static int emulated_release(void *address, size_t bytes)
{
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED;
    if (strict_overcommit)
        return mmap(address, bytes, PROT_NONE, flags, -1, 0) == MAP_FAILED ? errno : 0;
    return madvise(address, bytes, MADV_DONTNEED) == 0 ? 0 : errno;
}

static int emulated_migrate(void *address, size_t bytes, int from, int to)
{
    (void)address, (void)bytes, (void)from, (void)to;
    return 0;
}

const struct backend backend_emulated = {
    .number = EMUCXL_BACKEND_EMULATED,
    .open = emulated_open,
    .close = emulated_close,
    .commit = emulated_commit,
    .release = emulated_release,
    .migrate = emulated_migrate,
};
