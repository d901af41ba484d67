package io.emucxl.policies.simulator;

import java.util.Arrays;

/** A sequence of accesses to units, which are numbered in the order of their first access. */
public final class Trace {
    private final String name;
    private final int[] accesses;
    private final int units;
    private final int[] ends;

    /** Takes the array, which must hold dense unit numbers in the order of first access. */
    private Trace(String name, int[] accesses, int units, int[] ends) {
        this.name = name;
        this.accesses = accesses;
        this.units = units;
        this.ends = ends;
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

    /** The number of periods that it was recorded in; 0 when it tells of none. */
    public int periods() {
        return ends.length;
    }

    /** One more than the last access of the {@code i}-th recorded period. */
    int periodEnd(int i) {
        return ends[i];
    }

    /** Collects a trace. */
    public static final class Builder {
        private final UnitNumbers numbers = new UnitNumbers();
        private int[] accesses = new int[1024];
        private int size;
        private int[] ends = new int[16];
        private int periods;

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

        /** Ends a period, unless nothing was accessed in it. */
        void endPeriod() {
            if (size == (periods == 0 ? 0 : ends[periods - 1])) {
                return;
            }
            if (periods == ends.length) {
                ends = Arrays.copyOf(ends, 2 * periods);
            }
            ends[periods++] = size;
        }

        /** The trace so far. When it has periods, the last one ends here. */
        public Trace build(String name) {
            if (periods > 0) {
                endPeriod();
            }
            return new Trace(
                    name,
                    Arrays.copyOf(accesses, size),
                    numbers.size(),
                    Arrays.copyOf(ends, periods));
        }
    }
}
