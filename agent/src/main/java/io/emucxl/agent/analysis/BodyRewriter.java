package io.emucxl.agent.analysis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;

/** Replaces, in one body, the instructions on arrays by those on handles. */
final class BodyRewriter {
    private static final String HANDLE = ArrayType.HANDLE;
    private static final String COPIES = "io/emucxl/runtime/FreshCopies";
    private static final String HANDLE_TYPE = 'L' + HANDLE + ';';
    private static final String ROWS_TYPE = '[' + HANDLE_TYPE;

    /**
     * A call of an accessor that can meet a null handle.
     *
     * @param at label of the call
     * @param message what the exception says
     */
    record NullCall(LabelNode at, String message) {}

    private final BodyFlow flow;
    private final MethodNode method;
    private final InsnList code;
    private final AbstractInsnNode[] order;
    private final List<Frame<PlaceValue>> frames = new ArrayList<>();
    private final Windows windows;
    private final InOrder inOrder;
    private final NullReasons reasons;
    private final List<NullCall> nullCalls = new ArrayList<>();

    /** What the JVM's own messages would print otherwise: calls and accesses that change. */
    private final Set<AbstractInsnNode> renamed = new HashSet<>();

    /**
     * @param flow the body, of which every place has been decided; it is changed
     */
    BodyRewriter(BodyFlow flow) throws AnalyzerException {
        this.flow = flow;
        this.method = flow.method;
        this.code = method.instructions;
        this.order = code.toArray();
        for (AbstractInsnNode n : order) {
            frames.add(flow.frame(n));
        }
        this.reasons = new NullReasons(flow.owner.name, method);
        for (int i = 0; i < order.length; i++) {
            if (frames.get(i) != null && renames(order[i], frames.get(i))) {
                renamed.add(order[i]);
            }
        }
        this.windows = new Windows(method, order, this::accesses);
        this.inOrder = new InOrder(windows, reasons, order, this::accesses);
    }

    /** Rewrites the body, its stack map frames and its tables of local variables. */
    List<NullCall> rewrite() {
        new FrameTypes(order, frames).rewrite(method, windows.local());
        for (int i = 0; i < order.length; i++) {
            if (order[i].getOpcode() < 0) {
                continue;
            }
            if (frames.get(i) == null) {
                code.remove(order[i]);
            } else {
                checkNull(i, order[i], frames.get(i));
                instruction(i, order[i], frames.get(i));
            }
        }
        method.tryCatchBlocks.removeIf(t -> empty(t.start, t.end));
        windows.insert();
        wrapParameters();
        return nullCalls;
    }

    private static boolean empty(LabelNode start, LabelNode end) {
        AbstractInsnNode n = start;
        while (n != null && n != end && n.getOpcode() < 0) {
            n = n.getNext();
        }
        return n == end;
    }

    /** Whether an instruction becomes an accessor that is told of the sampling window. */
    private boolean accesses(int i) {
        Frame<PlaceValue> f = frames.get(i);
        int op = order[i].getOpcode();
        if (f == null) {
            return false;
        }
        int top = f.getStackSize() - 1;
        if (op >= Opcodes.IALOAD && op <= Opcodes.SALOAD && op != Opcodes.AALOAD) {
            return handle(f.getStack(top - 1));
        }
        return op >= Opcodes.IASTORE
                && op <= Opcodes.SASTORE
                && op != Opcodes.AASTORE
                && handle(f.getStack(top - 2));
    }

    private static boolean tiered(PlaceValue v) {
        return v.tracked() && v.node().tiered;
    }

    /** Whether it is a handle, not an array of handles. */
    private static boolean handle(PlaceValue v) {
        return tiered(v) && ArrayType.dimensions(v.node().descriptor) == 1;
    }

    /** Whether it is an array of handles, which some constant without elements may be. */
    private static boolean rows(PlaceValue v) {
        return tiered(v) && !v.other() && ArrayType.dimensions(v.node().descriptor) == 2;
    }

    /** Whether it is a heap array that must be wrapped to become a handle. */
    private static boolean heap(PlaceValue v) {
        return v.tracked() && !v.node().tiered;
    }

