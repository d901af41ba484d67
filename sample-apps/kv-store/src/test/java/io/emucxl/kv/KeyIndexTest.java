package io.emucxl.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyIndexTest {
    /** Few different hashes, so that removal has to close gaps in long chains. */
    @Test
    void behavesAsAMapFromSlotToHash() {
        Random random = new Random(1);
        KeyIndex index = new KeyIndex();
        Map<Integer, Integer> model = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            int slot = random.nextInt(300);
            Integer hash = model.remove(slot);
            if (hash == null) {
                hash = random.nextInt(40) * (random.nextBoolean() ? 1 : 0x1000_0001);
                model.put(slot, hash);
                index.add(hash, slot);
            } else {
                index.remove(place(index, hash, slot));
            }
            if (i % 100 == 0) {
                for (int s = 0; s < 300; s++) {
                    Integer expected = model.get(s);
                    if (expected != null) {
                        assertEquals(s, index.slot(place(index, expected, s)));
                    }
                }
            }
        }
    }

    private static int place(KeyIndex index, int hash, int slot) {
        int place = index.first(hash);
        while (index.slot(place) != slot) {
            if (index.slot(place) < 0) {
                throw new AssertionError("slot " + slot + " is lost");
            }
            place = index.next(place);
        }
        assertEquals(hash, index.hash(place));
        return place;
    }
}
