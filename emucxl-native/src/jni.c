/* SPDX-License-Identifier: Apache-2.0 */
/* The natives of io.emucxl.Libemucxl. What can fail gives a negative errno; the text is fetched by error(). */
#include <errno.h>
#include <jni.h>
#include <string.h>

#include "internal.h"

#define NATIVE(type, name) JNIEXPORT type JNICALL Java_io_emucxl_Libemucxl_##name

/*
 * The value of an expression that calls the library. In Java nothing may crash: a stop waits for the calls that have
 * begun, and the later ones find the library not initialised.
 */
#define CALL(type, expression)                                                                                         \
    __extension__({                                                                                                    \
        call_enter();                                                                                                  \
        type result_ = (expression);                                                                                   \
        call_leave();                                                                                                  \
        result_;                                                                                                       \
    })

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

NATIVE(jint, adviseHugePages)(JNIEnv *env, jclass type)
{
    (void)env, (void)type;
    return emucxl_advise_huge_pages();
}

NATIVE(jint, stop)(JNIEnv *env, jclass type)
{
    (void)env, (void)type;
    return emucxl_stop();
}

NATIVE(jint, backend)(JNIEnv *env, jclass type)
{
    (void)env, (void)type;
    return CALL(jint, emucxl_backend());
}

NATIVE(jint, osNode)(JNIEnv *env, jclass type, jint tier)
{
    (void)env, (void)type;
    return CALL(jint, emucxl_os_node(tier));
}

NATIVE(jlong, alloc)(JNIEnv *env, jclass type, jlong size, jint node)
{
    (void)env, (void)type;
    return CALL(jlong, address_or_error(emucxl_alloc(length(size), node)));
}

NATIVE(jint, release)(JNIEnv *env, jclass type, jlong address, jlong size)
{
    (void)env, (void)type;
    return CALL(jint, emucxl_release(pointer(address), length(size)));
}

NATIVE(jlong, resize)(JNIEnv *env, jclass type, jlong address, jlong size)
{
    (void)env, (void)type;
    return CALL(jlong, address_or_error(emucxl_resize(pointer(address), length(size))));
}

NATIVE(jlong, migrate)(JNIEnv *env, jclass type, jlong address, jint node)
{
    (void)env, (void)type;
    return CALL(jlong, address_or_error(emucxl_migrate(pointer(address), node)));
}

static jint node_or_error(void *address)
{
    int node = emucxl_get_numa_node(address);
    return node >= 0 ? node : -errno;
}

NATIVE(jint, node)(JNIEnv *env, jclass type, jlong address)
{
    (void)env, (void)type;
    return CALL(jint, node_or_error(pointer(address)));
}

/* Of a function that gives 0 when it fails. */
static jlong bytes_or_error(size_t bytes)
{
    return bytes != 0 ? (jlong)bytes : -(jlong)errno;
}

NATIVE(jlong, size)(JNIEnv *env, jclass type, jlong address)
{
    (void)env, (void)type;
    return CALL(jlong, bytes_or_error(emucxl_get_size(pointer(address))));
}

/* Of a function that may give 0 also when it succeeds. */
static jlong sum_or_error(size_t (*sum)(int tier), int tier)
{
    int before = errno;
    errno = 0;
    jlong bytes = (jlong)sum(tier);
    if (errno != 0)
        bytes = -(jlong)errno;
    errno = before;
    return bytes;
}

NATIVE(jlong, stats)(JNIEnv *env, jclass type, jint node)
{
    (void)env, (void)type;
    return CALL(jlong, sum_or_error(emucxl_stats, node));
}

/* The array's bounds were checked in Java. */
static jint read_array(JNIEnv *env, const char *from, jbyteArray into, jint at, jint n)
{
    if (from == NULL)
        return errno;
    (*env)->SetByteArrayRegion(env, into, at, n, (const jbyte *)from);
    return 0;
}

NATIVE(jint, read)
(JNIEnv *env, jclass type, jlong address, jlong offset, jbyteArray into, jint at, jint n)
{
    (void)type;
    return CALL(jint, read_array(env, block_place(pointer(address), offset, length(n)), into, at, n));
}

static jint write_array(JNIEnv *env, char *to, jbyteArray bytes, jint at, jint n)
{
    if (to == NULL)
        return errno;
    (*env)->GetByteArrayRegion(env, bytes, at, n, (jbyte *)to);
    return 0;
}

