package io.emucxl.agent.assembled;

import static org.objectweb.asm.Opcodes.*;

import java.util.Map;
import org.objectweb.asm.Label;

/** Arrays in local variables that are used again, in handlers, and where control flow joins. */
final class FlowPrograms {
    private static final int WIDE = 300;

    private FlowPrograms() {}

    static void add(int version, Map<String, byte[]> to) {
        Assembly a =
                new Assembly("Flow" + (version & 0xffff), version, "java/lang/Object").withArrays();
        locals(a);
        handlers(a);
        joins(a);
        made(a);
        if ((version & 0xffff) <= V1_5) {
            subroutine(a);
        }
        to.put(a.name, a.toByteArray());
    }

    private static void locals(Assembly a) {
        // One local variable: a tiered array, a text, an array of the heap, a long.
        a.gives(
                c -> {
                    c.ints().store(0).load(0).op(ICONST_1, IALOAD);
                    c.ldc("text").store(0).load(0);
                    c.call(INVOKEVIRTUAL, "java/lang/String", "length", "()I").op(IADD);
                    c.push(3).newArray(T_BYTE).store(0);
                    c.load(0).op(ICONST_1, ICONST_5, BASTORE);
                    c.load(0).op(ICONST_1, BALOAD, IADD);
                    c.ldc(4L).code().visitVarInsn(LSTORE, 0);
                    c.code().visitVarInsn(LLOAD, 0);
                    c.op(L2I, IADD);
                });
        // It holds a tiered array on one way and a heap array on the other, and is not used then.
        a.gives(
                c -> {
                    Label other = new Label();
                    Label end = new Label();
                    c.coin().jump(IFEQ, other).ints().store(0).jump(GOTO, end);
                    c.label(other).push(2).newArray(T_FLOAT).store(0);
                    c.label(end).more().store(0).load(0).op(ICONST_0, IALOAD);
                });
        // A wide index, and an array that is null until a loop has run.
        a.gives(
                c -> {
                    Label head = new Label();
                    Label end = new Label();
                    c.op(ACONST_NULL).store(WIDE);
                    c.push(3).code().visitVarInsn(ISTORE, WIDE + 1);
                    c.label(head).code().visitVarInsn(ILOAD, WIDE + 1);
                    c.jump(IFEQ, end).code().visitIincInsn(WIDE + 1, -1);
                    c.ints().store(WIDE).jump(GOTO, head);
                    c.label(end).load(WIDE).op(ICONST_1, IALOAD);
                });
        // The same, but the loop never runs: the null is read.
        a.gives(
                c -> {
                    Label on = new Label();
                    c.op(ACONST_NULL).store(1).coin().push(5).jump(IF_ICMPNE, on);
                    c.longs().store(1).label(on).load(1).op(ICONST_0, LALOAD, L2I);
                });
    }

    private static void handlers(Assembly a) {
        // The handler reads the array; another variable changed its type within the range.
        a.gives(
                c -> {
                    Label start = new Label();
                    Label end = new Label();
                    Label handler = new Label();
                    Label after = new Label();
                    c.code().visitTryCatchBlock(start, end, handler, "java/lang/RuntimeException");
                    c.ints().store(0).more().store(1).label(start);
                    c.push(2).newArray(T_CHAR).store(1);
                    c.load(0).push(99).op(IALOAD).label(end).jump(GOTO, after);
                    c.label(handler).op(POP).load(0).op(ICONST_2, IALOAD).label(after);
                });
        // The handler gets the exception that names the index, on an array from the stack.
        a.gives(
                "Ljava/lang/Object;",
                ARETURN,
                c -> {
                    Label start = new Label();
                    Label end = new Label();
                    Label handler = new Label();
                    c.code().visitTryCatchBlock(start, end, handler, null);
                    c.label(start).longs().push(-7).op(LALOAD, POP2).ldc("none").label(end);
                    c.op(ARETURN).label(handler);
                    c.call(INVOKEVIRTUAL, "java/lang/Object", "toString", "()Ljava/lang/String;");
                });
        // The handler lies before what it guards.
        a.gives(
                c -> {
                    Label start = new Label();
                    Label end = new Label();
                    Label handler = new Label();
                    c.code().visitTryCatchBlock(start, end, handler, null);
                    c.ints().store(0).jump(GOTO, start).label(handler);
                    c.op(POP).load(0).op(ARRAYLENGTH, IRETURN);
                    c.label(start).load(0).push(50).op(IALOAD).label(end);
                });
        // A range without instructions that can throw, and code that nothing reaches.
        a.gives(
                c -> {
                    Label start = new Label();
                    Label end = new Label();
                    Label handler = new Label();
                    Label after = new Label();
                    c.code().visitTryCatchBlock(start, end, handler, null);
                    c.jump(GOTO, after).label(start).ints().op(ICONST_0, IALOAD, POP).label(end);
                    c.label(handler).op(POP).more().op(ARRAYLENGTH, IRETURN);
                    c.label(after).op(NOP).ints().op(ICONST_0, IALOAD);
                });
    }

