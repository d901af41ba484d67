package io.emucxl.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.agent.kit.Compiler;
import io.emucxl.test.Jvm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans that {@code explain} stores and the agent takes, on every JDK. */
class StoredPlanIT {

    private static final String JVMS = "io.emucxl.test.Jvm#all";
    private static final Path JAR = Path.of("target/emucxl-agent.jar").toAbsolutePath();

    private static final String MAIN =
            """
            package com.acme;
            public final class Main {
                public static void main(String[] arguments) {
                    Table table = new Table(1000);
                    for (int i = 0; i < 5000; i++) {
                        table.add(i % 1000, i);
                    }
                    System.out.println(table.sum() + " " + table.raw().length);
                }
            }
            """;
    private static final String TABLE =
            """
            package com.acme;
            public final class Table {
                private final long[] cells;
                @io.emucxl.runtime.RemoteTier private final int[] marked;
                private final int[] raw = new int[4];
                Table(int length) {
                    cells = new long[length];
                    marked = new int[length];
                }
                void add(int at, long value) {
                    cells[at] += value;
                    marked[at]++;
                }
                long sum() {
                    long sum = 0;
                    for (int i = 0; i < cells.length; i++) {
                        sum += cells[i] * marked[i];
                    }
                    return sum;
                }
                public int[] raw() {
                    return raw;
                }
            }
            """;
    private static final String OUT = "62487500 4\n";

    @TempDir Path directory;
    private Path classes;
    private Path plan;

    @BeforeEach
    void compile() {
        classes = compiled(TABLE);
        plan = directory.resolve("app.plan");
    }

    private Path compiled(String table) {
        String runtime = Path.of("../runtime/target/classes").toAbsolutePath().toString();
        return Compiler.compile(
                directory,
                Map.of("Main", MAIN, "Table", table),
                List.of("--release", "17", "-cp", runtime));
    }

    private Path policy(String targets) throws IOException {
        return Files.writeString(
                directory.resolve("policy.yaml"), "version: 1\nplan: " + plan + "\n" + targets);
    }

    private Path policy() throws IOException {
        return policy("targets:\n  - field: com.acme.Table.cells\n  - field: com.acme.Table.raw\n");
    }

    private void store(Jvm jvm, Path policy) {
        store(jvm, policy, "2 of 3 fields can be placed");
    }

    private void store(Jvm jvm, Path policy, String coverage) {
        Jvm.Result stored =
                jvm.run(
                        List.of(
                                "-jar",
                                JAR.toString(),
                                "explain",
                                "--policy",
                                policy.toString(),
                                "--plan",
                                plan.toString(),
                                classes.toString()),
                        60);
        assertEquals(0, stored.exit(), stored.err());
        assertEquals("", stored.err());
        assertTrue(stored.out().contains(coverage), stored.out());
    }

    /** Runs the program; whether the class path was searched is in the class-loading log. */
    private Jvm.Result run(Jvm jvm, Path policy, String... options) {
        List<String> command = new ArrayList<>(List.of(options));
        command.add("-Xlog:class+load:file=" + directory.resolve("loaded"));
        command.add("-javaagent:" + JAR + "=" + policy);
        command.addAll(List.of("-cp", classes.toString(), "com.acme.Main"));
        return jvm.run(command, 60);
    }

    private boolean analysed() throws IOException {
        return Files.readString(directory.resolve("loaded"))
                .contains("io.emucxl.agent.weave.ClassIndex ");
    }

    private boolean rewritten() throws IOException {
        return Files.readString(directory.resolve("loaded"))
                .contains("io.emucxl.agent.lib.asm.ClassReader ");
    }

