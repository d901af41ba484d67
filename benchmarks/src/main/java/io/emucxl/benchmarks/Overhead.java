package io.emucxl.benchmarks;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What sampling costs: the time of {@link SampledAccess} with sampling at its default over the time
 * with sampling off. An iteration lasts several windows; the medians of all iterations are
 * compared, because the fastest ones would be those with the fewest windows.
 *
 * <p>Usage: {@code ./emucxl bench --overhead [JAVA_HOME...]}
 */
public final class Overhead {
    private static final int ROUNDS = 3;

    private Overhead() {}

    /** Prints the table; status 2 on wrong usage. */
    public static void main(String[] args) throws RunnerException {
        List<String> homes = new ArrayList<>(List.of(args));
        String agent = System.getProperty("emucxl.agent");
        for (String home : homes) {
            if (!new File(home, "bin/java").canExecute()) {
                System.err.println("usage: ./emucxl bench --overhead [JAVA_HOME...]");
                System.exit(2);
            }
        }
        if (agent == null) {
            System.err.println("-Demucxl.agent is missing: start it by ./emucxl bench --overhead");
            System.exit(2);
        }
        if (homes.isEmpty()) {
            homes.add(System.getProperty("java.home"));
        }
        for (String home : homes) {
            Map<String, List<Double>> off = new TreeMap<>();
            Map<String, List<Double>> on = new TreeMap<>();
            // In turns, so that a machine that gets slower does not favour one of them.
            for (int round = 0; round < ROUNDS; round++) {
                System.err.println("emucxl bench: " + home + ", round " + (round + 1) + " ...");
                run(home, agent, "0%", off);
                run(home, agent, "1%", on);
            }
            System.out.printf(Locale.ROOT, "%n%s%n", home);
            System.out.printf(
                    "%-8s %8s %10s %10s %8s%n", "work", "KiB", "off, us", "on, us", "ratio");
            for (Map.Entry<String, List<Double>> row : off.entrySet()) {
                String[] words = row.getKey().split(" ", -1);
                double without = median(row.getValue());
                double with = median(on.get(row.getKey()));
                System.out.printf(
                        Locale.ROOT,
                        "%-8s %8s %10.2f %10.2f %8.3f%n",
                        words[0],
                        words[1],
                        without,
                        with,
                        with / without);
            }
        }
    }

    private static void run(String home, String agent, String duty, Map<String, List<Double>> into)
            throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.include("^io\\.emucxl\\.benchmarks\\.SampledAccess\\.")
                .jvm(Path.of(home, "bin", "java").toString())
                .jvmArgs(
                        "-Xms512m",
                        "-Xmx512m",
                        "-javaagent:" + agent,
                        "-Demucxl.backend=emulated",
                        "-Demucxl.placement.sampling.duty=" + duty)
                .forks(1)
                .warmupIterations(4)
                .warmupTime(TimeValue.milliseconds(300))
                .measurementIterations(8)
                .measurementTime(TimeValue.milliseconds(300))
                .verbosity(VerboseMode.SILENT);
        for (RunResult result : new Runner(options.build()).run()) {
            String name = result.getParams().getBenchmark();
            String key =
                    name.substring(name.lastIndexOf('.') + 1)
                            + " "
                            + result.getParams().getParam("kibibytes");
            List<Double> scores = into.computeIfAbsent(key, k -> new ArrayList<>());
            for (IterationResult iteration :
                    result.getBenchmarkResults().iterator().next().getIterationResults()) {
                scores.add(iteration.getPrimaryResult().getScore());
            }
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
