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

/**
 * Loops over two {@code int[]} of the same elements. Run under the agent, so that one of them is
 * tiered: what is measured is what the rewriter made of the same code. The loops are in methods
 * that are called with both arrays, of which the rewriter makes a second version.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class IntAccess {
    private static final int READS = 1 << 16;

    /** In the first-level cache, and in none. */
    @Param({"16", "65536"})
    public int kibibytes;

    private int[] heap;
    @RemoteTier private int[] tiered;
    private int mask;

    /** Makes both arrays, of the same elements. */
    @Setup
    public void allocate() {
        int n = (kibibytes << 10) / Integer.BYTES;
        mask = n - 1;
        heap = new int[n];
        tiered = new int[n];
        for (int i = 0; i < n; i++) {
            heap[i] = i;
            tiered[i] = i;
        }
        if (Tiering.missing(this)) {
            throw new IllegalStateException("not run under the agent: both arrays are on the heap");
        }
    }

    @Benchmark
    public long randomHeap() {
        return random(heap, mask);
    }

    @Benchmark
    public long randomTiered() {
        return random(tiered, mask);
    }

    private static long random(int[] a, int mask) {
        int x = 1;
        long sum = 0;
        for (int i = 0; i < READS; i++) {
            x = x * 1664525 + 1013904223;
            sum += a[(x >>> 8) & mask];
        }
        return sum;
    }

    @Benchmark
    public long sumHeap() {
        return sum(heap);
    }

    @Benchmark
    public long sumTiered() {
        return sum(tiered);
    }

    private static long sum(int[] a) {
        long sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i];
        }
        return sum;
    }

    @Benchmark
    public void fillHeap() {
        fill(heap);
    }

    @Benchmark
    public void fillTiered() {
        fill(tiered);
    }

    private static void fill(int[] a) {
        for (int i = 0; i < a.length; i++) {
            a[i] = 7;
        }
    }

    @Benchmark
    public void mapHeap() {
        map(heap);
    }

    @Benchmark
    public void mapTiered() {
        map(tiered);
    }

    private static void map(int[] a) {
        for (int i = 0; i < a.length; i++) {
            a[i] += 7;
        }
    }
}
