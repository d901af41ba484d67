package io.emucxl.agent.cli;

import io.emucxl.policies.file.PolicyFile;
import io.emucxl.policies.file.PolicyFileException;
import io.emucxl.policies.file.PolicyFileParser;
import io.emucxl.policies.file.Problem;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code emucxl check}: whether policy files can be used, before a program is started with one. */
@Command(
        name = "check",
        description = "Find the mistakes in policy files.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:all files can be used", "2:there are mistakes, or wrong usage"})
final class Check implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "policy files")
    private List<String> files = new ArrayList<>();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        boolean wrong = false;
        for (String file : files) {
            try {
                out.println(summary(file, PolicyFileParser.check(file)));
            } catch (PolicyFileException e) {
                wrong = true;
                for (Problem problem : e.problems()) {
                    err.println(problem);
                }
            }
        }
        out.flush();
        err.flush();
        return wrong ? 2 : 0;
    }

    private static String summary(String file, PolicyFile policy) {
        int targets = policy.targets().size();
        return file
                + ": ok: "
                + (targets == 0
                        ? "no targets but what @RemoteTier marks"
                        : targets + (targets == 1 ? " target" : " targets"))
                + ", policy "
                + policy.placement().policy()
                + ", backend "
                + policy.backend()
                + ", local "
                + capacity(policy.local())
                + ", remote "
                + capacity(policy.remote());
    }

    private static String capacity(PolicyFile.Tier tier) {
        String text = tier.capacityText();
        return text.isEmpty() ? "as large as the backend has it" : text;
    }
}
