package io.emucxl.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.agent.kit.BootJars;
import io.emucxl.test.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of the agent's jar. */
class CommandLineIT {

    @TempDir Path directory;

    private static final String CLASSES = Path.of("target/test-classes").toString();

    private static Jvm.Result run(Jvm jvm, String... arguments) {
        List<String> command = new ArrayList<>(List.of("-jar", "target/emucxl-agent.jar"));
        command.addAll(List.of(arguments));
        return jvm.run(command, 120);
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void explainsWhatIsMarked(Jvm jvm) {
        Jvm.Result table = run(jvm, "explain", CLASSES);
        assertEquals(0, table.exit(), table.err());
        assertEquals("", table.err());
        String program = "io.emucxl.agent.programs.Annotated";
        assertTrue(table.out().contains("  placed   " + program + ".table\n"), table.out());
        assertTrue(table.out().contains("  refused  " + program + ".leaked at "), table.out());

        Jvm.Result json = run(jvm, "explain", "--json", CLASSES);
        assertEquals(0, json.exit(), json.err());
        assertTrue(json.out().startsWith("{\"jars\": ["), json.out());
        assertTrue(json.out().contains("{\"field\": \"" + program + ".leaked\""), json.out());
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void wrongUsageEndsWithTwo(Jvm jvm) throws IOException {
        Path text = Files.writeString(directory.resolve("text.jar"), "no jar");
        Path empty = Files.createDirectory(directory.resolve("empty"));
        Path unreadable = Files.write(directory.resolve("half.jar"), half());
        String[][] usages = {
            {"nothing"},
            {"--nothing"},
            {"explain"},
            {"explain", "no.jar"},
            {"explain", text.toString()},
            {"explain", unreadable.toString()},
            {"explain", empty.toString()},
            {"explain", "--policy", "no.yaml", CLASSES},
            {"explain", "--policy"},
            {"explain", "--all", "--plan", directory.resolve("a.plan").toString(), CLASSES}
        };
        for (String[] wrong : usages) {
            Jvm.Result result = run(jvm, wrong);
            assertEquals(2, result.exit(), String.join(" ", wrong));
            assertEquals("", result.out());
            assertFalse(result.err().isEmpty());
        }
        assertEquals(0, run(jvm, "--help").exit());
    }

    /** The first half of a jar. */
    private static byte[] half() throws IOException {
        byte[] jar = Files.readAllBytes(Path.of("target/emucxl-runtime.jar"));
        return Arrays.copyOf(jar, jar.length / 2);
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void explainsAJarOfSpringBootByWhatLiesInIt(Jvm jvm) throws IOException {
        Path library = Path.of("target/emucxl-runtime.jar");
        Path boot = BootJars.write(directory.resolve("app.jar"), Path.of(CLASSES), library);
        Jvm.Result json = run(jvm, "explain", "--all", "--json", boot.toString());
        assertEquals(0, json.exit(), json.err());
        assertTrue(json.out().contains("{\"file\": \"" + boot + "!/BOOT-INF/classes/\""));
        assertTrue(
                json.out()
                        .contains("{\"file\": \"" + boot + "!/BOOT-INF/lib/emucxl-runtime.jar\""));
        Jvm.Result table = run(jvm, "explain", boot.toString());
        assertTrue(table.out().contains("classes: 2 of 3 fields can be placed"), table.out());
        assertFalse(table.out().contains("\033"), "no colours: this is no terminal");
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void targetsThatAreNotThereAreSaid(Jvm jvm) throws IOException {
        Path policy =
                Files.writeString(
                        directory.resolve("p.yaml"),
                        "version: 1\ntargets:\n  - field: com.acme.Gone.keys\n");
        Jvm.Result result = run(jvm, "explain", "--policy", policy.toString(), CLASSES);
        assertEquals(0, result.exit());
        assertEquals(
                "emucxl: " + policy + ":3:5: no array field here is com.acme.Gone.keys\n",
                result.err());
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void theDemoSaysThatItNeedsTheScript(Jvm jvm) {
        Jvm.Result result = run(jvm, "demo");
        assertEquals(1, result.exit());
        assertEquals("", result.out());
        assertEquals(
                "emucxl demo: this command is started by the script emucxl at the root\n",
                result.err());
    }
}
