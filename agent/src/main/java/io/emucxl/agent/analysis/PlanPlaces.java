package io.emucxl.agent.analysis;

import io.emucxl.agent.analysis.ClassStore.Declared;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** Fields and methods as a plan has them: every place is decided. */
final class PlanPlaces implements Places {
    private static final Escape HEAP = new Escape("", "it flows to a place that stays on the heap");

    private final PlannedMembers members;
    private final Readers readers;
    private final EmptyConstants empties;
    private final RawAccesses rawAccesses;
    private final Map<FieldId, Node> fields = new HashMap<>();
    private final Map<MethodId, MethodPlaces> methods = new HashMap<>();
    private final List<Node> tiered = new ArrayList<>();

    /**
     * @param members what the plan says
     * @param bodies where the bodies are of methods that get arrays as objects
     */
    PlanPlaces(PlannedMembers members, ClassStore bodies) {
        this.members = members;
        this.readers = new Readers(bodies);
        this.empties = new EmptyConstants(bodies);
        this.rawAccesses = new RawAccesses(bodies);
    }

    /** The places met so far that hold handles. */
    List<Node> tiered() {
        return tiered;
    }

    private void decide(Node node, boolean isTiered, int target) {
        if (isTiered) {
            node.target = target;
            node.wanted = true;
            node.copies = members.copies(target);
            tiered.add(node);
        } else {
            node.escapes(HEAP);
        }
    }

    @Override
    public Node field(FieldInsnNode insn) {
        FieldId id = members.field(insn.owner, insn.name, insn.desc);
        if (id == null) {
            id = new FieldId(insn.owner, insn.name, insn.desc);
        }
        Node n = fields.get(id);
        if (n == null) {
            n = new Node(Node.Kind.FIELD, id.descriptor(), id);
            fields.put(id, n);
            Integer target = members.target(id);
            decide(n, target != null, target == null ? -1 : target);
        }
        return n;
    }

    @Override
    public MethodPlaces callee(MethodInsnNode call) {
        return callee(call.owner, call.name, call.desc);
    }

    private MethodPlaces callee(String owner, String name, String descriptor) {
        Declared found = members.method(owner, name, descriptor);
        MethodPlaces places = found == null ? null : places(found);
        return places == null
                ? new MethodPlaces(
                        new MethodId(owner, name, descriptor), false, "which takes heap arrays")
                : places;
    }

    /** What the plan says of a method, or null when it keeps its signature. */
    MethodPlaces places(Declared method) {
        Plan.Signature signature = members.signature(method);
        if (signature == null) {
            return null;
        }
        MethodId id = method.id();
        MethodPlaces places = methods.get(id);
        if (places == null) {
            places = places(id, signature);
            methods.put(id, places);
        }
        return places;
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
