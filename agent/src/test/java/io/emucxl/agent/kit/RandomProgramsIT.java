package io.emucxl.agent.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.test.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random programs do the same on tiered arrays as on the heap. {@code -Dfuzz.programs=N} and {@code
 * -Dfuzz.seed=N} choose how many and which; a difference names the seed of its program.
 */
class RandomProgramsIT {
    private static final int BATCH = 100;

    @TempDir Path work;

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void behaveAsOnTheHeap(Jvm jvm) throws IOException {
        int programs = Integer.getInteger("fuzz.programs", 200);
        long seed = Long.getLong("fuzz.seed", 1);
        int placed = 0;
        int refused = 0;
        for (int done = 0; done < programs; done += BATCH) {
            int count = Math.min(BATCH, programs - done);
            List<String> report = batch(jvm, seed + done, count);
            for (String line : report) {
                placed += line.startsWith("placed ") ? 1 : 0;
                refused += line.startsWith("refused ") ? 1 : 0;
            }
        }
        assertTrue(placed > 4 * refused, "placed " + placed + ", refused " + refused);
    }

    private List<String> batch(Jvm jvm, long seed, int count) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (long s = seed; s < seed + count; s++) {
            sources.put("P" + s, RandomProgram.source("P" + s, s));
        }
        String release = (seed / BATCH) % 2 == 0 ? "17" : "8";
        Path classes = Compiler.compile(work, sources, List.of("--release", release, "-g"));
        List<String> mains = new ArrayList<>(sources.keySet());

        List<String> plain = new ArrayList<>(List.of("-cp", Classpath.TESTS));
        plain.addAll(List.of(PlainLauncher.class.getName(), classes.toString()));
        plain.addAll(mains);
        Jvm.Result expected = jvm.run(plain, 300);
        assertEquals(0, expected.exit(), expected.err());

        Path report = work.resolve("report");
        List<String> rewritten = new ArrayList<>(Classpath.rewriting());
        rewritten.addAll(
                List.of(RewritingLauncher.class.getName(), classes.toString(), report.toString()));
        rewritten.addAll(mains);
        Jvm.Result actual = jvm.run(rewritten, 300);

        List<String> wanted = Arrays.asList(expected.out().split("\n", -1));
        List<String> got = Arrays.asList(actual.out().split("\n", -1));
        for (int i = 0; i < wanted.size(); i++) {
            String line = i < got.size() ? got.get(i) : "nothing";
            int line0 = i;
            assertEquals(
                    wanted.get(i),
                    line,
                    () -> "program " + mains.get(Math.min(line0, count - 1)) + "\n" + actual.err());
        }
        return Files.readAllLines(report);
    }
}
