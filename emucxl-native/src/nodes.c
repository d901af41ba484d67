/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "internal.h"

enum { MOST_NODES = 1024, LIST = 4096 };

/* Reads a node list of sysfs, such as 0-1,4; where there is none, it is the given one. */
static void list_read(const char *name, const char *otherwise, char list[LIST])
{
    char file[80];
    snprintf(file, sizeof file, "/sys/devices/system/node/%s", name);
    FILE *stream = fopen(file, "re");
    if (stream == NULL) {
        snprintf(list, LIST, "%s", otherwise);
        return;
    }
    if (fgets(list, LIST, stream) == NULL)
        list[0] = '\0';
    fclose(stream);
}

static int list_has(const char *list, int node)
{
    while (*list >= '0' && *list <= '9') {
        char *end;
        long first = strtol(list, &end, 10), last = first;
        if (*end == '-')
            last = strtol(end + 1, &end, 10);
        if (first <= node && node <= last)
            return 1;
        list = *end == ',' ? end + 1 : end;
    }
    return 0;
}

static void memory_read(char list[LIST])
{
    list_read("has_memory", "0", list);
}

int node_has_memory(int node)
{
    char memory[LIST];
    memory_read(memory);
    return list_has(memory, node);
}

/* Each list is read once: a thousand times would take a program's start 10 ms. */
void nodes_read(struct memory_nodes *nodes)
{
    char memory[LIST], processors[LIST];
    memory_read(memory);
    list_read("has_cpu", "0-1023", processors);
    *nodes = (struct memory_nodes){0, -1, -1};
    for (int node = 0; node < MOST_NODES; node++) {
        if (!list_has(memory, node))
            continue;
        nodes->count++;
        if (nodes->local < 0 && list_has(processors, node))
            nodes->local = node;
    }
    if (nodes->local < 0)
        nodes->local = 0;
    for (int node = 0; node < MOST_NODES && nodes->count > 1; node++) {
        if (node == nodes->local || !list_has(memory, node))
            continue;
        if (!list_has(processors, node)) {
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
