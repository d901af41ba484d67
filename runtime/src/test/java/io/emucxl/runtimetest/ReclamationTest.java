package io.emucxl.runtimetest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.emucxl.test.Jvm;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What dies gives its memory back, and a pool that is full says so. */
class ReclamationTest {
    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void aPoolServesAHundredTimesWhatItHolds(Jvm jvm) {
        Jvm.Result result = BootPath.run(jvm, 280, ChurnProgram.class, List.of("-Xmx256m"));
        assertEquals("", result.err());
        assertEquals("done\n", result.out());
    }

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void threadsThatRunShortTogetherAllGetMemory(Jvm jvm) {
        Jvm.Result result = BootPath.run(jvm, 200, SharedPoolProgram.class, List.of("-Xmx256m"));
        assertEquals("", result.err());
        assertEquals("done\n", result.out());
    }
}
