package io.emucxl.kv;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compares gets of the store with those of a {@code ConcurrentHashMap<String, byte[]>} in one
 * process, and the heap and collector time that each costs. One thread, keys at random.
 */
public final class StoreSpeed {
    private static final int VALUE = 1024;
    private static final int ROUNDS = 5;

    private static final Map<String, byte[]> MAP = new ConcurrentHashMap<>();

    private StoreSpeed() {}

    /**
     * Measures and prints.
     *
     * @param args how many keys; 200,000 without
     */
    public static void main(String[] args) {
        int keys = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
        int gets = 5 * keys;
        long heap = usedHeap();
        long collected = collectorMillis();
        for (int i = 0; i < keys; i++) {
            MAP.put("key:" + i, new byte[VALUE]);
        }
        double ofMap = Double.MAX_VALUE;
        long sum = 0;
        for (int round = 0; round < ROUNDS; round++) {
            SplittableRandom random = new SplittableRandom(round);
            long start = System.nanoTime();
            for (int i = 0; i < gets; i++) {
                sum += MAP.get("key:" + random.nextInt(keys)).clone().length;
            }
            ofMap = Math.min(ofMap, (double) (System.nanoTime() - start) / gets);
        }
        print("ConcurrentHashMap", ofMap, heap, collected);
        MAP.clear();

        heap = usedHeap();
        collected = collectorMillis();
        long bytes = (long) keys * (VALUE + 16);
        double ofStore = Double.MAX_VALUE;
        try (KeyValueStore store = new KeyValueStore(Capacity.bytes(bytes / 4, bytes), "hotset")) {
            for (int i = 0; i < keys; i++) {
                store.put(key(i), new byte[VALUE]);
            }
            for (int round = 0; round < ROUNDS; round++) {
                SplittableRandom random = new SplittableRandom(round);
                long start = System.nanoTime();
                for (int i = 0; i < gets; i++) {
                    sum -= store.get(key(random.nextInt(keys))).length;
                }
                ofStore = Math.min(ofStore, (double) (System.nanoTime() - start) / gets);
            }
            print("KeyValueStore", ofStore, heap, collected);
        }
        if (sum != 0) {
            throw new AssertionError("both must have returned as many bytes");
        }
        System.out.printf(
                Locale.ROOT,
                "a get of the store takes %.2f times as long as one of the map, both with a copy of"
                        + " the value%n",
                ofStore / ofMap);
    }

    private static byte[] key(int number) {
        return ("key:" + number).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void print(String what, double nanos, long heapBefore, long collectedBefore) {
        long collected = collectorMillis() - collectedBefore;
        System.out.printf(
                Locale.ROOT,
                "%-18s%8.1f ns a get,%8.1f MiB of heap,%6d ms in the collector%n",
                what,
                nanos,
                (usedHeap() - heapBefore) / 1048576.0,
                collected);
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long collectorMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }
}
