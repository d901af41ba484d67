package io.emucxl.policies.simulator;

import java.util.Arrays;

/**
 * The units that were accessed in a period, with counts. Which access came first is not recorded:
 * the accesses of each unit are spread evenly over the period, so that a policy that decides after
 * every access meets them as the program may have made them, and not in runs.
 */
final class RecordedPeriod {
    private long[] units = new long[256];
    private long[] counts = new long[256];
    private int size;
    private long total;

    void add(long unit, long count) {
        if (size == units.length) {
            units = Arrays.copyOf(units, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        units[size] = unit;
        counts[size++] = count;
        total += count;
        if (total > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException("a trace may have 2^30 accesses at most");
        }
    }

    /** Adds the accesses to a trace, and forgets them. */
    void flush(Trace.Builder trace) {
        double[] moments = new double[(int) total];
        int[] which = new int[(int) total];
        int n = 0;
        for (int i = 0; i < size; i++) {
            double offset = (i + 0.5) / size;
            for (long j = 0; j < counts[i]; j++) {
                moments[n] = (j + offset) / counts[i];
                which[n++] = i;
            }
        }
        long[] order = new long[n];
        for (int i = 0; i < n; i++) {
            // 32 bits of the moment, then the access: sorts by the moment.
            order[i] = (long) (moments[i] * (1L << 32)) << 31 | i;
        }
        Arrays.sort(order);
        for (long each : order) {
            trace.add(units[which[(int) (each & Integer.MAX_VALUE)]]);
        }
        size = 0;
        total = 0;
    }
}
