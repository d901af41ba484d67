package io.emucxl.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Placement policies side by side in a running program: {@link ZipfProgram} under the agent with a
 * quarter of its data local and the rest on a modelled device, against all of it local.
 *
 * <p>Usage: {@code ./emucxl bench --policies [--profile NAME] [--mebibytes N] [--seconds N]
 * [--structure array|fastutil|hppc]}
 */
public final class LivePolicies {
    private static final List<String> POLICIES =
            List.of("hotset", "tpp", "memtis", "lru", "static");
    private static final List<String> STRUCTURES = List.of("array", "fastutil", "hppc");

    private final AgentRun jvm;
    private final String profile;
    private final int mebibytes;
    private final String seconds;

    private LivePolicies(AgentRun jvm, String profile, int mebibytes, String seconds) {
        this.jvm = jvm;
        this.profile = profile;
        this.mebibytes = mebibytes;
        this.seconds = seconds;
    }

    /** Prints the table; status 2 on wrong usage. */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> structures = new ArrayList<>();
        String profile = "cxl-2.0-x8";
        int mebibytes = 1024;
        String seconds = "8";
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : "";
            if (args[i].equals("--profile") && !value.isEmpty()) {
                profile = value;
            } else if (args[i].equals("--mebibytes") && value.matches("[1-9][0-9]{1,3}")) {
                mebibytes = Integer.parseInt(value);
            } else if (args[i].equals("--seconds") && value.matches("[1-9][0-9]{0,2}")) {
                seconds = value;
            } else if (args[i].equals("--structure") && STRUCTURES.contains(value)) {
                structures.add(value);
            } else {
                System.err.println(
                        "usage: ./emucxl bench --policies [--profile NAME] [--mebibytes N]"
                                + " [--seconds N] [--structure array|fastutil|hppc]");
                System.exit(2);
            }
        }
        if (structures.isEmpty()) {
            structures.addAll(STRUCTURES);
        }
        Path directory = Files.createTempDirectory("emucxl-policies");
        try {
            AgentRun jvm = new AgentRun(System.getProperty("java.home"), directory);
            LivePolicies live = new LivePolicies(jvm, profile, mebibytes, seconds);
            for (String structure : structures) {
                live.compare(structure);
            }
        } finally {
            for (File file : directory.toFile().listFiles()) {
                Files.delete(file.toPath());
            }
            Files.delete(directory);
        }
    }

    private void compare(String structure) throws IOException, InterruptedException {
        System.out.printf(
                "%n%s of %d MiB, a quarter local, remote tier modelled: %s%n",
                structure, mebibytes, profile);
        System.out.printf(
                "%-10s %16s %18s %20s%n",
                "policy", "Mio accesses/s", "slower than local", "slower by the model");
        double local = print(structure, "all local", "static", "local", 2 * mebibytes, 0);
        for (String policy : POLICIES) {
            print(structure, policy, policy, "remote", mebibytes / 4, local);
        }
    }

    /** Accesses per second. */
    private double print(
            String structure, String title, String policy, String start, int capacity, double local)
            throws IOException, InterruptedException {
        System.err.println("emucxl bench: " + structure + ", " + title + " ...");
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
        double rate = Double.parseDouble(words[0]);
        System.out.printf(
                Locale.ROOT,
                "%-10s %16.2f %18s %20s%n",
                title,
                rate / 1e6,
                local == 0 ? "-" : String.format(Locale.ROOT, "%.2f", local / rate),
                words[1]);
        return rate;
    }
}
