package io.emucxl.agent.analysis;

import io.emucxl.agent.analysis.ClassStore.Declared;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Fields and methods as a plan has them: every place is decided. */
final class PlanPlaces implements Places {
    private static final Escape HEAP = new Escape("", "it flows to a place that stays on the heap");

    /** The members that a plan names, to tell most instructions apart without resolving them. */
    static final class Names {
        private final Set<String> all = new HashSet<>();

        Names(Plan plan) {
            plan.placed().keySet().forEach(f -> all.add(f.name() + ' ' + f.descriptor()));
            plan.methods().keySet().forEach(m -> all.add(m.name() + ' ' + m.descriptor()));
        }

        boolean has(String name, String descriptor) {
            return all.contains(name + ' ' + descriptor);
        }
    }

    private final ClassStore store;
    private final Readers readers;
    private final EmptyConstants empties;
    private final RawAccesses rawAccesses;
    private final Plan plan;
    private final Names names;
    private final Map<FieldId, Node> fields = new HashMap<>();
    private final Map<MethodId, MethodPlaces> methods = new HashMap<>();
    private final List<Node> tiered = new ArrayList<>();
    private final Set<Integer> copying;

    PlanPlaces(ClassStore store, Plan plan, Names names) {
        this.store = store;
        this.readers = new Readers(store);
        this.empties = new EmptyConstants(store);
        this.rawAccesses = new RawAccesses(store);
        this.plan = plan;
        this.copying = plan.copying();
        this.names = names;
    }

    /** The places met so far that hold handles. */
    List<Node> tiered() {
        return tiered;
    }

    private void decide(Node node, boolean isTiered, int target) {
        if (isTiered) {
            node.target = target;
            node.wanted = true;
            node.copies = copying.contains(target);
            tiered.add(node);
        } else {
            node.escapes(HEAP);
        }
    }

    @Override
    public Node field(FieldInsnNode insn) {
        FieldId id = null;
        if (names.has(insn.name, insn.desc)) {
            id = store.resolveField(insn.owner, insn.name, insn.desc);
        }
        return fields.computeIfAbsent(
                id == null ? new FieldId(insn.owner, insn.name, insn.desc) : id,
                key -> {
                    Node n = new Node(Node.Kind.FIELD, key.descriptor(), key);
                    Integer target = plan.placed().get(key);
                    decide(n, target != null, target == null ? -1 : target);
                    return n;
                });
    }

    @Override
    public MethodPlaces callee(MethodInsnNode call) {
        return callee(call.owner, call.name, call.desc);
    }

    private MethodPlaces callee(String owner, String name, String descriptor) {
        if (names.has(name, descriptor)) {
            Declared found = store.resolveMethod(owner, name, descriptor);
            MethodPlaces places = found == null ? null : places(found);
            if (places != null) {
                return places;
            }
        }
        return new MethodPlaces(
                new MethodId(owner, name, descriptor), false, "which takes heap arrays");
    }

    /** What the plan says of a method, or null when it keeps its signature. */
    MethodPlaces places(Declared method) {
        Plan.Signature signature = signature(method);
        if (signature == null) {
            return null;
        }
        return methods.computeIfAbsent(method.id(), id -> places(id, signature));
    }

    /**
     * The signature with handles that a method gets, also as a late override of one in the plan.
     */
    Plan.Signature signature(Declared method) {
        Plan.Signature own = plan.methods().get(method.id());
        if (own != null
                || !WorldPlaces.overridable(method)
                || !names.has(method.method().name, method.method().desc)) {
            return own;
        }
        for (Map.Entry<MethodId, Plan.Signature> e : plan.methods().entrySet()) {
            MethodId m = e.getKey();
            if (e.getValue().virtual()
                    && m.name().equals(method.method().name)
                    && m.descriptor().equals(method.method().desc)
                    && store.isSubtype(method.owner().name, m.owner())
                    && inherits(method.owner().name, m)) {
                return e.getValue();
            }
        }
        return null;
    }

    /** Whether a subclass inherits a method, which of package access only its package does. */
    private boolean inherits(String subclass, MethodId id) {
        ClassNode owner = store.find(id.owner());
        MethodNode m = owner == null ? null : ClassStore.method(owner, id.name(), id.descriptor());
        return m == null
                || !ClassStore.packagePrivate(m.access)
                || ClassStore.packageOf(subclass).equals(ClassStore.packageOf(id.owner()));
    }

    private MethodPlaces places(MethodId id, Plan.Signature signature) {
        MethodPlaces m = new MethodPlaces(id, signature.inPlace(), null);
        m.tieredName = signature.name();
        Type[] after = Type.getArgumentTypes(signature.descriptor());
        for (int i = 0; i < after.length; i++) {
            if (m.parameters[i] != null) {
                decide(m.parameters[i], handle(after[i]), signature.targets().get(i));
            }
        }
        if (m.returned != null) {
            decide(
                    m.returned,
                    handle(Type.getReturnType(signature.descriptor())),
                    signature.targets().get(after.length));
        }
        return m;
    }

    private static boolean handle(Type type) {
        return type.getDescriptor().endsWith('L' + ArrayType.HANDLE + ';');
    }

    @Override
    public boolean readsEmpty(FieldInsnNode insn) {
        return empties.reads(insn);
    }

    @Override
    public boolean accessesRaw(MethodInsnNode call) {
        return rawAccesses.is(call);
    }

    @Override
    public boolean onlyReads(MethodInsnNode call, int parameter, String descriptor) {
        return readers.onlyReads(call, parameter, descriptor);
    }

    @Override
    public MethodPlaces callee(Handle handle) {
        if (handle.getTag() <= Opcodes.H_PUTSTATIC) {
            return null;
        }
        return callee(handle.getOwner(), handle.getName(), handle.getDesc());
    }
}
