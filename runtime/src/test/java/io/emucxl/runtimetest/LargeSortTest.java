package io.emucxl.runtimetest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.emucxl.runtime.Targets;
import io.emucxl.runtime.TieredArray;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sorting of arrays that are sorted in many pieces. */
class LargeSortTest {
    private static final int LENGTH = 150_000;

    private final Random random = new Random(42);

    @BeforeAll
    static void start() {
        Pool.start(16 << 20, 16 << 20);
    }

    @Test
    void randomValues() throws Throwable {
        for (Kinds kind : Kinds.ALL) {
            check(kind, i -> kind.value(random));
        }
    }

    @Test
    void manyDistinctValues() throws Throwable {
        check(kind(long.class), i -> random.nextLong());
        check(kind(double.class), i -> random.nextGaussian());
        check(kind(int.class), i -> random.nextInt());
        check(kind(float.class), i -> random.nextFloat());
    }

    @Test
    void orders() throws Throwable {
        Kinds longs = kind(long.class);
        check(longs, i -> 7L);
        check(longs, i -> (long) i);
        check(longs, i -> (long) -i);
        check(longs, i -> (long) Math.min(i, LENGTH - i));
        check(longs, i -> (long) (i % 1000));
    }

    private static Kinds kind(Class<?> type) {
        return Kinds.ALL.stream().filter(k -> k.type() == type).findFirst().orElseThrow();
    }

    private static void check(Kinds kind, IntFunction<Object> values) throws Throwable {
        if (kind.type() == boolean.class) {
            return;
        }
        Class<?> array = kind.type().arrayType();
        Object heap = Array.newInstance(kind.type(), LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            Array.set(heap, i, values.apply(i));
        }
        TieredArray a = kind.tiered(heap, Targets.register("sorted", 0, Targets.DEFAULT_TIER));
        MethodHandles.publicLookup()
                .findStatic(
                        Arrays.class,
                        "sort",
                        MethodType.methodType(void.class, array, int.class, int.class))
                .invoke(heap, 3, LENGTH - 5);
        kind.method("sort", TieredArray.class, int.class, int.class).invoke(a, 3, LENGTH - 5);
        assertEquals(Kinds.exact(heap), Kinds.exact(kind.heapCopy(a)));
    }
}
