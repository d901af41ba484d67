package io.emucxl.agent.weave;

import java.nio.ByteBuffer;
import java.util.Collection;

/**
 * The class files that a plan does nothing with, by their fingerprints: most classes of a program
 * are told by it, at the cost of a CRC-32, and are not searched for arrays.
 *
 * <p>A hash table as it lies in the plan's file, so that a start reads no more of it than it asks
 * for: longs in big-endian order, a power of two of them, 0 where there is none. The first slot
 * tried is the lower bits of the fingerprint, then the next ones.
 */
final class KnownFiles {

    /** A class without any array of primitives: no plan is about it. */
    static final int WITHOUT_ARRAYS = 1;

    /** A class with such arrays that the plan says nothing of. */
    static final int UNTOUCHED = 2;

    /** Set in the fingerprints of those. */
    private static final long WITH_ARRAYS = Long.MIN_VALUE;

    private final ByteBuffer table;

    /** The table that lies in a plan's file. */
    KnownFiles(ByteBuffer table) {
        this.table = table;
    }

    /** A table of these class files. */
    static KnownFiles of(Collection<Long> withoutArrays, Collection<Long> untouched) {
        int count = withoutArrays.size() + untouched.size();
        int slots = Integer.highestOneBit(Math.max(1, count)) * 4;
        KnownFiles known = new KnownFiles(ByteBuffer.allocate(slots * Long.BYTES));
        withoutArrays.forEach(known::add);
        for (long fingerprint : untouched) {
            known.add(fingerprint | WITH_ARRAYS);
        }
        return known;
    }

    private void add(long entry) {
        int slot = slot(entry);
        while (entry(slot) != 0) {
            slot++;
        }
        table.putLong(at(slot), entry);
    }

    private static int slot(long fingerprint) {
        return (int) fingerprint;
    }

    private int at(int slot) {
        return slot * Long.BYTES & (table.capacity() - 1);
    }

    private long entry(int slot) {
        return table.getLong(at(slot));
    }

    /** What is known of a class file: {@link #WITHOUT_ARRAYS}, {@link #UNTOUCHED}, or 0. */
    int of(long fingerprint) {
        for (int slot = slot(fingerprint); ; slot++) {
            long entry = entry(slot);
            if (entry == fingerprint) {
                return WITHOUT_ARRAYS;
            }
            if (entry == (fingerprint | WITH_ARRAYS)) {
                return UNTOUCHED;
            }
            if (entry == 0) {
                return 0;
            }
        }
    }

    /** The table. */
    ByteBuffer table() {
        return table.duplicate();
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof KnownFiles that && table.equals(that.table);
    }

    @Override
    public int hashCode() {
        return table.hashCode();
    }
}
