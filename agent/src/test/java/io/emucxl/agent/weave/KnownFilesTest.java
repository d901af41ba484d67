package io.emucxl.agent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KnownFilesTest {

    private static final long LENGTH = 1000L << 32;

    @Test
    void tellsWhatItWasToldAndNothingElse() {
        Random random = new Random(1);
        for (int count : new int[] {0, 1, 2, 3, 1000, 1025}) {
            List<Long> without = new ArrayList<>();
            List<Long> untouched = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                without.add(LENGTH | (random.nextInt() & 0xFFFF_FFFFL));
                untouched.add((LENGTH << 1) | (random.nextInt() & 0xFFFF_FFFFL));
            }
            KnownFiles known = KnownFiles.of(without, untouched);
            for (int i = 0; i < count; i++) {
                assertEquals(KnownFiles.WITHOUT_ARRAYS, known.of(without.get(i)));
                assertEquals(KnownFiles.UNTOUCHED, known.of(untouched.get(i)));
                assertEquals(0, known.of(without.get(i) + LENGTH * 2));
            }
            assertEquals(0, known.of(LENGTH * 7 | 12));
        }
    }

    @Test
    void filesOfOneCheckSumAreToldApartByLength() {
        List<Long> same = new ArrayList<>();
        for (long length = 1; length <= 8; length++) {
            same.add(length << 32 | 0xFFFF_FFFFL);
        }
        KnownFiles known = KnownFiles.of(same, List.of(9L << 32 | 0xFFFF_FFFFL));
        for (long fingerprint : same) {
            assertEquals(KnownFiles.WITHOUT_ARRAYS, known.of(fingerprint));
        }
        assertEquals(KnownFiles.UNTOUCHED, known.of(9L << 32 | 0xFFFF_FFFFL));
        assertEquals(0, known.of(10L << 32 | 0xFFFF_FFFFL));
    }

    @Test
    void equalTablesAreEqual() {
        List<Long> some = List.of(LENGTH | 1, LENGTH | 2);
        KnownFiles known = KnownFiles.of(some, List.of());
        assertEquals(known, KnownFiles.of(some, List.of()));
        assertEquals(known.hashCode(), KnownFiles.of(some, List.of()).hashCode());
        assertNotEquals(known, KnownFiles.of(List.of(), some));
    }
}
