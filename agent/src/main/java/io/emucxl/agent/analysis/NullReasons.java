package io.emucxl.agent.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.Interpreter;
import org.objectweb.asm.tree.analysis.Value;

/**
 * The text of the JVM's helpful NullPointerException messages (JEP 358), worked out from the
 * bytecode as it was before rewriting. Follows {@code bytecodeUtils.cpp} of the JDK: the message
 * names the expression that the null came from, as deep as five steps.
 */
final class NullReasons {
    private static final int DEPTH = 5;

    /** Where a value comes from: an instruction, or nothing when several paths differ. */
    private record Source(int size, AbstractInsnNode from, boolean parameter) implements Value {
        static final Source PARAMETER = new Source(1, null, true);
        static final Source WIDE_PARAMETER = new Source(2, null, true);

        // By hand: those of a record link an invokedynamic, which is slow at the start.

        @Override
        public boolean equals(Object object) {
            return object instanceof Source that
                    && size == that.size
                    && parameter == that.parameter
                    && Objects.equals(from, that.from);
        }

        @Override
        public int hashCode() {
            return Objects.hashCode(from) * 31 + size;
        }

        @Override
        public int getSize() {
            return size;
        }
    }

    private final MethodNode method;
    private final AbstractInsnNode[] order;
    private final List<LocalVariableNode> variables;
    private final Frame<Source>[] frames;

    /** How each call is printed; rewriting changes the instructions. */
    private final Map<AbstractInsnNode, String> calls = new HashMap<>();

    private final Set<AbstractInsnNode> mentioned = new HashSet<>();

    /**
     * @param owner internal name of the class
     * @param method the method before rewriting; it may be rewritten afterwards
     */
    NullReasons(String owner, MethodNode method) throws AnalyzerException {
        this.method = method;
        this.order = method.instructions.toArray();
        this.variables =
                method.localVariables == null ? List.of() : List.copyOf(method.localVariables);
        this.frames = new Analyzer<>(new Sources()).analyze(owner, method);
        for (AbstractInsnNode n : order) {
            if (n instanceof MethodInsnNode m) {
                calls.put(n, called(m));
            }
        }
    }

    /**
     * The message for a null array.
     *
     * @param index of the instruction that needs the array
     * @param depth how far below the top of the stack the array is
     */
    String message(int index, int depth) {
        mentioned.clear();
        StringBuilder s = new StringBuilder(action(order[index]));
        StringBuilder cause = new StringBuilder();
        if (cause(cause, index, depth, DEPTH, false, true)) {
            s.append(cause).append("\" is null");
        }
        return s.toString();
    }

    /** Whether the message says something of one of some instructions. */
    boolean mentions(int index, int depth, Set<AbstractInsnNode> some) {
        if (some.isEmpty()) {
            return false;
        }
        message(index, depth);
        mentioned.add(order[index]);
        return !Collections.disjoint(mentioned, some);
    }

    /** The local variables that an int on the stack is, or is the sum or the difference of. */
    List<Integer> terms(int index, int depth) {
        AbstractInsnNode from = source(index, depth);
        if (from instanceof VarInsnNode load) {
            return List.of(load.var);
        }
        List<Integer> terms = new ArrayList<>();
        if (from != null
                && (from.getOpcode() == Opcodes.IADD || from.getOpcode() == Opcodes.ISUB)) {
            int at = Arrays.asList(order).indexOf(from);
            for (int operand = 0; operand < 2; operand++) {
                if (source(at, operand) instanceof VarInsnNode load) {
                    terms.add(load.var);
                }
            }
        }
        return terms;
    }

    private AbstractInsnNode source(int index, int depth) {
        Frame<Source> frame = frames[index];
        return frame == null ? null : frame.getStack(frame.getStackSize() - 1 - depth).from();
    }

