package io.emucxl.kv.speed;

import io.emucxl.kv.Capacity;
import io.emucxl.kv.KeyValueStore;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command {@code emucxl run kv-store -- compare-map}: gets of the store in process beside those
 * of a {@code ConcurrentHashMap<String, byte[]>}, and what heap and which pauses each costs. One
 * thread, keys at random.
 */
@Command(
        name = "compare-map",
        mixinStandardHelpOptions = true,
        description =
                "Measures gets of the store in process beside those of a ConcurrentHashMap, with"
                        + " the heap and the pauses that each costs.",
        sortOptions = false)
public final class CompareMap implements Callable<Integer> {
    @Option(
            names = "--keys",
            paramLabel = "N",
            defaultValue = "200000",
            description = "Keys (default: ${DEFAULT-VALUE}).")
    private int keys;

    @Option(
            names = "--value",
            paramLabel = "BYTES",
            defaultValue = "1024",
            description = "Length of a value (default: ${DEFAULT-VALUE}).")
    private int value;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description =
                    "Rounds of five gets a key, the fastest of which counts (default:"
                            + " ${DEFAULT-VALUE}).")
    private int rounds;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        if (keys < 1 || value < 1 || rounds < 1) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "every number must be at least 1");
        }
        System.out.printf(
                "%,d keys, values of %,d bytes; each get makes a copy of the value%n%n",
                keys, value);
        System.out.printf(
                "%-20s%10s%12s%10s%14s%16s%n",
                "", "ns a get", "heap, MiB", "pauses", "together, ms", "the longest, ms");
        double ofMap = map();
        double ofStore = store();
        System.out.printf(
                Locale.ROOT,
                "%na get of the store takes %.2f times as long as one of the map%n",
                ofStore / ofMap);
        return 0;
    }

    private double map() {
        long heap = usedHeap();
        try (Pauses pauses = new Pauses()) {
            Map<String, byte[]> map = new ConcurrentHashMap<>();
            for (int i = 0; i < keys; i++) {
                map.put("key:" + i, new byte[value]);
            }
            double nanos = nanos(i -> map.get("key:" + i).clone().length);
            print("ConcurrentHashMap", nanos, heap, pauses);
            return map.size() == keys ? nanos : 0;
        }
    }

    private double store() {
        long heap = usedHeap();
        long bytes = (long) keys * (value + 32L);
        try (Pauses pauses = new Pauses();
                KeyValueStore store =
                        new KeyValueStore(Capacity.bytes(bytes / 4, bytes), "hotset")) {
            for (int i = 0; i < keys; i++) {
                store.put(key(i), new byte[value]);
            }
            double nanos = nanos(i -> store.get(key(i)).length);
            print("KeyValueStore", nanos, heap, pauses);
            return nanos;
        }
    }

    private static byte[] key(int number) {
        return ("key:" + number).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Nanoseconds a get. */
    private double nanos(ToIntFunction<Integer> get) {
        int gets = 5 * keys;
        double best = Double.MAX_VALUE;
        for (int round = 0; round < rounds; round++) {
            SplittableRandom random = new SplittableRandom(round);
            long sum = 0;
            long start = System.nanoTime();
            for (int i = 0; i < gets; i++) {
                sum += get.applyAsInt(random.nextInt(keys));
            }
            best = Math.min(best, (double) (System.nanoTime() - start) / gets);
            if (sum != (long) gets * value) {
                throw new AssertionError("the gets gave " + sum + " bytes");
            }
        }
        return best;
    }

    private static void print(String what, double nanos, long heapBefore, Pauses pauses) {
        System.out.printf(
                Locale.ROOT,
                "%-20s%10.1f%12.1f%10d%14d%16d%n",
                what,
                nanos,
                (usedHeap() - heapBefore) / 1048576.0,
                pauses.count(),
                pauses.total(),
                pauses.longest());
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
