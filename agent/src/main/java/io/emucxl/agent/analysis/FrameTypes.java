package io.emucxl.agent.analysis;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * Types of local variables and stack slots after rewriting: the stack map frames are kept, and the
 * array types in them are replaced, so that no class hierarchy has to be looked at.
 */
final class FrameTypes {
    private final AbstractInsnNode[] order;
    private final List<Frame<PlaceValue>> frames;

    FrameTypes(AbstractInsnNode[] order, List<Frame<PlaceValue>> frames) {
        this.order = order;
        this.frames = frames;
    }

    /**
     * @param method the body, not rewritten yet
     * @param window a local variable of type int that exists everywhere, or -1
     */
    void rewrite(MethodNode method, int window) {
        for (int i = 0; i < order.length; i++) {
            if (order[i] instanceof FrameNode node) {
                if (frames.get(i) == null) {
                    method.instructions.remove(node);
                } else {
                    rewrite(node, frames.get(i), window);
                }
            }
        }
        if (method.localVariables != null) {
            method.localVariables.removeIf(v -> !rewrite(v, method));
        }
    }

    private static void rewrite(FrameNode node, Frame<PlaceValue> f, int window) {
        List<Object> locals = new ArrayList<>();
        int index = 0;
        for (Object type : node.local) {
            locals.add(typeOf(type, f.getLocal(index)));
            index += type == Opcodes.LONG || type == Opcodes.DOUBLE ? 2 : 1;
        }
        if (window >= 0) {
            for (; index < window; index++) {
                locals.add(Opcodes.TOP);
            }
            locals.add(Opcodes.INTEGER);
        }
        List<Object> stack = new ArrayList<>();
        for (int s = 0; s < node.stack.size(); s++) {
            stack.add(typeOf(node.stack.get(s), f.getStack(s)));
        }
        node.local = locals;
        node.stack = stack;
    }

    private static Object typeOf(Object type, PlaceValue value) {
        if (!(type instanceof String d) || !ArrayType.is(d)) {
            return type;
        }
        if (value.isNull()) {
            return Opcodes.NULL;
        }
        int tiered = 0;
        for (Node n : value.nodes()) {
            tiered += n.representative().tiered ? 1 : 0;
        }
        if (tiered == 0) {
            return type;
        }
        // Where handles and heap arrays meet and nothing uses the outcome, it is unusable.
        return tiered == value.nodes().size() && !value.other()
                ? ArrayType.tieredOperand(d)
                : Opcodes.TOP;
    }

    private boolean rewrite(LocalVariableNode v, MethodNode method) {
        if (!ArrayType.is(v.desc)) {
            return true;
        }
        int start = method.instructions.indexOf(v.start);
        int end = method.instructions.indexOf(v.end);
        for (int i = start; i < end; i++) {
            Frame<PlaceValue> f = frames.get(i);
            PlaceValue value = f == null ? null : f.getLocal(v.index);
            if (value != null && value.tracked()) {
                Object type = typeOf(v.desc, value);
                if (type == Opcodes.TOP) {
                    return false;
                }
                v.desc = type.equals(v.desc) ? v.desc : ArrayType.tiered(v.desc);
                v.signature = null;
                return true;
            }
        }
        return true;
    }
}
