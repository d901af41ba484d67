package io.emucxl.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.runtime.Report;
import io.emucxl.test.Jvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The ring buffer under the agent, and the command, on every JDK. */
class QueueIT {
    private static final String AGENT = "../../agent/target/emucxl-agent.jar";
    private static final String JAR = "target/queue.jar";
    private static final String[] TIERS = {"local", "remote"};

    @TempDir Path directory;

    static Stream<Arguments> tiers() {
        return Jvm.all().flatMap(jvm -> Stream.of(Arguments.of(jvm, 0), Arguments.of(jvm, 1)));
    }

    @ParameterizedTest
    @MethodSource("tiers")
    void theRingIsTheSameOnATier(Jvm jvm, int tier) throws IOException {
        List<String> program =
                List.of("-cp", JAR + ":target/test-classes", "io.emucxl.queue.RingDriver");
        Jvm.Result plain = jvm.run(program);
        assertEquals(0, plain.exit(), plain.err());
        assertEquals("", plain.err());

        Path report = directory.resolve("report");
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-javaagent:" + AGENT,
                                "-Demucxl.mode=strict",
                                "-Demucxl.placement.policy=static",
                                "-Demucxl.placement.start=" + TIERS[tier],
                                "-Demucxl.report=" + report));
        arguments.addAll(program);
        Jvm.Result tiered = jvm.run(arguments);
        assertEquals(0, tiered.exit(), tiered.err());
        assertEquals(plain.out(), tiered.out());
        assertTrue(
                tiered.err().contains("io.emucxl.queue.RingQueue: 1 fields placed, 0 refused")
                        || tiered.err().contains("io.emucxl.queue.RingQueue: 1 field placed"),
                tiered.err());
        List<Long> bytes = Report.read(report).targets().get("io.emucxl.queue.RingQueue.ring");
        assertTrue(bytes.get(tier) > 100_000, "bytes by tier: " + bytes);
        assertEquals(0, bytes.get(1 - tier), "bytes by tier: " + bytes);
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void printsItsTableWithTheRingUnderTheAgent(Jvm jvm) {
        Jvm.Result result =
                jvm.run(
                        List.of(
                                "-Demucxl.agent=" + AGENT,
                                "-jar",
                                JAR,
                                "--operations",
                                "1000",
                                "--repetitions",
                                "2",
                                "--nodes",
                                "1000"));
        assertEquals(0, result.exit(), result.err());
        assertTrue(result.out().contains("502.980 (9.230)"), result.out());
        assertTrue(result.out().contains("under the agent, remote "), result.out());
        assertEquals(
                result.out().contains("backend emulated"),
                result.out().contains("under the agent, remote, modelled"));
        assertFalse(result.err().contains("WARNING"), result.err());
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void badUsageExitsWithTwo(Jvm jvm) {
        for (String[] bad : new String[][] {{"--operations", "none"}, {"--nodes", "1"}, {"x"}}) {
            List<String> arguments = new ArrayList<>(List.of("-jar", JAR));
            arguments.addAll(List.of(bad));
            assertEquals(2, jvm.run(arguments).exit());
        }
    }
}
