package io.emucxl.agent.analysis;

import io.emucxl.agent.analysis.ClassStore.Declared;
import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Calls that read or write a primitive value by an object and an offset: methods of {@code Unsafe},
 * and static methods that do no more than call one. They take an absolute address where the object
 * is null, so they work on an array in a region too.
 */
final class RawAccesses {
    private static final String OBJECT_AND_OFFSET = "(Ljava/lang/Object;J";

    private final ClassStore store;
    private final Map<String, Boolean> forwarders = new HashMap<>();

    RawAccesses(ClassStore store) {
        this.store = store;
    }

    /** Whether a call accesses the object that is its first parameter, at the offset behind it. */
    boolean is(MethodInsnNode call) {
        if (!primitive(call.desc)) {
            return false;
        }
        if (call.getOpcode() == Opcodes.INVOKEVIRTUAL) {
            return unsafe(call);
        }
        return call.getOpcode() == Opcodes.INVOKESTATIC
                && forwarders.computeIfAbsent(
                        call.owner + '.' + call.name + call.desc, key -> forwards(call));
    }

    private static boolean unsafe(MethodInsnNode call) {
        boolean accesses =
                call.name.startsWith("get")
                        || call.name.startsWith("put")
                        || call.name.startsWith("compareAnd")
                        || call.name.startsWith("weakCompareAnd");
        return accesses && isUnsafe(call.owner) && primitive(call.desc);
    }

    private static boolean isUnsafe(String name) {
        return name.equals("sun/misc/Unsafe") || name.equals("jdk/internal/misc/Unsafe");
    }

    /** Whether everything but the object is primitive, so that no reference is stored or read. */
    private static boolean primitive(String descriptor) {
        return descriptor.startsWith(OBJECT_AND_OFFSET)
                && descriptor.indexOf(';', OBJECT_AND_OFFSET.length()) < 0
                && descriptor.indexOf('[') < 0;
    }

    private boolean forwards(MethodInsnNode call) {
        Declared found = store.resolveMethod(call.owner, call.name, call.desc);
        if (found == null || !found.is(Opcodes.ACC_STATIC)) {
            return false;
        }
        AbstractInsnNode insn = next(found.method().instructions.getFirst());
        boolean starts =
                insn instanceof FieldInsnNode f
                        && f.getOpcode() == Opcodes.GETSTATIC
                        && f.desc.startsWith("L")
                        && isUnsafe(f.desc.substring(1, f.desc.length() - 1));
        int local = 0;
        for (Type t : Type.getArgumentTypes(call.desc)) {
            insn = insn == null ? null : next(insn.getNext());
            starts &=
                    insn instanceof VarInsnNode v
                            && v.getOpcode() == t.getOpcode(Opcodes.ILOAD)
                            && v.var == local;
            local += t.getSize();
        }
        insn = insn == null ? null : next(insn.getNext());
        if (!starts
                || !(insn instanceof MethodInsnNode forwarded)
                || !forwarded.desc.equals(call.desc)
                || forwarded.getOpcode() != Opcodes.INVOKEVIRTUAL
                || !unsafe(forwarded)) {
            return false;
        }
        insn = next(insn.getNext());
        return insn != null
                && insn.getOpcode() >= Opcodes.IRETURN
                && insn.getOpcode() <= Opcodes.RETURN;
    }

    private static AbstractInsnNode next(AbstractInsnNode insn) {
        AbstractInsnNode i = insn;
        while (i != null && i.getOpcode() < 0) {
            i = i.getNext();
        }
        return i;
    }
}
