package io.emucxl.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.test.Jvm;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command as a process of its own, on every JDK. */
class SlabsIT {
    private static final String JAR = "target/slab.jar";

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void showsTheLifeOfACacheAndItsSpeed(Jvm jvm) {
        Jvm.Result result = jvm.run(List.of("-jar", JAR, "--objects", "3000", "--rounds", "2"));
        assertEquals(0, result.exit(), result.err());
        assertEquals("", result.err());
        assertTrue(result.out().contains("still allocated: 0"), result.out());
        assertTrue(result.out().contains("malloc (C)"), result.out());
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void badUsageExitsWithTwo(Jvm jvm) {
        assertEquals(2, jvm.run(List.of("-jar", JAR, "--size", "4")).exit());
        assertEquals(2, jvm.run(List.of("-jar", JAR, "--bogus")).exit());
    }
}
