/* SPDX-License-Identifier: Apache-2.0 */
/* Pages of two nodes of the machine, by mbind; moved by move_pages. Raw system calls: libnuma is not needed. */
#include <errno.h>
#include <linux/mempolicy.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "internal.h"

enum { MOST_NODES = 1024, BITS = 8 * sizeof(unsigned long), BATCH = 512 };

static int node_of[TIERS];

static int bind_to(void *address, size_t bytes, int node)
{
    unsigned long mask[MOST_NODES / BITS] = {0};
    mask[(size_t)node / BITS] = 1UL << ((size_t)node % BITS);
    if (syscall(SYS_mbind, address, bytes, MPOL_BIND, mask, (unsigned long)MOST_NODES + 1, 0) == 0)
        return 0;
    return errno;
}

static int check_node(int node)
{
    if (node >= MOST_NODES || !node_has_memory(node))
        return fail(ENODEV, "node %d does not exist or has no memory", node);
    return 0;
}

static int numa_open(struct emucxl_config *config, int os_node[TIERS])
{
    struct memory_nodes nodes;
    nodes_read(&nodes);
    if (nodes.count < 2)
        return fail(ENODEV, "backend numa needs a second node with memory; this machine has %d", nodes.count);
    os_node[0] = config->local_node >= 0 ? config->local_node : nodes.local;
    os_node[1] = config->remote_node >= 0 ? config->remote_node : nodes.remote;
    if (config->remote_node < 0 && os_node[1] == os_node[0])
        os_node[1] = nodes.local;
    int error;
    if ((error = check_node(os_node[0])) != 0 || (error = check_node(os_node[1])) != 0)
        return error;
    if (os_node[0] == os_node[1])
        return fail(ENODEV, "both tiers are on node %d", os_node[0]);
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    for (int tier = 0; tier < TIERS; tier++) {
        void *probe = mmap(NULL, page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (probe == MAP_FAILED)
            return fail(ENOMEM, "no address for a page");
        error = bind_to(probe, page, os_node[tier]);
        munmap(probe, page);
        if (error != 0)
            return fail(ENODEV, "memory cannot be bound to node %d: %s", os_node[tier], strerror(error));
    }
    if (config->local_capacity == 0)
        config->local_capacity = node_bytes(os_node[0]);
    if (config->remote_capacity == 0)
        config->remote_capacity = node_bytes(os_node[1]);
    memcpy(node_of, os_node, sizeof node_of);
    return 0;
}

static void numa_close(void)
{
}

static int numa_commit(void *address, size_t bytes, int tier)
{
    int error = bind_to(address, bytes, node_of[tier]);
    if (error != 0)
        return error;
    return mprotect(address, bytes, PROT_READ | PROT_WRITE) == 0 ? 0 : errno;
}

/* Moves what pages there are. 0, or what kept some from moving. */
static int move(char *address, size_t bytes, int node)
{
    void *pages[BATCH];
    int nodes[BATCH], status[BATCH];
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    int worst = 0;
    for (size_t done = 0; done < bytes;) {
        unsigned long n = 0;
        for (; n < BATCH && done < bytes; n++, done += page) {
            pages[n] = address + done;
            nodes[n] = node;
            status[n] = -EAGAIN;
        }
        long result = syscall(SYS_move_pages, 0, n, pages, nodes, status, MPOL_MF_MOVE);
        if (result < 0)
            return errno;
        for (unsigned long i = 0; i < n; i++)
            if (status[i] != node && status[i] != -ENOENT && status[i] != -EFAULT)
                worst = status[i] == -ENOMEM ? ENOMEM : EBUSY;
    }
    return worst;
}

static int numa_migrate(void *address, size_t bytes, int from, int to)
{
    /* The policy first: what is touched for the first time from now on is right already. */
    int error = bind_to(address, bytes, node_of[to]);
    if (error == 0)
        error = move(address, bytes, node_of[to]);
    if (error == 0)
        return 0;
    if (bind_to(address, bytes, node_of[from]) == 0)
        move(address, bytes, node_of[from]);
    return fail(error == ENOMEM ? ENOMEM : EBUSY, "pages at %p cannot be moved to node %d: %s", address, node_of[to],
                strerror(error));
}

const struct backend backend_numa = {
    .number = EMUCXL_BACKEND_NUMA,
    .open = numa_open,
    .close = numa_close,
    .commit = numa_commit,
    .release = release_anonymous,
    .migrate = numa_migrate,
};
