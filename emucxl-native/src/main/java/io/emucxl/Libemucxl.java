package io.emucxl;

import java.nio.ByteBuffer;

/**
 * The natives of libemucxl. Addresses, sizes and nodes are positive; a negative result is an error
 * number with its sign changed. Natives that only can succeed or fail give the error number itself,
 * or 0.
 */
final class Libemucxl {

    private static volatile boolean loaded;

    private Libemucxl() {}

    /**
     * Loads the library, once.
     *
     * @throws EmucxlException (ELIBACC) if that is not possible; the next call tries again
     */
    static void load() {
        if (!loaded) {
            synchronized (Libemucxl.class) {
                if (!loaded) {
                    NativeLibrary.load();
                    loaded = true;
                }
            }
        }
    }

    /** Throws what the library throws before it is initialised, while it is not even loaded. */
    static void check() {
        if (!loaded) {
            throw new EmucxlException(EmucxlException.ENXIO, "emucxl is not initialised", -1, -1);
        }
    }

    /** The exception for the error that a native has just returned to this thread. */
    static EmucxlException failure(long error, int node, long size) {
        return new EmucxlException((int) Math.abs(error), error(), node, size);
    }

    static native String error();

    static native int start(
            int backend,
            long regionBytes,
            int localNode,
            long localCapacity,
            int remoteNode,
            long remoteCapacity);

    static native int adviseHugePages();

    static native int stop();

    static native int backend();

    static native int osNode(int tier);

    static native long alloc(long size, int node);

    static native int release(long address, long size);

    static native long resize(long address, long size);

    static native long migrate(long address, int node);

    static native int node(long address);

    static native long size(long address);

    static native long stats(int node);

    static native int read(long address, long offset, byte[] into, int at, int length);

    static native int write(byte[] bytes, int at, long address, long offset, int length);

    static native int readBuffer(long address, long offset, ByteBuffer into, int at, int length);

    static native int writeBuffer(ByteBuffer bytes, int at, long address, long offset, int length);

    static native int memset(long address, int value, long size);

    static native int memcpy(long to, long from, long size);

    static native int memmove(long to, long from, long size);

    static native long base();

    static native int regionShift();

    static native int regions();

    static native int regionsTouched();

    static native long nodeTable();

    static native long tierAlloc(long size, int tier);

    static native int tierFree(long address);

    static native int regionMigrate(int region, int tier);

    static native long capacity(int tier);

    static native int setCapacity(int tier, long bytes);

    static native long used(int tier);

    static native void trim();
}
