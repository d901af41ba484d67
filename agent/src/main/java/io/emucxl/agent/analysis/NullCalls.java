package io.emucxl.agent.analysis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;

/** Where a rewritten body can meet null, and what the exceptions say there. */
final class NullCalls {
    /**
     * A call of an accessor that can meet a null handle.
     *
     * @param at label of the call
     * @param message what the exception says
     */
    record NullCall(LabelNode at, String message) {}

    private final BodyFlow flow;
    private final InsnList code;
    private final AbstractInsnNode[] order;
    private final Arguments arguments;
    private final NullReasons reasons;
    private final List<NullCall> all = new ArrayList<>();

    /** What the JVM's own messages would print otherwise: calls and accesses that change. */
    private final Set<AbstractInsnNode> renamed = new HashSet<>();

    /**
     * @param flow the body
     * @param order its instructions before rewriting
     * @param arguments of its calls
     */
    NullCalls(BodyFlow flow, AbstractInsnNode[] order, Arguments arguments)
            throws AnalyzerException {
        this.flow = flow;
        this.code = flow.method.instructions;
        this.order = order;
        this.arguments = arguments;
        this.reasons = new NullReasons(flow.owner.name, flow.method);
        for (AbstractInsnNode insn : order) {
            Frame<PlaceValue> f = flow.frame(insn);
            if (f != null && renames(insn, f)) {
                renamed.add(insn);
            }
        }
    }

    /** Those that were noted. */
    List<NullCall> all() {
        return all;
    }

    /** What the messages say. */
    NullReasons reasons() {
        return reasons;
    }

    /** Notes that the call that takes an instruction's place may meet a null handle. */
    void note(int i, int depth) {
        LabelNode label = new LabelNode();
        code.insertBefore(order[i], label);
        all.add(new NullCall(label, reasons.message(i, depth)));
    }

    /** Checks for null before the JVM does, where its message would show rewritten code. */
    void check(int i, AbstractInsnNode insn, Frame<PlaceValue> f) {
        Type[] above = Dereference.above(insn);
        if (above == null || renamed.isEmpty()) {
            return;
        }
        PlaceValue object = f.getStack(f.getStackSize() - 1 - above.length);
        if (object.isHandle() || !reasons.mentions(i, above.length, renamed)) {
            return;
        }
        int[] locals = arguments.store(insn, above, 0);
        code.insertBefore(insn, new InsnNode(Opcodes.DUP));
        note(i, above.length);
        code.insertBefore(
                insn,
                new MethodInsnNode(
                        Opcodes.INVOKESTATIC,
                        "io/emucxl/runtime/NullChecks",
                        "check",
                        "(Ljava/lang/Object;)V",
                        false));
        for (int p = 0; p < above.length; p++) {
            code.insertBefore(insn, new VarInsnNode(above[p].getOpcode(Opcodes.ILOAD), locals[p]));
        }
    }

    private boolean renames(AbstractInsnNode insn, Frame<PlaceValue> f) {
        int top = f.getStackSize() - 1;
        int op = insn.getOpcode();
        if (op >= Opcodes.IALOAD && op <= Opcodes.SALOAD) {
            return f.getStack(top - 1).isHandle();
        } else if (op == Opcodes.ARRAYLENGTH) {
            return f.getStack(top).isHandle();
        } else if (insn instanceof MethodInsnNode call) {
            CallSite s = flow.call(insn);
            boolean resigned =
                    s != null
                            && s.active()
                            && !s.callee.tieredDescriptor().equals(s.callee.id.descriptor());
            return resigned
                    || (KnownCall.of(call) == KnownCall.CLONE && f.getStack(top).isTiered());
        }
        return false;
    }
}
