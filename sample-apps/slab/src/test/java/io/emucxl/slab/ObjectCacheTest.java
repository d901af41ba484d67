package io.emucxl.slab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.Emucxl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObjectCacheTest {
    private static final int OBJECT = 100;
    private static final int SLAB = 4096;
    private static final int PER_SLAB = SLAB / OBJECT;

    @BeforeEach
    void start() {
        Emucxl.init();
    }

    @AfterEach
    void stop() {
        assertEquals(0, Emucxl.stats(0));
        assertEquals(0, Emucxl.stats(1));
        Emucxl.exit();
    }

    @Test
    void objectsDoNotOverlapAndKeepTheirContentsWhenSlabsMove() {
        Random random = new Random(4);
        Map<Long, byte[]> model = new HashMap<>();
        List<Long> handles = new ArrayList<>();
        try (ObjectCache cache = new ObjectCache(OBJECT, SLAB)) {
            for (int i = 0; i < 50_000; i++) {
                int what = random.nextInt(10);
                if (what < 5) {
                    long handle = cache.allocate(random.nextInt(2));
                    byte[] bytes = new byte[OBJECT];
                    random.nextBytes(bytes);
                    Emucxl.write(bytes, 0, cache.address(handle), 0, OBJECT);
                    model.put(handle, bytes);
                    handles.add(handle);
                } else if (what < 9 && !handles.isEmpty()) {
                    long handle = handles.remove(random.nextInt(handles.size()));
                    check(cache, handle, model.remove(handle));
                    cache.free(handle);
                } else if (!handles.isEmpty()) {
                    long handle = handles.get(random.nextInt(handles.size()));
                    int node = random.nextInt(2);
                    cache.migrate(handle, node);
                    assertEquals(node, cache.node(handle));
                    assertEquals(node, Emucxl.getNumaNode(cache.address(handle)));
                    check(cache, handle, model.get(handle));
                }
                assertEquals(model.size(), cache.objects(0) + cache.objects(1));
            }
            model.forEach((handle, bytes) -> check(cache, handle, bytes));
            assertEquals((long) cache.slabs(0) * SLAB, Emucxl.stats(0));
            assertEquals((long) cache.slabs(1) * SLAB, Emucxl.stats(1));
        }
    }

    private static void check(ObjectCache cache, long handle, byte[] expected) {
        byte[] bytes = new byte[OBJECT];
        Emucxl.read(cache.address(handle), 0, bytes, 0, OBJECT);
        assertArrayEquals(expected, bytes);
    }

    @Test
    void aSlabIsFilledBeforeTheNextOneIsTaken() {
        try (ObjectCache cache = new ObjectCache(OBJECT, SLAB)) {
            Set<Long> addresses = new HashSet<>();
            for (int i = 0; i < 3 * PER_SLAB; i++) {
                addresses.add(cache.address(cache.allocate(1)));
                assertEquals(i / PER_SLAB + 1, cache.slabs(1));
            }
            assertEquals(3 * PER_SLAB, addresses.size());
            assertEquals(1 - (double) PER_SLAB * OBJECT / SLAB, cache.fragmentation(1), 1e-9);
        }
    }

    @Test
    void emptySlabsAreGivenBackButOne() {
        try (ObjectCache cache = new ObjectCache(OBJECT, SLAB)) {
            List<Long> handles = new ArrayList<>();
            for (int i = 0; i < 10 * PER_SLAB; i++) {
                handles.add(cache.allocate(0));
            }
            handles.forEach(cache::free);
            assertEquals(1, cache.slabs(0));
            assertEquals(SLAB, Emucxl.stats(0));
            cache.reclaim();
            assertEquals(0, cache.slabs(0));
            assertEquals(0, Emucxl.stats(0));
            assertEquals(0, cache.fragmentation(0));
        }
    }

    @Test
    void handlesOfNothingAreRefused() {
        try (ObjectCache cache = new ObjectCache(OBJECT, SLAB)) {
            long handle = cache.allocate(0);
            cache.allocate(0);
            cache.free(handle);
            for (long bad : new long[] {handle, -1, PER_SLAB, 1L << 32, handle + 5}) {
                assertThrows(IllegalArgumentException.class, () -> cache.free(bad));
                assertThrows(IllegalArgumentException.class, () -> cache.address(bad));
            }
            assertThrows(IndexOutOfBoundsException.class, () -> cache.allocate(2));
            assertThrows(IllegalArgumentException.class, () -> new ObjectCache(0, SLAB));
            assertTrue(cache.objects(0) == 1);
        }
    }
}
