package io.emucxl.benchmarks;

import io.emucxl.runtime.Report;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Measures how well sampled heat ranks regions: a program reads and writes a hundred thousand
 * regions by Zipf's law for two seconds and counts what it does; the heat in the agent's report is
 * compared with these counts.
 */
final class HeatAccuracy {
    private static final int REGIONS = 100_000;
    private static final int REGION_LONGS = 8192;
    private static final String POLICY =
            """
            backend: emulated
            regionSize: 64KiB
            tiers: {local: {capacity: 1GiB}, remote: {capacity: 8GiB}}
            targets:
              - field: io.emucxl.benchmarks.HeatAccuracy$Work.data
            placement: {policy: static}
            """;

    private HeatAccuracy() {}

    /** Runs the program for so many seconds in so many threads, and prints how well it went. */
    static void measure(int seconds, int threads) throws IOException, InterruptedException {
        try (ScratchDirectory directory = new ScratchDirectory()) {
            measure(seconds, threads, directory);
        }
    }

    private static void measure(int seconds, int threads, ScratchDirectory directory)
            throws IOException, InterruptedException {
        Path policy = Files.writeString(directory.path().resolve("policy.yaml"), POLICY);
        Path report = directory.path().resolve("report");
        Path counts = directory.path().resolve("counts");
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-javaagent:" + AgentRun.agent() + "=" + policy,
                        "-Demucxl.report=" + report,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Work.class.getName(),
                        Integer.toString(seconds),
                        Integer.toString(threads),
                        counts.toString());
        int status = directory.start(new ProcessBuilder(command).inheritIO()).waitFor();
        if (status != 0) {
            throw new IOException("the program ended with status " + status);
        }
        print(Report.read(report), counts);
    }

    private static void print(Report report, Path file) throws IOException {
        Report.Snapshot heat = report.last();
        if (heat == null) {
            System.out.println("nothing was sampled: is the machine very busy?");
            return;
        }
        long[] counted = new long[REGIONS];
        long accesses = 0;
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (int i = 0; i < REGIONS; i++) {
                counted[i] = in.readLong();
                accesses += counted[i];
            }
        }
        double[] counts = counts(heat, counted);
        double reads = 0;
        double writes = 0;
        for (int i = 0; i < heat.size(); i++) {
            reads += heat.reads()[i];
            writes += heat.writes()[i];
        }
        System.out.printf(
                "%,d regions, %,d accesses, of which %,d were sampled in windows of %,d ms in"
                        + " all%n",
                heat.size(),
                accesses,
                report.counters().get("remoteReads") + report.counters().get("remoteWrites"),
                report.counters().get("windowNanos") / 1_000_000);
        System.out.printf(
                "writes are %.1f %% of the heat, 25 %% of the accesses%n",
                100 * writes / (reads + writes));
        System.out.printf(
                "rank correlation of heat with full counts: %.3f%n", heat.rankCorrelation(counts));
    }

    /**
     * The counts of the regions of a snapshot. Where in its first region the array begins is not
     * told: it is where the counts and the heat agree best.
     */
    private static double[] counts(Report.Snapshot heat, long[] counted) {
        double[] best = null;
        double most = -1;
        for (int begin = 0; begin < 2 * REGION_LONGS; begin += 128) {
            double[] counts = new double[heat.size()];
            for (int i = 0; i < REGIONS; i++) {
                int region = (begin + i * REGION_LONGS + Work.offset(i)) / REGION_LONGS;
                if (region < counts.length) {
                    counts[region] += counted[i];
                }
            }
            double agreement = 0;
            for (int i = 0; i < counts.length; i++) {
                agreement += counts[i] * ((double) heat.reads()[i] + heat.writes()[i]);
            }
            if (agreement > most) {
                most = agreement;
                best = counts;
            }
        }
        return best;
    }

    /** The program that is measured. */
    static final class Work extends Thread {
        private final long[] data;
        private final int[] alias;
        private final double[] keep;
        private final long until;
        private final long[] counts = new long[REGIONS];
        private final SplittableRandom random;

        private Work(long[] data, int[] alias, double[] keep, long until, int number) {
            this.data = data;
            this.alias = alias;
            this.keep = keep;
            this.until = until;
            random = new SplittableRandom(number);
        }

        /** For so many seconds, in so many threads; the counts go to a file. */
        public static void main(String[] args) throws IOException, InterruptedException {
            run(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Path.of(args[2]));
        }

        private static void run(int seconds, int threads, Path file)
                throws IOException, InterruptedException {
            int[] alias = new int[REGIONS];
            double[] keep = new double[REGIONS];
            zipf(alias, keep);
            long[] data = new long[REGIONS * REGION_LONGS];
            for (int region = 0; region < REGIONS; region++) {
                data[region * REGION_LONGS + offset(region)] = 1; // the system makes its page
            }
            long until = System.nanoTime() + seconds * 1_000_000_000L;
            Work[] works = new Work[threads];
            for (int i = 0; i < threads; i++) {
                works[i] = new Work(data, alias, keep, until, i);
                works[i].start();
            }
            try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
                for (Work work : works) {
                    work.join();
                }
                ByteBuffer all = ByteBuffer.allocate(Long.BYTES * REGIONS);
                for (int region = 0; region < REGIONS; region++) {
                    long sum = 0;
                    for (Work work : works) {
                        sum += work.counts[region];
                    }
                    all.putLong(sum);
                }
                out.write(all.array());
            }
        }

        @Override
        public void run() {
            while (System.nanoTime() < until) {
                work();
            }
        }

        private void work() {
            for (int i = 0; i < 10_000; i++) {
                long bits = random.nextLong();
                int rank = (int) ((bits >>> 33) % REGIONS);
                if ((bits & 0xFFFFFF) * 0x1p-24 >= keep[rank]) {
                    rank = alias[rank];
                }
                // Spread the popular ones over the space, and the lines over the cache sets.
                int region = (int) (rank * 77_773L % REGIONS);
                int index = region * REGION_LONGS + offset(region);
                counts[region]++;
                if ((i & 3) == 0) {
                    data[index] = bits;
                } else if (data[index] == 42) {
                    counts[region]--;
                }
            }
        }

        static int offset(int region) {
            return (region & 511) * 8;
        }

        /** Tables for drawing by Zipf's law in constant time (Walker's alias method). */
        private static void zipf(int[] alias, double[] keep) {
            double sum = 0;
            for (int i = 0; i < REGIONS; i++) {
                keep[i] = Math.pow(i + 1, -0.99);
                sum += keep[i];
            }
            int[] small = new int[REGIONS];
            int[] large = new int[REGIONS];
            int smalls = 0;
            int larges = 0;
            for (int i = 0; i < REGIONS; i++) {
                keep[i] *= REGIONS / sum;
                alias[i] = i;
                if (keep[i] < 1) {
                    small[smalls++] = i;
                } else {
                    large[larges++] = i;
                }
            }
            while (smalls > 0 && larges > 0) {
                int less = small[--smalls];
                int more = large[larges - 1];
                alias[less] = more;
                keep[more] -= 1 - keep[less];
                if (keep[more] < 1) {
                    larges--;
                    small[smalls++] = more;
                }
            }
        }
    }
}
