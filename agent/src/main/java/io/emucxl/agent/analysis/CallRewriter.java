package io.emucxl.agent.analysis;

import static io.emucxl.agent.analysis.HandleCode.HANDLE_TYPE;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Frame;

/** Replaces, in one body, calls that get or give arrays. */
final class CallRewriter {
    private static final Supplier<InsnList> WRAPPING = HandleCode::wrapping;

    private final BodyFlow flow;
    private final InsnList code;
    private final Arguments arguments;
    private final NullCalls nullCalls;

    /**
     * @param flow the body
     * @param arguments of its calls
     * @param nullCalls where it can meet null
     */
    CallRewriter(BodyFlow flow, Arguments arguments, NullCalls nullCalls) {
        this.flow = flow;
        this.code = flow.method.instructions;
        this.arguments = arguments;
        this.nullCalls = nullCalls;
    }

    void call(int i, MethodInsnNode insn, Frame<PlaceValue> f, Node made) {
        Type[] types = Type.getArgumentTypes(insn.desc);
        int first = f.getStackSize() - types.length;
        KnownCall known = KnownCall.of(insn);
        if (known != null) {
            known(known, i, insn, f, first, made);
            return;
        }
        if (types.length > 1
                && f.getStack(first).isHandle()
                && flow.callFlow().accessesRaw(insn, f.getStack(first))) {
            accessRaw(insn, types);
            return;
        }
        snapshots(insn, types, f, first);
        CallSite site = flow.call(insn);
        boolean changed = false;
        if (site != null && site.active()) {
            String d = site.callee.tieredDescriptor();
            changed = !d.equals(insn.desc);
            List<Integer> toWrap = new ArrayList<>();
            for (int p = 0; p < types.length; p++) {
                Node parameter = site.callee.parameters[p];
                if (parameter != null
                        && parameter.representative().tiered
                        && f.getStack(first + p).isHeap()) {
                    toWrap.add(p);
                }
            }
            arguments.convert(insn, types, toWrap, WRAPPING);
            insn.desc = d;
            insn.name = changed ? site.callee.tieredName : insn.name;
        }
        boolean returnsHandle =
                changed && Type.getReturnType(insn.desc).getDescriptor().endsWith(HANDLE_TYPE);
        if (made != null && made.representative().tiered && !returnsHandle) {
            code.insert(insn, HandleCode.wrap());
        }
    }

    void lambda(InvokeDynamicInsnNode insn, Frame<PlaceValue> f) {
        CallSite site = flow.call(insn);
        if (site == null || !site.active()) {
            return;
        }
        int offset = Lambdas.receivers(insn);
        Type[] types = Type.getArgumentTypes(insn.desc);
        List<Integer> toWrap = new ArrayList<>();
        for (int p = offset; p < types.length; p++) {
            Node parameter = site.callee.parameters[p - offset];
            if (parameter != null
                    && parameter.representative().tiered
                    && f.getStack(f.getStackSize() - types.length + p).isHeap()) {
                toWrap.add(p);
            }
        }
        arguments.convert(insn, types, toWrap, WRAPPING);
        Lambdas.retarget(insn, site.callee.tieredDescriptor());
    }

    /**
     * Passes the object and the offset by which Unsafe reaches the array that a handle stands for.
     */
    private void accessRaw(MethodInsnNode insn, Type[] types) {
        int[] locals = arguments.store(insn, types, 0);
        InsnList c = new InsnList();
        c.add(new VarInsnNode(Opcodes.ALOAD, locals[0]));
        c.add(HandleCode.rawAccess("base", '(' + HANDLE_TYPE + ")Ljava/lang/Object;"));
        c.add(new VarInsnNode(Opcodes.ALOAD, locals[0]));
        c.add(new VarInsnNode(Opcodes.LLOAD, locals[1]));
        c.add(HandleCode.rawAccess("offset", '(' + HANDLE_TYPE + "J)J"));
        for (int p = 2; p < types.length; p++) {
            c.add(new VarInsnNode(types[p].getOpcode(Opcodes.ILOAD), locals[p]));
        }
        code.insertBefore(insn, c);
        InsnList after = new InsnList();
        after.add(new VarInsnNode(Opcodes.ALOAD, locals[0]));
        after.add(
                new MethodInsnNode(
                        Opcodes.INVOKESTATIC,
                        "java/lang/ref/Reference",
                        "reachabilityFence",
                        "(Ljava/lang/Object;)V",
                        false));
        code.insert(insn, after);
    }

    /** Passes copies on the heap to a method that only looks at an array. */
    private void snapshots(MethodInsnNode insn, Type[] types, Frame<PlaceValue> f, int first) {
        List<Integer> which = new ArrayList<>();
        for (int p = 0; p < types.length; p++) {
            PlaceValue v = f.getStack(first + p);
            if (v.isHandle() && flow.callFlow().bridged(insn, p, types[p], v)) {
                if (JdkReaders.readsRange(insn, p)) {
                    range(insn, types, p);
                } else {
                    which.add(p);
                }
            }
        }
        for (int p : which) {
            arguments.convert(insn, types, List.of(p), () -> HandleCode.snapshot(types[p]));
        }
    }

