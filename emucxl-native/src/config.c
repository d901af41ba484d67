/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "internal.h"

static const char *const backend_names[] = {"auto", "device", "numa", "emulated"};

const char *emucxl_backend_name(int backend)
{
    if (backend < 0 || backend > EMUCXL_BACKEND_EMULATED) {
        fail(EINVAL, "no backend has the number %d", backend);
        return NULL;
    }
    return backend_names[backend];
}

int parse_bytes(const char *text, size_t *bytes)
{
    static const struct {
        const char *name;
        int shift;
    } units[] = {{"", 0},     {"B", 0},     {"K", 10},    {"KB", 10}, {"KiB", 10}, {"M", 20},  {"MB", 20},
                 {"MiB", 20}, {"G", 30},    {"GB", 30},   {"GiB", 30}, {"T", 40},  {"TB", 40}, {"TiB", 40}};
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (errno != 0 || end == text || *text < '0' || *text > '9')
        return EINVAL;
    while (*end == ' ')
        end++;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (strcasecmp(end, units[i].name) == 0) {
            if (value > (SIZE_MAX >> units[i].shift))
                return EINVAL;
            *bytes = (size_t)value << units[i].shift;
            return 0;
        }
    }
    return EINVAL;
}

static const char *setting(const char *name)
{
    const char *text = getenv(name);
    return text != NULL && *text != '\0' ? text : NULL;
}

static int bytes_setting(const char *name, size_t *value)
{
    const char *text = setting(name);
    if (*value != 0 || text == NULL)
        return 0;
    if (parse_bytes(text, value) != 0 || *value == 0)
        return fail(EINVAL, "%s: %s is not a size; write it like 512MiB", name, text);
    return 0;
}

static int node_setting(const char *name, int *value)
{
    const char *text = setting(name);
    if (*value >= 0 || text == NULL)
        return 0;
    char *end;
    long node = strtol(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || node > INT_MAX)
        return fail(EINVAL, "%s: %s is not the number of a node", name, text);
    *value = (int)node;
    return 0;
}

static int backend_setting(int *backend)
{
    const char *text = setting("EMUCXL_BACKEND");
    if (*backend != EMUCXL_BACKEND_AUTO || text == NULL)
        return 0;
    for (int i = 0; i <= EMUCXL_BACKEND_EMULATED; i++) {
        if (strcmp(text, backend_names[i]) == 0) {
            *backend = i;
            return 0;
        }
    }
    return fail(EINVAL, "EMUCXL_BACKEND: %s is none of auto, device, numa, emulated", text);
}

int config_resolve(struct emucxl_config *config)
{
    int error;
    if (config->backend < 0 || config->backend > EMUCXL_BACKEND_EMULATED)
        return fail(EINVAL, "no backend has the number %d", config->backend);
    if ((error = backend_setting(&config->backend)) != 0 ||
        (error = node_setting("EMUCXL_LOCAL_NODE", &config->local_node)) != 0 ||
        (error = node_setting("EMUCXL_REMOTE_NODE", &config->remote_node)) != 0 ||
        (error = bytes_setting("EMUCXL_REGION_SIZE", &config->region_bytes)) != 0 ||
        (error = bytes_setting("EMUCXL_LOCAL_CAPACITY", &config->local_capacity)) != 0 ||
        (error = bytes_setting("EMUCXL_REMOTE_CAPACITY", &config->remote_capacity)) != 0)
        return error;
    if (config->region_bytes == 0)
        config->region_bytes = (size_t)1 << DEFAULT_REGION_SHIFT;
    size_t bytes = config->region_bytes;
    if ((bytes & (bytes - 1)) != 0 || bytes < (size_t)1 << MIN_REGION_SHIFT || bytes > (size_t)1 << MAX_REGION_SHIFT)
        return fail(EINVAL, "region size %zu is not a power of two from 64 KiB to 1 GiB", bytes);
    return 0;
}
