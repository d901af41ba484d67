package io.emucxl.agent.analysis;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** The instructions that throw when an object is null, and where on the stack the object is. */
final class Dereference {
    private static final Type OBJECT = Type.getObjectType("java/lang/Object");
    private static final Type[] ELEMENTS = {
        Type.INT_TYPE,
        Type.LONG_TYPE,
        Type.FLOAT_TYPE,
        Type.DOUBLE_TYPE,
        OBJECT,
        Type.INT_TYPE,
        Type.INT_TYPE,
        Type.INT_TYPE
    };

    private Dereference() {}

    /** The types of the operands above the object; null when an instruction needs no object. */
    static Type[] above(AbstractInsnNode insn) {
        int op = insn.getOpcode();
        if (op >= Opcodes.IALOAD && op <= Opcodes.SALOAD) {
            return new Type[] {Type.INT_TYPE};
        } else if (op >= Opcodes.IASTORE && op <= Opcodes.SASTORE) {
            return new Type[] {Type.INT_TYPE, ELEMENTS[op - Opcodes.IASTORE]};
        }
        if (insn instanceof MethodInsnNode call) {
            boolean object = op != Opcodes.INVOKESTATIC && !call.name.equals("<init>");
            return object ? Type.getArgumentTypes(call.desc) : null;
        }
        return switch (op) {
            case Opcodes.ARRAYLENGTH, Opcodes.GETFIELD, Opcodes.ATHROW, Opcodes.MONITORENTER ->
                    new Type[0];
            case Opcodes.PUTFIELD -> new Type[] {Type.getType(((FieldInsnNode) insn).desc)};
            default -> null;
        };
    }
}
