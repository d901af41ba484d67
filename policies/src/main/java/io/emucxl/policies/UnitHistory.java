package io.emucxl.policies;

/**
 * The last access and the heat of every unit.
 *
 * <p>Heat is a count in which an access weighs half as much as one that comes a half-life later.
 * Units do not decay: a new access weighs more than an old one ("forward decay", Cormode et al.,
 * ICDE 2009), so that a cold unit is never visited and both keys only grow. The weight doubles in
 * steps, because units that were accessed equally often within a step must compare as equal: else
 * the order of a loop over more units than fit would decide, and that order is the worst one.
 */
final class UnitHistory {
    private static final double TOO_HEAVY = 0x1p500;

    /** For each unit the last access and then the heat, beside each other for the CPU cache. */
    private final UnitTable state = new UnitTable();

    private double period;
    private int parts = 1;
    private double weight = 1;
    private double sinceDoubling;
    private double total;

    /** The period of the last time that all heat was scaled down, and by what. */
    private double rescaled = -1;

    private double scale;

    /** The period of the time before. */
    private double rescaledBefore = -1;

    /** The share of all accesses of which heat is a count. */
    private double measure;

    void grow(int units) {
        state.grow(units);
    }

    void nextPeriod() {
        period++;
    }

    double period() {
        return period;
    }

    /** From now on each unit is looked at once in so many periods. */
    void parts(int newParts) {
        parts = newParts;
    }

    /** Whether a unit was accessed when it was looked at last. */
    boolean isRecent(int unit) {
        return last(unit) > period - parts;
    }

    /** The period of the last access, from 1; 0 when there was none. */
    double last(int unit) {
        return state.first(unit);
    }

    /** Sets the time of the last access of a unit that is in no heap. */
    void last(int unit, double time) {
        state.first(unit, time);
    }

    /** The heat, in which an access of now counts {@link #weight()}. */
    double heat(int unit) {
        double heat = state.second(unit);
        double last = state.first(unit);
        if (last > rescaled) {
            return heat;
        }
        // Scaled down twice it is nothing beside an access of now.
        return last > rescaledBefore ? heat * scale : 0;
    }

    double weight() {
        return weight;
    }

    /** The part of all heat that is this unit's; 0 when there is none. */
    double share(int unit) {
        return total > 0 ? heat(unit) / total : 0;
    }

    /** Notes that a unit was accessed in this period, and returns when it was before. */
    double touch(int unit) {
        double previous = state.first(unit);
        state.second(unit, heat(unit));
        state.first(unit, period);
        return previous;
    }

    /** Adds to the heat of a unit that was {@linkplain #touch touched} in this period. */
    void warm(int unit, long accesses) {
        state.second(unit, state.second(unit) + accesses * weight);
        total += accesses * weight;
    }

    /**
     * Takes account of the share of all accesses that are counted from now on. What was counted
     * before is converted when the share has doubled or halved; by powers of two, so that units
     * that were equally hot still are.
     *
     * @return the number of times that it has doubled, 0 nearly always
     */
    int sampled(double share) {
        if (share < 2 * measure && share > measure / 2) {
            return 0;
        }
        int doublings = measure == 0 ? 0 : (int) Math.rint(Math.log(share / measure) / Math.log(2));
        measure = measure == 0 ? share : Math.scalb(measure, doublings);
        convert(doublings);
        return doublings;
    }

    /** Takes account of the share of counted accesses having doubled so many times. */
    void convert(int doublings) {
        weight = Math.scalb(weight, -doublings);
        sinceDoubling = Math.scalb(sinceDoubling, doublings);
    }

    void forget(int unit) {
        total -= heat(unit);
        state.first(unit, 0);
        state.second(unit, 0);
    }

    /**
     * Ages all heat.
     *
     * @param accesses the accesses of this period
     * @param halfLife the accesses after which an access weighs half as much
     * @return whether all heat was scaled down meanwhile, nearly never
     */
    boolean age(long accesses, double halfLife) {
        sinceDoubling += accesses;
        if (sinceDoubling < halfLife) {
            return false;
        }
        sinceDoubling = 0;
        weight *= 2;
        if (weight < TOO_HEAVY) {
            return false;
        }
        // That of each unit when it is looked at: a pass over all of very many would take too long.
        rescaledBefore = rescaled;
        rescaled = period;
        scale = 1 / weight;
        total *= scale;
        weight = 1;
        return true;
    }
}
