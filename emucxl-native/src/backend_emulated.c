/* SPDX-License-Identifier: Apache-2.0 */
/* Two budgets of the memory of one node. Both tiers are equally fast; what remote access would cost is modelled above. */
#include <errno.h>
#include <sys/mman.h>

#include "internal.h"

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
    .release = release_anonymous,
    .migrate = emulated_migrate,
};
