package io.emucxl.benchmarks;

import java.util.Locale;

/**
 * A plain Java program that the agent rewrites: pointer chasing, random reads and streaming over an
 * array for each thread, which is much larger than a cache. {@link Fidelity} runs it.
 *
 * <p>Prints a line for each kind of work: its name, and the nanoseconds of an access of one thread,
 * or the bytes a nanosecond of all threads.
 */
public final class FidelityProgram {
    private static final int LINE = 8;
    private static final int CHASE = 2000;
    private static final int RANDOM = 5000;
    private static final int PIECE = 8192;

    private final long[] data;
    private final long[] sums = new long[8];
    private int at;
    private int seed = 1;

    private FidelityProgram(int length) {
        data = new long[length];
    }

    /**
     * Runs the program.
     *
     * @param args the number of threads; MiB of each one's array, a power of two; seconds for each
     *     kind of work
     */
    public static void main(String[] args) throws InterruptedException {
        int threads = Integer.parseInt(args[0]);
        int length = Integer.parseInt(args[1]) << 17;
        double seconds = Double.parseDouble(args[2]);
        FidelityProgram[] programs = new FidelityProgram[threads];
        for (int i = 0; i < threads; i++) {
            programs[i] = new FidelityProgram(length);
            programs[i].link();
        }
        for (String work : new String[] {"chase", "random", "read", "write"}) {
            run(programs, work, seconds / 3);
            double rate = run(programs, work, seconds);
            boolean latency = work.equals("chase") || work.equals("random");
            System.out.printf(
                    Locale.ROOT, "%s %.4f%n", work, latency ? threads / rate : rate * Long.BYTES);
        }
    }

    /** Accesses a nanosecond of all threads. */
    private static double run(FidelityProgram[] programs, String work, double seconds)
            throws InterruptedException {
        Worker[] workers = new Worker[programs.length];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(programs[i], work, (long) (seconds * 1e9));
            workers[i].start();
        }
        double rate = 0;
        for (Worker worker : workers) {
            worker.join();
            rate += worker.rate;
        }
        return rate;
    }

    private static final class Worker extends Thread {
        private final FidelityProgram program;
        private final String work;
        private final long nanos;
        private double rate;

        Worker(FidelityProgram program, String work, long nanos) {
            this.program = program;
            this.work = work;
            this.nanos = nanos;
        }

        @Override
        public void run() {
            long start = System.nanoTime();
            long time = start;
            long done = 0;
            while (time - start < nanos) {
                for (int i = 0; i < 20; i++) {
                    done += program.work(work);
                }
                time = System.nanoTime();
            }
            rate = (double) done / (time - start);
        }
    }

    private int work(String work) {
        switch (work) {
            case "chase" -> {
                at = chase(at);
                return CHASE;
            }
            case "random" -> {
                seed = random(seed);
                return RANDOM;
            }
            case "read" -> {
                at = (at + PIECE) & (data.length - 1);
                sums[0] += read(at & -PIECE);
                return PIECE;
            }
            default -> {
                at = (at + PIECE) & (data.length - 1);
                write(at & -PIECE);
                return PIECE;
            }
        }
    }

    /** Links the cache lines to one circle in random order, by Sattolo's algorithm. */
    private void link() {
        int lines = data.length / LINE;
        for (int i = 0; i < lines; i++) {
            data[i * LINE] = (long) i * LINE;
        }
        long random = 88172645463325252L;
        for (int i = lines - 1; i > 0; i--) {
            random ^= random << 13;
            random ^= random >>> 7;
            random ^= random << 17;
            int other = (int) ((random >>> 1) % i);
            long next = data[i * LINE];
            data[i * LINE] = data[other * LINE];
            data[other * LINE] = next;
        }
    }

    private int chase(int from) {
        int p = from;
        for (int i = 0; i < CHASE; i++) {
            p = (int) data[p];
        }
        return p;
    }

    private int random(int from) {
        int mask = data.length - 1;
        int x = from;
        long sum = 0;
        for (int i = 0; i < RANDOM; i++) {
            x = x * 1664525 + 1013904223;
            sum += data[(x >>> 5) & mask];
        }
        sums[1] += sum;
        return x;
    }

    private long read(int from) {
        long sum = 0;
        for (int i = from; i < from + PIECE; i++) {
            sum += data[i];
        }
        return sum;
    }

    private void write(int from) {
        for (int i = from; i < from + PIECE; i++) {
            data[i] = i;
        }
    }
}
