package io.emucxl.agent.assembled;

import static org.objectweb.asm.Opcodes.*;

import java.util.Map;
import org.objectweb.asm.Label;

/**
 * Fields and methods as obfuscators name them, which differ in the type of an array or in what they
 * return only; and calls and objects as javac does not arrange them.
 */
final class MemberPrograms {
    private MemberPrograms() {}

    static void add(int version, Map<String, byte[]> to) {
        Assembly upper = new Assembly("Upper" + (version & 0xffff), version, "java/lang/Object");
        upper.writer.visitField(ACC_PROTECTED, "held", "[I", null, null);
        upper.writer.visitField(ACC_PROTECTED | ACC_STATIC, "shared", "[I", null, null);
        // A constructor that adopts an array.
        upper.method(
                ACC_PUBLIC,
                "<init>",
                "([I)V",
                c -> {
                    c.load(0).call(INVOKESPECIAL, "java/lang/Object", "<init>", "()V");
                    c.load(0).load(1);
                    c.code().visitFieldInsn(PUTFIELD, upper.name, "held", "[I");
                    c.op(RETURN);
                });
        upper.method(
                ACC_PUBLIC,
                "length",
                "([I)I",
                c -> {
                    c.load(0).code().visitFieldInsn(GETFIELD, upper.name, "held", "[I");
                    c.op(ARRAYLENGTH).load(1).op(ARRAYLENGTH, IADD, IRETURN);
                });
        to.put(upper.name, upper.toByteArray());

        Assembly a = new Assembly("Members" + (version & 0xffff), version, upper.name).withArrays();
        a.method(
                ACC_PUBLIC,
                "<init>",
                "([I)V",
                c ->
                        c.load(0)
                                .load(1)
                                .call(INVOKESPECIAL, upper.name, "<init>", "([I)V")
                                .op(RETURN));
        special(a, upper);
        alike(a);
        odd(a, version);
        to.put(a.name, a.toByteArray());
    }

    private static void special(Assembly a, Assembly upper) {
        a.method(
                ACC_PUBLIC,
                "length",
                "([I)I",
                c ->
                        c.load(0)
                                .load(1)
                                .call(INVOKESPECIAL, upper.name, "length", "([I)I")
                                .push(100)
                                .op(IADD, IRETURN));
        a.method(ACC_PRIVATE, "first", "([I)I", c -> c.load(1).op(ICONST_0, IALOAD, IRETURN));
        // The argument of a constructor is chosen while the object is not initialized yet.
        a.gives(
                c -> {
                    Label other = new Label();
                    Label join = new Label();
                    c.code().visitTypeInsn(NEW, a.name);
                    c.op(DUP).coin().jump(IFEQ, other).ints().jump(GOTO, join);
                    c.label(other).push(9).newArray(T_INT).label(join);
                    c.call(INVOKESPECIAL, a.name, "<init>", "([I)V");
                    c.code().visitFieldInsn(GETFIELD, a.name, "held", "[I");
                    c.op(ARRAYLENGTH);
                });
        // Virtual, special for super, special for private; the field by the subclass's name.
        a.gives(
                c -> {
                    c.code().visitTypeInsn(NEW, a.name);
                    c.op(DUP).more().call(INVOKESPECIAL, a.name, "<init>", "([I)V").store(0);
                    c.load(0).ints().call(INVOKEVIRTUAL, upper.name, "length", "([I)I");
                    c.load(0).ints().call(INVOKESPECIAL, a.name, "first", "([I)I").op(IADD);
                    c.ints().put("shared", "[I").get("shared", "[I").op(ARRAYLENGTH, IADD);
                });
        // A value is stored to a field and used on.
        a.gives(
                c -> {
                    c.code().visitTypeInsn(NEW, a.name);
                    c.op(DUP, ACONST_NULL).call(INVOKESPECIAL, a.name, "<init>", "([I)V");
                    c.more().op(DUP_X1);
                    c.code().visitFieldInsn(PUTFIELD, a.name, "held", "[I");
                    c.op(ICONST_2, IALOAD);
                });
    }

    private static void alike(Assembly a) {
        for (String d : new String[] {"[I", "[J", "[[I", "I"}) {
            a.writer.visitField(ACC_PRIVATE | ACC_STATIC, "a", d, null, null);
        }
        a.method(
                ACC_PRIVATE | ACC_STATIC,
                "a",
                "()[I",
                c -> c.push(6).newArray(T_INT).op(DUP).put("a", "[I").op(ARETURN));
        a.method(
                ACC_PRIVATE | ACC_STATIC,
                "a",
                "()[J",
                c -> c.push(7).newArray(T_LONG).op(DUP).put("a", "[J").op(ARETURN));
        for (String d : new String[] {"([I)I", "([J)I"}) {
            a.method(
                    ACC_PUBLIC | ACC_STATIC,
                    "a",
                    d,
                    c ->
                            c.load(0)
                                    .op(
                                            ARRAYLENGTH,
                                            d.equals("([I)I") ? ICONST_1 : ICONST_2,
                                            IADD,
                                            IRETURN));
        }
        for (String d : new String[] {"([I)[I", "([I)[J"}) {
            a.method(
                    ACC_PUBLIC | ACC_STATIC,
                    "a",
                    d,
                    c -> (d.endsWith("J") ? c.longs() : c.load(0)).op(ARETURN));
        }
        a.gives(
                c ->
                        c.call(a.name, "a", "()[I")
                                .op(ARRAYLENGTH)
                                .get("a", "[I")
                                .op(ARRAYLENGTH, ISUB));
        a.gives(
                c ->
                        c.call(a.name, "a", "()[J")
                                .op(ARRAYLENGTH)
                                .get("a", "[J")
                                .op(ARRAYLENGTH, IADD));
        a.gives(
                c ->
                        c.ints()
                                .call(a.name, "a", "([I)I")
                                .longs()
                                .call(a.name, "a", "([J)I")
                                .op(IADD));
        a.gives(
                c -> {
                    c.ints().call(a.name, "a", "([I)[I").op(DUP).put("a", "[I").op(ARRAYLENGTH);
                    c.more()
                            .call(a.name, "a", "([I)[J")
                            .op(DUP)
                            .put("a", "[J")
                            .op(ARRAYLENGTH, IADD);
                });
        a.gives(
                c -> {
                    c.rows().op(DUP).put("a", "[[I").op(ARRAYLENGTH).op(DUP).put("a", "I");
                    c.get("a", "[[I").op(ARRAYLENGTH, IADD).get("a", "I").op(IADD);
                });
    }

    private static void odd(Assembly a, int version) {
        // Before Java 5 a name had to be one in Java, too.
        boolean early = (version & 0xffff) < V1_5;
        String[] names = {"\u65e5\u672c", "a$", early ? "\u00e9" : "a-b", early ? "$" : " "};
        for (String name : names) {
            a.writer.visitField(ACC_STATIC, name, "[S", null, null);
            a.method(
                    ACC_STATIC,
                    name,
                    "([S)[S",
                    c -> c.load(0).put(name, "[S").get(name, "[S").op(ARETURN));
            a.gives(
                    c ->
                            c.push(4)
                                    .newArray(T_SHORT)
                                    .op(DUP, ICONST_1, ICONST_5, SASTORE)
                                    .call(a.name, name, "([S)[S")
                                    .op(ICONST_1, SALOAD)
                                    .get(name, "[S")
                                    .op(ARRAYLENGTH, IADD));
        }
    }
}
