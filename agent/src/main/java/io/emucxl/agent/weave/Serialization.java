package io.emucxl.agent.weave;

import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamField;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Tells {@code java.io} of handles, when the first field is placed that belongs to the serialized
 * form of its class: where it asks for the type of a field, reads or writes one, or writes an
 * array, it asks {@code io.emucxl.runtime.SerialForms}.
 *
 * <p>The places are counted. On a JDK in which they are not what they were in 17 to 25, nothing is
 * changed, and such fields stay on the heap.
 */
final class Serialization implements ClassFileTransformer {

    private static final String FORMS = "io/emucxl/runtime/SerialForms";
    private static final String UNSAFE = "jdk/internal/misc/Unsafe";
    private static final String REFLECTOR = "java/io/ObjectStreamClass$FieldReflector";
    private static final String OUTPUT = "java/io/ObjectOutputStream";

    /** Three questions for a type, one read, one write, and one array. */
    private static final int[] PLACES = {4, 1, 1, 1};

    private final Instrumentation instrumentation;
    private final int[] found = new int[PLACES.length];
    private volatile String trouble;
    private boolean tried;

    Serialization(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /**
     * Why fields of a serialized form have to stay on the heap, as a sentence; null when they can
     * be placed. The first call changes the JDK's classes.
     */
    synchronized String trouble() {
        if (!tried) {
            tried = true;
            trouble =
                    "it belongs to the serialized form of its class, and the start was interrupted";
            // A thread that is within a transformer is not asked again for other classes.
            Thread other =
                    new Thread("emucxl-serialization") {
                        @Override
                        public void run() {
                            trouble = install();
                        }
                    };
            other.setDaemon(true);
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return trouble;
    }

    private String install() {
        if (!instrumentation.isRetransformClassesSupported()) {
            return "it belongs to the serialized form of its class, and this JVM cannot"
                    + " retransform";
        }
        try {
            Class<?>[] classes = {
                ObjectStreamClass.class,
                ObjectStreamField.class,
                ObjectOutputStream.class,
                Class.forName(REFLECTOR.replace('/', '.'))
            };
            instrumentation.addTransformer(this, true);
            instrumentation.retransformClasses(classes);
            for (int i = 0; i < PLACES.length; i++) {
                if (found[i] != PLACES[i]) {
                    instrumentation.removeTransformer(this);
                    instrumentation.retransformClasses(classes);
                    return "it belongs to the serialized form of its class, and this JDK's"
                            + " serialization is not known";
                }
            }
            return null;
        } catch (ClassNotFoundException
                | UnmodifiableClassException
                | RuntimeException
                | LinkageError e) {
            instrumentation.removeTransformer(this);
            return "it belongs to the serialized form of its class, and the JDK's serialization"
                    + " cannot be changed ("
                    + e
                    + ")";
        }
    }

    @Override
    public byte[] transform(
            ClassLoader loader,
            String name,
            Class<?> redefined,
            ProtectionDomain domain,
            byte[] file) {
        if (loader != null || name == null) {
            return null;
        }
        return switch (name) {
            case "java/io/ObjectStreamClass", "java/io/ObjectStreamField", REFLECTOR, OUTPUT ->
                    change(name, file);
            default -> null;
        };
    }

    private byte[] change(String name, byte[] file) {
        ClassReader reader = new ClassReader(file);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String method, String d, String s, String[] e) {
                        boolean array = name.equals(OUTPUT) && method.equals("writeArray");
                        return new Calls(super.visitMethod(access, method, d, s, e), array);
                    }
                },
                0);
        return writer.toByteArray();
    }

    /** Redirects the calls of one method. */
    private final class Calls extends MethodVisitor {
        private final boolean writesArray;

        Calls(MethodVisitor next, boolean writesArray) {
            super(Opcodes.ASM9, next);
            this.writesArray = writesArray;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            if (writesArray) {
                found[3]++;
                visitVarInsn(Opcodes.ALOAD, 1);
                redirect("refresh", "(Ljava/lang/Object;)V");
            }
        }

        @Override
        public void visitMethodInsn(
                int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (owner.equals("java/lang/reflect/Field") && name.equals("getType")) {
                found[0]++;
                redirect("type", "(Ljava/lang/reflect/Field;)Ljava/lang/Class;");
            } else if (owner.equals(UNSAFE) && name.equals("getReference")) {
                found[1]++;
                redirect("load", "(L" + UNSAFE + ";Ljava/lang/Object;J)Ljava/lang/Object;");
            } else if (owner.equals(UNSAFE) && name.equals("putReference")) {
                found[2]++;
                redirect("store", "(L" + UNSAFE + ";Ljava/lang/Object;JLjava/lang/Object;)V");
            } else {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            }
        }

        private void redirect(String name, String descriptor) {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, FORMS, name, descriptor, false);
        }
    }
}
