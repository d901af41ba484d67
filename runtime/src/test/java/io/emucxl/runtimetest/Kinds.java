package io.emucxl.runtimetest;

import io.emucxl.runtime.FreshCopies;
import io.emucxl.runtime.TieredArray;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A kind of element, as the differential tests handle all of them alike: by reflection. */
record Kinds(Class<?> type) {
    static final List<Kinds> ALL =
            Stream.of(
                            boolean.class,
                            byte.class,
                            char.class,
                            short.class,
                            int.class,
                            long.class,
                            float.class,
                            double.class)
                    .map(Kinds::new)
                    .toList();

    private static final List<String> CONCERNS = List.of("Elements", "Arrays", "Order", "Streams");

    /** The method for handles: of one of the kind's classes, or one that copies. */
    Method find(String name, Class<?>... parameters) throws NoSuchMethodException {
        for (Class<?> c : classes()) {
            try {
                return c.getMethod(name, parameters);
            } catch (NoSuchMethodException e) {
                // Then it is in another one.
            }
        }
        Class<?>[] placed = Arrays.copyOf(parameters, parameters.length + 1);
        placed[parameters.length] = int.class;
        return FreshCopies.class.getMethod(name, placed);
    }

    private List<Class<?>> classes() {
        String name = type.getName().substring(0, 1).toUpperCase(Locale.ROOT);
        String prefix = "io.emucxl.runtime." + name + type.getName().substring(1);
        return CONCERNS.stream().<Class<?>>mapMulti((c, to) -> load(prefix + c, to)).toList();
    }

    private static void load(String name, Consumer<Class<?>> to) {
        try {
            to.accept(Class.forName(name));
        } catch (ClassNotFoundException e) {
            // There are no streams of this kind, or no order.
        }
    }

    /** The method for handles. */
    MethodHandle method(String name, Class<?>... parameters) {
        try {
            return MethodHandles.publicLookup().unreflect(find(name, parameters));
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
                    (TieredArray) method("allocate", int.class, int.class).invoke(n, target);
            MethodHandle set = method("set", TieredArray.class, int.class, type);
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
            MethodHandle get = method("get", TieredArray.class, int.class);
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
