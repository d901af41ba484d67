package io.emucxl.policies;

import io.emucxl.runtime.PlacementPolicy;
import java.util.Arrays;

/** A space of units of one byte, for tests of policies: all remote at first. */
final class Space implements PlacementPolicy.Observation, PlacementPolicy.Moves {
    private final PlacementPolicy policy;
    private final int[] nodes;
    private int capacity;
    private int[] touched = {};
    private int[] reads = {};
    private long time;
    private long budget = Long.MAX_VALUE / 4;
    private double moveCost;
    private double sampled = 1;
    private int localUnits;
    private int promotions;
    private int demotions;

    Space(PlacementPolicy policy, int units, int capacity) {
        this.policy = policy;
        this.nodes = new int[units];
        Arrays.fill(nodes, 1);
        this.capacity = capacity;
    }

    /** One period in which each of these units is read once for each time that it is named. */
    void period(int... units) {
        touched = Arrays.stream(units).distinct().toArray();
        reads =
                Arrays.stream(touched)
                        .map(unit -> (int) Arrays.stream(units).filter(u -> u == unit).count())
                        .toArray();
        time += units.length;
        policy.decide(this, this);
    }

    /** One period in which these units, each named once, are read so many times. */
    void period(int[] units, int[] counts) {
        touched = units;
        reads = counts;
        time += Arrays.stream(counts).sum();
        policy.decide(this, this);
    }

    /** One period for each of these units, in which it is read once. */
    void accesses(int... units) {
        for (int unit : units) {
            period(unit);
        }
    }

    void localCapacity(int units) {
        capacity = units;
    }

    void budget(long units) {
        budget = units;
    }

    void moveCost(double accesses) {
        moveCost = accesses;
    }

    void sampled(double share) {
        sampled = share;
    }

    void place(int unit, int node) {
        localUnits += (node == 0 ? 1 : 0) - (nodes[unit] == 0 ? 1 : 0);
        nodes[unit] = node;
    }

    int promotions() {
        return promotions;
    }

    int demotions() {
        return demotions;
    }

    int[] local() {
        int[] local = new int[(int) used(0)];
        int n = 0;
        for (int unit = 0; unit < nodes.length; unit++) {
            if (nodes[unit] == 0) {
                local[n++] = unit;
            }
        }
        return local;
    }

    @Override
    public void move(int unit, int node) {
        if (nodes[unit] == node || nodes[unit] < 0) {
            throw new AssertionError(
                    "move of unit " + unit + " from " + nodes[unit] + " to " + node);
        }
        if (node == 0 && used(0) >= capacity) {
            throw new AssertionError("no room for unit " + unit);
        }
        nodes[unit] = node;
        if (node == 0) {
            localUnits++;
            promotions++;
        } else {
            localUnits--;
            demotions++;
        }
    }

    @Override
    public long time() {
        return time;
    }

    @Override
    public int touched() {
        return touched.length;
    }

    @Override
    public int unit(int k) {
        return touched[k];
    }

    @Override
    public long reads(int k) {
        return reads[k];
    }

    @Override
    public long writes(int k) {
        return 0;
    }

    @Override
    public int units() {
        return nodes.length;
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
        return node == 0 ? capacity : nodes.length;
    }

    @Override
    public long used(int node) {
        return node == 0 ? localUnits : Arrays.stream(nodes).filter(n -> n == node).count();
    }

    @Override
    public long moveBudget() {
        return budget;
    }

    @Override
    public double sampled() {
        return sampled;
    }

    @Override
    public double moveCost() {
        return moveCost;
    }
}
