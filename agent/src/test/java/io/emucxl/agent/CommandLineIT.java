package io.emucxl.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.test.Jvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of the agent's jar. */
class CommandLineIT {

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
    void wrongUsageEndsWithTwo(Jvm jvm) {
        for (String[] wrong :
                new String[][] {{"nothing"}, {"explain"}, {"explain", "no.jar"}, {"--nothing"}}) {
            Jvm.Result result = run(jvm, wrong);
            assertEquals(2, result.exit(), String.join(" ", wrong));
            assertEquals("", result.out());
            assertFalse(result.err().isEmpty());
        }
        assertEquals(0, run(jvm, "--help").exit());
    }
}
