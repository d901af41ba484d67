package io.emucxl.agent.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM's log of its collections ({@code -Xlog:gc}) says.
 *
 * @param heapAfterFull bytes in use after the last full collection, -1 when there was none
 * @param fullMillis how long the program stood still for it
 * @param longestMillis the longest of all other pauses, 0 when there was none
 */
record GcLog(long heapAfterFull, double fullMillis, double longestMillis) {

    private static final Pattern PAUSE =
            Pattern.compile(
                    "Pause (Full)?.*? (\\d+)([BKMG])->(\\d+)([BKMG])\\(\\S+\\) ([0-9.]+)ms");

    static GcLog read(Path file) throws IOException {
        long after = -1;
        double full = 0;
        double longest = 0;
        for (String line : Files.readAllLines(file)) {
            Matcher pause = PAUSE.matcher(line);
            if (!pause.find()) {
                continue;
            }
            double millis = Double.parseDouble(pause.group(6));
            if (pause.group(1) != null) {
                after = bytes(pause.group(4), pause.group(5));
                full = millis;
            } else {
                longest = Math.max(longest, millis);
            }
        }
        return new GcLog(after, full, longest);
    }

    private static long bytes(String number, String unit) {
        return Long.parseLong(number) << (10 * "BKMG".indexOf(unit));
    }
}
