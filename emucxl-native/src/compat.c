/* SPDX-License-Identifier: Apache-2.0 */
/* The functions of emucxl_lib.h whose arguments differ from those of emucxl.h. */
#include <errno.h>
#include <string.h>

#include "internal.h"

EMUCXL_API void *emucxl_lib_resize(void *ptr, int node, size_t oldsize, size_t newsize);
EMUCXL_API void *emucxl_lib_migrate(void *ptr, int newnode, size_t size);
EMUCXL_API bool emucxl_lib_write(void *ptr, int start, void *buf, size_t size);
EMUCXL_API void *emucxl_lib_memset(void *ptr, int start, int value, size_t size);

static int check_size(void *ptr, size_t size)
{
    size_t real = emucxl_get_size(ptr);
    if (real == 0)
        return errno;
    return real == size ? 0 : fail(EINVAL, "the block at %p has %zu bytes, not %zu", ptr, real, size);
}

void *emucxl_lib_resize(void *ptr, int node, size_t oldsize, size_t newsize)
{
    return check_size(ptr, oldsize) == 0 ? block_replace(ptr, newsize, node) : NULL;
}

void *emucxl_lib_migrate(void *ptr, int newnode, size_t size)
{
    return check_size(ptr, size) == 0 ? emucxl_migrate(ptr, newnode) : NULL;
}

bool emucxl_lib_write(void *ptr, int start, void *buf, size_t size)
{
    return emucxl_write(buf, start, ptr, size);
}

void *emucxl_lib_memset(void *ptr, int start, int value, size_t size)
{
    char *to = block_place(ptr, start, size);
    if (to == NULL)
        return NULL;
    memset(to, value, size);
    return ptr;
}
