package io.emucxl.agent.analysis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.Interpreter;

/**
 * Follows arrays through one body. It only names what each instruction brings forth; what follows
 * from the uses is drawn from the finished frames by {@link BodyFlow}.
 */
final class PlaceInterpreter extends Interpreter<PlaceValue> {
    private final Node[] parametersByLocal;
    private final Map<AbstractInsnNode, Node> made = new HashMap<>();

    /**
     * @param parametersByLocal the nodes of the parameters, by local variable
     */
    PlaceInterpreter(Node[] parametersByLocal) {
        super(Opcodes.ASM9);
        this.parametersByLocal = parametersByLocal;
    }

    /** The node that an instruction brings forth, or null. */
    Node made(AbstractInsnNode instruction) {
        return made.get(instruction);
    }

    private PlaceValue make(Node.Kind kind, String descriptor, AbstractInsnNode instruction) {
        Node node = made.get(instruction);
        if (node == null) {
            node = new Node(kind, descriptor, null);
            made.put(instruction, node);
        }
        return PlaceValue.of(node);
    }

    private PlaceValue read(String descriptor, AbstractInsnNode instruction) {
        return ArrayType.is(descriptor)
                ? make(Node.Kind.READ, descriptor, instruction)
                : plain(Type.getType(descriptor));
    }

    private static PlaceValue plain(Type type) {
        return switch (type.getSort()) {
            case Type.VOID -> null;
            case Type.FLOAT -> PlaceValue.FLOAT;
            case Type.LONG -> PlaceValue.LONG;
            case Type.DOUBLE -> PlaceValue.DOUBLE;
            case Type.ARRAY, Type.OBJECT -> PlaceValue.OBJECT;
            default -> PlaceValue.INT;
        };
    }

    @Override
    public PlaceValue newValue(Type type) {
        return type == null ? PlaceValue.UNUSABLE : plain(type);
    }

    @Override
    public PlaceValue newParameterValue(boolean isInstanceMethod, int local, Type type) {
        Node node = parametersByLocal[local];
        return node == null ? plain(type) : PlaceValue.of(node);
    }

    @Override
    public PlaceValue newOperation(AbstractInsnNode insn) {
        return switch (insn.getOpcode()) {
            case Opcodes.ACONST_NULL -> PlaceValue.NULL;
            case Opcodes.LCONST_0, Opcodes.LCONST_1 -> PlaceValue.LONG;
            case Opcodes.FCONST_0, Opcodes.FCONST_1, Opcodes.FCONST_2 -> PlaceValue.FLOAT;
            case Opcodes.DCONST_0, Opcodes.DCONST_1 -> PlaceValue.DOUBLE;
            case Opcodes.LDC -> constant((LdcInsnNode) insn);
            case Opcodes.JSR -> PlaceValue.RETURN_ADDRESS;
            case Opcodes.GETSTATIC -> read(((FieldInsnNode) insn).desc, insn);
            case Opcodes.NEW -> PlaceValue.OBJECT;
            default -> PlaceValue.INT;
        };
    }

    private PlaceValue constant(LdcInsnNode insn) {
        Object c = insn.cst;
        if (c instanceof Integer) {
            return PlaceValue.INT;
        } else if (c instanceof Long) {
            return PlaceValue.LONG;
        } else if (c instanceof Float) {
            return PlaceValue.FLOAT;
        } else if (c instanceof Double) {
            return PlaceValue.DOUBLE;
        } else if (c instanceof org.objectweb.asm.ConstantDynamic constantDynamic) {
            return read(constantDynamic.getDescriptor(), insn);
        }
        return PlaceValue.OBJECT;
    }

    @Override
    public PlaceValue copyOperation(AbstractInsnNode insn, PlaceValue value) {
        return value;
    }

