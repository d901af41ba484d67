package io.emucxl.runtime;

import io.emucxl.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
    private static final int FEWEST_MISSES = REGIONS / 4;

    private static final int CHAINS = 16;

    /** So many times the median is no latency of memory. */
    private static final double DISTURBED = 3;

    private static final int STEPS = 8;
    private static final int LINE_SHIFT = 6;
    private static final int LINE = 1 << LINE_SHIFT;

    /** Of the memory, not of the arithmetic: a step over one line takes less than this. */
    private static final double MOST_OVERHEAD = 15;

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
        long random = seed;
        for (int chain = 0; chain < CHAINS; chain++) {
            long before = System.nanoTime();
            random = chase(Space.BASE, Space.SHIFT, regions, count, random);
            times[chain] = (double) (System.nanoTime() - before) / STEPS;
        }
        saw(tier, Math.max(1, undisturbed(times) - overhead));
    }

    /** The mean without those during which the thread must have lost its CPU. */
    static double undisturbed(double[] times) {
        Arrays.sort(times);
        double most = DISTURBED * times[times.length / 2];
        double sum = 0;
        int count = 0;
        while (count < times.length && times[count] <= most) {
            sum += times[count++];
        }
        return sum / count;
    }

    static double[] times() {
        return new double[CHAINS];
    }

    /** Reads lines of the regions, each of which says where the next one is. */
    private static long chase(long base, int shift, int[] regions, int count, long seed) {
        long random = seed;
        for (int i = 0; i < STEPS; i++) {
            random = CacheFilter.mix(random);
            long region = regions[(int) (((random >>> 32) * count) >>> 32)];
            long line = random & ((1L << shift) - LINE);
            random += U.getLong(base + (region << shift) + line);
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
            double least = Double.MAX_VALUE;
            long random = 1;
            long end = System.nanoTime() + WARM_UP_NANOS;
            int steady = 0;
            while (steady < 20_000 && System.nanoTime() - end < 0) {
                long before = System.nanoTime();
                random = chase(base, LINE_SHIFT, none, REGIONS, random);
                double step = (double) (System.nanoTime() - before) / STEPS;
                steady = step < 0.9 * least ? 0 : steady + 1;
                least = Math.min(least, step);
            }
            return random == 0 ? Double.NaN : least;
        } finally {
            U.freeMemory(line);
        }
    }
}
