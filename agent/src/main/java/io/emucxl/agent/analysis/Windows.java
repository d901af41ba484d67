package io.emucxl.agent.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The local variable that tells accessors whether the sampling window is open. It is read at the
 * entry of a method with loops and again at the head of each loop that has accesses; a method
 * without loops has no such variable, and its accessors look themselves.
 */
final class Windows {
    private final MethodNode method;
    private final int local;
    private final List<LabelNode> heads = new ArrayList<>();

    /**
     * @param method the body; it gets one more local variable when it needs it
     * @param order its instructions
     * @param accesses whether the instruction of an index becomes an accessor
     */
    Windows(MethodNode method, AbstractInsnNode[] order, IntPredicate accesses) {
        this.method = method;
        int[] before = new int[order.length + 1];
        for (int i = 0; i < order.length; i++) {
            before[i + 1] = before[i] + (accesses.test(i) ? 1 : 0);
        }
        for (int i = 0; i < order.length; i++) {
            for (LabelNode target : targets(order[i])) {
                int head = method.instructions.indexOf(target);
                if (head <= i && before[i] > before[head] && !heads.contains(target)) {
                    heads.add(target);
                }
            }
        }
        local = heads.isEmpty() ? -1 : method.maxLocals++;
    }

    private static List<LabelNode> targets(AbstractInsnNode insn) {
        if (insn instanceof JumpInsnNode jump) {
            return List.of(jump.label);
        }
        List<LabelNode> all = new ArrayList<>();
        if (insn instanceof TableSwitchInsnNode t) {
            all.addAll(t.labels);
            all.add(t.dflt);
        } else if (insn instanceof LookupSwitchInsnNode l) {
            all.addAll(l.labels);
            all.add(l.dflt);
        }
        return all;
    }

    /** The local variable, or -1 when the method has none. */
    int local() {
        return local;
    }

    /** Pushes the flag before an access; the descriptor of what was pushed. */
    String push(AbstractInsnNode access, InsnList code) {
        if (local < 0) {
            return "";
        }
        code.insertBefore(access, new VarInsnNode(Opcodes.ILOAD, local));
        return "Z";
    }

    private InsnList read() {
        InsnList read = new InsnList();
        read.add(
                new MethodInsnNode(
                        Opcodes.INVOKESTATIC, "io/emucxl/runtime/Window", "look", "()Z", false));
        read.add(new VarInsnNode(Opcodes.ISTORE, local));
        return read;
    }

    /** Inserts the reads. */
    void insert() {
        if (local < 0) {
            return;
        }
        for (LabelNode head : heads) {
            AbstractInsnNode at = head;
            while (at.getNext() != null && at.getNext().getOpcode() < 0) {
                at = at.getNext();
            }
            method.instructions.insert(at, read());
        }
        method.instructions.insert(read());
    }
}
