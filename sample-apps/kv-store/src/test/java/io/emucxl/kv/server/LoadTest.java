package io.emucxl.kv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.kv.Capacity;
import io.emucxl.kv.Statistics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/**
 * Many keys of 1 KiB, a quarter of them local, Zipf reads over 50 connections. With {@code
 * -Dkv.keys=1000000} a million keys, for which the machine needs 2 GiB.
 */
class LoadTest {
    private static final int KEYS = Integer.getInteger("kv.keys", 50_000);
    private static final int VALUE = 1024;
    private static final int CONNECTIONS = 50;
    private static final int BATCH = 100;
    private static final int PATIENCE_MILLIS = 120_000;
    private static final double SKEW = 0.99;

    @Test
    void zipfReadsOverFiftyConnectionsAreServedMostlyLocally() throws Exception {
        long bytes = (long) KEYS * (VALUE + 16);
        double[] zipf = zipf();
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        try (Served served = new Served(Capacity.bytes(bytes / 4, bytes))) {
            load(served.port());
            Statistics before = served.store.statistics();
            assertEquals(KEYS, before.localObjects() + before.remoteObjects());
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                SplittableRandom random = new SplittableRandom(i);
                Thread client = new Thread(() -> read(served.port(), zipf, random));
                client.setUncaughtExceptionHandler((thread, e) -> failures.add(e));
                client.start();
                clients.add(client);
            }
            for (Thread client : clients) {
                client.join();
            }
            assertTrue(failures.isEmpty(), failures::toString);
            Statistics after = served.store.statistics();
            assertEquals(0, after.missedGets());
            assertTrue(after.localBytes() <= bytes / 4);
            // What the hottest objects would take that fit, if somebody knew them.
            long fit = bytes / 4 / (before.localBytes() / before.localObjects());
            double best = zipf[(int) fit - 1];
            System.out.printf(
                    "%d keys of %d bytes, 25 %% local, Zipf %.2f, %d connections: %.1f %% of %d reads"
                            + " local; best placement %.1f %%%n",
                    KEYS,
                    VALUE,
                    SKEW,
                    CONNECTIONS,
                    100 * after.localShare(),
                    after.localGets() + after.remoteGets(),
                    100 * best);
            assertTrue(after.localShare() > 0.95 * best, "local share " + after.localShare());
        }
    }

    /** Keys in an order that has nothing to do with their rank. */
    private static byte[] key(int rank) {
        return ("key:" + (int) ((rank * 2_654_435_761L) % KEYS) + ':' + rank)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void load(int port) {
        try (Jedis jedis = new Jedis("localhost", port, PATIENCE_MILLIS)) {
            byte[] value = new byte[VALUE - 20];
            for (int start = 0; start < KEYS; start += 1000) {
                Pipeline pipeline = jedis.pipelined();
                for (int rank = start; rank < Math.min(KEYS, start + 1000); rank++) {
                    pipeline.set(key(rank), value);
                }
                pipeline.sync();
            }
        }
    }

    private static void read(int port, double[] zipf, SplittableRandom random) {
        int reads = Math.max(2000, 4 * KEYS / CONNECTIONS);
        try (Jedis jedis = new Jedis("localhost", port, PATIENCE_MILLIS)) {
            for (int done = 0; done < reads; done += BATCH) {
                Pipeline pipeline = jedis.pipelined();
                List<Response<byte[]>> values = new ArrayList<>();
                for (int i = 0; i < BATCH; i++) {
                    int found = Arrays.binarySearch(zipf, random.nextDouble());
                    values.add(pipeline.get(key(Math.min(KEYS - 1, found < 0 ? ~found : found))));
                }
                pipeline.sync();
                for (Response<byte[]> value : values) {
                    assertEquals(VALUE - 20, value.get().length);
                }
            }
        }
    }

    /** The cumulative distribution by rank. */
    private static double[] zipf() {
        double[] sums = new double[KEYS];
        double sum = 0;
        for (int i = 0; i < KEYS; i++) {
            sum += Math.pow(i + 1, -SKEW);
            sums[i] = sum;
        }
        for (int i = 0; i < KEYS; i++) {
            sums[i] /= sum;
        }
        return sums;
    }
}
