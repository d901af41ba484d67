package io.emucxl.agent.programs;

/** Reads an array of 64 MiB in random order, ten million times. */
public final class Misses {

    private final long[] data = new long[8 << 20];

    private Misses() {}

    private long sum(int seed) {
        int x = seed;
        long sum = 0;
        for (int i = 0; i < 1000; i++) {
            x = x * 1664525 + 1013904223;
            sum += data[(x >>> 5) & (data.length - 1)];
        }
        return sum;
    }

    public static void main(String[] arguments) {
        Misses misses = new Misses();
        for (int i = 0; i < misses.data.length; i++) {
            misses.data[i] = i;
        }
        long sum = 0;
        for (int i = 0; i < 10_000; i++) {
            sum += misses.sum(i);
        }
        System.out.println(sum);
    }
}