    private static void joins(Assembly a) {
        // null on one way, checked for null before use.
        a.gives(
                c -> {
                    Label other = new Label();
                    Label join = new Label();
                    Label isNull = new Label();
                    c.coin().jump(IFEQ, other).ints().jump(GOTO, join);
                    c.label(other).op(ACONST_NULL).label(join);
                    c.op(DUP).store(0).jump(IFNULL, isNull);
                    c.load(0).op(ARRAYLENGTH, IRETURN).label(isNull).op(ICONST_M1);
                });
        // Three ways meet.
        a.gives(
                c -> {
                    Label one = new Label();
                    Label two = new Label();
                    Label join = new Label();
                    c.ints().op(ICONST_0, IALOAD, ICONST_1, IAND);
                    c.code().visitTableSwitchInsn(0, 1, join(c, join), one, two);
                    c.label(one).ints().store(0).jump(GOTO, join);
                    c.label(two).more().store(0).label(join);
                    c.load(0).op(ICONST_1, IALOAD);
                });
        // An array that an object's type hides, and a cast that brings it back.
        a.gives(
                c -> {
                    c.ints().code().visitTypeInsn(CHECKCAST, "[I");
                    c.op(DUP).store(0).op(ICONST_1, IALOAD);
                });
        a.gives(
                c -> {
                    c.op(ACONST_NULL).code().visitTypeInsn(CHECKCAST, "[I");
                    c.op(ICONST_1, IALOAD);
                });
    }

    private static Label join(Assembly c, Label join) {
        Label unset = new Label();
        Label on = new Label();
        c.code().visitVarInsn(ISTORE, 1);
        c.jump(GOTO, on).label(unset).op(ACONST_NULL).store(0).jump(GOTO, join).label(on);
        c.code().visitVarInsn(ILOAD, 1);
        return unset;
    }

    private static void made(Assembly a) {
        // Some dimensions of several.
        a.gives(
                c -> {
                    c.push(2).push(3).code().visitMultiANewArrayInsn("[[[I", 2);
                    c.op(DUP).store(0).op(ICONST_1, AALOAD, ICONST_2).ints().op(AASTORE);
                    c.load(0).op(ICONST_1, AALOAD, ICONST_2, AALOAD, ICONST_1, IALOAD);
                });
        a.gives(
                c -> {
                    c.push(2).code().visitMultiANewArrayInsn("[[I", 1);
                    c.op(DUP).put("rows", "[[I").op(DUP, ICONST_1).more().op(AASTORE);
                    c.op(ICONST_1, AALOAD, ICONST_2, IALOAD);
                });
        a.gives(
                c -> {
                    c.push(3).code().visitMultiANewArrayInsn("[I", 1);
                    c.op(DUP).put("ints", "[I").op(ARRAYLENGTH);
                });
        a.gives(
                c -> {
                    c.push(-2).push(3).code().visitMultiANewArrayInsn("[[I", 2);
                    c.op(DUP).put("rows", "[[I").op(ARRAYLENGTH);
                });
        a.gives(
                c -> {
                    c.push(2).code().visitTypeInsn(ANEWARRAY, "[I");
                    c.op(DUP).put("rows", "[[I").op(ICONST_0, AALOAD, ARRAYLENGTH);
                });
    }

    /** jsr and ret: no later class file may have them. */
    private static void subroutine(Assembly a) {
        a.gives(
                c -> {
                    Label sub = new Label();
                    Label end = new Label();
                    c.ints().store(0).jump(JSR, sub).more().store(0).jump(JSR, sub);
                    c.jump(GOTO, end).label(sub).store(1);
                    c.load(0).op(ICONST_0, DUP2, IALOAD, ICONST_1, IADD, IASTORE);
                    c.code().visitVarInsn(RET, 1);
                    c.label(end).ints().op(ICONST_0, IALOAD).more().op(ICONST_0, IALOAD, IADD);
                });
    }
}
