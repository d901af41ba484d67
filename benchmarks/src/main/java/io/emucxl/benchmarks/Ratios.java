package io.emucxl.benchmarks;

import java.nio.file.Path;
import java.util.Collection;
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

/**
 * Runs the benchmarks and prints what tiered access costs: time over the time of the heap array in
 * the same run. Both times are those of the fastest iteration of 20 ms, which other processes and
 * sampling windows disturbed least.
 */
final class Ratios {
    private static final String TIERED = "Tiered";
    private static final String HEAP = "Heap";

    private Ratios() {}

    /** Prints the tables of these JDKs. */
    static void compare(List<String> homes, boolean quick) throws RunnerException {
        for (String home : homes) {
            print(home, run(home, AgentRun.agent().toString(), quick));
        }
    }

    private static Collection<RunResult> run(String home, String agent, boolean quick)
            throws RunnerException {
        String log = Path.of(System.getProperty("java.io.tmpdir"), "emucxl-jmh.log").toString();
        System.err.println("measuring " + home + " takes some minutes; JMH writes to " + log);
        return new Runner(
                        new OptionsBuilder()
                                .include("^io\\.emucxl\\.benchmarks\\.(Long|Int)Access\\.")
                                .jvm(Path.of(home, "bin", "java").toString())
                                .jvmArgs("-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-javaagent:" + agent)
                                .forks(quick ? 1 : 3)
                                // Sampling begins a second after the start.
                                .warmupIterations(quick ? 20 : 50)
                                .warmupTime(TimeValue.milliseconds(100))
                                .measurementIterations(50)
                                .measurementTime(TimeValue.milliseconds(20))
                                .shouldFailOnError(true)
                                .output(log)
                                .build())
                .run();
    }

    private static void print(String home, Collection<RunResult> results) {
        Map<String, Double> heap = new TreeMap<>();
        Map<String, Double> tiered = new TreeMap<>();
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark();
            name = name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
            String size = result.getParams().getParam("kibibytes");
            String work = name.replace("Access.", " ").replace(TIERED, "").replace(HEAP, "");
            (name.endsWith(TIERED) ? tiered : heap).put(work + " " + size, fastest(result));
        }
        System.out.printf(Locale.ROOT, "%n%s%n", home);
        System.out.printf(
                Locale.ROOT,
                "%-8s %-8s %10s %12s %12s %8s%n",
                "kind",
                "work",
                "KiB",
                "heap, us",
                "tiered, us",
                "ratio");
        for (Map.Entry<String, Double> row : heap.entrySet()) {
            String[] words = row.getKey().split(" ", -1);
            double ours = tiered.get(row.getKey());
            System.out.printf(
                    Locale.ROOT,
                    "%-8s %-8s %10s %12.2f %12.2f %8.2f%n",
                    words[0],
                    words[1],
                    words[2],
                    row.getValue(),
                    ours,
                    ours / row.getValue());
        }
    }

    private static double fastest(RunResult result) {
        return result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .map(IterationResult::getPrimaryResult)
                .mapToDouble(iteration -> iteration.getScore())
                .min()
                .orElseThrow();
    }
}
