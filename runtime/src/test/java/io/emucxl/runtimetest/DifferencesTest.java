package io.emucxl.runtimetest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.test.Jvm;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Handles against heap arrays: in this JVM, and on every JDK with the runtime on the boot path. */
class DifferencesTest {
    /** C2 would throw exceptions that happen often without a message, from arrays too. */
    private static final List<String> OPTIONS =
            List.of("-Xmx256m", "-XX:-OmitStackTraceInFastThrow");

    @BeforeAll
    static void start() {
        Pool.start(16 << 20, 16 << 20);
    }

    @Test
    void methodsOfArraysGiveTheSame() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        assertTrue(new ArraysDifferences(new Random(seed)).compare(10) > 2000);
    }

    @Test
    void arraycopyGivesTheSame() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        assertTrue(new CopiesDifferences(new Random(seed)).compare(10_000) > 1000);
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void methodsOfArraysGiveTheSameOnTheBootPath(Jvm jvm) {
        Jvm.Result result = BootPath.run(jvm, 120, ArraysDifferences.class, OPTIONS, "40");
        assertEquals("", result.err());
        assertEquals(0, result.exit(), result.out());
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void arraycopyGivesTheSameOnTheBootPath(Jvm jvm) {
        Jvm.Result result =
                BootPath.run(jvm, 120, CopiesDifferences.class, List.of("-Xint"), "4000");
        assertEquals("", result.err());
        assertEquals(0, result.exit(), result.out());
    }
}
