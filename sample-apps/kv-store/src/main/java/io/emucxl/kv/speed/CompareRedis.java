package io.emucxl.kv.speed;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command {@code emucxl run kv-store -- compare-redis}: the server beside redis-server, by the
 * same lines of redis-benchmark, in turns.
 */
@Command(
        name = "compare-redis",
        mixinStandardHelpOptions = true,
        description = "Measures the server beside redis-server, in turns, by redis-benchmark.",
        sortOptions = false)
public final class CompareRedis implements Callable<Integer> {
    private static final int DEEP = 16;

    /** So many times as many operations when they come in a pipeline: they take as long. */
    private static final int MORE = 5;

    /** Rounds of everything before the first that counts, for the JIT compiler. */
    private static final int WARM_UP = 3;

    @Option(
            names = "--operations",
            paramLabel = "N",
            defaultValue = "60000",
            description =
                    "Operations of each measurement; five times as many with a pipeline (default:"
                            + " ${DEFAULT-VALUE}).")
    private int operations;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Measurements whose median counts (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--keys",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Keys, taken at random (default: ${DEFAULT-VALUE}).")
    private int keys;

    @Option(
            names = "--value",
            paramLabel = "BYTES",
            defaultValue = "100",
            description = "Length of a value (default: ${DEFAULT-VALUE}).")
    private int value;

    @Option(
            names = "--local",
            paramLabel = "SIZE",
            defaultValue = "256MiB",
            description = "Local memory of the store (default: ${DEFAULT-VALUE}).")
    private String local;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (operations < 1 || rounds < 1 || keys < 1 || value < 1) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "every number must be at least 1");
        }
        try (Server redis = Server.redis();
                Server store = Server.store("--local", local)) {
            System.out.printf(
                    Locale.ROOT,
                    "redis-benchmark -d %d -r %d, 50 connections; medians of %d rounds, in turns%n%n",
                    value,
                    keys,
                    rounds);
            System.out.printf(
                    "%-16s%28s%34s%n", "", "operations a second", "us of CPU an operation");
            System.out.printf(
                    "%-5s%10s%14s%14s%8s%14s%10s%8s%n",
                    "test",
                    "pipeline",
                    "redis-server",
                    "kv-store",
                    "ratio",
                    "redis-server",
                    "kv-store",
                    "ratio");
            for (int i = 0; i < WARM_UP; i++) {
                store.benchmark(MORE * operations, options("set,get", DEEP));
                store.benchmark(operations, options("set,get", 1));
            }
            for (int pipeline : new int[] {1, DEEP}) {
                for (String test : List.of("set", "get")) {
                    compare(redis, store, test, pipeline);
                }
            }
            return 0;
        } catch (IOException e) {
            System.err.println("kv-store: " + e.getMessage());
            System.err.println("kv-store: on Debian: apt-get install redis-server redis-tools");
            return 1;
        }
    }

    private void compare(Server redis, Server store, String test, int pipeline)
            throws IOException, InterruptedException {
        List<String> options = options(test, pipeline);
        int count = pipeline == 1 ? operations : MORE * operations;
        double[][] measured = new double[6][rounds];
        for (int round = 0; round < rounds; round++) {
            Server.Result first = (round & 1) == 0 ? null : store.benchmark(count, options);
            Server.Result ofRedis = redis.benchmark(count, options);
            Server.Result ofStore = first == null ? store.benchmark(count, options) : first;
            measured[0][round] = ofRedis.rate();
            measured[1][round] = ofStore.rate();
            measured[2][round] = ofStore.rate() / ofRedis.rate();
            measured[3][round] = ofRedis.cpuMicros();
            measured[4][round] = ofStore.cpuMicros();
            measured[5][round] = ofRedis.cpuMicros() / ofStore.cpuMicros();
        }
        System.out.printf(
                Locale.ROOT,
                "%-5s%10d%14.0f%14.0f%8.2f%14.2f%10.2f%8.2f%n",
                test.toUpperCase(Locale.ROOT),
                pipeline,
                median(measured[0]),
                median(measured[1]),
                median(measured[2]),
                median(measured[3]),
                median(measured[4]),
                median(measured[5]));
    }

    private List<String> options(String test, int pipeline) {
        return List.of("-t", test, "-P", "" + pipeline, "-r", "" + keys, "-d", "" + value);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
