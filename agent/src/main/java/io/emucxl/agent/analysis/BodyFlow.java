package io.emucxl.agent.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;

/** The flow of arrays through one body, and what its instructions ask of the places around it. */
final class BodyFlow {
    private static final String RETURNED = "it is returned to callers that cannot all be rewritten";

    final ClassNode owner;
    final MethodNode method;

    /** The parameters and return when callers pass handles; null when they pass heap arrays. */
    final MethodPlaces tracked;

    /** The method, when it is known by more than its body. */
    MethodId id;

    final List<CallSite> calls = new ArrayList<>();

    /** All nodes of this body, and those of other places that it uses. */
    final List<Node> nodes = new ArrayList<>();

    private final Places places;
    private final CallFlow callFlow;
    private final Node[] byLocal;
    private final PlaceInterpreter interpreter;
    private Frame<PlaceValue>[] frames;

    /**
     * @param owner the class
     * @param method the body
     * @param tracked where the arrays of callers come from and go to, or null when callers are not
     *     rewritten
     * @param places what lies around
     */
    BodyFlow(ClassNode owner, MethodNode method, MethodPlaces tracked, Places places) {
        this.owner = owner;
        this.method = method;
        this.tracked = tracked;
        this.places = places;
        this.callFlow = new CallFlow(this, places);
        this.byLocal = parameters();
        this.interpreter = new PlaceInterpreter(byLocal);
    }

    private Node[] parameters() {
        Type[] arguments = Type.getArgumentTypes(method.desc);
        int first = ClassStore.is(method.access, Opcodes.ACC_STATIC) ? 0 : 1;
        int size = first;
        for (Type a : arguments) {
            size += a.getSize();
        }
        Node[] all = new Node[size];
        int local = first;
        for (int i = 0; i < arguments.length; i++) {
            String d = arguments[i].getDescriptor();
            if (ArrayType.is(d)) {
                all[local] = tracked == null ? null : tracked.parameters[i];
                if (all[local] == null) {
                    all[local] = new Node(Node.Kind.ENTRY, d, null);
                    external(
                            all[local],
                            null,
                            "it comes as %s from callers that are not rewritten"
                                    .formatted(ArrayType.inJava(d)));
                }
                nodes.add(all[local]);
            }
            local += arguments[i].getSize();
        }
        return all;
    }

    /** Runs the analysis. */
    void run() throws AnalyzerException {
        frames = new Analyzer<>(interpreter).analyze(owner.name, method);
        AbstractInsnNode insn = method.instructions.getFirst();
        for (int i = 0; insn != null; i++, insn = insn.getNext()) {
            Frame<PlaceValue> f = frames[i];
            if (f == null) {
                continue;
            }
            for (int s = 0; s < f.getStackSize(); s++) {
                unify(f.getStack(s));
            }
            if (insn.getOpcode() == Opcodes.ALOAD) {
                // What is loaded right before a join is never alone on the stack.
                unify(f.getLocal(((VarInsnNode) insn).var));
            }
            Node made = interpreter.made(insn);
            if (made != null) {
                nodes.add(made);
            }
            if (insn.getOpcode() >= 0) {
                uses(insn, f, made);
            }
        }
    }

    private static void unify(PlaceValue v) {
        if (v.nodes().size() > 1) {
            Node first = null;
            String d = v.descriptor();
            for (Node n : v.nodes()) {
                first = first == null ? n : n.descriptor.equals(d) ? Node.unify(first, n) : first;
            }
        }
    }

    /** The node of the field that an instruction means. */
    Node field(FieldInsnNode insn) {
        return places.field(insn);
    }

    /** The call that an instruction makes, or null when it concerns no arrays that are known. */
    CallSite call(AbstractInsnNode insn) {
        for (CallSite s : calls) {
            if (s.instruction == insn) {
                return s;
            }
        }
        return null;
    }

    /** Whether anything in this body is tiered. */
    boolean touched() {
        for (Node n : nodes) {
            if (n.representative().tiered) {
                return true;
            }
        }
        for (CallSite s : calls) {
            if (s.active() && !s.callee.tieredDescriptor().equals(s.callee.id.descriptor())) {
                return true;
            }
        }
        return false;
    }

