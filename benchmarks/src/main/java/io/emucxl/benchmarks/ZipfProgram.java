package io.emucxl.benchmarks;

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
 * {@code hppc} the keys of a hash table have the ranks, and its hash function spreads them.
 *
 * <p>Prints the accesses per second, the slowdown by what was charged (the time over the time
 * without the waits for the modelled device), and the local share of the sampled accesses.
 */
public final class ZipfProgram {
    private static final int PAGE = 512;
    private static final int BLOCK_PAGES = 512;
    private static final int DRAWS = 1 << 20;
    private static final int BATCH = 2000;
    private static final double EXPONENT = 0.99;

    private final long[] table;
    private final Long2LongOpenHashMap fastutil;
    private final LongLongHashMap hppc;
    private final int[] draws = new int[DRAWS];
    private int next;

    private ZipfProgram(String what, long bytes) {
        long pages = bytes / (PAGE * Long.BYTES);
        table = what.equals("array") ? new long[(int) (bytes / Long.BYTES)] : null;
        if (table != null) {
            // Pages that were never touched cost so much more than a device.
            Arrays.fill(table, 1);
        }
        // Two arrays of longs, three quarters full.
        int keys = (int) (bytes / 16 * 3 / 4);
        fastutil = what.equals("fastutil") ? new Long2LongOpenHashMap(keys, 0.75f) : null;
        hppc = what.equals("hppc") ? new LongLongHashMap(keys, 0.75) : null;
        for (long key = 0; key < keys; key++) {
            if (fastutil != null) {
                fastutil.put(key, key);
            } else if (hppc != null) {
                hppc.put(key, key);
            }
        }
        draw(table == null ? keys : (int) pages);
    }

    /** Draws ranks once, for a table of them is quicker to read than a power to compute. */
    private void draw(int ranks) {
        Random random = new Random(1);
        int[] blocks = new int[(ranks + BLOCK_PAGES - 1) / BLOCK_PAGES];
        for (int i = 0; i < blocks.length; i++) {
            int other = random.nextInt(i + 1);
            blocks[i] = blocks[other];
            blocks[other] = i;
        }
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
     * @param args array, fastutil or hppc; MiB; seconds to find the hot part; seconds to measure
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
        for (int i = 0; i < BATCH; i++) {
            sum += fastutil.get((long) draws[next++ & (DRAWS - 1)]);
        }
        return sum;
    }

    private long hppc() {
        long sum = 0;
        for (int i = 0; i < BATCH; i++) {
            sum += hppc.get(draws[next++ & (DRAWS - 1)]);
        }
        return sum;
    }
}
