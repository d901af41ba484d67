package io.emucxl.agent.analysis;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;

/** The invokedynamic instructions that javac makes of lambda expressions. */
final class Lambdas {
    private static final int BODY = 1;

    private Lambdas() {}

    /**
     * The body of a lambda expression, when an instruction makes one.
     *
     * @param insn the instruction
     * @param owner the class that it is in
     * @return the handle of the synthetic method, or null for everything else
     */
    static Handle body(InvokeDynamicInsnNode insn, String owner) {
        boolean lambda =
                insn.bsm.getOwner().equals("java/lang/invoke/LambdaMetafactory")
                        && insn.bsm.getName().equals("metafactory")
                        && insn.bsmArgs.length > BODY
                        && insn.bsmArgs[BODY] instanceof Handle;
        if (!lambda) {
            return null;
        }
        Handle h = (Handle) insn.bsmArgs[BODY];
        return h.getOwner().equals(owner) && h.getName().startsWith("lambda$") ? h : null;
    }

    /** How many of the captured values are the receiver: one when the body is no static method. */
    static int receivers(InvokeDynamicInsnNode insn) {
        return ((Handle) insn.bsmArgs[BODY]).getTag() == Opcodes.H_INVOKESTATIC ? 0 : 1;
    }

    /** Keeps on the heap what the callers of a lambda pass and get: its interface says arrays. */
    static void bar(MethodPlaces body, int captured, String at) {
        Escape why = new Escape(at, "it goes through the interface of a lambda");
        for (int i = captured; i < body.parameters.length; i++) {
            if (body.parameters[i] != null) {
                body.parameters[i].escapes(why);
            }
        }
        if (body.returned != null) {
            body.returned.escapes(why);
        }
    }

    /** Lets a lambda run another version of its body, which captures handles. */
    static void retarget(InvokeDynamicInsnNode insn, String descriptor) {
        Handle h = (Handle) insn.bsmArgs[BODY];
        Object[] arguments = insn.bsmArgs.clone();
        arguments[BODY] =
                new Handle(h.getTag(), h.getOwner(), h.getName(), descriptor, h.isInterface());
        insn.bsmArgs = arguments;
        int offset = receivers(insn);
        Type[] captured = Type.getArgumentTypes(insn.desc);
        Type[] parameters = Type.getArgumentTypes(descriptor);
        System.arraycopy(parameters, 0, captured, offset, captured.length - offset);
        insn.desc = Type.getMethodDescriptor(Type.getReturnType(insn.desc), captured);
    }
}
