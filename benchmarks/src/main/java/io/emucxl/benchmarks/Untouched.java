package io.emucxl.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/**
 * What the agent costs code that touches no target: the time of {@link UntouchedWork} under the
 * agent, which has placed and samples an array of another class, over the time without it.
 */
final class Untouched {
    /**
     * G1 gives the young generation the size that pauses of the start suggest, two runs of the same
     * program half as much again as each other, and that changes the time by a percent.
     */
    private static final List<String> HEAP =
            List.of("-Xms1g", "-Xmx1g", "-Xmn512m", "-XX:+AlwaysPreTouch");

    private Untouched() {}

    /** Prints the tables of these JDKs. */
    static void compare(List<String> homes, int rounds) throws RunnerException {
        List<String> agent = new ArrayList<>(HEAP);
        agent.add("-javaagent:" + AgentRun.agent());
        agent.add("-Demucxl.backend=emulated");
        agent.add("-D" + UntouchedWork.PLACED + "=true");
        new PairedRuns(UntouchedWork.class, HEAP, agent).compare(homes, rounds);
    }
}
