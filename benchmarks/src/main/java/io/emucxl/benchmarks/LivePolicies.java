package io.emucxl.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Placement policies side by side in a running program: {@link ZipfProgram} under the agent with a
 * quarter of its data local and the rest on a modelled device, against all of it local.
 *
 * <p>In a round each policy has a JVM, and they all live at the same time, but run in turn, for
 * half a second: a host is a fifth slower in one minute than in the next, which is more than
 * policies differ by, and stops for a moment now and then. So the median of a JVM's turns counts,
 * and what is printed is the median of the rounds, and its standard error.
 */
final class LivePolicies {
    static final List<String> POLICIES = List.of("hotset", "tpp", "memtis", "lru", "static");
    private static final String ALL_LOCAL = "all local";
    static final List<String> STRUCTURES =
            List.of("array", "fastutil", "hppc", "fastutil-tables", "hppc-tables");

    /** Of a turn: it begins with a cold cache, and the host must not change within all turns. */
    private static final double TURN_SECONDS = 0.5;

    /** What a JVM needs beside the data. */
    private static final int MORE_MEBIBYTES = 256;

    private final List<String> policies;
    private final String profile;
    private final int mebibytes;
    private final int seconds;
    private final int rounds;

    private LivePolicies(
            List<String> policies, String profile, int mebibytes, int seconds, int rounds) {
        this.policies = policies;
        this.profile = profile;
        this.mebibytes = mebibytes;
        this.seconds = seconds;
        this.rounds = rounds;
    }

    /**
     * Prints a table for each structure.
     *
     * @param seconds that each policy runs in a round, after as many to find the hot part
     */
    static void compare(
            List<String> structures,
            List<String> policies,
            String profile,
            int mebibytes,
            int seconds,
            int rounds)
            throws IOException {
        List<String> named = policies.stream().distinct().toList();
        long needed = (named.size() + 1L) * (mebibytes + MORE_MEBIBYTES);
        long memory =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                                .getTotalMemorySize()
                        >> 20;
        if (needed > memory) {
            throw new IOException(
                    "the policies run beside each other and need "
                            + needed
                            + " MiB of memory, of which the machine has "
                            + memory
                            + "; name fewer, or a smaller --mebibytes");
        }
        LivePolicies live = new LivePolicies(named, profile, mebibytes, seconds, rounds);
        for (String structure : structures) {
            live.compare(structure);
        }
    }

