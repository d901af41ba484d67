package io.emucxl.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.agent.weave.BuildVersion;
import io.emucxl.test.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged agent in front of small programs, on every JDK. */
class AgentIT {

    private static final String PROGRAMS = "io.emucxl.agent.programs.";
    private static final Path JAR = Path.of("target/emucxl-agent.jar").toAbsolutePath();
    private static final Path RUNTIME = JAR.resolveSibling("emucxl-runtime.jar");
    private static final String LINE = "emucxl " + BuildVersion.TEXT + ": backend ";
    private static final String JVMS = "io.emucxl.test.Jvm#all";

    @TempDir Path directory;

    private static Jvm.Result run(Jvm jvm, String agent, String program, String... options) {
        List<String> command = new ArrayList<>(List.of(options));
        command.add("-javaagent:" + agent);
        command.add("-cp");
        command.add(Path.of("target/test-classes").toAbsolutePath().toString());
        command.add(PROGRAMS + program);
        return jvm.run(command, 60);
    }

    private String policy(String text) throws IOException {
        Path file = directory.resolve("policy.yaml");
        Files.writeString(file, text);
        return JAR + "=" + file;
    }

    private static void assertRan(String out, Jvm.Result result) {
        assertEquals(out + "\n", result.out(), result.err());
        assertEquals(0, result.exit());
    }