    /** Passes a copy of the range that a call reads, and where the range begins in the copy. */
    private void range(MethodInsnNode insn, Type[] types, int array) {
        int[] locals = arguments.store(insn, types, array);
        int copy = arguments.local();
        InsnList c = new InsnList();
        c.add(new VarInsnNode(Opcodes.ALOAD, locals[array]));
        c.add(new VarInsnNode(Opcodes.ILOAD, locals[array + 1]));
        c.add(new VarInsnNode(Opcodes.ILOAD, locals[array + 2]));
        c.add(HandleCode.copies("range", '(' + HANDLE_TYPE + "II)Ljava/lang/Object;"));
        c.add(new TypeInsnNode(Opcodes.CHECKCAST, types[array].getInternalName()));
        c.add(new InsnNode(Opcodes.DUP));
        c.add(new VarInsnNode(Opcodes.ASTORE, copy));
        c.add(new VarInsnNode(Opcodes.ALOAD, copy));
        c.add(new VarInsnNode(Opcodes.ALOAD, locals[array]));
        c.add(new VarInsnNode(Opcodes.ILOAD, locals[array + 1]));
        c.add(HandleCode.copies("offset", "(Ljava/lang/Object;" + HANDLE_TYPE + "I)I"));
        for (int p = array + 2; p < types.length; p++) {
            c.add(new VarInsnNode(types[p].getOpcode(Opcodes.ILOAD), locals[p]));
        }
        code.insertBefore(insn, c);
    }

    private void known(
            KnownCall known,
            int i,
            MethodInsnNode insn,
            Frame<PlaceValue> f,
            int first,
            Node made) {
        switch (known) {
            case CLONE -> copy(i, insn, f.getStack(first - 1), made);
            case COPY -> copy(i, insn, f.getStack(first), made);
            case ARRAYCOPY -> {
                if (f.getStack(first).isHandle() || f.getStack(first + 2).isHandle()) {
                    insn.owner = "io/emucxl/runtime/Copies";
                }
            }
            case FILL_ROWS -> {
                if (f.getStack(first).isTiered() && f.getStack(f.getStackSize() - 1).isHeap()) {
                    code.insertBefore(insn, HandleCode.wrap());
                }
            }
            case ARRAYS, STREAM_OF -> arrays(insn, f, first);
            case BUFFER -> buffer(i, insn, f, first);
            case IDENTITY -> {
                // A handle is null when the array is.
            }
        }
    }

    private void copy(int i, MethodInsnNode insn, PlaceValue from, Node made) {
        if (made == null) {
            return;
        }
        boolean result = made.representative().tiered;
        if (ArrayType.dimensions(made.descriptor) > 1) {
            if (result && insn.owner.startsWith("[")) {
                insn.owner = ArrayType.tiered(made.descriptor);
            }
            return;
        }
        if (!result && !from.isTiered()) {
            return;
        }
        boolean clones = insn.owner.startsWith("[");
        Type[] rest = clones ? new Type[0] : Type.getArgumentTypes(insn.desc);
        if (from.isHeap()) {
            if (clones) {
                code.insertBefore(insn, HandleCode.wrap());
            } else {
                arguments.convert(insn, rest, List.of(0), WRAPPING);
            }
        }
        String operands = '(' + HANDLE_TYPE + "I".repeat(clones ? 0 : rest.length - 1);
        String name = insn.name;
        String d;
        if (result) {
            code.insertBefore(insn, HandleCode.push(made.representative().target));
            d = operands + "I)" + HANDLE_TYPE;
        } else {
            name = "heap" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
            d = operands + ")Ljava/lang/Object;";
            code.insert(insn, new TypeInsnNode(Opcodes.CHECKCAST, made.descriptor));
        }
        if (clones) {
            nullCalls.note(i, 0);
        }
        code.set(
                insn,
                new MethodInsnNode(
                        Opcodes.INVOKESTATIC, "io/emucxl/runtime/FreshCopies", name, d, false));
    }

    /** A bulk method of a buffer becomes a static one, which is given the buffer. */
    private void buffer(int i, MethodInsnNode insn, Frame<PlaceValue> f, int first) {
        Type[] types = Type.getArgumentTypes(insn.desc);
        int array = ArrayType.is(types[0].getDescriptor()) ? 0 : 1;
        if (!f.getStack(first + array).isHandle()) {
            return;
        }
        String kind = types[array].getDescriptor();
        Type buffer = Type.getReturnType(insn.desc);
        types[array] = Type.getObjectType(ArrayType.HANDLE);
        StringBuilder d = new StringBuilder("(").append(buffer);
        for (Type t : types) {
            d.append(t);
        }
        nullCalls.note(i, types.length);
        code.set(
                insn,
                new MethodInsnNode(
                        Opcodes.INVOKESTATIC,
                        ArrayType.buffers(kind.charAt(1)),
                        insn.name,
                        d.append(')').append(buffer).toString(),
                        false));
    }

    private void arrays(MethodInsnNode insn, Frame<PlaceValue> f, int first) {
        Type[] types = Type.getArgumentTypes(insn.desc);
        List<Integer> toWrap = new ArrayList<>();
        boolean any = false;
        char kind = 0;
        StringBuilder d = new StringBuilder("(");
        for (int p = 0; p < types.length; p++) {
            String t = types[p].getDescriptor();
            if (ArrayType.is(t)) {
                kind = t.charAt(1);
                any |= f.getStack(first + p).isHandle();
                if (f.getStack(first + p).isHeap()) {
                    toWrap.add(p);
                }
                t = HANDLE_TYPE;
            }
            d.append(t);
        }
        if (!any) {
            return;
        }
        arguments.convert(insn, types, toWrap, WRAPPING);
        d.append(')').append(Type.getReturnType(insn.desc).getDescriptor());
        String name = insn.name.equals("of") ? "stream" : insn.name;
        code.set(
                insn,
                new MethodInsnNode(
                        Opcodes.INVOKESTATIC,
                        ArrayType.arrays(kind, name),
                        name,
                        d.toString(),
                        false));
    }
}
