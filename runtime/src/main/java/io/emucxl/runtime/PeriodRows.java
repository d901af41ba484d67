package io.emucxl.runtime;

import java.util.Arrays;

/** The rows of all periods so far, thinned out when they become too many. Thread-safe. */
final class PeriodRows {
    private final Report.Period[] rows;
    private int size;
    private int stride = 1;
    private int skipped;

    PeriodRows(int most) {
        rows = new Report.Period[most];
    }

    /** Adds a row, whose counters count from the start, so that rows may be left out. */
    synchronized void add(Report.Period row) {
        if (++skipped < stride) {
            return;
        }
        skipped = 0;
        if (size == rows.length) {
            size = 0;
            for (int i = 1; i < rows.length; i += 2) {
                rows[size++] = rows[i];
            }
            skipped = stride;
            stride *= 2;
            return;
        }
        rows[size++] = row;
    }

    synchronized Report.Period[] copy() {
        return Arrays.copyOf(rows, size);
    }
}
