package io.emucxl.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @TempDir Path directory;

    @Test
    void isReadAsItWasWritten() throws IOException {
        Report.Snapshot first =
                new Report.Snapshot(
                        12,
                        2,
                        new int[] {0, 7},
                        new byte[] {1, 0},
                        new float[] {1.5f, 0},
                        new float[] {0, 1e9f});
        Report report =
                new Report(
                        Map.of("policy", "a b"),
                        Map.of("windows", 3L),
                        Map.of("com.acme.A.b [x]", List.of(1L, 2L)),
                        List.of(new Report.Period(1, 2, 3, 4, 5, 6, 7)),
                        first,
                        null);
        Path file = directory.resolve("report");
        Files.writeString(file, "an old one");
        ReportWriter.write(report, file);
        Report read = Report.read(file);
        assertEquals(report.settings(), read.settings());
        assertEquals(report.counters(), read.counters());
        assertEquals(report.targets(), read.targets());
        assertEquals(report.periods(), read.periods());
        assertNull(read.last());
        assertEquals(2, read.first().size());
        assertEquals(12, read.first().millis());
        for (int i = 0; i < 2; i++) {
            assertEquals(first.regions()[i], read.first().regions()[i]);
            assertEquals(first.tiers()[i], read.first().tiers()[i]);
            assertEquals(first.reads()[i], read.first().reads()[i]);
            assertEquals(first.writes()[i], read.first().writes()[i]);
        }
        try (var there = Files.list(directory)) {
            assertArrayEquals(new Path[] {file}, there.toArray());
        }
    }

    @Test
    void aBadFileIsNamedWithItsLine() throws IOException {
        Path file = directory.resolve("report");
        Files.writeString(file, "emucxl-report 1\nset a b\n");
        assertTrue(message(file).endsWith("report: cut short after line 3"));
        Files.writeString(file, "emucxl-report 1\nset a b\ncount windows many\nend\n");
        assertTrue(message(file).endsWith("report:3: not understood: count windows many"));
        Files.writeString(file, "emucxl-report 1\nwhat\nend\n");
        assertTrue(message(file).endsWith("report:2: not understood: what"));
        Files.writeString(file, "hello\n");
        assertTrue(message(file).endsWith("report: not a report of emucxl"));
    }

    private static String message(Path file) {
        return assertThrows(IOException.class, () -> Report.read(file)).getMessage();
    }

    @Test
    void rowsAreThinnedOut() {
        PeriodRows rows = new PeriodRows(8);
        for (int i = 1; i <= 1000; i++) {
            rows.add(new Report.Period(i, 10L * i, 0, 0, 0, 0, 0));
        }
        Report.Period[] left = rows.copy();
        assertTrue(left.length >= 4 && left.length <= 8);
        for (int i = 1; i < left.length; i++) {
            assertEquals(
                    left[1].millis() - left[0].millis(), left[i].millis() - left[i - 1].millis());
        }
    }
}
