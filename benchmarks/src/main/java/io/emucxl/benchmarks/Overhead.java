package io.emucxl.benchmarks;

import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/**
 * What sampling costs: the time of {@link SampledAccess} with sampling at its default over the time
 * with sampling off. Measuring begins when the windows that are spent on new heat are over.
 */
final class Overhead {
    private Overhead() {}

    /** Prints the tables of these JDKs. */
    static void compare(List<String> homes, int rounds) throws RunnerException {
        new PairedRuns(SampledAccess.class, options("0%"), options("1%")).compare(homes, rounds);
    }

    private static List<String> options(String duty) {
        return List.of(
                "-javaagent:" + AgentRun.agent(),
                "-Demucxl.backend=emulated",
                "-Demucxl.placement.sampling.duty=" + duty);
    }
}
