package io.emucxl.agent.analysis;

import java.util.List;

/** A class that was rewritten. */
public final class Rewritten {
    private final String className;
    private final byte[] classFile;
    private final List<NullTable> nullMessages;
    private final List<Escape> conflicts;
    private final boolean serialized;

    /**
     * The outcome of rewriting a class.
     *
     * @param className internal name of the class
     * @param classFile the new class file
     * @param nullMessages what exceptions say where an accessor meets a null handle
     * @param conflicts uses that need heap arrays
     * @param serialized whether a field of its serialized form holds a handle
     */
    public Rewritten(
            String className,
            byte[] classFile,
            List<NullTable> nullMessages,
            List<Escape> conflicts,
            boolean serialized) {
        this.className = className;
        this.classFile = classFile;
        this.nullMessages = List.copyOf(nullMessages);
        this.conflicts = List.copyOf(conflicts);
        this.serialized = serialized;
    }

    /** Internal name of the class. */
    public String className() {
        return className;
    }

    /** The new class file; the caller's own. */
    public byte[] classFile() {
        return classFile.clone();
    }

    /** What exceptions say where an accessor meets a null handle. */
    public List<NullTable> nullMessages() {
        return nullMessages;
    }

    /**
     * Uses that the plan did not know and that need heap arrays; the methods that hold them now
     * throw {@link IncompatibleClassChangeError}.
     */
    public List<Escape> conflicts() {
        return conflicts;
    }

    /**
     * Whether a field of its serialized form holds a handle: before it is defined, {@code java.io}
     * must have been told of handles.
     */
    public boolean serialized() {
        return serialized;
    }

    /** The messages of one method. */
    public static final class NullTable {
        private final String methodName;
        private final String methodDescriptor;
        private final int[] offsets;
        private final String[] messages;

        /**
         * The messages of a method.
         *
         * @param methodName the method's name
         * @param methodDescriptor its descriptor after rewriting
         * @param offsets bytecode offsets of the calls of accessors, ascending
         * @param messages one message for each offset
         */
        public NullTable(
                String methodName, String methodDescriptor, int[] offsets, String[] messages) {
            this.methodName = methodName;
            this.methodDescriptor = methodDescriptor;
            this.offsets = offsets;
            this.messages = messages;
        }

        /** The method's name. */
        public String methodName() {
            return methodName;
        }

        /** Its descriptor after rewriting. */
        public String methodDescriptor() {
            return methodDescriptor;
        }

        /** Bytecode offsets of the calls of accessors, ascending. */
        public int[] offsets() {
            return offsets.clone();
        }

        /** One message for each offset. */
        public String[] messages() {
            return messages.clone();
        }
    }
}
