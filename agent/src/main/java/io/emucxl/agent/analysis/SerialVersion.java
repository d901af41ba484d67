package io.emucxl.agent.analysis;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The version by which a serialized class is known. The default is computed from the members of a
 * class, which rewriting changes; a class that does not declare its version gets that of its
 * original (Java Object Serialization Specification, section 4.6).
 */
final class SerialVersion {
    static final String FIELD = "serialVersionUID";

    private static final String NUMBERS = "BCSIJ";
    private static final int CONSTANT = Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;
    private static final int CLASS_FLAGS =
            Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT;
    private static final int FIELD_FLAGS =
            Opcodes.ACC_PUBLIC
                    | Opcodes.ACC_PRIVATE
                    | Opcodes.ACC_PROTECTED
                    | Opcodes.ACC_STATIC
                    | Opcodes.ACC_FINAL
                    | Opcodes.ACC_VOLATILE
                    | Opcodes.ACC_TRANSIENT;
    private static final int METHOD_FLAGS =
            Opcodes.ACC_PUBLIC
                    | Opcodes.ACC_PRIVATE
                    | Opcodes.ACC_PROTECTED
                    | Opcodes.ACC_STATIC
                    | Opcodes.ACC_FINAL
                    | Opcodes.ACC_SYNCHRONIZED
                    | Opcodes.ACC_NATIVE
                    | Opcodes.ACC_ABSTRACT
                    | Opcodes.ACC_STRICT;

    private SerialVersion() {}

    /**
     * Why the version of a class cannot be kept, as a clause, or null when it can: a field has the
     * name but is no version, and a second one would be ambiguous.
     */
    static String trouble(ClassNode c, ClassStore store) {
        for (FieldNode f : c.fields) {
            if (f.name.equals(FIELD) && !declares(f) && serializable(c, store)) {
                return "its serialVersionUID is not a static final number";
            }
        }
        return null;
    }

    /** Whether rewriting a class would change its version, unless it is declared. */
    static boolean needed(ClassNode c, ClassStore store) {
        boolean fixedByKind =
                (c.access & (Opcodes.ACC_INTERFACE | Opcodes.ACC_ENUM)) != 0
                        || c.recordComponents != null;
        if (fixedByKind || !serializable(c, store)) {
            return false;
        }
        for (FieldNode f : c.fields) {
            if (f.name.equals(FIELD)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is Serializable, or may be because an ancestor is not to be found. */
    private static boolean serializable(ClassNode c, ClassStore store) {
        return store.isSubtype(c.name, "java/io/Serializable") || store.hasUnknownAncestor(c);
    }

    private static boolean declares(FieldNode f) {
        return (f.access & CONSTANT) == CONSTANT
                && f.desc.length() == 1
                && NUMBERS.indexOf(f.desc.charAt(0)) >= 0;
    }

    /** The declaration of the version that the JVM would compute for a class. */
    static FieldNode declaration(ClassNode original) {
        return new FieldNode(
                Opcodes.ACC_PRIVATE | CONSTANT | Opcodes.ACC_SYNTHETIC,
                FIELD,
                "J",
                null,
                compute(original));
    }

    /** The version that the JVM computes for a class that does not declare it. */
    static long compute(ClassNode c) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(c.name.replace('/', '.'));
            out.writeInt(modifiers(c) & CLASS_FLAGS);
            List<String> interfaces = new ArrayList<>();
            c.interfaces.forEach(i -> interfaces.add(i.replace('/', '.')));
            Collections.sort(interfaces);
            for (String i : interfaces) {
                out.writeUTF(i);
            }
            fields(c, out);
            methods(c, out);
            byte[] digest = MessageDigest.getInstance("SHA").digest(bytes.toByteArray());
            long version = 0;
            for (int i = Long.BYTES - 1; i >= 0; i--) {
                version = version << Byte.SIZE | (digest[i] & 0xFF);
            }
            return version;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What {@code Class.getModifiers} says: nested classes have them in an attribute. */
    private static int modifiers(ClassNode c) {
        for (InnerClassNode i : c.innerClasses) {
            if (i.name.equals(c.name)) {
                return i.access;
            }
        }
        return c.access;
    }

    private static void fields(ClassNode c, DataOutputStream out) throws IOException {
        List<FieldNode> all = new ArrayList<>(c.fields);
        all.sort(Comparator.comparing((FieldNode f) -> f.name));
        for (FieldNode f : all) {
            boolean hidden =
                    (f.access & Opcodes.ACC_PRIVATE) != 0
                            && (f.access & (Opcodes.ACC_STATIC | Opcodes.ACC_TRANSIENT)) != 0;
            if (!hidden) {
                member(f.name, f.access & FIELD_FLAGS, f.desc, out);
            }
        }
    }

    private static void methods(ClassNode c, DataOutputStream out) throws IOException {
        List<MethodNode> all = new ArrayList<>(c.methods);
        all.sort(
                Comparator.comparing((MethodNode m) -> order(m))
                        .thenComparing(m -> m.name)
                        .thenComparing(m -> m.desc));
        for (MethodNode m : all) {
            if (m.name.equals("<clinit>")) {
                member(m.name, Opcodes.ACC_STATIC, m.desc, out);
            } else if ((m.access & Opcodes.ACC_PRIVATE) == 0) {
                member(m.name, m.access & METHOD_FLAGS, m.desc.replace('/', '.'), out);
            }
        }
    }

    /** The static initializer comes first, then constructors, then methods. */
    private static int order(MethodNode m) {
        return switch (m.name) {
            case "<clinit>" -> 0;
            case "<init>" -> 1;
            default -> 2;
        };
    }

    private static void member(String name, int flags, String descriptor, DataOutputStream out)
            throws IOException {
        out.writeUTF(name);
        out.writeInt(flags);
        out.writeUTF(descriptor);
    }
}
