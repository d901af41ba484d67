package io.emucxl.benchmarks;

import io.emucxl.policies.file.DeviceProfile;
import io.emucxl.policies.file.DeviceProfiles;
import io.emucxl.policies.file.PolicyFileException;
import io.emucxl.runtime.Calibration;
import io.emucxl.runtime.DeviceModel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether the modelled devices are as fast as their profiles say: {@link FidelityProgram} under the
 * agent, on the emulated backend, against what follows from the profile and from a run of the same
 * program without one.
 *
 * <p>The target of pointer chasing is the profile's latency; of random reads, the time without a
 * profile by the ratio of the latencies, because as many of them overlap; of streams, the profile's
 * bandwidth. Where the machine is slower than the profile the target is what the machine does.
 *
 * <p>Usage: {@code ./emucxl bench --fidelity [--seconds N] [--threads N] [--profile NAME]
 * [JAVA_HOME...]}
 */
public final class Fidelity {
    private static final String MEBIBYTES = "128";

    private final AgentRun jvm;
    private final String seconds;

    private Fidelity(AgentRun jvm, String seconds) {
        this.jvm = jvm;
        this.seconds = seconds;
    }

    /** Prints the table; status 2 on wrong usage. */
    public static void main(String[] args)
            throws IOException, InterruptedException, PolicyFileException {
        List<String> homes = new ArrayList<>();
        List<String> profiles = new ArrayList<>();
        List<Integer> threads = new ArrayList<>();
        String seconds = "3";
        for (int i = 0; i < args.length; i++) {
            boolean more = i + 1 < args.length;
            if (args[i].equals("--seconds") && more && args[i + 1].matches("[1-9][0-9]{0,2}")) {
                seconds = args[++i];
            } else if (args[i].equals("--threads") && more && args[i + 1].matches("[1-8]")) {
                threads.add(Integer.valueOf(args[++i]));
            } else if (args[i].equals("--profile") && more) {
                profiles.add(args[++i]);
            } else if (new File(args[i], "bin/java").canExecute()) {
                homes.add(args[i]);
            } else {
                System.err.println(
                        "usage: ./emucxl bench --fidelity [--seconds N] [--threads N]"
                                + " [--profile NAME] [JAVA_HOME...]");
                System.exit(2);
            }
        }
        if (homes.isEmpty()) {
            homes.add(System.getProperty("java.home"));
        }
        if (profiles.isEmpty()) {
            profiles.addAll(DeviceProfiles.names());
            profiles.add("cxl-2.0-x8" + DeviceProfiles.RELATIVE);
        }
        if (threads.isEmpty()) {
            threads.addAll(List.of(1, 2));
        }
        Path directory = Files.createTempDirectory("emucxl-fidelity");
        try {
            for (String home : homes) {
                for (int count : threads) {
                    System.out.printf("%n%s, threads: %d%n", home, count);
                    new Fidelity(new AgentRun(home, directory), seconds).compare(profiles, count);
                }
            }
        } finally {
            for (File file : directory.toFile().listFiles()) {
                Files.delete(file.toPath());
            }
            Files.delete(directory);
        }
    }

    private Map<String, Double> measure(String profile, int threads)
            throws IOException, InterruptedException {
        System.err.println("emucxl bench: " + profile + ", threads: " + threads + " ...");
        String policy =
                "version: 1\nbackend: emulated\ntiers:\n  local: {capacity: 64MiB}\n"
                        + "  remote: {capacity: 2GiB, profile: "
                        + profile
                        + "}\ntargets:\n  - field: "
                        + FidelityProgram.class.getName()
                        + ".data\nplacement:\n  policy: static\n  start: remote\n"
                        + "  sampling: {window: 200us, duty: 2%}\n";
        Map<String, Double> figures = new HashMap<>();
        String count = Integer.toString(threads);
        for (String line : jvm.run(policy, FidelityProgram.class, count, MEBIBYTES, seconds)) {
            String[] words = line.split(" ", -1);
            figures.put(words[0], Double.valueOf(words[1]));
        }
        return figures;
    }

    private void compare(List<String> profiles, int threads)
            throws IOException, InterruptedException, PolicyFileException {
        // The machine's bandwidth is that of all its CPUs, as the agent calibrates it.
        int cpus = Math.min(8, Runtime.getRuntime().availableProcessors());
        Map<String, Double> all = measure(DeviceProfiles.NONE, cpus);
        Map<String, Double> here = threads == cpus ? all : measure(DeviceProfiles.NONE, threads);
        System.out.printf(
                "%-22s %-8s %10s %10s %10s %8s%n",
                "profile", "work", "here", "target", "measured", "off by");
        for (String name : profiles) {
            DeviceProfile profile = DeviceProfiles.read(name);
            DeviceModel.Device device =
                    profile.on(new Calibration(here.get("chase"), all.get("read"), 1));
            Map<String, Double> there = measure(name, threads);
            double slower = Math.max(1, device.latencyNanos() / here.get("chase"));
            row(name, "chase", here, there, here.get("chase") * slower, "ns");
            row(name, "random", here, there, here.get("random") * slower, "ns");
            double read = Math.min(here.get("read"), device.readBandwidth());
            row(name, "read", here, there, read, "GB/s");
            // A line is read before it is written.
            double both =
                    Math.min(
                            Math.min(device.readBandwidth(), device.writeBandwidth()),
                            device.mixedBandwidth() / 2);
            row(name, "write", here, there, Math.min(here.get("write"), both), "GB/s");
        }
    }

    private static void row(
            String profile,
            String work,
            Map<String, Double> here,
            Map<String, Double> there,
            double target,
            String unit) {
        double measured = there.get(work);
        System.out.printf(
                Locale.ROOT,
                "%-22s %-8s %10.1f %10.1f %10.1f %+7.0f %% %s%n",
                profile,
                work,
                here.get(work),
                target,
                measured,
                100 * (measured / target - 1),
                unit);
    }
}
