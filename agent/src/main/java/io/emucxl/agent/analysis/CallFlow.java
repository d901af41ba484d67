package io.emucxl.agent.analysis;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.analysis.Frame;

/** The flow of arrays through the calls of one body. */
final class CallFlow {
    private final BodyFlow flow;
    private final Places places;

    /**
     * @param flow the body
     * @param places what lies around it
     */
    CallFlow(BodyFlow flow, Places places) {
        this.flow = flow;
        this.places = places;
    }

    void call(MethodInsnNode insn, Frame<PlaceValue> f, Node made) {
        Type[] types = Type.getArgumentTypes(insn.desc);
        int first = f.getStackSize() - types.length;
        KnownCall known = KnownCall.of(insn);
        if (known != null && known(known, insn, f, first, made)) {
            return;
        }
        if (insn.getOpcode() != Opcodes.INVOKESTATIC) {
            flow.escape(f.getStack(first - 1), insn, "its method " + insn.name + " is called");
        }
        MethodPlaces callee = MethodPlaces.hasArrays(insn.desc) ? places.callee(insn) : null;
        Node[] arguments = new Node[types.length];
        for (int i = 0; i < types.length; i++) {
            PlaceValue v = f.getStack(first + i);
            if (!v.tracked()) {
                continue;
            }
            callee = callee == null ? places.callee(insn) : callee;
            if (callee.unknown == null
                    && callee.parameters[i] != null
                    && callee.parameters[i].descriptor.equals(v.descriptor())) {
                arguments[i] = v.node();
            } else if (!bridged(insn, i, types[i], v) && !(i == 0 && accessesRaw(insn, v))) {
                flow.escape(
                        v,
                        insn,
                        "it is passed to %s.%s%s"
                                .formatted(
                                        insn.owner.replace('/', '.'),
                                        insn.name,
                                        callee.unknown == null
                                                ? " as "
                                                        + ArrayType.inJava(types[i].getDescriptor())
                                                : ", " + callee.unknown));
            }
        }
        if (callee == null) {
            return;
        }
        if (callee.unknown == null) {
            CallSite site = new CallSite(insn, callee, arguments, made);
            flow.calls.add(site);
            if (callee.closed) {
                site.activate();
            }
        } else if (made != null) {
            fromCall(made, insn);
        }
    }

    private boolean known(
            KnownCall known, MethodInsnNode insn, Frame<PlaceValue> f, int first, Node made) {
        switch (known) {
            case CLONE -> {
                return copied(f.getStack(first - 1), insn, made);
            }
            case COPY -> {
                return copied(f.getStack(first), insn, made);
            }
            case IDENTITY -> {
                return true;
            }
            case ARRAYCOPY -> {
                return arraycopy(f.getStack(first), f.getStack(first + 2), insn);
            }
            case FILL_ROWS -> {
                PlaceValue rows = f.getStack(first);
                flow.storeRow(rows, f.getStack(f.getStackSize() - 1), insn);
                return true;
            }
            default -> {
                for (int s = first; s < f.getStackSize(); s++) {
                    flow.element(f.getStack(s), insn);
                }
                return true;
            }
        }
    }

    private boolean copied(PlaceValue from, MethodInsnNode insn, Node made) {
        if (made == null || from.isNull()) {
            return true;
        }
        if (!made.descriptor.equals(from.descriptor())) {
            flow.escape(from, insn, "it is mixed with arrays of another type");
        } else if (ArrayType.dimensions(made.descriptor) > 1) {
            Node.unify(from.node(), made);
        }
        return true;
    }

    private boolean arraycopy(PlaceValue from, PlaceValue to, MethodInsnNode insn) {
        String d = from.descriptor();
        String e = to.descriptor();
        boolean rows =
                (d != null && ArrayType.dimensions(d) > 1)
                        || (e != null && ArrayType.dimensions(e) > 1);
        if (rows && d != null && d.equals(e)) {
            Node.unify(from.node(), to.node());
        } else if (rows) {
            flow.escape(from, insn, "its rows are copied to an array of another type");
            flow.escape(to, insn, "rows are copied to it from an array of another type");
        }
        return true;
    }

    void dynamic(InvokeDynamicInsnNode insn, Frame<PlaceValue> f, Node made) {
        if (made != null) {
            flow.external(made, insn, "it comes from an invokedynamic");
        }
        MethodPlaces body = null;
        for (Object argument : insn.bsmArgs) {
            if (argument instanceof Handle handle) {
                MethodPlaces named = places.callee(handle);
                if (handle.equals(Lambdas.body(insn, flow.owner.name)) && named.unknown == null) {
                    body = named;
                }
            }
        }
        int count = Type.getArgumentTypes(insn.desc).length;
        int first = f.getStackSize() - count;
        int offset = body == null ? 0 : Lambdas.receivers(insn);
        Node[] captured = new Node[body == null ? 0 : body.parameters.length];
        for (int i = 0; i < count; i++) {
            PlaceValue v = f.getStack(first + i);
            Node parameter = body == null || i < offset ? null : body.parameters[i - offset];
            if (parameter != null && parameter.descriptor.equals(v.descriptor())) {
                captured[i - offset] = v.node();
            } else {
                flow.escape(v, insn, "it is captured by an invokedynamic (" + insn.name + ")");
            }
        }
        if (body != null) {
            Lambdas.bar(body, count - offset, flow.at(insn));
            flow.calls.add(new CallSite(insn, body, captured, null));
        }
    }

    /** Whether a copy on the heap can be passed, because the callee takes any object and looks. */
    boolean bridged(MethodInsnNode insn, int parameter, Type type, PlaceValue v) {
        String d = v.descriptor();
        if (d == null || ArrayType.dimensions(d) > 1) {
            return false;
        }
        return d.equals(type.getDescriptor())
                ? JdkReaders.reads(insn, parameter)
                : type.getDescriptor().equals("Ljava/lang/Object;")
                        && places.onlyReads(insn, parameter, d);
    }

    /** Whether a call accesses an array by {@code Unsafe}, and will do so in a region. */
    boolean accessesRaw(MethodInsnNode insn, PlaceValue v) {
        String d = v.descriptor();
        return d != null && ArrayType.dimensions(d) == 1 && places.accessesRaw(insn);
    }

    void fromCall(Node made, MethodInsnNode insn) {
        flow.external(
                made,
                insn,
                "it comes from %s.%s".formatted(insn.owner.replace('/', '.'), insn.name));
    }
}
