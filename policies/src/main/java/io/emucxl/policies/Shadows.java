package io.emucxl.policies;

import io.emucxl.runtime.PlacementPolicy.Observation;
import java.util.Arrays;

/**
 * What would be local now if each rule had been followed all along, for a sample of the units.
 *
 * <p>The sample is by a hash of the unit, so that a unit is always in or always out, and the local
 * capacity is scaled with it ("SHARDS", Waldspurger et al., FAST 2015): some thousand local units
 * tell as much as all of them.
 */
final class Shadows {
    private static final int MOST_LOCAL = 4096;

    /** The rules by their numbers in the contest. */
    private static final Rule[] RULES = {Rule.STAY, Rule.REUSE, Rule.FREQUENCY, Rule.RECENCY};

    private final UnitHistory history;
    private final Residents[] shadows = new Residents[RULES.length];
    private final double[] hits = new double[RULES.length];
    private final double[] costs = new double[RULES.length];
    private final double[][] noise = new double[RULES.length][RULES.length];
    private final boolean[] hit = new boolean[RULES.length];
    private int shift;
    private long capacity;
    private long accesses;

    Shadows(UnitHistory history) {
        this.history = history;
        for (int rule = 0; rule < RULES.length; rule++) {
            shadows[rule] = new Residents(history, RULES[rule]);
        }
    }

    /**
     * Scales the sample to a local capacity.
     *
     * @return whether the sample has changed, and with it every shadow become invalid
     */
    boolean scale(long localUnits) {
        int newShift = 0;
        while (localUnits >>> newShift > MOST_LOCAL) {
            newShift++;
        }
        boolean changed = newShift != shift;
        shift = newShift;
        capacity = localUnits >>> shift;
        return changed;
    }

    static int rules() {
        return RULES.length;
    }

    static Rule rule(int number) {
        return RULES[number];
    }

    long capacity() {
        return capacity;
    }

    /** Lets every rule start from this placement. */
    void startFrom(Residents placement) {
        for (int rule = 0; rule < RULES.length; rule++) {
            copy(placement, rule);
        }
    }

    /** Lets one rule start from this placement. */
    void copy(Residents placement, int rule) {
        Residents shadow = shadows[rule];
        shadow.clear();
        for (int unit = placement.next(0); unit >= 0; unit = placement.next(unit + 1)) {
            meet(shadow, unit);
        }
    }

    /** Notes a unit that became local through no rule. */
    void meet(int unit) {
        for (Residents shadow : shadows) {
            meet(shadow, unit);
        }
    }

    private void meet(Residents shadow, int unit) {
        if (sampled(unit) && shadow.size() < capacity) {
            shadow.add(unit);
        }
    }

    void forget(int unit) {
        for (Residents shadow : shadows) {
            shadow.remove(unit);
        }
    }

    /**
     * Plays a period under every rule.
     *
     * @param accessed the units that were accessed
     */
    void play(Observation observed, Accessed accessed) {
        double cost = observed.moveCost();
        accesses = 0;
        for (int rule = 0; rule < RULES.length; rule++) {
            hits[rule] = 0;
            costs[rule] = 0;
            Arrays.fill(noise[rule], 0);
            trim(shadows[rule]);
        }
        for (int k = 0; k < accessed.size(); k++) {
            int unit = accessed.unit(k);
            if (!sampled(unit) || observed.node(unit) < 0) {
                continue;
            }
            long weight = accessed.weight(k);
            accesses += weight;
            for (int rule = 0; rule < RULES.length; rule++) {
                Residents shadow = shadows[rule];
                hit[rule] = shadow.contains(unit);
                if (hit[rule]) {
                    hits[rule] += weight;
                } else if (admit(shadow, unit, accessed.previous(k), cost)) {
                    costs[rule] += cost;
                }
            }
            addNoise((double) weight * weight);
        }
    }

    /** For each rule, the accesses that it made local in the last period that was played. */
    double[] hits() {
        return hits;
    }

    /** For each rule, the cost of its moves in the last period that was played. */
    double[] costs() {
        return costs;
    }

    /**
     * For each two rules, the variance of the difference of their hits in the last period that
     * {@link #play} counted. The accesses of a unit in a period come together, so the units are
     * what varies by chance.
     */
    double[][] noise() {
        return noise;
    }

    private void addNoise(double square) {
        for (int i = 1; i < RULES.length; i++) {
            for (int j = 0; j < i; j++) {
                if (hit[i] != hit[j]) {
                    noise[i][j] += square;
                    noise[j][i] += square;
                }
            }
        }
    }

    /** The accesses of the last period that {@link #play} counted. */
    long accesses() {
        return accesses;
    }

    void reorder() {
        for (Residents shadow : shadows) {
            shadow.reorder();
        }
    }

    private boolean admit(Residents shadow, int unit, double previous, double cost) {
        if (shadow.size() >= capacity) {
            int victim = shadow.coldest();
            if (victim < 0 || !shadow.rule().replaces(history, unit, previous, victim, cost)) {
                return false;
            }
            shadow.remove(victim);
        }
        shadow.add(unit);
        return true;
    }

    private void trim(Residents shadow) {
        while (shadow.size() > capacity) {
            shadow.remove(shadow.coldest());
        }
    }

    private boolean sampled(int unit) {
        return shift == 0 || (unit * 0x9E3779B9) >>> (Integer.SIZE - shift) == 0;
    }
}
