package io.emucxl.kv.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.emucxl.kv.Capacity;
import io.emucxl.kv.KeyValueStore;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store over emucxl memory counts what the table counts without it. */
class TableFourInMemoryTest {
    @ParameterizedTest
    @ValueSource(strings = {"policy1", "policy2", "lru", "hotset"})
    void theStoreGivesTheCountsOfTheTable(String rule) {
        for (int x : List.of(10, 30, 80, Workload.RANDOM)) {
            Workload workload = Workload.draw(Workload.Order.PHASED, x, 1);
            Capacity capacity = Capacity.objects(Workload.LOCAL_OBJECTS, Workload.REMOTE_OBJECTS);
            try (KeyValueStore store = new KeyValueStore(capacity, rule)) {
                for (int key = 0; key < Workload.KEYS; key++) {
                    store.put(name(key), new byte[20]);
                }
                for (int i = 0; i < workload.gets(); i++) {
                    assertEquals(20, store.get(name(workload.key(i))).length);
                }
                assertEquals(
                        TableFour.measure(rule, workload).local(), store.statistics().localGets());
            }
        }
    }

    private static byte[] name(int key) {
        return ByteBuffer.allocate(4).putInt(key).array();
    }
}
