package io.emucxl.agent.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

class InOrderTest {
    private static final int OUTER = 1;
    private static final int INNER = 2;
    private static final int UNCOUNTED = 3;

    private final MethodNode method =
            new MethodNode(Opcodes.ACC_STATIC, "m", "([JIII)V", null, new String[0]);

    private void load(int index) {
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitVarInsn(Opcodes.ILOAD, index);
        method.visitInsn(Opcodes.LALOAD);
        method.visitInsn(Opcodes.POP2);
    }

    private void store(int index) {
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitVarInsn(Opcodes.ILOAD, index);
        method.visitInsn(Opcodes.LCONST_1);
        method.visitInsn(Opcodes.LASTORE);
    }

    private Label loop() {
        Label head = new Label();
        method.visitLabel(head);
        return head;
    }

    private void end(Label head, int counted) {
        method.visitIincInsn(counted, 1);
        method.visitInsn(Opcodes.ICONST_0);
        method.visitJumpInsn(Opcodes.IFEQ, head);
    }

    /** What is said of each access, in the order of the code. */
    private List<Boolean> inOrder() throws AnalyzerException {
        method.visitInsn(Opcodes.RETURN);
        method.maxLocals = 4;
        method.maxStack = 4;
        AbstractInsnNode[] order = method.instructions.toArray();
        IntPredicate accesses =
                i ->
                        order[i].getOpcode() == Opcodes.LALOAD
                                || order[i].getOpcode() == Opcodes.LASTORE;
        NullReasons reasons = new NullReasons("C", method);
        InOrder inOrder =
                new InOrder(new Windows(method, order, accesses), reasons, order, accesses);
        List<Boolean> all = new ArrayList<>();
        for (int i = 0; i < order.length; i++) {
            if (accesses.test(i)) {
                all.add(inOrder.test(i, order[i].getOpcode() == Opcodes.LALOAD ? 0 : 1));
            }
        }
        return all;
    }

    @Test
    void anIndexThatTheLoopCounts() throws AnalyzerException {
        Label head = loop();
        load(INNER);
        store(UNCOUNTED);
        end(head, INNER);
        assertEquals(List.of(true, false), inOrder());
    }

    @Test
    void notInALoopWithinALoopThatReads() throws AnalyzerException {
        Label outer = loop();
        Label inner = loop();
        load(INNER);
        store(UNCOUNTED);
        end(inner, INNER);
        end(outer, OUTER);
        assertEquals(List.of(false, false), inOrder());
    }

    @Test
    void allInALoopWithinALoopThatStores() throws AnalyzerException {
        Label outer = loop();
        Label inner = loop();
        load(INNER);
        store(INNER);
        end(inner, INNER);
        end(outer, OUTER);
        assertEquals(List.of(true, true), inOrder());
    }

    @Test
    void notAnIndexThatTheLoopAroundCounts() throws AnalyzerException {
        Label outer = loop();
        Label inner = loop();
        store(INNER);
        load(OUTER);
        end(inner, INNER);
        end(outer, OUTER);
        assertEquals(List.of(true, false), inOrder());
    }
}
