package io.emucxl.agent.weave;

import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/** The class that the self-test rewrites: it keeps an array in a field, as programs do. */
final class Probe implements LongUnaryOperator {

    private long[] values;

    /** Fills an array of this length with squares and gives their sum. */
    @Override
    public long applyAsLong(long length) {
        values = new long[(int) length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) i * i;
        }
        values = Arrays.copyOf(values, values.length);
        long[] cached = values;
        long sum = 0;
        for (int i = 0; i < cached.length; i++) {
            sum += cached[i];
        }
        return sum;
    }
}
