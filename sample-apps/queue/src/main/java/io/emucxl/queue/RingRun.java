package io.emucxl.queue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;

/** The times of the ring buffer in a JVM of its own, with or without the agent. */
record RingRun(Sample enqueue, Sample dequeue) {

    /**
     * Runs it.
     *
     * @param agent the agent's jar, or null to run without
     * @param start where the agent's arrays begin, "local" or "remote"
     * @param profile the device profile that the remote tier is charged by, or "none"
     * @throws IOException when the JVM cannot be run, or fails
     */
    static RingRun run(Path agent, String start, String profile, int operations, int repetitions)
            throws IOException, InterruptedException {
        Path policy = null;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        try {
            if (agent != null) {
                policy = Files.createTempFile("queue", ".yaml");
                Files.writeString(policy, policy(start, profile));
                command.add("-javaagent:" + agent + "=" + policy);
            }
            command.add("-cp");
            command.add(System.getProperty("java.class.path"));
            command.add(RingTimes.class.getName());
            command.add(Integer.toString(operations));
            command.add(Integer.toString(repetitions));
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String out =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException("the ring buffer's JVM ended with " + exit);
            }
            return parse(out);
        } finally {
            if (policy != null) {
                Files.delete(policy);
            }
        }
    }

    /** The arrays stay where they begin: what is measured is the tier, not its choice. */
    private static String policy(String start, String profile) {
        return String.format(
                Locale.ROOT,
                "version: 1%nmode: strict%ntiers:%n  remote: {profile: '%s'}%n"
                        + "targets:%n  - {field: %s.ring}%n"
                        + "placement: {policy: static, start: %s}%n",
                profile.replace("'", "''"),
                RingQueue.class.getName(),
                start);
    }

    private static RingRun parse(String out) {
        StringTokenizer numbers = new StringTokenizer(out);
        double[] values = new double[4];
        for (int i = 0; i < values.length; i++) {
            values[i] = Double.parseDouble(numbers.nextToken());
        }
        return new RingRun(new Sample(values[0], values[1]), new Sample(values[2], values[3]));
    }
}
