package io.emucxl.runtime;

import java.lang.StackWalker.StackFrame;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The messages of null pointer exceptions, as the JVM would have given them at the instruction that
 * was rewritten to a call.
 *
 * <p>The JVM makes such a message from the bytecode around the instruction. For a call of an
 * accessor it would speak of the call, so the rewriter works the message out beforehand and
 * registers it here under the place of the call.
 */
public final class NullMessages {
    /**
     * By loader (held weakly, null as {@link #BOOT}), then by class, method and descriptor; then by
     * the offset of the call.
     */
    private static final Map<Object, Map<String, Map<Integer, String>>> TABLES =
            new WeakHashMap<>();

    private static final Object BOOT = new Object();

    private NullMessages() {}

    /**
     * Registers the messages of a rewritten method; what was registered for it before is forgotten.
     *
     * @param loader the class's loader, or null for the boot loader
     * @param className the class, in either form of its name
     * @param methodName the method
     * @param methodDescriptor its descriptor
     * @param callOffsets offsets of calls in the rewritten bytecode of the method, in any order
     * @param messages the message for each call
     */
    public static void register(
            ClassLoader loader,
            String className,
            String methodName,
            String methodDescriptor,
            int[] callOffsets,
            String[] messages) {
        if (callOffsets.length != messages.length) {
            throw new IllegalArgumentException(
                    callOffsets.length + " offsets, " + messages.length + " messages");
        }
        String key = key(className.replace('/', '.'), methodName, methodDescriptor);
        Map<Integer, String> calls = new HashMap<>();
        for (int i = 0; i < callOffsets.length; i++) {
            calls.put(callOffsets[i], messages[i]);
        }
        synchronized (TABLES) {
            Object tableKey = loader == null ? BOOT : loader;
            Map<String, Map<Integer, String>> table = TABLES.get(tableKey);
            if (table == null) {
                table = new HashMap<>();
                TABLES.put(tableKey, table);
            }
            table.put(key, calls);
        }
    }

    private static String key(String className, String methodName, String methodDescriptor) {
        return className + '.' + methodName + methodDescriptor;
    }

    /** The exception for a null handle in the accessor that the program called. */
    static NullPointerException exception() {
        String message = Walk.MESSAGES_ON ? message() : null;
        return Traces.trim(new NullPointerException(message));
    }

    private static String message() {
        StackFrame caller = Walk.WALKER.walk(new Walk()).orElse(null);
        if (caller == null) {
            return null;
        }
        ClassLoader loader = caller.getDeclaringClass().getClassLoader();
        String key = key(caller.getClassName(), caller.getMethodName(), caller.getDescriptor());
        synchronized (TABLES) {
            Map<String, Map<Integer, String>> table = TABLES.get(loader == null ? BOOT : loader);
            Map<Integer, String> calls = table == null ? null : table.get(key);
            return calls == null ? null : calls.get(caller.getByteCodeIndex());
        }
    }

    /** Finds the first frame that is not the runtime's. Without lambdas: they load slowly. */
    private static final class Walk
            implements Function<Stream<StackFrame>, Optional<StackFrame>>, Predicate<StackFrame> {
        static final StackWalker WALKER =
                StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

        /** Whether this JVM gives such messages at all: it does not, when told so by a flag. */
        static final boolean MESSAGES_ON = messagesOn();

        private static boolean messagesOn() {
            Object[] none = null;
            try {
                return none.length < 0;
            } catch (NullPointerException e) {
                return e.getMessage() != null;
            }
        }

        @Override
        public Optional<StackFrame> apply(Stream<StackFrame> frames) {
            return frames.filter(this).findFirst();
        }

        @Override
        public boolean test(StackFrame frame) {
            return !Traces.isOurs(frame.getClassName());
        }
    }
}
