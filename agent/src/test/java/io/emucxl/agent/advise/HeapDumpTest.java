package io.emucxl.agent.advise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapDumpTest {

    /** References and primitives of every size in turn, so that the offsets matter. */
    static class Base {
        byte first = 1;
        long[] longs = new long[10_000];
        char second = 2;
        Object any = new short[6_000];
    }

    static final class Derived extends Base {
        static final int[] SHARED = new int[5_000];

        double third = 3;
        int[] shared = SHARED;
        boolean fourth = true;
        double[][] rows = {new double[1000], new double[2], null, new double[2000]};
        byte[] small = new byte[4095];
        byte[] none;
        Base inner;
    }

    @TempDir Path directory;

    private Map<HeapDump.Field, Long> dump(long minBytes) throws IOException {
        Path file = directory.resolve("a.hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpHeap(file.toString(), true);
        return HeapDump.read(file, minBytes);
    }

    private static HeapDump.Field field(Class<?> owner, String name) {
        return new HeapDump.Field(owner.getName().replace('.', '/'), name);
    }

    @Test
    void bytesAreCountedForTheFieldsThatReferToThem() throws IOException {
        List<Derived> objects = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            objects.add(new Derived());
        }
        objects.get(7).inner = new Base();
        Map<HeapDump.Field, Long> bytes = dump(4096);
        assertEquals(51 * 80_000L, bytes.get(field(Base.class, "longs")));
        assertEquals(51 * 12_000L, bytes.get(field(Base.class, "any")));
        assertEquals(50 * 20_000L, bytes.get(field(Derived.class, "shared")));
        assertEquals(20_000L, bytes.get(field(Derived.class, "SHARED")));
        assertEquals(50 * 24_000L, bytes.get(field(Derived.class, "rows")));
        assertNull(bytes.get(field(Derived.class, "small")));
        assertNull(bytes.get(field(Derived.class, "none")));
        assertNull(bytes.get(field(Derived.class, "inner")));
        assertEquals(50, objects.size());
    }

    @Test
    void whatIsNoHeapIsRefused() throws IOException {
        Path text = Files.writeString(directory.resolve("t"), "x".repeat(100));
        assertThrows(IOException.class, () -> HeapDump.read(text, 1));
        Path heap = directory.resolve("a.hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpHeap(heap.toString(), true);
        byte[] all = Files.readAllBytes(heap);
        Path half = Files.write(directory.resolve("h"), Arrays.copyOf(all, all.length / 2));
        assertThrows(IOException.class, () -> HeapDump.read(half, 1));
    }

    @Test
    void aTableKeepsMoreThanItBeganWith() {
        LongTable table = new LongTable();
        for (long i = 1; i <= 100_000; i++) {
            table.put(i << 3, i);
        }
        table.put(8, 77);
        assertEquals(77, table.get(8));
        for (long i = 2; i <= 100_000; i++) {
            assertEquals(i, table.get(i << 3));
        }
        assertEquals(0, table.get(4));
    }
}
