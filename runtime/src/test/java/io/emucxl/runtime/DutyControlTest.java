package io.emucxl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DutyControlTest {
    private static final long SECOND = 1_000_000_000L;

    private static void periods(DutyControl control, long marks) {
        for (int i = 0; i < 200; i++) {
            control.saw(1_000_000, marks, 100_000_000, false);
        }
    }

    @Test
    void staysAtTheConfiguredDutyWhenMarksAreFew() {
        DutyControl control = new DutyControl(0.01, 0.01, false);
        periods(control, 100_000);
        assertEquals(0.01, control.duty());
        assertEquals(99_000_000.0, (double) control.closedNanos(1_000_000), 10);
    }

    @Test
    void keepsTheBudgetWhenMarksAreMany() {
        DutyControl control = new DutyControl(0.05, 0.01, false);
        periods(control, 1_000_000);
        assertEquals(0.01 / 1.5, control.duty(), 1e-6);
        periods(control, 1000);
        assertEquals(0.05, control.duty(), 1e-6);
        periods(control, 1_000_000_000);
        assertEquals(0.05 / 64, control.duty(), 1e-9);
    }

    @Test
    void opensRarelyWhileNothingHappens() {
        DutyControl control = new DutyControl(0.01, 0.01, false);
        long busy = control.closedNanos(1_000_000);
        periods(control, 0);
        assertEquals(2.0 * busy, (double) control.closedNanos(1_000_000), 100);
        control.saw(1_000_000, 1, 100_000_000, false);
        assertEquals(busy, control.closedNanos(1_000_000));
    }

    @Test
    void aPeriodWithoutWindowSaysNothing() {
        DutyControl control = new DutyControl(0.01, 0.01, false);
        control.saw(0, 0, 100_000_000, false);
        assertEquals(99_000_000.0, (double) control.closedNanos(1_000_000), 10);
        assertTrue(control.duty() > 0);
    }

    @Test
    void newHeatIsSampledMoreUntilTheSavedBudgetIsSpent() {
        DutyControl control = new DutyControl(0.01, 0.01, false);
        control.saw(1_000_000, 1_000, 100_000_000, true);
        assertEquals(0.9, control.duty(), "marking so little is nearly free");
        DutyControl recording = new DutyControl(0.01, 0.01, true);
        recording.saw(1_000_000, 1_000, 100_000_000, true);
        assertEquals(0.5, recording.duty());
        double open = 0;
        for (int i = 0; i < 10_000; i++) {
            long nanos = (long) (100_000_000 * control.duty());
            open += nanos;
            control.saw(nanos, nanos, 100_000_000, true);
        }
        // So many marks cost more than the windows were open, which is not possible.
        double cost = open;
        assertTrue(cost < 0.01 * (1000e9 + 20e9) * 1.01, "cost " + cost);
        assertTrue(cost > 0.01 * 1000e9 * 0.9, "cost " + cost);
        control.saw(1_000_000, 1_000_000, 100_000_000, false);
        assertEquals(0.01 / 1.5, control.duty(), 1e-6);
    }

    @Test
    void heatIsNewAtFirstAfterGrowthAndWhenAccessesLeaveTheLocalTier() {
        Novelty novelty = new Novelty();
        assertFalse(novelty.saw(0, 10, 0, 0), "nothing is accessed yet");
        assertTrue(novelty.saw(SECOND, 10, 900, 100));
        assertFalse(novelty.saw(3 * SECOND, 14, 1300, 100));
        assertTrue(novelty.saw(4 * SECOND, 16, 900, 100));
        assertFalse(novelty.saw(7 * SECOND, 16, 1450, 150));
        assertFalse(novelty.saw(8 * SECOND, 16, 0, 10), "too few to tell");
        assertTrue(novelty.saw(9 * SECOND, 16, 900, 900));
        assertFalse(novelty.saw(12 * SECOND, 16, 900, 900));
    }

    @Test
    void heatIsNewUntilTheRegionsWereMarkedOftenEnoughButNotForGood() {
        Novelty novelty = new Novelty();
        assertTrue(novelty.saw(0, 1000, 0, 1000), "a first pass over the data");
        assertTrue(novelty.saw(4 * SECOND, 1000, 0, 1000), "and another one");
        assertFalse(novelty.saw(5 * SECOND, 1000, 0, 100_000), "now it is used");
        assertTrue(novelty.saw(6 * SECOND, 2000, 0, 1000));
        assertTrue(novelty.saw(15 * SECOND, 2000, 0, 1000));
        assertFalse(novelty.saw(16 * SECOND, 2000, 0, 1000), "hardly anything is accessed");
    }
}
