package io.emucxl.policies.simulator;

import io.emucxl.runtime.PlacementPolicy;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * A trace played under a placement policy. Units are alike in size, and are remote until a move;
 * moves take effect before the next period.
 */
final class Playback implements PlacementPolicy.Observation, PlacementPolicy.Moves {
    private static final int LOCAL = 0;
    private static final int REMOTE = 1;
    private static final int REPORT_EVERY = 1 << 16;

    private final Trace trace;
    private final int capacity;
    private final int period;
    private final double moveCost;
    private final byte[] nodes;
    private final int[] touched;
    private final int[] counts;
    private final int[] places;
    private final DecisionTimes times = new DecisionTimes();
    private int touchedSize;
    private int units;
    private int localUnits;
    private long time;
    private long moves;

    /**
     * @param capacity the units that fit on the local node
     * @param period the accesses in a period; 0 for the periods that were recorded, or single
     *     accesses when there are none
     * @param moveCost the accesses that must become local for a move to pay
     */
    Playback(Trace trace, int capacity, int period, double moveCost) {
        this.trace = trace;
        this.capacity = capacity;
        this.moveCost = moveCost;
        nodes = new byte[trace.units()];
        Arrays.fill(nodes, (byte) REMOTE);
        this.period = period == 0 && trace.periods() == 0 ? 1 : period;
        touched = new int[Math.min(this.period == 0 ? trace.units() : this.period, trace.units())];
        counts = new int[touched.length];
        places = new int[this.period == 1 ? 0 : trace.units()];
    }

    /** Plays the whole trace and returns the number of accesses that were local. */
    long play(PlacementPolicy policy, LongConsumer progress) {
        long hits = 0;
        int accesses = trace.accesses();
        int periods = 0;
        int end = periodEnd(0, 0);
        for (int i = 0; i < accesses; i++) {
            int unit = trace.unit(i);
            if (nodes[unit] == LOCAL) {
                hits++;
            }
            units = Math.max(units, unit + 1);
            touch(unit);
            if (i == end - 1) {
                time = i + 1L;
                long before = System.nanoTime();
                policy.decide(this, this);
                times.add(System.nanoTime() - before);
                touchedSize = 0;
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

    private void touch(int unit) {
        if (places.length > 0) {
            int place = places[unit];
            if (place < touchedSize && touched[place] == unit) {
                counts[place]++;
                return;
            }
            places[unit] = touchedSize;
        }
        touched[touchedSize] = unit;
        counts[touchedSize++] = 1;
    }

    DecisionTimes times() {
        return times;
    }

    long moves() {
        return moves;
    }

    @Override
    public void move(int unit, int node) {
        if (nodes[unit] == node || (node == LOCAL && localUnits >= capacity)) {
            return;
        }
        nodes[unit] = (byte) node;
        localUnits += node == LOCAL ? 1 : -1;
        moves++;
    }

    @Override
    public long time() {
        return time;
    }

    @Override
    public int touched() {
        return touchedSize;
    }

    @Override
    public int unit(int k) {
        return touched[k];
    }

    @Override
    public long reads(int k) {
        return counts[k];
    }

    @Override
    public long writes(int k) {
        return 0;
    }

    @Override
    public int units() {
        return units;
    }

    @Override
    public int node(int unit) {
        return nodes[unit];
    }

    @Override
    public long unitBytes() {
        return 1;
    }

    @Override
    public long capacity(int node) {
        return node == LOCAL ? capacity : Integer.MAX_VALUE;
    }

    @Override
    public long used(int node) {
        return node == LOCAL ? localUnits : units - localUnits;
    }

    @Override
    public long moveBudget() {
        return Long.MAX_VALUE >> 8;
    }

    @Override
    public double moveCost() {
        return moveCost;
    }
}
