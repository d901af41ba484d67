package io.emucxl.runtime;

/**
 * The share of time that windows are open: as much as was configured, less when marking would cost
 * the program more than its budget, and little while nothing is accessed.
 *
 * <p>What is left of the budget is saved up, and spent when heat is new: then windows are open for
 * most of the time. Over any longer time the cost is the budget at most.
 */
final class DutyControl {
    /*
     * What a mark costs, 1.5 ns, is an estimate: a prototype's random reads in L1, where a mark costs
     * most, took 1.4 to 1.8 times as long in an open window. Counting all marks of a window against
     * one thread's time overstates the cost of several threads; they also leave as many more samples.
     */
    private static final double NANOS_PER_MARK = 1.5;

    private static final double LEAST = 1.0 / 64;
    private static final double IDLE_STRETCH = 1.5;
    private static final double MOST_IDLE = 2;
    private static final double SMOOTHING = 0.1;

    /** The time whose budget can be saved up, in nanoseconds. */
    private static final double SAVING = 20e9;

    /** The largest share of time while saved budget is spent. */
    private static final double MOST_WHEN_NEW = 0.9;

    /**
     * The same when windows record what devices charge: that costs more than marks, and the time
     * between windows tells how much.
     */
    private static final double MOST_WHEN_RECORDING = 0.5;

    private final double mostWhenNew;
    private double most;
    private double overhead;
    private double marksPerNano;
    private double idle = 1;
    private double saved;
    private boolean spending;

    /**
     * @param most the largest share of time that windows are open, unless heat is new
     * @param overhead the largest share of time that marking may take
     * @param records whether windows record what devices charge
     */
    DutyControl(double most, double overhead, boolean records) {
        this.most = most;
        this.overhead = overhead;
        mostWhenNew = records ? MOST_WHEN_RECORDING : MOST_WHEN_NEW;
        saved = SAVING * overhead;
    }

    void tune(double newMost, double newOverhead) {
        most = newMost;
        overhead = newOverhead;
    }

    /**
     * Takes account of the windows of one period.
     *
     * @param openNanos how long they were open
     * @param marks what was marked in them
     * @param elapsedNanos how long the period was
     * @param heatIsNew whether it is a time to spend what is saved
     */
    void saw(long openNanos, long marks, long elapsedNanos, boolean heatIsNew) {
        double spent = Math.min((double) openNanos, marks * NANOS_PER_MARK);
        saved = Math.min(SAVING * overhead, saved + overhead * elapsedNanos - spent);
        spending = heatIsNew && saved > 0;
        if (openNanos <= 0) {
            return;
        }
        idle = marks == 0 ? Math.min(MOST_IDLE, idle * IDLE_STRETCH) : 1;
        double seen = (double) marks / openNanos;
        marksPerNano = marksPerNano == 0 ? seen : marksPerNano + SMOOTHING * (seen - marksPerNano);
    }

    /** The share of time that windows may be open while the program is busy. */
    double duty() {
        double cost = marksPerNano * NANOS_PER_MARK;
        double allowed = cost * most <= overhead ? most : overhead / cost;
        double usual = Math.max(allowed, most * LEAST);
        if (!spending || most == 0) {
            return usual;
        }
        double atOnce = saved / Novelty.NANOS;
        double now = cost * mostWhenNew <= atOnce ? mostWhenNew : atOnce / cost;
        return Math.max(usual, now);
    }

    /** How long to stay closed after a window that was open so long, in nanoseconds. */
    long closedNanos(long openNanos) {
        return (long) (openNanos * (1 / duty() - 1) * idle);
    }
}
