package io.emucxl.agent.weave;

import io.emucxl.agent.analysis.FieldId;
import io.emucxl.agent.analysis.MethodId;
import io.emucxl.agent.analysis.Plan;
import io.emucxl.agent.analysis.Refusal;
import io.emucxl.agent.analysis.Target;
import io.emucxl.policies.file.PolicyFile;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A plan that was made ahead of time, and what it was made from: the targets, the files of the
 * class path, and the classes that the analysis looked at. Where any of that has changed since, the
 * plan says nothing any more. Immutable.
 *
 * @param build the build of the agent that made it
 * @param feature the Java release that it was made on
 * @param boot whether it is for the classes in a jar of Spring Boot
 * @param files the class path, in its order
 * @param asked what the policy file asked for, a line a target
 * @param classes what the analysis looked at, by internal name
 * @param targets the targets; the plan means them by their index in this list
 * @param impossible what somebody wants placed and no array of primitives is in
 * @param plan the plan
 * @param code where the code is, in the plan's file, of classes that the plan may concern
 * @param known the other class files
 */
record StoredPlan(
        int build,
        int feature,
        boolean boot,
        List<PathFile> files,
        List<String> asked,
        Map<String, Long> classes,
        List<FieldId> targets,
        List<Refusal> impossible,
        Plan plan,
        Map<String, Code> code,
        KnownFiles known) {

    private static final int NO_TARGET = -1;

    /**
     * A file or directory of a class path.
     *
     * @param name its name, without directories
     * @param fingerprint as {@link Fingerprint} makes it
     */
    record PathFile(String name, long fingerprint) {

        // By hand: those of a record link an invokedynamic, which is slow at the start.

        @Override
        public boolean equals(Object object) {
            return object instanceof PathFile that
                    && name.equals(that.name)
                    && fingerprint == that.fingerprint;
        }

        @Override
        public int hashCode() {
            return name.hashCode() * 31 + Long.hashCode(fingerprint);
        }
    }

    /**
     * What a class becomes.
     *
     * @param original the fingerprint of the class file that was rewritten
     * @param offset where {@link ClassCode} lies, behind the plan
     * @param length the bytes that it takes; 0 when the class stays as it is
     * @param fingerprint the fingerprint of those bytes
     */
    record Code(long original, int offset, int length, long fingerprint) {}

    /** What a policy file asks for, a line a target; sizes and tiers are no part of it. */
    static List<String> asked(PolicyFile policy) {
        List<String> lines = new ArrayList<>();
        List<PolicyFile.Target> targets = policy.targets();
        for (int i = 0; i < targets.size(); i++) {
            PolicyFile.Target target = targets.get(i);
            String what =
                    target.field() != null
                            ? "field: " + target.field()
                            : "fields: " + target.fields() + " exclude: " + target.exclude();
            lines.add(target.copies() ? what + " onEscape: copy" : what);
        }
        return lines;
    }

    /**
     * The files of a class path as they are now.
     *
     * @throws IOException when one cannot be read
     */
    static List<PathFile> files(ClassPath path) throws IOException {
        List<PathFile> files = new ArrayList<>();
        // The libraries in a jar of Spring Boot are covered by that jar.
        for (File file : path.files()) {
            files.add(new PathFile(file.getName(), Fingerprint.of(file)));
        }
        return files;
    }

    /**
     * Why the plan does not hold here, as a clause; null when it does.
     *
     * @param path the class path now
     * @param world where to look for the class that has changed
     */
    String outdated(PolicyFile policy, ClassPath path, LoaderWorld world) {
        if (feature != Runtime.version().feature()) {
            return "it was made on Java "
                    + feature
                    + ", and this is Java "
                    + Runtime.version().feature();
        }
        String other = difference(asked, asked(policy));
        if (other != null) {
            return "the policy file's targets have changed (" + other + ")";
        }
        List<PathFile> now;
        try {
            now = files(path);
        } catch (IOException e) {
            return "the class path cannot be read: " + e.getMessage();
        }
        if (now.size() == files.size() && now.containsAll(files)) {
            // Maybe in another order: that of a directory when the class path ends with /*.
            return null;
        }
        String changed = changedClass(world);
        return changed == null ? changedFile(now) : changed + " has changed";
    }

    private static String difference(List<String> then, List<String> now) {
        for (int i = 0; i < Math.max(then.size(), now.size()); i++) {
            if (i >= now.size()) {
                return "gone: " + then.get(i);
            }
            if (i >= then.size()) {
                return "new: " + now.get(i);
            }
            if (!then.get(i).equals(now.get(i))) {
                return "new: " + now.get(i);
            }
        }
        return null;
    }

    private String changedClass(LoaderWorld world) {
        for (Map.Entry<String, Long> looked : classes.entrySet()) {
            byte[] file = world.classFile(looked.getKey());
            if (file == null || Fingerprint.of(file) != looked.getValue()) {
                String name = looked.getKey().replace('/', '.');
                return file == null ? name + " is gone, which" : name;
            }
        }
        return null;
    }

    private String changedFile(List<PathFile> now) {
        for (PathFile file : now) {
            if (!files.contains(file)) {
                for (PathFile then : files) {
                    if (then.name().equals(file.name())) {
                        return file.name() + " has changed";
                    }
                }
                return file.name() + " is new on the class path";
            }
        }
        for (PathFile then : files) {
            if (!now.contains(then)) {
                return then.name() + " is not on the class path any more";
            }
        }
        return "the class path has changed";
    }

    /**
     * A plan as it is stored, which means targets by their index.
     *
     * @param plan means them by their numbers
     * @param targets the targets in the order of the stored plan
     */
    static Plan indexed(Plan plan, List<Target> targets) {
        Map<Integer, Integer> indexes = new HashMap<>();
        for (int i = 0; i < targets.size(); i++) {
            indexes.put(targets.get(i).number(), i);
        }
        return renumbered(plan, indexes);
    }

    /**
     * The plan for targets with these numbers.
     *
     * @param numbered the targets of this plan, in its order, as the runtime knows them
     */
    Plan numbered(List<Target> numbered) {
        if (isNumbered(numbered)) {
            return plan;
        }
        Map<Integer, Integer> numbers = new HashMap<>();
        for (int i = 0; i < numbered.size(); i++) {
            numbers.put(i, numbered.get(i).number());
        }
        return renumbered(plan, numbers);
    }

    /** Whether the numbers of the targets are their indexes, as in the code of classes. */
    static boolean isNumbered(List<Target> numbered) {
        for (int i = 0; i < numbered.size(); i++) {
            if (numbered.get(i).number() != i) {
                return false;
            }
        }
        return true;
    }

    private static Plan renumbered(Plan plan, Map<Integer, Integer> numbers) {
        Map<FieldId, Integer> placed = new HashMap<>();
        for (Map.Entry<FieldId, Integer> field : plan.placed().entrySet()) {
            placed.put(field.getKey(), numbers.getOrDefault(field.getValue(), NO_TARGET));
        }
        Map<MethodId, Plan.Signature> methods = new HashMap<>();
        for (Map.Entry<MethodId, Plan.Signature> method : plan.methods().entrySet()) {
            Plan.Signature signature = method.getValue();
            List<Integer> of = new ArrayList<>();
            for (Integer number : signature.targets()) {
                of.add(numbers.getOrDefault(number, NO_TARGET));
            }
            methods.put(
                    method.getKey(),
                    new Plan.Signature(
                            signature.name(),
                            signature.descriptor(),
                            signature.inPlace(),
                            signature.virtual(),
                            of));
        }
        return new Plan(
                placed, methods, plan.wrappedOnly(), plan.refused(), plan.classes(), plan.copied());
    }
}
