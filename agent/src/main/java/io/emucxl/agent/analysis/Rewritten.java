package io.emucxl.agent.analysis;

import java.util.List;

/**
 * A class that was rewritten.
 *
 * @param className internal name of the class
 * @param classFile the new class file
 * @param nullMessages what exceptions say where an accessor meets a null handle
 * @param conflicts uses that the plan did not know and that need heap arrays; the methods that hold
 *     them now throw {@link IncompatibleClassChangeError}
 */
public record Rewritten(
        String className, byte[] classFile, List<NullTable> nullMessages, List<Escape> conflicts) {

    /**
     * The messages of one method.
     *
     * @param methodName the method's name
     * @param methodDescriptor its descriptor after rewriting
     * @param offsets bytecode offsets of the calls of accessors, ascending
     * @param messages one for each offset
     */
    public record NullTable(
            String methodName, String methodDescriptor, int[] offsets, String[] messages) {}
}
