package io.emucxl.policies.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracesTest {
    @TempDir private Path folder;

    @Test
    void readsEachFormat() throws IOException {
        assertArrayEquals(new int[] {0, 1, 0}, read(TraceFormat.LIRS, "7\n*\n9\n7\n"));
        assertArrayEquals(new int[] {0, 1, 2, 1}, read(TraceFormat.ARC, "5 3 0 1\n6 1 0 2\n"));
        assertArrayEquals(
                new int[] {0, 0, 1},
                read(TraceFormat.ADDRESS, "s 0x1000 1\nl 0x103f 2\nl 0x1040 3\n"));
        assertArrayEquals(
                new int[] {0, 1, 0},
                read(TraceFormat.UMASS_STORAGE, "0,8,1024,r,0.5\n0,8,512,w,1\n"));
        assertArrayEquals(new int[] {0, 1, 0}, read(TraceFormat.GRADLE, "ab\ncd\nab\n"));
        assertArrayEquals(new int[] {0, 1, 1}, read(TraceFormat.CACHE2K, "aaaabbbbbbbb"));
        assertArrayEquals(new int[] {0, 1}, read(TraceFormat.CORDA, "aaaabbbbbbbbbbbb"));
        assertArrayEquals(
                new int[] {0, 0, 1}, read(TraceFormat.EMUCXL, "# emucxl trace 1\n4 2\n\n5\n"));
    }

    @Test
    void saysWhichLineIsWrong() {
        IOException e =
                assertThrows(IOException.class, () -> read(TraceFormat.ARC, "1 1 0 0\nhello\n"));
        assertEquals("line 2 is not of format arc: hello", e.getMessage());
    }

    @Test
    void spreadsTheAccessesOfARecordedPeriod() throws IOException {
        Path file = folder.resolve("live");
        Files.writeString(file, "# emucxl trace 1\n4 100\n9 50\n\n\n9\n4 2\n");
        Trace trace = Traces.read(file.toString());
        assertEquals(153, trace.accesses());
        assertEquals(2, trace.periods());
        assertEquals(150, trace.periodEnd(0));
        assertEquals(153, trace.periodEnd(1));
        int longest = 0;
        int run = 0;
        for (int i = 0; i < 150; i++) {
            run = i > 0 && trace.unit(i) == trace.unit(i - 1) ? run + 1 : 1;
            longest = Math.max(longest, run);
        }
        assertTrue(longest <= 3, "a run of " + longest);
        for (String wrong : new String[] {"4 0", "4 -1", "x", "4 2 1", "4 y"}) {
            IOException e =
                    assertThrows(
                            IOException.class,
                            () -> read(TraceFormat.EMUCXL, "1\n\n" + wrong + "\n"));
            assertTrue(
                    e.getMessage().startsWith("line 3 is not of format emucxl: " + wrong),
                    e.getMessage());
        }
    }

    @Test
    void readsCompressedFiles() throws IOException {
        Path file = folder.resolve("x.trace.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("1\n2\n1\n".getBytes(StandardCharsets.US_ASCII));
        }
        Trace trace = Traces.read("lirs:" + file);
        assertEquals(3, trace.accesses());
        assertEquals(2, trace.units());
    }

    @Test
    void saysWhatThereIs() {
        assertEquals(
                "unknown kind of trace \"lris\"; did you mean \"lirs\"?", message("lris:loop"));
        assertEquals(
                "there is no file looop, and no known trace of this name; did you mean \"loop\"?",
                message("lirs:looop"));
        assertEquals("there is no file nothing", message("nothing"));
        assertEquals(
                "unknown workload \"zipfan\"; did you mean \"zipfian\"?", message("ycsb:zipfan"));
        assertEquals(
                "keys must be a whole number from 1 to 2147483647, not \"x\"",
                message("ycsb:zipfian:x"));
    }

    @Test
    void zipfianFollowsItsLaw() throws IOException {
        Trace trace = Traces.read("ycsb:zipfian:1000:200000:7");
        long[] counts = new long[trace.units()];
        for (int i = 0; i < trace.accesses(); i++) {
            counts[trace.unit(i)]++;
        }
        double zeta = IntStream.rangeClosed(1, 1000).mapToDouble(i -> Math.pow(i, -0.99)).sum();
        double most = Arrays.stream(counts).asDoubleStream().max().orElse(0);
        assertEquals(200000 / zeta, most, 0.1 * 200000 / zeta);
        assertEquals(trace.unit(5), Traces.read("ycsb:zipfian:1000:200000:7").unit(5));
    }

    @Test
    void everyWorkloadKeepsToItsKeys() throws IOException {
        for (Workload workload : Workload.values()) {
            Trace trace = workload.generate("x", 100, 5000, 3);
            assertEquals(5000, trace.accesses());
            int most = workload == Workload.LATEST ? 100 + 5000 / 10 : 100;
            assertTrue(trace.units() <= most, workload + " " + trace.units());
        }
    }

    private static String message(String trace) {
        return assertThrows(IllegalArgumentException.class, () -> Traces.read(trace)).getMessage();
    }

    private static int[] read(TraceFormat format, String text) throws IOException {
        Trace.Builder builder = new Trace.Builder();
        format.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), builder);
        Trace trace = builder.build("x");
        return IntStream.range(0, trace.accesses()).map(trace::unit).toArray();
    }
}
