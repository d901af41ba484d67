package io.emucxl.agent.weave;

import io.emucxl.agent.analysis.FieldId;
import io.emucxl.agent.analysis.Plan;
import io.emucxl.policies.file.NearestName;
import io.emucxl.policies.file.PolicyFile;
import java.util.ArrayList;
import java.util.List;

/** Plans the policy file's targets that are on the class path, when the program starts. */
final class NamedTargets {

    private static final String CLASS = ".class";

    private final PolicyFile policy;
    private final String policyName;
    private final TargetFinder finder;
    private final TargetFinder.Found found = new TargetFinder.Found();
    private int placed;
    private int refused;
    private int missing;

    NamedTargets(PolicyFile policy, String policyName, TargetFinder finder) {
        this.policy = policy;
        this.policyName = policyName;
        this.finder = finder;
    }

    /** Fields that were placed. */
    int placed() {
        return placed;
    }

    /** Fields that stay on the heap. */
    int refused() {
        return refused;
    }

    /** Lines of the policy file that mean nothing on the class path. */
    int missing() {
        return missing;
    }

    /**
     * Takes a plan that was made ahead of time, when it still holds.
     *
     * @return whether it does; otherwise the user is told why not
     */
    boolean take(StoredPlan stored, LoaderPlans plans) {
        PolicyFile.Plan named = policy.plan();
        LoaderWorld world = plans.world();
        String outdated = stored.outdated(policy, world.path(), world);
        Plan plan = null;
        if (outdated == null) {
            List<FieldId> fields = stored.targets();
            for (int i = 0; i < fields.size(); i++) {
                found.targets.add(finder.target(fields.get(i)));
            }
            found.refused.addAll(stored.impossible());
            plan = plans.take(stored, StoredCode.open(stored, named.file()), found);
            outdated = "a class that it changes is loaded already";
        }
        if (plan == null) {
            found.targets.clear();
            found.refused.clear();
            Log.say(
                    named.place()
                            + ": the stored plan does not hold, the analysis runs again: "
                            + outdated);
            return false;
        }
        count(plan);
        return true;
    }

    private void count(Plan plan) {
        refused = found.refused.size() + plan.refused().size();
        placed = found.placedBy(plan);
    }

    /** Looks for every target of the policy file among the classes of this loader. */
    void plan(LoaderPlans plans) {
        LoaderWorld world = plans.world();
        List<PolicyFile.Target> targets = policy.targets();
        for (int i = 0; i < targets.size(); i++) {
            PolicyFile.Target target = targets.get(i);
            if (target.field() != null) {
                findField(target, plans, world);
            } else {
                findPattern(target, plans, world);
            }
        }
        if (!found.isEmpty()) {
            count(plans.make(found));
        }
    }

    private void findField(PolicyFile.Target target, LoaderPlans plans, LoaderWorld world) {
        String field = target.field();
        int dot = field.lastIndexOf('.');
        String className = field.substring(0, Math.max(dot, 0));
        String internalName = className.replace('.', '/');
        byte[] file = world.classFile(internalName);
        if (file == null) {
            miss(target, "no class " + className + " on the class path" + like(className, world));
            return;
        }
        if (!ConstantPool.read(file).has(field.substring(dot + 1))) {
            miss(target, className + " has no field " + field.substring(dot + 1));
            return;
        }
        if (plans.search(internalName)) {
            finder.find(file, found);
        }
    }

    private void findPattern(PolicyFile.Target target, LoaderPlans plans, LoaderWorld world) {
        int before = found.targets.size();
        String pattern = target.fields();
        for (String name : world.fileNames()) {
            String className = name.substring(0, name.length() - CLASS.length());
            if (TargetFinder.agrees(pattern, className) && plans.search(className)) {
                finder.find(world.classFile(className), found);
            }
        }
        if (found.targets.size() == before) {
            miss(target, "no array field on the class path matches " + pattern);
        }
    }

    /** Such a target is planned when a class loader of the program brings its class. */
    private void miss(PolicyFile.Target target, String what) {
        missing++;
        Log.say(policyName + ":" + target.line() + ":" + target.column() + ": " + what);
    }

    private static String like(String className, LoaderWorld world) {
        List<String> names = new ArrayList<>();
        for (String name : world.fileNames()) {
            names.add(name.substring(0, name.length() - CLASS.length()).replace('/', '.'));
        }
        String nearest = NearestName.of(className, names);
        return nearest == null ? "" : "; did you mean " + nearest + "?";
    }
}
