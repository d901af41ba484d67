package io.emucxl.agent.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.test.Jvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random programs do the same on tiered arrays as on the heap: compiled for Java 17 and for Java 8,
 * rewritten by the analysis alone and by the packaged agent while regions move. {@code
 * -Dfuzz.programs=N} and {@code -Dfuzz.seed=N} choose how many and which; a difference names the
 * seed of its program.
 */
class RandomProgramsIT {
    /** From so many programs in a batch on, half of the batches run under the packaged agent. */
    private static final int MANY = 100;

    /** The JVM has no messages for null in compiled code, now and then. */
    static final List<String> INTERPRETED =
            List.of(
                    "-XX:CompileCommand=quiet",
                    "-XX:CompileCommand=exclude," + RandomProgram.PACKAGE + "/*.*");

    @TempDir Path work;

    private final AtomicInteger placed = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    @Test
    void behaveAsOnTheHeap() {
        int programs = Integer.getInteger("fuzz.programs", 100);
        long seed = Long.getLong("fuzz.seed", 1);
        List<Jvm> jvms = Jvm.all().toList();
        int size = Math.max(1, Math.min(500, programs / 4));
        IntStream.range(0, (programs + size - 1) / size)
                .parallel()
                .forEach(
                        b -> {
                            int count = Math.min(size, programs - b * size);
                            try {
                                batch(jvms, b, seed + (long) b * size, count);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        String counts = "placed " + placed + ", refused " + refused;
        System.out.println(programs + " random programs on " + jvms + ": " + counts);
        assertTrue(placed.get() > refused.get(), counts);
    }

    private void batch(List<Jvm> jvms, int number, long seed, int count) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        List<String> mains = new ArrayList<>();
        for (long s = seed; s < seed + count; s++) {
            sources.put("P" + s, RandomProgram.source("P" + s, s));
            mains.add(RandomProgram.PACKAGE + ".P" + s);
        }
        String release = number % 2 == 0 ? "17" : "8";
        Path own = Files.createDirectories(work.resolve("batch" + number));
        Path classes = Compiler.compile(own, sources, List.of("--release", release, "-g"));
        for (Jvm jvm : jvms) {
            Jvm.Result plain = run(jvm, INTERPRETED, classes, mains);
            assertEquals(0, plain.exit(), plain.err());
            if (number % 4 < 2 || mains.size() < MANY) {
                Jvm.Result tiered = rewritten(jvm, own, classes, mains);
                same(plain.out(), tiered.out(), tiered.err(), mains);
            } else {
                Jvm.Result tiered = underTheAgent(jvm, own, classes, mains);
                same(
                        withoutNullMessages(plain.out()),
                        withoutNullMessages(tiered.out()),
                        tiered.err(),
                        mains);
            }
        }
    }

    private static Jvm.Result run(Jvm jvm, List<String> agent, Path classes, List<String> mains) {
        List<String> command = new ArrayList<>(agent);
        command.addAll(List.of("-cp", Classpath.TESTS, PlainLauncher.class.getName()));
        command.add(classes.toString());
        command.addAll(mains);
        return jvm.run(command, 600);
    }

    private Jvm.Result rewritten(Jvm jvm, Path own, Path classes, List<String> mains)
            throws IOException {
        Path report = own.resolve("report");
        List<String> command = new ArrayList<>(INTERPRETED);
        command.addAll(Classpath.rewriting());
        command.addAll(List.of(RewritingLauncher.class.getName(), classes.toString()));
        command.add(report.toString());
        command.addAll(mains);
        Jvm.Result result = jvm.run(command, 600);
        for (String line : Files.readAllLines(report)) {
            placed.addAndGet(line.startsWith("placed ") ? 1 : 0);
            refused.addAndGet(line.startsWith("refused ") ? 1 : 0);
        }
        return result;
    }

    private Jvm.Result underTheAgent(Jvm jvm, Path own, Path classes, List<String> mains)
            throws IOException {
        Restless restless = new Restless(own, "64MiB", List.of(RandomProgram.PACKAGE + ".**"));
        List<String> options = new ArrayList<>(restless.options());
        // The programs are too short for the second compiler.
        options.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        Jvm.Result result = run(jvm, options, classes, mains);
        restless.assertPlaced(result, 5 * mains.size());
        return result;
    }

    /** For programs that are compiled in one run only. */
    private static String withoutNullMessages(String output) {
        return output.replaceAll("NullPointerException[^;]*;", "NullPointerException;");
    }

    private static void same(String plain, String tiered, String errors, List<String> mains) {
        // The interpreter fuses iload and caload when it runs them again, and loses the message.
        boolean lost = plain.contains("NullPointerExceptionnull");
        List<String> wanted =
                Arrays.asList((lost ? withoutNullMessages(plain) : plain).split("\n", -1));
        List<String> got =
                Arrays.asList((lost ? withoutNullMessages(tiered) : tiered).split("\n", -1));
        for (int i = 0; i < wanted.size(); i++) {
            int line = i;
            assertEquals(
                    wanted.get(i),
                    i < got.size() ? got.get(i) : "nothing",
                    () -> "program " + mains.get(Math.min(line, mains.size() - 1)) + "\n" + errors);
        }
    }
}
