package io.emucxl.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.test.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code emucxl advise}: what it finds, and that the program behaves as without it. */
class AdviseIT {

    private static final String JVMS = "io.emucxl.test.Jvm#all";
    private static final String HOG = "io.emucxl.agent.programs.Hog";
    private static final String JAR =
            Path.of("target/emucxl-agent.jar").toAbsolutePath().toString();
    private static final String CLASSES =
            Path.of("target/test-classes").toAbsolutePath().toString();

    @TempDir Path directory;

    private List<String> advise(String... more) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "-jar",
                                JAR,
                                "advise",
                                "--directory",
                                directory.toString(),
                                "--output",
                                directory.resolve("advice.yaml").toString()));
        command.addAll(List.of(more));
        return command;
    }

    private static String java(Jvm jvm) {
        return jvm.home().resolve("bin/java").toString();
    }

    /** What is left in the directory for heaps. */
    private List<String> heaps() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("emucxl"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void whatItWritesCanBeUsed(Jvm jvm) throws IOException {
        Jvm.Result advised = jvm.run(advise("--", java(jvm), "-cp", CLASSES, HOG, "7"), 120);
        assertEquals(7, advised.exit(), advised.err());
        assertEquals(sum() + " 1000000\n", advised.out());
        assertEquals(List.of(), heaps());
        String table = advised.err();
        assertTrue(table.contains(" 15.2MiB "), table);
        assertTrue(table.contains("place    " + HOG + ".keys\n"), table);
        assertTrue(table.contains("place    " + HOG + ".rows\n"), table);
        assertTrue(table.contains("refused  " + HOG + ".leaked: " + HOG + ".leaked:"), table);
        assertTrue(table.contains("\n2 fields can be placed, 22.8MiB; "), table);

        String policy = directory.resolve("advice.yaml").toString();
        Jvm.Result placed =
                jvm.run(List.of("-javaagent:" + JAR + "=" + policy, "-cp", CLASSES, HOG, "3"), 60);
        assertEquals(3, placed.exit());
        assertEquals(sum() + " 1000000\n", placed.out());
        assertTrue(placed.err().endsWith("; 2 fields placed, 0 refused\n"), placed.err());
        assertEquals(1, placed.err().lines().count(), placed.err());

        // Its own file it writes again, another one it leaves alone.
        Files.writeString(directory.resolve("mine.yaml"), "version: 1\n");
        List<String> again = advise("--", java(jvm), "-version");
        assertEquals(0, jvm.run(again, 60).exit());
        again.set(again.indexOf("--output") + 1, directory.resolve("mine.yaml").toString());
        assertEquals(2, jvm.run(again, 60).exit());
        assertEquals("version: 1\n", Files.readString(directory.resolve("mine.yaml")));
    }

    private static String sum() {
        return Long.toString(1_999_999L * 2_000_000 / 2 + 4950);
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void programsThatAScriptStartsAreWatchedToo(Jvm jvm) throws IOException {
        Path script = directory.resolve("start it.sh");
        Files.writeString(
                script, "#!/bin/sh\n" + java(jvm) + " -cp " + CLASSES + " " + HOG + " \"$@\"\n");
        assertTrue(script.toFile().setExecutable(true));
        Jvm.Result result = jvm.run(advise("--", script.toString(), "5"), 120);
        assertEquals(5, result.exit(), result.err());
        assertEquals(sum() + " 1000000\n", result.out());
        assertTrue(result.err().contains("place    " + HOG + ".keys\n"), result.err());
        Jvm.Result none = jvm.run(advise("--", "/bin/echo", "hi"), 60);
        assertEquals(0, none.exit(), none.err());
        assertEquals("hi\n", none.out());
        assertTrue(none.err().contains("no heap was seen"), none.err());
        Jvm.Result missing = jvm.run(advise("--", "/no/such/command"), 60);
        assertEquals(127, missing.exit(), missing.err());
        assertEquals(2, jvm.run(advise(), 60).exit());
    }

    /** As a terminal sends it, to the whole group, and as kill does, to one process. */
    @ParameterizedTest
    @MethodSource(JVMS)
    void signalsReachTheProgram(Jvm jvm) throws IOException, InterruptedException {
        assertEnds(jvm, "kill -INT -- -$p", 130);
        assertEnds(jvm, "kill -TERM $p", 143);
    }

    private void assertEnds(Jvm jvm, String kill, int status)
            throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Files.deleteIfExists(out);
        List<String> words = new ArrayList<>();
        words.add(java(jvm));
        words.addAll(advise("--", java(jvm), "-cp", CLASSES, HOG, "wait"));
        // What is started in the background of a script inherits that interrupts are ignored.
        String command = "env --default-signal=INT '" + String.join("' '", words) + "'";
        // With -m every job has a group of its own, as in a terminal.
        String script =
                "set -m; %s > %s & p=$!; until grep -q waiting %s; do sleep 0.1; done; %s; wait $p"
                        .formatted(command, out, out, kill);
        Path err = directory.resolve("err");
        Process shell =
                new ProcessBuilder("bash", "-c", script).redirectError(err.toFile()).start();
        if (!shell.waitFor(60, TimeUnit.SECONDS)) {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
            throw new AssertionError("it does not end: " + kill);
        }
        assertEquals("waiting\nended " + sum() + "\n", Files.readString(out));
        assertEquals(status, shell.exitValue(), Files.readString(err));
        String table = Files.readString(err);
        assertTrue(table.contains("place    " + HOG + ".keys\n"), table);
        assertFalse(table.contains("Exception"), table);
        assertEquals(List.of(), heaps());
    }
}
