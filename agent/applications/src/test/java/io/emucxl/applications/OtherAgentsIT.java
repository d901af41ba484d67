package io.emucxl.applications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.test.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Other agents in front of ours and behind it: nothing that the program prints changes. */
class OtherAgentsIT {

    private static final String JVMS = "io.emucxl.test.Jvm#all";

    @TempDir Path directory;

    private void bothOrders(Jvm jvm, List<String> other) throws IOException {
        Path policy = Files.writeString(directory.resolve("p.yaml"), Application.policy("org.h2"));
        List<String> ours = List.of("-javaagent:" + Application.AGENT + "=" + policy);
        Jvm.Result off = run(jvm, List.of());
        Jvm.Result alone = run(jvm, ours);
        assertEquals(off.out(), alone.out());
        List<String> first = new ArrayList<>(ours);
        first.addAll(other);
        List<String> last = new ArrayList<>(other);
        last.addAll(ours);
        for (List<String> order : List.of(first, last)) {
            Jvm.Result both = run(jvm, order);
            assertEquals(off.out(), both.out(), order + "\n" + both.err());
            assertEquals(Application.said(alone.err()), Application.said(both.err()));
            assertTrue(!both.err().contains("VerifyError"), both.err());
        }
    }

    private static Jvm.Result run(Jvm jvm, List<String> options) {
        Jvm.Result result = jvm.run(Application.command(options, "h2", H2Session.class));
        assertEquals(0, result.exit(), result.err());
        return result;
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void jacoco(Jvm jvm) throws IOException {
        Path data = directory.resolve("jacoco.exec");
        Path agent = Application.jar("org.jacoco.agent-runtime");
        bothOrders(jvm, List.of("-javaagent:" + agent + "=destfile=" + data));
        assertTrue(Files.size(data) > 0, "JaCoCo has seen nothing");
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void openTelemetry(Jvm jvm) throws IOException {
        bothOrders(
                jvm,
                List.of(
                        "-javaagent:" + Application.jar("opentelemetry-javaagent"),
                        "-Dotel.traces.exporter=none",
                        "-Dotel.metrics.exporter=none",
                        "-Dotel.logs.exporter=none"));
    }
}
