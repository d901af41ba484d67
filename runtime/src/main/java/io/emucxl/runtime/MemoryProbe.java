package io.emucxl.runtime;

import jdk.internal.misc.Unsafe;

/** Measures memory for {@link Calibration}. */
final class MemoryProbe {
    private static final Unsafe U = Unsafe.getUnsafe();
    private static final int LINE = 64;
    private static final int ROUNDS = 9;
    private static final int PIECE = 64 << 10;
    private static final int CPUS = Runtime.getRuntime().availableProcessors();
    private static final int MOST_THREADS = 8;
    private static final int STEPS = 100_000;

    private MemoryProbe() {}

    static Calibration ofProcess(long bytes) {
        long address = U.allocateMemory(bytes + LINE);
        try {
            return measure((address + LINE - 1) & -LINE, bytes);
        } finally {
            U.freeMemory(address);
        }
    }

    static Calibration measure(long address, long bytes) {
        int lines = (int) (bytes / LINE);
        link(address, lines);
        double nanos = Double.MAX_VALUE;
        long at = address;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            at = chase(at, STEPS);
            nanos = Math.min(nanos, (double) (System.nanoTime() - start) / STEPS);
        }
        Reader[] readers = new Reader[Math.min(MOST_THREADS, CPUS)];
        long part = bytes / readers.length & -PIECE;
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
        return new Calibration(nanos, bandwidth, bytes);
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
            for (int round = 0; round < 3; round++) {
                long start = System.nanoTime();
                long all = 0;
                for (long done = 0; done < bytes; done += PIECE) {
                    all += sum(address + done);
                }
                sum = all;
                bandwidth = Math.max(bandwidth, (double) bytes / (System.nanoTime() - start));
            }
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

    private static long chase(long from, int steps) {
        long at = from;
        for (int i = 0; i < steps; i++) {
            at = U.getLong(at);
        }
        return at;
    }

    private static long sum(long address) {
        long sum = 0;
        for (int i = 0; i < PIECE; i += Long.BYTES) {
            sum += U.getLong(address + i);
        }
        return sum;
    }
}
