package io.emucxl.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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

/** Placed fields of serialized classes: streams go both ways between JVMs with and without us. */
class SerializationIT {
    private static final String PROGRAM = "io.emucxl.agent.programs.Serialized";

    @TempDir Path directory;

    private Jvm.Result run(Jvm jvm, String agent, String how, Path file) {
        List<String> command = new ArrayList<>();
        if (agent != null) {
            command.add(agent);
        }
        command.add("-cp");
        command.add(Path.of("target/test-classes").toString());
        command.add(PROGRAM);
        command.add(how);
        command.add(file.toString());
        Jvm.Result result = jvm.run(command, 60);
        assertEquals(0, result.exit(), result.err());
        return result;
    }

    private static String agent() {
        return "-javaagent:" + Path.of("target/emucxl-agent.jar").toAbsolutePath();
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void ofFieldsThatAPolicyFileNames(Jvm jvm) throws IOException {
        Path policy = directory.resolve("policy.yaml");
        Files.writeString(policy, "version: 1\ntargets:\n  - fields: " + PROGRAM + "$*.*\n");
        String err = streamsAreTheSameAndGoBothWays(jvm, agent() + "=" + policy);
        assertTrue(err.endsWith("; 16 fields placed, 0 refused\n"), err);
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void ofAFieldThatIsPlannedWhenItsClassIsLoaded(Jvm jvm) throws IOException {
        String err = streamsAreTheSameAndGoBothWays(jvm, agent());
        assertTrue(err.endsWith("Serialized: 1 field placed, 0 refused\n"), err);
    }

    private String streamsAreTheSameAndGoBothWays(Jvm jvm, String agent) throws IOException {
        Path plain = directory.resolve("plain");
        Path tiered = directory.resolve("tiered");
        Jvm.Result written = run(jvm, null, "write", plain);
        Jvm.Result actual = run(jvm, agent, "write", tiered);
        assertEquals(written.out(), actual.out());
        assertArrayEquals(Files.readAllBytes(plain), Files.readAllBytes(tiered));

        Jvm.Result read = run(jvm, null, "read", tiered);
        assertTrue(read.out().contains(written.out()), read.out());
        assertEquals(read.out(), run(jvm, agent, "read", plain).out());
        return actual.err();
    }
}
