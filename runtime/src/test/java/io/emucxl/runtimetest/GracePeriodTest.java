package io.emucxl.runtimetest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.test.Jvm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No loop touches memory that was given back: by compiler, by collector, on every JDK. Each case
 * runs a control too, which must go wrong, or the case shows nothing. With C2 the control is the
 * same without grace periods, in loops that were compiled without marks: C2 moves an address out of
 * those. C1 compiles the marks into all loops over our accessors, and moves no address out of them;
 * its control reads through a handle that has neither.
 *
 * <p>{@code mvn -Plong} makes it as long as the search for the mechanism was.
 */
class GracePeriodTest {
    private static final int ROUNDS = Integer.getInteger("emucxl.test.graceRounds", 1);
    private static final int CONTROL_ROUNDS = 12;
    private static final int CONTROL_JVMS = 10;
    private static final int SECONDS_A_ROUND = 8;

    private static final List<String> FEW =
            List.of("READ_INSTANCE", "READ_STATIC", "WRITE_INSTANCE", "WRITE_STATIC");
    private static final List<String> ALL =
            List.of(
                    "READ_INSTANCE",
                    "READ_STATIC",
                    "WRITE_INSTANCE",
                    "WRITE_STATIC",
                    "READ_SAMPLED",
                    "READ_LONGS",
                    "READ_ALLOCATING",
                    "WRITE_ALL");

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (Jvm jvm : Jvm.all().toList()) {
            for (String collector : List.of("G1", "Parallel", "Serial", "Z")) {
                for (String compiler : List.of("C1", "C2")) {
                    cases.add(Arguments.of(jvm, collector, compiler));
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("cases")
    void loopsOverReplacedTables(Jvm jvm, String collector, String compiler) {
        boolean c1 = compiler.equals("C1");
        List<String> options = new ArrayList<>();
        options.add("-Xmx128m");
        options.add("-XX:+Use" + collector + "GC");
        options.add(c1 ? "-XX:TieredStopAtLevel=1" : "-XX:+TieredCompilation");
        options.add("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");

        boolean all = collector.equals("G1") || ROUNDS > 1;
        assertNothingBad(run(jvm, options, ROUNDS, "all", all ? ALL : FEW));
        options.add("-Demucxl.test.skipRehearsals=true");
        assertNothingBad(run(jvm, options, ROUNDS, "all", FEW));

        options.add("-Demucxl.test.skipGracePeriods=true");
        // No loop was found that writes wrongly there: C2 reads the field anew before the write.
        boolean readsOnly = collector.equals("Z") && jvm.feature() == 17;
        List<String> loops =
                c1
                        ? List.of("READ_BARE")
                        : readsOnly ? List.of("READ_INSTANCE", "READ_STATIC") : FEW;
        boolean writes = !c1 && !readsOnly;
        boolean badRead = false;
        boolean badWrite = false;
        // Whether a loop goes wrong is decided when it is compiled: another JVM may do it
        // otherwise.
        for (int i = 0; i < CONTROL_JVMS && !(badRead && (badWrite || !writes)); i++) {
            long[] control = run(jvm, options, CONTROL_ROUNDS, "any", loops);
            badRead |= control[1] > 0;
            badWrite |= control[2] > 0;
        }
        assertTrue(badRead, "the control must read wrongly");
        assertTrue(badWrite || !writes, "the control must write wrongly");
    }

    private static void assertNothingBad(long[] counts) {
        assertTrue(counts[0] > 0, "no table was given back");
        assertEquals(0, counts[1], "bad reads");
        assertEquals(0, counts[2], "bad writes");
    }

    private static long[] run(
            Jvm jvm, List<String> options, int rounds, String which, List<String> loops) {
        List<String> arguments = new ArrayList<>();
        arguments.add("" + rounds);
        arguments.add(which);
        arguments.addAll(loops);
        Jvm.Result result =
                BootPath.run(
                        jvm,
                        60 + rounds * loops.size() * SECONDS_A_ROUND,
                        RacyProgram.class,
                        options,
                        arguments.toArray(new String[0]));
        assertEquals("", result.err());
        return Stream.of(result.out().trim().split(" ")).mapToLong(Long::parseLong).toArray();
    }
}