    private static List<String> lines(Jvm.Result result) {
        return result.err().lines().toList();
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void oneLineOnStandardErrorAndNothingElse(Jvm jvm) {
        Jvm.Result result = run(jvm, JAR.toString(), "Hello");
        assertRan("hello", result);
        assertEquals(1, lines(result).size(), result.err());
        assertTrue(result.err().startsWith(LINE), result.err());
        assertTrue(result.err().endsWith("; 0 fields placed, 0 refused\n"), result.err());
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void switchedOffItIsSilent(Jvm jvm) throws IOException {
        Jvm.Result byProperty = run(jvm, JAR + "=no such file", "Annotated", "-Demucxl.mode=off");
        assertEquals("", byProperty.err());
        Jvm.Result byFile = run(jvm, policy("version: 1\nmode: off\n"), "Hello");
        assertRan("hello", byFile);
        assertEquals("", byFile.err());
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void withoutTheRuntimeTheProgramRuns(Jvm jvm) throws IOException {
        Path alone = Files.copy(JAR, directory.resolve("emucxl-agent.jar"));
        Jvm.Result result = run(jvm, alone.toString(), "Annotated");
        assertEquals(0, result.exit());
        assertEquals(1, lines(result).size(), result.err());
        assertTrue(result.err().contains("emucxl-runtime.jar is not beside"), result.err());
        assertTrue(result.err().contains(alone.toString()), result.err());
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void withoutTheRuntimeStrictModeStops(Jvm jvm) throws IOException {
        Path alone = Files.copy(JAR, directory.resolve("emucxl-agent.jar"));
        Jvm.Result byProperty = run(jvm, alone.toString(), "Hello", "-Demucxl.mode=strict");
        assertEquals(1, byProperty.exit());
        assertEquals("", byProperty.out());
        Path file = Files.writeString(directory.resolve("p.yaml"), "version: 1\nmode: strict\n");
        Jvm.Result byFile = run(jvm, alone + "=" + file, "Hello");
        assertEquals(1, byFile.exit());
        assertEquals("", byFile.out());
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void pathsMayHaveSpacesAndCommas(Jvm jvm) throws IOException {
        Path odd = Files.createDirectory(directory.resolve("a b,c"));
        Path jar = Files.copy(JAR, odd.resolve("emucxl-agent-9.jar"));
        Files.copy(RUNTIME, odd.resolve("emucxl-runtime.jar"));
        Path file =
                Files.writeString(
                        odd.resolve("my policy, 1.yaml"),
                        "version: 1\ntargets:\n  - field: " + PROGRAMS + "Plain.counts\n");
        Jvm.Result result = run(jvm, jar + "=" + file, "Plain");
        assertRan("21 0", result);
        assertEquals(1, lines(result).size(), result.err());
        assertTrue(result.err().endsWith("; 1 field placed, 0 refused\n"), result.err());
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void marksAreFoundWhenTheClassIsLoaded(Jvm jvm) {
        Jvm.Result result = run(jvm, JAR.toString(), "Annotated", "-Demucxl.dump=" + directory);
        String text = "14999850000 8\nIndex 100000 out of bounds for length 100000";
        assertRan(text, result);
        List<String> lines = lines(result);
        assertEquals(3, lines.size(), result.err());
        assertTrue(lines.get(0).startsWith(LINE), result.err());
        assertTrue(
                lines.get(1)
                        .startsWith("emucxl: " + PROGRAMS + "Annotated.leaked stays on the heap: "),
                result.err());
        assertTrue(lines.get(1).contains(PROGRAMS + "Annotated.leaked:"), result.err());
        assertEquals("emucxl: " + PROGRAMS + "Annotated: 1 field placed, 1 refused", lines.get(2));
        Path dumped = directory.resolve(PROGRAMS.replace('.', '/')).resolve("Annotated.class");
        assertTrue(Files.exists(dumped));
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void strictModeStopsAtARefusal(Jvm jvm) throws IOException {
        Jvm.Result marked = run(jvm, policy("version: 1\nmode: strict\n"), "Annotated");
        assertEquals(1, marked.exit(), marked.err());
        assertEquals("", marked.out());
        String named =
                policy(
                        "version: 1\nmode: strict\ntargets:\n  - field: "
                                + PROGRAMS
                                + "Annotated.leaked\n");
        Jvm.Result result = run(jvm, named, "Hello");
        assertEquals(1, result.exit(), result.err());
        assertEquals("", result.out());
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void aBadPolicyFileIsReportedByLine(Jvm jvm) throws IOException {
        String agent = policy("version: 1\nmod: strict\ntargets:\n  - feild: a.B.c\n");
        Jvm.Result result = run(jvm, agent, "Hello");
        assertRan("hello", result);
        String file = directory.resolve("policy.yaml").toString();
        assertTrue(result.err().startsWith("emucxl: " + file + ":2:1: "), result.err());
        assertTrue(result.err().contains("\nemucxl: " + file + ":4:5: "), result.err());
        assertTrue(
                result.err().endsWith("emucxl: the agent is off: the policy file cannot be used\n"),
                result.err());
        Jvm.Result strict = run(jvm, agent, "Hello", "-Demucxl.mode=strict");
        assertEquals(1, strict.exit());
        assertEquals("", strict.out());
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void aMissingClassIsReportedByLine(Jvm jvm) throws IOException {
        String agent = policy("version: 1\ntargets:\n  - field: " + PROGRAMS + "Plane.counts\n");
        Jvm.Result result = run(jvm, agent, "Hello");
        assertRan("hello", result);
        assertEquals(
                "emucxl: "
                        + directory.resolve("policy.yaml")
                        + ":3:5: no class "
                        + PROGRAMS
                        + "Plane on the class path; did you mean "
                        + PROGRAMS
                        + "Plain?",
                lines(result).get(0));
        Jvm.Result strict = run(jvm, agent, "Hello", "-Demucxl.mode=strict");
        assertEquals(1, strict.exit());
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void everyClassLoaderHasItsOwnPlan(Jvm jvm) throws IOException {
        String agent = policy("version: 1\ntargets:\n  - field: " + PROGRAMS + "Plain.counts\n");
        Jvm.Result result = run(jvm, agent, "TwoLoaders");
        assertRan("21 0\n21 0", result);
        List<String> lines = lines(result);
        assertEquals(2, lines.size(), result.err());
        assertTrue(lines.get(0).endsWith("; 1 field placed, 0 refused"), result.err());
        assertEquals("emucxl: " + PROGRAMS + "Plain: 1 field placed, 0 refused", lines.get(1));
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void malformedClassesFailAsWithoutTheAgent(Jvm jvm) {
        assertRan("ClassFormatError", run(jvm, JAR.toString(), "Malformed"));
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void classesNewerThanTheAgentAreLeftAloneWithOneWarning(Jvm jvm) throws IOException {
        String agent = policy("version: 1\ntargets:\n  - field: " + PROGRAMS + "Plain.counts\n");
        Jvm.Result result = run(jvm, agent, "Newer");
        assertRan("UnsupportedClassVersionError\nUnsupportedClassVersionError", result);
        List<String> lines = lines(result);
        assertEquals(2, lines.size(), result.err());
        assertTrue(
                lines.get(1)
                        .startsWith(
                                "emucxl: "
                                        + PROGRAMS
                                        + "Plain is left alone: its class file version 99 is"
                                        + " newer"),
                result.err());
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void callersThatOnlyReadGetCopies(Jvm jvm) throws IOException {
        String name = PROGRAMS + "CopiedOut";
        String all = "version: 1\ntargets:\n  - fields: " + name + ".*\n";
        Jvm.Result refused = run(jvm, policy(all), "CopiedOut");
        assertTrue(refused.err().endsWith("; 0 fields placed, 3 refused\n"), refused.err());
        Jvm.Result copied = run(jvm, policy(all + "    onEscape: copy\n"), "CopiedOut");
        assertRan(refused.out().stripTrailing(), copied);
        assertTrue(copied.err().endsWith("; 3 fields placed, 0 refused\n"), copied.err());
        for (String field : List.of("counts", "rows", "given")) {
            String line = "emucxl: " + name + "." + field + " is returned as a copy: " + name + ".";
            assertTrue(lines(copied).stream().anyMatch(l -> l.startsWith(line)), copied.err());
        }
    }

    /** What nobody may rely on, so that it is known what the policy file asked for. */
    @ParameterizedTest
    @MethodSource(JVMS)
    void aCopyIsNotTheArray(Jvm jvm) throws IOException {
        String target = "version: 1\ntargets:\n  - field: " + PROGRAMS + "CopiedOut.counts\n";
        List<String> command =
                List.of(
                        "-javaagent:" + policy(target + "    onEscape: copy\n"),
                        "-cp",
                        Path.of("target/test-classes").toAbsolutePath().toString(),
                        PROGRAMS + "CopiedOut",
                        "shown");
        Jvm.Result result = jvm.run(command, 60);
        assertTrue(result.out().endsWith("\n0 false\n"), result.out() + result.err());
    }
}
