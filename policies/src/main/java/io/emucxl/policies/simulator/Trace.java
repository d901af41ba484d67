package io.emucxl.policies.simulator;

import java.util.Arrays;

/** A sequence of accesses to units, which are numbered in the order of their first access. */
public final class Trace {
    private final String name;
    private final int[] accesses;
    private final int units;

    /** Takes the array, which must hold dense unit numbers in the order of first access. */
    private Trace(String name, int[] accesses, int units) {
        this.name = name;
        this.accesses = accesses;
        this.units = units;
    }

    /** The name by which it was asked for. */
    public String name() {
        return name;
    }

    /** The number of accesses. */
    public int accesses() {
        return accesses.length;
    }

    /** The number of different units. */
    public int units() {
        return units;
    }

    /** The unit of the {@code i}-th access. */
    public int unit(int i) {
        return accesses[i];
    }

    /** Collects a trace. */
    public static final class Builder {
        private final UnitNumbers numbers = new UnitNumbers();
        private int[] accesses = new int[1024];
        private int size;

        /**
         * Adds an access.
         *
         * @param key what was accessed
         * @throws IllegalArgumentException if the trace is too long for one array
         */
        public void add(long key) {
            if (size == accesses.length) {
                if (size > Integer.MAX_VALUE / 2) {
                    throw new IllegalArgumentException("a trace may have 2^30 accesses at most");
                }
                accesses = Arrays.copyOf(accesses, 2 * size);
            }
            accesses[size++] = numbers.of(key);
        }

        /** The trace so far. */
        public Trace build(String name) {
            return new Trace(name, Arrays.copyOf(accesses, size), numbers.size());
        }
    }
}
