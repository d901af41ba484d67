package io.emucxl.agent.weave;

import io.emucxl.agent.advise.Observer;
import io.emucxl.policies.file.PolicyFile;
import io.emucxl.policies.file.PolicyFileException;
import io.emucxl.policies.file.PolicyFileParser;
import io.emucxl.policies.file.Problem;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;

/** The agent's start. */
public final class Agent {

    private Agent() {}

    /**
     * Puts the policy file into force.
     *
     * @param argument path of the policy file; null or empty for none
     * @param instrumentation the JVM's instrumentation service
     * @throws IllegalStateException when the policy file cannot be used
     */
    public static void start(String argument, Instrumentation instrumentation) {
        String observed = System.getProperty(Observer.PROPERTY);
        if (observed != null) {
            Observer.start(observed, instrumentation);
            return;
        }
        PolicyFile policy;
        try {
            policy = PolicyFileParser.read(argument, System.getProperties());
        } catch (PolicyFileException e) {
            for (Problem problem : e.problems()) {
                Log.say(problem.toString());
            }
            throw new IllegalStateException("the policy file cannot be used");
        }
        if (policy.mode() == PolicyFile.Mode.OFF) {
            return;
        }
        TargetFinder finder = new TargetFinder(policy, argument);
        RuntimeStart runtime = new RuntimeStart(instrumentation, policy, argument);
        if (policy.plan() != null) {
            runtime.prepare();
        }
        Weaver weaver =
                new Weaver(
                        instrumentation,
                        policy,
                        finder,
                        runtime,
                        new ClassDump(System.getProperty("emucxl.dump")));
        StoredPlan stored = stored(policy);
        Transformer transformer = new Transformer(weaver, stored == null ? null : stored.known());
        NamedTargets named = new NamedTargets(policy, argument, finder);
        if (stored != null || !policy.targets().isEmpty()) {
            LoaderPlans plans = transformer.startPlans();
            if (stored == null || !named.take(stored, plans)) {
                named.plan(plans);
            }
        }
        instrumentation.addTransformer(transformer);
        System.err.println(StartLine.of(policy, named.placed(), named.refused()));
        boolean unread = policy.plan() != null && stored == null;
        boolean incomplete =
                unread || named.refused() > 0 || named.missing() > 0 || runtime.failed();
        if (incomplete && policy.mode() == PolicyFile.Mode.STRICT) {
            Log.say(
                    "stopped: "
                            + (unread ? "there is no stored plan" : "a target is not placed")
                            + ", and the mode is strict");
            System.exit(1);
        }
    }

    /** The plan that the policy file names; null when it names none, or it cannot be read. */
    private static StoredPlan stored(PolicyFile policy) {
        PolicyFile.Plan named = policy.plan();
        if (named == null) {
            return null;
        }
        try {
            return PlanFile.read(new File(named.file()));
        } catch (IOException e) {
            Log.say(named.place() + ": plan: " + e.getMessage());
            return null;
        }
    }
}
