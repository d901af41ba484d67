package io.emucxl.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import jdk.internal.misc.Unsafe;
import org.junit.jupiter.api.Test;

/** The fallback of the sort, which only hostile input reaches by itself. */
class HeapSortTest {
    private static final Unsafe U = Unsafe.getUnsafe();

    @Test
    void sortsARangeAndNothingElse() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int n = 1; n < 300; n++) {
            long[] values = random.longs(n, -20, 20).toArray();
            double[] fractions = random.doubles(n).map(d -> d < 0.2 ? -0d : d - 0.5).toArray();
            int low = random.nextInt(n);
            int high = low + random.nextInt(n - low);
            long memory = U.allocateMemory(8L * n);
            U.copyMemory(values, Kind.heapBase(Kind.LONG), null, memory, 8L * n);
            LongSort.heapSort(memory, low, high);
            Arrays.sort(values, low, high + 1);
            long[] sorted = new long[n];
            U.copyMemory(null, memory, sorted, Kind.heapBase(Kind.LONG), 8L * n);
            assertArrayEquals(values, sorted);

            U.copyMemory(fractions, Kind.heapBase(Kind.DOUBLE), null, memory, 8L * n);
            DoubleSort.heapSort(memory, low, high);
            Arrays.sort(fractions, low, high + 1);
            double[] sortedFractions = new double[n];
            U.copyMemory(null, memory, sortedFractions, Kind.heapBase(Kind.DOUBLE), 8L * n);
            assertArrayEquals(fractions, sortedFractions);
            U.freeMemory(memory);
        }
    }
}
