package io.emucxl.agent.analysis;

import java.util.Set;
import org.objectweb.asm.tree.MethodInsnNode;

/** The JDK's operations on arrays that have a counterpart on handles. */
enum KnownCall {
    /** {@code array.clone()}: a fresh array. */
    CLONE,
    /** {@code Arrays.copyOf} and {@code copyOfRange}: a fresh array. */
    COPY,
    /** {@code System.arraycopy}. */
    ARRAYCOPY,
    /** Another method of {@code java.util.Arrays} that reads or writes arrays within the call. */
    ARRAYS,
    /** {@code Arrays.fill(Object[], Object)} and its ranged form, on arrays of arrays. */
    FILL_ROWS,
    /** {@code Objects.requireNonNull}: gives back what it got. */
    IDENTITY;

    private static final Set<String> ARRAYS_METHODS =
            Set.of(
                    "fill",
                    "equals",
                    "hashCode",
                    "toString",
                    "sort",
                    "binarySearch",
                    "mismatch",
                    "compare",
                    "setAll",
                    "stream");

    /** The operation that an instruction calls, or null when it is none of them. */
    static KnownCall of(MethodInsnNode call) {
        if (call.owner.startsWith("[")) {
            return call.name.equals("clone") && call.desc.startsWith("()") ? CLONE : null;
        }
        return switch (call.owner) {
            case "java/lang/System" -> call.name.equals("arraycopy") ? ARRAYCOPY : null;
            case "java/util/Objects" ->
                    call.name.equals("requireNonNull")
                                    && !call.desc.contains("Ljava/util/function/Supplier;")
                            ? IDENTITY
                            : null;
            case "java/util/Arrays" -> ofArrays(call);
            default -> null;
        };
    }

    private static KnownCall ofArrays(MethodInsnNode call) {
        boolean objects = call.desc.startsWith("([L");
        if (call.name.equals("copyOf") || call.name.equals("copyOfRange")) {
            // The form with a class argument can change the type of the copy.
            return call.desc.contains("Ljava/lang/Class;") ? null : COPY;
        }
        if (objects) {
            return call.name.equals("fill") ? FILL_ROWS : null;
        }
        if (!ARRAYS_METHODS.contains(call.name) || !call.desc.startsWith("([")) {
            return null;
        }
        return ARRAYS;
    }
}
