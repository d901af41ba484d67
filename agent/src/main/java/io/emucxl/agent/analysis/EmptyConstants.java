package io.emucxl.agent.analysis;

import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Constants like {@code static final long[][] EMPTY = {}}: arrays of arrays that have no elements,
 * so that an array of handles can stand for them although nothing is shared.
 */
final class EmptyConstants {
    private final ClassStore store;
    private final Map<FieldId, Boolean> known = new HashMap<>();

    EmptyConstants(ClassStore store) {
        this.store = store;
    }

    /** Whether an instruction reads such a constant. */
    boolean reads(FieldInsnNode insn) {
        if (insn.getOpcode() != Opcodes.GETSTATIC || ArrayType.dimensions(insn.desc) != 2) {
            return false;
        }
        FieldId id = store.resolveField(insn.owner, insn.name, insn.desc);
        return id != null && known.computeIfAbsent(id, this::empty);
    }

    private boolean empty(FieldId id) {
        ClassNode owner = store.find(id.owner());
        FieldNode field = ClassStore.field(owner, id.name(), id.descriptor());
        if (!ClassStore.is(field.access, Opcodes.ACC_STATIC)
                || !ClassStore.is(field.access, Opcodes.ACC_FINAL)) {
            return false;
        }
        for (MethodNode m : owner.methods) {
            for (AbstractInsnNode i = m.instructions.getFirst(); i != null; i = i.getNext()) {
                if (i.getOpcode() == Opcodes.PUTSTATIC
                        && i instanceof FieldInsnNode put
                        && put.name.equals(id.name())
                        && put.desc.equals(id.descriptor())
                        && !getsEmpty(i)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether the instructions before it make an array of length 0 and nothing else. */
    private static boolean getsEmpty(AbstractInsnNode put) {
        AbstractInsnNode array = before(put);
        if (array == null || array.getOpcode() != Opcodes.ANEWARRAY) {
            return false;
        }
        AbstractInsnNode length = before(array);
        return length != null && length.getOpcode() == Opcodes.ICONST_0;
    }

    /** The instruction right before this one, or null when a jump may come in between. */
    private static AbstractInsnNode before(AbstractInsnNode insn) {
        AbstractInsnNode i = insn.getPrevious();
        return i != null && i.getOpcode() >= 0 ? i : null;
    }
}
