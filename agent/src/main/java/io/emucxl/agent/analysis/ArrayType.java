package io.emucxl.agent.analysis;

/** Descriptors of primitive arrays, of any dimension, and what takes their place. */
public final class ArrayType {
    /** Internal name of the handle's class. */
    public static final String HANDLE = "io/emucxl/runtime/TieredArray";

    private static final String KINDS = "ZBCSIJFD";
    private static final String[] NAMES = {
        "Boolean", "Byte", "Char", "Short", "Int", "Long", "Float", "Double"
    };

    private ArrayType() {}

    /** Whether this is the descriptor of an array, of any dimension, of primitive elements. */
    public static boolean is(String descriptor) {
        int dimensions = dimensions(descriptor);
        return dimensions > 0
                && descriptor.length() == dimensions + 1
                && KINDS.indexOf(descriptor.charAt(dimensions)) >= 0;
    }

    /** How many brackets the descriptor begins with. */
    public static int dimensions(String descriptor) {
        int n = 0;
        while (n < descriptor.length() && descriptor.charAt(n) == '[') {
            n++;
        }
        return n;
    }

    /** The descriptor of what takes the place of an array type: {@code [J} becomes the handle. */
    public static String tiered(String descriptor) {
        return "[".repeat(dimensions(descriptor) - 1) + 'L' + HANDLE + ';';
    }

    /**
     * The operand that {@code checkcast}, {@code anewarray} and stack map frames use for the type
     * that takes the place of an array type.
     */
    public static String tieredOperand(String descriptor) {
        return dimensions(descriptor) == 1 ? HANDLE : tiered(descriptor);
    }

    /** Internal name of the runtime class with the accessors of a kind, by its descriptor. */
    public static String elements(char kind) {
        return runtime(kind, "Elements");
    }

    /** Internal name of the runtime class with a method of {@code java.util.Arrays} for a kind. */
    public static String arrays(char kind, String method) {
        return switch (method) {
            case "sort", "parallelSort", "binarySearch" -> runtime(kind, "Order");
            case "spliterator", "stream", "setAll" -> runtime(kind, "Streams");
            default -> runtime(kind, "Arrays");
        };
    }

    /** Internal name of the runtime class with the bulk methods of a kind's buffers. */
    public static String buffers(char kind) {
        return runtime(kind, "Buffers");
    }

    private static String runtime(char kind, String what) {
        return "io/emucxl/runtime/" + NAMES[KINDS.indexOf(kind)] + what;
    }

    /** The type as it is written in Java source. */
    public static String inJava(String descriptor) {
        return org.objectweb.asm.Type.getType(descriptor).getClassName();
    }
}
