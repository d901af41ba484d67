package io.emucxl.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.runtime.Report;
import io.emucxl.test.Jvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A device profile in front of a program that misses the cache. */
class DeviceModelIT {
    private static final String MISSES = "io.emucxl.agent.programs.Misses";
    private static final Path JAR = Path.of("target/emucxl-agent.jar").toAbsolutePath();

    @TempDir Path directory;

    private Jvm.Result run(Jvm jvm, String remote, Path report) throws Exception {
        Path policy =
                Files.writeString(
                        directory.resolve("policy.yaml"),
                        "version: 1\nbackend: emulated\ntiers:\n  remote: {"
                                + remote
                                + "}\ntargets:\n  - field: "
                                + MISSES
                                + ".data\nplacement:\n  policy: static\n"
                                + "  sampling: {window: 200us, duty: 10%, overhead: 100%}\n");
        List<String> command = new ArrayList<>();
        command.add("-Demucxl.report=" + report);
        command.add("-javaagent:" + JAR + "=" + policy);
        command.add("-cp");
        command.add(Path.of("target/test-classes").toAbsolutePath().toString());
        command.add(MISSES);
        Jvm.Result result = jvm.run(command, 120);
        assertEquals(0, result.exit(), result.err());
        return result;
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void aNamedDeviceIsChargedAndSaid(Jvm jvm) throws Exception {
        Path file =
                Files.writeString(
                        directory.resolve("far.yaml"),
                        "version: 1\nlatency: {value: 1000ns, source: invented for this test}\n");
        Path report = directory.resolve("report.txt");
        Jvm.Result charged = run(jvm, "capacity: 128MiB, profile: " + file, report);
        assertTrue(charged.err().contains(", modelled: " + file + "; 1 field"), charged.err());
        assertEquals(1, charged.err().lines().count(), charged.err());
        Report told = Report.read(report);
        assertTrue(told.counters().get("chargedNanos") > 0, told.counters().toString());
        assertTrue(told.counters().get("remoteMisses") > 0, told.counters().toString());
        assertEquals(0, told.counters().get("localMisses"));
        assertEquals(file.toString(), told.settings().get("remoteProfile"));
        assertEquals("none", told.settings().get("localProfile"));

        Jvm.Result plain = run(jvm, "capacity: 128MiB", report);
        assertEquals(plain.out(), charged.out());
        assertTrue(plain.err().contains("on one node, equally fast; 1 field"), plain.err());
        assertEquals(0, Report.read(report).counters().get("chargedNanos"));
        assertEquals(0, Report.read(report).counters().get("remoteMisses"));
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void withoutSamplingNothingCanBeCharged(Jvm jvm) throws Exception {
        Path policy =
                Files.writeString(
                        directory.resolve("policy.yaml"),
                        "version: 1\ntiers:\n  remote: {profile: cxl-fpga}\ntargets:\n  - field: "
                                + MISSES
                                + ".data\nplacement:\n  sampling: {duty: 0%}\n");
        Jvm.Result result =
                jvm.run(
                        List.of(
                                "-javaagent:" + JAR + "=" + policy,
                                "-cp",
                                Path.of("target/test-classes").toAbsolutePath().toString(),
                                MISSES),
                        60);
        assertEquals(0, result.exit());
        assertTrue(
                result.err().contains("nothing is placed: device profiles are charged in"),
                result.err());
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void calibrateSaysWhatEachProfileCharges(Jvm jvm) {
        Jvm.Result table = jvm.run(List.of("-jar", JAR.toString(), "calibrate"), 120);
        assertEquals(0, table.exit(), table.err());
        assertTrue(table.out().contains("\ncxl-2.0-x8 "), table.out());
        assertEquals("emucxl calibrate: measuring the memory ...\n", oneNode(table.err()));
        Jvm.Result json =
                jvm.run(List.of("-jar", JAR.toString(), "calibrate", "--json", "cxl-fpga"), 120);
        assertTrue(json.out().contains("{\"name\": \"cxl-fpga\", \"latencyNanos\": "), json.out());
        Jvm.Result wrong = jvm.run(List.of("-jar", JAR.toString(), "calibrate", "cxl-fgpa"), 60);
        assertEquals(2, wrong.exit());
        assertEquals("", wrong.out());
        assertTrue(wrong.err().contains("did you mean \"cxl-fpga\"?"), wrong.err());
    }

    /** What it says on a machine of one node, where one line does for both tiers. */
    private static String oneNode(String err) {
        return err.replace("measuring local ...", "measuring the memory ...")
                .replace("emucxl calibrate: measuring remote ...\n", "");
    }
}
