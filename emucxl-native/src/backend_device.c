/* SPDX-License-Identifier: Apache-2.0 */
/* Pages from /dev/emucxl, the kernel module: by mmap of a node's offset, moved in place by its ioctl. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../kmod/uapi/emucxl_ioctl.h"
#include "internal.h"

static int device = -1;
static int node_of[TIERS];

/* The device gets its pages back when something else is mapped in their place. */
static int device_release(void *address, size_t bytes)
{
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED;
    return mmap(address, bytes, released_protection(), flags, -1, 0) == MAP_FAILED ? errno : 0;
}

static int default_capacity(size_t *capacity, int node)
{
    struct emucxl_node_stat stat = {.size = sizeof stat, .node = (__u32)node};
    if (*capacity != 0)
        return 0;
    if (ioctl(device, EMUCXL_NODE_STAT, &stat) != 0)
        return fail(errno, "%s: no figures of node %d: %s", EMUCXL_DEVICE, node, strerror(errno));
    *capacity = stat.capacity;
    return 0;
}

static int choose_nodes(const struct emucxl_config *config, int os_node[TIERS])
{
    struct emucxl_info info = {.size = sizeof info};
    struct memory_nodes nodes;
    if (ioctl(device, EMUCXL_INFO, &info) != 0)
        return fail(ENODEV, "%s is not this project's module: %s", EMUCXL_DEVICE, strerror(errno));
    nodes_read(&nodes);
    os_node[0] = config->local_node >= 0 ? config->local_node : nodes.local;
    os_node[1] = config->remote_node >= 0 ? config->remote_node : nodes.remote;
    for (int tier = 0; tier < TIERS; tier++)
        if (os_node[tier] < 0 || os_node[tier] > 63 || (info.memory >> os_node[tier] & 1) == 0)
            return fail(ENODEV, "backend device needs two nodes with memory; node %d has none", os_node[tier]);
    if (os_node[0] == os_node[1])
        return fail(ENODEV, "both tiers are on node %d", os_node[0]);
    return 0;
}

static void device_close(void)
{
    close(device);
    device = -1;
}

static int device_open(struct emucxl_config *config, int os_node[TIERS])
{
    device = open(EMUCXL_DEVICE, O_RDWR | O_CLOEXEC);
    if (device < 0)
        return fail(ENODEV, "%s cannot be opened: %s", EMUCXL_DEVICE, strerror(errno));
    int error = choose_nodes(config, os_node);
    if (error == 0)
        error = default_capacity(&config->local_capacity, os_node[0]);
    if (error == 0)
        error = default_capacity(&config->remote_capacity, os_node[1]);
    if (error != 0)
        device_close();
    else
        memcpy(node_of, os_node, sizeof node_of);
    return error;
}

/*
 * Maps the pages anywhere, then moves the mapping into the range. Mapped there at once, a lack of memory would leave a
 * hole: the kernel takes the old mapping away before it asks the module. Another thread's mmap could get the hole, and
 * we would then map over its memory.
 */
static int device_commit(void *address, size_t bytes, int tier)
{
    off_t offset = (off_t)node_of[tier] * sysconf(_SC_PAGESIZE);
    void *pages = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, device, offset);
    if (pages == MAP_FAILED)
        return errno;
    if (mremap(pages, bytes, bytes, MREMAP_MAYMOVE | MREMAP_FIXED, address) != MAP_FAILED)
        return 0;
    int error = errno;
    munmap(pages, bytes);
    return error;
}

static int move(void *address, size_t bytes, int tier)
{
    struct emucxl_migrate request = {
        .size = sizeof request, .node = (__u32)node_of[tier], .address = (uintptr_t)address, .length = bytes};
    int result;
    do
        result = ioctl(device, EMUCXL_MIGRATE, &request);
    while (result != 0 && errno == EINTR);
    return result == 0 ? 0 : errno;
}

static int device_migrate(void *address, size_t bytes, int from, int to)
{
    int error = move(address, bytes, to);
    if (error == 0)
        return 0;
    move(address, bytes, from); /* what was moved before the failure */
    return fail(error == ENOMEM ? ENOMEM : EBUSY, "pages at %p cannot be moved to node %d: %s", address, node_of[to],
                strerror(error));
}

const struct backend backend_device = {
    .number = EMUCXL_BACKEND_DEVICE,
    .open = device_open,
    .close = device_close,
    .commit = device_commit,
    .release = device_release,
    .migrate = device_migrate,
    .fork_shares = 1,
};
