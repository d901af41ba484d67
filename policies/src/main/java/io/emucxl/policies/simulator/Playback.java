package io.emucxl.policies.simulator;

import io.emucxl.runtime.PlacementPolicy;
import java.util.function.LongConsumer;

/** A trace played under a placement policy; moves take effect before the next period. */
final class Playback {
    private static final int REPORT_EVERY = 1 << 16;

    private final Trace trace;
    private final int period;
    private final UnitSpace space;
    private final DecisionTimes times = new DecisionTimes();

    /**
     * @param capacity the units that fit on the local node
     * @param period the accesses in a period; 0 for the periods that were recorded, or single
     *     accesses when there are none
     * @param moveCost the accesses that must become local for a move to pay
     */
    Playback(Trace trace, int capacity, int period, double moveCost) {
        this.trace = trace;
        this.period = period == 0 && trace.periods() == 0 ? 1 : period;
        int touched = Math.min(this.period == 0 ? trace.units() : this.period, trace.units());
        space = new UnitSpace(trace.units(), capacity, touched, moveCost);
    }

    /** Plays the whole trace and returns the number of accesses that were local. */
    long play(PlacementPolicy policy, LongConsumer progress) {
        long hits = 0;
        int accesses = trace.accesses();
        int periods = 0;
        int end = periodEnd(0, 0);
        for (int i = 0; i < accesses; i++) {
            int unit = trace.unit(i);
            if (space.isLocal(unit)) {
                hits++;
            }
            space.touch(unit, 1);
            if (i == end - 1) {
                long before = System.nanoTime();
                space.decide(policy, i + 1L);
                times.add(System.nanoTime() - before);
                end = periodEnd(i + 1, ++periods);
            }
            if ((i & (REPORT_EVERY - 1)) == REPORT_EVERY - 1) {
                progress.accept(REPORT_EVERY);
            }
        }
        progress.accept(accesses & (REPORT_EVERY - 1));
        return hits;
    }

    /** Where the period ends that begins here. */
    private int periodEnd(int from, int number) {
        return period > 0
                ? (int) Math.min((long) from + period, trace.accesses())
                : number < trace.periods() ? trace.periodEnd(number) : trace.accesses();
    }

    DecisionTimes times() {
        return times;
    }

    long moves() {
        return space.moves();
    }
}
