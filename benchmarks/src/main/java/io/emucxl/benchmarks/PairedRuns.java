package io.emucxl.benchmarks;

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
 * Compares a JMH benchmark under two sets of JVM options. An iteration lasts several sampling
 * windows; medians of iterations are compared, because the fastest ones would be those with the
 * fewest windows.
 *
 * <p>A round is a JVM of each, one after the other, so that a machine that becomes slower does not
 * favour one of them. What is printed is the median of the rounds' ratios, and the standard error
 * of that median.
 */
final class PairedRuns {
    private final Class<?> benchmark;
    private final List<String> without;
    private final List<String> with;

    /**
     * @param without options of the JVM to compare with
     * @param with options of the JVM that is compared
     */
    PairedRuns(Class<?> benchmark, List<String> without, List<String> with) {
        this.benchmark = benchmark;
        this.without = without;
        this.with = with;
    }

    /** Prints the tables of these JDKs. */
    void compare(List<String> homes, int rounds) throws RunnerException {
        for (String home : homes) {
            compare(home, rounds);
        }
    }

    private void compare(String home, int rounds) throws RunnerException {
        Map<String, List<Double>> off = new TreeMap<>();
        Map<String, List<Double>> ratios = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            System.err.printf("emucxl bench: %s, round %d of %d ...%n", home, round + 1, rounds);
            // Whoever comes second finds the machine as the first has left it.
            boolean onFirst = round % 2 == 1;
            Map<String, Double> first = run(home, onFirst ? with : without);
            Map<String, Double> second = run(home, onFirst ? without : with);
            for (String work : first.keySet()) {
                double on = (onFirst ? first : second).get(work);
                double base = (onFirst ? second : first).get(work);
                off.computeIfAbsent(work, key -> new ArrayList<>()).add(base);
                ratios.computeIfAbsent(work, key -> new ArrayList<>()).add(on / base);
            }
        }
        print(home, off, ratios);
    }

    /**
     * Prints a table.
     *
     * @param off the times to compare with, in microseconds, by work
     * @param ratios to them
     */
    static void print(
            String home, Map<String, List<Double>> off, Map<String, List<Double>> ratios) {
        System.out.printf(Locale.ROOT, "%n%s%n", home);
        System.out.printf("%-16s %10s %8s %8s%n", "work", "off, us", "ratio", "error");
        for (Map.Entry<String, List<Double>> row : ratios.entrySet()) {
            System.out.printf(
                    Locale.ROOT,
                    "%-16s %10.2f %8.3f %8.3f%n",
                    row.getKey(),
                    Turns.median(off.get(row.getKey())),
                    Turns.median(row.getValue()),
                    Turns.medianError(row.getValue()));
        }
    }

    /** The median time of each work, in microseconds. */
    private Map<String, Double> run(String home, List<String> jvmOptions) throws RunnerException {
        List<String> all = new ArrayList<>(List.of("-Xms512m", "-Xmx512m"));
        all.addAll(jvmOptions);
        OptionsBuilder options = new OptionsBuilder();
        options.include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
                .jvm(Path.of(home, "bin", "java").toString())
                .jvmArgs(all.toArray(new String[0]))
                .forks(1)
                // Longer than more is sampled because heat is new.
                .warmupIterations(12)
                .warmupTime(TimeValue.milliseconds(300))
                .measurementIterations(8)
                .measurementTime(TimeValue.milliseconds(200))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        Map<String, Double> medians = new TreeMap<>();
        for (RunResult result : new Runner(options.build()).run()) {
            List<Double> scores = new ArrayList<>();
            for (IterationResult iteration :
                    result.getBenchmarkResults().iterator().next().getIterationResults()) {
                scores.add(iteration.getPrimaryResult().getScore());
            }
            medians.put(work(result), Turns.median(scores));
        }
        return medians;
    }

    /** The name of the benchmark without that of its class, and its size. */
    static String work(RunResult result) {
        String name = result.getParams().getBenchmark();
        String kibibytes = result.getParams().getParam("kibibytes");
        return name.substring(name.lastIndexOf('.') + 1)
                + (kibibytes == null ? "" : " " + kibibytes + " KiB");
    }
}
