/* SPDX-License-Identifier: Apache-2.0 */
/* The natives of io.emucxl.Libemucxl. What can fail gives a negative errno; the text is fetched by error(). */
#include <errno.h>
#include <jni.h>
#include <string.h>

#include "internal.h"

#define NATIVE(type, name) JNIEXPORT type JNICALL Java_io_emucxl_Libemucxl_##name

static jlong address_or_error(const void *address)
{
    return address != NULL ? (jlong)(intptr_t)address : -(jlong)errno;
}

static void *pointer(jlong address)
{
    return (void *)(intptr_t)address;
}

/* A length of Java, which knows no unsigned numbers, as a size that fails where the length is negative. */
static size_t length(jlong bytes)
{
    return bytes < 0 ? 0 : (size_t)bytes;
}

NATIVE(jstring, error)(JNIEnv *env, jclass type)
{
    (void)type;
    return (*env)->NewStringUTF(env, emucxl_error());
}

NATIVE(jint, start)
(JNIEnv *env, jclass type, jint backend, jlong region_bytes, jint local_node, jlong local_capacity, jint remote_node,
 jlong remote_capacity)
{
    (void)env, (void)type;
    struct emucxl_config config = EMUCXL_CONFIG_DEFAULT;
    config.backend = backend;
    config.region_bytes = length(region_bytes);
    config.local_node = local_node;
    config.local_capacity = length(local_capacity);
    config.remote_node = remote_node;
    config.remote_capacity = length(remote_capacity);
    return emucxl_start(&config);
}

NATIVE(jint, stop)(JNIEnv *env, jclass type)
{
    (void)env, (void)type;
    return emucxl_stop();
}

NATIVE(jint, backend)(JNIEnv *env, jclass type)
{
    (void)env, (void)type;
    return emucxl_backend();
}

NATIVE(jint, osNode)(JNIEnv *env, jclass type, jint tier)
{
    (void)env, (void)type;
    return emucxl_os_node(tier);
}

NATIVE(jlong, alloc)(JNIEnv *env, jclass type, jlong size, jint node)
{
    (void)env, (void)type;
    return address_or_error(emucxl_alloc(length(size), node));
}

NATIVE(jint, release)(JNIEnv *env, jclass type, jlong address, jlong size)
{
    (void)env, (void)type;
    return emucxl_release(pointer(address), length(size));
}

NATIVE(jlong, resize)(JNIEnv *env, jclass type, jlong address, jlong size)
{
    (void)env, (void)type;
    return address_or_error(emucxl_resize(pointer(address), length(size)));
}

NATIVE(jlong, migrate)(JNIEnv *env, jclass type, jlong address, jint node)
{
    (void)env, (void)type;
    return address_or_error(emucxl_migrate(pointer(address), node));
}

NATIVE(jint, node)(JNIEnv *env, jclass type, jlong address)
{
    (void)env, (void)type;
    int node = emucxl_get_numa_node(pointer(address));
    return node >= 0 ? node : -errno;
}

NATIVE(jlong, size)(JNIEnv *env, jclass type, jlong address)
{
    (void)env, (void)type;
    size_t size = emucxl_get_size(pointer(address));
    return size != 0 ? (jlong)size : -(jlong)errno;
}

NATIVE(jlong, stats)(JNIEnv *env, jclass type, jint node)
{
    (void)env, (void)type;
    int before = errno;
    errno = 0;
    jlong bytes = (jlong)emucxl_stats(node);
    if (errno != 0)
        bytes = -(jlong)errno;
    errno = before;
    return bytes;
}

/* The array's bounds were checked in Java. */
NATIVE(jint, read)
(JNIEnv *env, jclass type, jlong address, jlong offset, jbyteArray into, jint at, jint n)
{
    (void)type;
    const char *from = block_place(pointer(address), offset, length(n));
    if (from == NULL)
        return errno;
    (*env)->SetByteArrayRegion(env, into, at, n, (const jbyte *)from);
    return 0;
}

NATIVE(jint, write)
(JNIEnv *env, jclass type, jbyteArray bytes, jint at, jlong address, jlong offset, jint n)
{
    (void)type;
    char *to = block_place(pointer(address), offset, length(n));
    if (to == NULL)
        return errno;
    (*env)->GetByteArrayRegion(env, bytes, at, n, (jbyte *)to);
    return 0;
}