    private String action(AbstractInsnNode insn) {
        int op = insn.getOpcode();
        if (insn instanceof FieldInsnNode f) {
            String verb = op == Opcodes.GETFIELD ? "read" : "assign";
            return "Cannot " + verb + " field \"" + f.name + '"';
        } else if (op == Opcodes.ATHROW) {
            return "Cannot throw exception";
        } else if (op == Opcodes.MONITORENTER) {
            return "Cannot enter synchronized block";
        }
        if (op == Opcodes.ARRAYLENGTH) {
            return "Cannot read the array length";
        } else if (op >= Opcodes.IALOAD && op <= Opcodes.SALOAD) {
            return "Cannot load from " + kind(op - Opcodes.IALOAD) + " array";
        } else if (op >= Opcodes.IASTORE && op <= Opcodes.SASTORE) {
            return "Cannot store to " + kind(op - Opcodes.IASTORE) + " array";
        }
        return "Cannot invoke \"" + calls.get(insn) + '"';
    }

    private static String kind(int offset) {
        return List.of("int", "long", "float", "double", "object", "byte/boolean", "char", "short")
                .get(offset);
    }

    private static String called(MethodInsnNode call) {
        StringBuilder s = new StringBuilder(className(call.owner));
        s.append('.').append(call.name).append('(');
        String separator = "";
        for (Type t : Type.getArgumentTypes(call.desc)) {
            s.append(separator).append(trimmed(t.getClassName()));
            separator = ", ";
        }
        return s.append(')').toString();
    }

    private static String className(String internal) {
        return trimmed(internal.replace('/', '.'));
    }

    private static String trimmed(String name) {
        String base = name.contains("[]") ? name.substring(0, name.indexOf("[]")) : name;
        if (base.equals("java.lang.Object") || base.equals("java.lang.String")) {
            return name.substring("java.lang.".length());
        }
        return name;
    }

    private boolean cause(
            StringBuilder s, int at, int depth, int detail, boolean inner, boolean outermost) {
        Frame<Source> frame = frames[at];
        if (detail <= 0 || frame == null) {
            return false;
        }
        AbstractInsnNode from = frame.getStack(frame.getStackSize() - 1 - depth).from();
        if (from == null) {
            return false;
        }
        mentioned.add(from);
        boolean call = from instanceof MethodInsnNode;
        if (outermost && !call) {
            s.append(" because \"");
        }
        int op = from.getOpcode();
        int index = indexOf(from);
        if (from instanceof VarInsnNode load) {
            s.append(local(index, load.var, !frame.getLocal(load.var).parameter()));
            return true;
        } else if (op == Opcodes.ACONST_NULL) {
            s.append("null");
            return true;
        } else if (op >= Opcodes.ICONST_M1 && op <= Opcodes.ICONST_5) {
            s.append(op - Opcodes.ICONST_0);
            return true;
        } else if (op == Opcodes.BIPUSH || op == Opcodes.SIPUSH) {
            s.append(((IntInsnNode) from).operand);
            return true;
        } else if (op == Opcodes.GETSTATIC) {
            FieldInsnNode f = (FieldInsnNode) from;
            s.append(className(f.owner)).append('.').append(f.name);
            return true;
        } else if (op == Opcodes.GETFIELD) {
            if (cause(s, index, 0, detail - 1, inner, false)) {
                s.append('.');
            }
            s.append(((FieldInsnNode) from).name);
            return true;
        } else if (call) {
            if (detail == DEPTH && !inner) {
                s.append(" because the return value of \"");
            }
            s.append(calls.get(from));
            return true;
        } else if (op >= Opcodes.IALOAD && op <= Opcodes.SALOAD) {
            if (!cause(s, index, 1, detail - 1, inner, false)) {
                s.append("<array>");
            }
            s.append('[');
            if (!cause(s, index, 0, detail, true, false)) {
                s.append("...");
            }
            s.append(']');
            return true;
        }
        return false;
    }

    private int indexOf(AbstractInsnNode insn) {
        for (int i = 0; i < order.length; i++) {
            if (order[i] == insn) {
                return i;
            }
        }
        throw new IllegalArgumentException("not an instruction of the method");
    }

    private String local(int at, int slot, boolean written) {
        for (LocalVariableNode v : variables) {
            if (v.index == slot && indexOf(v.start) <= at && at < indexOf(v.end)) {
                return v.name;
            }
        }
        boolean isStatic = ClassStore.is(method.access, Opcodes.ACC_STATIC);
        if (!isStatic && slot == 0 && !written) {
            return "this";
        }
        int current = isStatic ? 0 : 1;
        int number = 1;
        for (Type t : Type.getArgumentTypes(method.desc)) {
            if (slot >= current && slot < current + t.getSize() && !written) {
                return "<parameter" + number + '>';
            }
            current += t.getSize();
            number++;
        }
        return "<local" + slot + '>';
    }

