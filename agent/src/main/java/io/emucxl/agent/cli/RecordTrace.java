package io.emucxl.agent.cli;

import io.emucxl.agent.advise.WatchedProgram;
import io.emucxl.policies.simulator.Trace;
import io.emucxl.policies.simulator.Traces;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code emucxl record}: runs a program under the agent, and keeps its accesses as a trace. */
@Command(
        name = "record",
        description = "Run a program, and keep its sampled accesses as a trace for simulate.",
        mixinStandardHelpOptions = true,
        customSynopsis =
                "emucxl record [--output FILE] [--policy-file FILE] -- java [OPTIONS] PROGRAM",
        footer = {
            "",
            "The agent is added to the command, unless it is in it already. A line of the trace is"
                    + " a region and its",
            "sampled accesses, an empty line ends a period of the policy. The exit status is the"
                    + " program's."
        })
final class RecordTrace implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "the trace; compressed when it ends with .gz; default: ${DEFAULT-VALUE}")
    private Path output = Path.of("emucxl.trace.gz");

    @Option(
            names = "--policy-file",
            paramLabel = "FILE",
            description = "the policy file of the agent, which names the fields")
    private Path policyFile;

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "java and its arguments")
    private List<String> command = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        List<String> options = options(System.getProperty("java.class.path"));
        Files.deleteIfExists(output);
        int status;
        try {
            status = WatchedProgram.start(command, options).waitFor();
        } catch (IOException e) {
            spec.commandLine().getErr().println("emucxl record: " + e.getMessage());
            return 1;
        }
        PrintWriter err = spec.commandLine().getErr();
        try {
            Trace trace = Traces.read(output.toString());
            err.printf(
                    "emucxl record: %s has %d sampled accesses to %d regions in %d periods;"
                            + " play it: ./emucxl simulate --trace %s%n",
                    output, trace.accesses(), trace.units(), trace.periods(), output);
        } catch (IOException | IllegalArgumentException e) {
            err.println(
                    "emucxl record: nothing was sampled: no field is placed, or the program ended"
                            + " too soon ("
                            + e.getMessage()
                            + ")");
            return status == 0 ? 1 : status;
        } finally {
            err.flush();
        }
        return status;
    }

    /** What the command's JVM is told besides: the name of the trace, and the agent. */
    private List<String> options(String agentJar) {
        if (!new File(command.get(0)).getName().equals("java")) {
            throw new ParameterException(
                    spec.commandLine(), "the command begins with java, not with " + command.get(0));
        }
        boolean there = false;
        for (String argument : command) {
            there |= argument.startsWith("-javaagent:") && argument.contains("emucxl-agent");
        }
        if (there && policyFile != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--policy-file, and a command with an agent of its own: leave one of them");
        }
        List<String> options = new ArrayList<>();
        options.add("-Demucxl.record=" + output.toAbsolutePath());
        if (!there) {
            options.add("-javaagent:" + agentJar + (policyFile == null ? "" : "=" + policyFile));
        }
        return options;
    }
}
