package io.emucxl.agent.assembled;

import static org.objectweb.asm.Opcodes.*;

import java.util.Map;
import org.objectweb.asm.Label;

/** Arrays that are moved about on the stack. */
final class StackPrograms {
    private StackPrograms() {}

    static void add(int version, Map<String, byte[]> to) {
        Assembly a =
                new Assembly("Stack" + (version & 0xffff), version, "java/lang/Object")
                        .withArrays();
        pairs(a);
        wide(a);
        compound(a);
        merged(a);
        rows(a);
        a.gives(
                "Ljava/lang/Object;",
                ARETURN,
                c -> c.ints().call("java/util/Arrays", "toString", "([I)Ljava/lang/String;"));
        a.gives(
                "Ljava/lang/Object;",
                ARETURN,
                c -> c.more().call("java/util/Arrays", "toString", "([I)Ljava/lang/String;"));
        to.put(a.name, a.toByteArray());
    }

    private static void pairs(Assembly a) {
        // Two arrays change places.
        a.gives(c -> c.ints().more().op(SWAP, ICONST_1, IALOAD, SWAP, ICONST_2, IALOAD, ISUB));
        // An array and an int change places.
        a.gives(c -> c.push(1).ints().op(SWAP, IALOAD));
        a.gives(c -> c.ints().push(1).op(DUP_X1, IALOAD, IADD));
        // Two arrays are doubled and compared.
        a.gives(
                c -> {
                    Label same = new Label();
                    Label end = new Label();
                    c.ints().more().op(DUP2).jump(IF_ACMPEQ, same);
                    c.op(ARRAYLENGTH, SWAP, ARRAYLENGTH, ISUB).jump(GOTO, end);
                    c.label(same).op(POP2, ICONST_M1).label(end);
                });
        a.gives(c -> c.ints().op(DUP, DUP_X1, DUP_X2, POP2, ARRAYLENGTH, SWAP, POP));
        a.gives(c -> c.ints().longs().more().op(DUP_X2, POP, ARRAYLENGTH, SWAP, POP, SWAP, POP));
    }

    private static void wide(Assembly a) {
        // dup_x2 over a long.
        a.gives(
                c ->
                        c.ldc(5L)
                                .ints()
                                .op(DUP_X2, ARRAYLENGTH, I2L, LADD, L2I, ICONST_1, IAND, IALOAD));
        // dup2_x1: a long below an array.
        a.gives(
                c ->
                        c.ints()
                                .longs()
                                .op(ICONST_1, LALOAD, DUP2_X1, L2I, IALOAD)
                                .op(I2L, LADD, L2I));
        // dup2_x2 in its four forms.
        a.gives(c -> c.more().push(2).ints().push(1).op(DUP2_X2, IALOAD, IASTORE, IALOAD));
        a.gives(
                c ->
                        c.ints()
                                .more()
                                .ldc(1L)
                                .op(DUP2_X2, L2I, IALOAD, SWAP, ARRAYLENGTH, IADD, I2L, LADD, L2I));
        a.gives(
                c ->
                        c.ldc(7L)
                                .ints()
                                .push(1)
                                .op(DUP2_X2, IALOAD, I2L, LADD, L2I, IASTORE)
                                .ints()
                                .op(ICONST_1, IALOAD));
        a.gives(
                c ->
                        c.longs()
                                .op(ICONST_0)
                                .ldc(3L)
                                .longs()
                                .op(ICONST_2, LALOAD, DUP2_X2, LADD, LADD)
                                .op(LASTORE)
                                .longs()
                                .op(ICONST_0, LALOAD)
                                .ldc(1000L)
                                .op(LREM, L2I));
    }

    private static void compound(Assembly a) {
        a.gives(
                c ->
                        c.ints()
                                .push(1)
                                .op(DUP2, IALOAD, ICONST_5, IADD, IASTORE)
                                .ints()
                                .op(ICONST_1, IALOAD));
        a.gives(
                c ->
                        c.push(100)
                                .ints()
                                .push(1)
                                .op(DUP2_X1, IALOAD, IADD, IASTORE)
                                .ints()
                                .op(ICONST_1, IALOAD));
        a.gives(c -> c.ints().op(ICONST_0).push(55).op(DUP_X2, IASTORE));
        a.gives(c -> c.longs().op(ICONST_0).ldc(9L).op(DUP2_X2, LASTORE, L2I));
        // The array that is stored to is found out behind the value.
        a.gives(
                c ->
                        c.push(77)
                                .push(2)
                                .more()
                                .op(DUP_X2, POP, SWAP, IASTORE)
                                .more()
                                .op(ICONST_2, IALOAD));
        // A store out of bounds, and one to null, with things left below.
        a.gives(c -> c.push(1).ints().push(9).push(1).op(IASTORE));
        a.gives(c -> c.push(1).ints().op(POP, ACONST_NULL).op(ICONST_0, IALOAD, IADD));
    }

    private static void merged(Assembly a) {
        // Two arrays below the top where control flow joins.
        a.gives(
                c -> {
                    Label other = new Label();
                    Label end = new Label();
                    c.ints().coin().jump(IFEQ, other).more().push(1).jump(GOTO, end);
                    c.label(other).ints().push(2);
                    c.label(end).op(IALOAD, SWAP, ARRAYLENGTH, IADD);
                });
        a.gives(
                c -> {
                    Label other = new Label();
                    Label end = new Label();
                    c.ints().coin().jump(IFEQ, other).more().jump(GOTO, end);
                    c.label(other).op(ACONST_NULL);
                    c.label(end).op(SWAP, POP, ICONST_0, IALOAD);
                });
        // A loop that keeps an array on the stack.
        a.gives(
                c -> {
                    Label head = new Label();
                    Label end = new Label();
                    c.op(ICONST_2).code().visitVarInsn(ISTORE, 0);
                    c.ints().more().label(head).code().visitVarInsn(ILOAD, 0);
                    c.jump(IFEQ, end).op(SWAP).code().visitIincInsn(0, -1);
                    c.jump(GOTO, head);
                    c.label(end).op(ICONST_0, IALOAD, SWAP, ARRAYLENGTH, IADD);
                });
    }

    private static void rows(Assembly a) {
        a.gives(c -> c.rows().push(1).ints().op(DUP_X2, AASTORE, ICONST_1, IALOAD));
        a.gives(c -> c.rows().op(ICONST_1, AALOAD).ints().jump(IF_ACMPNE, end(c)).push(8));
        a.gives(c -> c.rows().op(DUP, ICONST_0, SWAP, ICONST_1, AALOAD, SWAP, IALOAD, SWAP, POP));
    }

    /** Where a comparison that fails goes: to a return of its own. */
    private static Label end(Assembly c) {
        Label differ = new Label();
        Label on = new Label();
        c.jump(GOTO, on).label(differ).push(-8).op(IRETURN).label(on);
        return differ;
    }
}
