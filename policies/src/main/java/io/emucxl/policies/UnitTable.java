package io.emucxl.policies;

import java.util.Arrays;

/**
 * Two numbers for each unit, zero at first.
 *
 * <p>They lie in blocks of one size, so that room for more units takes time for those alone: one
 * array of a million units would be copied whenever it grew.
 */
final class UnitTable {
    private static final int SHIFT = 13;
    private static final int UNITS = 1 << SHIFT;

    private double[][] blocks = {};

    /** Makes room for the units below this number. */
    void grow(int units) {
        int before = blocks.length;
        int needed = (units + UNITS - 1) >>> SHIFT;
        if (needed > before) {
            blocks = Arrays.copyOf(blocks, needed);
            for (int i = before; i < needed; i++) {
                blocks[i] = new double[2 * UNITS];
            }
        }
    }

    double first(int unit) {
        return blocks[unit >>> SHIFT][place(unit)];
    }

    double second(int unit) {
        return blocks[unit >>> SHIFT][place(unit) + 1];
    }

    void first(int unit, double value) {
        blocks[unit >>> SHIFT][place(unit)] = value;
    }

    void second(int unit, double value) {
        blocks[unit >>> SHIFT][place(unit) + 1] = value;
    }

    private static int place(int unit) {
        return 2 * (unit & (UNITS - 1));
    }
}
