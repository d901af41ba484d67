package io.emucxl.kv;

import static io.emucxl.kv.Keys.bytes;
import static io.emucxl.kv.Keys.key;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.Emucxl;
import io.emucxl.kv.rule.Rules;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyValueStoreTest {
    private static long localBefore;
    private static long remoteBefore;

    static Stream<String> rules() {
        return Rules.names().stream();
    }

    @BeforeAll
    static void start() {
        Emucxl.init();
        localBefore = Emucxl.stats(0);
        remoteBefore = Emucxl.stats(1);
    }

    @AfterAll
    static void nothingIsLeaked() {
        assertEquals(localBefore, Emucxl.stats(0));
        assertEquals(remoteBefore, Emucxl.stats(1));
        Emucxl.exit();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void getsWhatWasPut(String rule) {
        try (KeyValueStore store = new KeyValueStore(Capacity.objects(2, 10), rule)) {
            for (int i = 0; i < 8; i++) {
                store.put(key(i), bytes("value " + i));
            }
            for (int i = 0; i < 8; i++) {
                assertArrayEquals(bytes("value " + i), store.get(key(i)));
            }
            assertNull(store.get(key(8)));
            assertTrue(store.delete(key(3)));
            assertFalse(store.delete(key(3)));
            assertNull(store.get(key(3)));
            assertEquals(7, store.size());
        }
    }

    @Test
    void emptyKeysAndValuesAreKeysAndValues() {
        try (KeyValueStore store = new KeyValueStore(Capacity.bytes(1000, 1000), "hotset")) {
            store.put(new byte[0], new byte[0]);
            assertArrayEquals(new byte[0], store.get(new byte[0]));
            assertEquals(0, store.valueLength(new byte[0]));
            store.put(new byte[0], bytes("x"));
            assertArrayEquals(bytes("x"), store.get(new byte[0]));
        }
    }

    @Test
    void longKeysAndValuesMove() {
        Random random = new Random(2);
        byte[] longKey = Keys.random(random, 100_000);
        byte[] value = Keys.random(random, 20_000_000);
        try (KeyValueStore store = new KeyValueStore(Capacity.objects(1, 2), "lru")) {
            store.put(longKey, value);
            store.put(key(1), bytes("short"));
            assertEquals(1, store.statistics().demotions());
            assertArrayEquals(value, store.get(longKey));
            assertEquals(1, store.statistics().promotions());
            assertArrayEquals(value, store.get(longKey));
        }
    }

    /** The published store loses a key that is promoted when the local list has become empty. */
    @ParameterizedTest
    @MethodSource("rules")
    void noKeyIsLostAtLocalCapacityOne(String rule) {
        try (KeyValueStore store = new KeyValueStore(Capacity.objects(1, 3), rule)) {
            for (int i = 0; i < 4; i++) {
                store.put(key(i), bytes("value " + i));
            }
            for (int round = 0; round < 5; round++) {
                for (int i = 0; i < 4; i++) {
                    assertArrayEquals(bytes("value " + i), store.get(key(i)), "key " + i);
                }
            }
            assertEquals(4, store.size());
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void noKeyIsLostAfterTheLocalListHasBecomeEmpty(String rule) {
        try (KeyValueStore store = new KeyValueStore(Capacity.objects(2, 4), rule)) {
            for (int i = 0; i < 6; i++) {
                store.put(key(i), bytes("value " + i));
            }
            // Hotset leaves the first that came where they are, the others the last.
            int first = rule.equals("hotset") ? 0 : 4;
            store.delete(key(first));
            store.delete(key(first + 1));
            assertEquals(0, store.statistics().localObjects());
            for (int round = 0; round < 3; round++) {
                for (int i = 2 - first / 2; i < 6 - first / 2; i++) {
                    assertArrayEquals(bytes("value " + i), store.get(key(i)));
                }
            }
        }
    }

    /** The published get returns a pointer that the next promotion frees. */
    @Test
    void aValueStaysWhatItWasWhenItsObjectMoves() {
        try (KeyValueStore store = new KeyValueStore(Capacity.objects(1, 2), "policy1")) {
            store.put(key(1), bytes("one"));
            store.put(key(2), bytes("two"));
            byte[] held = store.get(key(1));
            byte[] other = store.get(key(2));
            store.put(key(3), bytes("XXX"));
            store.delete(key(1));
            assertArrayEquals(bytes("one"), held);
            assertArrayEquals(bytes("two"), other);
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void readersNeverSeeAValueThatWasNeverPut(String rule) throws Exception {
        int keys = 20;
        List<Throwable> failures = new ArrayList<>();
        try (KeyValueStore store = new KeyValueStore(Capacity.objects(3, 30), rule)) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int number = t;
                threads.add(new Thread(() -> mix(store, keys, number)));
            }
            for (Thread thread : threads) {
                thread.setUncaughtExceptionHandler((who, e) -> add(failures, e));
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertTrue(failures.isEmpty(), failures::toString);
        }
    }

    private static void add(List<Throwable> failures, Throwable e) {
        synchronized (failures) {
            failures.add(e);
        }
    }

    /** Every value repeats one byte: a torn or freed one does not. */
    private static void mix(KeyValueStore store, int keys, int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] key = key(random.nextInt(keys));
            if (random.nextInt(4) == 0) {
                byte[] value = new byte[1 + random.nextInt(200)];
                Arrays.fill(value, (byte) random.nextInt());
                store.put(key, value);
            } else if (random.nextInt(20) == 0) {
                store.delete(key);
            } else {
                byte[] value = store.get(key);
                for (int k = 1; value != null && k < value.length; k++) {
                    assertEquals(value[0], value[k]);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void fullMeansThatNothingHasChanged(String rule) {
        try (KeyValueStore store = new KeyValueStore(Capacity.bytes(64, 128), rule)) {
            int stored = 0;
            while (stored < 12) {
                store.put(key(stored), bytes("0123456789"));
                stored++;
            }
            Statistics before = store.statistics();
            assertEquals(64, before.localBytes());
            assertEquals(128, before.remoteBytes());
            assertThrows(StoreFullException.class, () -> store.put(key(99), bytes("x")));
            assertThrows(StoreFullException.class, () -> store.put(key(0), new byte[50]));
            assertThrows(StoreFullException.class, () -> store.put(key(11), new byte[50]));
            assertEquals(12, store.size());
            for (int i = 0; i < stored; i++) {
                assertArrayEquals(bytes("0123456789"), store.get(key(i)));
            }
            store.put(key(5), bytes("9876543210"));
            assertArrayEquals(bytes("9876543210"), store.get(key(5)));
            store.delete(key(7));
            store.put(key(99), bytes("x"));
            assertEquals(12, store.size());
        }
    }

    @Test
    void anObjectLargerThanLocalMemoryLivesInRemoteMemory() {
        try (KeyValueStore store = new KeyValueStore(Capacity.bytes(64, 4096), "hotset")) {
            store.put(key(1), bytes("small"));
            store.put(key(2), new byte[1000]);
            for (int i = 0; i < 20; i++) {
                store.get(key(2));
            }
            assertEquals(1, store.statistics().localObjects());
            assertEquals(1, store.statistics().remoteObjects());
        }
    }

    /** As large as 70 of the others, so that many must leave for it, one for each read. */
    @Test
    void aLargeObjectThatIsHotBecomesLocal() {
        try (KeyValueStore store = new KeyValueStore(Capacity.bytes(64 << 10, 1 << 20), "hotset")) {
            for (int i = 0; i < 2000; i++) {
                store.put(key(i), new byte[100]);
            }
            store.put(bytes("large"), new byte[8 << 10]);
            for (int i = 0; i < 300; i++) {
                store.get(bytes("large"));
            }
            assertTrue(store.statistics().localGets() > 150, store.statistics()::toString);
            assertTrue(store.statistics().localBytes() > 60 << 10, store.statistics()::toString);
        }
    }

    @Test
    void keysExpire() {
        MutableClock clock = new MutableClock();
        try (KeyValueStore store = new KeyValueStore(Capacity.objects(2, 100), "hotset", clock)) {
            for (int i = 0; i < 50; i++) {
                store.put(key(i), bytes("v"), 1000 + i);
            }
            store.put(key(50), bytes("v"));
            clock.millis = 1009;
            assertNull(store.get(key(9)));
            assertEquals(1010, store.expiry(key(10)));
            assertEquals(-1, store.expiry(key(9)));
            assertEquals(0, store.expiry(key(50)));
            assertTrue(store.expireAt(key(50), 1005));
            assertFalse(store.contains(key(50)));
            assertFalse(store.expireAt(key(50), 0));
            assertTrue(store.expireAt(key(20), 0));
            clock.millis = 1100;
            while (store.expireSome(7) > 0) {
                // until nothing is left
            }
            store.expireSome(1000);
            assertEquals(1, store.size());
            assertEquals(50, store.statistics().expired());
            store.put(key(20), bytes("w"));
            assertEquals(0, store.expiry(key(20)));
        }
    }

    @Test
    void scanVisitsEveryKeyOnceThoughOthersComeAndGo() {
        try (KeyValueStore store = new KeyValueStore(Capacity.objects(100, 1000), "hotset")) {
            for (int i = 0; i < 500; i++) {
                store.put(key(i), bytes("v"));
            }
            List<String> seen = new ArrayList<>();
            int cursor = 0;
            int other = 1000;
            do {
                cursor = store.scan(cursor, 10, key -> seen.add(new String(key, UTF_8)));
                store.put(key(other), bytes("v"));
                store.delete(key(other - 3));
                store.get(key(other % 500));
                other++;
            } while (cursor != 0);
            Set<String> distinct = new HashSet<>(seen);
            assertEquals(seen.size(), distinct.size());
            for (int i = 0; i < 500; i++) {
                assertTrue(distinct.contains("key:" + i));
            }
        }
    }

    @Test
    void clearEmptiesTheStoreForFurtherUse() {
        try (KeyValueStore store = new KeyValueStore(Capacity.objects(5, 50), "hotset")) {
            for (int i = 0; i < 50; i++) {
                store.put(key(i), bytes("v"), Long.MAX_VALUE);
            }
            store.clear();
            assertEquals(0, store.size());
            assertNull(store.get(key(1)));
            for (int i = 0; i < 55; i++) {
                store.put(key(i), bytes("w"));
            }
            assertArrayEquals(bytes("w"), store.get(key(1)));
        }
    }

    @Test
    void aClosedStoreSaysSo() {
        KeyValueStore store = new KeyValueStore(Capacity.objects(5, 50), "lru");
        store.put(key(1), bytes("v"));
        store.close();
        store.close();
        assertThrows(IllegalStateException.class, () -> store.get(key(1)));
    }

    @Test
    void unknownRulesAreNamedWithTheKnownOnes() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new KeyValueStore(Capacity.objects(1, 1), "fifo"));
        assertEquals(
                "no placement rule \"fifo\"; there are policy1, policy2, lru, hotset",
                e.getMessage());
    }

    private static final class MutableClock implements InstantSource {
        private long millis;

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis);
        }
    }
}