    /** Names the instruction that pushed each value; copies on the stack keep their source. */
    private static final class Sources extends Interpreter<Source> {
        private static final Set<Integer> WIDE =
                Set.of(
                        Opcodes.LCONST_0,
                        Opcodes.LCONST_1,
                        Opcodes.DCONST_0,
                        Opcodes.DCONST_1,
                        Opcodes.LADD,
                        Opcodes.LSUB,
                        Opcodes.LMUL,
                        Opcodes.LDIV,
                        Opcodes.LREM,
                        Opcodes.LSHL,
                        Opcodes.LSHR,
                        Opcodes.LUSHR,
                        Opcodes.LAND,
                        Opcodes.LOR,
                        Opcodes.LXOR,
                        Opcodes.LNEG,
                        Opcodes.DADD,
                        Opcodes.DSUB,
                        Opcodes.DMUL,
                        Opcodes.DDIV,
                        Opcodes.DREM,
                        Opcodes.DNEG,
                        Opcodes.I2L,
                        Opcodes.I2D,
                        Opcodes.F2L,
                        Opcodes.F2D,
                        Opcodes.L2D,
                        Opcodes.D2L,
                        Opcodes.LALOAD,
                        Opcodes.DALOAD);

        Sources() {
            super(Opcodes.ASM9);
        }

        private static Source of(AbstractInsnNode insn) {
            return new Source(WIDE.contains(insn.getOpcode()) ? 2 : 1, insn, false);
        }

        private static Source of(Type type, AbstractInsnNode insn) {
            return Type.VOID_TYPE.equals(type) ? null : new Source(type.getSize(), insn, false);
        }

        @Override
        public Source newValue(Type type) {
            return Type.VOID_TYPE.equals(type)
                    ? null
                    : new Source(type == null ? 1 : type.getSize(), null, false);
        }

        @Override
        public Source newParameterValue(boolean isInstance, int local, Type type) {
            return type.getSize() == 2 ? Source.WIDE_PARAMETER : Source.PARAMETER;
        }

        @Override
        public Source newOperation(AbstractInsnNode insn) {
            if (insn instanceof FieldInsnNode f) {
                return of(Type.getType(f.desc), insn);
            }
            if (insn instanceof org.objectweb.asm.tree.LdcInsnNode ldc) {
                boolean wide =
                        ldc.cst instanceof Long
                                || ldc.cst instanceof Double
                                || (ldc.cst instanceof org.objectweb.asm.ConstantDynamic c
                                        && c.getSize() == 2);
                return new Source(wide ? 2 : 1, insn, false);
            }
            return of(insn);
        }

        @Override
        public Source copyOperation(AbstractInsnNode insn, Source value) {
            return insn instanceof VarInsnNode ? new Source(value.size(), insn, false) : value;
        }

        @Override
        public Source unaryOperation(AbstractInsnNode insn, Source value) {
            if (insn.getOpcode() == Opcodes.CHECKCAST) {
                return value;
            }
            return insn instanceof FieldInsnNode f ? of(Type.getType(f.desc), insn) : of(insn);
        }

        @Override
        public Source binaryOperation(AbstractInsnNode insn, Source a, Source b) {
            return of(insn);
        }

        @Override
        public Source ternaryOperation(AbstractInsnNode insn, Source a, Source b, Source c) {
            return null;
        }

        @Override
        public Source naryOperation(AbstractInsnNode insn, List<? extends Source> values) {
            if (insn instanceof MethodInsnNode m) {
                return of(Type.getReturnType(m.desc), insn);
            } else if (insn instanceof InvokeDynamicInsnNode d) {
                return of(Type.getReturnType(d.desc), insn);
            }
            return of(insn);
        }

        @Override
        public void returnOperation(AbstractInsnNode insn, Source value, Source expected) {
            // Nothing comes forth.
        }

        @Override
        public Source merge(Source a, Source b) {
            if (a.equals(b) || (a.from() == null && !a.parameter() && a.size() == 1)) {
                return a;
            }
            return new Source(Math.min(a.size(), b.size()), null, false);
        }
    }
}
