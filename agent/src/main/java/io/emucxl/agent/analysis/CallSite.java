package io.emucxl.agent.analysis;

import org.objectweb.asm.tree.AbstractInsnNode;

/** A call of a method that is known, with the arrays that go in and come out. */
final class CallSite {
    final AbstractInsnNode instruction;
    final MethodPlaces callee;

    /** One a parameter; null where no array that is followed is passed. */
    final Node[] arguments;

    /** What the caller gets, or null when it is no array. */
    final Node result;

    private boolean active;

    CallSite(AbstractInsnNode instruction, MethodPlaces callee, Node[] arguments, Node result) {
        this.instruction = instruction;
        this.callee = callee;
        this.arguments = arguments;
        this.result = result;
    }

    /** Whether the tiered version is called. */
    boolean active() {
        return active;
    }

    /** Decides that the tiered version is called, and lets the arrays flow. */
    void activate() {
        if (active) {
            return;
        }
        active = true;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] != null && callee.parameters[i] != null) {
                flow(arguments[i], callee.parameters[i]);
            }
        }
        if (result != null && callee.returned != null) {
            flow(callee.returned, result);
        }
    }

    private void flow(Node from, Node to) {
        if (callee.closed) {
            Node.flow(from, to);
        } else {
            Node.flowByChoice(from, to);
        }
    }
}
