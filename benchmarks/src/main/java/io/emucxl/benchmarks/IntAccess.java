package io.emucxl.benchmarks;

import io.emucxl.runtime.IntElements;
import io.emucxl.runtime.TieredArray;
import io.emucxl.runtime.Window;
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
 * Loops over a {@code int[]}, each as javac compiles it and as the rewriter leaves it: the state of
 * the window is read at the entry and at the head of each loop.
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
    private TieredArray tiered;
    private int mask;

    /** Makes both arrays, of the same elements. */
    @Setup
    public void allocate() {
        int n = (kibibytes << 10) / Integer.BYTES;
        mask = n - 1;
        heap = new int[n];
        tiered = IntElements.allocate(n, Sampling.start());
        for (int i = 0; i < n; i++) {
            heap[i] = i;
            IntElements.set(tiered, i, i);
        }
    }

    @Benchmark
    public long randomHeap() {
        int[] a = heap;
        int x = 1;
        long sum = 0;
        for (int i = 0; i < READS; i++) {
            x = x * 1664525 + 1013904223;
            sum += a[(x >>> 8) & mask];
        }
        return sum;
    }

    @Benchmark
    public long randomTiered() {
        boolean open = Window.open;
        TieredArray a = tiered;
        int x = 1;
        long sum = 0;
        for (int i = 0; i < READS; i++) {
            x = x * 1664525 + 1013904223;
            sum += IntElements.get(a, (x >>> 8) & mask, open);
            open = Window.open;
        }
        return sum;
    }

    @Benchmark
    public long sumHeap() {
        int[] a = heap;
        long sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i];
        }
        return sum;
    }

    @Benchmark
    public long sumTiered() {
        boolean open = Window.open;
        TieredArray a = tiered;
        long sum = 0;
        for (int i = 0; i < TieredArray.length(a); i++) {
            sum += IntElements.get(a, i, open);
            open = Window.open;
        }
        return sum;
    }

    @Benchmark
    public void fillHeap() {
        int[] a = heap;
        for (int i = 0; i < a.length; i++) {
            a[i] = 7;
        }
    }

    @Benchmark
    public void fillTiered() {
        boolean open = Window.open;
        TieredArray a = tiered;
        for (int i = 0; i < TieredArray.length(a); i++) {
            IntElements.set(a, i, 7, open);
            open = Window.open;
        }
    }

    @Benchmark
    public void mapHeap() {
        int[] a = heap;
        for (int i = 0; i < a.length; i++) {
            a[i] += 7;
        }
    }

    @Benchmark
    public void mapTiered() {
        boolean open = Window.open;
        TieredArray a = tiered;
        for (int i = 0; i < TieredArray.length(a); i++) {
            IntElements.set(a, i, IntElements.get(a, i, open) + 7, open);
            open = Window.open;
        }
    }
}
