package io.emucxl.runtime;

import java.lang.reflect.Method;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.Hidden;

/** The eight kinds of element, numbered like the operand of the instruction {@code newarray}. */
final class Kind {
    static final byte BOOLEAN = 4;
    static final byte CHAR = 5;
    static final byte FLOAT = 6;
    static final byte DOUBLE = 7;
    static final byte BYTE = 8;
    static final byte SHORT = 9;
    static final byte INT = 10;
    static final byte LONG = 11;

    private static final String[] NAMES = {
        "", "", "", "", "boolean", "char", "float", "double", "byte", "short", "int", "long"
    };
    private static final int[] SHIFTS = {0, 0, 0, 0, 0, 1, 2, 3, 0, 1, 2, 3};
    private static final Class<?>[] ARRAYS = {
        null,
        null,
        null,
        null,
        boolean[].class,
        char[].class,
        float[].class,
        double[].class,
        byte[].class,
        short[].class,
        int[].class,
        long[].class
    };

    private static final long[] HEAP_BASES = heapBases();

    private Kind() {}

    /** By reflection, as the method returned {@code int} up to JDK 24. */
    private static long[] heapBases() {
        long[] bases = new long[ARRAYS.length];
        try {
            Method base = Unsafe.class.getMethod("arrayBaseOffset", Class.class);
            for (int kind = BOOLEAN; kind <= LONG; kind++) {
                bases[kind] = ((Number) base.invoke(Unsafe.getUnsafe(), ARRAYS[kind])).longValue();
            }
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
        return bases;
    }

    /** Where the elements of a heap array of this kind begin, in bytes from its start. */
    static long heapBase(int kind) {
        return HEAP_BASES[kind];
    }

    /** The name of the kind in Java: {@code long}. */
    static String name(int kind) {
        return NAMES[kind];
    }

    /** The base-2 logarithm of an element's size in bytes. */
    static int shift(int kind) {
        return SHIFTS[kind];
    }

    /** The class of a heap array of this kind. */
    static Class<?> arrayClass(int kind) {
        return ARRAYS[kind];
    }

    /**
     * The kind of a heap array.
     *
     * @throws IllegalArgumentException when it is not an array of primitives
     */
    static byte of(Object array) {
        if (array instanceof long[]) {
            return LONG;
        } else if (array instanceof int[]) {
            return INT;
        } else if (array instanceof byte[]) {
            return BYTE;
        } else if (array instanceof double[]) {
            return DOUBLE;
        } else if (array instanceof char[]) {
            return CHAR;
        } else if (array instanceof float[]) {
            return FLOAT;
        } else if (array instanceof short[]) {
            return SHORT;
        } else if (array instanceof boolean[]) {
            return BOOLEAN;
        }
        throw new IllegalArgumentException(
                "not an array of primitives: " + array.getClass().getName());
    }

    /** A new heap array of this kind, as {@code newarray} makes it. */
    @Hidden
    static Object heapArray(int kind, int length) {
        return switch (kind) {
            case BOOLEAN -> new boolean[length];
            case CHAR -> new char[length];
            case FLOAT -> new float[length];
            case DOUBLE -> new double[length];
            case BYTE -> new byte[length];
            case SHORT -> new short[length];
            case INT -> new int[length];
            case LONG -> new long[length];
            default -> throw new IllegalArgumentException("no kind " + kind);
        };
    }
}
