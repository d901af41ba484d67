package io.emucxl.agent.mutants;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Small changes of methods, each of which keeps the class valid. A method is named by its name, or
 * by its name and descriptor where it is overloaded. An edit that finds nothing to change fails:
 * such a mutant would be the original.
 */
final class Edits {
    private Edits() {}

    /** The method does nothing but answer this: null, true, false, or nothing when it is void. */
    static Consumer<ClassNode> answers(String method, Object value) {
        return in(
                method,
                m -> {
                    Type type = Type.getReturnType(m.desc);
                    InsnList code = new InsnList();
                    if (type.getSort() != Type.VOID) {
                        int constant =
                                value == null
                                        ? Opcodes.ACONST_NULL
                                        : value.equals(true) ? Opcodes.ICONST_1 : Opcodes.ICONST_0;
                        code.add(new InsnNode(constant));
                    }
                    code.add(new InsnNode(type.getOpcode(Opcodes.IRETURN)));
                    replace(m, code);
                    return true;
                });
    }

    /** The method gives back what is in a local variable at its start. */
    static Consumer<ClassNode> givesBack(String method, int local) {
        return in(
                method,
                m -> {
                    Type type = Type.getReturnType(m.desc);
                    InsnList code = new InsnList();
                    code.add(new VarInsnNode(type.getOpcode(Opcodes.ILOAD), local));
                    code.add(new InsnNode(type.getOpcode(Opcodes.IRETURN)));
                    replace(m, code);
                    return true;
                });
    }

    private static void replace(MethodNode m, InsnList code) {
        m.instructions = code;
        m.tryCatchBlocks = new ArrayList<>();
        m.localVariables = null;
    }

    /** The method leaves out its calls of a method whose result is void or not used for long. */
    static Consumer<ClassNode> forgets(String method, String called) {
        return in(
                method,
                m -> {
                    boolean any = false;
                    for (AbstractInsnNode i : m.instructions.toArray()) {
                        if (i instanceof MethodInsnNode c && c.name.equals(called)) {
                            m.instructions.insertBefore(i, dropped(c));
                            m.instructions.remove(i);
                            any = true;
                        }
                    }
                    return any;
                });
    }

    private static InsnList dropped(MethodInsnNode call) {
        InsnList code = new InsnList();
        Type[] types = Type.getArgumentTypes(call.desc);
        for (int p = types.length - 1; p >= 0; p--) {
            code.add(new InsnNode(types[p].getSize() == 2 ? Opcodes.POP2 : Opcodes.POP));
        }
        if (call.getOpcode() != Opcodes.INVOKESTATIC) {
            code.add(new InsnNode(Opcodes.POP));
        }
        switch (Type.getReturnType(call.desc).getSort()) {
            case Type.VOID -> {}
            case Type.OBJECT, Type.ARRAY -> code.add(new InsnNode(Opcodes.ACONST_NULL));
            default -> code.add(new InsnNode(Opcodes.ICONST_0));
        }
        return code;
    }

    /** Two int constants of the method change places. */
    static Consumer<ClassNode> exchanges(String method, int one, int other) {
        return in(
                method,
                m -> {
                    boolean any = false;
                    for (AbstractInsnNode i : m.instructions.toArray()) {
                        if (i instanceof IntInsnNode n
                                && n.getOpcode() != Opcodes.NEWARRAY
                                && (n.operand == one || n.operand == other)) {
                            n.operand = n.operand == one ? other : one;
                            any = true;
                        }
                    }
                    return any;
                });
    }

    /** The method reads one local variable where it read another, the n-th time counted from 0. */
    static Consumer<ClassNode> reads(String method, int instead, int of, int time) {
        return in(
                method,
                m -> {
                    int n = 0;
                    for (AbstractInsnNode i : m.instructions.toArray()) {
                        if (i instanceof VarInsnNode v
                                && v.var == of
                                && v.getOpcode() <= Opcodes.ALOAD
                                && n++ == time) {
                            v.var = instead;
                            return true;
                        }
                    }
                    return false;
                });
    }

    /** The method takes 0 for a local variable of type int, the n-th time counted from 0. */
    static Consumer<ClassNode> takesZero(String method, int of, int time) {
        return in(
                method,
                m -> {
                    int n = 0;
                    for (AbstractInsnNode i : m.instructions.toArray()) {
                        if (i.getOpcode() == Opcodes.ILOAD
                                && ((VarInsnNode) i).var == of
                                && n++ == time) {
                            m.instructions.set(i, new InsnNode(Opcodes.ICONST_0));
                            return true;
                        }
                    }
                    return false;
                });
    }

    /** The n-th conditional jump of the method, counted from 0, goes the other way. */
    static Consumer<ClassNode> inverts(String method, int jump) {
        return in(
                method,
                m -> {
                    int n = 0;
                    for (AbstractInsnNode i : m.instructions.toArray()) {
                        if (i instanceof JumpInsnNode j
                                && j.getOpcode() != Opcodes.GOTO
                                && n++ == jump) {
                            j.setOpcode(inverse(j.getOpcode()));
                            return true;
                        }
                    }
                    return false;
                });
    }

    private static int inverse(int op) {
        if (op == Opcodes.IFNULL || op == Opcodes.IFNONNULL) {
            return op ^ 1;
        }
        // The opcodes of opposite jumps are neighbours, odd ones first.
        return ((op + 1) ^ 1) - 1;
    }

    /** Every string constant of the method has one text replaced by another. */
    static Consumer<ClassNode> says(String method, String text, String instead) {
        return in(
                method,
                m -> {
                    boolean any = false;
                    for (AbstractInsnNode i : m.instructions.toArray()) {
                        if (i instanceof LdcInsnNode c
                                && c.cst instanceof String s
                                && s.contains(text)) {
                            c.cst = s.replace(text, instead);
                            any = true;
                        }
                    }
                    return any;
                });
    }

    private static Consumer<ClassNode> in(String method, Predicate<MethodNode> edit) {
        return c -> {
            List<MethodNode> found = new ArrayList<>();
            for (MethodNode m : c.methods) {
                if (m.name.equals(method) || (m.name + m.desc).equals(method)) {
                    found.add(m);
                }
            }
            if (found.size() != 1 || !edit.test(found.get(0))) {
                throw new IllegalStateException(
                        "nothing to change in %s.%s: %d such methods"
                                .formatted(c.name, method, found.size()));
            }
        };
    }
}