    private void compare(String structure) throws IOException {
        System.out.printf(
                "%n%s of %d MiB, a quarter local, remote tier modelled: %s%n",
                structure, mebibytes, profile);
        Map<String, List<Outcome>> outcomes = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            System.err.printf("emucxl bench: %s, round %d of %d ...%n", structure, round, rounds);
            round(structure)
                    .forEach(
                            (title, outcome) ->
                                    outcomes.computeIfAbsent(title, key -> new ArrayList<>())
                                            .add(outcome));
        }
        System.out.printf(
                "%-10s %14s %15s %15s %17s %17s%n",
                "policy",
                "Mio accesses/s",
                "slower",
                "by model",
                "local accesses, %",
                "local misses, %");
        outcomes.forEach(LivePolicies::print);
    }

    private Map<String, Outcome> round(String structure) throws IOException {
        List<Program> programs = new ArrayList<>();
        try {
            programs.add(new Program(ALL_LOCAL, structure, "static", "local", 2 * mebibytes));
            for (String policy : policies) {
                programs.add(new Program(policy, structure, policy, "remote", mebibytes / 4));
            }
            for (Program program : programs) {
                program.run(seconds);
            }
            Map<String, List<Turn>> turns = new LinkedHashMap<>();
            programs.forEach(program -> turns.put(program.title, new ArrayList<>()));
            List<Program> order = new ArrayList<>(programs);
            for (int i = 0; i < seconds / TURN_SECONDS; i++) {
                for (Program program : order) {
                    turns.get(program.title).add(program.run(TURN_SECONDS));
                }
                Collections.rotate(order, -1); // so that each is first and last as often
            }
            Map<String, Outcome> outcomes = new LinkedHashMap<>();
            List<Turn> local = turns.get(ALL_LOCAL);
            turns.forEach((title, taken) -> outcomes.put(title, Outcome.of(taken, local)));
            return outcomes;
        } finally {
            programs.forEach(Program::close);
        }
    }

    private static void print(String title, List<Outcome> rounds) {
        System.out.printf(
                Locale.ROOT,
                "%-10s %14.2f %s %s %s %s%n",
                title,
                Turns.median(rounds.stream().map(Outcome::rate).toList()) / 1e6,
                measured(rounds, Outcome::slower, 1, "%7.3f (%.3f)"),
                measured(rounds, Outcome::modelled, 1, "%7.3f (%.3f)"),
                measured(rounds, Outcome::share, 100, "%10.2f (%.2f)"),
                measured(rounds, Outcome::misses, 100, "%10.2f (%.2f)"));
    }

    /** A median and its standard error. */
    private static String measured(
            List<Outcome> rounds, ToDoubleFunction<Outcome> what, double unit, String format) {
        List<Double> values =
                rounds.stream().map(outcome -> unit * what.applyAsDouble(outcome)).toList();
        return String.format(Locale.ROOT, format, Turns.median(values), Turns.medianError(values));
    }

    /**
     * What the program said of a turn.
     *
     * @param charged the nanoseconds of waits for the modelled device
     * @param local sampled accesses
     * @param localMisses those that waited for memory
     */
    private record Turn(
            double accesses,
            double nanos,
            double charged,
            double local,
            double remote,
            double localMisses,
            double remoteMisses) {

        static Turn parse(String line) {
            double[] n = Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
            return new Turn(n[0], n[1], n[2], n[3], n[4], n[5], n[6]);
        }

        double rate() {
            return accesses / nanos * 1e9;
        }
    }

    /**
     * What a round says of a policy.
     *
     * @param rate the accesses per second
     * @param slower than with all data local in the same half-seconds
     * @param modelled the time over the time without the waits for the device
     * @param share of the sampled accesses that were local
     * @param misses the same of those that wait for memory
     */
    private record Outcome(
            double rate, double slower, double modelled, double share, double misses) {

        static Outcome of(List<Turn> turns, List<Turn> local) {
            List<Double> slower = new ArrayList<>();
            for (int i = 0; i < turns.size(); i++) {
                slower.add(local.get(i).rate() / turns.get(i).rate());
            }
            return new Outcome(
                    median(turns, Turn::rate),
                    Turns.median(slower),
                    median(turns, turn -> turn.nanos / (turn.nanos - turn.charged)),
                    share(turns, Turn::local, Turn::remote),
                    share(turns, Turn::localMisses, Turn::remoteMisses));
        }

        private static double median(List<Turn> turns, ToDoubleFunction<Turn> what) {
            return Turns.median(turns.stream().mapToDouble(what).boxed().toList());
        }

        private static double share(
                List<Turn> turns, ToDoubleFunction<Turn> some, ToDoubleFunction<Turn> others) {
            double sum = turns.stream().mapToDouble(some).sum();
            return sum / (sum + turns.stream().mapToDouble(others).sum());
        }
    }

    /** A JVM in which the program runs when it is asked to. */
    private final class Program {
        final String title;
        private final ScratchDirectory directory = new ScratchDirectory();
        private final AgentRun jvm = new AgentRun(System.getProperty("java.home"), directory);
        private final BufferedWriter orders;
        private final BufferedReader answers;

        Program(String title, String structure, String policy, String start, int capacity)
                throws IOException {
            this.title = title;
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
            Process process =
                    jvm.start(text, ZipfProgram.class, structure, Integer.toString(mebibytes));
            orders = process.outputWriter(StandardCharsets.US_ASCII);
            answers = process.inputReader(StandardCharsets.US_ASCII);
        }

        /** Lets it run for so many seconds. */
        Turn run(double time) throws IOException {
            String answer;
            try {
                orders.write(time + "\n");
                orders.flush();
                answer = answers.readLine();
            } catch (IOException e) { // it takes no orders any more
                answer = null;
            }
            if (answer == null) {
                throw jvm.failure(ZipfProgram.class);
            }
            return Turn.parse(answer);
        }

        void close() {
            directory.close();
        }
    }
}
