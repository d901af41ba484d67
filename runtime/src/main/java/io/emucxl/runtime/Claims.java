package io.emucxl.runtime;

import jdk.internal.misc.Unsafe;

/**
 * What the targets whose arrays lie in a region want of it: to stay on a tier, or to go before or
 * behind others.
 *
 * <p>Counts, for each region, the blocks of targets with such a wish, so that a region gets free
 * again when the last of them is freed. Small arrays of several targets share a region: then it
 * stays local if any of them is pinned there, else remote if any is pinned there; and it has the
 * highest priority that any of them asks for, else the lowest.
 *
 * <p>The counts of a block are changed under the lock of its stripe in {@link Blocks}, with the
 * wishes that the stripe knows. While no target has a wish there is no table, and nothing is
 * counted.
 */
final class Claims {
    private static final Unsafe U = Unsafe.getUnsafe();

    private static final int PINNED_LOCAL = TargetSettings.PINNED_LOCAL;
    private static final int PINNED_REMOTE = TargetSettings.PINNED_REMOTE;
    private static final int HIGH = TargetSettings.HIGH;
    private static final int LOW = TargetSettings.LOW;
    private static final int WISHES = 4;
    private static final int ENTRY = WISHES * Integer.BYTES;

    private static volatile long table;
    private static volatile boolean newPins;

    private Claims() {}

    /** Called before the first block with a wish is counted. */
    static synchronized void start() {
        if (table == 0) {
            long bytes = (long) Space.REGIONS * ENTRY;
            long memory = U.allocateMemory(bytes);
            U.setMemory(memory, bytes, (byte) 0);
            table = memory;
        }
    }

    /** Counts the wishes of a block in each of its regions; {@code by} is 1 or -1. */
    static void count(Block block, byte wishes, int by) {
        long first = (block.address - Space.BASE) >>> Space.SHIFT;
        long last = (block.address + block.bytes - 1 - Space.BASE) >>> Space.SHIFT;
        for (long region = first; region <= last; region++) {
            long entry = table + region * ENTRY;
            for (int wish = 0; wish < WISHES; wish++) {
                if ((wishes & 1 << wish) != 0) {
                    int before = U.getAndAddInt(null, entry + (long) wish * Integer.BYTES, by);
                    if (before == 0 && 1 << wish <= PINNED_REMOTE) {
                        newPins = true;
                    }
                }
            }
        }
    }

    /** Whether any target has, or has had, a wish. */
    static boolean any() {
        return table != 0;
    }

    /** Whether regions have been pinned since this was asked last. */
    static boolean takeNewPins() {
        boolean pins = newPins;
        if (pins) {
            newPins = false;
        }
        return pins;
    }

    private static boolean counted(int region, int wish) {
        long offset = (long) region * ENTRY;
        return U.getInt(table + offset + Integer.numberOfTrailingZeros(wish) * 4L) > 0;
    }

    /** The tier where a region is to stay, or -1. */
    static int pin(int region) {
        if (table == 0) {
            return -1;
        }
        return counted(region, PINNED_LOCAL) ? 0 : counted(region, PINNED_REMOTE) ? 1 : -1;
    }

    /** The priority of a region: 1, 0 or -1. */
    static int priority(int region) {
        if (table == 0) {
            return 0;
        }
        return counted(region, HIGH) ? 1 : counted(region, LOW) ? -1 : 0;
    }
}
