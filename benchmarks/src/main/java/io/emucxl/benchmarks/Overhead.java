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
 * What sampling costs: the time of {@link SampledAccess} with sampling at its default over the time
 * with sampling off. An iteration lasts several windows; its medians are compared, because the
 * fastest ones would be those with the fewest windows. Measuring begins when the windows that are
 * spent on new heat are over.
 *
 * <p>A round is a JVM of each, one after the other, so that a machine that becomes slower does not
 * favour one of them. What is printed is the median of the rounds' ratios, and the standard error
 * of that median.
 */
final class Overhead {
    /** The standard error of a median over that of a mean, of a normal distribution. */
    private static final double MEDIAN_ERROR = Math.sqrt(Math.PI / 2);

    private Overhead() {}

    /** Prints the tables of these JDKs. */
    static void compare(List<String> homes, int rounds) throws RunnerException {
        for (String home : homes) {
            compare(home, AgentRun.agent().toString(), rounds);
        }
    }

    private static void compare(String home, String agent, int rounds) throws RunnerException {
        Map<String, List<Double>> off = new TreeMap<>();
        Map<String, List<Double>> ratios = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            System.err.printf("emucxl bench: %s, round %d of %d ...%n", home, round + 1, rounds);
            // Whoever comes second finds the machine as the first has left it.
            boolean onFirst = round % 2 == 1;
            Map<String, Double> first = run(home, agent, onFirst ? "1%" : "0%");
            Map<String, Double> second = run(home, agent, onFirst ? "0%" : "1%");
            for (String work : first.keySet()) {
                double on = (onFirst ? first : second).get(work);
                double without = (onFirst ? second : first).get(work);
                off.computeIfAbsent(work, key -> new ArrayList<>()).add(without);
                ratios.computeIfAbsent(work, key -> new ArrayList<>()).add(on / without);
            }
        }
        System.out.printf(Locale.ROOT, "%n%s%n", home);
        System.out.printf("%-8s %8s %10s %8s %8s%n", "work", "KiB", "off, us", "ratio", "error");
        for (Map.Entry<String, List<Double>> row : ratios.entrySet()) {
            String[] words = row.getKey().split(" ", -1);
            System.out.printf(
                    Locale.ROOT,
                    "%-8s %8s %10.2f %8.3f %8.3f%n",
                    words[0],
                    words[1],
                    Turns.median(off.get(row.getKey())),
                    Turns.median(row.getValue()),
                    MEDIAN_ERROR * deviation(row.getValue()) / Math.sqrt(row.getValue().size()));
        }
    }

    private static double deviation(List<Double> values) {
        double mean = values.stream().mapToDouble(value -> value).average().orElse(0);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / Math.max(1, values.size() - 1));
    }

    /** The median time of each work, in microseconds. */
    private static Map<String, Double> run(String home, String agent, String duty)
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
                // Longer than more is sampled because heat is new.
                .warmupIterations(12)
                .warmupTime(TimeValue.milliseconds(300))
                .measurementIterations(8)
                .measurementTime(TimeValue.milliseconds(200))
                .verbosity(VerboseMode.SILENT);
        Map<String, Double> medians = new TreeMap<>();
        for (RunResult result : new Runner(options.build()).run()) {
            String name = result.getParams().getBenchmark();
            String key =
                    name.substring(name.lastIndexOf('.') + 1)
                            + " "
                            + result.getParams().getParam("kibibytes");
            List<Double> scores = new ArrayList<>();
            for (IterationResult iteration :
                    result.getBenchmarkResults().iterator().next().getIterationResults()) {
                scores.add(iteration.getPrimaryResult().getScore());
            }
            medians.put(key, Turns.median(scores));
        }
        return medians;
    }
}
