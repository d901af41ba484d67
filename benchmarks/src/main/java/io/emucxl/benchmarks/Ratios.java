package io.emucxl.benchmarks;

import io.emucxl.RegionSpace;
import io.emucxl.runtime.TieredArray;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks and prints what tiered access costs: time over the time of the heap array in
 * the same run. Both times are those of the fastest iteration, which other processes disturbed
 * least.
 *
 * <p>Usage: {@code java -jar emucxl-benchmarks.jar [--quick] [JAVA_HOME...]}, for the running JDK
 * when none is named.
 */
public final class Ratios {
    private static final String TIERED = "Tiered";
    private static final String HEAP = "Heap";

    private Ratios() {}

    public static void main(String[] args) throws RunnerException {
        boolean quick = false;
        List<String> homes = new ArrayList<>();
        for (String arg : args) {
            if (arg.equals("--quick")) {
                quick = true;
            } else if (!arg.startsWith("-") && new File(arg, "bin/java").canExecute()) {
                homes.add(arg);
            } else {
                System.err.println(
                        "usage: java -jar emucxl-benchmarks.jar [--quick] [JAVA_HOME...]");
                System.err.println("not a JDK: " + arg);
                System.exit(2);
            }
        }
        if (homes.isEmpty()) {
            homes.add(System.getProperty("java.home"));
        }
        for (String home : homes) {
            print(home, run(home, quick));
        }
    }

    private static Collection<RunResult> run(String home, boolean quick) throws RunnerException {
        return new Runner(
                        new OptionsBuilder()
                                .include("^io\\.emucxl\\.benchmarks\\.(Long|Int)Access\\.")
                                .jvm(Path.of(home, "bin", "java").toString())
                                .jvmArgs(
                                        "-Xms1g",
                                        "-Xmx1g",
                                        "-XX:+UseG1GC",
                                        "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                                        "--add-exports=java.base/jdk.internal.util=ALL-UNNAMED",
                                        "--add-exports=java.base/jdk.internal.loader=ALL-UNNAMED",
                                        "-Xbootclasspath/a:"
                                                + home(TieredArray.class)
                                                + File.pathSeparator
                                                + home(RegionSpace.class))
                                .forks(quick ? 1 : 3)
                                .warmupIterations(10)
                                .warmupTime(TimeValue.milliseconds(quick ? 100 : 200))
                                .measurementIterations(quick ? 15 : 20)
                                .measurementTime(TimeValue.milliseconds(quick ? 60 : 100))
                                .verbosity(quick ? VerboseMode.SILENT : VerboseMode.NORMAL)
                                .build())
                .run();
    }

    private static String home(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
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
