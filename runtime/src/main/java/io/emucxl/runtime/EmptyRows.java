package io.emucxl.runtime;

import java.lang.ref.WeakReference;
import java.util.Arrays;

/**
 * Arrays of arrays that have no elements, such as {@code static final long[][] EMPTY = {}}, where
 * some code has them as heap arrays and some as arrays of handles. Nothing can be written to them,
 * so only their identity has to be kept: each has one counterpart.
 *
 * <p>Thread-safe; looking up one that is known takes no lock. A program has few of them.
 */
public final class EmptyRows {
    private static volatile Pair[] pairs = {};

    private EmptyRows() {}

    /**
     * The array of handles that stands for an array of arrays.
     *
     * @param heapArray an array of arrays without elements, or null
     * @return always the same for the same array; null for null
     */
    public static TieredArray[] wrap(Object heapArray) {
        if (heapArray == null) {
            return null;
        }
        TieredArray[] known = find(heapArray);
        return known == null ? add((Object[]) heapArray) : known;
    }

    /**
     * What {@code ==} gives for two references, of which one may be to an array of handles. The
     * verifier need not know that: what a call returns is compared without a cast.
     */
    public static boolean same(Object one, Object other) {
        if (one == null || other == null || one == other) {
            return one == other;
        }
        return standsFor(one, other) || standsFor(other, one);
    }

    private static boolean standsFor(Object handles, Object object) {
        return handles instanceof TieredArray[] all && all.length == 0 && find(object) == all;
    }

    /** The heap array that an array of handles stands for, or null when there is none. */
    static Object heapArray(TieredArray[] handles) {
        for (Pair p : pairs) {
            if (p.handles == handles) {
                return p.get();
            }
        }
        return null;
    }

    private static TieredArray[] find(Object heapArray) {
        for (Pair p : pairs) {
            if (p.get() == heapArray) {
                return p.handles;
            }
        }
        return null;
    }

    private static synchronized TieredArray[] add(Object[] heapArray) {
        if (heapArray.length != 0) {
            throw new IllegalArgumentException("an array of " + heapArray.length + " arrays");
        }
        TieredArray[] known = find(heapArray);
        if (known != null) {
            return known;
        }
        int live = 0;
        Pair[] grown = new Pair[pairs.length + 1];
        for (Pair p : pairs) {
            if (p.get() != null) {
                grown[live++] = p;
            }
        }
        Pair made = new Pair(heapArray);
        grown[live++] = made;
        pairs = Arrays.copyOf(grown, live);
        return made.handles;
    }

    /** A heap array and its counterpart. The heap array is gone when its class is. */
    private static final class Pair extends WeakReference<Object> {
        final TieredArray[] handles = {};

        Pair(Object heapArray) {
            super(heapArray);
        }
    }
}
