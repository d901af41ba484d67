package io.emucxl.benchmarks;

import io.emucxl.runtime.RemoteTier;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Work on an array that the agent places; {@link Overhead} runs it with and without sampling. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SampledAccess {
    private static final int READS = 1 << 14;

    /** In the first-level cache, and in none. */
    @Param({"16", "65536"})
    public int kibibytes;

    @RemoteTier private long[] data;
    private int seed = 1;

    /** Fills the array. */
    @Setup
    public void allocate() {
        data = new long[kibibytes << 7];
        for (int i = 0; i < data.length; i++) {
            data[i] = i;
        }
    }

    /** Reads in random order. */
    @Benchmark
    public long random() {
        int mask = data.length - 1;
        int x = seed;
        long sum = 0;
        for (int i = 0; i < READS; i++) {
            x = x * 1664525 + 1013904223;
            sum += data[(x >>> 8) & mask];
        }
        seed = x;
        return sum;
    }

    /** Counts in random order. */
    @Benchmark
    public void count() {
        int mask = data.length - 1;
        int x = seed;
        for (int i = 0; i < READS; i++) {
            x = x * 1664525 + 1013904223;
            data[(x >>> 8) & mask]++;
        }
        seed = x;
    }
}
