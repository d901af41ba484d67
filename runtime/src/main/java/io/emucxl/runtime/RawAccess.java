package io.emucxl.runtime;

import jdk.internal.vm.annotation.ForceInline;

/**
 * The object and the offset by which {@code Unsafe} accesses an array, from its handle. For an
 * array in the region space the object is null and the offset an address.
 *
 * <p>The caller passes both to one call of {@code Unsafe} and keeps the handle alive by a {@code
 * reachabilityFence} after it. Such accesses are not sampled.
 */
public final class RawAccess {
    private RawAccess() {}

    /** The object that is accessed: the heap array, or null. */
    @ForceInline
    public static Object base(TieredArray a) {
        return a == null ? null : a.heap;
    }

    /**
     * The offset that takes the place of another.
     *
     * @param offset in the original array, from the start of the object
     */
    @ForceInline
    public static long offset(TieredArray a, long offset) {
        return a == null || a.heap != null ? offset : a.address() + offset - Kind.heapBase(a.kind);
    }
}
