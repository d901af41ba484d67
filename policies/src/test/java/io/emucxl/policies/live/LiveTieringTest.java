package io.emucxl.policies.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.RegionSpace;
import io.emucxl.policies.HotSet;
import io.emucxl.runtime.Report;
import io.emucxl.runtime.TieredArray;
import io.emucxl.test.Jvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine in a running program, with the runtime on the boot path as the agent has it. */
class LiveTieringTest {
    @TempDir Path directory;

    private Jvm.Result run(Jvm jvm, String what, String... options) throws Exception {
        return run(jvm, Map.of(), what, options);
    }

    private Jvm.Result run(Jvm jvm, Map<String, String> environment, String what, String... options)
            throws Exception {
        List<String> command = new ArrayList<>();
        for (String name : List.of("misc", "util", "loader")) {
            command.add("--add-exports=java.base/jdk.internal." + name + "=ALL-UNNAMED");
        }
        command.add("-Xbootclasspath/a:" + home(TieredArray.class) + ":" + home(RegionSpace.class));
        command.add("-cp");
        command.add(home(SkewedAccess.class) + ":" + home(HotSet.class));
        command.add("-Demucxl.report=" + report());
        command.addAll(List.of(options));
        command.add(SkewedAccess.class.getName());
        command.add(what);
        Jvm.Result result = jvm.run(command, 180, environment);
        assertEquals(0, result.exit(), result.err());
        assertTrue(result.out().startsWith("done, sum "), result.out() + result.err());
        return result;
    }

    private static Path home(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private Path report() {
        return directory.resolve("report.txt");
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void hotRegionsBecomeLocal(Jvm jvm) throws Exception {
        Jvm.Result result = run(jvm, "hot");
        assertEquals("", result.err());
        Report report = Report.read(report());
        assertEquals("emulated", report.settings().get("backend"));
        assertEquals("65536", report.settings().get("regionBytes"));
        assertTrue(report.counters().get("promotions") > 0);
        assertTrue(report.targets().get("SkewedAccess.data").get(0) > 0);
        assertEquals(
                16L << 20,
                report.targets().get("SkewedAccess.data").get(0)
                        + report.targets().get("SkewedAccess.data").get(1));
        assertTrue(!report.periods().isEmpty());

        assertNotNull(report.first());
        assertTrue(localHeat(report.first()) < 0.5, "at first " + localHeat(report.first()));
        assertTrue(localHeat(report.last()) > 0.7, "at last " + localHeat(report.last()));
        assertTrue(localRegions(report.last()) <= 64);
        assertTrue(report.last().size() >= 256);
    }

    private static double localHeat(Report.Snapshot snapshot) {
        double local = 0;
        double all = 0;
        for (int i = 0; i < snapshot.size(); i++) {
            double heat = snapshot.reads()[i] + snapshot.writes()[i];
            all += heat;
            local += snapshot.tiers()[i] == 0 ? heat : 0;
        }
        return local / all;
    }

    private static int localRegions(Report.Snapshot snapshot) {
        int local = 0;
        for (int i = 0; i < snapshot.size(); i++) {
            local += snapshot.tiers()[i] == 0 ? 1 : 0;
        }
        return local;
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void aLoweredCapacityIsKept(Jvm jvm) throws Exception {
        run(jvm, "capacity");
        Report report = Report.read(report());
        assertTrue(report.counters().get("demotions") > 0);
        assertEquals(Long.toString(1 << 20), report.settings().get("localCapacity"));
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void roomIsMadeBeforeAnAllocationFails(Jvm jvm) throws Exception {
        Jvm.Result result = run(jvm, "room");
        assertEquals("", result.err());
        assertTrue(Report.read(report()).counters().get("demotions") > 0);
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void pagesThatCannotBeMovedHarmNothing(Jvm jvm) throws Exception {
        Path library = directory.resolve("two_nodes.so");
        Process compiler =
                new ProcessBuilder(
                                "cc",
                                "-shared",
                                "-fPIC",
                                "-O1",
                                "-o",
                                library.toString(),
                                "src/test/native/two_nodes.c",
                                "-ldl")
                        .inheritIO()
                        .start();
        assertTrue(compiler.waitFor(60, TimeUnit.SECONDS) && compiler.exitValue() == 0);
        Jvm.Result result = run(jvm, Map.of("LD_PRELOAD", library.toString()), "stuck");
        assertTrue(result.out().contains(", torn regions: 0\n"), result.out());
        assertFalse(result.out().contains("refused pages: 0,"), result.out());
        List<String> said = result.err().lines().toList();
        assertFalse(said.isEmpty());
        for (String line : said) {
            assertTrue(
                    line.matches(
                            ".* could not be moved to the (local|remote) tier \\(errno 16\\); it stays.*"),
                    line);
        }
        assertEquals(
                said.size(),
                said.stream().map(line -> line.contains(" local tier ")).distinct().count(),
                result.err());
        Report report = Report.read(report());
        assertEquals("numa", report.settings().get("backend"));
        long failed = report.counters().get("failedMoves");
        assertTrue(failed >= 20, "failed " + failed);
        assertTrue(report.counters().get("promotions") > 0);
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void aPolicyThatThrowsHarmsNothing(Jvm jvm) throws Exception {
        Jvm.Result result = run(jvm, "throws");
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().contains("on purpose"));
        Report report = Report.read(report());
        assertTrue(report.counters().get("policyFailures") > 10);
        assertEquals(0, report.counters().get("promotions"));
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void aPolicyThatAsksForNonsenseLosesNothing(Jvm jvm) throws Exception {
        Jvm.Result result = run(jvm, "nonsense");
        List<String> said = result.err().lines().toList();
        assertEquals(
                1,
                said.stream().filter(s -> s.contains("such moves are ignored")).count(),
                result.err());
        // A tier that is full besides is another thing to say, once.
        assertTrue(said.size() <= 3, result.err());
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void aReportThatCannotBeWrittenIsAWarning(Jvm jvm) throws IOException, Exception {
        Jvm.Result result =
                run(jvm, "throws", "-Demucxl.report=" + directory.resolve("no/such/place"));
        assertTrue(result.err().contains("no/such/place could not be written"), result.err());
    }
}
