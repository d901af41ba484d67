package io.emucxl.memorymodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.agent.kit.Restless;
import io.emucxl.test.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Threads see of tiered arrays what Java lets them see of arrays, and the harness sees what a
 * machine does: the two controls must show their relaxed outcomes. {@code -Draces.mode=all} runs
 * every test interpreted, with each compiler, and with C2's randomizers; by default each runs once,
 * as the JVM would run it. Regions move all the while.
 */
class MemoryModelIT {
    private static final Pattern TEST = Pattern.compile("\\[([A-Z ]+)\\] (io\\.emucxl\\S+)");
    private static final Pattern OUTCOME =
            Pattern.compile(
                    "^ +(.+?) +([0-9,]+) +[<>]?[0-9.]+% +(Acceptable|Interesting|Forbidden)");
    private static final Pattern RESULTS =
            Pattern.compile("Results: (\\d+) planned; (\\d+) passed, (.*?)\\)");
    private static final List<String> CONTROLS =
            List.of("Publication$StoreBuffering", "WordTearing$Packed");

    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void isThatOfJava(Jvm jvm) throws IOException {
        boolean all = System.getProperty("races.mode", "").equals("all");
        Restless restless = new Restless(directory, "16MiB", List.of("io.emucxl.memorymodel.**"));
        List<String> agent = new ArrayList<>(restless.options());
        Path rewritten = directory.resolve("rewritten");
        agent.add("-Demucxl.dump=" + rewritten);
        List<String> command = new ArrayList<>();
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("org.openjdk.jcstress.Main", "-r", directory + "/results", "-v"));
        command.addAll(List.of("-t", "io.emucxl.memorymodel", "-sc", "false", "-hs", "128"));
        command.addAll(List.of("-f", "1", "-fsm", "1"));
        command.addAll(
                all
                        ? List.of("-iters", "3", "-time", "500")
                        : List.of("-iters", "2", "-time", "300"));
        command.addAll(List.of(all ? "-jvmArgsPrepend" : "-jvmArgs", String.join(" ", agent)));
        Jvm.Result result = jvm.run(command, 1800);
        String said = result.out() + result.err();

        Matcher results = RESULTS.matcher(said);
        int planned = 0;
        int passed = -1;
        String others = "";
        while (results.find()) {
            planned = Integer.parseInt(results.group(1));
            passed = Integer.parseInt(results.group(2));
            others = results.group(3);
        }
        assertEquals(planned, passed, said);
        assertEquals("0 failed, 0 soft errs, 0 hard errs", others, said);
        Map<String, long[]> outcomes = outcomes(said);
        List<String> tests = tests();
        assertEquals(tests, List.copyOf(outcomes.keySet()), said);
        for (String test : tests) {
            assertTrue(
                    Files.exists(rewritten.resolve("io/emucxl/memorymodel/" + test + ".class")),
                    test + " was not rewritten");
        }
        for (String control : CONTROLS) {
            assertTrue(outcomes.get(control)[1] > 0, control + " shows nothing: " + said);
        }
        restless.assertMoved();
        StringBuilder table = new StringBuilder();
        outcomes.forEach(
                (test, n) ->
                        table.append(
                                "\n  %,14d samples, %,10d relaxed  %s"
                                        .formatted(n[0], n[1], test)));
        System.out.println("The memory model on " + jvm + ", " + planned + " runs:" + table);
    }

    /** By test, how often anything was seen, and how often something that only races show. */
    private static Map<String, long[]> outcomes(String said) {
        Map<String, long[]> all = new TreeMap<>();
        long[] now = new long[2];
        for (String line : said.lines().toList()) {
            Matcher test = TEST.matcher(line);
            Matcher outcome = OUTCOME.matcher(line);
            if (test.find()) {
                String[] parts = test.group(2).split("\\.", -1);
                String name = parts[parts.length - 2] + "$" + parts[parts.length - 1];
                now = all.computeIfAbsent(name, n -> new long[2]);
            } else if (outcome.find()) {
                long times = Long.parseLong(outcome.group(2).replace(",", ""));
                now[0] += times;
                now[1] += outcome.group(3).equals("Interesting") ? times : 0;
            }
        }
        return all;
    }

    /** The tests that there are. */
    private static List<String> tests() throws IOException {
        Path classes = Path.of("target/classes/io/emucxl/memorymodel");
        try (Stream<Path> files = Files.list(classes)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith("_jcstress.class"))
                    .map(f -> f.replace("_jcstress.class", "").replaceFirst("_", "\\$"))
                    .sorted()
                    .toList();
        }
    }
}
