package io.emucxl.kv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.kv.rule.Rules;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A million random operations, the same on the store and on a HashMap. */
class RandomOperationsTest {
    private static final int OPERATIONS = 1_000_000;

    static Stream<Arguments> stores() {
        Capacity[] capacities = {
            Capacity.objects(1, 1),
            Capacity.objects(1, 99),
            Capacity.objects(0, 50),
            Capacity.objects(50, 0),
            Capacity.objects(20, 60),
            Capacity.bytes(16, 16),
            Capacity.bytes(500, 1500),
            Capacity.bytes(100, 100_000),
        };
        int runs = capacities.length * Rules.names().size();
        return Stream.of(capacities)
                .flatMap(
                        capacity ->
                                Rules.names().stream()
                                        .map(
                                                rule ->
                                                        Arguments.of(
                                                                rule,
                                                                capacity,
                                                                OPERATIONS / runs)));
    }

    @ParameterizedTest
    @MethodSource("stores")
    void equalsAHashMap(String rule, Capacity capacity, int operations) {
        Random random = new Random(capacity.hashCode() + rule.hashCode());
        Map<Integer, byte[]> model = new HashMap<>();
        try (KeyValueStore store = new KeyValueStore(capacity, rule)) {
            for (int i = 0; i < operations; i++) {
                int number = (int) (100 * Math.pow(random.nextDouble(), 2));
                byte[] key = Keys.key(number);
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> {
                        int length = random.nextInt(random.nextInt(10) == 0 ? 300 : 30);
                        byte[] value = Keys.random(random, length);
                        try {
                            store.put(key, value);
                            model.put(number, value);
                        } catch (StoreFullException e) {
                            // The model keeps what it had, and so must the store.
                            assertArrayEquals(model.get(number), store.get(key));
                        }
                    }
                    case 3 -> assertEquals(model.remove(number) != null, store.delete(key));
                    default -> assertArrayEquals(model.get(number), store.get(key));
                }
                check(store.statistics(), capacity, model.size());
            }
            model.forEach((n, value) -> assertArrayEquals(value, store.get(Keys.key(n))));
        }
    }

    private static void check(Statistics s, Capacity capacity, int size) {
        assertEquals(size, s.localObjects() + s.remoteObjects());
        if (capacity.unit() == Capacity.Unit.OBJECTS) {
            assertTrue(s.localObjects() <= capacity.local());
            assertTrue(s.remoteObjects() <= capacity.remote());
        } else {
            assertTrue(s.localBytes() <= capacity.local());
            assertTrue(s.remoteBytes() <= capacity.remote());
        }
    }
}
