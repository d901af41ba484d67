package io.emucxl.policies;

import io.emucxl.runtime.PlacementPolicy.Observation;
import java.util.Arrays;
import java.util.BitSet;

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
    private static final Rule[] RULES = {
        Rule.STAY, Rule.REUSE, Rule.FREQUENCY, Rule.RECENCY, Rule.FREQUENCY
    };

    /** The number of the rule that goes by the heat of late. */
    private static final int TREND = 4;

    private final UnitHistory history;
    private final UnitHistory recent;
    private final Residents[] shadows = new Residents[RULES.length];
    private final double[] hits = new double[RULES.length];
    private final double[] costs = new double[RULES.length];
    private final boolean[] mute = new boolean[RULES.length];
    private final double[][] noise = new double[RULES.length][RULES.length];

    /** The noise by the set of rules under which a unit was local, a bit for each. */
    private final double[] noiseOf = new double[1 << RULES.length];

    /** The units of the sample that were accessed or met: all that may be local among them. */
    private final BitSet sample = new BitSet();

    private int shift;
    private long capacity;
    private long accesses;

    /**
     * @param history of all accesses
     * @param recent of those of late
     */
    Shadows(UnitHistory history, UnitHistory recent) {
        this.history = history;
        this.recent = recent;
        for (int rule = 0; rule < RULES.length; rule++) {
            shadows[rule] = new Residents(history(rule), RULES[rule]);
        }
    }

    /** Scales the sample to a local capacity; if that changes it, every rule starts anew. */
    void scale(long localUnits, Residents placement) {
        int newShift = 0;
        while (localUnits >>> newShift > MOST_LOCAL) {
            newShift++;
        }
        capacity = localUnits >>> newShift;
        if (newShift != shift) {
            shift = newShift;
            sample.clear();
            for (int unit = placement.next(0); unit >= 0; unit = placement.next(unit + 1)) {
                if (sampled(unit)) {
                    sample.set(unit);
                }
            }
            startFrom(placement);
        }
    }

    static int rules() {
        return RULES.length;
    }

    static Rule rule(int number) {
        return RULES[number];
    }

    /** What a rule goes by. */
    UnitHistory history(int number) {
        return number == TREND ? recent : history;
    }

    long capacity() {
        return capacity;
    }

    /** Lets every rule start from this placement. */
    void startFrom(Residents placement) {
        copy(placement, shadows);
    }

    /** Lets one rule start from this placement. */
    void copy(Residents placement, int rule) {
        copy(placement, shadows[rule]);
    }

    private void copy(Residents placement, Residents... to) {
        for (Residents shadow : to) {
            shadow.clear();
        }
        BitSet units = placement.among(sample);
        for (int unit = units.nextSetBit(0); unit >= 0; unit = units.nextSetBit(unit + 1)) {
            for (Residents shadow : to) {
                meet(shadow, unit);
            }
        }
    }

    /** Notes a unit that became local through no rule. */
    void meet(int unit) {
        if (sampled(unit)) {
            sample.set(unit);
            for (Residents shadow : shadows) {
                meet(shadow, unit);
            }
        }
    }

    private void meet(Residents shadow, int unit) {
        if (shadow.size() < capacity) {
            shadow.add(unit);
        }
    }

    void forget(int unit) {
        sample.clear(unit);
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
            trim(shadows[rule]);
        }
        Arrays.fill(noiseOf, 0);
        for (int k = 0; k < accessed.size(); k++) {
            int unit = accessed.unit(k);
            if (!sampled(unit) || observed.node(unit) < 0) {
                continue;
            }
            sample.set(unit);
            long weight = accessed.weight(k);
            accesses += weight;
            int hit = 0;
            for (int rule = 0; rule < RULES.length; rule++) {
                Residents shadow = shadows[rule];
                if (shadow.contains(unit)) {
                    hit |= 1 << rule;
                    hits[rule] += weight;
                } else if (admit(shadow, unit, accessed.previous(k), cost)) {
                    costs[rule] += cost;
                }
            }
            noiseOf[hit] += accessed.surprise(k);
        }
        sumNoise();
        for (int rule = 0; rule < RULES.length; rule++) {
            Residents shadow = shadows[rule];
            int coldest =
                    RULES[rule] == Rule.STAY || RULES[rule].byHeat() || shadow.size() < capacity
                            ? -1
                            : shadow.coldest();
            mute[rule] = coldest >= 0 && history.isRecent(coldest);
        }
    }

    /**
     * The rules that cannot tell units apart, because all that are local were accessed in the
     * period. Such a shadow may have been lucky; the rule does not lead there.
     */
    boolean[] mute() {
        return mute;
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

    private void sumNoise() {
        for (int i = 1; i < RULES.length; i++) {
            for (int j = 0; j < i; j++) {
                double sum = 0;
                for (int hit = 0; hit < noiseOf.length; hit++) {
                    sum += (hit >> i & 1) == (hit >> j & 1) ? 0 : noiseOf[hit];
                }
                noise[i][j] = sum;
                noise[j][i] = sum;
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
            if (victim < 0
                    || !shadow.rule().replaces(shadow.history(), unit, previous, victim, cost)) {
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