NATIVE(jint, write)
(JNIEnv *env, jclass type, jbyteArray bytes, jint at, jlong address, jlong offset, jint n)
{
    (void)type;
    return CALL(jint, write_array(env, block_place(pointer(address), offset, length(n)), bytes, at, n));
}

static jint move_bytes(void *to, const void *from, jint n)
{
    if (to == NULL || from == NULL)
        return errno;
    memmove(to, from, length(n));
    return 0;
}

NATIVE(jint, readBuffer)
(JNIEnv *env, jclass type, jlong address, jlong offset, jobject into, jint at, jint n)
{
    (void)type;
    char *to = (char *)(*env)->GetDirectBufferAddress(env, into) + at;
    return CALL(jint, move_bytes(to, block_place(pointer(address), offset, length(n)), n));
}

NATIVE(jint, writeBuffer)
(JNIEnv *env, jclass type, jobject bytes, jint at, jlong address, jlong offset, jint n)
{
    (void)type;
    const char *from = (const char *)(*env)->GetDirectBufferAddress(env, bytes) + at;
    return CALL(jint, move_bytes(block_place(pointer(address), offset, length(n)), from, n));
}

NATIVE(jint, memset)(JNIEnv *env, jclass type, jlong address, jint value, jlong size)
{
    (void)env, (void)type;
    return CALL(jint, emucxl_memset(pointer(address), value, length(size)) != NULL ? 0 : errno);
}

/* Java has no ordinary memory to copy from or to: both addresses must be in a block. */
static jint copy_blocks(void *(*copy)(void *, const void *, size_t), void *to, const void *from, size_t n)
{
    if (block_place(to, 0, n) == NULL || block_place(from, 0, n) == NULL || copy(to, from, n) == NULL)
        return errno;
    return 0;
}

NATIVE(jint, memcpy)(JNIEnv *env, jclass type, jlong to, jlong from, jlong n)
{
    (void)env, (void)type;
    return CALL(jint, copy_blocks(emucxl_memcpy, pointer(to), pointer(from), length(n)));
}

NATIVE(jint, memmove)(JNIEnv *env, jclass type, jlong to, jlong from, jlong n)
{
    (void)env, (void)type;
    return CALL(jint, copy_blocks(emucxl_memmove, pointer(to), pointer(from), length(n)));
}

NATIVE(jlong, base)(JNIEnv *env, jclass type)
{
    (void)env, (void)type;
    return CALL(jlong, (jlong)(intptr_t)emucxl_base());
}

NATIVE(jint, regionShift)(JNIEnv *env, jclass type)
{
    (void)env, (void)type;
    return CALL(jint, emucxl_region_shift());
}

NATIVE(jint, regions)(JNIEnv *env, jclass type)
{
    (void)env, (void)type;
    return CALL(jint, (jint)emucxl_regions());
}

NATIVE(jint, regionsTouched)(JNIEnv *env, jclass type)
{
    (void)env, (void)type;
    return CALL(jint, (jint)emucxl_regions_touched());
}

NATIVE(jlong, nodeTable)(JNIEnv *env, jclass type)
{
    (void)env, (void)type;
    return CALL(jlong, (jlong)(intptr_t)emucxl_node_table());
}

NATIVE(jlong, tierAlloc)(JNIEnv *env, jclass type, jlong size, jint tier)
{
    (void)env, (void)type;
    return CALL(jlong, address_or_error(emucxl_tier_alloc(length(size), tier)));
}

NATIVE(jint, tierFree)(JNIEnv *env, jclass type, jlong address)
{
    (void)env, (void)type;
    return CALL(jint, emucxl_tier_free(pointer(address)));
}

NATIVE(jint, regionMigrate)(JNIEnv *env, jclass type, jint region, jint tier)
{
    (void)env, (void)type;
    return CALL(jint, emucxl_region_migrate((size_t)region, tier));
}

NATIVE(jlong, capacity)(JNIEnv *env, jclass type, jint tier)
{
    (void)env, (void)type;
    return CALL(jlong, bytes_or_error(emucxl_capacity(tier)));
}

NATIVE(jint, setCapacity)(JNIEnv *env, jclass type, jint tier, jlong bytes)
{
    (void)env, (void)type;
    return CALL(jint, emucxl_set_capacity(tier, length(bytes)));
}

NATIVE(jlong, used)(JNIEnv *env, jclass type, jint tier)
{
    (void)env, (void)type;
    return CALL(jlong, sum_or_error(emucxl_used, tier));
}

NATIVE(void, trim)(JNIEnv *env, jclass type)
{
    (void)env, (void)type;
    call_enter();
    emucxl_trim();
    call_leave();
}
