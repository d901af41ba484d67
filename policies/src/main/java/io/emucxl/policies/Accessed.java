package io.emucxl.policies;

import io.emucxl.runtime.PlacementPolicy.Observation;
import java.util.Arrays;

/**
 * The accessed units that a decision looks at: all of them when they are few, else a part that
 * takes its turn, so that a decision takes no longer the more there are.
 *
 * <p>Parts are by a hash of the unit. One of {@code n} parts stands for all: each of its accesses
 * counts {@code n} times.
 */
final class Accessed {
    private static final int MOST = 1 << 14;

    private int[] units = new int[16];
    private long[] weights = new long[16];
    private double[] previous = new double[16];
    private double[] surprise = new double[16];
    private int size;
    private int turn;
    private long accesses;

    /**
     * Takes the units of a period that are below this number, and notes in their history that they
     * were accessed.
     */
    void look(Observation observed, int limit, UnitHistory history) {
        int touched = observed.touched();
        int shift = 0;
        while (touched >>> shift > MOST) {
            shift++;
        }
        history.parts(1 << shift);
        turn++;
        size = 0;
        accesses = 0;
        for (int k = 0; k < touched; k++) {
            int unit = observed.unit(k);
            if (unit < limit && (shift == 0 || part(unit, shift) == (turn & ((1 << shift) - 1)))) {
                add(unit, (observed.reads(k) + observed.writes(k)) << shift, history.touch(unit));
            }
        }
    }

    /**
     * Adds the accesses to the heat of late, and notes how far each unit's are from what it had led
     * to expect.
     */
    void warm(UnitHistory recent) {
        if (surprise.length < size) {
            surprise = new double[units.length];
        }
        for (int k = 0; k < size; k++) {
            double weight = weights[k];
            double difference = weight - recent.share(units[k]) * accesses;
            // A count varies by its root at the least.
            surprise[k] = Math.max(difference * difference, weight);
        }
        for (int k = 0; k < size; k++) {
            recent.touch(units[k]);
            recent.warm(units[k], weights[k]);
        }
    }

    private static int part(int unit, int shift) {
        return (unit * 0x85EBCA6B) >>> (Integer.SIZE - shift);
    }

    private void add(int unit, long weight, double before) {
        if (size == units.length) {
            units = Arrays.copyOf(units, 2 * size);
            weights = Arrays.copyOf(weights, 2 * size);
            previous = Arrays.copyOf(previous, 2 * size);
        }
        units[size] = unit;
        weights[size] = weight;
        previous[size++] = before;
        accesses += weight;
    }

    int size() {
        return size;
    }

    int unit(int k) {
        return units[k];
    }

    /** The accesses of the {@code k}-th unit. */
    long weight(int k) {
        return weights[k];
    }

    /** The period of the {@code k}-th unit's access before this one. */
    double previous(int k) {
        return previous[k];
    }

    /** The square by which the accesses of the {@code k}-th unit varied, by chance or otherwise. */
    double surprise(int k) {
        return surprise[k];
    }

    /** The accesses of all units. */
    long accesses() {
        return accesses;
    }
}
