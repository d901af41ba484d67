package io.emucxl.policies;

import java.util.Arrays;

/**
 * MEMTIS: a histogram of access counts in powers of two tells from which bin on units are hot, such
 * that the hot ones just fit; counts are halved from time to time.
 *
 * <p>After Lee et al., "MEMTIS: Efficient Memory Tiering with Dynamic Page Classification and Page
 * Size Determination", SOSP 2023. Splitting of huge pages has no counterpart here.
 */
final class Memtis extends Swapping {
    private static final int BINS = 64;

    private final double cooling;
    private final long[] histogram = new long[BINS];
    private int hot;

    /**
     * @param cooling the accesses after which all counts are halved; 2,000,000 in the paper
     */
    Memtis(double cooling) {
        super("memtis", Rule.FREQUENCY);
        this.cooling = cooling;
    }

    @Override
    void sampled(Observation observed, int doublings) {
        Arrays.fill(histogram, 0);
        for (int unit = 0; unit < observed.units(); unit++) {
            if (history.heat(unit) > 0) {
                histogram[bin(unit)]++;
            }
        }
        fit(observed);
    }

    @Override
    void accessed(Observation observed, int unit, long weight) {
        leave(unit);
        history.warm(unit, weight);
        histogram[bin(unit)]++;
    }

    @Override
    boolean wanted(Observation observed, int unit, double previousAccess) {
        return bin(unit) >= hot;
    }

    @Override
    boolean yields(Observation observed, int victim, int unit) {
        return bin(victim) < hot || bin(victim) < bin(unit);
    }

    @Override
    void periodEnded(Observation observed, long accesses) {
        double weight = history.weight();
        if (history.age(accesses, cooling)) {
            local.reorder();
        }
        if (history.weight() != weight) {
            // Halving every count moves every unit down by one bin.
            histogram[0] += histogram[1];
            System.arraycopy(histogram, 2, histogram, 1, BINS - 2);
            histogram[BINS - 1] = 0;
        }
        fit(observed);
    }

    /** Finds the coldest bin that fits together with all that are hotter. */
    private void fit(Observation observed) {
        long room = observed.capacity(LOCAL) / observed.unitBytes();
        hot = BINS;
        while (hot > 1 && histogram[hot - 1] <= room) {
            room -= histogram[--hot];
        }
    }

    private void leave(int unit) {
        if (history.heat(unit) > 0) {
            histogram[bin(unit)]--;
        }
    }

    /** The bin of a count: 0 below 2, then one for each power of two. */
    private int bin(int unit) {
        double count = history.heat(unit) / history.weight();
        return count < 2 ? 0 : Math.min(BINS - 1, Math.getExponent(count));
    }
}
