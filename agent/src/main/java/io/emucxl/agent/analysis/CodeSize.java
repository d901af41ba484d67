package io.emucxl.agent.analysis;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** How large the code of a method can become by rewriting, at most. */
final class CodeSize {
    private static final int LIMIT = 65_000;

    /** An array instruction becomes a call, and the flag of the sampling window is pushed. */
    private static final int ACCESS = 8;

    /** An access by Unsafe gets its operands by way of locals. */
    private static final int RAW_ACCESS = 8 * ACCESS;

    private CodeSize() {}

    /** Whether a body may become larger than a class file can hold. */
    static boolean outgrows(BodyFlow flow) {
        int size = 0;
        AbstractInsnNode n = flow.method.instructions.getFirst();
        for (; n != null; n = n.getNext()) {
            size += n.getOpcode() < 0 ? 0 : size(n);
        }
        return size > LIMIT;
    }

    private static int size(AbstractInsnNode n) {
        int op = n.getOpcode();
        if ((op >= Opcodes.IALOAD && op <= Opcodes.SALOAD)
                || (op >= Opcodes.IASTORE && op <= Opcodes.SASTORE)
                || op == Opcodes.ARRAYLENGTH) {
            return ACCESS;
        } else if (op <= Opcodes.DCONST_1 || (op >= Opcodes.POP && op <= Opcodes.LXOR)) {
            return 1;
        } else if (n instanceof TableSwitchInsnNode t) {
            return 16 + 4 * t.labels.size();
        } else if (n instanceof LookupSwitchInsnNode l) {
            return 12 + 8 * l.labels.size();
        } else if (n instanceof MethodInsnNode m && m.desc.startsWith("(Ljava/lang/Object;J")) {
            return RAW_ACCESS;
        } else if (n instanceof MethodInsnNode || n instanceof InvokeDynamicInsnNode) {
            return 2 * ACCESS;
        } else if (n instanceof VarInsnNode v) {
            return v.var < 256 ? 2 : 4;
        } else if (n instanceof IincInsnNode || n instanceof MultiANewArrayInsnNode) {
            return 6;
        } else if (n instanceof IntInsnNode && op != Opcodes.NEWARRAY) {
            return op == Opcodes.BIPUSH ? 2 : 3;
        }
        // Fields, types, constants and jumps, with what may be put beside them.
        return ACCESS;
    }
}
