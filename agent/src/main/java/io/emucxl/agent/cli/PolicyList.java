package io.emucxl.agent.cli;

import io.emucxl.policies.Policies;
import io.emucxl.policies.PolicyDescription;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code emucxl policies}: the placement policies and their parameters. */
@Command(
        name = "policies",
        description = "List the placement policies and their parameters.",
        mixinStandardHelpOptions = true)
final class PolicyList implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        String mark = " (the default)";
        for (PolicyDescription policy : Policies.all()) {
            out.printf("%s%s%n", policy.name(), mark);
            out.printf("    %s%n", policy.summary());
            if (!policy.source().equals("-")) {
                out.printf("    source: %s%n", policy.source());
            }
            for (PolicyDescription.Parameter parameter : policy.parameters()) {
                out.printf(
                        "    %-12s %-9s %s%n",
                        parameter.name(), number(parameter.value()), parameter.meaning());
            }
            mark = "";
        }
        out.flush();
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
