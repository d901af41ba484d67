package io.emucxl.benchmarks;

import com.carrotsearch.hppc.BitMixer;
import com.carrotsearch.hppc.LongLongHashMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * A plain Java program that the agent rewrites: a large data structure, of which some parts are
 * accessed much more often than others (Zipf, exponent 0.99). {@link LivePolicies} runs it.
 *
 * <p>{@code array} is a table of pages of 4 KiB, ordered by nothing but luck in blocks of 2 MiB:
 * the block of a page is drawn, pages of about the same rank share it. In {@code fastutil} and
 * {@code hppc} the keys of one hash table have the ranks, and its hash function spreads them. In
 * {@code fastutil-tables} and {@code hppc-tables} there is a table of 4 MiB for each customer, say:
 * the tables have the ranks, in an order of luck, and the keys of a table are alike.
 *
 * <p>Prints the accesses per second, the slowdown by what was charged (the time over the time
 * without the waits for the modelled device), and the local share of the sampled accesses.
 */
public final class ZipfProgram {
    private static final int PAGE = 512;
    private static final int BLOCK_PAGES = 512;
    private static final int DRAWS = 1 << 20;
    private static final int BATCH = 2000;
    private static final String TABLES = "-tables";
    private static final long TABLE_BYTES = 4 << 20;
    private static final double EXPONENT = 0.99;

    private final long[] table;
    private final int keys;
    private final Long2LongOpenHashMap[] fastutil;
    private final LongLongHashMap[] hppc;
    private final int[] draws = new int[DRAWS];
    private int next;

    private ZipfProgram(String what, long bytes) {
        long pages = bytes / (PAGE * Long.BYTES);
        table = what.equals("array") ? new long[(int) (bytes / Long.BYTES)] : null;
        if (table != null) {
            // Pages that were never touched cost so much more than a device.
            Arrays.fill(table, 1);
        }
        boolean many = what.endsWith(TABLES);
        int tables = many ? (int) Math.max(1, bytes / TABLE_BYTES) : 1;
        // Two arrays of longs, three quarters full.
        keys = (int) (bytes / tables / 16 * 3 / 4);
        fastutil = what.startsWith("fastutil") ? new Long2LongOpenHashMap[tables] : null;
        hppc = what.startsWith("hppc") ? new LongLongHashMap[tables] : null;
        for (int i = 0; table == null && i < tables; i++) {
            fill(i);
        }
        draw(table != null ? (int) pages : many ? tables : keys);
        if (many) {
            shuffle(draws, tables);
        }
    }

    private void fill(int number) {
        if (fastutil != null) {
            fastutil[number] = new Long2LongOpenHashMap(keys, 0.75f);
            for (long key = 0; key < keys; key++) {
                fastutil[number].put(id(key), key);
            }
        } else {
            hppc[number] = new LongLongHashMap(keys, 0.75);
            for (long key = 0; key < keys; key++) {
                hppc[number].put(id(key), key);
            }
        }
    }

    /** Gives the ranks below {@code n} to other numbers below it. */
    private static void shuffle(int[] ranks, int n) {
        int[] numbers = permutation(n, new Random(2));
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = numbers[ranks[i]];
        }
    }

    private static int[] permutation(int n, Random random) {
        int[] numbers = new int[n];
        for (int i = 0; i < n; i++) {
            int other = random.nextInt(i + 1);
            numbers[i] = numbers[other];
            numbers[other] = i;
        }
        return numbers;
    }

    /** Draws ranks once, for a table of them is quicker to read than a power to compute. */
    private void draw(int ranks) {
        Random random = new Random(1);
        int[] blocks = permutation((ranks + BLOCK_PAGES - 1) / BLOCK_PAGES, random);
        double zeta = (Math.pow(ranks, 1 - EXPONENT) - 1) / (1 - EXPONENT);
        for (int i = 0; i < DRAWS; i++) {
            double u = random.nextDouble() * zeta;
            int rank = (int) (Math.pow(u * (1 - EXPONENT) + 1, 1 / (1 - EXPONENT)) - 1);
            rank = Math.min(rank, ranks - 1);
            draws[i] =
                    table == null
                            ? rank
                            : blocks[rank / BLOCK_PAGES] * BLOCK_PAGES + rank % BLOCK_PAGES;
        }
    }

    /**
     * Runs the program.
     *
     * @param args one of the names above; MiB; seconds to find the hot part; seconds to measure
     */
    public static void main(String[] args) throws JMException {
        // With a bean server the counters are there soon.
        ManagementFactory.getPlatformMBeanServer();
        ZipfProgram program = new ZipfProgram(args[0], Long.parseLong(args[1]) << 20);
        program.run(Double.parseDouble(args[2]));
        program.measure(Double.parseDouble(args[3]));
    }

    private void measure(double seconds) throws JMException {
        long charged = counter("ChargedNanos");
        long local = counter("LocalSamples");
        long remote = counter("RemoteSamples");
        double rate = run(seconds);
        double waited = (counter("ChargedNanos") - charged) / 1e9;
        local = counter("LocalSamples") - local;
        remote = counter("RemoteSamples") - remote;
        System.out.printf(
                Locale.ROOT,
                "%.0f %.4f %.4f%n",
                rate,
                seconds / (seconds - waited),
                (double) local / (local + remote));
    }

    private static long counter(String name) throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName engine = new ObjectName("io.emucxl:type=Tiering");
        return server.isRegistered(engine) ? (Long) server.getAttribute(engine, name) : 0;
    }

    /** Accesses per second. */
    private double run(double seconds) {
        long start = System.nanoTime();
        long time = start;
        long done = 0;
        long sum = 0;
        while (time - start < seconds * 1e9) {
            sum += fastutil != null ? fastutil() : hppc != null ? hppc() : array();
            done += BATCH;
            time = System.nanoTime();
        }
        if (sum == 42) {
            System.err.println("what a sum");
        }
        return done / ((time - start) / 1e9);
    }

    private long array() {
        long sum = 0;
        int x = next * 31 + 7;
        for (int i = 0; i < BATCH; i++) {
            int page = draws[next++ & (DRAWS - 1)];
            x = x * 1664525 + 1013904223;
            int at = page * PAGE + (x >>> 23);
            sum += table[at];
            if ((i & 7) == 0) {
                table[at] = sum;
            }
        }
        return sum;
    }

    private long fastutil() {
        long sum = 0;
        int x = next * 31 + 7;
        for (int i = 0; i < BATCH; i++) {
            int draw = draws[next++ & (DRAWS - 1)];
            x = x * 1664525 + 1013904223;
            sum +=
                    fastutil.length == 1
                            ? fastutil[0].get(id(draw))
                            : fastutil[draw].get(id(any(x)));
        }
        return sum;
    }

    private long hppc() {
        long sum = 0;
        int x = next * 31 + 7;
        for (int i = 0; i < BATCH; i++) {
            int draw = draws[next++ & (DRAWS - 1)];
            x = x * 1664525 + 1013904223;
            sum += hppc.length == 1 ? hppc[0].get(id(draw)) : hppc[draw].get(id(any(x)));
        }
        return sum;
    }

    /** The number of a key from a random number. */
    private long any(int random) {
        return ((random & 0xFFFFFFFFL) * keys) >>> Integer.SIZE;
    }

    /** The key of this number: numbers in a row would make long chains in HPPC's tables. */
    private static long id(long number) {
        return BitMixer.mix64(number);
    }
}
