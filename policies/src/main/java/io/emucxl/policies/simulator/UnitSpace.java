package io.emucxl.policies.simulator;

import io.emucxl.runtime.PlacementPolicy;
import java.util.Arrays;

/**
 * Units of one byte on two nodes, with no memory behind them: what a policy sees of a trace. All
 * units are remote until a move, and moves take effect at once.
 */
public final class UnitSpace implements PlacementPolicy.Observation, PlacementPolicy.Moves {
    private static final int LOCAL = 0;
    private static final int REMOTE = 1;
    private static final long UNLIMITED = Long.MAX_VALUE >> 8;

    private final byte[] nodes;
    private final int[] touched;
    private final int[] counts;
    private final int[] places;
    private final double moveCost;
    private final long moveBudget;
    private final int capacity;
    private int size;
    private int units;
    private int localUnits;
    private long time;
    private long moves;

    /**
     * A space in which a policy may move as much as it likes.
     *
     * @param units the most that there ever are
     * @param capacity the units that fit on the local node
     * @param touched the most that are accessed in a period
     * @param moveCost the accesses that must become local for a move to pay
     */
    public UnitSpace(int units, int capacity, int touched, double moveCost) {
        this(units, capacity, touched, moveCost, UNLIMITED);
    }

    /**
     * The same with a limit.
     *
     * @param moveBudget the most moves of a period
     */
    public UnitSpace(int units, int capacity, int touched, double moveCost, long moveBudget) {
        this.capacity = capacity;
        this.moveCost = moveCost;
        this.moveBudget = moveBudget;
        nodes = new byte[units];
        Arrays.fill(nodes, (byte) REMOTE);
        this.touched = new int[touched];
        counts = new int[touched];
        places = new int[touched == 1 ? 0 : units];
    }

    /** Takes note of so many accesses of a unit in this period. */
    public void touch(int unit, int accesses) {
        units = Math.max(units, unit + 1);
        if (places.length > 0) {
            int place = places[unit];
            if (place < size && touched[place] == unit) {
                counts[place] += accesses;
                return;
            }
            places[unit] = size;
        }
        touched[size] = unit;
        counts[size++] = accesses;
    }

    /** Lets a policy decide at the end of a period, and begins the next. */
    public void decide(PlacementPolicy policy, long now) {
        time = now;
        policy.decide(this, this);
        size = 0;
    }

    /** Whether a unit is on the local node. */
    public boolean isLocal(int unit) {
        return nodes[unit] == LOCAL;
    }

    /** The moves that were made. */
    public long moves() {
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
        return size;
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
        return moveBudget;
    }

    @Override
    public double moveCost() {
        return moveCost;
    }
}
