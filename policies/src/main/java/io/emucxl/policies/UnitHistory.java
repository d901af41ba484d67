package io.emucxl.policies;

import java.util.Arrays;

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

    private double[] last = new double[0];
    private double[] heat = new double[0];
    private double period;
    private double weight = 1;
    private double sinceDoubling;

    void grow(int units) {
        if (units > last.length) {
            int length = Math.max(units, last.length + (last.length >> 1));
            last = Arrays.copyOf(last, length);
            heat = Arrays.copyOf(heat, length);
        }
    }

    void nextPeriod() {
        period++;
    }

    /** The period of the last access, from 1; 0 when there was none. */
    double last(int unit) {
        return last[unit];
    }

    /** Sets the time of the last access of a unit that is in no heap. */
    void last(int unit, double time) {
        last[unit] = time;
    }

    /** The heat, in which an access of now counts {@link #weight()}. */
    double heat(int unit) {
        return heat[unit];
    }

    double weight() {
        return weight;
    }

    /** Notes that a unit was accessed in this period, and returns when it was before. */
    double touch(int unit) {
        double previous = last[unit];
        last[unit] = period;
        return previous;
    }

    void warm(int unit, long accesses) {
        heat[unit] += accesses * weight;
    }

    void forget(int unit) {
        last[unit] = 0;
        heat[unit] = 0;
    }

    /**
     * Ages all heat.
     *
     * @param accesses the accesses of this period
     * @param halfLife the accesses after which an access weighs half as much
     * @return the factor by which all heat was multiplied meanwhile, 1 nearly always
     */
    double age(long accesses, double halfLife) {
        sinceDoubling += accesses;
        if (sinceDoubling < halfLife) {
            return 1;
        }
        sinceDoubling = 0;
        weight *= 2;
        if (weight < TOO_HEAVY) {
            return 1;
        }
        double factor = 1 / weight;
        for (int unit = 0; unit < heat.length; unit++) {
            heat[unit] *= factor;
        }
        weight = 1;
        return factor;
    }
}