NATIVE(jint, readBuffer)
(JNIEnv *env, jclass type, jlong address, jlong offset, jobject into, jint at, jint n)
{
    (void)type;
    const char *from = block_place(pointer(address), offset, length(n));
    if (from == NULL)
        return errno;
    memmove((char *)(*env)->GetDirectBufferAddress(env, into) + at, from, length(n));
    return 0;
}

NATIVE(jint, writeBuffer)
(JNIEnv *env, jclass type, jobject bytes, jint at, jlong address, jlong offset, jint n)
{
    (void)type;
    char *to = block_place(pointer(address), offset, length(n));
    if (to == NULL)
        return errno;
    memmove(to, (const char *)(*env)->GetDirectBufferAddress(env, bytes) + at, length(n));
    return 0;
}

NATIVE(jint, memset)(JNIEnv *env, jclass type, jlong address, jint value, jlong size)
{
    (void)env, (void)type;
    return emucxl_memset(pointer(address), value, length(size)) != NULL ? 0 : errno;
}

/* Java has no ordinary memory to copy from or to: both addresses must be in a block. */
static int check_both(jlong to, jlong from, jlong n)
{
    return block_place(pointer(to), 0, length(n)) != NULL && block_place(pointer(from), 0, length(n)) != NULL ? 0
                                                                                                             : errno;
}

NATIVE(jint, memcpy)(JNIEnv *env, jclass type, jlong to, jlong from, jlong n)
{
    (void)env, (void)type;
    int error = check_both(to, from, n);
    if (error == 0 && emucxl_memcpy(pointer(to), pointer(from), length(n)) == NULL)
        error = errno;
    return error;
}

NATIVE(jint, memmove)(JNIEnv *env, jclass type, jlong to, jlong from, jlong n)
{
    (void)env, (void)type;
    int error = check_both(to, from, n);
    if (error == 0 && emucxl_memmove(pointer(to), pointer(from), length(n)) == NULL)
        error = errno;
    return error;
}

NATIVE(jlong, base)(JNIEnv *env, jclass type)
{
    (void)env, (void)type;
    return (jlong)(intptr_t)emucxl_base();
}

NATIVE(jint, regionShift)(JNIEnv *env, jclass type)
{
    (void)env, (void)type;
    return emucxl_region_shift();
}

NATIVE(jint, regions)(JNIEnv *env, jclass type)
{
    (void)env, (void)type;
    return (jint)emucxl_regions();
}

NATIVE(jint, regionsTouched)(JNIEnv *env, jclass type)
{
    (void)env, (void)type;
    return (jint)emucxl_regions_touched();
}

NATIVE(jlong, nodeTable)(JNIEnv *env, jclass type)
{
    (void)env, (void)type;
    return (jlong)(intptr_t)emucxl_node_table();
}

NATIVE(jlong, tierAlloc)(JNIEnv *env, jclass type, jlong size, jint tier)
{
    (void)env, (void)type;
    return address_or_error(emucxl_tier_alloc(length(size), tier));
}

NATIVE(jint, tierFree)(JNIEnv *env, jclass type, jlong address)
{
    (void)env, (void)type;
    return emucxl_tier_free(pointer(address));
}

NATIVE(jint, regionMigrate)(JNIEnv *env, jclass type, jint region, jint tier)
{
    (void)env, (void)type;
    return emucxl_region_migrate((size_t)region, tier);
}

NATIVE(jlong, capacity)(JNIEnv *env, jclass type, jint tier)
{
    (void)env, (void)type;
    size_t bytes = emucxl_capacity(tier);
    return bytes != 0 ? (jlong)bytes : -(jlong)errno;
}

NATIVE(jint, setCapacity)(JNIEnv *env, jclass type, jint tier, jlong bytes)
{
    (void)env, (void)type;
    return emucxl_set_capacity(tier, length(bytes));
}

NATIVE(jlong, used)(JNIEnv *env, jclass type, jint tier)
{
    (void)env, (void)type;
    int before = errno;
    errno = 0;
    jlong bytes = (jlong)emucxl_used(tier);
    if (errno != 0)
        bytes = -(jlong)errno;
    errno = before;
    return bytes;
}

NATIVE(void, trim)(JNIEnv *env, jclass type)
{
    (void)env, (void)type;
    emucxl_trim();
}
