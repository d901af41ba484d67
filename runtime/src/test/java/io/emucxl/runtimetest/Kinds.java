package io.emucxl.runtimetest;

import io.emucxl.runtime.BooleanElements;
import io.emucxl.runtime.ByteElements;
import io.emucxl.runtime.CharElements;
import io.emucxl.runtime.DoubleElements;
import io.emucxl.runtime.FloatElements;
import io.emucxl.runtime.IntElements;
import io.emucxl.runtime.LongElements;
import io.emucxl.runtime.ShortElements;
import io.emucxl.runtime.TieredArray;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Random;

/** A kind of element, as the differential tests handle all of them alike: by reflection. */
record Kinds(Class<?> type, Class<?> elements) {
    static final List<Kinds> ALL =
            List.of(
                    new Kinds(boolean.class, BooleanElements.class),
                    new Kinds(byte.class, ByteElements.class),
                    new Kinds(char.class, CharElements.class),
                    new Kinds(short.class, ShortElements.class),
                    new Kinds(int.class, IntElements.class),
                    new Kinds(long.class, LongElements.class),
                    new Kinds(float.class, FloatElements.class),
                    new Kinds(double.class, DoubleElements.class));

    /** A method of the Elements class. */
    MethodHandle method(String name, Class<?> result, Class<?>... parameters) {
        try {
            return MethodHandles.publicLookup()
                    .findStatic(elements, name, MethodType.methodType(result, parameters));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }

    /** A random value, often one with a special meaning. */
    Object value(Random random) {
        boolean special = random.nextInt(4) == 0;
        long bits = special ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextLong();
        return switch (type.getName()) {
            case "boolean" -> (bits & 1) != 0;
            case "byte" -> (byte) bits;
            case "char" -> (char) bits;
            case "short" -> (short) bits;
            case "int" -> special ? (int) bits : random.nextInt(20) - 10;
            case "long" -> special ? bits : random.nextInt(20) - 10L;
            case "float" -> special ? FLOATS[random.nextInt(5)] : random.nextInt(9) / 4f - 1;
            default -> special ? DOUBLES[random.nextInt(5)] : random.nextInt(9) / 4d - 1;
        };
    }

    private static final long[] SPECIAL = {
        0, 1, -1, 127, 128, 255, 32767, 32768, 65535, Long.MAX_VALUE, Long.MIN_VALUE
    };
    private static final float[] FLOATS = {
        -0f, 0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.intBitsToFloat(0x7fc00123)
    };
    private static final double[] DOUBLES = {
        -0d, 0d, Double.NaN, Double.NEGATIVE_INFINITY, Double.longBitsToDouble(0xfff8000000000123L)
    };

    /** A heap array of random values. */
    Object heapArray(Random random, int length) {
        Object array = Array.newInstance(type, length);
        for (int i = 0; i < length; i++) {
            Array.set(array, i, value(random));
        }
        return array;
    }

    /** A tiered array, not on the heap unless empty, of the same elements. */
    TieredArray tiered(Object heapArray, int target) {
        try {
            int n = Array.getLength(heapArray);
            TieredArray a =
                    (TieredArray)
                            method("allocate", TieredArray.class, int.class, int.class)
                                    .invoke(n, target);
            MethodHandle set = method("set", void.class, TieredArray.class, int.class, type);
            for (int i = 0; i < n; i++) {
                set.invoke(a, i, Array.get(heapArray, i));
            }
            return a;
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /** A heap array of the elements of a handle. */
    Object heapCopy(TieredArray a) {
        try {
            int n = TieredArray.length(a);
            Object array = Array.newInstance(type, n);
            MethodHandle get = method("get", type, TieredArray.class, int.class);
            for (int i = 0; i < n; i++) {
                Array.set(array, i, get.invoke(a, i));
            }
            return array;
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /** The elements, so that NaNs and zeros of different bits differ. */
    static String exact(Object heapArray) {
        if (heapArray == null) {
            return "null";
        }
        StringBuilder text = new StringBuilder(heapArray.getClass().getName());
        for (int i = 0; i < Array.getLength(heapArray); i++) {
            Object v = Array.get(heapArray, i);
            text.append(' ').append(v);
            if (v instanceof Float f) {
                text.append('#').append(Float.floatToRawIntBits(f));
            } else if (v instanceof Double d) {
                text.append('#').append(Double.doubleToRawLongBits(d));
            }
        }
        return text.toString();
    }
}
