package io.emucxl.runtime;

import java.lang.ref.Reference;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.ForceInline;

/**
 * Two counters per region, of sampled reads and of sampled writes, outside the heap.
 *
 * <p>They are counted up without synchronization, so threads that mark one region at the same time
 * lose some marks; heat is an estimate. Marking must inline to plain loads and stores: a call here
 * makes every loop over a tiered array many times slower, even while the window is closed.
 *
 * <p>A byte for each {@value #GROUP} regions tells whether any of them may be marked, so that the
 * marks of a large space are gathered without a pass over all regions. It is set after the mark and
 * cleared before the marks are looked at; should a processor swap the two, the mark is gathered
 * together with the next one of its group.
 */
final class Marks {
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final int WRITES = Integer.BYTES;

    private static final long BASE = Space.BASE;
    private static final int SHIFT = Space.SHIFT;
    private static final int REGIONS = Space.REGIONS;
    private static final int GROUP_SHIFT = 6;
    private static final int GROUP = 1 << GROUP_SHIFT;

    /**
     * The test of {@link GracePeriod} needs loops without the way through an open window: C2 moves
     * an address out of those. Nobody else may set this.
     */
    private static final int REHEARSALS =
            Boolean.getBoolean("emucxl.test.skipRehearsals") ? 0 : 4096;

    private static final long TABLE = zeroed((long) REGIONS << 3);

    /** A whole number of longs. */
    private static final long GROUPS =
            zeroed((((long) REGIONS >>> GROUP_SHIFT) + Long.BYTES) & -Long.BYTES);

    private Marks() {}

    private static long zeroed(long bytes) {
        long table = U.allocateMemory(bytes);
        U.setMemory(table, bytes, (byte) 0);
        return table;
    }

    /** Counts a read of this address while the window is open. */
    @ForceInline
    static void read(boolean open, long address) {
        if (open) {
            long region = (address - BASE) >>> SHIFT;
            long slot = TABLE + (region << 3);
            U.putInt(slot, U.getInt(slot) + 1);
            U.putByte(GROUPS + (region >>> GROUP_SHIFT), (byte) 1);
            if (Charge.ON) {
                Trace.read(address);
            }
        }
    }

    /** Counts a write of this address while the window is open. */
    @ForceInline
    static void write(boolean open, long address) {
        if (open) {
            long region = (address - BASE) >>> SHIFT;
            long slot = TABLE + (region << 3) + WRITES;
            U.putInt(slot, U.getInt(slot) + 1);
            U.putByte(GROUPS + (region >>> GROUP_SHIFT), (byte) 1);
            if (Charge.ON) {
                Trace.write(address);
            }
        }
    }

    /** Counts the reads of all the elements in a range of addresses. */
    static void reads(long address, long bytes, int shift) {
        range(address, bytes, shift, 0);
    }

    /** Counts the reads of elements of an array, when it is tiered and the window is open. */
    static void reads(TieredArray a, int from, int n) {
        if (a.heap == null && Window.glance()) {
            int shift = Kind.shift(a.kind);
            try {
                reads(a.address() + ((long) from << shift), (long) n << shift, shift);
            } finally {
                Reference.reachabilityFence(a);
            }
        }
    }

    /** Counts the writes of all the elements in a range of addresses. */
    static void writes(long address, long bytes, int shift) {
        range(address, bytes, shift, WRITES);
    }

    private static void range(long address, long bytes, int shift, int which) {
        if (Charge.ON) {
            Trace.range(address, bytes, which == WRITES ? 1 : 0);
        }
        long end = address + bytes;
        long from = address;
        while (from < end) {
            long region = (from - BASE) >>> SHIFT;
            long to = Math.min(end, BASE + ((region + 1) << SHIFT));
            long slot = TABLE + (region << 3) + which;
            U.putInt(slot, U.getInt(slot) + (int) ((to - from) >>> shift));
            U.putByte(GROUPS + (region >>> GROUP_SHIFT), (byte) 1);
            from = to;
        }
    }

    /**
     * Adds the marked regions below {@code count} to {@code into}, and sets their counters to zero.
     * A mark made at the same moment may get lost, or be counted twice.
     */
    static void harvest(int count, Touched into) {
        long groups = (Math.min(count, REGIONS) + GROUP - 1L) >>> GROUP_SHIFT;
        for (long eight = 0; eight < groups; eight += Long.BYTES) {
            if (U.getLong(GROUPS + eight) != 0) {
                for (long group = eight; group < eight + Long.BYTES; group++) {
                    if (U.getByte(GROUPS + group) != 0) {
                        U.putByte(GROUPS + group, (byte) 0);
                        U.fullFence();
                        gather(group << GROUP_SHIFT, into);
                    }
                }
            }
        }
    }

    private static void gather(long first, Touched into) {
        long last = Math.min(REGIONS, first + GROUP);
        for (long region = first; region < last; region++) {
            long slot = TABLE + (region << 3);
            if (U.getLong(slot) != 0) {
                int reads = U.getInt(slot);
                int writes = U.getInt(slot + WRITES);
                U.putLong(slot, 0);
                into.add(
                        (int) region,
                        Integer.toUnsignedLong(reads),
                        Integer.toUnsignedLong(writes));
            }
        }
    }

    /**
     * Makes the table, and lets the JVM see accesses with the window open and closed.
     *
     * <p>What C2 never saw taken it does not compile: a loop that was compiled before the first
     * window would be left whenever a window opens. C2 then compiles it again without the checks in
     * front of the loop that failed, and that loop takes up to twice the time for good, as its
     * vectors lie across cache lines. One open window in the profile of these two methods, which
     * all accessors share, and C2 makes both versions of a loop at once.
     */
    static void start() {
        // The interpreter begins a profile within 512 calls; C2 believes it from 1000 on.
        for (int i = 0; i < REHEARSALS; i++) {
            boolean open = (i & 1) == 0;
            read(open, BASE);
            write(open, BASE);
        }
        U.putLong(TABLE, 0);
        U.putByte(GROUPS, (byte) 0);
    }
}
