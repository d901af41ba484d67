/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "internal.h"

/* Whether a node list of sysfs, such as 0-1,4, has the node. -1: the file cannot be read. */
static int listed(const char *file, int node)
{
    char line[4096];
    FILE *stream = fopen(file, "re");
    if (stream == NULL)
        return -1;
    char *text = fgets(line, sizeof line, stream);
    fclose(stream);
    while (text != NULL && *text >= '0' && *text <= '9') {
        long first = strtol(text, &text, 10), last = first;
        if (*text == '-')
            last = strtol(text + 1, &text, 10);
        if (first <= node && node <= last)
            return 1;
        if (*text == ',')
            text++;
    }
    return 0;
}

int node_has_memory(int node)
{
    int has = listed("/sys/devices/system/node/has_memory", node);
    return has < 0 ? node == 0 : has;
}

static int node_has_processors(int node)
{
    return listed("/sys/devices/system/node/has_cpu", node) != 0;
}

void nodes_read(struct memory_nodes *nodes)
{
    enum { MOST = 1024 };
    *nodes = (struct memory_nodes){0, -1, -1};
    for (int node = 0; node < MOST; node++) {
        if (!node_has_memory(node))
            continue;
        nodes->count++;
        if (nodes->local < 0 && node_has_processors(node))
            nodes->local = node;
    }
    if (nodes->local < 0)
        nodes->local = 0;
    for (int node = 0; node < MOST && nodes->count > 1; node++) {
        if (node == nodes->local || !node_has_memory(node))
            continue;
        if (!node_has_processors(node)) {
            nodes->remote = node;
            return;
        }
        if (nodes->remote < 0)
            nodes->remote = node;
    }
}

size_t node_bytes(int node)
{
    char name[80], line[256];
    snprintf(name, sizeof name, "/sys/devices/system/node/node%d/meminfo", node);
    FILE *stream = fopen(name, "re");
    size_t kib = 0;
    if (stream == NULL)
        return 0;
    while (fgets(line, sizeof line, stream) != NULL) {
        const char *total = strstr(line, "MemTotal:");
        if (total != NULL) {
            kib = strtoull(total + strlen("MemTotal:"), NULL, 10);
            break;
        }
    }
    fclose(stream);
    return kib << 10;
}

size_t machine_bytes(void)
{
    return (size_t)sysconf(_SC_PHYS_PAGES) * (size_t)sysconf(_SC_PAGESIZE);
}
