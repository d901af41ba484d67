package io.emucxl.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * A plain Java program that the agent rewrites: pointer chasing, random reads and streaming over
 * arrays of each thread, which are much larger than a cache. {@link Fidelity} runs it.
 *
 * <p>The kinds of work take turns, in several rounds, so that a machine that becomes slower does
 * not favour one of them. Prints a line for each turn: the kind of work, the nanoseconds of an
 * access of one thread, and how many of these were charged, by the agent's own account.
 */
public final class FidelityProgram {
    private static final int LINE = 8;
    private static final int CHASE = 2000;
    private static final int RANDOM = 5000;
    private static final int PIECE = 8192;

    private static final String[] WORKS = {"chase", "random", "read", "write"};

    /** Linked for chasing; read in random order as well. */
    private final long[] data;

    private final long[] stream;
    private final long[] sums = new long[8];
    private int at;
    private int next;
    private int seed = 1;

    private FidelityProgram(int length) {
        data = new long[length];
        stream = new long[length >> 1];
    }

    /**
     * Runs the program.
     *
     * @param args the number of threads; MiB of each one's linked array, a power of two; seconds of
     *     a turn; rounds to measure
     */
    public static void main(String[] args) throws InterruptedException, JMException {
        int threads = Integer.parseInt(args[0]);
        int length = Integer.parseInt(args[1]) << 17;
        double seconds = Double.parseDouble(args[2]);
        int rounds = Integer.parseInt(args[3]);
        FidelityProgram[] programs = new FidelityProgram[threads];
        for (int i = 0; i < threads; i++) {
            programs[i] = new FidelityProgram(length);
            programs[i].link();
        }
        for (String work : WORKS) {
            run(programs, work, seconds);
        }
        for (int round = 0; round < rounds; round++) {
            for (String work : WORKS) {
                System.out.println(work + " " + run(programs, work, seconds));
            }
        }
    }

    private static String run(FidelityProgram[] programs, String work, double seconds)
            throws InterruptedException, JMException {
        Worker[] workers = new Worker[programs.length];
        long charged = charged();
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(programs[i], work, (long) (seconds * 1e9));
            workers[i].start();
        }
        long accesses = 0;
        long nanos = 0;
        for (Worker worker : workers) {
            worker.join();
            accesses += worker.accesses;
            nanos += worker.took;
        }
        return String.format(
                Locale.ROOT,
                "%.4f %.4f",
                (double) nanos / accesses,
                (double) (charged() - charged) / accesses);
    }

    private static long charged() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("io.emucxl:type=Tiering");
        return server.isRegistered(name) ? (Long) server.getAttribute(name, "ChargedNanos") : 0;
    }

    private static final class Worker extends Thread {
        private final FidelityProgram program;
        private final String work;
        private final long nanos;
        private long accesses;
        private long took;

        Worker(FidelityProgram program, String work, long nanos) {
            this.program = program;
            this.work = work;
            this.nanos = nanos;
        }

        @Override
        public void run() {
            long start = System.nanoTime();
            while (took < nanos) {
                for (int i = 0; i < 20; i++) {
                    accesses += program.work(work);
                }
                took = System.nanoTime() - start;
            }
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
                next = (next + PIECE) & (stream.length - 1);
                sums[0] += read(next);
                return PIECE;
            }
            default -> {
                next = (next + PIECE) & (stream.length - 1);
                write(next);
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
            sum += stream[i];
        }
        return sum;
    }

    private void write(int from) {
        for (int i = from; i < from + PIECE; i++) {
            stream[i] = i;
        }
    }
}
