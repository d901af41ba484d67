package io.emucxl.benchmarks;

import io.emucxl.runtime.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Measures how soon a policy finds a hot set that moves: nine accesses of ten go to a tenth of 256
 * MiB, and to another tenth from time to time; a quarter fits on the local tier. The shares are
 * those of the sampled accesses in the agent's report.
 */
final class MovingHotSet {
    private static final int PHASES = 4;

    private MovingHotSet() {}

    /** Prints a line for each policy; so many seconds lie between two moves. */
    static void compare(int seconds, List<String> policies)
            throws IOException, InterruptedException {
        System.out.printf(
                "%-18s %14s %22s %10s%n", "policy", "local share", "found again after", "moved");
        for (String policy : policies) {
            print(policy, seconds, run(policy, seconds));
        }
    }

    private static Report run(String policy, int seconds) throws IOException, InterruptedException {
        try (ScratchDirectory directory = new ScratchDirectory()) {
            return run(policy, seconds, directory);
        }
    }

    private static Report run(String policy, int seconds, ScratchDirectory directory)
            throws IOException, InterruptedException {
        Path file =
                Files.writeString(
                        directory.path().resolve("policy.yaml"),
                        """
                        backend: emulated
                        tiers: {local: {capacity: 64MiB}, remote: {capacity: 512MiB}}
                        targets:
                          - field: io.emucxl.benchmarks.MovingHotSet$Work.data
                        placement:
                          policy: %s
                        """
                                .formatted(policy));
        Path report = directory.path().resolve("report");
        int status =
                directory
                        .start(
                                new ProcessBuilder(
                                                Path.of(
                                                                System.getProperty("java.home"),
                                                                "bin",
                                                                "java")
                                                        .toString(),
                                                "-Xmx1g",
                                                "-javaagent:" + AgentRun.agent() + "=" + file,
                                                "-Demucxl.report=" + report,
                                                "-cp",
                                                System.getProperty("java.class.path"),
                                                Work.class.getName(),
                                                Integer.toString(seconds))
                                        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                                        .redirectError(ProcessBuilder.Redirect.DISCARD))
                        .waitFor();
        if (status != 0) {
            throw new IOException("the program ended with status " + status);
        }
        return Report.read(report);
    }

    private static void print(String policy, int seconds, Report report) {
        List<Report.Period> periods = report.periods();
        Report.Period end = periods.get(periods.size() - 1);
        long began = end.millis() - 1000L * seconds * PHASES;
        StringBuilder found = new StringBuilder();
        double whole = share(at(periods, began), end);
        for (int phase = 0; phase < PHASES; phase++) {
            long from = began + 1000L * seconds * phase;
            long to = from + 1000L * seconds;
            double settled = share(at(periods, to - 500L * seconds), at(periods, to));
            long time = from;
            while (time < to
                    && share(at(periods, time), at(periods, time + 300)) < 0.95 * settled) {
                time += 100;
            }
            found.append(String.format(Locale.ROOT, " %.1f", (time - from) / 1000.0));
        }
        System.out.printf(
                Locale.ROOT,
                "%-18s %12.1f %% %20s s %6d MiB%n",
                policy,
                100 * whole,
                found,
                report.counters().get("bytesMoved") >> 20);
    }

    /** The last period that ended by this time. */
    private static Report.Period at(List<Report.Period> periods, long millis) {
        Report.Period last = periods.get(0);
        for (Report.Period period : periods) {
            if (period.millis() <= millis) {
                last = period;
            }
        }
        return last;
    }

    private static double share(Report.Period from, Report.Period to) {
        long local = to.localSamples() - from.localSamples();
        long all = local + to.remoteSamples() - from.remoteSamples();
        return all == 0 ? 0 : (double) local / all;
    }

    /** The program that is measured. */
    static final class Work {
        private static final int LENGTH = 32 << 20;

        private final long[] data = new long[LENGTH];
        private long random = 88172645463325252L;

        private Work() {}

        /** With so many seconds between two moves. */
        public static void main(String[] args) {
            run(Integer.parseInt(args[0]));
        }

        private static void run(int seconds) {
            Work work = new Work();
            long begin = System.nanoTime();
            long phase = 0;
            while (phase < PHASES) {
                work.work((int) phase);
                phase = (System.nanoTime() - begin) / (seconds * 1_000_000_000L);
            }
        }

        private void work(int phase) {
            int hot = LENGTH / 10;
            int from = (int) ((long) LENGTH * (3 * phase + 1) / 14);
            for (int i = 0; i < 10_000; i++) {
                random ^= random << 13;
                random ^= random >>> 7;
                random ^= random << 17;
                int any = (int) (random >>> 39);
                int index = i % 10 == 0 ? any : from + any % hot;
                data[index] += i;
            }
        }
    }
}
