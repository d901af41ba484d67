package io.emucxl.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.agent.kit.Restless;
import io.emucxl.test.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tests of libraries have the same results, messages included, under the agent as without. */
class LibrarySuitesIT {
    private static final String JVMS = "io.emucxl.test.Jvm#all";

    @TempDir Path directory;

    /**
     * @param name what it is called
     * @param engine the JUnit Platform's engine that runs it
     * @param tests the package with the tests, or = and a class with a suite
     * @param fields the fields to place
     * @param placed how many fields are placed at least
     * @param passing how many tests pass at least
     * @param capacity of the remote tier
     * @param options of the JVM
     */
    private record Suite(
            String name,
            String engine,
            String tests,
            List<String> fields,
            int placed,
            int passing,
            String capacity,
            List<String> options) {
        String names() {
            return tests.startsWith("=") ? ".*" : ".*Test";
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void commonsMathLinear(Jvm jvm) throws IOException {
        same(
                jvm,
                new Suite(
                        "commons-math3 linear",
                        "junit-vintage",
                        "org.apache.commons.math3.linear",
                        List.of("org.apache.commons.math3.**"),
                        400,
                        925,
                        "128MiB",
                        List.of()));
    }

    /** Few of its classes have arrays of primitives; those are the Bloom filters. */
    @ParameterizedTest
    @MethodSource(JVMS)
    void commonsCollections(Jvm jvm) throws IOException {
        same(
                jvm,
                new Suite(
                        "commons-collections4",
                        "junit-jupiter",
                        "org.apache.commons.collections4",
                        List.of("org.apache.commons.collections4.**"),
                        20,
                        7_900,
                        "2GiB",
                        List.of()));
    }

    /** Its memory module wants parts of the JDK opened, and refuses any JDK later than 21. */
    @ParameterizedTest
    @MethodSource(JVMS)
    void datasketches(Jvm jvm) throws IOException {
        same(
                jvm,
                new Suite(
                        "datasketches-java",
                        "testng",
                        "org.apache.datasketches",
                        List.of("org.apache.datasketches.**"),
                        120,
                        2_100,
                        "128MiB",
                        List.of(
                                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                                "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                                "-Dproof.java.version=17.0.2")));
    }

    /**
     * The contracts of the JDK's maps, sets and lists on those of five libraries. Some of the
     * libraries break some; under the agent they break the same ones in the same way.
     */
    @ParameterizedTest
    @MethodSource(JVMS)
    void contractsOfCollections(Jvm jvm) throws IOException {
        same(
                jvm,
                new Suite(
                        "guava-testlib on fastutil, hppc, trove, agrona, eclipse",
                        "junit-vintage",
                        "=" + ContractSuites.class.getName(),
                        List.of(
                                "it.unimi.dsi.fastutil.longs.**",
                                "com.carrotsearch.hppc.**",
                                "gnu.trove.**",
                                "org.agrona.collections.**",
                                "org.eclipse.collections.impl.**.primitive.**"),
                        500,
                        10_100,
                        "256MiB",
                        List.of()));
    }

    private void same(Jvm jvm, Suite suite) throws IOException {
        Path plain = directory.resolve("plain");
        CompletableFuture<Jvm.Result> without =
                CompletableFuture.supplyAsync(() -> run(jvm, suite, plain, List.of()));
        Restless restless = new Restless(directory, suite.capacity, suite.fields);
        Path tiered = directory.resolve("tiered");
        Jvm.Result on = run(jvm, suite, tiered, restless.options());
        Jvm.Result off = without.join();

        assertEquals(0, off.exit(), off.err());
        assertEquals(0, on.exit(), on.err());
        List<String> expected = Files.readAllLines(plain);
        assertEquals("", difference(expected, Files.readAllLines(tiered)));
        long passed = expected.stream().filter(line -> line.contains(" SUCCESSFUL")).count();
        assertTrue(passed >= suite.passing, passed + " of " + expected.size() + " passed");
        restless.assertRestless(on, suite.placed);
        System.out.println(
                suite.name
                        + " on "
                        + jvm
                        + ": "
                        + expected.size()
                        + " tests, "
                        + passed
                        + " pass, off and on; "
                        + Restless.placed(on)
                        + " fields placed");
    }

    private static Jvm.Result run(Jvm jvm, Suite suite, Path results, List<String> agent) {
        List<String> command = new ArrayList<>(agent);
        command.addAll(suite.options);
        command.addAll(List.of("-ea", "-Xmx2g", "-Duser.language=en", "-Duser.timezone=UTC"));
        command.addAll(List.of("-cp", Restless.classPath(), TestRunner.class.getName()));
        command.addAll(List.of(results.toString(), suite.engine, suite.names(), suite.tests));
        return jvm.run(command, 900);
    }

    private static String difference(List<String> expected, List<String> actual) {
        TreeSet<String> lost = new TreeSet<>(expected);
        actual.forEach(lost::remove);
        TreeSet<String> gained = new TreeSet<>(actual);
        expected.forEach(gained::remove);
        return (lost.isEmpty() ? "" : "without the agent:\n" + String.join("\n", lost))
                + (gained.isEmpty() ? "" : "\nwith it:\n" + String.join("\n", gained));
    }
}
