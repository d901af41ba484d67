package io.emucxl.runtime;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.ForceInline;

/**
 * What threads did in a sampling window while a device is charged: per thread a ring of the last
 * accesses, and how often the thread looked whether a window is open, outside the heap.
 *
 * <p>Threads whose numbers are alike modulo {@link #SLOTS} share a ring. Everything is counted
 * without synchronization, so such threads lose some counts; what is charged is an estimate.
 * Recording must inline to plain loads and stores, as {@link Marks} says.
 */
final class Trace {
    static final int SLOTS = 256;

    /** Accesses that a ring holds. */
    static final int RING = 4096;

    /** Base-2 logarithm of the bytes of a cache line. */
    static final int LINE_SHIFT = 6;

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final int HEAD_SHIFT = 6;
    private static final int RING_SHIFT = Integer.numberOfTrailingZeros(RING * Long.BYTES);
    private static final int ACCESSES = Long.BYTES;

    private static final long BASE = Space.BASE;
    private static final long THREAD_NUMBER = U.objectFieldOffset(Thread.class, "tid");
    private static final long HEADS = zeroed((long) SLOTS << HEAD_SHIFT);
    private static final long RINGS = U.allocateMemory((long) SLOTS << RING_SHIFT);

    private Trace() {}

    private static long zeroed(long bytes) {
        long table = U.allocateMemory(bytes);
        U.setMemory(table, bytes, (byte) 0);
        return table;
    }

    /** The number of the running thread. */
    @ForceInline
    static long thread() {
        return U.getLong(Thread.currentThread(), THREAD_NUMBER);
    }

    /** The slot of the running thread. */
    @ForceInline
    static int slot() {
        return (int) thread() & (SLOTS - 1);
    }

    @ForceInline
    private static long head(int slot) {
        return HEADS + ((long) slot << HEAD_SHIFT);
    }

    /** Counts a look of the running thread. */
    @ForceInline
    static void look() {
        long head = head(slot());
        U.putLong(head, U.getLong(head) + 1);
    }

    static long looks(int slot) {
        return U.getLong(head(slot));
    }

    /** Records a read of this address. */
    @ForceInline
    static void read(long address) {
        add(address, 0);
    }

    /** Records a write of this address. */
    @ForceInline
    static void write(long address) {
        add(address, 1);
    }

    @ForceInline
    private static void add(long address, int write) {
        int slot = slot();
        long count = head(slot) + ACCESSES;
        long n = U.getLong(count);
        U.putLong(
                RINGS + ((long) slot << RING_SHIFT) + ((n & (RING - 1)) << 3),
                ((address - BASE) >>> LINE_SHIFT) << 1 | write);
        U.putLong(count, n + 1);
    }

    /** Records accesses to all the lines of a range: the last ones, as many as the ring holds. */
    static void range(long address, long bytes, int write) {
        if (bytes <= 0) {
            return;
        }
        long first = address >>> LINE_SHIFT;
        long lines = ((address + bytes - 1) >>> LINE_SHIFT) - first + 1;
        long skipped = Math.max(0, lines - RING);
        long count = head(slot()) + ACCESSES;
        U.putLong(count, U.getLong(count) + skipped);
        for (long line = first + skipped; line < first + lines; line++) {
            add(line << LINE_SHIFT, write);
        }
    }

    /** The accesses that were recorded since the ring was cleared; the last of them are there. */
    static long accesses(int slot) {
        return U.getLong(head(slot) + ACCESSES);
    }

    /**
     * The {@code n}-th access: twice the number of the line in the region space, plus 1 for a
     * write.
     */
    static long access(int slot, long n) {
        return U.getLong(RINGS + ((long) slot << RING_SHIFT) + ((n & (RING - 1)) << 3));
    }

    static void clear(int slot) {
        U.putLong(head(slot) + ACCESSES, 0);
    }
}
