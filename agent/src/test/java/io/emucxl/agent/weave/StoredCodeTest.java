package io.emucxl.agent.weave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.agent.analysis.Plan;
import io.emucxl.agent.analysis.Rewritten;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredCodeTest {

    private static final byte[] BEFORE = {1, 2, 3};
    private static final byte[] AFTER = {4, 5, 6, 7};

    @TempDir Path directory;

    /** A plan of two classes: A becomes {@link #AFTER}, and B stays as it is. */
    private StoredCode stored(int damage) throws IOException {
        Rewritten.NullTable table =
                new Rewritten.NullTable(
                        "get",
                        "(I)J",
                        new int[] {3, 70_000},
                        new String[] {"because \"this.\u00fc\" is null", ""});
        byte[] code = ClassCode.bytes(new Rewritten("A", AFTER, List.of(table), List.of(), true));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(new byte[5]);
        all.write(code);
        Map<String, StoredPlan.Code> places =
                Map.of(
                        "A",
                        new StoredPlan.Code(
                                Fingerprint.of(BEFORE), 5, code.length, Fingerprint.of(code)),
                        "B",
                        new StoredPlan.Code(Fingerprint.of(BEFORE), 0, 0, 0));
        StoredPlan plan =
                new StoredPlan(
                        BuildVersion.build(),
                        17,
                        false,
                        List.of(),
                        List.of(),
                        Map.of(),
                        List.of(),
                        List.of(),
                        Plan.EMPTY,
                        places,
                        KnownFiles.of(List.of(), List.of()));
        byte[] bytes = all.toByteArray();
        bytes[bytes.length - 1] ^= (byte) damage;
        Path file = directory.resolve("app.plan");
        PlanFile.write(plan, bytes, file.toFile());
        return StoredCode.open(PlanFile.read(file.toFile()), file.toString());
    }

    @Test
    void aClassBecomesWhatWasStored() throws IOException {
        StoredCode code = stored(0);
        Rewritten found = code.find("A", Fingerprint.of(BEFORE));
        assertEquals("A", found.className());
        assertArrayEquals(AFTER, found.classFile());
        assertTrue(found.serialized());
        assertEquals(1, found.nullMessages().size());
        Rewritten.NullTable table = found.nullMessages().get(0);
        assertEquals("get", table.methodName());
        assertEquals("(I)J", table.methodDescriptor());
        assertArrayEquals(new int[] {3, 70_000}, table.offsets());
        assertArrayEquals(new String[] {"because \"this.\u00fc\" is null", ""}, table.messages());
        assertSame(StoredCode.UNCHANGED, code.find("B", Fingerprint.of(BEFORE)));
    }

    @Test
    void whatWasNotRewrittenIsNotKnown() throws IOException {
        StoredCode code = stored(0);
        assertNull(code.find("A", Fingerprint.of(AFTER)));
        assertNull(code.find("B", Fingerprint.of(AFTER)));
        assertNull(code.find("C", Fingerprint.of(BEFORE)));
    }

    @Test
    void damagedCodeIsNotUsed() throws IOException {
        StoredCode code = stored(1);
        assertNull(code.find("A", Fingerprint.of(BEFORE)));
        assertSame(StoredCode.UNCHANGED, code.find("B", Fingerprint.of(BEFORE)));
    }

    @Test
    void codeIsNotUsedFromAFileThatWasReplaced() throws IOException {
        StoredCode code = stored(0);
        Files.write(directory.resolve("app.plan"), new byte[1000]);
        assertNull(code.find("A", Fingerprint.of(BEFORE)));
    }
}
