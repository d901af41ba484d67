package io.emucxl.agent.analysis;

import org.objectweb.asm.Handle;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** What lies outside of one method's body: the fields and methods that its instructions name. */
interface Places {
    /**
     * The field that an instruction means. A field that cannot be found or rewritten has a node
     * that escapes.
     */
    Node field(FieldInsnNode instruction);

    /** Whether an instruction reads a constant that is an array of arrays without elements. */
    boolean readsEmpty(FieldInsnNode instruction);

    /** The method that an instruction calls. */
    MethodPlaces callee(MethodInsnNode call);

    /** Whether a call does no more with an array than look at it, so that a copy will do. */
    boolean onlyReads(MethodInsnNode call, int parameter, String descriptor);

    /** Whether a call accesses its first parameter by {@code Unsafe}, at the offset behind it. */
    boolean accessesRaw(MethodInsnNode call);

    /** The method that a handle among the arguments of an invokedynamic stands for. */
    MethodPlaces callee(Handle handle);
}
