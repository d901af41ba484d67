package io.emucxl.policies.simulator;

import java.util.Arrays;
import java.util.Locale;

/** How long the decisions of a policy took on this machine. */
final class DecisionTimes {
    /** Of more, the times of the first so many are kept. */
    private static final int MOST = 1 << 20;

    private long[] nanos = new long[256];
    private int size;
    private long decisions;

    void add(long time) {
        decisions++;
        if (size == nanos.length) {
            if (size == MOST) {
                return;
            }
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = time;
    }

    /** Their number, median, 90th percentile and maximum. */
    @Override
    public String toString() {
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return size == 0
                ? "no decisions"
                : String.format(
                        Locale.ROOT,
                        "%d decisions: median %.3f ms, 90 %% %.3f ms, longest %.3f ms",
                        decisions,
                        sorted[size / 2] / 1e6,
                        sorted[(int) (size * 0.9)] / 1e6,
                        sorted[size - 1] / 1e6);
    }
}
