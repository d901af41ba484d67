package io.emucxl.agent.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.emucxl.agent.kit.Classpath;
import io.emucxl.agent.kit.Compiler;
import io.emucxl.agent.kit.Outcome;
import io.emucxl.agent.kit.PlainLauncher;
import io.emucxl.agent.kit.RandomProgram;
import io.emucxl.agent.kit.RewritingLauncher;
import io.emucxl.test.Jvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The random programs can fail: whatever fault is put into the rewriting, one of them shows it. A
 * mutant that survives says that the programs are too narrow. {@code -Dmutants.only=TEXT} takes
 * those whose fault has this text in it.
 */
class MutantsIT {
    /** How many programs a mutant meets at first, and then when it has survived those before. */
    private static final int[] PROGRAMS = {8, 24, 60, 120, 180};

    /** The product as it is, which must survive. */
    private static final Mutant CONTROL = new Mutant("nothing is wrong", List.of(), c -> {});

    private static final String SURVIVED = "survived";
    private static final int SECONDS = 300;

    @TempDir Path work;

    /**
     * Some programs.
     *
     * @param first the seed of the first one
     * @param expected what they do on the heap, for each JVM
     */
    private record Batch(int first, Path classes, List<String> mains, List<Outcome> expected) {}

    @Test
    void areFound() {
        List<Jvm> jvms = Jvm.all().toList();
        List<Batch> batches = new ArrayList<>();
        int first = 1;
        for (int count : PROGRAMS) {
            batches.add(batch(jvms, first, count));
            first += count;
        }
        List<Mutant> mutants = new ArrayList<>(Mutants.all());
        String only = System.getProperty("mutants.only", "");
        mutants.removeIf(m -> !m.fault().contains(only));
        mutants.add(0, CONTROL);
        Set<String> survivors = ConcurrentHashMap.newKeySet();
        IntStream.range(0, mutants.size())
                .parallel()
                .forEach(
                        m -> {
                            Mutant mutant = mutants.get(m);
                            int jvm = m % jvms.size();
                            String found = found(m, mutant, jvms.get(jvm), jvm, batches);
                            System.out.println(jvms.get(jvm) + ", " + mutant + ": " + found);
                            if (found.equals(SURVIVED)) {
                                survivors.add(mutant.fault());
                            }
                        });
        assertEquals(Set.of(CONTROL.fault()), survivors);
    }

    private Batch batch(List<Jvm> jvms, int first, int count) {
        Map<String, String> sources = new TreeMap<>();
        List<String> mains = new ArrayList<>();
        for (int s = first; s < first + count; s++) {
            sources.put("P" + s, RandomProgram.source("P" + s, s));
            mains.add(RandomProgram.PACKAGE + ".P" + s);
        }
        Path classes = Compiler.compile(work, sources, List.of("--release", "17", "-g"));
        List<Outcome> expected = new ArrayList<>();
        for (Jvm jvm : jvms) {
            expected.add(Outcome.of(plain(jvm, classes, mains).out()));
        }
        return new Batch(first, classes, mains, expected);
    }

    /** What showed the fault. */
    private String found(int number, Mutant mutant, Jvm jvm, int jvmIndex, List<Batch> batches) {
        try {
            Path faulty = Files.createDirectory(work.resolve("mutant" + number));
            mutant.write(faulty);
            for (Batch batch : batches) {
                Jvm.Result result = rewritten(jvm, faulty, batch.classes, batch.mains);
                int i = batch.expected.get(jvmIndex).difference(Outcome.of(result.out()));
                if (i >= 0) {
                    return "program " + (batch.first + i) + failure(result);
                }
            }
            return SURVIVED;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String failure(Jvm.Result result) {
        String text =
                result.err()
                        .lines()
                        .filter(l -> l.contains("Error") || l.contains("Exception"))
                        .findFirst()
                        .orElse("exit " + result.exit());
        return result.exit() == 0
                ? ""
                : " (" + text.substring(0, Math.min(90, text.length())) + ")";
    }

    private static Jvm.Result plain(Jvm jvm, Path classes, List<String> mains) {
        List<String> command = new ArrayList<>(Classpath.interpreted());
        command.addAll(List.of("-cp", Classpath.TESTS, PlainLauncher.class.getName()));
        command.add(classes.toString());
        command.addAll(mains);
        Jvm.Result result = jvm.run(command, SECONDS);
        assertEquals(0, result.exit(), result.err());
        return result;
    }

    private static Jvm.Result rewritten(Jvm jvm, Path faulty, Path classes, List<String> mains) {
        List<String> command = new ArrayList<>(Classpath.interpreted());
        // A fault of the runtime may end the JVM.
        command.addAll(List.of("-XX:ErrorFile=/dev/null", "-XX:-CreateCoredumpOnCrash"));
        command.addAll(Classpath.rewriting(Mutant.boot(faulty), Mutant.analysis(faulty)));
        command.addAll(List.of(RewritingLauncher.class.getName(), classes.toString()));
        command.add(faulty.resolve("report").toString());
        command.addAll(mains);
        return jvm.run(command, SECONDS);
    }
}
