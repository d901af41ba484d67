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
    private static final String ERRORS = "errors.txt";

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
        Path output = directory.path().resolve("output.txt");
        Process process =
                directory.start(
                        command(policy, program, arguments).redirectOutput(output.toFile()));
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw failure(program);
            }
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(output);
    }

    /**
     * Starts it, to be talked to; it ends with the directory.
     *
     * @param policy the text of the policy file
     * @param program its class
     */
    Process start(String policy, Class<?> program, String... arguments) throws IOException {
        return directory.start(command(policy, program, arguments));
    }

    /** That the last program failed, and what it said. */
    IOException failure(Class<?> program) throws IOException {
        return new IOException(
                program.getSimpleName()
                        + " failed: "
                        + Files.readString(directory.path().resolve(ERRORS)));
    }

    private ProcessBuilder command(String policy, Class<?> program, String... arguments)
            throws IOException {
        Path file = Files.writeString(directory.path().resolve("policy.yaml"), policy);
        List<String> command = new ArrayList<>();
        command.add(Path.of(home, "bin", "java").toString());
        command.add("-Xmx1g");
        command.add("-javaagent:" + agent + "=" + file);
        command.add("-Demucxl.report=" + directory.path().resolve(REPORT));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(program.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(directory.path().resolve(ERRORS).toFile());
    }

    /** The agent's report on the last program. */
    Report report() throws IOException {
        return Report.read(directory.path().resolve(REPORT));
    }
}
