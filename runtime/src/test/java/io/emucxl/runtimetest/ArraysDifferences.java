package io.emucxl.runtimetest;

import io.emucxl.runtime.FreshCopies;
import io.emucxl.runtime.Targets;
import io.emucxl.runtime.TieredArray;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.Spliterator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.stream.BaseStream;
import java.util.stream.StreamSupport;

/**
 * Compares every method that {@link Arrays} has for arrays of primitives with the one for handles:
 * result, elements afterwards, exception, message and top of the stack trace, for random arguments
 * of which many are wrong.
 */
final class ArraysDifferences {
    private final Random random;
    private final int target = Targets.register("differences", 0, Targets.DEFAULT_TIER);
    private int compared;

    ArraysDifferences(Random random) {
        this.random = random;
    }

    public static void main(String[] args) {
        Pool.start(16 << 20, 16 << 20);
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
        System.out.println("seed " + seed);
        int rounds = Integer.parseInt(args[0]);
        System.out.println("compared " + new ArraysDifferences(new Random(seed)).compare(rounds));
    }

    /** Compares all methods of all kinds, each so many times; returns the number of comparisons. */
    int compare(int rounds) {
        for (Kinds kind : Kinds.ALL) {
            for (Method method : Arrays.class.getMethods()) {
                Class<?>[] parameters = method.getParameterTypes();
                boolean about = Modifier.isStatic(method.getModifiers()) && parameters.length > 0;
                if (about && parameters[0] == kind.type().arrayType()) {
                    for (int i = 0; i < rounds; i++) {
                        compare(kind, method, parameters);
                    }
                }
            }
            for (int i = 0; i < rounds; i++) {
                compareAccess(kind);
            }
        }
        return compared;
    }

    private void compare(Kinds kind, Method method, Class<?>[] parameters) {
        Class<?> array = kind.type().arrayType();
        int length = random.nextInt(3) == 0 ? random.nextInt(3) : random.nextInt(200);
        Object[] heap = new Object[parameters.length];
        for (int i = 0; i < heap.length; i++) {
            heap[i] = argument(kind, parameters[i], length);
        }
        boolean twice = heap.length > 1 && parameters[1] == array;
        if (twice && random.nextInt(3) > 0 && heap[0] != null) {
            heap[1] = copy(heap[0]);
        }
        Class<?>[] handleTypes = parameters.clone();
        Object[] handles = heap.clone();
        for (int i = 0; i < heap.length; i++) {
            if (parameters[i] == array) {
                handleTypes[i] = TieredArray.class;
                handles[i] =
                        heap[i] == null
                                ? null
                                : random.nextInt(4) == 0
                                        ? TieredArray.wrap(copy(heap[i]))
                                        : kind.tiered(heap[i], target);
            }
        }
        String before = describe(kind, method, heap);
        String expected = outcome(kind, method, heap);
        try {
            Method ours = kind.find(method.getName(), handleTypes);
            boolean copies = ours.getParameterCount() > handles.length;
            Object[] operands = copies ? Arrays.copyOf(handles, handles.length + 1) : handles;
            if (copies) {
                operands[handles.length] = target;
            }
            same(before, expected, outcome(kind, ours, operands));
        } catch (NoSuchMethodException e) {
            throw new AssertionError("missing for handles: " + method, e);
        }
        for (int i = 0; i < heap.length; i++) {
            if (handles[i] instanceof TieredArray a) {
                same(before + " argument " + i, Kinds.exact(heap[i]), text(kind, a));
            }
        }
    }

    private Object argument(Kinds kind, Class<?> type, int length) {
        if (type.isArray()) {
            return random.nextInt(30) == 0 ? null : kind.heapArray(random, length);
        } else if (type == int.class && kind.type() != int.class) {
            return index(length);
        } else if (type == int.class) {
            return random.nextBoolean() ? index(length) : kind.value(random);
        } else if (type.isPrimitive()) {
            return kind.value(random);
        }
        return random.nextInt(20) == 0 ? null : function(type);
    }

    private int index(int length) {
        int kind = random.nextInt(20);
        return kind == 0
                ? -1 - random.nextInt(3)
                : random.nextInt(length + 1 + (kind == 1 ? 5 : 0));
    }

