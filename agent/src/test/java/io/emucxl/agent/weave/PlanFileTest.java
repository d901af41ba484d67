package io.emucxl.agent.weave;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.agent.analysis.FieldId;
import io.emucxl.agent.analysis.MethodId;
import io.emucxl.agent.analysis.Plan;
import io.emucxl.agent.analysis.Refusal;
import io.emucxl.agent.analysis.Target;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFileTest {

    private static final FieldId KEYS = new FieldId("com/acme/Index", "keys", "[J");
    private static final FieldId ROWS = new FieldId("com/acme/Matrix", "rows", "[[D");
    private static final FieldId RAW = new FieldId("com/acme/Raw", "raw", "[I");
    private static final MethodId GROW = new MethodId("com/acme/Arrays", "grow", "([JI)[J");

    /** As obfuscators name classes: beyond ASCII, half a pair, a null. */
    private static final String ODD = "com/acme/Gr\u00f6\u00dfe\u4e2d\ud800\0";

    @TempDir Path directory;

    /** Numbers of targets as the runtime gave them: 7 for keys, 3 for rows, 5 for raw. */
    private static List<Target> targets() {
        return List.of(
                new Target(KEYS, 7, "p.yaml:3:5"),
                new Target(ROWS, 3, "p.yaml:4:5"),
                new Target(RAW, 5, "@RemoteTier"));
    }

    private static StoredPlan stored() throws IOException {
        Plan plan =
                new Plan(
                        Map.of(KEYS, 7, ROWS, 3),
                        Map.of(
                                GROW,
                                new Plan.Signature("grow", "(X)X", true, false, List.of(7, -1, 7))),
                        Set.of(ROWS),
                        List.of(new Refusal(RAW, "com.acme.Raw.get:12", "it is returned")),
                        Set.of("com/acme/Index", "com/acme/Matrix"),
                        Map.of(KEYS, "com.acme.Index.keys:31"));
        Map<String, Long> classes = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            classes.put("com/acme/C" + i, i * 0x1_0000_0001L);
        }
        classes.put(ODD, 1L);
        return new StoredPlan(
                BuildVersion.build(),
                17,
                false,
                List.of(new StoredPlan.PathFile("a.jar", -5L)),
                List.of("field: com.acme.Index.keys"),
                classes,
                List.of(KEYS, ROWS, RAW),
                List.of(new Refusal(RAW, "", "no array")),
                StoredPlan.indexed(plan, targets()),
                Map.of(KEYS.owner(), new StoredPlan.Code(-3L, 5, 7, 1L << 40)),
                KnownFiles.of(List.of(1L << 40 | 3), List.of()));
    }

    private File file(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("app.plan"), bytes).toFile();
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws IOException {
        StoredPlan written = stored();
        StoredPlan read = PlanFile.read(file(PlanFile.bytes(written)));
        assertEquals(written, read);
        assertEquals(0, read.plan().placed().get(KEYS));
        List<Target> now =
                List.of(
                        new Target(KEYS, 40, ""),
                        new Target(ROWS, 41, ""),
                        new Target(RAW, 42, ""));
        Plan plan = read.numbered(now);
        assertEquals(Map.of(KEYS, 40, ROWS, 41), plan.placed());
        assertEquals(Map.of(KEYS, "com.acme.Index.keys:31"), plan.copied());
        assertEquals(List.of(40, -1, 40), plan.methods().get(GROW).targets());
    }

    @Test
    void theSamePlanIsTheSameFile() throws IOException {
        StoredPlan one = stored();
        Map<String, Long> shuffled = new LinkedHashMap<>(Map.of(ODD, 1L));
        for (int i = 99; i >= 0; i--) {
            shuffled.put("com/acme/C" + i, i * 0x1_0000_0001L);
        }
        StoredPlan other =
                new StoredPlan(
                        one.build(),
                        one.feature(),
                        one.boot(),
                        one.files(),
                        one.asked(),
                        shuffled,
                        one.targets(),
                        one.impossible(),
                        one.plan(),
                        one.code(),
                        one.known());
        assertArrayEquals(PlanFile.bytes(one), PlanFile.bytes(other));
    }

    private void refused(String reason, byte[] bytes) throws IOException {
        File file = file(bytes);
        IOException error = assertThrows(IOException.class, () -> PlanFile.read(file));
        assertEquals(
                file + " " + reason + "; store it again: ./emucxl explain --plan",
                error.getMessage());
    }

    @Test
    void whateverIsNoPlanOfThisBuildIsRefused() throws IOException {
        byte[] good = PlanFile.bytes(stored());
        refused("is no stored plan", new byte[0]);
        refused("is no stored plan", "version: 1\ntargets: []\n".getBytes(UTF_8));
        for (int at : new int[] {8, 15, 16, good.length / 2, good.length - 1}) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            refused("is damaged", bad);
        }
        refused("is damaged", java.util.Arrays.copyOf(good, good.length - 3));
        byte[] newer = good.clone();
        ByteBuffer.wrap(newer).putInt(4, 9);
        refused("has the format 9, and this agent reads " + PlanFile.FORMAT, newer);
        StoredPlan s = stored();
        StoredPlan foreign =
                new StoredPlan(
                        s.build() + 1,
                        s.feature(),
                        s.boot(),
                        s.files(),
                        s.asked(),
                        s.classes(),
                        s.targets(),
                        s.impossible(),
                        Plan.EMPTY,
                        Map.of(),
                        s.known());
        refused("was stored by another build of emucxl", PlanFile.bytes(foreign));
        IOException none =
                assertThrows(
                        IOException.class,
                        () -> PlanFile.read(directory.resolve("none.plan").toFile()));
        assertTrue(none.getMessage().startsWith("there is no file "), none.getMessage());
    }
}
