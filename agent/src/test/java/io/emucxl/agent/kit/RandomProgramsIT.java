package io.emucxl.agent.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.test.Jvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random programs do the same on tiered arrays as on the heap: compiled for Java 17 and for Java 8,
 * rewritten by the analysis alone and by the packaged agent while regions move. {@code
 * -Dfuzz.programs=N} and {@code -Dfuzz.seed=N} choose how many and which; a difference names the
 * seed of its program.
 */
class RandomProgramsIT {
    /** Of so many batches one runs under the packaged agent, which takes longer. */
    private static final int TURN = 5;

    @TempDir Path work;

    private static final Pattern FIELD =
            Pattern.compile("(placed|refused) " + RandomProgram.PACKAGE + "\\.P(\\d+)\\b.*");

    /** How many fields of programs that keep their arrays are placed for one that is refused. */
    private static final int PLACED_FOR_ONE = 8;

    private final Map<Fate, Tally> tallies =
            Map.of(Fate.KEPT, new Tally(), Fate.RETURNED, new Tally(), Fate.LEAKED, new Tally());

    /** How many fields were placed, and how many refused. */
    private static final class Tally {
        final AtomicInteger placed = new AtomicInteger();
        final AtomicInteger refused = new AtomicInteger();

        @Override
        public String toString() {
            return placed + " placed, " + refused + " refused";
        }
    }

    @Test
    void behaveAsOnTheHeap() {
        int programs = Integer.getInteger("fuzz.programs", 240);
        long seed = Long.getLong("fuzz.seed", 1);
        List<Jvm> jvms = Jvm.all().toList();
        int size = Math.max(1, Math.min(500, programs / TURN));
        // The same programs run in the same way when they are run in parts.
        int before = (int) ((seed - 1) / size);
        IntStream.range(0, (programs + size - 1) / size)
                .parallel()
                .forEach(
                        b -> {
                            int count = Math.min(size, programs - b * size);
                            try {
                                batch(jvms, before + b, seed + (long) b * size, count);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        System.out.println(programs + " random programs on " + jvms + ": " + tallies);
        Tally kept = tallies.get(Fate.KEPT);
        assertTrue(kept.placed.get() >= PLACED_FOR_ONE * kept.refused.get(), kept.toString());
        for (Tally t : tallies.values()) {
            assertTrue(t.placed.get() >= programs, tallies.toString());
        }
        assertTrue(tallies.get(Fate.LEAKED).refused.get() >= programs, tallies.toString());
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
            Jvm.Result plain = run(jvm, Classpath.interpreted(), classes, mains);
            assertEquals(0, plain.exit(), plain.err());
            Outcome expected = Outcome.of(plain.out());
            assertEquals(mains.size(), expected.size());
            if (number % TURN == 3) {
                same(expected, underTheAgent(jvm, own, classes, mains), mains, true);
            } else {
                same(expected, rewritten(jvm, own, classes, mains), mains, false);
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
        List<String> command = new ArrayList<>(Classpath.interpreted());
        command.addAll(Classpath.rewriting());
        command.addAll(List.of(RewritingLauncher.class.getName(), classes.toString()));
        command.add(report.toString());
        command.addAll(mains);
        Jvm.Result result = jvm.run(command, 600);
        for (String line : Files.readAllLines(report)) {
            Matcher field = FIELD.matcher(line);
            if (field.matches()) {
                Tally of = tallies.get(Fate.of(Long.parseLong(field.group(2))));
                (field.group(1).equals("placed") ? of.placed : of.refused).incrementAndGet();
            }
        }
        return result;
    }

    private Jvm.Result underTheAgent(Jvm jvm, Path own, Path classes, List<String> mains)
            throws IOException {
        String all = RandomProgram.PACKAGE + ".**";
        Restless restless =
                new Restless(own, "64MiB", List.of(all)).copying(all + '.' + RandomProgram.LENT);
        List<String> options = new ArrayList<>(restless.options());
        // The programs are too short for the second compiler.
        options.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        Jvm.Result result = run(jvm, options, apart(own, classes), mains);
        restless.assertPlaced(result, 5 * mains.size());
        return result;
    }

    /** The classes in a directory for each program, or else they all would be one world to plan. */
    private static Path apart(Path own, Path classes) throws IOException {
        Path all = Files.createTempDirectory(own, "apart");
        try (Stream<Path> files = Files.list(classes.resolve(RandomProgram.PACKAGE))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                String main = RandomProgram.PACKAGE + '.' + name.split("[$.]", 2)[0];
                Path to = all.resolve(main).resolve(RandomProgram.PACKAGE);
                Files.copy(file, Files.createDirectories(to).resolve(name));
            }
        }
        return all;
    }

    /**
     * @param compiled whether the programs were compiled in one of the runs
     */
    private static void same(
            Outcome plain, Jvm.Result tiered, List<String> mains, boolean compiled) {
        Outcome wanted = compiled ? plain.withoutNullMessages() : plain;
        Outcome all = Outcome.of(tiered.out());
        Outcome got = compiled ? all.withoutNullMessages() : all;
        int i = wanted.difference(got);
        if (i >= 0) {
            assertEquals(
                    wanted.program(i),
                    got.program(i),
                    () -> "program " + mains.get(i) + "\n" + tiered.err());
        }
    }
}
