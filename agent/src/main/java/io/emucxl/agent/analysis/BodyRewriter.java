package io.emucxl.agent.analysis;

import static io.emucxl.agent.analysis.HandleCode.HANDLE_TYPE;
import static io.emucxl.agent.analysis.HandleCode.ROWS_TYPE;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;

/** Replaces, in one body, the instructions on arrays by those on handles. */
final class BodyRewriter {
    private final BodyFlow flow;
    private final MethodNode method;
    private final InsnList code;
    private final AbstractInsnNode[] order;
    private final List<Frame<PlaceValue>> frames = new ArrayList<>();
    private final Windows windows;
    private final InOrder inOrder;
    private final NullCalls nullCalls;
    private final CallRewriter calls;

    /**
     * @param flow the body, of which every place has been decided; it is changed
     */
    BodyRewriter(BodyFlow flow) throws AnalyzerException {
        this.flow = flow;
        this.method = flow.method;
        this.code = method.instructions;
        this.order = code.toArray();
        for (AbstractInsnNode n : order) {
            frames.add(flow.frame(n));
        }
        Arguments arguments = new Arguments(method);
        this.nullCalls = new NullCalls(flow, order, arguments);
        this.calls = new CallRewriter(flow, arguments, nullCalls);
        IntPredicate accesses = this::accesses;
        this.windows = new Windows(method, order, accesses);
        this.inOrder = new InOrder(windows, nullCalls.reasons(), order, accesses);
    }

    /** Rewrites the body, its stack map frames and its tables of local variables. */
    List<NullCalls.NullCall> rewrite() {
        new FrameTypes(order, frames).rewrite(method, windows.local());
        for (int i = 0; i < order.length; i++) {
            if (order[i].getOpcode() < 0) {
                continue;
            }
            if (frames.get(i) == null) {
                code.remove(order[i]);
            } else {
                nullCalls.check(i, order[i], frames.get(i));
                instruction(i, order[i], frames.get(i));
            }
        }
        method.tryCatchBlocks.removeIf(t -> empty(t.start, t.end));
        windows.insert();
        wrapParameters();
        return nullCalls.all();
    }

    private static boolean empty(LabelNode start, LabelNode end) {
        AbstractInsnNode n = start;
        while (n != null && n != end && n.getOpcode() < 0) {
            n = n.getNext();
        }
        return n == end;
    }

    /** Whether an instruction becomes an accessor that is told of the sampling window. */
    private boolean accesses(int i) {
        Frame<PlaceValue> f = frames.get(i);
        int op = order[i].getOpcode();
        if (f == null) {
            return false;
        }
        int top = f.getStackSize() - 1;
        if (op >= Opcodes.IALOAD && op <= Opcodes.SALOAD && op != Opcodes.AALOAD) {
            return f.getStack(top - 1).isHandle();
        }
        return op >= Opcodes.IASTORE
                && op <= Opcodes.SASTORE
                && op != Opcodes.AASTORE
                && f.getStack(top - 2).isHandle();
    }

