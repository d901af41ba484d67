package io.emucxl.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.test.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A policy file that changes while the program runs, on every JDK. */
class ReloadIT {
    private static final Path JAR = Path.of("target/emucxl-agent.jar").toAbsolutePath();
    private static final String CLASSES =
            Path.of("target/test-classes").toAbsolutePath().toString();

    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource("io.emucxl.test.Jvm#all")
    void whatCanChangeChangesAndMistakesChangeNothing(Jvm jvm) throws IOException {
        Path file = directory.resolve("policy.yaml");
        Files.writeString(
                file,
                """
                version: 1
                backend: emulated
                regionSize: 64KiB
                tiers: {local: {capacity: 4MiB}, remote: {capacity: 16MiB}}
                targets:
                  - field: io.emucxl.agent.programs.Reloading.first
                    pin: local
                  - field: io.emucxl.agent.programs.Reloading.second
                placement: {migration: {every: 10ms}}
                """);
        Jvm.Result result =
                jvm.run(
                        List.of(
                                "-javaagent:" + JAR + "=" + file,
                                "-cp",
                                CLASSES,
                                "io.emucxl.agent.programs.Reloading",
                                file.toString()),
                        180);
        assertEquals(0, result.exit(), result.err());
        List<String> said = result.out().lines().toList();
        assertEquals(6, said.size(), result.out());
        assertEquals(
                "emucxl: "
                        + file
                        + " has changed: tiers.local.capacity 3MiB (was 4MiB), placement.policy lru"
                        + " (was hotset), targets[0].pin remote (was local)",
                said.get(0));
        assertTrue(said.get(1).startsWith("emucxl: " + file + ":7:10: targets.pin: "), said.get(1));
        assertTrue(said.get(2).startsWith("emucxl: " + file + ":9:39: unknown key \"polcy\""));
        assertEquals(
                "emucxl: " + file + " has changed and cannot be used; what it said before holds",
                said.get(3));
        assertEquals(
                "emucxl: "
                        + file
                        + " has changed: regionSize stays 64KiB (fixed while the program runs),"
                        + " tiers.local.capacity 2560KiB (was 3MiB), placement.policy hotset (was"
                        + " lru), targets[0].pin local (was remote)",
                said.get(4));
        assertEquals("sum true", said.get(5));
    }
}
