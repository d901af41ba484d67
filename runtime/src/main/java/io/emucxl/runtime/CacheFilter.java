package io.emucxl.runtime;

import jdk.internal.misc.Unsafe;

/**
 * Which lines a cache would hold that sees the sampled accesses only: set-associative, least
 * recently used. Of many sets a part is modelled, which stands for all of them ("dynamic set
 * sampling", Qureshi et al., ISCA 2006).
 *
 * <p>Windows are a sample of the program's time, and what the cache holds does not depend on
 * accesses that are left out, as long as those in the windows are like those between them: of
 * programs that draw their addresses independently and of scans the share of hits is right, once as
 * many lines as the cache holds were sampled. After a change of the working set it is too low for
 * longer than in a real cache.
 *
 * <p>Threads share it without synchronization; a race may lose a line.
 */
final class CacheFilter {
    /** The access is served by the cache. */
    static final int HIT = 0;

    /** Bit of the answer: the line comes from memory. */
    static final int READ = 1;

    /** Bit of the answer: the line has to be written back some day. */
    static final int WRITTEN = 2;

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final int WAYS = 8;
    private static final long SET_BYTES = (long) WAYS * Integer.BYTES;
    private static final int DIRTY = 1;

    /** The sets that are modelled, so that the model takes little of the CPU's own cache. */
    private static final int MOST_SETS = 1 << 13;

    private final long table;
    private final int sets;
    private final int partShift;

    /**
     * @param bytes the size of the cache; rounded down to a power of two of sets
     */
    CacheFilter(long bytes) {
        long most = Math.max(1, (bytes >>> Trace.LINE_SHIFT) / WAYS);
        long all = Math.min(Long.highestOneBit(most), 1 << 24);
        sets = (int) Math.min(all, MOST_SETS);
        partShift = Long.numberOfTrailingZeros(all / sets);
        long size = sets * SET_BYTES;
        table = U.allocateMemory(size);
        U.setMemory(table, size, (byte) 0);
    }

    /** The lines that it holds, in all its parts. */
    long lines() {
        return ((long) sets * WAYS) << partShift;
    }

    /** One of so many parts of the sets is modelled. */
    int parts() {
        return 1 << partShift;
    }

    /** Whether the line belongs to the part that is modelled. */
    boolean models(long line) {
        return (mix(line) & (parts() - 1)) == 0;
    }

    /**
     * Takes an access to a line into account that is modelled.
     *
     * @return {@link #HIT}, or what the access costs: {@link #READ}, {@link #WRITTEN} or both
     */
    int access(long line, boolean write) {
        long hash = mix(line);
        long set = table + ((hash >>> partShift) & (sets - 1)) * SET_BYTES;
        // Never 0, which is an empty way.
        int tag = (int) (hash >>> 32) << 1 | 2;
        long last = set + SET_BYTES - Integer.BYTES;
        long found = set;
        while (found < last && (U.getInt(found) & ~DIRTY) != tag) {
            found += Integer.BYTES;
        }
        int was = (U.getInt(found) & ~DIRTY) == tag ? U.getInt(found) : 0;
        for (long way = found; way > set; way -= Integer.BYTES) {
            U.putInt(way, U.getInt(way - Integer.BYTES));
        }
        int dirty = write ? DIRTY : was & DIRTY;
        U.putInt(set, tag | dirty);
        return (was == 0 ? READ : HIT) | (write && (was & DIRTY) == 0 ? WRITTEN : HIT);
    }

    /** The finalizer of MurmurHash3: every bit of the line number matters to every bit. */
    static long mix(long line) {
        long h = line + 1;
        h ^= h >>> 33;
        h *= 0xff51afd7ed558ccdL;
        h ^= h >>> 33;
        h *= 0xc4ceb9fe1a85ec53L;
        return h ^ h >>> 33;
    }
}