    @Override
    public PlaceValue unaryOperation(AbstractInsnNode insn, PlaceValue value) {
        switch (insn.getOpcode()) {
            case Opcodes.LNEG, Opcodes.I2L, Opcodes.F2L, Opcodes.D2L -> {
                return PlaceValue.LONG;
            }
            case Opcodes.FNEG, Opcodes.I2F, Opcodes.L2F, Opcodes.D2F -> {
                return PlaceValue.FLOAT;
            }
            case Opcodes.DNEG, Opcodes.I2D, Opcodes.L2D, Opcodes.F2D -> {
                return PlaceValue.DOUBLE;
            }
            case Opcodes.GETFIELD -> {
                return read(((FieldInsnNode) insn).desc, insn);
            }
            case Opcodes.NEWARRAY -> {
                return make(Node.Kind.ALLOCATION, newarray(((IntInsnNode) insn).operand), insn);
            }
            case Opcodes.ANEWARRAY -> {
                String element = ((TypeInsnNode) insn).desc;
                return ArrayType.is(element)
                        ? make(Node.Kind.ALLOCATION, '[' + element, insn)
                        : PlaceValue.OBJECT;
            }
            case Opcodes.CHECKCAST -> {
                return cast((TypeInsnNode) insn, value);
            }
            case Opcodes.PUTSTATIC,
                    Opcodes.IFNULL,
                    Opcodes.IFNONNULL,
                    Opcodes.MONITORENTER,
                    Opcodes.MONITOREXIT,
                    Opcodes.ATHROW -> {
                return null;
            }
            default -> {
                return PlaceValue.INT;
            }
        }
    }

    private static String newarray(int operand) {
        return "[" + "ZCFDBSIJ".charAt(operand - Opcodes.T_BOOLEAN);
    }

    private PlaceValue cast(TypeInsnNode insn, PlaceValue value) {
        if (!ArrayType.is(insn.desc) || value.isNull() || insn.desc.equals(value.descriptor())) {
            return value;
        }
        return make(Node.Kind.READ, insn.desc, insn);
    }

    @Override
    public PlaceValue binaryOperation(AbstractInsnNode insn, PlaceValue a, PlaceValue b) {
        switch (insn.getOpcode()) {
            case Opcodes.LALOAD,
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
                    Opcodes.LXOR -> {
                return PlaceValue.LONG;
            }
            case Opcodes.FALOAD,
                    Opcodes.FADD,
                    Opcodes.FSUB,
                    Opcodes.FMUL,
                    Opcodes.FDIV,
                    Opcodes.FREM -> {
                return PlaceValue.FLOAT;
            }
            case Opcodes.DALOAD,
                    Opcodes.DADD,
                    Opcodes.DSUB,
                    Opcodes.DMUL,
                    Opcodes.DDIV,
                    Opcodes.DREM -> {
                return PlaceValue.DOUBLE;
            }
            case Opcodes.AALOAD -> {
                String d = a.descriptor();
                return d != null && ArrayType.dimensions(d) > 1
                        ? make(Node.Kind.READ, d.substring(1), insn)
                        : a.isNull() ? PlaceValue.NULL : PlaceValue.OBJECT;
            }
            case Opcodes.PUTFIELD,
                    Opcodes.IF_ICMPEQ,
                    Opcodes.IF_ICMPNE,
                    Opcodes.IF_ICMPLT,
                    Opcodes.IF_ICMPGE,
                    Opcodes.IF_ICMPGT,
                    Opcodes.IF_ICMPLE,
                    Opcodes.IF_ACMPEQ,
                    Opcodes.IF_ACMPNE -> {
                return null;
            }
            default -> {
                return PlaceValue.INT;
            }
        }
    }

    @Override
    public PlaceValue ternaryOperation(
            AbstractInsnNode insn, PlaceValue a, PlaceValue b, PlaceValue c) {
        return null;
    }

    @Override
    public PlaceValue naryOperation(AbstractInsnNode insn, List<? extends PlaceValue> values) {
        if (insn instanceof MultiANewArrayInsnNode multiANewArrayInsnNode) {
            String d = multiANewArrayInsnNode.desc;
            return ArrayType.is(d) ? make(Node.Kind.ALLOCATION, d, insn) : PlaceValue.OBJECT;
        }
        if (insn instanceof InvokeDynamicInsnNode invokeDynamicInsnNode) {
            String d = invokeDynamicInsnNode.desc;
            return read(Type.getReturnType(d).getDescriptor(), insn);
        }
        MethodInsnNode call = (MethodInsnNode) insn;
        KnownCall known = KnownCall.of(call);
        if (known == KnownCall.IDENTITY) {
            return values.get(0);
        }
        if (known == KnownCall.CLONE || known == KnownCall.COPY) {
            String d = values.get(0).descriptor();
            if (d == null) {
                d = Type.getReturnType(call.desc).getDescriptor();
            }
            return ArrayType.is(d) ? make(Node.Kind.COPY, d, insn) : PlaceValue.OBJECT;
        }
        return read(Type.getReturnType(call.desc).getDescriptor(), insn);
    }

    @Override
    public void returnOperation(AbstractInsnNode insn, PlaceValue value, PlaceValue expected) {
        // Nothing comes forth.
    }

    @Override
    public PlaceValue merge(PlaceValue a, PlaceValue b) {
        return a.merge(b);
    }
}
