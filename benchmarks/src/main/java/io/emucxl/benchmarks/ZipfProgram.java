package io.emucxl.benchmarks;

import com.carrotsearch.hppc.BitMixer;
import com.carrotsearch.hppc.LongLongHashMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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
 * <p>Every access is drawn anew: the model of the cache sees some windows only, and could not tell
 * a list of draws that is gone through again and again from as many keys that are used more often.
 *
 * <p>It runs for as many seconds as each line of its standard input says, and answers each with a
 * line of numbers: the accesses, the nanoseconds that they took, and how much the counters of the
 * tiering engine grew that {@link #COUNTERS} names.
 */
public final class ZipfProgram {
    private static final int PAGE = 512;
    private static final int BLOCK_PAGES = 512;
    private static final int QUANTILES = 1 << 16;
    private static final int BATCH = 2000;
    private static final String TABLES = "-tables";
    private static final long TABLE_BYTES = 4 << 20;
    private static final double EXPONENT = 0.99;

    /** The attributes of the tiering engine's bean that are printed. */
    private static final List<String> COUNTERS =
            List.of("ChargedNanos", "LocalSamples", "RemoteSamples", "LocalMisses", "RemoteMisses");

    private final long[] table;
    private final int keys;
    private final Long2LongOpenHashMap[] fastutil;
    private final LongLongHashMap[] hppc;

    /** The rank below which the ranks have so many parts of all accesses. */
    private final float[] quantiles = new float[QUANTILES + 1];

    private final int ranks;

    /** The table or the block of each rank; null when ranks are of keys. */
    private final int[] numbers;

    private long random = 1;

    private ZipfProgram(String what, long bytes) {
        long blockBytes = (long) BLOCK_PAGES * PAGE * Long.BYTES;
        int blocks = (int) ((bytes + blockBytes - 1) / blockBytes);
        table = what.equals("array") ? new long[blocks * BLOCK_PAGES * PAGE] : null;
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
        ranks = table != null ? blocks * BLOCK_PAGES : many ? tables : keys;
        double zeta = (Math.pow(ranks, 1 - EXPONENT) - 1) / (1 - EXPONENT);
        for (int i = 0; i <= QUANTILES; i++) {
            double u = zeta * i / QUANTILES;
            quantiles[i] = (float) (Math.pow(u * (1 - EXPONENT) + 1, 1 / (1 - EXPONENT)) - 1);
        }
        numbers = many ? permutation(tables) : table != null ? permutation(blocks) : null;
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

    private static int[] permutation(int n) {
        Random random = new Random(1);
        int[] numbers = new int[n];
        for (int i = 0; i < n; i++) {
            int other = random.nextInt(i + 1);
            numbers[i] = numbers[other];
            numbers[other] = i;
        }
        return numbers;
    }

    /** Another random number; its upper bits are good (Knuth's linear congruence, MMIX). */
    private long random() {
        random = random * 6364136223846793005L + 1442695040888963407L;
        return random;
    }

    /** Draws a rank: between two quantiles all are alike. */
    private int rank() {
        long drawn = random() >>> Integer.SIZE;
        int at = (int) (drawn >>> 16);
        float part = (drawn & 0xFFFF) * 0x1p-16f;
        int rank = (int) (quantiles[at] + part * (quantiles[at + 1] - quantiles[at]));
        return Math.min(rank, ranks - 1);
    }

    /**
     * Runs the program.
     *
     * @param args one of the names above; MiB
     */
    public static void main(String[] args) throws IOException, JMException {
        // With a bean server the counters are there soon.
        ManagementFactory.getPlatformMBeanServer();
        ZipfProgram program = new ZipfProgram(args[0], Long.parseLong(args[1]) << 20);
        BufferedReader orders =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            System.out.println(program.run(Double.parseDouble(order)));
        }
    }

    private String run(double seconds) throws JMException {
        long[] before = counters();
        long start = System.nanoTime();
        long nanos = 0;
        long accesses = 0;
        long sum = 0;
        while (nanos < seconds * 1e9) {
            sum += fastutil != null ? fastutil() : hppc != null ? hppc() : array();
            accesses += BATCH;
            nanos = System.nanoTime() - start;
        }
        if (sum == 42) {
            System.err.println("what a sum");
        }
        StringBuilder line = new StringBuilder().append(accesses).append(' ').append(nanos);
        long[] after = counters();
        for (int i = 0; i < after.length; i++) {
            line.append(' ').append(after[i] - before[i]);
        }
        return line.toString();
    }

    private static long[] counters() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName engine = new ObjectName("io.emucxl:type=Tiering");
        long[] counters = new long[COUNTERS.size()];
        for (int i = 0; i < counters.length && server.isRegistered(engine); i++) {
            counters[i] = (Long) server.getAttribute(engine, COUNTERS.get(i));
        }
        return counters;
    }

    private long array() {
        long sum = 0;
        for (int i = 0; i < BATCH; i++) {
            int rank = rank();
            int page = numbers[rank / BLOCK_PAGES] * BLOCK_PAGES + rank % BLOCK_PAGES;
            int at = page * PAGE + (int) (random() >>> 55);
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
            int rank = rank();
            sum +=
                    fastutil.length == 1
                            ? fastutil[0].get(id(rank))
                            : fastutil[numbers[rank]].get(id(any()));
        }
        return sum;
    }

    private long hppc() {
        long sum = 0;
        for (int i = 0; i < BATCH; i++) {
            int rank = rank();
            sum += hppc.length == 1 ? hppc[0].get(id(rank)) : hppc[numbers[rank]].get(id(any()));
        }
        return sum;
    }

    /** The number of any key of a table. */
    private long any() {
        return ((random() >>> Integer.SIZE) * keys) >>> Integer.SIZE;
    }

    /**
     * The key of this number: numbers in a row would make long chains in HPPC's tables. None is 0:
     * both libraries keep that apart, and the hottest key must be one of the table's.
     */
    private static long id(long number) {
        return BitMixer.mix64(number + 1);
    }
}
