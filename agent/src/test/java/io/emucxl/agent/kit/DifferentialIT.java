package io.emucxl.agent.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.test.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs of the kit compute, throw and print the same on tiered arrays as on the heap. */
class DifferentialIT {
    /** Fields whose arrays leave the program's reach; everything else must be placed. */
    private static final Set<String> REFUSED =
            Set.of(
                    "FoundProgram.shown",
                    "FoundProgram.text",
                    "ShapesProgram$Leak.kept",
                    "ShapesProgram$Lambda.shown",
                    "ConfinedProgram$Handled.text",
                    "ConfinedProgram$Hidden.shown",
                    "ConfinedProgram$Leaky.cells",
                    "ConfinedProgram$Lost.cells",
                    "ConfinedProgram$Uncalled.odd",
                    "ProxiesProgram$Turner.given",
                    "ProxiesProgram$Turner.kept",
                    "Reflecting$Reflected.found",
                    "SentinelsProgram.CHOSEN",
                    "SentinelsProgram.EMPTY",
                    "SentinelsProgram.NOT_EMPTY",
                    "SentinelsProgram$Chosen.rows",
                    "SentinelsProgram$Shared.rows",
                    "UnsafeProgram.stored",
                    "UnsafeProgram.watched");

    @TempDir Path work;

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void compiledForJava17(Jvm jvm) throws IOException {
        same(jvm, List.of("--release", "17", "-g"));
    }

    /** Private members of nested classes go through synthetic accessors there. */
    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void compiledForJava11WithoutDebugInformation(Jvm jvm) throws IOException {
        same(jvm, List.of("--release", "11", "-g:lines"));
    }

    /** Without the methods of {@code Arrays} that came with Java 9, and without Unsafe. */
    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void compiledForJava8(Jvm jvm) throws IOException {
        Map<String, String> sources = Programs.sources();
        sources.replaceAll((name, text) -> Programs.forJava8(text));
        sources.remove("UnsafeProgram");
        same(jvm, sources, List.of("--release", "8", "-g"));
    }

    private void same(Jvm jvm, List<String> options) throws IOException {
        same(jvm, Programs.sources(), options);
    }

    private void same(Jvm jvm, Map<String, String> sources, List<String> options)
            throws IOException {
        Path classes = Compiler.compile(work, sources, options);
        List<String> mains = new ArrayList<>(sources.keySet());

        List<String> plain = new ArrayList<>(List.of("-cp", Classpath.TESTS));
        plain.addAll(List.of(PlainLauncher.class.getName(), classes.toString()));
        plain.addAll(mains);
        Jvm.Result expected = jvm.run(plain, 120);
        assertEquals(0, expected.exit(), expected.err());

        Path report = work.resolve("report");
        List<String> rewritten = new ArrayList<>(Classpath.rewriting());
        rewritten.addAll(
                List.of(RewritingLauncher.class.getName(), classes.toString(), report.toString()));
        rewritten.addAll(mains);
        Jvm.Result actual = jvm.run(rewritten, 120);

        assertEquals(expected.out(), actual.out(), actual.err());
        assertEquals(expected.exit(), actual.exit(), actual.err());
        assertFalse(expected.out().isEmpty());
        assertPlaced(Files.readAllLines(report), mains);
    }

    private static void assertPlaced(List<String> report, List<String> mains) {
        Set<String> refused = new TreeSet<>();
        int placed = 0;
        for (String line : report) {
            if (line.startsWith("placed ")) {
                placed++;
            } else if (line.startsWith("refused ")) {
                refused.add(line.split(" ", 3)[1].replaceAll(":$", ""));
            }
        }
        Set<String> wanted = new TreeSet<>(REFUSED);
        wanted.removeIf(f -> f.startsWith("UnsafeProgram") && !mains.contains("UnsafeProgram"));
        assertEquals(wanted, refused);
        assertTrue(placed > 50, "placed " + placed);
    }
}
