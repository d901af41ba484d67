package io.emucxl.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.policies.simulator.Trace;
import io.emucxl.policies.simulator.Traces;
import io.emucxl.test.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A recorded run is a trace that the simulator plays, on every JDK. */
class RecordIT {
    private static final String JAR =
            Path.of("target/emucxl-agent.jar").toAbsolutePath().toString();
    private static final String CLASSES =
            Path.of("target/test-classes").toAbsolutePath().toString();

    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void aProgramIsRecordedAndPlayed(Jvm jvm) throws IOException {
        Path policy =
                Files.writeString(
                        directory.resolve("policy.yaml"),
                        """
                        backend: emulated
                        regionSize: 64KiB
                        tiers: {local: {capacity: 1MiB}, remote: {capacity: 16MiB}}
                        targets:
                          - field: io.emucxl.agent.programs.Skewed.table
                        placement: {policy: static, migration: {every: 20ms}}
                        """);
        Path file = directory.resolve("live.trace.gz");
        Jvm.Result recorded =
                jvm.run(
                        List.of(
                                "-jar",
                                JAR,
                                "record",
                                "--output",
                                file.toString(),
                                "--policy-file",
                                policy.toString(),
                                "--",
                                jvm.home().resolve("bin/java").toString(),
                                "-cp",
                                CLASSES,
                                "io.emucxl.agent.programs.Skewed"),
                        120);
        assertEquals(7, recorded.exit(), recorded.err());
        assertEquals("done\n", recorded.out());
        assertTrue(recorded.err().contains("emucxl record: " + file + " has "), recorded.err());

        Trace trace = Traces.read(file.toString());
        assertTrue(trace.periods() > 3, "periods " + trace.periods());
        long[] counts = new long[trace.units()];
        for (int i = 0; i < trace.accesses(); i++) {
            counts[trace.unit(i)]++;
        }
        java.util.Arrays.sort(counts);
        // Three accesses of four are to one region of 64.
        long hottest = counts[counts.length - 1];
        assertTrue(hottest > trace.accesses() / 2, hottest + " of " + trace.accesses());

        Jvm.Result played =
                jvm.run(
                        List.of(
                                "-jar",
                                JAR,
                                "simulate",
                                "--trace",
                                file.toString(),
                                "--policy",
                                "hotset,best-static",
                                "--local",
                                "5%"),
                        120);
        assertEquals(0, played.exit(), played.err());
        assertEquals(4, played.out().lines().count(), played.out());
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void whatCannotBeRecordedIsSaid(Jvm jvm) {
        String file = directory.resolve("none.trace").toString();
        Jvm.Result nothing =
                jvm.run(
                        List.of(
                                "-jar",
                                JAR,
                                "record",
                                "-o",
                                file,
                                "--",
                                jvm.home().resolve("bin/java").toString(),
                                "-cp",
                                CLASSES,
                                "io.emucxl.agent.programs.Hello"),
                        60);
        assertEquals(1, nothing.exit(), nothing.err());
        assertEquals("hello\n", nothing.out());
        assertTrue(nothing.err().contains("nothing was sampled"), nothing.err());
        Jvm.Result other = jvm.run(List.of("-jar", JAR, "record", "--", "ls"), 60);
        assertEquals(2, other.exit());
        assertTrue(other.err().contains("begins with java, not with ls"), other.err());
    }
}
