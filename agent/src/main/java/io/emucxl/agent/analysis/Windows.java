package io.emucxl.agent.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.IincInsnNode;
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
 *
 * <p>At the head of an innermost loop the flag is read plainly: the JIT takes that out of the loop,
 * so that the loop is as fast as it was (an opaque read there makes a fill 30 times slower, a sum 4
 * times). Elsewhere {@code Window.look} reads it afresh, or the JIT would take it out of all the
 * loops of a method, and with inlining out of those of its callers: a window that opens while they
 * run would not be seen before they end. What is read plainly after a fresh read is fresh as well.
 */
final class Windows {
    private static final String WINDOW = "io/emucxl/runtime/Window";

    private final MethodNode method;
    private final int local;
    private final List<LabelNode> heads = new ArrayList<>();

    /** The index of each head, and of the last instruction that jumps back to it. */
    private final List<Integer> starts = new ArrayList<>();

    private final List<Integer> ends = new ArrayList<>();

    /** By local variable, the instructions that count it up or down by a constant. */
    private final Map<Integer, List<Integer>> counting = new HashMap<>();

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
            if (order[i] instanceof IincInsnNode count) {
                counting.computeIfAbsent(count.var, local -> new ArrayList<>()).add(i);
            }
            for (LabelNode target : targets(order[i])) {
                int head = method.instructions.indexOf(target);
                if (head <= i && before[i] > before[head]) {
                    int known = heads.indexOf(target);
                    if (known < 0) {
                        heads.add(target);
                        starts.add(head);
                        ends.add(i);
                    } else {
                        ends.set(known, i);
                    }
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

    /** Whether another loop is in the loop with this head. */
    private boolean hasLoops(int head) {
        for (int inner : starts) {
            if (inner > starts.get(head) && inner <= ends.get(head)) {
                return true;
            }
        }
        return false;
    }

    /** The innermost loop around an instruction if it counts a local variable, else -1. */
    int counting(int instruction, int variable) {
        int loop = innermost(instruction);
        return loop >= 0
                        && counting.getOrDefault(variable, List.of()).stream()
                                .anyMatch(count -> isIn(count, loop))
                ? loop
                : -1;
    }

    /** Whether a loop is in another one. */
    boolean nested(int loop) {
        int around = 0;
        for (int other = 0; other < heads.size(); other++) {
            if (isIn(starts.get(loop), other) && isIn(ends.get(loop), other)) {
                around++;
            }
        }
        return around > 1;
    }

    private int innermost(int instruction) {
        int found = -1;
        for (int loop = 0; loop < heads.size(); loop++) {
            if (isIn(instruction, loop) && (found < 0 || starts.get(loop) > starts.get(found))) {
                found = loop;
            }
        }
        return found;
    }

    private boolean isIn(int instruction, int loop) {
        return starts.get(loop) <= instruction && instruction <= ends.get(loop);
    }

    private InsnList read(boolean fresh) {
        InsnList read = new InsnList();
        read.add(
                fresh
                        ? new MethodInsnNode(Opcodes.INVOKESTATIC, WINDOW, "look", "()Z", false)
                        : new FieldInsnNode(Opcodes.GETSTATIC, WINDOW, "open", "Z"));
        read.add(new VarInsnNode(Opcodes.ISTORE, local));
        return read;
    }

    /** Inserts the reads. */
    void insert() {
        if (local < 0) {
            return;
        }
        for (int i = 0; i < heads.size(); i++) {
            AbstractInsnNode at = heads.get(i);
            while (at.getNext() != null && at.getNext().getOpcode() < 0) {
                at = at.getNext();
            }
            AbstractInsnNode first = at.getNext();
            method.instructions.insert(at, read(hasLoops(i)));
            if (first != null && first.getOpcode() == Opcodes.NEW) {
                LabelNode moved = new LabelNode();
                method.instructions.insertBefore(first, moved);
                renameUninitialized(heads.get(i), moved);
            }
        }
        method.instructions.insert(read(true));
    }

    /** Stack map frames name an object that has no constructor behind it yet by its NEW. */
    private void renameUninitialized(LabelNode from, LabelNode to) {
        UnaryOperator<Object> renamed = type -> type == from ? to : type;
        for (AbstractInsnNode n = method.instructions.getFirst(); n != null; n = n.getNext()) {
            if (n instanceof FrameNode frame) {
                frame.local.replaceAll(renamed);
                frame.stack.replaceAll(renamed);
            }
        }
    }
}
