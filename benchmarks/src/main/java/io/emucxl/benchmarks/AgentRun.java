package io.emucxl.benchmarks;

import io.emucxl.runtime.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of this jar in a JVM of its own, under the agent. */
final class AgentRun {
    private static final int LIMIT_SECONDS = 300;

    private static final String REPORT = "report.txt";

    private final String home;
    private final Path agent;
    private final ScratchDirectory directory;

    /**
     * @param home of the JDK
     * @param directory for its files
     */
    AgentRun(String home, ScratchDirectory directory) {
        this.home = home;
        this.directory = directory;
        agent = agent();
    }

    /** The agent's jar, which the launcher names. */
    static Path agent() {
        String named = System.getProperty("emucxl.agent");
        if (named == null) {
            throw new IllegalStateException(
                    "-Demucxl.agent is missing: start it by ./emucxl bench");
        }
        return Path.of(named);
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
        Path file = Files.writeString(directory.path().resolve("policy.yaml"), policy);
        Path output = directory.path().resolve("output.txt");
        Path errors = directory.path().resolve("errors.txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(home, "bin", "java").toString());
        command.add("-Xmx1g");
        command.add("-javaagent:" + agent + "=" + file);
        command.add("-Demucxl.report=" + directory.path().resolve(REPORT));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(program.getName());
        command.addAll(List.of(arguments));
        Process process =
                directory.start(
                        new ProcessBuilder(command)
                                .redirectOutput(output.toFile())
                                .redirectError(errors.toFile()));
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

    /** The agent's report on the last program. */
    Report report() throws IOException {
        return Report.read(directory.path().resolve(REPORT));
    }
}
