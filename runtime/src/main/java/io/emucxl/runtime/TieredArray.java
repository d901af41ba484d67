package io.emucxl.runtime;

import java.lang.reflect.Array;
import jdk.internal.vm.annotation.ForceInline;
import jdk.internal.vm.annotation.Hidden;

/**
 * Handle of an array of primitives that lives either in the region space or, wrapped, on the heap.
 *
 * <p>Rewritten code has a handle wherever the program had the array. A handle of an array in the
 * region space is the only one of that array, so comparing handles compares arrays; a wrapped heap
 * array may have many handles, and {@link #same} compares what they wrap. When a handle becomes
 * unreachable, the memory of its array is given back.
 *
 * <p>Elements are reached through {@code LongElements} and its seven siblings. They have the
 * atomicity and visibility of the elements of a heap array: an access is atomic, for {@code long}
 * and {@code double} too, and neighbouring elements may be written by different threads.
 */
public final class TieredArray {
    private final long address;
    final int length;
    final short target;
    final byte kind;

    /** The wrapped heap array, or null when the array lives in the region space. */
    final Object heap;

    private TieredArray(Object heap, long address, int length, byte kind, int target) {
        this.heap = heap;
        this.address = address;
        this.length = length;
        this.kind = kind;
        this.target = (short) target;
    }

    /** The handle of zeroed elements at this address in the region space. */
    static TieredArray at(long address, int length, byte kind, int target) {
        return new TieredArray(null, address, length, kind, target);
    }

    /** The handle of a heap array that was allocated for a target. */
    static TieredArray wrap(Object heapArray, int length, byte kind, int target) {
        return new TieredArray(heapArray, 0, length, kind, target);
    }

    /**
     * The handle of a heap array: what is written through one is seen through the other.
     *
     * @param heapArray an array of primitives, or null
     * @return its handle, null for null
     * @throws IllegalArgumentException when it is something else
     */
    public static TieredArray wrap(Object heapArray) {
        if (heapArray == null) {
            return null;
        }
        byte kind = Kind.of(heapArray);
        return new TieredArray(heapArray, 0, Array.getLength(heapArray), kind, Targets.NONE);
    }

    /**
     * What {@code arraylength} gives.
     *
     * @throws NullPointerException with the message of the original instruction, when null
     */
    @ForceInline
    @Hidden
    public static int length(TieredArray a) {
        if (a == null) {
            throw NullMessages.exception();
        }
        return a.length;
    }

    /** What {@code ==} gives for two references to arrays. */
    @ForceInline
    public static boolean same(TieredArray a, TieredArray b) {
        return a == b || (a != null && b != null && a.heap != null && a.heap == b.heap);
    }

    /** What {@code ==} gives for a reference to an array and one to any object. */
    public static boolean same(TieredArray a, Object o) {
        if (o instanceof TieredArray b) {
            return same(a, b);
        }
        return a == null ? o == null : a.heap != null && a.heap == o;
    }

    /**
     * The address of the first element in the region space.
     *
     * <p>All that use an address get it here, so that the code which the JIT makes of them is
     * thrown away in a {@linkplain GracePeriod grace period}. The caller keeps it in a local, never
     * elsewhere, and keeps this handle alive by a {@code reachabilityFence} after the last use.
     */
    @ForceInline
    long address() {
        GracePeriod.guard();
        return address;
    }
}
