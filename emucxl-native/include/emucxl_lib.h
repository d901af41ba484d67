/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Source compatibility with programs that were written for the published emucxl library: the same names, argument
 * orders and constants, so that they compile unmodified with this header's directory and libemucxl.
 *
 * Some of its functions have the name of a function of emucxl.h, but other arguments; here these names stand for symbols
 * of their own. So a source file includes either this header or emucxl.h. Both kinds of files may be linked into one
 * program. Errors are those of emucxl.h.
 */
#ifndef EMUCXL_LIB_H
#define EMUCXL_LIB_H

#ifdef EMUCXL_H
#error "include emucxl_lib.h or emucxl.h, not both: they declare the same names with different arguments"
#endif

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/types.h>
#include <unistd.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LOCAL_MEMORY 0
#define REMOTE_MEMORY 1
#ifndef PAGE_SIZE
#define PAGE_SIZE 4096
#endif
#define dev_file "/dev/emucxl"

typedef struct Key_value {
    char key[50];
    int value;
    struct Key_value *next;
} Key_value;

void emucxl_init(void);
void emucxl_exit(void);
void *emucxl_alloc(size_t size, int node);
void emucxl_free(void *address, size_t size);
bool emucxl_is_local(void *address);
int emucxl_get_numa_node(void *address);
size_t emucxl_get_size(void *address);
size_t emucxl_stats(int node);
bool emucxl_read(void *ptr, int start, void *buf, size_t size);
void *emucxl_memcpy(void *destination, const void *source, size_t size);
void *emucxl_memmove(void *destination, const void *source, size_t size);

/* Moves a block of oldsize bytes to a new block of newsize bytes on a node. oldsize must be the block's (EINVAL). */
void *emucxl_resize(void *ptr, int node, size_t oldsize, size_t newsize) __asm__("emucxl_lib_resize");

/* Moves a block of size bytes to a node. size must be the block's (EINVAL). */
void *emucxl_migrate(void *ptr, int newnode, size_t size) __asm__("emucxl_lib_migrate");

/* Copies size bytes from buf to start bytes behind ptr. */
bool emucxl_write(void *ptr, int start, void *buf, size_t size) __asm__("emucxl_lib_write");

/* Sets size bytes, from start bytes behind ptr on. Returns ptr. */
void *emucxl_memset(void *ptr, int start, int value, size_t size) __asm__("emucxl_lib_memset");

#ifdef __cplusplus
}
#endif

#endif
