package io.emucxl.runtime;

import io.emucxl.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.internal.misc.Unsafe;

/**
 * The latency of the memory that a tier really is: at first what {@link Calibration} says, and then
 * what threads measure that are about to wait for the tier's device.
 *
 * <p>They chase through the regions that they missed in, reading a line whose address depends on
 * the line before. Where pages lie in physical memory, what other programs do, and how large the
 * data is change the latency by a third, so one measurement at the start is not enough.
 *
 * <p>Only the emulated backend is measured in this way: there a region that is given back stays
 * readable. Written without synchronization by whoever measures.
 */
final class NativeLatency {
    /** Misses whose regions a thread keeps for measuring. */
    static final int REGIONS = 1024;

    private static final Unsafe U = Unsafe.getUnsafe();
    private static final double SMOOTHING = 0.2;

    /**
     * Misses below which a thread measures nothing: those of a stream are in regions whose lines
     * and page tables are in the caches, and latency matters little to it.
     */
    private static final int FEWEST_MISSES = REGIONS / 32;

    private static final int STEPS = 128;

    /** A part of the steps that is enough to tell the latency. */
    private static final int FEWEST_STEPS = STEPS / 4;

    /** Below this part of the latency at the start a cache has answered. */
    private static final double CACHED = 0.5;

    /** So many times the latency at the start is none: the thread has lost its CPU. */
    private static final double DISTURBED = 3;

    private static final int LINE_SHIFT = 6;
    private static final int LINE = 1 << LINE_SHIFT;

    /** Of the clock and the arithmetic: a step over one line takes less than this. */
    private static final double MOST_OVERHEAD = 100;

    private static final long WARM_UP_NANOS = 300_000_000L;

    private final double[] start;
    private final double[] nanos;
    private final double overhead;

    NativeLatency(DeviceModel model) {
        this(model, Double.NaN);
    }

    private NativeLatency(DeviceModel model, double overhead) {
        start = new double[] {model.localNanos(), model.remoteNanos()};
        nanos = start.clone();
        this.overhead = overhead;
    }

    /** One that threads keep up to date, where that is possible. */
    static NativeLatency measured(DeviceModel model) {
        return new NativeLatency(model, regionsStayReadable() ? overhead() : Double.NaN);
    }

    /** Also when they are given back at the same moment. */
    private static boolean regionsStayReadable() {
        try {
            return Space.SPACE.backend() == Backend.EMULATED
                    && !Files.readString(Path.of("/proc/sys/vm/overcommit_memory"))
                            .strip()
                            .equals("2");
        } catch (IOException e) {
            return false;
        }
    }

    double nanos(int tier) {
        return nanos[tier];
    }

    /** How much slower the memory is than at the start. */
    double drift(int tier) {
        return nanos[tier] / start[tier];
    }

    /** Takes account of a measurement. */
    void saw(int tier, double seen) {
        nanos[tier] += SMOOTHING * (seen - nanos[tier]);
    }

    /**
     * Measures a tier.
     *
     * @param regions of the tier, which the thread has accessed
     * @param count how many there are
     * @param seed a different one each time
     * @param times room for some times
     */
    void measure(int tier, int[] regions, int count, long seed, double[] times) {
        if (count < FEWEST_MISSES || !(overhead < MOST_OVERHEAD)) {
            return;
        }
        long end = chase(Space.BASE, Space.SHIFT, regions, count, seed, times);
        double seen = ofMemory(times, overhead, start[tier]);
        if (end != 0 && !Double.isNaN(seen)) { // without a use of the end the JIT drops the chain
            saw(tier, seen);
        }
    }

    /**
     * The mean of the steps that memory has answered, less the overhead; NaN when they are few.
     *
     * @param usual what a step takes about
     */
    static double ofMemory(double[] times, double overhead, double usual) {
        double sum = 0;
        int count = 0;
        for (double time : times) {
            double nanos = time - overhead;
            if (nanos > CACHED * usual && nanos < DISTURBED * usual) {
                sum += nanos;
                count++;
            }
        }
        return count < FEWEST_STEPS ? Double.NaN : sum / count;
    }

    static double[] times() {
        return new double[STEPS];
    }

    /**
     * Reads lines of the regions, each of which says where the next one is, and takes the time of
     * each: the clock waits for the line.
     */
    private static long chase(
            long base, int shift, int[] regions, int count, long seed, double[] times) {
        long random = seed;
        long before = System.nanoTime();
        for (int i = 0; i < STEPS; i++) {
            random = CacheFilter.mix(random);
            long region = regions[(int) (((random >>> 32) * count) >>> 32)];
            long line = random & ((1L << shift) - LINE);
            random += U.getLong(base + (region << shift) + line);
            long after = System.nanoTime();
            times[i] = after - before;
            before = after;
        }
        return random;
    }

    /** What a step takes beside the memory, once it is compiled; NaN if that takes too long. */
    private static double overhead() {
        long line = U.allocateMemory(2 * LINE);
        try {
            U.setMemory(line, 2 * LINE, (byte) 0);
            long base = (line + LINE - 1) & -LINE;
            int[] none = new int[REGIONS];
            double[] times = times();
            double least = Double.MAX_VALUE;
            long random = 1;
            long end = System.nanoTime() + WARM_UP_NANOS;
            int steady = 0;
            while (steady < 1000 && System.nanoTime() - end < 0) {
                random = chase(base, LINE_SHIFT, none, REGIONS, random, times);
                double step = MemoryProbe.median(times);
                steady = step < 0.9 * least ? 0 : steady + 1;
                least = Math.min(least, step);
            }
            return random == 0 ? Double.NaN : least;
        } finally {
            U.freeMemory(line);
        }
    }
}
