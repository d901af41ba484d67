package io.emucxl.agent.assembled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.agent.kit.Classpath;
import io.emucxl.agent.kit.Compiler;
import io.emucxl.agent.kit.PlainLauncher;
import io.emucxl.agent.kit.RewritingLauncher;
import io.emucxl.test.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.Opcodes;

/** Programs that no javac made do the same on tiered arrays as on the heap. */
class AssembledIT {
    /** The class file version of Java 1.1; that of Java N, from 1.2 on, is 44 + N. */
    private static final int OLDEST = Opcodes.V1_1 & 0xffff;

    @TempDir Path work;

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void ofEveryClassFileVersion(Jvm jvm) throws IOException {
        Map<String, byte[]> all = new TreeMap<>();
        for (int v = OLDEST; v <= 44 + jvm.feature(); v++) {
            int version = v == OLDEST ? Opcodes.V1_1 : v;
            StackPrograms.add(version, all);
            FlowPrograms.add(version, all);
            MemberPrograms.add(version, all);
        }
        Path classes =
                Compiler.compile(
                        work, Map.of("Cases", Assembly.CASES), List.of("--release", "8", "-g"));
        List<String> mains = new ArrayList<>();
        for (Map.Entry<String, byte[]> e : all.entrySet()) {
            Files.write(classes.resolve(e.getKey() + ".class"), e.getValue());
            if (!e.getKey().contains("Upper")) {
                mains.add(e.getKey().replace('/', '.'));
            }
        }
        List<String> plain = new ArrayList<>(List.of("-Xint", "-cp", Classpath.TESTS));
        plain.addAll(List.of(PlainLauncher.class.getName(), classes.toString()));
        plain.addAll(mains);
        Jvm.Result expected = jvm.run(plain);
        assertEquals(0, expected.exit(), expected.err());

        Path report = work.resolve("report");
        List<String> rewriting = new ArrayList<>(List.of("-Xverify:all"));
        rewriting.addAll(Classpath.rewriting());
        rewriting.addAll(List.of(RewritingLauncher.class.getName(), classes.toString()));
        rewriting.add(report.toString());
        rewriting.addAll(mains);
        Jvm.Result actual = jvm.run(rewriting);
        assertEquals(expected.out(), actual.out(), actual.err());
        assertTrue(expected.out().lines().count() > 50L * (jvm.feature() - 1), expected.out());
        int placed = 0;
        for (String line : Files.readAllLines(report)) {
            placed += line.startsWith("placed ") ? 1 : 0;
            // Of two fields that would become alike one, and what a method returns to anybody.
            assertTrue(
                    line.matches("placed .*|refused assembled\\.Members\\d+\\.(a|longs)\\b.*"),
                    line);
        }
        assertTrue(placed > 17 * (jvm.feature() - 1), "placed " + placed);
    }
}
