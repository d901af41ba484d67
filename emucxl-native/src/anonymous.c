/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>

#include "internal.h"

static int strict_overcommit;

void released_start(void)
{
    int mode = 0;
    FILE *stream = fopen("/proc/sys/vm/overcommit_memory", "re");
    if (stream != NULL) {
        if (fscanf(stream, "%d", &mode) != 1)
            mode = 0;
        fclose(stream);
    }
    strict_overcommit = mode == 2;
}

int released_protection(void)
{
    return strict_overcommit ? PROT_NONE : PROT_READ | PROT_WRITE;
}

/* The mapping stays: neighbours in use and not in use remain one mapping, of which a process may have 65,530. */
int release_anonymous(void *address, size_t bytes)
{
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED;
    if (strict_overcommit)
        return mmap(address, bytes, PROT_NONE, flags, -1, 0) == MAP_FAILED ? errno : 0;
    return madvise(address, bytes, MADV_DONTNEED) == 0 ? 0 : errno;
}
