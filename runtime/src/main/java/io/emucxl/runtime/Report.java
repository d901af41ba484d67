package io.emucxl.runtime;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a program did on the two tiers, as it is written to the file of the system property {@code
 * emucxl.report} when the program ends.
 *
 * <p>The file is text in UTF-8, one thing a line, words apart by one space:
 *
 * <pre>
 * emucxl-report 1
 * set NAME VALUE                                  backend, policy, regionBytes ...
 * count NAME NUMBER                               a counter of {@link TieringMXBean}
 * target LOCAL-BYTES REMOTE-BYTES NAME            live bytes by target, when it was written
 * period MILLIS LOCAL REMOTE PROMOTIONS DEMOTIONS USED-LOCAL USED-REMOTE
 * snapshot WHICH MILLIS                           WHICH is first or last
 * region NUMBER TIER READS WRITES                 a region of the snapshot above it
 * end
 * </pre>
 *
 * <p>Samples and moves of a period count from the start of the program, MILLIS from the start of
 * the engine. The first snapshot is of the time when the data was first accessed and had at least
 * half its final size; the last, of the last time when it had. READS and WRITES are decayed counts
 * of accesses, estimated from samples.
 *
 * @param settings what was set
 * @param counters the counters
 * @param targets local and remote bytes by name
 * @param periods what happened until the end of each
 * @param first the first snapshot, or null
 * @param last the last one, or null
 */
public record Report(
        Map<String, String> settings,
        Map<String, Long> counters,
        Map<String, List<Long>> targets,
        List<Period> periods,
        Snapshot first,
        Snapshot last) {

    /** One period; the counters count from the start. */
    public record Period(
            long millis,
            long localSamples,
            long remoteSamples,
            long promotions,
            long demotions,
            long usedLocal,
            long usedRemote) {}

    /** The regions in use at one time: {@code size} entries of every array. */
    @SuppressWarnings("ArrayRecordComponent") // columns of a table; nobody compares two of them
    public record Snapshot(
            long millis, int size, int[] regions, byte[] tiers, float[] reads, float[] writes) {

        /**
         * How well heat ranks the regions: Spearman's rank correlation with full counts.
         *
         * @param counts the accesses of the regions, in the order of {@link #regions}
         * @return 1 when heat and counts put the regions in the same order, about 0 when they have
         *     nothing to do with each other
         * @throws IllegalArgumentException if there are not as many counts as regions
         */
        public double rankCorrelation(double[] counts) {
            double[] heat = new double[size];
            for (int i = 0; i < size; i++) {
                heat[i] = (double) reads[i] + writes[i];
            }
            return RankCorrelation.of(heat, counts);
        }
    }

    /**
     * Reads a report.
     *
     * @throws IOException when the file cannot be read, is no report, or is cut short; the message
     *     names file and line
     */
    public static Report read(Path file) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return new Reader(file).read(in);
        }
    }

    private static final class Reader {
        private final Path file;
        private final Map<String, String> settings = new LinkedHashMap<>();
        private final Map<String, Long> counters = new LinkedHashMap<>();
        private final Map<String, List<Long>> targets = new LinkedHashMap<>();
        private final List<Period> periods = new ArrayList<>();
        private Snapshot first;
        private Snapshot last;
        private int number;

        Reader(Path file) {
            this.file = file;
        }

        Report read(BufferedReader in) throws IOException {
            String line = next(in);
            if (!"emucxl-report 1".equals(line)) {
                throw new IOException(file + ": not a report of emucxl");
            }
            line = next(in);
            while (line != null && !line.equals("end")) {
                try {
                    line = line(line, in);
                } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                    throw new IOException(file + ":" + number + ": not understood: " + line, e);
                }
            }
            if (line == null) {
                throw new IOException(file + ": cut short after line " + number);
            }
            return new Report(settings, counters, targets, periods, first, last);
        }

        private String next(BufferedReader in) throws IOException {
            number++;
            return in.readLine();
        }

        private String line(String line, BufferedReader in) throws IOException {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "set" -> settings.put(words[1], line.substring(5 + words[1].length()));
                case "count" -> counters.put(words[1], Long.valueOf(words[2]));
                case "target" ->
                        targets.put(
                                line.substring(9 + words[1].length() + words[2].length()),
                                List.of(Long.valueOf(words[1]), Long.valueOf(words[2])));
                case "period" ->
                        periods.add(
                                new Period(
                                        Long.parseLong(words[1]),
                                        Long.parseLong(words[2]),
                                        Long.parseLong(words[3]),
                                        Long.parseLong(words[4]),
                                        Long.parseLong(words[5]),
                                        Long.parseLong(words[6]),
                                        Long.parseLong(words[7])));
                case "snapshot" -> {
                    return snapshot(words, in);
                }
                default -> throw new NumberFormatException(words[0]);
            }
            return next(in);
        }

        private String snapshot(String[] words, BufferedReader in) throws IOException {
            int[] regions = new int[64];
            byte[] tiers = new byte[64];
            float[] reads = new float[64];
            float[] writes = new float[64];
            int size = 0;
            String line = next(in);
            while (line != null && line.startsWith("region ")) {
                if (size == regions.length) {
                    regions = Arrays.copyOf(regions, 2 * size);
                    tiers = Arrays.copyOf(tiers, 2 * size);
                    reads = Arrays.copyOf(reads, 2 * size);
                    writes = Arrays.copyOf(writes, 2 * size);
                }
                String[] region = line.split(" ", -1);
                regions[size] = Integer.parseInt(region[1]);
                tiers[size] = Byte.parseByte(region[2]);
                reads[size] = Float.parseFloat(region[3]);
                writes[size] = Float.parseFloat(region[4]);
                size++;
                line = next(in);
            }
            Snapshot read =
                    new Snapshot(Long.parseLong(words[2]), size, regions, tiers, reads, writes);
            if (words[1].equals("first")) {
                first = read;
            } else {
                last = read;
            }
            return line;
        }
    }
}
