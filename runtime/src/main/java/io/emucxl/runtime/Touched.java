package io.emucxl.runtime;

import java.util.Arrays;

/** The regions that were accessed in a period, with their sampled reads and writes. */
final class Touched {
    private int[] regions = new int[256];
    private long[] reads = new long[256];
    private long[] writes = new long[256];
    private int size;

    void clear() {
        size = 0;
    }

    void add(int region, long readMarks, long writeMarks) {
        if (size == regions.length) {
            int length = 2 * size;
            regions = Arrays.copyOf(regions, length);
            reads = Arrays.copyOf(reads, length);
            writes = Arrays.copyOf(writes, length);
        }
        regions[size] = region;
        reads[size] = readMarks;
        writes[size] = writeMarks;
        size++;
    }

    int size() {
        return size;
    }

    int region(int k) {
        return regions[k];
    }

    long reads(int k) {
        return reads[k];
    }

    long writes(int k) {
        return writes[k];
    }
}
