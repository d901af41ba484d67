package io.emucxl.benchmarks;

import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/**
 * What the agent costs code that touches no target: the time of {@link UntouchedWork} under the
 * agent, which has placed and samples an array of another class, over the time without it.
 */
final class Untouched {
    private Untouched() {}

    /** Prints the tables of these JDKs. */
    static void compare(List<String> homes, int rounds) throws RunnerException {
        List<String> agent =
                List.of(
                        "-javaagent:" + AgentRun.agent(),
                        "-Demucxl.backend=emulated",
                        "-D" + UntouchedWork.PLACED + "=true");
        new PairedRuns(UntouchedWork.class, List.of(), agent).compare(homes, rounds);
    }
}
