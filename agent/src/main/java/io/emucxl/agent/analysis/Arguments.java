package io.emucxl.agent.analysis;

import java.util.List;
import java.util.function.Supplier;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** The arguments of calls, which lie on the stack: what is below the last is reached by locals. */
final class Arguments {
    private final MethodNode method;
    private final InsnList code;

    /**
     * @param method the body that the calls are in; it gets more local variables
     */
    Arguments(MethodNode method) {
        this.method = method;
        this.code = method.instructions;
    }

    /** A new local variable for a reference. */
    int local() {
        return method.maxLocals++;
    }

    /** Moves the arguments of a call, from this one on, into new local variables. */
    int[] store(AbstractInsnNode insn, Type[] types, int from) {
        int[] locals = new int[types.length];
        for (int p = types.length - 1; p >= from; p--) {
            locals[p] = method.maxLocals;
            method.maxLocals += types[p].getSize();
            code.insertBefore(insn, new VarInsnNode(types[p].getOpcode(Opcodes.ISTORE), locals[p]));
        }
        return locals;
    }

    /** Converts arguments that lie on the stack before a call, deep ones by way of locals. */
    void convert(
            AbstractInsnNode insn,
            Type[] types,
            List<Integer> which,
            Supplier<InsnList> conversion) {
        if (which.isEmpty()) {
            return;
        }
        int deepest = which.get(0);
        int[] locals = store(insn, types, deepest + 1);
        code.insertBefore(insn, conversion.get());
        for (int p = deepest + 1; p < types.length; p++) {
            code.insertBefore(insn, new VarInsnNode(types[p].getOpcode(Opcodes.ILOAD), locals[p]));
            if (which.contains(p)) {
                code.insertBefore(insn, conversion.get());
            }
        }
    }
}
