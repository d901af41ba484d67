package io.emucxl.agent.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

class WindowsTest {
    private final MethodNode method =
            new MethodNode(Opcodes.ACC_STATIC, "m", "([J)V", null, new String[0]);

    private void access() {
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitInsn(Opcodes.ICONST_0);
        method.visitInsn(Opcodes.LALOAD);
        method.visitInsn(Opcodes.POP2);
    }

    private void jumpBack(Label head) {
        method.visitInsn(Opcodes.ICONST_0);
        method.visitJumpInsn(Opcodes.IFEQ, head);
    }

    /** The fields that are read, in the order of the code. */
    private List<String> reads() {
        method.visitInsn(Opcodes.RETURN);
        method.maxLocals = 1;
        AbstractInsnNode[] order = method.instructions.toArray();
        Windows windows = new Windows(method, order, i -> order[i].getOpcode() == Opcodes.LALOAD);
        windows.insert();
        List<String> reads = new ArrayList<>();
        for (AbstractInsnNode insn : method.instructions.toArray()) {
            if (insn instanceof FieldInsnNode field) {
                reads.add(field.name);
            } else if (insn instanceof MethodInsnNode call) {
                reads.add(call.name);
            }
        }
        return reads;
    }

    @Test
    void withoutLoopsNothingIsRead() {
        access();
        assertEquals(List.of(), reads());
    }

    @Test
    void oneLoopIsReadPlainlyBehindAFreshEntry() {
        Label head = new Label();
        method.visitLabel(head);
        access();
        jumpBack(head);
        assertEquals(List.of("look", "open"), reads());
    }

    @Test
    void onlyTheInnermostLoopIsReadPlainly() {
        Label outer = new Label();
        Label middle = new Label();
        Label inner = new Label();
        method.visitLabel(outer);
        access();
        method.visitLabel(middle);
        access();
        method.visitLabel(inner);
        access();
        jumpBack(inner);
        jumpBack(middle);
        jumpBack(outer);
        assertEquals(List.of("look", "look", "look", "open"), reads());
    }

    @Test
    void aLoopWithoutAccessesIsNotReadAtAll() {
        Label outer = new Label();
        Label inner = new Label();
        method.visitLabel(outer);
        access();
        method.visitLabel(inner);
        method.visitInsn(Opcodes.NOP);
        jumpBack(inner);
        jumpBack(outer);
        assertEquals(List.of("look", "open"), reads());
    }

    @Test
    void aLocalIsCountedOnlyInTheLoopThatCountsIt() {
        Label first = new Label();
        method.visitLabel(first);
        access();
        method.visitIincInsn(1, 1);
        jumpBack(first);
        Label second = new Label();
        method.visitLabel(second);
        access();
        jumpBack(second);
        method.visitIincInsn(2, 1);
        AbstractInsnNode[] order = method.instructions.toArray();
        List<Integer> accesses = new ArrayList<>();
        for (int i = 0; i < order.length; i++) {
            if (order[i].getOpcode() == Opcodes.LALOAD) {
                accesses.add(i);
            }
        }
        Windows windows = new Windows(method, order, accesses::contains);
        assertEquals(0, windows.counting(accesses.get(0), 1));
        assertEquals(-1, windows.counting(accesses.get(1), 1));
        assertEquals(-1, windows.counting(accesses.get(0), 2));
        assertFalse(windows.nested(0));
    }

    @Test
    void anIndexIsALocalOrASumOfLocals() throws AnalyzerException {
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitVarInsn(Opcodes.ILOAD, 1);
        method.visitVarInsn(Opcodes.ILOAD, 2);
        method.visitInsn(Opcodes.IADD);
        method.visitInsn(Opcodes.LALOAD);
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitVarInsn(Opcodes.ILOAD, 3);
        method.visitInsn(Opcodes.LALOAD);
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitVarInsn(Opcodes.ILOAD, 1);
        method.visitVarInsn(Opcodes.ILOAD, 2);
        method.visitInsn(Opcodes.IAND);
        method.visitInsn(Opcodes.LALOAD);
        method.visitInsn(Opcodes.POP2);
        method.visitInsn(Opcodes.POP2);
        method.visitInsn(Opcodes.POP2);
        method.visitInsn(Opcodes.RETURN);
        method.desc = "([JIII)V";
        method.maxLocals = 4;
        method.maxStack = 9;
        NullReasons reasons = new NullReasons("C", method);
        assertEquals(Set.of(1, 2), Set.copyOf(reasons.terms(4, 0)));
        assertEquals(List.of(3), reasons.terms(7, 0));
        assertEquals(List.of(), reasons.terms(12, 0));
    }
}
