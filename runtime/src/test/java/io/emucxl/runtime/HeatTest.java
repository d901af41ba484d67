package io.emucxl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HeatTest {
    @Test
    void halvesEveryHalfLife() {
        Heat heat = new Heat(1000);
        heat.add(3, 8, 16);
        assertEquals(8, heat.reads(3));
        heat.advance(1000);
        assertEquals(4, heat.reads(3), 1e-4);
        assertEquals(8, heat.writes(3), 1e-4);
        heat.add(3, 4, 0);
        assertEquals(16, heat.total(3), 1e-4);
        heat.advance(2000);
        assertEquals(8, heat.total(3), 1e-4);
        assertEquals(0, heat.total(1000));
    }

    @Test
    void countsAccessesWhateverShareOfThemIsMarked() {
        Heat heat = new Heat(10);
        double counted = 0;
        for (int i = 0; i < 2000; i++) {
            int share = i < 30 ? 2 : i % 70 < 35 ? 100 : 10;
            heat.advance(i);
            heat.sampled(1.0 / share);
            heat.add(1, 3000 / share, 1000 / share);
            counted = counted * Math.pow(2, -0.1) + 1000;
            assertEquals(3 * counted, heat.reads(1), counted / 1000);
            assertEquals(counted, heat.writes(1), counted / 1000);
        }
    }

    @Test
    void survivesALongTime() {
        Heat heat = new Heat(1000);
        heat.add(1, 1, 0);
        for (int i = 1; i <= 1000; i++) {
            heat.advance(i * 1000L);
            heat.add(2, 1, 0);
        }
        assertEquals(0, heat.total(1), 1e-9);
        assertEquals(2, heat.total(2), 1e-4);
        heat.advance(10_000_000_000L);
        assertEquals(0, heat.total(2), 1e-9);
        heat.add(2, 5, 0);
        assertEquals(5, heat.total(2), 1e-4);
    }

    @Test
    void forgets() {
        Heat heat = new Heat(1000);
        heat.add(1, 1, 1);
        heat.forget(1);
        heat.forget(5);
        assertEquals(0, heat.total(1));
    }
}
