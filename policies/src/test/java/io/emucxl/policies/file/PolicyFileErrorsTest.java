package io.emucxl.policies.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of mistake, with its whole message. */
class PolicyFileErrorsTest {
    @TempDir Path directory;

    private static String errors(String text) {
        PolicyFileException e =
                assertThrows(
                        PolicyFileException.class,
                        () -> PolicyFileParser.parse("p.yaml", text, new Properties()));
        return e.getMessage();
    }

    private String errorsOfFile(String name) {
        PolicyFileException e =
                assertThrows(
                        PolicyFileException.class,
                        () ->
                                PolicyFileParser.read(
                                        directory.resolve(name).toString(), new Properties()));
        return e.getMessage().replace(directory + "/", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    mod: warn                    | 1:1: unknown key "mod"; did you mean "mode"?
                    xyzzy: 1                     | 1:1: unknown key "xyzzy"; valid names are version, mode, backend, regionSize, tiers, plan, targets, placement
                    capacity: 1GiB               | 1:1: unknown key "capacity"; it belongs in tiers.local
                    tiers: {locl: {}}            | 1:9: unknown key "locl" in tiers; did you mean "local"?
                    tiers: {local: {capacity: 1MiB}} | 1:27: tiers.local.capacity: 1MiB is less than a region; give at least regionSize, which is 2MiB
                    placement: {migration: {watermark: 3%}} | 1:36: the watermark 3% is above the headroom 2%; demotion goes on until the headroom is free: give a smaller one
                    targets: [{field: a.B.c, pin: local, start: remote}] | 1:11: start: remote beside pin: local; arrays begin where they are pinned: leave start out
                    targets: [{field: a.B.c, pin: heap}] | 1:31: targets.pin: unknown name "heap"; valid names are local, remote
                    targets: [{field: a.B.c, priority: urgent}] | 1:36: targets.priority: unknown name "urgent"; valid names are low, normal, high
                    targets: [{field: a.B.c, onEscape: copies}] | 1:36: targets.onEscape: unknown name "copies"; valid names are refuse, copy
                    targets: [{field: a.B.c, onEscape: [copy]}] | 1:36: targets.onEscape is a list; it is one of refuse, copy
                    onEscape: copy               | 1:1: unknown key "onEscape"; it belongs in targets
                    version: 2                   | 1:10: version: 2 is not known; it is 1
                    version: one                 | 1:10: version: "one" is not a whole number; write it like 1
                    mode: Warn                   | 1:7: mode: unknown name "Warn"; did you mean "warn"?
                    mode: x                      | 1:7: mode: unknown name "x"; valid names are strict, warn, off
                    backend: nmua                | 1:10: backend: unknown name "nmua"; did you mean "numa"?
                    mode: [warn]                 | 1:7: mode is a list; it is one of strict, warn, off
                    mode: {warn: 1}              | 1:7: mode is a mapping; it is one of strict, warn, off
                    mode:                        | 1:6: mode is empty; it is one of strict, warn, off
                    tiers: 3                     | 1:8: tiers is "3"; it is a mapping of local, remote
                    targets: a.B.c               | 1:10: targets is "a.B.c"; it is a list, whose elements begin with "- field:" or "- fields:"
                    regionSize: 3MiB             | 1:13: regionSize: 3MiB is not a power of two; the nearest are 2MiB and 4MiB
                    regionSize: 4KiB             | 1:13: regionSize: 4KiB is out of range; it is at least 64KiB and at most 1GiB
                    regionSize: 2MB              | 1:13: regionSize: "2MB" has the unknown unit "MB"; did you mean 2MiB?
                    regionSize: 2mib             | 1:13: regionSize: "2mib" has the unknown unit "mib"; did you mean 2MiB?
                    regionSize: 2 M              | 1:13: regionSize: "2 M" has the unknown unit "M"; did you mean 2MiB?
                    regionSize: 2 parsec         | 1:13: regionSize: "2 parsec" has the unknown unit "parsec"; units are B, KiB, MiB, GiB, TiB
                    regionSize: 2097152          | 1:13: regionSize: "2097152" has no unit; write 2097152 and one of B, KiB, MiB, GiB, TiB
                    regionSize: -2MiB            | 1:13: regionSize: "-2MiB" is not a size; write it like 64MiB
                    regionSize: 1.2.3MiB         | 1:13: regionSize: "1.2.3MiB" is not a size; write it like 64MiB
                    regionSize: 99999999999TiB   | 1:13: regionSize: "99999999999TiB" is too large a number
                    tiers: {local: {node: -1}}   | 1:23: tiers.local.node: "-1" is not a whole number; write it like 1
                    tiers: {local: {node: 1.5}}  | 1:23: tiers.local.node: "1.5" is not a whole number; write it like 1
                    tiers: {local: {node: 4096}} | 1:23: tiers.local.node: 4096 is out of range; it is at least 0 and at most 1023
                    tiers: {local: {capacity: 0B}}   | 1:27: tiers.local.capacity: 0B is out of range; it is at least 64KiB and at most 64TiB
                    tiers: {local: {capacity: 0%}}   | 1:27: tiers.local.capacity: 0% is out of range; write more than 0% and at most 100%
                    tiers: {local: {capacity: 101%}} | 1:27: tiers.local.capacity: 101% is out of range; write more than 0% and at most 100%
                    tiers: {remote: {profile: cxl2}} | 1:27: tiers.remote.profile: unknown name "cxl2"; valid names are none, local-dram, remote-socket, cxl-2.0-x8, cxl-asic, cxl-fpga, slow
                    placement: {policy: hotest}      | 1:21: placement.policy: unknown name "hotest"; did you mean "hotset"?
                    placement: {policy: a..B}        | 1:21: placement.policy: "a..B" is not the name of a class; write package.Class
                    placement: {start: near}         | 1:20: placement.start: unknown name "near"; valid names are local, remote
                    placement: {parameters: 3}       | 1:25: placement.parameters is "3"; it is a mapping of names to values
                    placement: {classPath: {a: b}}   | 1:24: placement.classPath is a mapping; it is a list of paths such as [policies.jar]
                    placement: {sampling: {window: 1}}       | 1:32: placement.sampling.window: "1" has no unit; write 1 and one of ns, us, ms, s, min
                    placement: {sampling: {window: 1sec}}    | 1:32: placement.sampling.window: "1sec" has the unknown unit "sec"; did you mean 1s?
                    placement: {sampling: {window: 1m}}      | 1:32: placement.sampling.window: "1m" has the unknown unit "m"; did you mean 1ms?
                    placement: {sampling: {window: 2s}}      | 1:32: placement.sampling.window: 2s is out of range; it is at least 10us and at most 1s
                    placement: {sampling: {duty: 0.5}}       | 1:30: placement.sampling.duty: "0.5" has no unit; write 0.5 and one of %
                    placement: {sampling: {duty: 200%}}      | 1:30: placement.sampling.duty: 200% is out of range; it is at least 0% and at most 100%
                    placement: {migration: {bandwidth: 1GiB}}  | 1:36: placement.migration.bandwidth: "1GiB" is not a bandwidth; write a size per second such as 1GiB/s
                    placement: {migration: {bandwidth: 1GB/s}} | 1:36: placement.migration.bandwidth: "1GB/s" has the unknown unit "GB"; did you mean 1GiB/s?
                    targets: [{}]                | 1:11: a target without field and fields; name what it means: field: package.Class.field
                    targets: [{field: a.B.c, fields: a.**}] | 1:11: a target with both field and fields; make it two targets
                    targets: [{field: c}]        | 1:19: targets.field: "c" lacks its class; write package.Class.field, with $ before a nested class
                    targets: [{field: a.B::c}]   | 1:19: targets.field: "a.B::c" is not the name of a field; write package.Class.field, with $ before a nested class: a.B.c
                    targets: [{field: a.B#c}]    | 1:19: targets.field: "a.B#c" is not the name of a field; write package.Class.field, with $ before a nested class: a.B.c
                    targets: [{field: 1a.B}]     | 1:19: targets.field: "1a.B" is not the name of a field; write package.Class.field, with $ before a nested class
                    targets: [{field: a.*}]      | 1:19: targets.field: "a.*" is a pattern; write it with the key fields
                    targets: [{fields: a b}]     | 1:20: targets.fields: "a b" is not a pattern of names; write it like com.acme.index.** or com.acme.Index.*
                    targets: [{fields: a.*, exclude: [[b]]}] | 1:35: an element of targets.exclude is a list
                    targets: [{field: a.B.c, exclude: [b]}]  | 1:11: exclude beside field; it belongs to fields
                    targets: [{feld: a.B.c}]     | 1:12: unknown key "feld" in targets; did you mean "field"?
                    [a, b]                       | 1:1: the document is a list; it is a mapping of version, mode, backend, regionSize, tiers, plan, targets, placement
                    mode: &x warn                | 1:7: the anchor &x; policy files have no anchors and aliases: write the value out where it is used
                    mode: !!str warn             | ok
                    mode: !java.io.File warn     | 1:7: the tag !java.io.File; policy files have no tags: leave it out
                    ? [a]                        | 1:3: a key that is not a name
                    """)
    void message(String text, String expected) throws PolicyFileException {
        if (expected.equals("ok")) {
            PolicyFileParser.parse("p.yaml", text, new Properties());
        } else {
            assertEquals("p.yaml:" + expected, errors(text));
        }
    }

    @Test
    void allMistakesAreReported() {
        String text =
                """
                mod: warn
                backend: cxl

                backend: numa
                targets:
                  - field: x
                  - field: a.B.c
                """;
        String expected =
                """
                p.yaml:1:1: unknown key "mod"; did you mean "mode"?
                p.yaml:2:10: backend: unknown name "cxl"; valid names are auto, device, numa, emulated
                p.yaml:4:1: the key "backend" is given twice, first on line 2; leave one of them
                p.yaml:6:12: targets.field: "x" lacks its class; write package.Class.field, with $ before a nested class
                """;
        assertEquals(expected.strip(), errors(text));
    }

    @Test
    void onlyAHundredMistakesAreReported() {
        assertEquals(100, errors("qwertz: 1\n".repeat(500)).lines().count());
    }

    @Test
    void syntax() {
        assertEquals(
                "p.yaml:2:1: a tab in the indentation; indent with spaces",
                errors("tiers:\n\tlocal: {}\n"));
        assertTrue(
                errors("tiers: {local: {node: 0}\nmode: warn\n")
                        .startsWith(
                                "p.yaml:2:1: not YAML: while parsing a flow mapping: expected"));
        assertTrue(errors("mode: \"warn\n").startsWith("p.yaml:2:1: not YAML: while scanning"));
        assertTrue(errors("a: 1\n b: 2\n").startsWith("p.yaml:2:3: not YAML: "));
        assertTrue(
                errors("mode: warn\n---\nmode: warn\n")
                        .startsWith("p.yaml:2:1: not YAML: expected"));
        assertTrue(
                errors("a: b\0c").startsWith("p.yaml:1:5: a character that YAML does not allow"));
    }

    @Test
    void nothingIsSaid() {
        String empty = "p.yaml:1:1: the file is empty; the least that it says is \"version: 1\"";
        assertEquals(empty, errors(""));
        assertEquals(empty, errors("\n# nothing\n\n"));
        assertEquals(empty, errors("---\n"));
    }

    @Test
    void aBombOfAliasesIsRefusedAtItsFirstAnchor() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d]\n".formatted(i, i - 1));
        }
        assertEquals(40, errors(bomb.toString()).lines().count());
        assertTrue(errors(bomb.toString()).startsWith("p.yaml:1:5: the anchor &a0"));
        assertTrue(errors("mode: &m warn\nbackend: *m\n").startsWith("p.yaml:1:7: the anchor &m"));
    }

    @Test
    void deepNestingEndsInAnError() {
        assertTrue(errors("[".repeat(200_000)).startsWith("p.yaml:1:"));
    }

    @Test
    void files() throws IOException {
        assertEquals(
                "policy.yaml: no such file in " + directory + "; give the path of a policy file",
                errorsOfFile("policy.yaml"));
        Files.writeString(directory.resolve("policy.yml"), "version: 1");
        assertEquals(
                "policy.yaml: no such file; did you mean \"policy.yml\"?",
                errorsOfFile("policy.yaml"));
        assertEquals(
                "no/policy.yaml: no such file, and no directory no",
                errorsOfFile("no/policy.yaml"));
        Files.createDirectory(directory.resolve("d.yaml"));
        assertEquals(
                "d.yaml: is a directory; give the path of a policy file in it",
                errorsOfFile("d.yaml"));
        Files.write(
                directory.resolve("latin.yaml"),
                "version: 1\n# na\u00efve\n".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(
                "latin.yaml:2:5: the byte 0xef is not UTF-8; save the file as UTF-8",
                errorsOfFile("latin.yaml"));
        Files.writeString(directory.resolve("huge.yaml"), "# x\n".repeat(300_000));
        assertTrue(errorsOfFile("huge.yaml").startsWith("huge.yaml: more than 1 MiB"));
    }

    @Test
    void utf8AndWindowsLinesAreRead() throws Exception {
        Path file = directory.resolve("ok.yaml");
        Files.writeString(file, "\uFEFF# na\u00efve\r\nmode: strict\r\nbackend: numa\r\n");
        PolicyFile read = PolicyFileParser.read(file.toString(), new Properties());
        assertEquals(PolicyFile.Mode.STRICT, read.mode());
        assertEquals("numa", read.backend());
    }

    @Test
    void parametersOfThePolicy() {
        assertEquals(
                "p.yaml:2:15: placement.parameters: policy hotset has no parameter"
                        + " \"halflife\"; did you mean \"halfLife\"?",
                errors("placement:\n  parameters: {halflife: 3}\n"));
        assertTrue(
                errors("placement: {sampling: {overhead: 0%}}")
                        .endsWith("0% is out of range; it is at least 0.01% and at most 100%"));
    }

    @Test
    void amounts() {
        assertEquals(5L << 28, Amount.size("1.25GiB"));
        assertEquals(3L << 39, Amount.size("1.5 TiB"));
        assertEquals(333_333, Amount.duration("0.33333399ms"));
        assertEquals(1_250, Amount.percent("0.125%"));
        assertEquals(1L << 20, Amount.bandwidth("1MiB/s"));
    }

    @Test
    void nearestNames() {
        assertEquals("mode", NearestName.of("mdoe", List.of("version", "mode")));
        assertEquals(1, NearestName.distance("mdoe", "mode"));
        assertEquals(3, NearestName.distance("kitten", "sitting"));
        assertEquals(4, NearestName.distance("", "four"));
    }
}
