package io.emucxl.runtime;

import java.lang.reflect.Array;
import java.util.Arrays;
import jdk.internal.vm.annotation.Hidden;

/**
 * Copies of arrays as {@code clone}, {@link Arrays#copyOf(long[], int)} and {@code copyOfRange}
 * make them, into a new array that is placed by the rule of a target, or into a new heap array,
 * whatever the original is.
 *
 * <p>A copy is a new array, so it need not live where its original does: what grows out of a shared
 * empty array must not stay on the heap, and what is given away must not leave it. Thread-safe as
 * far as the arrays are.
 */
public final class FreshCopies {
    private FreshCopies() {}

    /** {@code a.clone()}, placed for a target. */
    @Hidden
    public static TieredArray clone(TieredArray a, int target) {
        if (a == null) {
            throw NullMessages.exception();
        }
        TieredArray copy = Allocation.allocate(a.kind, a.length, target);
        Copies.arraycopy(a, 0, copy, 0, a.length);
        return copy;
    }

    /** {@code Arrays.copyOf(a, newLength)}, placed for a target. */
    @Hidden
    public static TieredArray copyOf(TieredArray a, int newLength, int target) {
        check(a, newLength);
        TieredArray copy = Allocation.allocate(a.kind, newLength, target);
        Copies.arraycopy(a, 0, copy, 0, Math.min(a.length, newLength));
        return copy;
    }

    /** {@code Arrays.copyOfRange(a, from, to)}, placed for a target. */
    @Hidden
    public static TieredArray copyOfRange(TieredArray a, int from, int to, int target) {
        checkRange(a, from, to);
        TieredArray copy = Allocation.allocate(a.kind, to - from, target);
        Copies.arraycopy(a, from, copy, 0, Math.min(a.length - from, to - from));
        return copy;
    }

    /** {@code a.clone()} on the heap: an array of the kind of {@code a}. */
    @Hidden
    public static Object heapClone(TieredArray a) {
        if (a == null) {
            throw NullMessages.exception();
        }
        Object copy = Kind.heapArray(a.kind, a.length);
        Copies.arraycopy(a, 0, copy, 0, a.length);
        return copy;
    }

    /**
     * The array as it is now, on the heap: itself when it is there already, null when it is null.
     */
    @Hidden
    public static Object snapshot(TieredArray a) {
        return a == null ? null : a.heap != null ? a.heap : heapClone(a);
    }

    /**
     * A heap array for a method that reads a range of the array: the range alone when it is in
     * bounds, the whole array otherwise, so that the method throws what it throws.
     *
     * @param a the array, or null
     * @param from first element of the range
     * @param n its length in elements
     */
    @Hidden
    public static Object range(TieredArray a, int from, int n) {
        if (a == null || a.heap != null || (from | n) < 0 || n > a.length - from) {
            return snapshot(a);
        }
        return heapCopyOfRange(a, from, from + n);
    }

    /**
     * Where the range begins in what {@link #range} gave.
     *
     * @param range what it gave
     * @param a the array, or null
     * @param from first element of the range in the array
     */
    public static int offset(Object range, TieredArray a, int from) {
        return range == null || Array.getLength(range) == a.length ? from : 0;
    }

    /** {@code Arrays.copyOf(a, newLength)} on the heap: an array of the kind of {@code a}. */
    @Hidden
    public static Object heapCopyOf(TieredArray a, int newLength) {
        check(a, newLength);
        Object copy = Kind.heapArray(a.kind, newLength);
        Copies.arraycopy(a, 0, copy, 0, Math.min(a.length, newLength));
        return copy;
    }

    /** {@code Arrays.copyOfRange(a, from, to)} on the heap: an array of the kind of {@code a}. */
    @Hidden
    public static Object heapCopyOfRange(TieredArray a, int from, int to) {
        checkRange(a, from, to);
        Object copy = Kind.heapArray(a.kind, to - from);
        Copies.arraycopy(a, from, copy, 0, Math.min(a.length - from, to - from));
        return copy;
    }

    /** Lets the JDK throw what it throws for a null array or a negative length. */
    @Hidden
    private static void check(TieredArray a, int newLength) {
        if (a == null || newLength < 0) {
            throw accepted(Arrays.copyOf(a == null ? null : new long[0], newLength));
        }
    }

    @Hidden
    private static void checkRange(TieredArray a, int from, int to) {
        if (a == null || to - from < 0) {
            throw accepted(Arrays.copyOfRange(a == null ? null : new long[0], from, to));
        }
    }

    private static IllegalStateException accepted(long[] copy) {
        return new IllegalStateException("the JDK made a copy of length " + copy.length);
    }
}
