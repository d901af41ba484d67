package io.emucxl.agent.analysis;

import java.util.HashSet;
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
    /** A bulk {@code get} or {@code put} of a buffer of {@code java.nio}. */
    BUFFER,
    /** {@code XxxStream.of(array)}, which is {@code Arrays.stream(array)}. */
    STREAM_OF,
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
                    "compareUnsigned",
                    "parallelSort",
                    "spliterator",
                    "setAll",
                    "stream");

    private static final Set<String> BULK = bulk();

    private static Set<String> bulk() {
        Set<String> all = new HashSet<>();
        for (char kind : "BCSIJFD".toCharArray()) {
            for (String form : new String[] {"([%c)", "([%cII)", "(I[%c)", "(I[%cII)"}) {
                all.add(form.formatted(kind));
            }
        }
        return all;
    }

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
            case "java/util/stream/IntStream",
                    "java/util/stream/LongStream",
                    "java/util/stream/DoubleStream" ->
                    call.name.equals("of") && call.desc.startsWith("([") ? STREAM_OF : null;
            default -> call.owner.startsWith("java/nio/") ? ofBuffer(call) : null;
        };
    }

    /** Buffers cannot be extended outside of the JDK, so it is known what their methods do. */
    private static KnownCall ofBuffer(MethodInsnNode call) {
        String owner =
                call.owner.equals("java/nio/MappedByteBuffer") ? "java/nio/ByteBuffer" : call.owner;
        boolean bulk =
                (call.name.equals("get") || call.name.equals("put"))
                        && owner.endsWith("Buffer")
                        && call.desc.endsWith(")L" + owner + ';');
        return bulk && BULK.contains(call.desc.substring(0, call.desc.indexOf(')') + 1))
                ? BUFFER
                : null;
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
