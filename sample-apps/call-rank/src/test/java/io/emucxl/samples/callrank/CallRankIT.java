package io.emucxl.samples.callrank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.runtime.Report;
import io.emucxl.test.Jvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** call-rank with and without the agent, on every JDK. */
class CallRankIT {

    private static final String JAR = "target/call-rank.jar";

    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void findsTheSameOnTwoTiersAndItsHeat(Jvm jvm) throws IOException {
        Jvm.Result plain = jvm.run(List.of("-jar", JAR));
        assertEquals(0, plain.exit(), plain.err());
        assertEquals("", plain.err());

        Path file = directory.resolve("report.txt");
        Jvm.Result tiered =
                jvm.run(
                        List.of(
                                "-javaagent:../../agent/target/emucxl-agent.jar=policy.yaml",
                                "-Demucxl.mode=strict",
                                "-Demucxl.report=" + file,
                                "-jar",
                                JAR));
        assertEquals(0, tiered.exit(), tiered.err());
        assertEquals(plain.out(), tiered.out());
        assertEquals(11, tiered.out().lines().count());
        List<String> lines = tiered.err().lines().toList();
        assertEquals(3, lines.size(), tiered.err());
        assertEquals(
                "emucxl: io.emucxl.samples.callrank.CallGraph: 2 fields placed, 0 refused",
                lines.get(1));
        assertEquals(
                "emucxl: io.emucxl.samples.callrank.PageRank: 4 fields placed, 0 refused",
                lines.get(2));

        Report report = Report.read(file);
        long local = 0;
        long remote = 0;
        for (List<Long> bytes : report.targets().values()) {
            local += bytes.get(0);
            remote += bytes.get(1);
        }
        assertTrue(local + remote > 20_000_000, "bytes placed: " + local + " + " + remote);
        assertTrue(local <= 7 << 20, "local bytes: " + local);
        double bytes = (double) local / (local + remote);
        double samples = localShareAtTheEnd(report.periods());
        assertTrue(samples > bytes && samples > 0.5, samples + " of the samples in " + bytes);
    }

    /**
     * The share of local memory in the last tenth of the sampled accesses. Most samples are taken
     * early, when all heat is new.
     */
    private static double localShareAtTheEnd(List<Report.Period> periods) {
        Report.Period end = periods.get(periods.size() - 1);
        long all = end.localSamples() + end.remoteSamples();
        long local = end.localSamples();
        long before = 0;
        for (Report.Period period : periods) {
            long samples = period.localSamples() + period.remoteSamples();
            if (10 * samples <= 9 * all) {
                local = end.localSamples() - period.localSamples();
                before = samples;
            }
        }
        return (double) local / (all - before);
    }
}
