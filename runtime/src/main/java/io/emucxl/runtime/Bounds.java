package io.emucxl.runtime;

import java.util.List;
import java.util.function.BiFunction;

/** The JDK's exceptions for an index or a range that is out of bounds. */
final class Bounds implements BiFunction<String, List<Number>, ArrayIndexOutOfBoundsException> {
    /**
     * Whether an index that a loop counts is checked as a byte offset. From 21 on, C2 turns a loop
     * over checked {@code long} offsets into a vectorized one, where an access costs a quarter more
     * if it is not in such a loop; before, it does the opposite.
     */
    static final boolean BY_OFFSET = Runtime.version().feature() >= 21;

    /** For {@code Preconditions.checkIndex} of an index. */
    static final Bounds INDEX = new Bounds(0);

    /** For {@code Preconditions.checkIndex} of byte offsets of elements of so many bytes. */
    static final Bounds OFFSET2 = new Bounds(1);

    static final Bounds OFFSET4 = new Bounds(2);
    static final Bounds OFFSET8 = new Bounds(3);

    private final int shift;

    private Bounds(int shift) {
        this.shift = shift;
    }

    /** What the JVM throws for an index out of bounds. */
    @Override
    public ArrayIndexOutOfBoundsException apply(String check, List<Number> numbers) {
        long index = numbers.get(0).longValue() >> shift;
        long length = numbers.get(1).longValue() >> shift;
        return Traces.trim(
                new ArrayIndexOutOfBoundsException(
                        "Index " + index + " out of bounds for length " + length));
    }

    /** Checks a range as {@code java.util.Arrays} does. */
    static void checkRange(int length, int from, int to) {
        if (from > to) {
            throw Traces.trim(
                    new IllegalArgumentException("fromIndex(" + from + ") > toIndex(" + to + ")"));
        }
        if (from < 0) {
            throw Traces.trim(new ArrayIndexOutOfBoundsException(from));
        }
        if (to > length) {
            throw Traces.trim(new ArrayIndexOutOfBoundsException(to));
        }
    }

    /** Checks a range as {@code java.util.Spliterators} does. */
    static void checkFence(int length, int origin, int fence) {
        if (origin > fence) {
            throw Traces.trim(
                    new ArrayIndexOutOfBoundsException(
                            "origin(" + origin + ") > fence(" + fence + ")"));
        }
        if (origin < 0) {
            throw Traces.trim(new ArrayIndexOutOfBoundsException(origin));
        }
        if (fence > length) {
            throw Traces.trim(new ArrayIndexOutOfBoundsException(fence));
        }
    }
}
