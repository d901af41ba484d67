package io.emucxl.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
 * with sampling off. Measuring begins when the windows that are spent on new heat are over.
 *
 * <p>Sampling is switched on and off in one JVM, by its policy file, every few seconds: what
 * another JVM compiled or where it put its data differs by more than sampling costs, and so does
 * the machine from minute to minute. What is printed is the median of the ratios of neighbouring
 * stretches, and the standard error of that median. A stretch is some iterations; an iteration
 * lasts several sampling windows, and the median of a stretch is taken, for the fastest iterations
 * would be those with the fewest windows.
 */
final class Overhead {
    /** The pairs of stretches in a JVM. */
    private static final int PAIRS = 6;

    private Overhead() {}

    /**
     * Prints the tables of these JDKs.
     *
     * @param duty the share of time that windows are open, in percent
     */
    static void compare(List<String> homes, int rounds, int duty)
            throws RunnerException, IOException {
        for (String home : homes) {
            Map<String, List<Double>> off = new TreeMap<>();
            Map<String, List<Double>> ratios = new TreeMap<>();
            for (int round = 1; round <= rounds; round++) {
                System.err.printf("emucxl bench: %s, round %d of %d ...%n", home, round, rounds);
                try (ScratchDirectory directory = new ScratchDirectory()) {
                    run(home, directory.path().resolve("policy.yaml"), duty, off, ratios);
                }
            }
            PairedRuns.print(home, off, ratios);
        }
    }

    private static void run(
            String home,
            Path policy,
            int duty,
            Map<String, List<Double>> off,
            Map<String, List<Double>> ratios)
            throws RunnerException, IOException {
        SampledAccess.write(policy, 0);
        OptionsBuilder options = new OptionsBuilder();
        options.include("^" + SampledAccess.class.getName().replace(".", "\\.") + "\\.")
                .jvm(Path.of(home, "bin", "java").toString())
                .jvmArgs(
                        "-Xms512m",
                        "-Xmx512m",
                        "-javaagent:" + AgentRun.agent() + "=" + policy,
                        "-D" + SampledAccess.POLICY + "=" + policy,
                        "-D" + SampledAccess.DUTY + "=" + duty)
                .forks(1)
                .warmupIterations(SampledAccess.WARMUP)
                .warmupTime(TimeValue.milliseconds(300))
                .measurementIterations(2 * PAIRS * SampledAccess.STRETCH)
                .measurementTime(TimeValue.milliseconds(200))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        for (RunResult result : new Runner(options.build()).run()) {
            String work = PairedRuns.work(result);
            List<Double> stretches = stretches(result);
            for (int pair = 0; pair < PAIRS; pair++) {
                boolean onFirst = SampledAccess.samples(2 * pair);
                double first = stretches.get(2 * pair);
                double second = stretches.get(2 * pair + 1);
                double on = onFirst ? first : second;
                double base = onFirst ? second : first;
                off.computeIfAbsent(work, key -> new ArrayList<>()).add(base);
                ratios.computeIfAbsent(work, key -> new ArrayList<>()).add(on / base);
            }
        }
    }

    /** The median time of each stretch. */
    private static List<Double> stretches(RunResult result) {
        List<Double> stretches = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        for (IterationResult iteration :
                result.getBenchmarkResults().iterator().next().getIterationResults()) {
            scores.add(iteration.getPrimaryResult().getScore());
            if (scores.size() == SampledAccess.STRETCH) {
                stretches.add(Turns.median(scores));
                scores.clear();
            }
        }
        return stretches;
    }
}
