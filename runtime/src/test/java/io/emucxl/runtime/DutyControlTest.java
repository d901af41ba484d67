package io.emucxl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DutyControlTest {
    private static void periods(DutyControl control, long marks) {
        for (int i = 0; i < 200; i++) {
            control.saw(1_000_000, marks);
        }
    }

    @Test
    void staysAtTheConfiguredDutyWhenMarksAreFew() {
        DutyControl control = new DutyControl(0.01, 0.01);
        periods(control, 100_000);
        assertEquals(0.01, control.duty());
        assertEquals(99_000_000.0, (double) control.closedNanos(1_000_000), 10);
    }

    @Test
    void keepsTheBudgetWhenMarksAreMany() {
        DutyControl control = new DutyControl(0.05, 0.01);
        periods(control, 1_000_000);
        assertEquals(0.01 / 1.5, control.duty(), 1e-6);
        periods(control, 1000);
        assertEquals(0.05, control.duty(), 1e-6);
        periods(control, 1_000_000_000);
        assertEquals(0.05 / 64, control.duty(), 1e-9);
    }

    @Test
    void opensRarelyWhileNothingHappens() {
        DutyControl control = new DutyControl(0.01, 0.01);
        long busy = control.closedNanos(1_000_000);
        periods(control, 0);
        assertEquals(2.0 * busy, (double) control.closedNanos(1_000_000), 100);
        control.saw(1_000_000, 1);
        assertEquals(busy, control.closedNanos(1_000_000));
    }

    @Test
    void aPeriodWithoutWindowSaysNothing() {
        DutyControl control = new DutyControl(0.01, 0.01);
        control.saw(0, 0);
        assertEquals(99_000_000.0, (double) control.closedNanos(1_000_000), 10);
        assertTrue(control.duty() > 0);
    }
}
