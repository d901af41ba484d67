package io.emucxl.runtime;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.Hidden;

/** Where a new array goes: to the heap, or to a tier. */
final class Allocation {
    private static final String[] TIERS = {"local", "remote"};

    private Allocation() {}

    /**
     * A new array of zeros for a target: on the heap when it is empty, has fewer bytes than the
     * target wants, or the runtime is not started; else in the target's start tier, or in the other
     * one when that is full.
     *
     * @throws NegativeArraySizeException as {@code newarray} does
     * @throws OutOfMemoryError when neither tier has room, nor gets it from the collector
     */
    @Hidden
    static TieredArray allocate(byte kind, int length, int target) {
        long bytes = (long) length << Kind.shift(kind);
        if (bytes <= 0
                || !TieredRuntime.started()
                || bytes < Targets.entry(target).settings().minBytes()) {
            return TieredArray.wrap(Kind.heapArray(kind, length), length, kind, target);
        }
        return place(kind, length, target);
    }

    /**
     * Rows of equal length, as {@code multianewarray} makes them. The rows together are held
     * against what the target wants at least.
     */
    @Hidden
    static TieredArray[] allocateRows(byte kind, int rows, int columns, int target) {
        if (columns < 0 && rows >= 0) {
            Kind.heapArray(kind, columns);
        }
        TieredArray[] matrix = new TieredArray[rows];
        long rowBytes = (long) columns << Kind.shift(kind);
        boolean heap =
                rowBytes == 0
                        || !TieredRuntime.started()
                        || Targets.entry(target).settings().minBytes() / rowBytes >= rows;
        for (int i = 0; i < rows; i++) {
            matrix[i] =
                    heap
                            ? TieredArray.wrap(Kind.heapArray(kind, columns), columns, kind, target)
                            : place(kind, columns, target);
        }
        return matrix;
    }

    @Hidden
    private static TieredArray place(byte kind, int length, int target) {
        long bytes = (long) length << Kind.shift(kind);
        int wanted = Targets.entry(target).settings().beginning();
        int tier = wanted == Targets.DEFAULT_TIER ? TieredRuntime.settings().startTier() : wanted;
        long address = take(bytes, tier);
        if (address == 0) {
            address = Reclamation.allocateWhenShort(bytes, tier);
        }
        if (address == 0) {
            throw Traces.trim(new OutOfMemoryError(noRoom(kind, length, bytes, tier)));
        }
        boolean watched = false;
        try {
            // The zeros must be seen by whoever sees the handle, also through a data race.
            Unsafe.getUnsafe().storeFence();
            TieredArray a = TieredArray.at(address, length, kind, target);
            Reclamation.add(a, address, bytes, target);
            watched = true;
            return a;
        } finally {
            if (!watched) {
                Space.SPACE.free(address);
            }
        }
    }

    /** Memory in the tier, else in the other one; 0 when neither has room. */
    static long take(long bytes, int tier) {
        long address = Space.SPACE.allocate(bytes, tier);
        return address != 0 ? address : Space.SPACE.allocate(bytes, 1 - tier);
    }

    private static String noRoom(byte kind, int length, long bytes, int tier) {
        return "emucxl: no room for "
                + Kind.name(kind)
                + "["
                + length
                + "] of "
                + bytes
                + " bytes: "
                + use(tier)
                + ", "
                + use(1 - tier);
    }

    private static String use(int tier) {
        return "tier "
                + TIERS[tier]
                + " has "
                + Space.SPACE.used(tier)
                + " of "
                + Space.SPACE.capacity(tier)
                + " bytes in use";
    }
}