    private void instruction(int i, AbstractInsnNode insn, Frame<PlaceValue> f) {
        int top = f.getStackSize() - 1;
        int op = insn.getOpcode();
        Node made = flow.made(insn);
        switch (op) {
            case Opcodes.IALOAD,
                    Opcodes.LALOAD,
                    Opcodes.FALOAD,
                    Opcodes.DALOAD,
                    Opcodes.BALOAD,
                    Opcodes.CALOAD,
                    Opcodes.SALOAD ->
                    load(i, f.getStack(top - 1));
            case Opcodes.IASTORE,
                    Opcodes.LASTORE,
                    Opcodes.FASTORE,
                    Opcodes.DASTORE,
                    Opcodes.BASTORE,
                    Opcodes.CASTORE,
                    Opcodes.SASTORE ->
                    store(i, f.getStack(top - 2));
            case Opcodes.ARRAYLENGTH -> {
                if (handle(f.getStack(top))) {
                    nullCall(i, 0);
                    code.set(insn, handleCall("length", "(" + HANDLE_TYPE + ")I"));
                }
            }
            case Opcodes.AALOAD -> {
                if (made != null && made.representative().tiered && !tiered(f.getStack(top - 1))) {
                    wrapAfter(insn);
                }
            }
            case Opcodes.AASTORE -> {
                if (tiered(f.getStack(top - 2)) && heap(f.getStack(top))) {
                    wrapBefore(insn);
                }
            }
            case Opcodes.GETFIELD, Opcodes.GETSTATIC -> readField((FieldInsnNode) insn, made);
            case Opcodes.PUTFIELD, Opcodes.PUTSTATIC ->
                    writeField((FieldInsnNode) insn, f.getStack(top));
            case Opcodes.ARETURN -> {
                Node r = flow.tracked == null ? null : flow.tracked.returned;
                boolean handles = r != null && r.representative().tiered;
                if (handles && heap(f.getStack(top))) {
                    wrapBefore(insn);
                } else if (!handles && handle(f.getStack(top))) {
                    code.insertBefore(insn, snapshot(Type.getReturnType(method.desc)));
                }
            }
            case Opcodes.CHECKCAST -> cast((TypeInsnNode) insn, f.getStack(top), made);
            case Opcodes.IF_ACMPEQ, Opcodes.IF_ACMPNE ->
                    compare((JumpInsnNode) insn, f.getStack(top - 1), f.getStack(top));
            case Opcodes.NEWARRAY, Opcodes.ANEWARRAY, Opcodes.MULTIANEWARRAY -> {
                if (made != null && made.representative().tiered) {
                    allocate(insn, made);
                }
            }
            case Opcodes.INVOKEDYNAMIC -> {
                lambda((InvokeDynamicInsnNode) insn, f);
                if (made != null && made.representative().tiered) {
                    wrapAfter(insn);
                }
            }
            case Opcodes.LDC -> {
                if (made != null && made.representative().tiered) {
                    wrapAfter(insn);
                }
            }
            case Opcodes.INVOKEVIRTUAL,
                    Opcodes.INVOKESPECIAL,
                    Opcodes.INVOKESTATIC,
                    Opcodes.INVOKEINTERFACE ->
                    call(i, (MethodInsnNode) insn, f, made);
            default -> {
                // Does not touch arrays.
            }
        }
    }

    private boolean renames(AbstractInsnNode insn, Frame<PlaceValue> f) {
        int top = f.getStackSize() - 1;
        int op = insn.getOpcode();
        if (op >= Opcodes.IALOAD && op <= Opcodes.SALOAD) {
            return handle(f.getStack(top - 1));
        } else if (op == Opcodes.ARRAYLENGTH) {
            return handle(f.getStack(top));
        } else if (insn instanceof MethodInsnNode call) {
            CallSite s = flow.call(insn);
            boolean resigned =
                    s != null
                            && s.active()
                            && !s.callee.tieredDescriptor().equals(s.callee.id.descriptor());
            return resigned || (KnownCall.of(call) == KnownCall.CLONE && tiered(f.getStack(top)));
        }
        return false;
    }

