package io.emucxl.policies.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.policies.file.PolicyFile.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class PolicyFileParserTest {
    /** The example of the design, with every key. */
    static final String WHOLE =
            """
            version: 1
            mode: strict                    # strict: a refused target stops the start
            backend: emulated
            regionSize: 64KiB
            tiers:
              local:  {node: 2, capacity: 512MiB, profile: local-dram}
              remote: {node: 3, capacity: 12.5%, profile: cxl-2.0-x8}
            plan: app.plan
            targets:                        # besides what @RemoteTier marks
              - {field: it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap.key, onEscape: copy}
              - fields: com.acme.index.**   # every eligible array field
                exclude: [com.acme.index.Tiny, com.acme.index.*.small]
                minBytes: 64KiB
                start: local
                pin: local
                priority: high
            placement:
              policy: hotset
              parameters: {halfLife: 128, confidence: "3"}
              classPath: [a.jar, b]
              start: remote
              minBytes: 1KiB
              sampling:  {window: 2ms, duty: 0.5%, overhead: 2%}
              migration: {every: 1.5s, bandwidth: 1GiB/s, headroom: 5%, watermark: 3%, batch: 1MiB, inFlight: 64MiB}
            """;

    private static PolicyFile parse(String text) throws PolicyFileException {
        return PolicyFileParser.parse("p.yaml", text, new Properties());
    }

    @Test
    void everyKey() throws PolicyFileException {
        PolicyFile file = parse(WHOLE);
        assertEquals(Mode.STRICT, file.mode());
        assertEquals("emulated", file.backend());
        assertEquals(65536, file.regionBytes());
        assertEquals(new PolicyFile.Tier(2, 512L << 20, 0, "local-dram"), file.local());
        assertEquals(new PolicyFile.Tier(3, 0, 0.125, "cxl-2.0-x8"), file.remote());
        assertEquals(1000, file.remote().capacity(8000));
        assertEquals(
                List.of(
                        new PolicyFile.Target(
                                10,
                                5,
                                "it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap.key",
                                null,
                                List.of(),
                                1024,
                                1,
                                -1,
                                0,
                                true),
                        new PolicyFile.Target(
                                11,
                                5,
                                null,
                                "com.acme.index.**",
                                List.of("com.acme.index.Tiny", "com.acme.index.*.small"),
                                65536,
                                0,
                                0,
                                1,
                                false)),
                file.targets());
        assertEquals(new PolicyFile.Plan("app.plan", "p.yaml:8:7"), file.plan());
        assertEquals("hotset", file.placement().policy());
        assertEquals(Map.of("halfLife", "128", "confidence", "3"), file.placement().parameters());
        assertEquals(List.of("a.jar", "b"), file.placement().classPath());
        assertEquals(1, file.placement().start());
        assertEquals(new PolicyFile.Sampling(2_000_000, 0.005, 0.02), file.sampling());
        assertEquals(
                new PolicyFile.Migration(1_500_000_000, 1L << 30, 0.05, 0.03, 1 << 20, 64 << 20),
                file.migration());
    }

    @Test
    void theSmallestFileHasAllDefaults() throws PolicyFileException {
        PolicyFile file = parse("version: 1\n");
        assertEquals(PolicyFileParser.defaults(), file);
        assertEquals(Mode.WARN, file.mode());
        assertEquals("auto", file.backend());
        assertEquals(2L << 20, file.regionBytes());
        assertEquals(new PolicyFile.Tier(0, 0, 0, "none"), file.local());
        assertEquals(0, file.local().capacity(1 << 30));
        assertEquals(new PolicyFile.Tier(1, 0, 0, "none"), file.remote());
        assertEquals(List.of(), file.targets());
        assertEquals(1, file.placement().start());
        assertEquals(4096, file.placement().minBytes());
        assertEquals(new PolicyFile.Sampling(1_000_000, 0.01, 0.01), file.sampling());
        assertEquals(
                new PolicyFile.Migration(100_000_000, 1L << 30, 0.02, 0.01, 16 << 20, 256 << 20),
                file.migration());
    }

    @Test
    void noFileIsAllDefaults() throws PolicyFileException {
        assertEquals(PolicyFileParser.defaults(), PolicyFileParser.read(null, new Properties()));
        assertEquals(PolicyFileParser.defaults(), PolicyFileParser.read("", new Properties()));
    }

    @Test
    void emptySectionsSayNothing() throws PolicyFileException {
        assertEquals(
                PolicyFileParser.defaults(),
                parse("version: 1\ntargets:\ntiers:\n  local:\nplacement: ~\n"));
    }

    @Test
    void propertiesOverrideTheFile() throws PolicyFileException {
        Properties properties = new Properties();
        properties.setProperty("emucxl.mode", "off");
        properties.setProperty("emucxl.tiers.local.capacity", "25%");
        properties.setProperty("emucxl.placement.migration.bandwidth", "0B/s");
        properties.setProperty("emucxl.plan", "other.plan");
        properties.setProperty("emucxl.report", "anything");
        properties.setProperty("emucxl.test.something", "anything");
        properties.setProperty("other.mode", "nonsense");
        PolicyFile file = PolicyFileParser.parse("p.yaml", WHOLE, properties);
        assertEquals(Mode.OFF, file.mode());
        assertEquals(new PolicyFile.Tier(2, 0, 0.25, "local-dram"), file.local());
        assertEquals(new PolicyFile.Plan("other.plan", "-Demucxl.plan"), file.plan());
        assertEquals(0, file.migration().bytesPerSecond());
        assertEquals(65536, file.regionBytes());
    }

    @Test
    void aWrongPropertyIsNamed() {
        Properties properties = new Properties();
        properties.setProperty("emucxl.mode", "wrn");
        properties.setProperty("emucxl.backnd", "numa");
        properties.setProperty("emucxl.targets.field", "a.B.c");
        PolicyFileException e =
                assertThrows(
                        PolicyFileException.class,
                        () -> PolicyFileParser.parse("p.yaml", "version: 1", properties));
        assertEquals(3, e.problems().size());
        assertTrue(
                e.getMessage()
                        .contains("-Demucxl.mode: unknown name \"wrn\"; did you mean \"warn\"?"));
        assertTrue(
                e.getMessage()
                        .contains(
                                "-Demucxl.backnd: unknown system property; did you mean"
                                        + " \"emucxl.backend\"?"));
        assertTrue(e.getMessage().contains("-Demucxl.targets.field: unknown system property"));
    }

    @Test
    void everyFallbackIsAValidValue() {
        for (Key key : PolicyKeys.all()) {
            if (!key.fallback().isEmpty()) {
                ScalarValue.parse(key, key.fallback());
            }
            assertFalse(key.meaning().isEmpty());
        }
    }

    @Test
    void patterns() {
        PolicyFile.Target all = target("com.acme.**", List.of("com.acme.Tiny", "**.skip*"));
        assertTrue(all.matches("com.acme.Index", "keys"));
        assertTrue(all.matches("com.acme.deep.er.Index$Node", "keys"));
        assertFalse(all.matches("com.acme.Tiny", "keys"));
        assertFalse(all.matches("com.acme.Index", "skipped"));
        assertFalse(all.matches("com.other.Index", "keys"));
        PolicyFile.Target one = target("com.acme.*.keys", List.of());
        assertTrue(one.matches("com.acme.Index", "keys"));
        assertFalse(one.matches("com.acme.deep.Index", "keys"));
        assertFalse(one.matches("com.acme.Index", "keys2"));
        PolicyFile.Target field =
                new PolicyFile.Target(1, 1, "a.B.c", null, List.of(), 0, 1, -1, 0, false);
        assertTrue(field.matches("a.B", "c"));
        assertFalse(field.matches("a.B", "d"));
        assertNull(field.fields());
    }

    private static PolicyFile.Target target(String pattern, List<String> exclude) {
        return new PolicyFile.Target(1, 1, null, pattern, exclude, 0, 1, -1, 0, false);
    }

    @Test
    void whatHasChangedIsNamedByKey() throws PolicyFileException {
        assertEquals(List.of(), PolicyChanges.between(parse(WHOLE), parse(WHOLE)));
        String other =
                WHOLE.replace("12.5%", "1GiB")
                        .replace("halfLife: 128", "halfLife: 64")
                        .replace("regionSize: 64KiB", "regionSize: 1MiB")
                        .replace("priority: high", "priority: low")
                        .replace("onEscape: copy", "onEscape: refuse")
                        .replace("duty: 0.5%", "duty: 2%");
        assertEquals(
                List.of(
                        "regionSize 64KiB 1MiB false",
                        "tiers.remote.capacity 12.5% 1GiB true",
                        "placement.parameters {halfLife=128, confidence=3} {halfLife=64,"
                                + " confidence=3} true",
                        "placement.sampling.duty 0.5% 2% true",
                        "targets[0].onEscape copy refuse false",
                        "targets[1].priority high low true"),
                changes(WHOLE, other));
        assertEquals(
                List.of("targets 2 fields other ones false"),
                changes(WHOLE, WHOLE.replace("com.acme.index.**", "com.acme.**")));
        String none = "version: 1\n";
        assertEquals(
                List.of("tiers.local.capacity 1GiB - false"),
                changes(none + "tiers: {local: {capacity: 1GiB}}\n", none));
    }

    private static List<String> changes(String before, String after) throws PolicyFileException {
        List<String> changes = new ArrayList<>();
        for (PolicyChanges.Change change : PolicyChanges.between(parse(before), parse(after))) {
            changes.add(
                    change.key()
                            + " "
                            + change.before()
                            + " "
                            + change.after()
                            + " "
                            + change.live());
        }
        return changes;
    }

    @Test
    void everyLiveKeyIsAKey() {
        assertTrue(PolicyKeys.isLive(PolicyKeys.find("placement.policy")));
        assertFalse(PolicyKeys.isLive(PolicyKeys.VERSION));
    }
}