    private void instruction(int i, AbstractInsnNode insn, Frame<PlaceValue> f) {
        int top = f.getStackSize() - 1;
        int op = insn.getOpcode();
        Node made = flow.made(insn);
        switch (op) {
            case Opcodes.IALOAD,
                    Opcodes.LALOAD,
                    Opcodes.FALOAD,
                    Opcodes.DALOAD,
                    Opcodes.BALOAD,
                    Opcodes.CALOAD,
                    Opcodes.SALOAD ->
                    load(i, f.getStack(top - 1));
            case Opcodes.IASTORE,
                    Opcodes.LASTORE,
                    Opcodes.FASTORE,
                    Opcodes.DASTORE,
                    Opcodes.BASTORE,
                    Opcodes.CASTORE,
                    Opcodes.SASTORE ->
                    store(i, f.getStack(top - 2));
            case Opcodes.ARRAYLENGTH -> {
                if (f.getStack(top).isHandle()) {
                    nullCalls.note(i, 0);
                    code.set(insn, HandleCode.handleCall("length", "(" + HANDLE_TYPE + ")I"));
                }
            }
            case Opcodes.AALOAD -> {
                if (made != null
                        && made.representative().tiered
                        && !f.getStack(top - 1).isTiered()) {
                    wrapAfter(insn);
                }
            }
            case Opcodes.AASTORE -> {
                if (f.getStack(top - 2).isTiered() && f.getStack(top).isHeap()) {
                    wrapBefore(insn);
                }
            }
            case Opcodes.GETFIELD, Opcodes.GETSTATIC -> readField((FieldInsnNode) insn, made);
            case Opcodes.PUTFIELD, Opcodes.PUTSTATIC ->
                    writeField((FieldInsnNode) insn, f.getStack(top));
            case Opcodes.ARETURN -> {
                Node r = flow.tracked == null ? null : flow.tracked.returned;
                boolean handles = r != null && r.representative().tiered;
                if (handles && f.getStack(top).isHeap()) {
                    wrapBefore(insn);
                } else if (!handles && f.getStack(top).isHandle()) {
                    code.insertBefore(insn, HandleCode.snapshot(Type.getReturnType(method.desc)));
                }
            }
            case Opcodes.CHECKCAST -> cast((TypeInsnNode) insn, f.getStack(top), made);
            case Opcodes.IF_ACMPEQ, Opcodes.IF_ACMPNE ->
                    compare((JumpInsnNode) insn, f.getStack(top - 1), f.getStack(top));
            case Opcodes.NEWARRAY, Opcodes.ANEWARRAY, Opcodes.MULTIANEWARRAY -> {
                if (made != null && made.representative().tiered) {
                    allocate(insn, made);
                }
            }
            case Opcodes.INVOKEDYNAMIC -> {
                calls.lambda((InvokeDynamicInsnNode) insn, f);
                if (made != null && made.representative().tiered) {
                    wrapAfter(insn);
                }
            }
            case Opcodes.LDC -> {
                if (made != null && made.representative().tiered) {
                    wrapAfter(insn);
                }
            }
            case Opcodes.INVOKEVIRTUAL,
                    Opcodes.INVOKESPECIAL,
                    Opcodes.INVOKESTATIC,
                    Opcodes.INVOKEINTERFACE ->
                    calls.call(i, (MethodInsnNode) insn, f, made);
            default -> {
                // Does not touch arrays.
            }
        }
    }

    private void wrapAfter(AbstractInsnNode insn) {
        code.insert(insn, HandleCode.wrap());
    }

    private void wrapBefore(AbstractInsnNode insn) {
        code.insertBefore(insn, HandleCode.wrap());
    }

    /** The accessor for an element whose index is so far below the top of the stack. */
    private String accessor(String name, int access, int index) {
        return inOrder.test(access, index) ? name + "InOrder" : name;
    }

    private void load(int i, PlaceValue array) {
        if (!array.isHandle()) {
            return;
        }
        char kind = array.node().descriptor.charAt(1);
        String flag = windows.push(order[i], code);
        nullCalls.note(i, 1);
        code.set(
                order[i],
                new MethodInsnNode(
                        Opcodes.INVOKESTATIC,
                        ArrayType.elements(kind),
                        accessor("get", i, 0),
                        "(" + HANDLE_TYPE + 'I' + flag + ')' + kind,
                        false));
    }

    private void store(int i, PlaceValue array) {
        if (!array.isHandle()) {
            return;
        }
        char kind = array.node().descriptor.charAt(1);
        String flag = windows.push(order[i], code);
        nullCalls.note(i, 2);
        code.set(
                order[i],
                new MethodInsnNode(
                        Opcodes.INVOKESTATIC,
                        ArrayType.elements(kind),
                        accessor("set", i, 1),
                        "(" + HANDLE_TYPE + 'I' + kind + flag + ")V",
                        false));
    }

