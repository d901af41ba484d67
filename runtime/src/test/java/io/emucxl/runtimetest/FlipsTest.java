package io.emucxl.runtimetest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.test.Jvm;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JIT does not give a method up that grace periods made it compile hundreds of times. */
class FlipsTest {
    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void nineHundredGracePeriodsLeaveTheSpeedAsItWas(Jvm jvm) {
        Jvm.Result result = BootPath.run(jvm, 120, FlipsProgram.class, List.of("-Xmx128m"));
        assertEquals("", result.err());
        long[] figures =
                Stream.of(result.out().trim().split(" ")).mapToLong(Long::parseLong).toArray();
        // Given up, it would be at 15 % or, in the interpreter, below 5 %.
        assertTrue(figures[0] >= 50, "percent of the speed before: " + figures[0]);
        assertTrue(figures[1] < 32, "MiB of code cache: " + figures[1]);
        assertTrue(figures[2] < 16, "MiB of metaspace: " + figures[2]);
    }
}
