package io.emucxl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegionSpaceTest {

    private static final int EINVAL = 22;
    private static final int ENOMEM = 12;
    private static final long REGION = 64 << 10;

    private RegionSpace space;

    @BeforeEach
    void start() {
        space =
                RegionSpace.start(
                        new SpaceConfig(
                                Backend.EMULATED, REGION, -1, 16 * REGION, -1, 32 * REGION));
    }

    @AfterEach
    void stop() {
        assertEquals(0, space.stats(0) + space.stats(1));
        space.trim();
        assertEquals(0, space.used(0) + space.used(1));
        space.close();
    }

    private int region(long address) {
        return (int) ((address - space.base()) >>> space.regionShift());
    }

    @Test
    void describesItself() {
        assertEquals(Backend.EMULATED, space.backend());
        assertEquals("emulated", space.backend().toString());
        assertEquals(16, space.regionShift());
        assertTrue(space.regions() >= 48);
        assertEquals(0, space.base() % REGION);
        assertEquals(16 * REGION, space.capacity(0));
        assertEquals(32 * REGION, space.capacity(1));
        assertTrue(space.osNode(0) >= 0);
        assertNotEquals(0, space.nodeTable());
    }

    @Test
    void hugePagesAreAdvisedWhereTheSystemHasThem() {
        boolean has = Files.isDirectory(Path.of("/sys/kernel/mm/transparent_hugepage"));
        assertEquals(has, space.adviseHugePages());
    }

    @Test
    void migratesInPlace() {
        long array = space.allocate(REGION / 2, 1);
        assertEquals(REGION / 2, space.stats(1));
        assertEquals(0, space.migrate(region(array), 0));
        assertEquals(REGION / 2, space.stats(0));
        assertEquals(0, space.stats(1));
        assertEquals(REGION, space.used(0));
        assertEquals(0, space.migrate(region(array), 0));
        assertEquals(EINVAL, space.migrate(region(array), 2));
        assertEquals(EINVAL, space.migrate(space.regions() - 1, 0));
        assertEquals(EINVAL, space.migrate(-1, 0));
        space.free(array);
        assertTrue(space.regionsTouched() > 0);
    }

    @Test
    void sharesTheSpaceWithTheExplicitApiButNotTheRegions() {
        long pinned = Emucxl.alloc(100, 0);
        assertEquals(EINVAL, space.migrate(region(pinned), 1));
        assertThrows(EmucxlException.class, () -> space.free(pinned));
        long array = space.allocate(100, 0);
        assertNotEquals(region(pinned), region(array));
        assertThrows(EmucxlException.class, () -> Emucxl.free(array, 100));
        assertThrows(EmucxlException.class, () -> Emucxl.getNumaNode(array));
        assertEquals(200, Emucxl.stats(0));
        space.free(array);
        Emucxl.free(pinned, 100);
    }

    @Test
    void saysZeroWhenThereIsNoRoom() {
        assertEquals(0, space.allocate(16 * REGION, 0));
        assertEquals(0, space.allocate(1L << 62, 0));
        long array = space.allocate(15 * REGION, 0);
        assertEquals(0, space.allocate(2 * REGION, 0));
        long other = space.allocate(REGION / 2, 1);
        assertEquals(ENOMEM, space.migrate(region(other), 0));
        space.setCapacity(0, 32 * REGION);
        long more = space.allocate(2 * REGION, 0);
        assertNotEquals(0, more);
        space.free(array);
        space.free(other);
        space.free(more);
        assertThrows(EmucxlException.class, () -> space.setCapacity(0, 1));
        assertThrows(EmucxlException.class, () -> space.setCapacity(2, REGION));
        assertThrows(EmucxlException.class, () -> space.capacity(-1));
    }

    @Test
    void refusesWrongArguments() {
        assertThrows(EmucxlException.class, () -> space.allocate(0, 0));
        assertThrows(EmucxlException.class, () -> space.allocate(-1, 0));
        assertThrows(EmucxlException.class, () -> space.allocate(1, 2));
        assertThrows(EmucxlException.class, () -> space.free(0));
        long array = space.allocate(100, 0);
        assertThrows(EmucxlException.class, () -> space.free(array + 8));
        space.free(array);
        assertThrows(EmucxlException.class, () -> space.free(array));
    }

    @Test
    void aMillionArraysThroughAPoolThatHoldsOnePercentOfThem() {
        SplittableRandom random = new SplittableRandom(42);
        ArrayDeque<Long> live = new ArrayDeque<>();
        for (int i = 0; i < 1_000_000; i++) {
            long array;
            while ((array = space.allocate(random.nextInt(8, 320), i & 1)) == 0) {
                assertTrue(!live.isEmpty(), "the pool is empty and full");
                space.free(live.poll());
            }
            live.add(array);
            if (live.size() > 10_000) {
                space.free(live.poll());
            }
        }
        for (long array : live) {
            space.free(array);
        }
    }
}