    /** Checks for null before the JVM does, where its message would show rewritten code. */
    private void checkNull(int i, AbstractInsnNode insn, Frame<PlaceValue> f) {
        Type[] above = Dereference.above(insn);
        if (above == null || renamed.isEmpty()) {
            return;
        }
        PlaceValue object = f.getStack(f.getStackSize() - 1 - above.length);
        if (handle(object) || !reasons.mentions(i, above.length, renamed)) {
            return;
        }
        int[] locals = store(insn, above, 0);
        code.insertBefore(insn, new InsnNode(Opcodes.DUP));
        nullCall(i, above.length);
        code.insertBefore(
                insn,
                new MethodInsnNode(
                        Opcodes.INVOKESTATIC,
                        "io/emucxl/runtime/NullChecks",
                        "check",
                        "(Ljava/lang/Object;)V",
                        false));
        for (int p = 0; p < above.length; p++) {
            code.insertBefore(insn, new VarInsnNode(above[p].getOpcode(Opcodes.ILOAD), locals[p]));
        }
    }

    private static MethodInsnNode handleCall(String name, String descriptor) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, HANDLE, name, descriptor, false);
    }

    private static MethodInsnNode wrap() {
        return handleCall("wrap", "(Ljava/lang/Object;)" + HANDLE_TYPE);
    }

    private static InsnList wrapping() {
        InsnList made = new InsnList();
        made.add(wrap());
        return made;
    }

    private void wrapAfter(AbstractInsnNode insn) {
        code.insert(insn, wrap());
    }

    private void wrapBefore(AbstractInsnNode insn) {
        code.insertBefore(insn, wrap());
    }

    /** Notes that the call that takes an instruction's place may meet a null handle. */
    private void nullCall(int i, int depth) {
        LabelNode label = new LabelNode();
        code.insertBefore(order[i], label);
        nullCalls.add(new NullCall(label, reasons.message(i, depth)));
    }

    /** The accessor for an element whose index is so far below the top of the stack. */
    private String accessor(String name, int access, int index) {
        return inOrder.test(access, index) ? name + "InOrder" : name;
    }

    private void load(int i, PlaceValue array) {
        if (!handle(array)) {
            return;
        }
        char kind = array.node().descriptor.charAt(1);
        String flag = windows.push(order[i], code);
        nullCall(i, 1);
        code.set(
                order[i],
                new MethodInsnNode(
                        Opcodes.INVOKESTATIC,
                        ArrayType.elements(kind),
                        accessor("get", i, 0),
                        "(" + HANDLE_TYPE + 'I' + flag + ')' + kind,
                        false));
    }

    private void store(int i, PlaceValue array) {
        if (!handle(array)) {
            return;
        }
        char kind = array.node().descriptor.charAt(1);
        String flag = windows.push(order[i], code);
        nullCall(i, 2);
        code.set(
                order[i],
                new MethodInsnNode(
                        Opcodes.INVOKESTATIC,
                        ArrayType.elements(kind),
                        accessor("set", i, 1),
                        "(" + HANDLE_TYPE + 'I' + kind + flag + ")V",
                        false));
    }

    private void readField(FieldInsnNode insn, Node made) {
        if (made == null) {
            return;
        }
        boolean placed = flow.field(insn).representative().tiered;
        if (placed) {
            insn.desc = ArrayType.tiered(insn.desc);
        } else if (made.representative().tiered && ArrayType.dimensions(insn.desc) > 1) {
            code.insert(insn, emptyRows("wrap", "(Ljava/lang/Object;)" + ROWS_TYPE));
        } else if (made.representative().tiered) {
            wrapAfter(insn);
        }
    }

    private static MethodInsnNode emptyRows(String name, String descriptor) {
        return new MethodInsnNode(
                Opcodes.INVOKESTATIC, "io/emucxl/runtime/EmptyRows", name, descriptor, false);
    }

    private void writeField(FieldInsnNode insn, PlaceValue value) {
        if (ArrayType.is(insn.desc) && flow.field(insn).representative().tiered) {
            insn.desc = ArrayType.tiered(insn.desc);
            if (heap(value)) {
                wrapBefore(insn);
            }
        }
    }

    private void cast(TypeInsnNode insn, PlaceValue value, Node made) {
        if (made != null) {
            if (made.representative().tiered) {
                wrapAfter(insn);
            }
        } else if (ArrayType.is(insn.desc) && tiered(value)) {
            insn.desc = ArrayType.tieredOperand(insn.desc);
        } else if (ArrayType.is(insn.desc) && value.isNull()) {
            // A null that merges with handles later must not bear the heap type.
            code.insert(insn, new InsnNode(Opcodes.ACONST_NULL));
            code.set(insn, new InsnNode(Opcodes.POP));
        }
    }

    private void compare(JumpInsnNode insn, PlaceValue a, PlaceValue b) {
        boolean first = handle(a) && !a.other();
        boolean second = handle(b) && !b.other();
        if (first || second) {
            if (!first) {
                code.insertBefore(insn, new InsnNode(Opcodes.SWAP));
            }
            String other = first && second ? HANDLE_TYPE : "Ljava/lang/Object;";
            code.insertBefore(insn, handleCall("same", "(" + HANDLE_TYPE + other + ")Z"));
        } else if (rows(a) != rows(b) && !a.isNull() && !b.isNull()) {
            if (rows(b)) {
                code.insertBefore(insn, new InsnNode(Opcodes.SWAP));
            }
            code.insertBefore(insn, emptyRows("same", '(' + ROWS_TYPE + "Ljava/lang/Object;)Z"));
        } else {
            return;
        }
        insn.setOpcode(insn.getOpcode() == Opcodes.IF_ACMPEQ ? Opcodes.IFNE : Opcodes.IFEQ);
    }

    private static AbstractInsnNode push(int n) {
        if (n >= -1 && n <= 5) {
            return new InsnNode(Opcodes.ICONST_0 + n);
        } else if (n >= Byte.MIN_VALUE && n <= Byte.MAX_VALUE) {
            return new IntInsnNode(Opcodes.BIPUSH, n);
        }
        return new LdcInsnNode(n);
    }

    private void allocate(AbstractInsnNode insn, Node made) {
        String d = made.descriptor;
        char kind = d.charAt(d.length() - 1);
        int target = made.representative().target;
        if (insn.getOpcode() == Opcodes.NEWARRAY) {
            code.insertBefore(insn, push(target));
            code.set(insn, elements(kind, "allocate", "(II)" + HANDLE_TYPE));
        } else if (insn instanceof TypeInsnNode rows) {
            rows.desc = ArrayType.tieredOperand(rows.desc);
        } else if (insn instanceof MultiANewArrayInsnNode multi) {
            int dimensions = ArrayType.dimensions(d);
            if (multi.dims < dimensions) {
                multi.desc = ArrayType.tiered(d);
            } else if (dimensions == 1) {
                code.insertBefore(insn, push(target));
                code.set(insn, elements(kind, "allocate", "(II)" + HANDLE_TYPE));
            } else {
                code.insertBefore(insn, push(target));
                code.set(insn, elements(kind, "allocateRows", "(III)[" + HANDLE_TYPE));
            }
        }
    }

    private static MethodInsnNode elements(char kind, String name, String descriptor) {
        return new MethodInsnNode(
                Opcodes.INVOKESTATIC, ArrayType.elements(kind), name, descriptor, false);
    }

    private void call(int i, MethodInsnNode insn, Frame<PlaceValue> f, Node made) {
        Type[] types = Type.getArgumentTypes(insn.desc);
        int first = f.getStackSize() - types.length;
        KnownCall known = KnownCall.of(insn);
        if (known != null) {
            known(known, i, insn, f, first, made);
            return;
        }
        if (types.length > 1
                && handle(f.getStack(first))
                && flow.accessesRaw(insn, f.getStack(first))) {
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
                        && heap(f.getStack(first + p))) {
                    toWrap.add(p);
                }
            }
            convertArguments(insn, types, toWrap, BodyRewriter::wrapping);
            insn.desc = d;
            insn.name = changed ? site.callee.tieredName : insn.name;
        }
        boolean returnsHandle =
                changed && Type.getReturnType(insn.desc).getDescriptor().endsWith(HANDLE_TYPE);
        if (made != null && made.representative().tiered && !returnsHandle) {
            wrapAfter(insn);
        }
    }

    private void lambda(InvokeDynamicInsnNode insn, Frame<PlaceValue> f) {
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
                    && heap(f.getStack(f.getStackSize() - types.length + p))) {
                toWrap.add(p);
            }
        }
        convertArguments(insn, types, toWrap, BodyRewriter::wrapping);
        Lambdas.retarget(insn, site.callee.tieredDescriptor());
    }

    /**
     * Passes the object and the offset by which Unsafe reaches the array that a handle stands for.
     */
    private void accessRaw(MethodInsnNode insn, Type[] types) {
        int[] locals = store(insn, types, 0);
        InsnList c = new InsnList();
        c.add(new VarInsnNode(Opcodes.ALOAD, locals[0]));
        c.add(rawAccess("base", '(' + HANDLE_TYPE + ")Ljava/lang/Object;"));
        c.add(new VarInsnNode(Opcodes.ALOAD, locals[0]));
        c.add(new VarInsnNode(Opcodes.LLOAD, locals[1]));
        c.add(rawAccess("offset", '(' + HANDLE_TYPE + "J)J"));
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

    private static MethodInsnNode rawAccess(String name, String descriptor) {
        return new MethodInsnNode(
                Opcodes.INVOKESTATIC, "io/emucxl/runtime/RawAccess", name, descriptor, false);
    }

    /** Passes copies on the heap to a method that only looks at an array. */
    private void snapshots(MethodInsnNode insn, Type[] types, Frame<PlaceValue> f, int first) {
        List<Integer> which = new ArrayList<>();
        for (int p = 0; p < types.length; p++) {
            PlaceValue v = f.getStack(first + p);
            if (handle(v) && flow.bridged(insn, p, types[p], v)) {
                if (JdkReaders.readsRange(insn, p)) {
                    range(insn, types, p);
                } else {
                    which.add(p);
                }
            }
        }
        for (int p : which) {
            convertArguments(insn, types, List.of(p), () -> snapshot(types[p]));
        }
    }

    private static InsnList snapshot(Type type) {
        InsnList made = new InsnList();
        made.add(
                new MethodInsnNode(
                        Opcodes.INVOKESTATIC,
                        COPIES,
                        "snapshot",
                        '(' + HANDLE_TYPE + ")Ljava/lang/Object;",
                        false));
        if (type.getSort() == Type.ARRAY) {
            made.add(new TypeInsnNode(Opcodes.CHECKCAST, type.getInternalName()));
        }
        return made;
    }

    /** Passes a copy of the range that a call reads, and where the range begins in the copy. */
    private void range(MethodInsnNode insn, Type[] types, int array) {
        int[] locals = store(insn, types, array);
        int copy = method.maxLocals++;
        InsnList c = new InsnList();
        c.add(new VarInsnNode(Opcodes.ALOAD, locals[array]));
        c.add(new VarInsnNode(Opcodes.ILOAD, locals[array + 1]));
        c.add(new VarInsnNode(Opcodes.ILOAD, locals[array + 2]));
        c.add(copies("range", '(' + HANDLE_TYPE + "II)Ljava/lang/Object;"));
        c.add(new TypeInsnNode(Opcodes.CHECKCAST, types[array].getInternalName()));
        c.add(new InsnNode(Opcodes.DUP));
        c.add(new VarInsnNode(Opcodes.ASTORE, copy));
        c.add(new VarInsnNode(Opcodes.ALOAD, copy));
        c.add(new VarInsnNode(Opcodes.ALOAD, locals[array]));
        c.add(new VarInsnNode(Opcodes.ILOAD, locals[array + 1]));
        c.add(copies("offset", "(Ljava/lang/Object;" + HANDLE_TYPE + "I)I"));
        for (int p = array + 2; p < types.length; p++) {
            c.add(new VarInsnNode(types[p].getOpcode(Opcodes.ILOAD), locals[p]));
        }
        code.insertBefore(insn, c);
    }

    private static MethodInsnNode copies(String name, String descriptor) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, COPIES, name, descriptor, false);
    }

    /** Moves the arguments of a call, from this one on, into new local variables. */
    private int[] store(AbstractInsnNode insn, Type[] types, int from) {
        int[] locals = new int[types.length];
        for (int p = types.length - 1; p >= from; p--) {
            locals[p] = method.maxLocals;
            method.maxLocals += types[p].getSize();
            code.insertBefore(insn, new VarInsnNode(types[p].getOpcode(Opcodes.ISTORE), locals[p]));
        }
        return locals;
    }

    /** Converts arguments that lie on the stack before a call, deep ones by way of locals. */
    private void convertArguments(
            AbstractInsnNode insn,
            Type[] types,
            List<Integer> which,
            Supplier<InsnList> conversion) {
        if (which.isEmpty()) {
            return;
        }
        int deepest = which.get(0);
        int[] locals = store(insn, types, deepest + 1);
        code.insertBefore(insn, conversion.get());
        for (int p = deepest + 1; p < types.length; p++) {
            code.insertBefore(insn, new VarInsnNode(types[p].getOpcode(Opcodes.ILOAD), locals[p]));
            if (which.contains(p)) {
                code.insertBefore(insn, conversion.get());
            }
        }
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
                if (handle(f.getStack(first)) || handle(f.getStack(first + 2))) {
                    insn.owner = "io/emucxl/runtime/Copies";
                }
            }
            case FILL_ROWS -> {
                if (tiered(f.getStack(first)) && heap(f.getStack(f.getStackSize() - 1))) {
                    wrapBefore(insn);
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
        if (!result && !tiered(from)) {
            return;
        }
        boolean clones = insn.owner.startsWith("[");
        Type[] rest = clones ? new Type[0] : Type.getArgumentTypes(insn.desc);
        if (heap(from)) {
            if (clones) {
                wrapBefore(insn);
            } else {
                convertArguments(insn, rest, List.of(0), BodyRewriter::wrapping);
            }
        }
        String operands = '(' + HANDLE_TYPE + "I".repeat(clones ? 0 : rest.length - 1);
        String name = insn.name;
        String d;
        if (result) {
            code.insertBefore(insn, push(made.representative().target));
            d = operands + "I)" + HANDLE_TYPE;
        } else {
            name = "heap" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
            d = operands + ")Ljava/lang/Object;";
            code.insert(insn, new TypeInsnNode(Opcodes.CHECKCAST, made.descriptor));
        }
        if (clones) {
            nullCall(i, 0);
        }
        code.set(insn, new MethodInsnNode(Opcodes.INVOKESTATIC, COPIES, name, d, false));
    }

    /** A bulk method of a buffer becomes a static one, which is given the buffer. */
    private void buffer(int i, MethodInsnNode insn, Frame<PlaceValue> f, int first) {
        Type[] types = Type.getArgumentTypes(insn.desc);
        int array = ArrayType.is(types[0].getDescriptor()) ? 0 : 1;
        if (!handle(f.getStack(first + array))) {
            return;
        }
        String kind = types[array].getDescriptor();
        Type buffer = Type.getReturnType(insn.desc);
        types[array] = Type.getObjectType(HANDLE);
        StringBuilder d = new StringBuilder("(").append(buffer);
        for (Type t : types) {
            d.append(t);
        }
        nullCall(i, types.length);
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
                any |= handle(f.getStack(first + p));
                if (heap(f.getStack(first + p))) {
                    toWrap.add(p);
                }
                t = HANDLE_TYPE;
            }
            d.append(t);
        }
        if (!any) {
            return;
        }
        convertArguments(insn, types, toWrap, BodyRewriter::wrapping);
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

    private void wrapParameters() {
        InsnList prologue = new InsnList();
        for (int local = 0; local < flow.parameterLocals(); local++) {
            Node p = flow.parameter(local);
            if (p != null && p.kind == Node.Kind.ENTRY && p.representative().tiered) {
                prologue.add(new VarInsnNode(Opcodes.ALOAD, local));
                prologue.add(wrap());
                prologue.add(new VarInsnNode(Opcodes.ASTORE, local));
            }
        }
        code.insert(prologue);
    }
}