    /** The numbers of the targets whose arrays this body meets, for messages. */
    Set<Integer> tieredTargets() {
        Set<Integer> all = new TreeSet<>();
        for (Node n : nodes) {
            Node r = n.representative();
            if (r.tiered && r.target >= 0) {
                all.add(r.target);
            }
        }
        return all;
    }

    /** The flow through its calls. */
    CallFlow callFlow() {
        return callFlow;
    }

    /** The state before an instruction, or null when it cannot be reached. */
    Frame<PlaceValue> frame(AbstractInsnNode instruction) {
        return frames[method.instructions.indexOf(instruction)];
    }

    /** The node that an instruction brings forth, or null. */
    Node made(AbstractInsnNode instruction) {
        return interpreter.made(instruction);
    }

    /** The node of the parameter in a local variable, or null. */
    Node parameter(int local) {
        return local < byLocal.length ? byLocal[local] : null;
    }

    int parameterLocals() {
        return byLocal.length;
    }

    void external(Node node, AbstractInsnNode insn, String reason) {
        if (ArrayType.dimensions(node.descriptor) > 1) {
            node.escapes(new Escape(at(insn), reason + ", and arrays of arrays cannot be wrapped"));
        }
    }

    void escape(PlaceValue v, AbstractInsnNode insn, String reason) {
        if (!v.tracked()) {
            return;
        }
        Escape e = new Escape(at(insn), reason);
        for (Node n : v.nodes()) {
            n.escapes(e);
        }
    }

    /** {@code class.method:line} of an instruction. */
    String at(AbstractInsnNode insn) {
        int line = -1;
        for (AbstractInsnNode n = insn; n != null && line < 0; n = n.getPrevious()) {
            if (n instanceof LineNumberNode) {
                line = ((LineNumberNode) n).line;
            }
        }
        String m = owner.name.replace('/', '.') + '.' + method.name;
        return line < 0 ? m : m + ':' + line;
    }

    private void uses(AbstractInsnNode insn, Frame<PlaceValue> f, Node made) {
        int top = f.getStackSize() - 1;
        int op = insn.getOpcode();
        switch (op) {
            case Opcodes.IALOAD,
                    Opcodes.LALOAD,
                    Opcodes.FALOAD,
                    Opcodes.DALOAD,
                    Opcodes.BALOAD,
                    Opcodes.CALOAD,
                    Opcodes.SALOAD ->
                    element(f.getStack(top - 1), insn);
            case Opcodes.AALOAD -> {
                if (made != null) {
                    Node.flow(f.getStack(top - 1).node().rows(), made);
                }
            }
            case Opcodes.IASTORE,
                    Opcodes.LASTORE,
                    Opcodes.FASTORE,
                    Opcodes.DASTORE,
                    Opcodes.BASTORE,
                    Opcodes.CASTORE,
                    Opcodes.SASTORE ->
                    element(f.getStack(top - 2), insn);
            case Opcodes.AASTORE -> storeRow(f.getStack(top - 2), f.getStack(top), insn);
            case Opcodes.ARRAYLENGTH -> element(f.getStack(top), insn);
            case Opcodes.GETFIELD, Opcodes.GETSTATIC -> {
                if (made != null) {
                    Node field = places.field((FieldInsnNode) insn);
                    nodes.add(field);
                    if (places.readsEmpty((FieldInsnNode) insn)) {
                        Node.flowOfEmpty(field, made);
                    } else {
                        Node.flow(field, made);
                    }
                }
            }
            case Opcodes.PUTFIELD, Opcodes.PUTSTATIC ->
                    store((FieldInsnNode) insn, f.getStack(top));
            case Opcodes.ARETURN -> returns(f.getStack(top), insn);
            case Opcodes.CHECKCAST -> cast((TypeInsnNode) insn, f.getStack(top), made);
            case Opcodes.IF_ACMPEQ, Opcodes.IF_ACMPNE -> {
                compared(f.getStack(top), f.getStack(top - 1), insn);
                compared(f.getStack(top - 1), f.getStack(top), insn);
            }
            case Opcodes.INSTANCEOF ->
                    escape(f.getStack(top), insn, "its class is asked for (instanceof)");
            case Opcodes.MONITORENTER -> escape(f.getStack(top), insn, "it is used as a lock");
            case Opcodes.MULTIANEWARRAY -> {
                MultiANewArrayInsnNode multi = (MultiANewArrayInsnNode) insn;
                if (made != null
                        && multi.dims > 2
                        && multi.dims == ArrayType.dimensions(multi.desc)) {
                    made.escapes(new Escape(at(insn), "it has more than two dimensions at once"));
                }
            }
            case Opcodes.LDC -> {
                if (made != null) {
                    external(made, insn, "it is a dynamic constant");
                } else if (((LdcInsnNode) insn).cst instanceof Handle) {
                    places.callee((Handle) ((LdcInsnNode) insn).cst);
                }
            }
            case Opcodes.INVOKEDYNAMIC -> callFlow.dynamic((InvokeDynamicInsnNode) insn, f, made);
            case Opcodes.INVOKEVIRTUAL,
                    Opcodes.INVOKESPECIAL,
                    Opcodes.INVOKESTATIC,
                    Opcodes.INVOKEINTERFACE ->
                    callFlow.call((MethodInsnNode) insn, f, made);
            default -> {}
        }
    }

