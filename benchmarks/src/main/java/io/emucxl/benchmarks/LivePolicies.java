package io.emucxl.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Placement policies side by side in a running program: {@link ZipfProgram} under the agent with a
 * quarter of its data local and the rest on a modelled device, against all of it local. The
 * policies take turns, in several rounds, and the medians are compared, with their standard errors.
 */
final class LivePolicies {
    static final List<String> POLICIES = List.of("hotset", "tpp", "memtis", "lru", "static");
    private static final String ALL_LOCAL = "all local";
    static final List<String> STRUCTURES =
            List.of("array", "fastutil", "hppc", "fastutil-tables", "hppc-tables");

    private final AgentRun jvm;
    private final List<String> policies;
    private final String profile;
    private final int mebibytes;
    private final String seconds;
    private final int rounds;

    private LivePolicies(
            AgentRun jvm,
            List<String> policies,
            String profile,
            int mebibytes,
            String seconds,
            int rounds) {
        this.jvm = jvm;
        this.policies = policies;
        this.profile = profile;
        this.mebibytes = mebibytes;
        this.seconds = seconds;
        this.rounds = rounds;
    }

    /** Prints a table for each structure. */
    static void compare(
            List<String> structures,
            List<String> policies,
            String profile,
            int mebibytes,
            int seconds,
            int rounds)
            throws IOException, InterruptedException {
        try (ScratchDirectory directory = new ScratchDirectory()) {
            AgentRun jvm = new AgentRun(System.getProperty("java.home"), directory);
            LivePolicies live =
                    new LivePolicies(
                            jvm, policies, profile, mebibytes, Integer.toString(seconds), rounds);
            for (String structure : structures) {
                live.compare(structure);
            }
        }
    }

    private void compare(String structure) throws IOException, InterruptedException {
        System.out.printf(
                "%n%s of %d MiB, a quarter local, remote tier modelled: %s%n",
                structure, mebibytes, profile);
        Map<String, List<Turn>> turns = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            Turn local = turn(structure, ALL_LOCAL, "static", "local", 2 * mebibytes, round);
            turns.computeIfAbsent(ALL_LOCAL, title -> new ArrayList<>()).add(local.against(local));
            for (String policy : policies) {
                Turn turn = turn(structure, policy, policy, "remote", mebibytes / 4, round);
                turns.computeIfAbsent(policy, title -> new ArrayList<>()).add(turn.against(local));
            }
        }
        System.out.printf(
                "%-10s %14s %15s %15s %17s %17s%n",
                "policy",
                "Mio accesses/s",
                "slower",
                "by model",
                "local accesses, %",
                "local misses, %");
        turns.forEach(LivePolicies::print);
    }

    private static void print(String title, List<Turn> turns) {
        System.out.printf(
                Locale.ROOT,
                "%-10s %14.2f %s %s %s %s%n",
                title,
                Turns.median(turns.stream().map(Turn::rate).toList()) / 1e6,
                measured(turns, Turn::slower, "%7.3f (%.3f)"),
                measured(turns, Turn::modelled, "%7.3f (%.3f)"),
                measured(turns, turn -> 100 * turn.share, "%10.2f (%.2f)"),
                measured(turns, turn -> 100 * turn.misses, "%10.2f (%.2f)"));
    }

    /** A median and its standard error. */
    private static String measured(List<Turn> turns, Function<Turn, Double> what, String format) {
        List<Double> values = turns.stream().map(what).toList();
        return String.format(Locale.ROOT, format, Turns.median(values), Turns.medianError(values));
    }

    /**
     * What a run of the program said.
     *
     * @param rate the accesses per second
     * @param slower than the run with all data local in the same round
     * @param modelled the time over the time without the waits for the device
     * @param share of the sampled accesses that were local
     * @param misses the same of those that wait for memory
     */
    private record Turn(double rate, double slower, double modelled, double share, double misses) {

        Turn against(Turn local) {
            return new Turn(rate, local.rate / rate, modelled, share, misses);
        }
    }

    private Turn turn(
            String structure, String title, String policy, String start, int capacity, int round)
            throws IOException, InterruptedException {
        System.err.printf(
                "emucxl bench: %s, %s, round %d of %d ...%n", structure, title, round, rounds);
        String text =
                "version: 1\nbackend: emulated\ntiers:\n  local: {capacity: "
                        + capacity
                        + "MiB}\n  remote: {capacity: "
                        + 4 * mebibytes
                        + "MiB, profile: "
                        + profile
                        + "}\ntargets:\n  - field: "
                        + ZipfProgram.class.getName()
                        + ".table\n"
                        + "  - field: it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap.key\n"
                        + "  - field: it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap.value\n"
                        + "  - field: com.carrotsearch.hppc.LongLongHashMap.keys\n"
                        + "  - field: com.carrotsearch.hppc.LongLongHashMap.values\n"
                        + "placement:\n  policy: "
                        + policy
                        + "\n  start: "
                        + start
                        + "\n  sampling: {window: 200us, duty: 2%}\n";
        String size = Integer.toString(mebibytes);
        List<String> lines = jvm.run(text, ZipfProgram.class, structure, size, seconds, seconds);
        String[] words = lines.get(0).split(" ", -1);
        return new Turn(
                Double.parseDouble(words[0]),
                1,
                Double.parseDouble(words[1]),
                Double.parseDouble(words[2]),
                Double.parseDouble(words[3]));
    }
}
