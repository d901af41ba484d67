package io.emucxl.agent.weave;

import io.emucxl.agent.analysis.FieldId;
import io.emucxl.agent.analysis.Plan;
import io.emucxl.agent.analysis.Refusal;
import io.emucxl.agent.analysis.Target;
import io.emucxl.policies.file.PolicyFile;
import io.emucxl.runtime.Targets;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Finds the targets in a class file: the fields that {@code @RemoteTier} or the policy file names.
 */
public final class TargetFinder {

    /** What was found in class files so far. */
    public static final class Found {
        final List<Target> targets = new ArrayList<>();

        /** Fields that somebody wants placed and that no array of primitives is in. */
        final List<Refusal> refused = new ArrayList<>();

        /** The targets. */
        public List<Target> targets() {
            return targets;
        }

        /** What cannot be a target, though somebody wants it. */
        public List<Refusal> refused() {
            return refused;
        }

        /** How many of the targets a plan places; none when the runtime did not start. */
        int placedBy(Plan plan) {
            int count = 0;
            for (int i = 0; i < targets.size(); i++) {
                count += plan.placed().containsKey(targets.get(i).field()) ? 1 : 0;
            }
            return count;
        }

        boolean isEmpty() {
            return targets.isEmpty() && refused.isEmpty();
        }
    }

    private static final String ANNOTATION = "Lio/emucxl/runtime/RemoteTier;";
    private static final String MARK = "@RemoteTier";

    /** A field that a compiler or another agent made: no pattern means it. */
    private static final int GENERATED = Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;

    private final PolicyFile policy;
    private final String policyName;

    /** Many fields in turn have the same of these, and a start has no time to make them anew. */
    private String owner = "";

    private String className = "";
    private int line;
    private int column;
    private String place;

    /**
     * A finder for this policy.
     *
     * @param policyName the file's name, for the origin of its targets
     */
    TargetFinder(PolicyFile policy, String policyName) {
        this.policy = policy;
        this.policyName = policyName;
    }

    /** Whether the class is worth a closer look: it may have targets. */
    boolean mayHaveTargets(String internalName, ConstantPool pool) {
        if (isMarked(pool)) {
            return true;
        }
        List<PolicyFile.Target> named = policy.targets();
        for (int i = 0; i < named.size(); i++) {
            PolicyFile.Target target = named.get(i);
            String field = target.field();
            if (field == null ? agrees(target.fields(), internalName) : isIn(field, internalName)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the class uses {@code @RemoteTier}. */
    static boolean isMarked(ConstantPool pool) {
        return pool.has(ANNOTATION);
    }

    /** The target that this field is: what the policy file says of it, or its mark. */
    synchronized Target target(FieldId field) {
        PolicyFile.Target named = named(field.owner(), field.name());
        if (named != null && (named.line() != line || named.column() != column)) {
            line = named.line();
            column = named.column();
            place = policyName + ":" + named.line() + ":" + named.column();
        }
        String origin = named == null ? MARK : place;
        int number = Targets.register(field.toString(), TargetWishes.of(policy, named));
        return new Target(field, number, origin, named != null && named.copies());
    }

    private synchronized PolicyFile.Target named(String internalName, String name) {
        if (!internalName.equals(owner)) {
            owner = internalName;
            className = internalName.replace('/', '.');
        }
        return TargetWishes.named(policy, className, name);
    }

    /** Whether {@code package.Class.field} is a field of this class. */
    static boolean isIn(String field, String internalName) {
        int length = field.lastIndexOf('.');
        if (length != internalName.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = internalName.charAt(i);
            if (field.charAt(i) != (c == '/' ? '.' : c)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a field of this class may match a pattern, by what comes before its first star. */
    static boolean agrees(String pattern, String internalName) {
        int star = pattern.indexOf('*');
        int prefix = star < 0 ? pattern.length() : star;
        for (int i = 0; i < prefix && i < internalName.length(); i++) {
            char c = internalName.charAt(i);
            if (pattern.charAt(i) != (c == '/' ? '.' : c)) {
                return false;
            }
        }
        return true;
    }

    /** Adds the targets in this class file. */
    void find(byte[] classFile, Found found) {
        new ClassReader(classFile)
                .accept(
                        new Fields(found),
                        ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    }

    /** Whether a field of this type can be a target. */
    static boolean isEligible(String descriptor) {
        int dimensions = descriptor.lastIndexOf('[') + 1;
        return (dimensions == 1 || dimensions == 2) && descriptor.length() == dimensions + 1;
    }

    private final class Fields extends ClassVisitor {

        private final Found found;
        private String className;
        private boolean wholeClass;

        Fields(Found found) {
            super(Opcodes.ASM9);
            this.found = found;
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                String signature,
                String superName,
                String[] interfaces) {
            className = name;
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            wholeClass |= descriptor.equals(ANNOTATION);
            return null;
        }

        @Override
        public FieldVisitor visitField(
                int access, String name, String descriptor, String signature, Object value) {
            FieldId field = new FieldId(className, name, descriptor);
            PolicyFile.Target named = named(className, name);
            boolean generated = (access & GENERATED) == GENERATED;
            if (named != null
                    && (named.field() != null || (isEligible(descriptor) && !generated))) {
                add(field);
                return null;
            }
            if (wholeClass && isEligible(descriptor) && !generated) {
                add(field);
                return null;
            }
            return new FieldVisitor(Opcodes.ASM9) {
                @Override
                public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                    if (annotation.equals(ANNOTATION)) {
                        add(field);
                    }
                    return null;
                }
            };
        }

        private void add(FieldId field) {
            if (isEligible(field.descriptor())) {
                found.targets.add(target(field));
                return;
            }
            found.refused.add(
                    new Refusal(
                            field,
                            "",
                            "only arrays of primitives, of one or two dimensions, can be placed"));
        }
    }
}
