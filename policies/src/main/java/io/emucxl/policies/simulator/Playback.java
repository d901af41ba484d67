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
    private final double moveCost;
    private final byte[] nodes;
    private final int[] touched;
    private final int[] counts;
    private final int[] places;
    private int touchedSize;
    private int units;
    private int localUnits;
    private long time;
    private long moves;

    /**
     * @param capacity the units that fit on the local node
     * @param period the accesses in a period
     * @param moveCost the accesses that must become local for a move to pay
     */
    Playback(Trace trace, int capacity, int period, double moveCost) {
        this.trace = trace;
        this.capacity = capacity;
        this.moveCost = moveCost;
        nodes = new byte[trace.units()];
        Arrays.fill(nodes, (byte) REMOTE);
        touched = new int[Math.min(period, trace.accesses())];
        counts = new int[touched.length];
        places = new int[period > 1 ? trace.units() : 0];
    }

    /** Plays the whole trace and returns the number of accesses that were local. */
    long play(PlacementPolicy policy, LongConsumer progress) {
        long hits = 0;
        int accesses = trace.accesses();
        int since = 0;
        for (int i = 0; i < accesses; i++) {
            int unit = trace.unit(i);
            if (nodes[unit] == LOCAL) {
                hits++;
            }
            units = Math.max(units, unit + 1);
            touch(unit);
            if (++since == touched.length || i == accesses - 1) {
                time = i + 1L;
                policy.decide(this, this);
                since = 0;
                touchedSize = 0;
            }
            if ((i & (REPORT_EVERY - 1)) == REPORT_EVERY - 1) {
                progress.accept(REPORT_EVERY);
            }
        }
        progress.accept(accesses & (REPORT_EVERY - 1));
        return hits;
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