    private static Object function(Class<?> type) {
        if (type == IntUnaryOperator.class) {
            return (IntUnaryOperator) i -> i * 31;
        } else if (type == IntToLongFunction.class) {
            return (IntToLongFunction) i -> i * 31L;
        } else if (type == IntToDoubleFunction.class) {
            return (IntToDoubleFunction) i -> i / 8d;
        } else if (type == IntBinaryOperator.class) {
            return (IntBinaryOperator) (x, y) -> x + y;
        } else if (type == LongBinaryOperator.class) {
            return (LongBinaryOperator) (x, y) -> x + y;
        } else if (type == DoubleBinaryOperator.class) {
            return (DoubleBinaryOperator) Math::max;
        }
        throw new AssertionError("no argument for " + type);
    }

    private static Object copy(Object array) {
        Object copy = Array.newInstance(array.getClass().componentType(), Array.getLength(array));
        System.arraycopy(array, 0, copy, 0, Array.getLength(array));
        return copy;
    }

    private static String outcome(Kinds kind, Method method, Object[] arguments) {
        try {
            return text(kind, method.invoke(null, arguments));
        } catch (InvocationTargetException e) {
            return thrown(e.getCause());
        } catch (IllegalAccessException e) {
            throw new LinkageError(method.toString(), e);
        }
    }

    static String thrown(Throwable t) {
        return t.getClass().getName() + ": " + t.getMessage();
    }

    private static String text(Kinds kind, Object result) {
        if (result instanceof TieredArray a) {
            return Kinds.exact(kind.heapCopy(a));
        } else if (result instanceof BaseStream<?, ?> stream) {
            return text(kind, stream.spliterator());
        } else if (result instanceof Spliterator<?> spliterator) {
            return spliterator.characteristics()
                    + " "
                    + spliterator.estimateSize()
                    + " "
                    + Arrays.toString(StreamSupport.stream(spliterator, true).toArray());
        } else if (result != null && result.getClass().isArray()) {
            return Kinds.exact(result);
        }
        return String.valueOf(result);
    }

    private static String describe(Kinds kind, Method method, Object[] arguments) {
        StringBuilder text = new StringBuilder(kind.type() + " " + method.getName());
        for (Object argument : arguments) {
            boolean array = argument != null && argument.getClass().isArray();
            text.append(", ").append(array ? Kinds.exact(argument) : String.valueOf(argument));
        }
        return text.toString();
    }

    /** Element access, length, clone and identity. */
    private void compareAccess(Kinds kind) {
        int length = random.nextInt(50);
        Object heap = kind.heapArray(random, length);
        TieredArray wrapped = TieredArray.wrap(copy(heap));
        TieredArray tiered = kind.tiered(heap, target);
        int[] indices = {
            index(length), index(length), -1, length, Integer.MIN_VALUE, Integer.MAX_VALUE
        };
        MethodHandle get = MethodHandles.arrayElementGetter(heap.getClass());
        MethodHandle set = MethodHandles.arrayElementSetter(heap.getClass());
        MethodHandle ourGet = kind.method("get", TieredArray.class, int.class);
        MethodHandle ourSet = kind.method("set", TieredArray.class, int.class, kind.type());
        for (int i : indices) {
            Object v = kind.value(random);
            String what = String.format(Locale.ROOT, "%s[%d] at %d", kind.type(), length, i);
            String written = invoke(set, heap, i, v);
            same(what, written, invoke(ourSet, wrapped, i, v));
            same(what, written, invoke(ourSet, tiered, i, v));
            String read = invoke(get, heap, i);
            same(what, read, invoke(ourGet, wrapped, i));
            same(what, read, invoke(ourGet, tiered, i));
        }
        for (TieredArray a : new TieredArray[] {wrapped, tiered}) {
            TieredArray twin = FreshCopies.clone(a, target);
            same("clone", Kinds.exact(heap), text(kind, twin));
            same("clone is another", "false", "" + TieredArray.same(a, twin));
            same("itself", "true", "" + TieredArray.same(a, a));
            same("length", "" + length, "" + TieredArray.length(twin));
        }
    }

    private static String invoke(MethodHandle handle, Object... arguments) {
        try {
            return String.valueOf(handle.invokeWithArguments(arguments));
        } catch (Throwable t) {
            return thrown(t);
        }
    }

    private void same(String what, String expected, String actual) {
        compared++;
        if (!expected.equals(actual)) {
            throw new AssertionError(what + "\nexpected " + expected + "\nbut was  " + actual);
        }
    }
}
