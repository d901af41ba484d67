package io.emucxl.runtime;

import java.util.Arrays;
import jdk.internal.misc.Unsafe;

/** Measures memory for {@link Calibration}. */
final class MemoryProbe {
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final int LINE = 64;
    private static final int WARM_UP_STEPS = 50_000;
    private static final int READ_ROUNDS = 12;
    private static final int PIECE = 64 << 10;
    private static final int CPUS = Runtime.getRuntime().availableProcessors();
    private static final int MOST_THREADS = 8;

    /** So many, and short ones, that the thread keeps its CPU during most of them. */
    private static final int ROUNDS = 201;

    /** So few that hardly a line is met again while a cache still holds it. */
    private static final int STEPS = 500;

    /** What is read between two looks at the clock. */
    private static final int STRETCH = 16 * PIECE;

    private MemoryProbe() {}

    static Calibration measure(long address, long bytes) {
        int lines = (int) (bytes / LINE);
        link(address, lines);
        evict(bytes / 2);
        double[] nanos = new double[ROUNDS];
        long at = chase(address, WARM_UP_STEPS);
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            at = chase(at, STEPS);
            nanos[round] = (double) (System.nanoTime() - start) / STEPS;
        }
        Reader[] readers = new Reader[Math.min(MOST_THREADS, CPUS)];
        long part = bytes / readers.length & -STRETCH;
        for (int i = 0; i < readers.length; i++) {
            readers[i] = new Reader(address + i * part, part);
            readers[i].start();
        }
        double bandwidth = 0;
        for (Reader reader : readers) {
            reader.await();
            bandwidth += reader.bandwidth;
            at += reader.sum == 0 ? bytes : 0;
        }
        if (at < address || at >= address + bytes) {
            throw new AssertionError("a chain of addresses that leaves the memory");
        }
        return new Calibration(median(nanos), bandwidth, bytes);
    }

    /** Adds up a part of the memory, several times over. */
    private static final class Reader extends Thread {
        private final long address;
        private final long bytes;
        private double bandwidth;
        private volatile long sum;

        Reader(long address, long bytes) {
            super("emucxl-calibration");
            setDaemon(true);
            this.address = address;
            this.bytes = bytes;
        }

        @Override
        public void run() {
            int stretches = (int) (bytes / STRETCH);
            double[] rates = new double[stretches * READ_ROUNDS / 2];
            long all = 0;
            for (int i = 0; i < stretches * READ_ROUNDS; i++) {
                long at = address + (long) (i % stretches) * STRETCH;
                long start = System.nanoTime();
                for (int done = 0; done < STRETCH; done += PIECE) {
                    all += sum(at + done);
                }
                // In the first rounds the loop is being compiled.
                rates[i % rates.length] = (double) STRETCH / (System.nanoTime() - start);
            }
            sum = all;
            bandwidth = median(rates);
        }

        void await() {
            boolean interrupted = false;
            while (isAlive()) {
                try {
                    join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Links the lines to one circle in random order, by Sattolo's algorithm. */
    private static void link(long address, int lines) {
        for (int i = 0; i < lines; i++) {
            U.putLong(address + (long) i * LINE, address + (long) i * LINE);
        }
        long random = 88172645463325252L;
        for (int i = lines - 1; i > 0; i--) {
            random ^= random << 13;
            random ^= random >>> 7;
            random ^= random << 17;
            long one = address + (long) i * LINE;
            long other = address + (random >>> 1) % i * LINE;
            long next = U.getLong(one);
            U.putLong(one, U.getLong(other));
            U.putLong(other, next);
        }
    }

    /** Leaves nothing in the caches that was there: linking has left a part of the lines. */
    private static void evict(long bytes) {
        long other = U.allocateMemory(bytes);
        try {
            U.setMemory(other, bytes, (byte) 1);
        } finally {
            U.freeMemory(other);
        }
    }

    private static long chase(long from, int steps) {
        long at = from;
        for (int i = 0; i < steps; i++) {
            at = U.getLong(at);
        }
        return at;
    }

    private static long sum(long address) {
        long sum = 0;
        // A line a round, or the loop would be slower than the memory.
        for (int i = 0; i < PIECE; i += LINE) {
            long at = address + i;
            sum +=
                    U.getLong(at)
                            + U.getLong(at + 8)
                            + U.getLong(at + 16)
                            + U.getLong(at + 24)
                            + U.getLong(at + 32)
                            + U.getLong(at + 40)
                            + U.getLong(at + 48)
                            + U.getLong(at + 56);
        }
        return sum;
    }
}
