package io.emucxl.agent.cli;

import io.emucxl.agent.analysis.FieldId;
import io.emucxl.agent.analysis.Plan;
import io.emucxl.agent.analysis.Planner;
import io.emucxl.agent.analysis.Refusal;
import io.emucxl.agent.analysis.Target;
import io.emucxl.agent.weave.JarWorld;
import io.emucxl.agent.weave.TargetFinder;
import io.emucxl.policies.file.PolicyFile;
import io.emucxl.policies.file.PolicyFileException;
import io.emucxl.policies.file.PolicyFileParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plans without running anything. */
@Command(
        name = "explain",
        description = "Say which array fields can be placed, and why others cannot",
        mixinStandardHelpOptions = true)
final class Explain implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "the policy file that names targets, besides what @RemoteTier marks")
    private String policyName;

    @Option(names = "--all", description = "take every primitive-array instance field as a target")
    private boolean all;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Parameters(
            arity = "1..*",
            paramLabel = "JAR|DIR",
            description = "what to look at; together they are the class path")
    private List<Path> files;

    /** What is asked about, by jar. */
    private final Map<Path, List<FieldId>> asked = new LinkedHashMap<>();

    private final Map<Path, List<Refusal>> beforehand = new LinkedHashMap<>();
    private final List<Target> targets = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        JarWorld world;
        try {
            world = new JarWorld(files);
            ask(world);
        } catch (IOException | PolicyFileException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        Plan plan = targets.isEmpty() ? Plan.EMPTY : Planner.plan(world, targets);
        List<Coverage> coverage = new ArrayList<>();
        for (Path file : files) {
            coverage.add(Coverage.of(file, asked.get(file), beforehand.get(file), plan));
        }
        if (json) {
            System.out.println(CoverageJson.of(coverage));
        } else {
            new CoverageTable(Screen.standard(), all).print(coverage);
        }
        return 0;
    }

    private void ask(JarWorld world) throws IOException, PolicyFileException {
        PolicyFile policy = PolicyFileParser.read(policyName, System.getProperties());
        for (Path file : files) {
            List<FieldId> fields = new ArrayList<>();
            List<Refusal> impossible = new ArrayList<>();
            if (all) {
                for (FieldId field : world.arrayFields(file)) {
                    if (JarWorld.isEligible(field.descriptor())) {
                        fields.add(field);
                        targets.add(new Target(field, targets.size(), "--all"));
                    } else {
                        impossible.add(new Refusal(field, "", "it has more than two dimensions"));
                    }
                }
            } else {
                TargetFinder.Found found = world.targets(file, policy, policyName);
                for (Target target : found.targets()) {
                    fields.add(target.field());
                }
                targets.addAll(found.targets());
                impossible.addAll(found.refused());
            }
            asked.put(file, fields);
            beforehand.put(file, impossible);
        }
    }
}
