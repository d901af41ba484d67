package io.emucxl.benchmarks;

import io.emucxl.policies.file.DeviceProfiles;
import io.emucxl.policies.file.PolicyFileException;
import io.emucxl.runtime.Calibration;
import io.emucxl.runtime.DeviceModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Whether the modelled devices are as fast as their profiles say: {@link FidelityProgram} under the
 * agent, on the emulated backend.
 *
 * <p>The machine itself becomes faster and slower, so each turn of the program is compared with
 * itself: what it took less what it was charged is the time of the machine, <i>here</i>. The target
 * of pointer chasing is the profile's latency; of random reads the time here by the ratio of the
 * latencies, because as many of them overlap; of streams the profile's bandwidth. Where the machine
 * is slower than the profile the target is what the machine does, and marked by a star. The first
 * line of each table is the program without a profile.
 */
final class Fidelity {
    private static final String MEBIBYTES = "512";
    private static final List<String> WORKS = List.of("chase", "random", "read", "write");

    private final AgentRun jvm;
    private final String seconds;
    private final String rounds;

    private Fidelity(AgentRun jvm, String seconds, String rounds) {
        this.jvm = jvm;
        this.seconds = seconds;
        this.rounds = rounds;
    }

    /** The profiles that come with emucxl, and one that is relative to this machine. */
    static List<String> allProfiles() {
        List<String> all = new ArrayList<>(DeviceProfiles.names());
        all.add("cxl-2.0-x8" + DeviceProfiles.RELATIVE);
        return all;
    }

    /** Prints a table for each JDK and number of threads. */
    static void compare(
            List<String> homes,
            List<String> profiles,
            List<Integer> threads,
            int seconds,
            int rounds)
            throws IOException, InterruptedException, PolicyFileException {
        try (ScratchDirectory directory = new ScratchDirectory()) {
            for (String home : homes) {
                for (int count : threads) {
                    System.out.printf("%n%s, threads: %d%n", home, count);
                    new Fidelity(
                                    new AgentRun(home, directory),
                                    Integer.toString(seconds),
                                    Integer.toString(rounds))
                            .compare(profiles, count);
                }
            }
        }
    }

    private Map<String, Turns> measure(String profile, int threads)
            throws IOException, InterruptedException {
        System.err.println("emucxl bench: " + profile + ", threads: " + threads + " ...");
        String policy =
                "version: 1\nbackend: emulated\ntiers:\n  local: {capacity: 64MiB}\n"
                        + "  remote: {capacity: 4GiB, profile: "
                        + profile
                        + "}\ntargets:\n  - field: "
                        + FidelityProgram.class.getName()
                        + ".data\n  - field: "
                        + FidelityProgram.class.getName()
                        + ".stream\nplacement:\n  policy: static\n  start: remote\n"
                        + "  sampling: {window: 200us, duty: 2%}\n";
        Map<String, Turns> turns = new HashMap<>();
        String count = Integer.toString(threads);
        for (String line :
                jvm.run(policy, FidelityProgram.class, count, MEBIBYTES, seconds, rounds)) {
            String[] words = line.split(" ", -1);
            turns.computeIfAbsent(words[0], work -> new Turns())
                    .add(Double.parseDouble(words[1]), Double.parseDouble(words[2]));
        }
        return turns;
    }

    private void compare(List<String> profiles, int threads)
            throws IOException, InterruptedException, PolicyFileException {
        Map<String, Turns> none = measure(DeviceProfiles.NONE, threads);
        System.out.printf(
                "%-20s %-7s %9s %10s %9s %8s   %s%n",
                "profile", "work", "here", "target", "measured", "off by", "single turns");
        for (String work : WORKS) {
            Turns turns = none.get(work);
            System.out.printf(
                    Locale.ROOT,
                    "%-20s %-7s %9.1f %s%n",
                    DeviceProfiles.NONE,
                    work,
                    latency(work) ? turns.took() : turns.bandwidth(threads),
                    latency(work) ? "ns" : "GB/s");
        }
        for (String name : profiles) {
            Map<String, Turns> there = measure(name, threads);
            double chased = there.get("chase").here();
            DeviceModel.Device device = DeviceProfiles.read(name).on(new Calibration(chased, 1, 1));
            // What the profile comes to, by the agent's calibration.
            Map<String, String> told = jvm.report().settings();
            double reads = Double.parseDouble(told.get("remoteReadBandwidth"));
            double writes = Double.parseDouble(told.get("remoteWriteBandwidth"));
            double mixed = Double.parseDouble(told.get("remoteMixedBandwidth"));
            // A line is read before it is written.
            double both = Math.min(Math.min(reads, writes), mixed / 2);
            double slower = device.latencyNanos() / chased;
            row(name, "chase", there, threads, turn -> device.latencyNanos());
            row(name, "random", there, threads, turn -> turn.here() * slower);
            row(name, "read", there, threads, turn -> nanos(reads, threads));
            row(name, "write", there, threads, turn -> nanos(both, threads));
        }
    }

    private static boolean latency(String work) {
        return work.equals("chase") || work.equals("random");
    }

    /** Of an access of one of the threads that use all of this bandwidth. */
    private static double nanos(double bandwidth, int threads) {
        return threads * Long.BYTES / bandwidth;
    }

    private static void row(
            String profile,
            String work,
            Map<String, Turns> there,
            int threads,
            ToDoubleFunction<Turns.Turn> device) {
        Turns turns = there.get(work);
        Turns.Comparison comparison =
                turns.against(turn -> Math.max(turn.here(), device.applyAsDouble(turn)));
        boolean slow = comparison.target() <= turns.here();
        double scale = threads * Long.BYTES;
        boolean latency = latency(work);
        System.out.printf(
                Locale.ROOT,
                "%-20s %-7s %9.1f %9.1f%s %9.1f %+6.0f %%   %s %s%n",
                profile,
                work,
                latency ? turns.here() : scale / turns.here(),
                latency ? comparison.target() : scale / comparison.target(),
                slow ? "*" : " ",
                latency ? turns.took() : scale / turns.took(),
                100 * (latency ? comparison.ratio() - 1 : 1 / comparison.ratio() - 1),
                comparison.each(!latency),
                latency ? "ns" : "GB/s");
    }
}
