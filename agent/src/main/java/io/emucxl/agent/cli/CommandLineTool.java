package io.emucxl.agent.cli;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands that run in Java. The script {@code emucxl} at the root calls them. */
@Command(
        name = "emucxl",
        description = "Java data structures on two tiers of memory",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            Advise.class,
            Calibrate.class,
            Check.class,
            DemoCommand.class,
            Explain.class,
            PolicyList.class,
            RecordTrace.class,
            Simulate.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class CommandLineTool implements Runnable {

    private CommandLineTool() {}

    /**
     * Runs a command and ends the process: status 0 done, 1 failed, 2 wrong usage.
     *
     * @param arguments the command and its arguments
     */
    public static void main(String[] arguments) {
        System.exit(
                new CommandLine(new CommandLineTool())
                        .setExecutionExceptionHandler(
                                (error, command, parsed) -> failed(error, command))
                        .execute(arguments));
    }

    /** What the system refuses is said in a line; anything else is a mistake in this program. */
    private static int failed(Exception error, CommandLine command) throws Exception {
        if (error instanceof IOException) {
            command.getErr()
                    .println(command.getCommandSpec().qualifiedName() + ": " + error.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw error;
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
