package io.emucxl.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A JDK on this machine, and the means to run a Java program on it in a process of its own. */
public record Jvm(int feature, Path home) {

    /** What a finished process left behind. */
    public record Result(int exit, String out, String err) {}

    /** The features that everything which loads the agent is tested on. */
    public static final List<Integer> FEATURES = List.of(17, 25);

    /**
     * The JDKs of {@link #FEATURES} that are installed: the one that runs this test, and those
     * under {@code /usr/lib/jvm} or in the environment variable {@code JAVA<feature>_HOME}.
     *
     * @throws AssertionError in CI when one of them is missing
     */
    public static Stream<Jvm> all() {
        List<Jvm> found = new ArrayList<>();
        for (int feature : FEATURES) {
            Jvm jvm = find(feature);
            if (jvm != null) {
                found.add(jvm);
            } else if (System.getenv("CI") != null) {
                throw new AssertionError("CI needs a JDK " + feature);
            } else {
                System.err.println("skipped on JDK " + feature + ": no such JDK found");
            }
        }
        return found.stream();
    }

    private static Jvm find(int feature) {
        if (Runtime.version().feature() == feature) {
            return new Jvm(feature, Path.of(System.getProperty("java.home")));
        }
        String named = System.getenv("JAVA" + feature + "_HOME");
        if (named != null) {
            return new Jvm(feature, Path.of(named));
        }
        try (Stream<Path> homes = Files.list(Path.of("/usr/lib/jvm"))) {
            return homes.filter(home -> featureOf(home) == feature)
                    .sorted()
                    .findFirst()
                    .map(home -> new Jvm(feature, home))
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    private static int featureOf(Path home) {
        Path release = home.resolve("release");
        if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin/javac"))) {
            return -1;
        }
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(release)) {
            properties.load(in);
        } catch (IOException e) {
            return -1;
        }
        String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
        return version.isEmpty() ? -1 : Runtime.Version.parse(version).feature();
    }

    /** Runs {@code java} of this JDK with these arguments, for at most five minutes. */
    public Result run(List<String> arguments) {
        return run(arguments, 300);
    }

    /** Runs {@code java} of this JDK with these arguments, for at most so many seconds. */
    public Result run(List<String> arguments, int seconds) {
        return run(arguments, seconds, Map.of());
    }

    /** The same with these variables in the environment. */
    public Result run(List<String> arguments, int seconds, Map<String, String> environment) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/java").toString());
        command.addAll(arguments);
        try {
            Path out = Files.createTempFile("jvm", ".out");
            Path err = Files.createTempFile("jvm", ".err");
            try {
                ProcessBuilder builder =
                        new ProcessBuilder(command)
                                .redirectOutput(out.toFile())
                                .redirectError(err.toFile())
                                .redirectInput(
                                        ProcessBuilder.Redirect.from(
                                                new java.io.File("/dev/null")));
                builder.environment().putAll(environment);
                Process process = builder.start();
                if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                    throw new AssertionError(
                            "not finished after "
                                    + seconds
                                    + " s: "
                                    + command
                                    + "\n"
                                    + read(out)
                                    + read(err));
                }
                return new Result(process.exitValue(), read(out), read(err));
            } finally {
                Files.deleteIfExists(out);
                Files.deleteIfExists(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }
}
