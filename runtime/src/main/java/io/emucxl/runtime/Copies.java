package io.emucxl.runtime;

import java.lang.ref.Reference;
import java.lang.reflect.Array;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.Hidden;

/** {@code System.arraycopy} between arrays of which any may be tiered. */
public final class Copies {
    private static final Unsafe U = Unsafe.getUnsafe();

    private Copies() {}

    /**
     * Copies as {@link System#arraycopy} does, with its exceptions and their messages, and as if
     * through a temporary array when the ranges overlap.
     *
     * @param src a {@link TieredArray} or any heap array
     * @param srcPos the first element to copy
     * @param dst a {@link TieredArray} or any heap array
     * @param dstPos where it goes
     * @param n how many elements are copied
     */
    @Hidden
    public static void arraycopy(Object src, int srcPos, Object dst, int dstPos, int n) {
        Object heapSrc = src instanceof TieredArray a ? a.heap : src;
        Object heapDst = dst instanceof TieredArray a ? a.heap : dst;
        boolean tieredSrc = heapSrc != src && heapSrc == null;
        boolean tieredDst = heapDst != dst && heapDst == null;
        if (!tieredSrc && !tieredDst) {
            System.arraycopy(heapSrc, srcPos, heapDst, dstPos, n);
            return;
        }
        TieredArray any = tieredSrc ? (TieredArray) src : (TieredArray) dst;
        if (!isArray(src, heapSrc, any.kind) || !isArray(dst, heapDst, any.kind)) {
            // Refused whatever the positions are: empty arrays stand in for the tiered ones.
            System.arraycopy(
                    tieredSrc ? Kind.heapArray(((TieredArray) src).kind, 0) : heapSrc,
                    0,
                    tieredDst ? Kind.heapArray(((TieredArray) dst).kind, 0) : heapDst,
                    0,
                    0);
        }
        int srcLength = tieredSrc ? ((TieredArray) src).length : length(heapSrc);
        int dstLength = tieredDst ? ((TieredArray) dst).length : length(heapDst);
        check(any.kind, srcPos, srcLength, dstPos, dstLength, n);
        copy(src, heapSrc, srcPos, dst, heapDst, dstPos, n, any.kind);
    }

    /** Copies between arrays of one kind, of which one at least is tiered; in bounds. */
    private static void copy(
            Object src,
            Object heapSrc,
            int srcPos,
            Object dst,
            Object heapDst,
            int dstPos,
            int n,
            byte kind) {
        int shift = Kind.shift(kind);
        long bytes = (long) n << shift;
        long from = (long) srcPos << shift;
        long to = (long) dstPos << shift;
        boolean open = Window.glance();
        try {
            if (heapSrc == null) {
                from += ((TieredArray) src).address();
                if (open) {
                    Marks.reads(from, bytes, shift);
                }
            } else {
                from += Kind.heapBase(kind);
            }
            if (heapDst == null) {
                to += ((TieredArray) dst).address();
                if (open) {
                    Marks.writes(to, bytes, shift);
                }
            } else {
                to += Kind.heapBase(kind);
            }
            U.copyMemory(heapSrc, from, heapDst, to, bytes);
        } finally {
            Reference.reachabilityFence(src);
            Reference.reachabilityFence(dst);
        }
    }

    private static boolean isArray(Object array, Object heapArray, byte kind) {
        if (heapArray != null) {
            return heapArray.getClass() == Kind.arrayClass(kind);
        }
        return array != null && ((TieredArray) array).kind == kind;
    }

    private static int length(Object heapArray) {
        return Array.getLength(heapArray);
    }

    /** HotSpot's checks, in its order and its words (TypeArrayKlass::copy_array). */
    private static void check(
            byte kind, int srcPos, int srcLength, int dstPos, int dstLength, int n) {
        if (srcPos < 0) {
            throw refused(bounds("source index ", srcPos, kind, srcLength));
        }
        if (dstPos < 0) {
            throw refused(bounds("destination index ", dstPos, kind, dstLength));
        }
        if (n < 0) {
            throw refused("arraycopy: length " + n + " is negative");
        }
        if ((long) srcPos + n > srcLength) {
            throw refused(bounds("last source index ", (long) srcPos + n, kind, srcLength));
        }
        if ((long) dstPos + n > dstLength) {
            throw refused(bounds("last destination index ", (long) dstPos + n, kind, dstLength));
        }
    }

    private static String bounds(String what, long index, byte kind, int length) {
        return "arraycopy: "
                + what
                + index
                + " out of bounds for "
                + Kind.name(kind)
                + "["
                + length
                + "]";
    }

    private static ArrayIndexOutOfBoundsException refused(String message) {
        StackTraceElement top = null;
        try {
            System.arraycopy(message, 0, message, 0, 0);
        } catch (ArrayStoreException e) {
            top = e.getStackTrace()[0];
        }
        return Traces.trim(new ArrayIndexOutOfBoundsException(message), top);
    }
}
