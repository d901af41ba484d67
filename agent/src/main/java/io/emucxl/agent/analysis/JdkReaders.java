package io.emucxl.agent.analysis;

import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Methods of the JDK that read an array, or a range of it, within the call and keep nothing of it:
 * nobody can tell whether they got a copy. Only static methods, constructors and methods of final
 * classes; what else is called a subclass may have overridden.
 */
final class JdkReaders {
    private static final Set<String> TEXT =
            Set.of("<init>", "valueOf", "copyValueOf", "append", "insert");

    private JdkReaders() {}

    /** Whether a call reads the array that is one of its parameters. */
    static boolean reads(MethodInsnNode call, int parameter) {
        String d = Type.getArgumentTypes(call.desc)[parameter].getDescriptor();
        return switch (call.owner) {
            case "java/lang/String" ->
                    (d.equals("[C") || d.equals("[B") || d.equals("[I"))
                            && call.getOpcode() != Opcodes.INVOKEVIRTUAL
                            && TEXT.contains(call.name);
            case "java/lang/StringBuilder", "java/lang/StringBuffer" ->
                    d.equals("[C") && TEXT.contains(call.name);
            case "java/math/BigInteger" ->
                    (d.equals("[B") || d.equals("[I")) && call.name.equals("<init>");
            case "java/util/BitSet" -> call.name.equals("valueOf");
            case "java/util/UUID" -> call.name.equals("nameUUIDFromBytes");
            case "java/lang/Character" ->
                    d.equals("[C")
                            && (call.name.startsWith("codePoint")
                                    || call.name.equals("offsetByCodePoints"));
            default -> false;
        };
    }

    /** Whether the two parameters behind the array are the start and the length of a range. */
    static boolean readsRange(MethodInsnNode call, int parameter) {
        Type[] types = Type.getArgumentTypes(call.desc);
        return parameter + 2 < types.length
                && types[parameter + 1].equals(Type.INT_TYPE)
                && types[parameter + 2].equals(Type.INT_TYPE)
                && (call.owner.equals("java/lang/String")
                        || (call.owner.startsWith("java/lang/StringBu")
                                && !call.name.equals("<init>")))
                && !(call.name.equals("<init>")
                        && types.length > parameter + 3
                        && types[parameter + 3].equals(Type.INT_TYPE));
    }
}