    private static String lastLine(Jvm.Result result) {
        List<String> lines = result.err().lines().toList();
        return lines.get(lines.size() - 1);
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void aStoredPlanSparesTheAnalysis(Jvm jvm) throws IOException {
        Path policy = policy();
        store(jvm, policy);
        Jvm.Result result = run(jvm, policy);
        assertEquals(OUT, result.out(), result.err());
        assertTrue(lastLine(result).endsWith("; 2 fields placed, 1 refused"), result.err());
        assertEquals(2, result.err().lines().count(), result.err());
        assertTrue(result.err().contains("com.acme.Table.raw stays on the heap"), result.err());
        assertFalse(analysed());
        assertFalse(rewritten());

        byte[] first = Files.readAllBytes(plan);
        store(jvm, policy);
        assertArrayEquals(first, Files.readAllBytes(plan));
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void aPropertyNamesThePlanOfMarkedClasses(Jvm jvm) throws IOException {
        Path policy = Files.writeString(directory.resolve("none.yaml"), "version: 1\n");
        Jvm.Result stored =
                jvm.run(
                        List.of(
                                "-jar",
                                JAR.toString(),
                                "explain",
                                "--plan",
                                plan.toString(),
                                classes.toString()),
                        60);
        assertEquals(0, stored.exit(), stored.err());
        Jvm.Result result = run(jvm, policy, "-Demucxl.plan=" + plan);
        assertEquals(OUT, result.out(), result.err());
        assertTrue(result.err().endsWith("; 1 field placed, 0 refused\n"), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
        assertFalse(analysed());
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void aChangedClassIsNamedAndAnalysedAgain(Jvm jvm) throws IOException {
        Path policy = policy();
        store(jvm, policy);
        // Now the array leaves its class: the stored plan would be wrong.
        Path other =
                compiled(
                        TABLE.replace(
                                "public int[] raw() {",
                                "Object cells() { return cells; } public int[] raw() {"));
        Files.copy(
                other.resolve("com/acme/Table.class"),
                classes.resolve("com/acme/Table.class"),
                StandardCopyOption.REPLACE_EXISTING);
        Jvm.Result result = run(jvm, policy);
        assertEquals(OUT, result.out(), result.err());
        assertTrue(
                result.err()
                        .startsWith(
                                "emucxl: "
                                        + policy
                                        + ":2:7: the stored plan does not hold, the analysis runs"
                                        + " again: com.acme.Table has changed\n"),
                result.err());
        assertTrue(result.err().contains("com.acme.Table.cells stays on the heap"), result.err());
        assertTrue(result.err().contains("; 1 field placed, 2 refused\n"), result.err());
        assertTrue(analysed());
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void aNewClassOrAnotherTargetOutdatesThePlan(Jvm jvm) throws IOException {
        Path policy = policy();
        store(jvm, policy);
        Path added = Files.createDirectories(classes.resolve("com/acme/more"));
        Files.copy(classes.resolve("com/acme/Main.class"), added.resolve("Copy.class"));
        Jvm.Result grown = run(jvm, policy);
        assertEquals(OUT, grown.out(), grown.err());
        String name = classes.getFileName().toString();
        assertTrue(grown.err().contains("runs again: " + name + " has changed\n"), grown.err());
        Files.delete(added.resolve("Copy.class"));

        Jvm.Result same = run(jvm, policy);
        assertFalse(same.err().contains("runs again"), same.err());
        Path fewer = policy("targets:\n  - field: com.acme.Table.cells\n");
        Jvm.Result other = run(jvm, fewer);
        assertEquals(OUT, other.out(), other.err());
        assertTrue(
                other.err()
                        .contains(
                                "runs again: the policy file's targets have changed (gone: field:"
                                        + " com.acme.Table.raw)\n"),
                other.err());
        assertTrue(other.err().contains("; 2 fields placed, 0 refused\n"), other.err());
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void aPlanThatCannotBeReadIsAnErrorOfThePolicyFile(Jvm jvm) throws IOException {
        Path policy = policy();
        String place = "emucxl: " + policy + ":2:7: plan: ";
        Jvm.Result missing = run(jvm, policy);
        assertEquals(OUT, missing.out(), missing.err());
        assertTrue(missing.err().startsWith(place + "there is no file "), missing.err());
        assertTrue(missing.err().contains("; 2 fields placed, 1 refused\n"), missing.err());

        store(jvm, policy);
        byte[] bytes = Files.readAllBytes(plan);
        bytes[100] ^= 4;
        Files.write(plan, bytes);
        Jvm.Result damaged = run(jvm, policy);
        assertEquals(OUT, damaged.out(), damaged.err());
        assertTrue(damaged.err().startsWith(place + plan + " is damaged; "), damaged.err());

        Jvm.Result strict = run(jvm, policy, "-Demucxl.mode=strict");
        assertEquals(1, strict.exit());
        assertEquals("", strict.out());
        assertTrue(strict.err().contains("stopped: there is no stored plan"), strict.err());
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void storedCodeIsWhatTheRewriterMakes(Jvm jvm) throws IOException {
        Path policy = policy();
        store(jvm, policy);
        Path stored = directory.resolve("stored");
        Jvm.Result result = run(jvm, policy, "-Demucxl.dump=" + stored);
        assertEquals(OUT, result.out(), result.err());
        assertFalse(rewritten());

        byte[] bytes = Files.readAllBytes(plan);
        int code = 16 + ByteBuffer.wrap(bytes).getInt(12);
        for (int i = code; i < bytes.length; i++) {
            bytes[i] ^= 1;
        }
        Files.write(plan, bytes);
        Path made = directory.resolve("made");
        Jvm.Result damaged = run(jvm, policy, "-Demucxl.dump=" + made);
        assertEquals(OUT, damaged.out(), damaged.err());
        assertTrue(damaged.err().contains("emucxl: " + plan + " is damaged, "), damaged.err());
        assertTrue(lastLine(damaged).endsWith("; 2 fields placed, 1 refused"), damaged.err());
        assertTrue(rewritten());
        String table = "com/acme/Table.class";
        assertArrayEquals(
                Files.readAllBytes(made.resolve(table)), Files.readAllBytes(stored.resolve(table)));
    }

    @ParameterizedTest
    @MethodSource(JVMS)
    void aStoredPlanKnowsWhatIsReturnedAsACopy(Jvm jvm) throws IOException {
        String targets =
                "targets:\n  - field: com.acme.Table.cells\n  - field: com.acme.Table.raw\n";
        Path policy = policy(targets + "    onEscape: copy\n");
        store(jvm, policy, "com.acme.Table.raw at com.acme.Table.raw:22: callers get a copy of it");
        Jvm.Result result = run(jvm, policy);
        assertEquals(OUT, result.out(), result.err());
        assertTrue(lastLine(result).endsWith("; 3 fields placed, 0 refused"), result.err());
        assertTrue(result.err().contains("com.acme.Table.raw is returned as a copy: "));
        assertFalse(result.err().contains("runs again"), result.err());
        assertFalse(analysed());
        Jvm.Result changed = run(jvm, policy(targets));
        assertEquals(OUT, changed.out(), changed.err());
        assertTrue(changed.err().contains("targets have changed"), changed.err());
        assertTrue(lastLine(changed).endsWith("; 2 fields placed, 1 refused"), changed.err());
    }
}
