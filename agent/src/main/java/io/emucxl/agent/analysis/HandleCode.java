package io.emucxl.agent.analysis;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** The instructions that rewritten code has where it works on handles. */
final class HandleCode {
    /** The descriptor of a handle. */
    static final String HANDLE_TYPE = 'L' + ArrayType.HANDLE + ';';

    /** The descriptor of an array of handles. */
    static final String ROWS_TYPE = '[' + HANDLE_TYPE;

    private HandleCode() {}

    static MethodInsnNode handleCall(String name, String descriptor) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, ArrayType.HANDLE, name, descriptor, false);
    }

    static MethodInsnNode wrap() {
        return handleCall("wrap", "(Ljava/lang/Object;)" + HANDLE_TYPE);
    }

    static InsnList wrapping() {
        InsnList made = new InsnList();
        made.add(wrap());
        return made;
    }

    static MethodInsnNode emptyRows(String name, String descriptor) {
        return new MethodInsnNode(
                Opcodes.INVOKESTATIC, "io/emucxl/runtime/EmptyRows", name, descriptor, false);
    }

    static MethodInsnNode rawAccess(String name, String descriptor) {
        return new MethodInsnNode(
                Opcodes.INVOKESTATIC, "io/emucxl/runtime/RawAccess", name, descriptor, false);
    }

    static MethodInsnNode copies(String name, String descriptor) {
        return new MethodInsnNode(
                Opcodes.INVOKESTATIC, "io/emucxl/runtime/FreshCopies", name, descriptor, false);
    }

    static MethodInsnNode elements(char kind, String name, String descriptor) {
        return new MethodInsnNode(
                Opcodes.INVOKESTATIC, ArrayType.elements(kind), name, descriptor, false);
    }

    static InsnList snapshot(Type type) {
        InsnList made = new InsnList();
        made.add(
                new MethodInsnNode(
                        Opcodes.INVOKESTATIC,
                        "io/emucxl/runtime/FreshCopies",
                        "snapshot",
                        '(' + HANDLE_TYPE + ")Ljava/lang/Object;",
                        false));
        if (type.getSort() == Type.ARRAY) {
            made.add(new TypeInsnNode(Opcodes.CHECKCAST, type.getInternalName()));
        }
        return made;
    }

    static AbstractInsnNode push(int n) {
        if (n >= -1 && n <= 5) {
            return new InsnNode(Opcodes.ICONST_0 + n);
        } else if (n >= Byte.MIN_VALUE && n <= Byte.MAX_VALUE) {
            return new IntInsnNode(Opcodes.BIPUSH, n);
        }
        return new LdcInsnNode(n);
    }
}
