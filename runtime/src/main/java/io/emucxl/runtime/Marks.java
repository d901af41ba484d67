package io.emucxl.runtime;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.ForceInline;

/**
 * Two counters per region, of sampled reads and of sampled writes, outside the heap.
 *
 * <p>They are counted up without synchronization, so threads that mark one region at the same time
 * lose some marks; heat is an estimate. Marking must inline to plain loads and stores: a call here
 * makes every loop over a tiered array many times slower, even while the window is closed.
 */
final class Marks {
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final int WRITES = Integer.BYTES;

    private static final long BASE = Space.BASE;
    private static final int SHIFT = Space.SHIFT;
    private static final int REGIONS = Space.REGIONS;
    private static final long TABLE = zeroed((long) REGIONS << 3);

    private Marks() {}

    private static long zeroed(long bytes) {
        long table = U.allocateMemory(bytes);
        U.setMemory(table, bytes, (byte) 0);
        return table;
    }

    /** Counts a read of this address. */
    @ForceInline
    static void read(long address) {
        long slot = TABLE + (((address - BASE) >>> SHIFT) << 3);
        U.putInt(slot, U.getInt(slot) + 1);
    }

    /** Counts a write of this address. */
    @ForceInline
    static void write(long address) {
        long slot = TABLE + (((address - BASE) >>> SHIFT) << 3) + WRITES;
        U.putInt(slot, U.getInt(slot) + 1);
    }

    /** Counts the reads of all the elements in a range of addresses. */
    static void reads(long address, long bytes, int shift) {
        range(address, bytes, shift, 0);
    }

    /** Counts the writes of all the elements in a range of addresses. */
    static void writes(long address, long bytes, int shift) {
        range(address, bytes, shift, WRITES);
    }

    private static void range(long address, long bytes, int shift, int which) {
        long end = address + bytes;
        long from = address;
        while (from < end) {
            long region = (from - BASE) >>> SHIFT;
            long to = Math.min(end, BASE + ((region + 1) << SHIFT));
            long slot = TABLE + (region << 3) + which;
            U.putInt(slot, U.getInt(slot) + (int) ((to - from) >>> shift));
            from = to;
        }
    }

    /** The number of regions that there are counters for. */
    static int regions() {
        return REGIONS;
    }

    /** Sampled reads of a region since its marks were cleared, modulo 2^32. */
    static int reads(int region) {
        return U.getInt(slot(region));
    }

    /** Sampled writes of a region since its marks were cleared, modulo 2^32. */
    static int writes(int region) {
        return U.getInt(slot(region) + WRITES);
    }

    /** Sets both counters of a region to zero. Marks made at the same moment may survive. */
    static void clear(int region) {
        U.putLong(slot(region), 0);
    }

    private static long slot(int region) {
        return TABLE + ((long) checkRegion(region) << 3);
    }

    private static int checkRegion(int region) {
        return java.util.Objects.checkIndex(region, REGIONS);
    }
}
