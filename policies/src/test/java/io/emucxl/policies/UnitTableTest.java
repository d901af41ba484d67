package io.emucxl.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class UnitTableTest {
    @Test
    void keepsTwoNumbersOfEachUnitWhileItGrows() {
        UnitTable table = new UnitTable();
        int units = 0;
        for (int step : new int[] {1, 0, 5, 8186, 1, 8191, 1, 100_000}) {
            table.grow(units + step);
            for (int unit = units; unit < units + step; unit++) {
                assertEquals(0, table.first(unit));
                assertEquals(0, table.second(unit));
                table.first(unit, unit + 0.25);
                table.second(unit, -unit);
            }
            units += step;
        }
        table.grow(3);
        for (int unit = 0; unit < units; unit++) {
            assertEquals(unit + 0.25, table.first(unit));
            assertEquals(-unit, table.second(unit));
        }
    }
}
