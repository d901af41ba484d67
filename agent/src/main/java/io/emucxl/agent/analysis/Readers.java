package io.emucxl.agent.analysis;

import io.emucxl.agent.analysis.ClassStore.Declared;
import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * Methods that take an array as an {@code Object} and only look at it: at its class, its length or
 * its elements. They can be given a copy, and nobody can tell.
 */
final class Readers {
    private static final int DEPTH = 4;

    private final ClassStore store;
    private final Map<String, Boolean> known = new HashMap<>();

    Readers(ClassStore store) {
        this.store = store;
    }

    /**
     * Whether a call only looks at an array.
     *
     * @param call a call of a static method; of others it is not known which body runs
     * @param parameter the index of the parameter
     * @param descriptor the type of the array that is passed
     */
    boolean onlyReads(MethodInsnNode call, int parameter, String descriptor) {
        return onlyReads(call, parameter, descriptor, DEPTH);
    }

    private boolean onlyReads(MethodInsnNode call, int parameter, String descriptor, int depth) {
        if (call.owner.equals("java/lang/reflect/Array") && call.name.equals("getLength")) {
            return true;
        }
        if (call.getOpcode() != Opcodes.INVOKESTATIC
                || depth == 0
                || ArrayType.dimensions(descriptor) > 1) {
            return false;
        }
        String key = call.owner + '.' + call.name + call.desc + parameter + descriptor;
        Boolean before = known.get(key);
        if (before == null) {
            Declared found = store.resolveMethod(call.owner, call.name, call.desc);
            before =
                    found != null
                            && found.is(Opcodes.ACC_STATIC)
                            && reads(found, parameter, descriptor, depth);
            known.put(key, before);
        }
        return before;
    }

    private boolean reads(Declared d, int parameter, String descriptor, int depth) {
        if (d.method().instructions.size() == 0) {
            return false;
        }
        Type[] types = Type.getArgumentTypes(d.method().desc);
        int local = 0;
        int size = 0;
        for (int i = 0; i < types.length; i++) {
            local += i < parameter ? types[i].getSize() : 0;
            size += types[i].getSize();
        }
        Node[] byLocal = new Node[size];
        byLocal[local] = new Node(Node.Kind.ENTRY, descriptor, null);
        try {
            Frame<PlaceValue>[] frames =
                    new Analyzer<>(new PlaceInterpreter(byLocal))
                            .analyze(d.owner().name, d.method());
            AbstractInsnNode insn = d.method().instructions.getFirst();
            for (int i = 0; insn != null; i++, insn = insn.getNext()) {
                if (frames[i] != null && !looks(insn, frames[i], byLocal[local], depth)) {
                    return false;
                }
            }
            return true;
        } catch (AnalyzerException e) {
            return false;
        }
    }

    /** Whether an instruction does no more with the array than look at it. */
    private boolean looks(AbstractInsnNode insn, Frame<PlaceValue> f, Node array, int depth) {
        int top = f.getStackSize() - 1;
        return switch (insn.getOpcode()) {
            case Opcodes.PUTFIELD,
                    Opcodes.PUTSTATIC,
                    Opcodes.ARETURN,
                    Opcodes.AASTORE,
                    Opcodes.MONITORENTER ->
                    !f.getStack(top).nodes().contains(array);
            case Opcodes.IASTORE,
                    Opcodes.LASTORE,
                    Opcodes.FASTORE,
                    Opcodes.DASTORE,
                    Opcodes.BASTORE,
                    Opcodes.CASTORE,
                    Opcodes.SASTORE ->
                    !f.getStack(top - 2).nodes().contains(array);
            case Opcodes.IF_ACMPEQ, Opcodes.IF_ACMPNE ->
                    !f.getStack(top).nodes().contains(array)
                            && !f.getStack(top - 1).nodes().contains(array);
            case Opcodes.INVOKEDYNAMIC ->
                    !passed(
                            f,
                            Type.getArgumentTypes(((InvokeDynamicInsnNode) insn).desc).length,
                            array);
            case Opcodes.INVOKEVIRTUAL, Opcodes.INVOKESPECIAL, Opcodes.INVOKEINTERFACE ->
                    ((MethodInsnNode) insn).name.equals("getClass")
                            || !passed(
                                    f,
                                    Type.getArgumentTypes(((MethodInsnNode) insn).desc).length + 1,
                                    array);
            case Opcodes.INVOKESTATIC -> looks((MethodInsnNode) insn, f, array, depth);
            default -> true;
        };
    }

    private static boolean passed(Frame<PlaceValue> f, int operands, Node array) {
        for (int i = f.getStackSize() - operands; i < f.getStackSize(); i++) {
            if (f.getStack(i).nodes().contains(array)) {
                return true;
            }
        }
        return false;
    }

    private boolean looks(MethodInsnNode call, Frame<PlaceValue> f, Node array, int depth) {
        int count = Type.getArgumentTypes(call.desc).length;
        for (int p = 0; p < count; p++) {
            PlaceValue v = f.getStack(f.getStackSize() - count + p);
            if (v.nodes().contains(array) && !onlyReads(call, p, array.descriptor, depth - 1)) {
                return false;
            }
        }
        return true;
    }
}
