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

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description = "store the plan, for the key plan of the policy file")
    private Path planFile;

    @Parameters(
            arity = "1..*",
            paramLabel = "JAR|DIR",
            description = "what to look at; together they are the class path")
    private List<Path> files;

    /** What is asked about, by the title of its jar. */
    private final Map<String, List<FieldId>> asked = new LinkedHashMap<>();

    private final Map<String, List<Refusal>> beforehand = new LinkedHashMap<>();
    private final List<Target> targets = new ArrayList<>();
    private final List<Refusal> impossible = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        if (all && planFile != null) {
            throw wrong(
                    "--plan stores what is marked and what --policy names; without --all", null);
        }
        JarWorld world;
        PolicyFile policy;
        Progress progress = Progress.standard();
        try {
            policy = PolicyFileParser.read(policyName, System.getProperties());
            world = new JarWorld(files, progress::reading);
            ask(world, policy);
        } catch (IOException | PolicyFileException e) {
            progress.clear();
            throw wrong(e.getMessage(), e);
        }
        Plan plan =
                targets.isEmpty() ? Plan.EMPTY : Planner.plan(progress.watching(world), targets);
        progress.clear();
        List<Coverage> coverage = new ArrayList<>();
        for (Map.Entry<String, List<FieldId>> jar : asked.entrySet()) {
            String title = jar.getKey();
            coverage.add(Coverage.of(title, jar.getValue(), beforehand.get(title), plan));
        }
        if (json) {
            System.out.println(CoverageJson.of(coverage));
        } else {
            new CoverageTable(Screen.standard(), all).print(coverage);
        }
        if (planFile == null) {
            return 0;
        }
        try {
            world.store(plan, targets, impossible, policy, planFile);
            return 0;
        } catch (IOException e) {
            System.err.println("emucxl: the plan cannot be stored: " + e.getMessage());
            return 1;
        }
    }

    private ParameterException wrong(String message, Exception cause) {
        return new ParameterException(spec.commandLine(), message, cause);
    }

    private void ask(JarWorld world, PolicyFile policy) throws IOException {
        for (String title : world.titles()) {
            List<FieldId> fields = new ArrayList<>();
            List<Refusal> refused = new ArrayList<>();
            if (all) {
                for (FieldId field : world.arrayFields(title)) {
                    if (JarWorld.isEligible(field.descriptor())) {
                        fields.add(field);
                        targets.add(new Target(field, targets.size(), "--all"));
                    } else {
                        refused.add(new Refusal(field, "", "it has more than two dimensions"));
                    }
                }
            } else {
                TargetFinder.Found found = world.targets(title, policy, policyName);
                for (Target target : found.targets()) {
                    fields.add(target.field());
                }
                targets.addAll(found.targets());
                refused.addAll(found.refused());
            }
            asked.put(title, fields);
            beforehand.put(title, refused);
            impossible.addAll(refused);
        }
        if (!all) {
            missing(policy);
        }
    }

    /** Says which lines of the policy file mean nothing here. */
    private void missing(PolicyFile policy) {
        List<FieldId> fields = new ArrayList<>();
        targets.forEach(target -> fields.add(target.field()));
        impossible.forEach(refusal -> fields.add(refusal.field()));
        for (PolicyFile.Target target : policy.targets()) {
            boolean found = false;
            for (FieldId field : fields) {
                found |= target.matches(field.owner().replace('/', '.'), field.name());
            }
            if (!found) {
                String what = target.field() == null ? target.fields() : target.field();
                System.err.printf(
                        "emucxl: %s:%d:%d: no array field here is %s%n",
                        policyName, target.line(), target.column(), what);
            }
        }
    }
}
