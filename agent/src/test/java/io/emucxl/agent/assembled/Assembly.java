package io.emucxl.agent.assembled;

import java.util.function.Consumer;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A class while it is assembled, with the arrays that its cases work on in static fields. A case is
 * a static method without parameters; the main method of the class runs all its cases and prints
 * what each gives or throws.
 */
final class Assembly {
    /** The class with the method that runs the cases, as source. */
    static final String CASES =
            """
            package assembled;
            public final class Cases {
                public static void run(String name) throws Exception {
                    Class<?> c = Class.forName(name, true, Cases.class.getClassLoader());
                    for (int i = 0; ; i++) {
                        java.lang.reflect.Method m;
                        try { m = c.getMethod("case" + i); } catch (NoSuchMethodException e) { break; }
                        String seen;
                        try { seen = String.valueOf(m.invoke(null)); }
                        catch (java.lang.reflect.InvocationTargetException e) { seen = String.valueOf(e.getCause()); }
                        System.out.println(name + ' ' + i + ": " + seen);
                    }
                }
            }
            """;

    final String name;
    final int version;
    final ClassWriter writer;

    private int cases;
    private MethodVisitor code;

    /**
     * @param name the class, in the package {@code assembled}
     * @param version of its class file
     * @param superName internal name of its superclass
     */
    Assembly(String name, int version, String superName, String... interfaces) {
        this.name = "assembled/" + name;
        this.version = version;
        writer =
                new ClassWriter(
                        (version & 0xffff) < Opcodes.V1_6
                                ? ClassWriter.COMPUTE_MAXS
                                : ClassWriter.COMPUTE_FRAMES) {
                    @Override
                    protected String getCommonSuperClass(String a, String b) {
                        return "java/lang/Object";
                    }
                };
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER;
        writer.visit(version, access, this.name, null, superName, interfaces);
    }

    /** Adds the fields, what fills them, and the main method. */
    Assembly withArrays() {
        for (String field : new String[] {"ints [I", "more [I", "longs [J", "rows [[I"}) {
            String[] parts = field.split(" ", -1);
            writer.visitField(Opcodes.ACC_STATIC, parts[0], parts[1], null, null);
        }
        method(Opcodes.ACC_STATIC, "<clinit>", "()V", c -> fill(c).op(Opcodes.RETURN));
        int main = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
        method(
                main,
                "main",
                "([Ljava/lang/String;)V",
                c ->
                        c.ldc(name.replace('/', '.'))
                                .call("assembled/Cases", "run", "(Ljava/lang/String;)V")
                                .op(Opcodes.RETURN));
        return this;
    }

    private static Assembly fill(Assembly c) {
        c.push(4).newArray(Opcodes.T_INT).put("ints", "[I");
        c.push(5).newArray(Opcodes.T_INT).put("more", "[I");
        c.push(3).newArray(Opcodes.T_LONG).put("longs", "[J");
        c.push(2).push(3);
        c.code.visitMultiANewArrayInsn("[[I", 2);
        c.put("rows", "[[I");
        for (int i = 0; i < 3; i++) {
            c.ints().push(i).push(10 + i).op(Opcodes.IASTORE);
            c.more().push(i).push(20 + i).op(Opcodes.IASTORE);
            c.longs().push(i).ldc((1L << 40) + i).op(Opcodes.LASTORE);
        }
        return c;
    }

    /** Adds a case that gives an int. */
    Assembly gives(Consumer<Assembly> body) {
        return gives("I", Opcodes.IRETURN, body);
    }

    /** Adds a case. */
    Assembly gives(String type, int returning, Consumer<Assembly> body) {
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
        return method(access, "case" + cases++, "()" + type, body.andThen(c -> c.op(returning)));
    }

    /** Adds a method. */
    Assembly method(int access, String methodName, String descriptor, Consumer<Assembly> body) {
        MethodVisitor outer = code;
        code = writer.visitMethod(access, methodName, descriptor, null, null);
        code.visitCode();
        body.accept(this);
        code.visitMaxs(0, 0);
        code.visitEnd();
        code = outer;
        return this;
    }

    byte[] toByteArray() {
        writer.visitEnd();
        return writer.toByteArray();
    }

    MethodVisitor code() {
        return code;
    }

    Assembly ints() {
        return get("ints", "[I");
    }

    Assembly more() {
        return get("more", "[I");
    }

    Assembly longs() {
        return get("longs", "[J");
    }

    Assembly rows() {
        return get("rows", "[[I");
    }

    Assembly get(String field, String descriptor) {
        code.visitFieldInsn(Opcodes.GETSTATIC, name, field, descriptor);
        return this;
    }

    Assembly put(String field, String descriptor) {
        code.visitFieldInsn(Opcodes.PUTSTATIC, name, field, descriptor);
        return this;
    }

    Assembly op(int... opcodes) {
        for (int o : opcodes) {
            code.visitInsn(o);
        }
        return this;
    }

    Assembly push(int n) {
        code.visitIntInsn(Opcodes.SIPUSH, n);
        return this;
    }

    Assembly ldc(Object constant) {
        code.visitLdcInsn(constant);
        return this;
    }

    Assembly load(int local) {
        code.visitVarInsn(Opcodes.ALOAD, local);
        return this;
    }

    Assembly store(int local) {
        code.visitVarInsn(Opcodes.ASTORE, local);
        return this;
    }

    Assembly newArray(int kind) {
        code.visitIntInsn(Opcodes.NEWARRAY, kind);
        return this;
    }

    Assembly jump(int opcode, Label to) {
        code.visitJumpInsn(opcode, to);
        return this;
    }

    Assembly label(Label here) {
        code.visitLabel(here);
        return this;
    }

    /** Calls a static method. */
    Assembly call(String owner, String methodName, String descriptor) {
        return call(Opcodes.INVOKESTATIC, owner, methodName, descriptor);
    }

    Assembly call(int opcode, String owner, String methodName, String descriptor) {
        code.visitMethodInsn(
                opcode, owner, methodName, descriptor, opcode == Opcodes.INVOKEINTERFACE);
        return this;
    }

    /** Pushes an int that the verifier does not know: 1 and 0 in turns. */
    Assembly coin() {
        ints().push(3).op(Opcodes.DUP2, Opcodes.IALOAD, Opcodes.ICONST_1, Opcodes.IXOR);
        return op(Opcodes.DUP_X2, Opcodes.IASTORE);
    }
}