    private void readField(FieldInsnNode insn, Node made) {
        if (made == null) {
            return;
        }
        boolean placed = flow.field(insn).representative().tiered;
        if (placed) {
            insn.desc = ArrayType.tiered(insn.desc);
        } else if (made.representative().tiered && ArrayType.dimensions(insn.desc) > 1) {
            code.insert(insn, HandleCode.emptyRows("wrap", "(Ljava/lang/Object;)" + ROWS_TYPE));
        } else if (made.representative().tiered) {
            wrapAfter(insn);
        }
    }

    private void writeField(FieldInsnNode insn, PlaceValue value) {
        if (ArrayType.is(insn.desc) && flow.field(insn).representative().tiered) {
            insn.desc = ArrayType.tiered(insn.desc);
            if (value.isHeap()) {
                wrapBefore(insn);
            }
        }
    }

    private void cast(TypeInsnNode insn, PlaceValue value, Node made) {
        if (made != null) {
            if (made.representative().tiered) {
                wrapAfter(insn);
            }
        } else if (ArrayType.is(insn.desc) && value.isTiered()) {
            insn.desc = ArrayType.tieredOperand(insn.desc);
        } else if (ArrayType.is(insn.desc) && value.isNull()) {
            // A null that merges with handles later must not bear the heap type.
            code.insert(insn, new InsnNode(Opcodes.ACONST_NULL));
            code.set(insn, new InsnNode(Opcodes.POP));
        }
    }

    private void compare(JumpInsnNode insn, PlaceValue a, PlaceValue b) {
        boolean first = a.isHandle() && !a.other();
        boolean second = b.isHandle() && !b.other();
        if (first || second) {
            if (!first) {
                code.insertBefore(insn, new InsnNode(Opcodes.SWAP));
            }
            String other = first && second ? HANDLE_TYPE : "Ljava/lang/Object;";
            code.insertBefore(
                    insn, HandleCode.handleCall("same", "(" + HANDLE_TYPE + other + ")Z"));
        } else if (a.isRows() != b.isRows() && !a.isNull() && !b.isNull()) {
            code.insertBefore(
                    insn, HandleCode.emptyRows("same", "(Ljava/lang/Object;Ljava/lang/Object;)Z"));
        } else {
            return;
        }
        insn.setOpcode(insn.getOpcode() == Opcodes.IF_ACMPEQ ? Opcodes.IFNE : Opcodes.IFEQ);
    }

    private void allocate(AbstractInsnNode insn, Node made) {
        String d = made.descriptor;
        char kind = d.charAt(d.length() - 1);
        int target = made.representative().target;
        if (insn.getOpcode() == Opcodes.NEWARRAY) {
            code.insertBefore(insn, HandleCode.push(target));
            code.set(insn, HandleCode.elements(kind, "allocate", "(II)" + HANDLE_TYPE));
        } else if (insn instanceof TypeInsnNode rows) {
            rows.desc = ArrayType.tieredOperand(rows.desc);
        } else if (insn instanceof MultiANewArrayInsnNode multi) {
            int dimensions = ArrayType.dimensions(d);
            if (multi.dims < dimensions) {
                multi.desc = ArrayType.tiered(d);
            } else if (dimensions == 1) {
                code.insertBefore(insn, HandleCode.push(target));
                code.set(insn, HandleCode.elements(kind, "allocate", "(II)" + HANDLE_TYPE));
            } else {
                code.insertBefore(insn, HandleCode.push(target));
                code.set(insn, HandleCode.elements(kind, "allocateRows", "(III)[" + HANDLE_TYPE));
            }
        }
    }

    private void wrapParameters() {
        InsnList prologue = new InsnList();
        for (int local = 0; local < flow.parameterLocals(); local++) {
            Node p = flow.parameter(local);
            if (p != null && p.kind == Node.Kind.ENTRY && p.representative().tiered) {
                prologue.add(new VarInsnNode(Opcodes.ALOAD, local));
                prologue.add(HandleCode.wrap());
                prologue.add(new VarInsnNode(Opcodes.ASTORE, local));
            }
        }
        code.insert(prologue);
    }
}
