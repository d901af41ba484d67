package io.emucxl.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckTest {
    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int check(String... arguments) {
        return new CommandLine(new Check())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void aFileWithoutMistakesIsSummedUp() throws IOException {
        String file =
                file(
                        "p.yaml",
                        """
                        version: 1
                        backend: numa
                        tiers:
                          local: {capacity: 512MiB}
                          remote: {capacity: 12.5%}
                        placement: {policy: lru}
                        targets:
                          - field: a.B.c
                        """);
        assertEquals(0, check(file));
        assertEquals(
                file
                        + ": ok: 1 target, policy lru, backend numa, local 512MiB, remote"
                        + " 12.5%\n",
                out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void everyMistakeOfEveryFileIsSaidByLineAndColumn() throws IOException {
        String first = file("a.yaml", "mod: strict\nbackend: nuna\n");
        String right = file("b.yaml", "version: 1\n");
        String missing = folder.resolve("c.yml").toString();
        assertEquals(2, check(first, right, missing));
        assertTrue(out.toString().startsWith(right + ": ok: no targets"), out.toString());
        List<String> mistakes = err.toString().lines().toList();
        assertEquals(3, mistakes.size(), err.toString());
        assertEquals(first + ":1:1: unknown key \"mod\"; did you mean \"mode\"?", mistakes.get(0));
        assertTrue(mistakes.get(1).startsWith(first + ":2:10: backend: "), mistakes.get(1));
        assertTrue(mistakes.get(1).endsWith("did you mean \"numa\"?"), mistakes.get(1));
        assertTrue(mistakes.get(2).startsWith(missing + ": no such file"), mistakes.get(2));
    }

    @Test
    void whatTheFileNamesMustBeThere() throws IOException {
        String file =
                file(
                        "p.yaml",
                        """
                        placement:
                          policy: own.Missing
                          classPath: [no/such.jar]
                        plan: no.plan
                        """);
        assertEquals(2, check(file));
        List<String> mistakes = err.toString().lines().toList();
        assertEquals(3, mistakes.size(), err.toString());
        assertTrue(mistakes.get(0).startsWith(file + ":3:14: placement.classPath: no "), err + "");
        assertTrue(mistakes.get(1).startsWith(file + ":2:11: placement.policy: the class"));
        assertTrue(mistakes.get(2).startsWith(file + ":4:7: plan: no file "));
        String profile = file("q.yaml", "tiers: {remote: {profile: no/such.yaml}}\n");
        assertEquals(2, check(profile));
        assertTrue(err.toString().contains(profile + ":1:27: tiers.remote.profile: no/such.yaml:"));
    }

    @Test
    void wrongUsageEndsWithTwo() {
        assertEquals(2, check());
        assertEquals(2, check("--all"));
        assertEquals(0, check("--help"));
    }
}
