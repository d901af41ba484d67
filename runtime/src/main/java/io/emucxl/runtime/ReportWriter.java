package io.emucxl.runtime;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** Writer of the file format of {@link Report}. */
final class ReportWriter {
    private ReportWriter() {}

    /** Writes a report to a file beside, then puts it in the place of the file. */
    static void write(Report report, Path file) throws IOException {
        Path whole = file.toAbsolutePath();
        Path beside = whole.resolveSibling(whole.getFileName() + ".part");
        try (Writer out = Files.newBufferedWriter(beside, StandardCharsets.UTF_8)) {
            write(report, out);
        }
        try {
            Files.move(beside, whole, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(beside, whole, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void write(Report report, Writer out) throws IOException {
        out.write("emucxl-report 1\n");
        for (Map.Entry<String, String> setting : report.settings().entrySet()) {
            out.write("set " + setting.getKey() + " " + setting.getValue() + "\n");
        }
        for (Map.Entry<String, Long> counter : report.counters().entrySet()) {
            out.write("count " + counter.getKey() + " " + counter.getValue() + "\n");
        }
        for (Map.Entry<String, List<Long>> target : report.targets().entrySet()) {
            List<Long> bytes = target.getValue();
            out.write("target " + bytes.get(0) + " " + bytes.get(1) + " " + target.getKey() + "\n");
        }
        for (Report.Period period : report.periods()) {
            out.write(
                    "period "
                            + period.millis()
                            + " "
                            + period.localSamples()
                            + " "
                            + period.remoteSamples()
                            + " "
                            + period.promotions()
                            + " "
                            + period.demotions()
                            + " "
                            + period.usedLocal()
                            + " "
                            + period.usedRemote()
                            + "\n");
        }
        snapshot("first", report.first(), out);
        snapshot("last", report.last(), out);
        out.write("end\n");
    }

    private static void snapshot(String which, Report.Snapshot snapshot, Writer out)
            throws IOException {
        if (snapshot == null) {
            return;
        }
        out.write("snapshot " + which + " " + snapshot.millis() + "\n");
        for (int i = 0; i < snapshot.size(); i++) {
            out.write(
                    "region "
                            + snapshot.regions()[i]
                            + " "
                            + snapshot.tiers()[i]
                            + " "
                            + snapshot.reads()[i]
                            + " "
                            + snapshot.writes()[i]
                            + "\n");
        }
    }
}