    /** Two handles of one heap array are one array only where it is known that they are handles. */
    private void compared(PlaceValue v, PlaceValue with, AbstractInsnNode insn) {
        if (v.other() && !with.isNull()) {
            escape(v, insn, "it is compared where it may be another object");
        }
    }

    void element(PlaceValue array, AbstractInsnNode insn) {
        if (array.tracked() && array.descriptor() == null) {
            escape(array, insn, "it is mixed with arrays of another type");
        }
    }

    void storeRow(PlaceValue array, PlaceValue row, AbstractInsnNode insn) {
        String d = array.descriptor();
        if (row.tracked() && d != null && d.substring(1).equals(row.descriptor())) {
            Node.flow(row.node(), array.node().rows());
        } else {
            escape(row, insn, "it is stored in an array of objects");
        }
    }

    private void store(FieldInsnNode insn, PlaceValue value) {
        if (!ArrayType.is(insn.desc)) {
            escape(
                    value,
                    insn,
                    "it is stored in the field %s.%s of type %s"
                            .formatted(
                                    insn.owner.replace('/', '.'),
                                    insn.name,
                                    ArrayType.inJava(insn.desc)));
            return;
        }
        Node field = places.field(insn);
        nodes.add(field);
        for (Node n : value.nodes()) {
            n.kept = true;
        }
        if (insn.desc.equals(value.descriptor())) {
            Node.flow(value.node(), field);
        } else {
            escape(value, insn, "it is mixed with values of another type");
        }
    }

    private void returns(PlaceValue value, AbstractInsnNode insn) {
        if (tracked != null
                && tracked.returned != null
                && tracked.returned.descriptor.equals(value.descriptor())) {
            nodes.add(tracked.returned);
            Node.flow(value.node(), tracked.returned);
        } else if (value.descriptor() != null && ArrayType.dimensions(value.descriptor()) == 1) {
            Escape e = new Escape(at(insn), RETURNED);
            for (Node n : value.nodes()) {
                n.leaks(e);
            }
        } else {
            escape(value, insn, RETURNED);
        }
    }

    private void cast(TypeInsnNode insn, PlaceValue value, Node made) {
        if (made != null) {
            external(made, insn, "it comes from an object");
        }
        String d = insn.desc;
        boolean harmless = d.equals(value.descriptor()) || d.equals("java/lang/Object");
        if (!harmless) {
            escape(value, insn, "it is cast to " + d.replace('/', '.'));
        }
    }

    /** Draws what follows for calls of which it is now decided that the original is called. */
    void finish() {
        for (CallSite s : calls) {
            if (!s.active() && s.result != null) {
                callFlow.fromCall(s.result, (MethodInsnNode) s.instruction);
            }
        }
    }
}
