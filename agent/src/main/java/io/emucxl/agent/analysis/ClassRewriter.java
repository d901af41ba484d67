package io.emucxl.agent.analysis;

import io.emucxl.agent.analysis.ClassStore.Declared;
import io.emucxl.agent.analysis.Rewritten.NullTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/** Rewrites one class file to a plan. */
final class ClassRewriter {
    private static final String ERROR = "java/lang/IncompatibleClassChangeError";

    private final ClassStore store;
    private final ClassStore bodiesAround;
    private final PlannedMembers members;
    private final Map<Integer, Target> origins;
    private final ClassNode node = new ClassNode();
    private final List<MethodNode> bodies = new ArrayList<>();
    private final List<List<NullCalls.NullCall>> nullCalls = new ArrayList<>();
    private final List<Escape> conflicts = new ArrayList<>();
    private boolean changed;
    private boolean serialized;

    /**
     * @param store where the hierarchy of members is looked up, without bodies
     * @param world where the bodies are
     * @param members what to rewrite
     * @param origins the targets by number, for messages
     */
    ClassRewriter(
            ClassStore store, World world, PlannedMembers members, Map<Integer, Target> origins) {
        this.store = store;
        this.bodiesAround = new ClassStore(world);
        this.members = members;
        this.origins = origins;
    }

    /** The outcome, or null when the class needs no change. */
    Rewritten rewrite(ClassReader reader) throws AnalyzerException {
        reader.accept(node, ClassReader.EXPAND_FRAMES);
        // Members are resolved through the class as it was, while its methods change one by one.
        ClassNode original = store.add(reader);
        for (MethodNode m : node.methods) {
            methods(m);
        }
        for (FieldNode f : node.fields) {
            if (members.target(new FieldId(node.name, f.name, f.desc)) != null) {
                // What reflection shows as the generic type, and what the serialized form keeps.
                f.signature = f.desc;
                f.desc = ArrayType.tiered(f.desc);
                serialized |= FieldRules.inSerializedForm(original, f, store);
                changed = true;
            }
        }
        if (!changed) {
            return null;
        }
        node.methods = bodies;
        if (SerialVersion.needed(original, store)) {
            node.fields.add(SerialVersion.declaration(original));
        }
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        return new Rewritten(node.name, writer.toByteArray(), tables(), conflicts, serialized);
    }

    /** Adds what a method becomes: itself, rewritten or not, and its version with handles. */
    private void methods(MethodNode m) throws AnalyzerException {
        Plan.Signature signed = signature(m);
        if (signed == null || generated(signed)) {
            body(m, false);
            return;
        }
        MethodNode second = m;
        if (!signed.inPlace()) {
            second = copy(m);
            second.access |= Opcodes.ACC_SYNTHETIC;
            second.access &= ~Opcodes.ACC_VARARGS;
            body(m, false);
        }
        second.signature = null;
        body(second, true);
        second.desc = signed.descriptor();
        second.name = signed.name();
        changed = true;
    }

    private Plan.Signature signature(MethodNode m) {
        return members.signature(new Declared(node, m));
    }

    /**
     * Whether the class has both versions already: it was made, as proxies are, from what
     * reflection found in a class that was rewritten.
     */
    private boolean generated(Plan.Signature signed) {
        return !signed.inPlace()
                && ClassStore.method(node, signed.name(), signed.descriptor()) != null;
    }

    private static MethodNode copy(MethodNode m) {
        MethodNode copy =
                new MethodNode(
                        Opcodes.ASM9,
                        m.access,
                        m.name,
                        m.desc,
                        m.signature,
                        m.exceptions.toArray(new String[0]));
        m.accept(copy);
        return copy;
    }

    private void body(MethodNode m, boolean tracked) throws AnalyzerException {
        bodies.add(m);
        List<NullCalls.NullCall> calls = List.of();
        if (m.instructions.size() > 0 && (tracked || touches(m))) {
            List<Node> broken = new ArrayList<>();
            BodyFlow flow = decide(m, tracked, true, broken);
            if (!broken.isEmpty()) {
                // A body that the plan could do without reading: what it makes need not be adopted.
                broken.clear();
                flow = decide(m, tracked, false, broken);
            }
            if (!broken.isEmpty()) {
                fail(m, broken.get(0).escape, flow);
                changed = true;
            } else if (flow.touched()) {
                calls = new BodyRewriter(flow).rewrite();
                changed = true;
            }
        }
        nullCalls.add(calls);
    }

    /** Decides every place of a body; those are broken that would need both representations. */
    private BodyFlow decide(MethodNode m, boolean tracked, boolean adopting, List<Node> broken)
            throws AnalyzerException {
        PlanPlaces places = new PlanPlaces(members, bodiesAround);
        MethodPlaces own = tracked ? places.places(new Declared(node, m)) : null;
        BodyFlow flow = new BodyFlow(node, m, own, places);
        flow.run();
        Solver solver = new Solver(List.of(flow), adopting);
        solver.relevance(places.tiered());
        flow.finish();
        solver.barred();
        solver.tier(places.tiered(), broken::add);
        return flow;
    }

    /** Whether a body names a member of the plan at all. */
    private boolean touches(MethodNode m) {
        for (AbstractInsnNode i = m.instructions.getFirst(); i != null; i = i.getNext()) {
            if ((i instanceof FieldInsnNode f && members.has(f.name, f.desc))
                    || (i instanceof MethodInsnNode c && members.has(c.name, c.desc))) {
                return true;
            }
        }
        return false;
    }

    /** Lets a body throw, which the plan did not know and which would leak a handle. */
    private void fail(MethodNode m, Escape why, BodyFlow flow) {
        Escape named =
                why.at().isEmpty()
                        ? new Escape(flow.at(m.instructions.getFirst()), why.reason())
                        : why;
        conflicts.add(named);
        String message =
                "emucxl: %s uses an array that lives in a region as a heap array: %s. To run this, do not place %s"
                        .formatted(named.at(), named.reason(), origins(flow));
        InsnList code = new InsnList();
        code.add(new TypeInsnNode(Opcodes.NEW, ERROR));
        code.add(new InsnNode(Opcodes.DUP));
        code.add(new LdcInsnNode(message));
        code.add(
                new MethodInsnNode(
                        Opcodes.INVOKESPECIAL, ERROR, "<init>", "(Ljava/lang/String;)V", false));
        code.add(new InsnNode(Opcodes.ATHROW));
        m.instructions = code;
        m.tryCatchBlocks = new ArrayList<>();
        m.localVariables = null;
        m.visibleLocalVariableAnnotations = null;
        m.invisibleLocalVariableAnnotations = null;
    }

    /** The targets of a body, with who asked for them. */
    private String origins(BodyFlow flow) {
        StringJoiner all = new StringJoiner(", ");
        for (int target : flow.tieredTargets()) {
            Target known = origins.get(target);
            all.add(
                    known == null
                            ? "target " + target
                            : known.field() + " (" + known.origin() + ")");
        }
        return all.toString();
    }

    private List<NullTable> tables() {
        List<NullTable> all = new ArrayList<>();
        for (int b = 0; b < bodies.size(); b++) {
            List<NullCalls.NullCall> calls = nullCalls.get(b);
            if (calls.isEmpty()) {
                continue;
            }
            int[] offsets = new int[calls.size()];
            String[] messages = new String[calls.size()];
            for (int i = 0; i < offsets.length; i++) {
                offsets[i] = calls.get(i).at().getLabel().getOffset();
                messages[i] = calls.get(i).message();
            }
            all.add(new NullTable(bodies.get(b).name, bodies.get(b).desc, offsets, messages));
        }
        return all;
    }
}
