package io.emucxl.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of this jar in a JVM of its own, under the agent. */
final class AgentRun {
    private static final int LIMIT_SECONDS = 300;

    private final String home;
    private final Path agent;
    private final Path directory;

    /**
     * @param home of the JDK
     * @param directory for its files
     */
    AgentRun(String home, Path directory) {
        this.home = home;
        this.directory = directory;
        String named = System.getProperty("emucxl.agent");
        if (named == null) {
            throw new IllegalStateException(
                    "-Demucxl.agent is missing: start it by ./emucxl bench");
        }
        agent = Path.of(named);
    }

    /**
     * Runs it.
     *
     * @param policy the text of the policy file
     * @param program its class
     * @return what it printed
     */
    List<String> run(String policy, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("policy.yaml"), policy);
        Path output = directory.resolve("output.txt");
        Path errors = directory.resolve("errors.txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(home, "bin", "java").toString());
        command.add("-Xmx1g");
        command.add("-javaagent:" + agent + "=" + file);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(program.getName());
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(
                        program.getSimpleName() + " failed: " + Files.readString(errors));
            }
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(output);
    }
}
