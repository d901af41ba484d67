package io.emucxl.benchmarks;

import io.emucxl.runtime.RemoteTier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Work on the heap beside an array that the agent places; {@link Untouched} runs it with and
 * without the agent.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class UntouchedWork {
    /** System property: whether the array is to be placed. */
    static final String PLACED = "benchmarks.placed";

    private static final int SIZE = 1 << 12;

    private final long[] numbers = new long[SIZE];
    private final Map<Integer, Long> map = new HashMap<>();
    private final String[] words = new String[SIZE];
    private Placed placed;

    /** Fills the heap, and has the agent place an array. */
    @Setup
    public void fill() {
        for (int i = 0; i < SIZE; i++) {
            numbers[i] = i * 48271L % SIZE;
            map.put(i, numbers[i]);
            words[i] = "word " + numbers[i];
        }
        placed = new Placed();
        if (placed.sum() != 0) {
            throw new IllegalStateException("a new array is not empty");
        }
        boolean isPlaced = Placed.class.getDeclaredFields()[0].getType() != long[].class;
        if (isPlaced != Boolean.getBoolean(PLACED)) {
            throw new IllegalStateException("the array is placed: " + isPlaced);
        }
    }

    /** Reads and writes an array of its own. */
    @Benchmark
    public long array() {
        long sum = 0;
        for (int i = 0; i < numbers.length; i++) {
            sum += numbers[i]++;
        }
        return sum;
    }

    /** Looks up boxed numbers. */
    @Benchmark
    public long lookups() {
        long sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += map.get((int) numbers[i] & (SIZE - 1));
        }
        return sum;
    }

    /** Sorts objects through an interface. */
    @Benchmark
    public String[] sort() {
        String[] copy = words.clone();
        Arrays.sort(copy, Comparator.reverseOrder());
        return copy;
    }

    /** Makes garbage. */
    @Benchmark
    public int text() {
        int length = 0;
        for (int i = 0; i < SIZE; i++) {
            length += new StringBuilder(words[i]).append(i).reverse().toString().length();
        }
        return length;
    }

    /** What the agent is there for. */
    private static final class Placed {
        @RemoteTier private final long[] table = new long[1 << 20];

        private long sum() {
            long sum = 0;
            for (long value : table) {
                sum += value;
            }
            return sum;
        }
    }
}
