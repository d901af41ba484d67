package io.emucxl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class EmucxlTest {

    private static final long REGION = 64 << 10;

    @BeforeEach
    void start() {
        Emucxl.init(new SpaceConfig(Backend.EMULATED, REGION, -1, 64 * REGION, -1, 8 * REGION));
    }

    @AfterEach
    void stop() {
        assertEquals(0, Emucxl.stats(0));
        assertEquals(0, Emucxl.stats(1));
        Emucxl.exit();
    }

    private static EmucxlException fails(String errno, Executable call) {
        EmucxlException e = assertThrows(EmucxlException.class, call);
        assertEquals(errno, e.errnoName());
        assertTrue(e.getMessage().startsWith(errno + ": "), e.getMessage());
        return e;
    }

    @Test
    void allocatesQueriesAndFrees() {
        long block = Emucxl.alloc(1000, 1);
        assertEquals(1, Emucxl.getNumaNode(block + 999));
        assertFalse(Emucxl.isLocal(block));
        assertEquals(1000, Emucxl.getSize(block + 500));
        assertEquals(1000, Emucxl.stats(1));
        Emucxl.free(block, 1000);
        fails("EINVAL", () -> Emucxl.getSize(block));
    }

    @Test
    void refusesSizesAndNodesThatCannotBe() {
        assertEquals(0, fails("EINVAL", () -> Emucxl.alloc(0, 0)).size());
        assertEquals(-5, fails("EINVAL", () -> Emucxl.alloc(-5, 0)).size());
        EmucxlException large = fails("ENOMEM", () -> Emucxl.alloc(1L << 62, 1));
        assertEquals(1L << 62, large.size());
        assertEquals(1, large.node());
        assertEquals(12, large.errno());
        assertEquals(7, fails("EINVAL", () -> Emucxl.alloc(1, 7)).node());
        fails("EINVAL", () -> Emucxl.stats(2));
    }

    @Test
    void refusesWhatIsNotABlock() {
        long block = Emucxl.alloc(100, 0);
        fails("EINVAL", () -> Emucxl.free(0, 100));
        fails("EINVAL", () -> Emucxl.free(block + 8, 100));
        fails("EINVAL", () -> Emucxl.free(block, 99));
        fails("EINVAL", () -> Emucxl.free(block, -1));
        Emucxl.free(block, 100);
        fails("EINVAL", () -> Emucxl.free(block, 100));
        fails("EINVAL", () -> Emucxl.resize(block, 10));
        fails("EINVAL", () -> Emucxl.migrate(block, 1));
        fails("EINVAL", () -> Emucxl.read(block, 0, new byte[1]));
        fails("EINVAL", () -> Emucxl.write(new byte[1], block, 0));
        fails("EINVAL", () -> Emucxl.memset(block, 0, 1));
    }

    @Test
    void poolTooSmall() {
        long most = 8 * REGION;
        fails("ENOMEM", () -> Emucxl.alloc(most, 1));
        long block = Emucxl.alloc(most / 2, 1);
        fails("ENOMEM", () -> Emucxl.resize(block, most / 2 + REGION));
        assertEquals(most / 2, Emucxl.getSize(block));
        Emucxl.free(block, most / 2);
    }

    @Test
    void resizesAndMigratesWithContents() {
        byte[] text = "some text".getBytes(StandardCharsets.UTF_8);
        long block = Emucxl.alloc(text.length, 0);
        Emucxl.write(text, block, 0);
        long larger = Emucxl.resize(block, 5000);
        assertNotEquals(block, larger);
        long remote = Emucxl.migrate(larger, 1);
        assertNotEquals(larger, remote);
        assertEquals(remote, Emucxl.migrate(remote, 1));
        byte[] read = new byte[text.length];
        Emucxl.read(remote, 0, read);
        assertArrayEquals(text, read);
        assertEquals(5000, Emucxl.stats(1));
        fails("EINVAL", () -> Emucxl.resize(remote, 0));
        fails("EINVAL", () -> Emucxl.resize(remote, -1));
        fails("EINVAL", () -> Emucxl.migrate(remote, -1));
        Emucxl.free(remote, 5000);
    }

    @Test
    void readsAndWritesWithinBounds() {
        long block = Emucxl.alloc(100, 1);
        byte[] bytes = {1, 2, 3, 4, 5};
        Emucxl.write(bytes, 1, block, 96, 4);
        byte[] read = new byte[10];
        Emucxl.read(block + 90, 6, read, 3, 4);
        assertArrayEquals(new byte[] {0, 0, 0, 2, 3, 4, 5, 0, 0, 0}, read);
        fails("EFAULT", () -> Emucxl.write(bytes, block, 96));
        fails("EFAULT", () -> Emucxl.read(block, 91, read));
        fails("EFAULT", () -> Emucxl.read(block, Long.MAX_VALUE, read));
        fails("EINVAL", () -> Emucxl.read(block, -1, read));
        assertThrows(IndexOutOfBoundsException.class, () -> Emucxl.read(block, 0, read, 8, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> Emucxl.write(bytes, -1, block, 0, 1));
        assertThrows(NullPointerException.class, () -> Emucxl.read(block, 0, (byte[]) null));
        Emucxl.free(block, 100);
    }

    @Test
    void readsAndWritesBuffers() {
        long block = Emucxl.alloc(100, 0);
        for (ByteBuffer buffer :
                new ByteBuffer[] {ByteBuffer.allocate(20), ByteBuffer.allocateDirect(20)}) {
            buffer.putInt(4, 0x01020304).position(4).limit(8);
            Emucxl.write(buffer.asReadOnlyBuffer(), block, 10);
            Emucxl.memset(block + 20, 0, 4);
            Emucxl.write(buffer, block, 20);
            assertEquals(8, buffer.position());
            buffer.clear().position(10).limit(14);
            Emucxl.read(block, 20, buffer);
            assertEquals(14, buffer.position());
            assertEquals(0x01020304, buffer.getInt(10));
            fails("EFAULT", () -> Emucxl.read(block, 90, buffer.clear()));
            assertThrows(
                    ReadOnlyBufferException.class,
                    () -> Emucxl.read(block, 0, buffer.asReadOnlyBuffer()));
        }
        byte[] first = new byte[4];
        Emucxl.read(block, 10, first);
        assertArrayEquals(new byte[] {1, 2, 3, 4}, first);
        Emucxl.free(block, 100);
    }

    @Test
    void setsCopiesAndMoves() {
        long a = Emucxl.alloc(64, 0);
        long b = Emucxl.alloc(64, 1);
        Emucxl.memset(a, -1, 32);
        Emucxl.memcpy(b + 16, a + 16, 32);
        byte[] read = new byte[64];
        Emucxl.read(b, 0, read);
        for (int i = 0; i < 64; i++) {
            assertEquals(i >= 16 && i < 32 ? -1 : 0, read[i], "byte " + i);
        }
        Emucxl.memmove(b, b + 16, 48);
        Emucxl.read(b, 0, read);
        assertEquals(-1, read[0]);
        fails("EINVAL", () -> Emucxl.memcpy(b, b + 8, 16));
        fails("EFAULT", () -> Emucxl.memcpy(b, a, 65));
        fails("EINVAL", () -> Emucxl.memmove(b, 1234, 1));
        fails("EINVAL", () -> Emucxl.memset(a, 0, -1));
        fails("EINVAL", () -> Emucxl.memcpy(a, b, Long.MIN_VALUE));
        Emucxl.free(a, 64);
        Emucxl.free(b, 64);
    }

    @Test
    void refusesAddressesFromAnywhere() {
        long block = Emucxl.alloc(1 << 20, 0);
        byte[] bytes = new byte[8];
        ByteBuffer buffer = ByteBuffer.allocateDirect(8);
        for (long address :
                new long[] {
                    0,
                    1,
                    -1,
                    1234,
                    1L << 47,
                    1L << 62,
                    Long.MIN_VALUE,
                    Long.MAX_VALUE,
                    block - 1,
                    block + (1 << 20)
                }) {
            fails("EINVAL", () -> Emucxl.free(address, 8));
            fails("EINVAL", () -> Emucxl.resize(address, 8));
            fails("EINVAL", () -> Emucxl.migrate(address, 1));
            fails("EINVAL", () -> Emucxl.isLocal(address));
            fails("EINVAL", () -> Emucxl.getNumaNode(address));
            fails("EINVAL", () -> Emucxl.getSize(address));
            fails("EINVAL", () -> Emucxl.read(address, 0, bytes));
            fails("EINVAL", () -> Emucxl.read(address, 0, buffer.clear()));
            fails("EINVAL", () -> Emucxl.write(bytes, address, 0));
            fails("EINVAL", () -> Emucxl.write(buffer.clear(), address, 0));
            fails("EINVAL", () -> Emucxl.memset(address, 0, 8));
            fails("EINVAL", () -> Emucxl.memcpy(address, block, 8));
            fails("EINVAL", () -> Emucxl.memcpy(block, address, 8));
            fails("EINVAL", () -> Emucxl.memmove(address, block, 8));
            fails("EINVAL", () -> Emucxl.memmove(block, address, 8));
        }
        fails("EINVAL", () -> Emucxl.free(block + 64, 1 << 20));
        fails("EINVAL", () -> Emucxl.resize(block + 64, 8));
        fails("EINVAL", () -> Emucxl.migrate(block + 64, 1));
        Emucxl.free(block, 1 << 20);
    }

    @Test
    void refusesNullAndRangesThatLeaveTheBlock() {
        long block = Emucxl.alloc(100, 0);
        assertThrows(NullPointerException.class, () -> Emucxl.write((byte[]) null, block, 0));
        assertThrows(NullPointerException.class, () -> Emucxl.read(block, 0, null, 0, 1));
        assertThrows(NullPointerException.class, () -> Emucxl.write(null, 0, block, 0, 1));
        assertThrows(NullPointerException.class, () -> Emucxl.read(block, 0, (ByteBuffer) null));
        assertThrows(NullPointerException.class, () -> Emucxl.write((ByteBuffer) null, block, 0));
        assertThrows(NullPointerException.class, () -> Emucxl.init(null));
        for (long offset : new long[] {101, 1L << 31, 1L << 62, Long.MAX_VALUE}) {
            fails("EFAULT", () -> Emucxl.read(block, offset, new byte[1]));
            fails("EFAULT", () -> Emucxl.write(new byte[1], block, offset));
            fails("EFAULT", () -> Emucxl.memset(block, 0, offset));
            fails("EFAULT", () -> Emucxl.memmove(block, block, offset));
        }
        fails("EINVAL", () -> Emucxl.read(block, Long.MIN_VALUE, new byte[1]));
        fails("ENOMEM", () -> Emucxl.resize(block, 1L << 62));
        assertEquals(1L << 62, fails("ENOMEM", () -> Emucxl.resize(block, 1L << 62)).size());
        assertEquals(7, fails("EINVAL", () -> Emucxl.migrate(block, 7)).node());
        assertEquals(100, Emucxl.getSize(block));
        Emucxl.free(block, 100);
    }

    @Test
    void initIsCounted() {
        Emucxl.init();
        long block = Emucxl.alloc(8, 0);
        Emucxl.exit();
        assertEquals(8, Emucxl.getSize(block));
        Emucxl.free(block, 8);
    }

    @Test
    void notInitialised() {
        Emucxl.exit();
        try {
            fails("ENXIO", () -> Emucxl.alloc(1, 0));
            fails("ENXIO", () -> Emucxl.free(64, 1));
            fails("ENXIO", () -> Emucxl.resize(64, 1));
            fails("ENXIO", () -> Emucxl.migrate(64, 1));
            fails("ENXIO", () -> Emucxl.isLocal(64));
            fails("ENXIO", () -> Emucxl.getNumaNode(64));
            fails("ENXIO", () -> Emucxl.getSize(64));
            fails("ENXIO", () -> Emucxl.stats(0));
            fails("ENXIO", () -> Emucxl.read(64, 0, new byte[1]));
            fails("ENXIO", () -> Emucxl.write(new byte[1], 64, 0));
            fails("ENXIO", () -> Emucxl.read(64, 0, ByteBuffer.allocateDirect(1)));
            fails("ENXIO", () -> Emucxl.write(ByteBuffer.allocateDirect(1), 64, 0));
            fails("ENXIO", () -> Emucxl.memset(64, 0, 1));
            fails("ENXIO", () -> Emucxl.memcpy(64, 128, 1));
            fails("ENXIO", () -> Emucxl.memmove(64, 128, 1));
            fails("ENXIO", Emucxl::exit);
            fails("EINVAL", () -> Emucxl.init(new SpaceConfig(Backend.AUTO, 1000, -1, 0, -1, 0)));
            fails(
                    "EINVAL",
                    () -> Emucxl.init(new SpaceConfig(Backend.EMULATED, REGION, -1, 1, -1, 0)));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new SpaceConfig(Backend.AUTO, 0, -1, -1, -1, 0));
        } finally {
            start();
        }
    }

    /** A crash here would end the JVM. */
    @Test
    void exitBesideCallsThatHaveBegun() throws Exception {
        AtomicBoolean working = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<?>> calls = new ArrayList<>();
        Emucxl.exit();
        try {
            for (int thread = 0; thread < 3; thread++) {
                calls.add(threads.submit(() -> callUntil(working)));
            }
            for (int round = 0; round < 50; round++) {
                start();
                Thread.sleep(1);
                Emucxl.exit();
            }
            working.set(false);
            for (Future<?> call : calls) {
                call.get(60, TimeUnit.SECONDS);
            }
        } finally {
            working.set(false);
            threads.shutdown();
            start();
        }
    }

    private static void callUntil(AtomicBoolean working) {
        byte[] bytes = new byte[4 * (int) REGION];
        while (working.get()) {
            try {
                long block = Emucxl.alloc(bytes.length, 0);
                Emucxl.write(bytes, block, 0);
                Emucxl.read(block, 0, bytes);
                Emucxl.memset(block, 1, bytes.length);
                Emucxl.stats(0);
                Emucxl.free(block, bytes.length);
            } catch (EmucxlException e) {
                // The block went with the exit, and the library is started again: the address is
                // none now (EINVAL), or within a block that another thread has got (EFAULT).
                assertTrue(
                        List.of("ENXIO", "EINVAL", "EFAULT").contains(e.errnoName()),
                        e.getMessage());
            }
        }
    }
}
