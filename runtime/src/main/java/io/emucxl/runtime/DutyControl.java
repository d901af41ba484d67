package io.emucxl.runtime;

/**
 * The share of time that windows are open: as much as was configured, less when marking would cost
 * the program more than its budget, and little while nothing is accessed.
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

    private final double most;
    private final double overhead;
    private double marksPerNano;
    private double idle = 1;

    DutyControl(double most, double overhead) {
        this.most = most;
        this.overhead = overhead;
    }

    /** Takes account of the windows of one period: how long they were open, and their marks. */
    void saw(long openNanos, long marks) {
        if (openNanos <= 0) {
            return;
        }
        idle = marks == 0 ? Math.min(MOST_IDLE, idle * IDLE_STRETCH) : 1;
        marksPerNano += SMOOTHING * ((double) marks / openNanos - marksPerNano);
    }

    /** The share of time that windows may be open while the program is busy. */
    double duty() {
        double cost = marksPerNano * NANOS_PER_MARK;
        double allowed = cost * most <= overhead ? most : overhead / cost;
        return Math.max(allowed, most * LEAST);
    }

    /** How long to stay closed after a window that was open so long, in nanoseconds. */
    long closedNanos(long openNanos) {
        return (long) (openNanos * (1 / duty() - 1) * idle);
    }
}
