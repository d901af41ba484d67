package io.emucxl.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher script in a tree where nothing is built, on machines that lack something. */
class LauncherIT {

    private record Result(int exit, String out, String err) {}

    @TempDir Path directory;
    private Path tree;
    private Path commands;

    @BeforeEach
    void copyTheLauncher() throws IOException {
        commands = Files.createDirectory(directory.resolve("bin"));
        tree = Files.createDirectory(directory.resolve("a tree"));
        Files.copy(Path.of("../emucxl"), tree.resolve("emucxl"));
        assertTrue(tree.resolve("emucxl").toFile().setExecutable(true));
    }

    @AfterEach
    void removeTheLinks() throws IOException {
        try (DirectoryStream<Path> links = Files.newDirectoryStream(commands)) {
            for (Path link : links) {
                Files.delete(link);
            }
        }
    }

    /** Runs it in another working directory, on a machine without some commands. */
    private Result run(Set<String> missing, String... arguments) throws Exception {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            if (!Files.isDirectory(Path.of(folder))) {
                continue;
            }
            try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of(folder))) {
                for (Path command : all) {
                    Path link = commands.resolve(command.getFileName());
                    if (!missing.contains(command.getFileName().toString())
                            && !Files.exists(link)) {
                        Files.createSymbolicLink(link, command.toRealPath());
                    }
                }
            }
        }
        Path out = directory.resolve("out.txt");
        Path err = directory.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder();
        builder.command().add(tree.resolve("emucxl").toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().remove("JAVA_HOME");
        builder.environment().remove("CC");
        builder.environment().put("PATH", commands.toString());
        builder.directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Process process = builder.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return new Result(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "cc, a C compiler (cc) is missing; on Debian: apt-get install gcc",
        "make, make (make) is missing; on Debian: apt-get install make",
        "mvn, Maven (mvn) is missing; on Debian: apt-get install maven",
        "java, no java found; on Debian: apt-get install openjdk-17-jdk-headless"
    })
    void namesThePackageOfWhatIsMissing(String command, String message) throws Exception {
        Result result = run(Set.of(command), "demo");
        assertEquals(1, result.exit(), result.err());
        assertEquals("", result.out());
        assertTrue(result.err().endsWith("emucxl: " + message + "\n"), result.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run", "run --nothing", "run no-such-program", "table 9"})
    void wrongUsageEndsWithTwo(String arguments) throws Exception {
        String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
        Files.createDirectories(tree.resolve("sample-apps/queue"));
        Files.createFile(tree.resolve("sample-apps/queue/pom.xml"));
        Result result = run(Set.of(), words);
        assertEquals(2, result.exit(), result.err());
        assertEquals("", result.out());
        assertTrue(!result.err().isEmpty());
    }

    @Test
    void helpNeedsNothing() throws Exception {
        Result result = run(Set.of("java", "mvn", "cc", "make"), "--help");
        assertEquals(0, result.exit(), result.err());
        assertTrue(result.out().contains("demo"), result.out());
        assertEquals("", result.err());
    }
}
