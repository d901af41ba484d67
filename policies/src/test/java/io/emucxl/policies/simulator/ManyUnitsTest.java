package io.emucxl.policies.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Hotset over many units: ten million in the profile {@code long}. */
class ManyUnitsTest {
    private static final int UNITS = Integer.getInteger("emucxl.test.units", 200_000);

    @Test
    void keepsHalfOfALoopLocal() {
        Trace trace = Workload.SCAN.generate("scan", UNITS, 3 * UNITS, 1);
        assertEquals(UNITS, trace.units());
        Result result = new Simulation(10_000, 0).play(trace, "hotset", 0.5, done -> {});
        assertEquals(UNITS, result.localHits(), "half of the second pass and half of the third");
        assertEquals(UNITS / 2, result.moves());
    }
}
