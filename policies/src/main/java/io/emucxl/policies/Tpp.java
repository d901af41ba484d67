package io.emucxl.policies;

import java.util.BitSet;

/**
 * TPP: a remote unit is promoted at its second access since it became remote, and local units are
 * demoted ahead of need, least recently used first, to keep some room for promotions and new data.
 *
 * <p>After Maruf et al., "TPP: Transparent Page Placement for CXL-Enabled Tiered Memory", ASPLOS
 * 2023: the second access stands for the hint fault on a page of the active list, the room for the
 * demotion watermark. A promotion never waits for a demotion: without room there is none.
 */
final class Tpp extends Swapping {
    private final double headroom;
    private final BitSet seen = new BitSet();

    /**
     * @param headroom the part of the local capacity to keep free, from 0 to 1; the paper's
     *     demote_scale_factor is 0.02
     */
    Tpp(double headroom) {
        super("tpp", Rule.RECENCY);
        this.headroom = headroom;
    }

    @Override
    boolean wanted(Observation observed, int unit, double previousAccess) {
        boolean second = seen.get(unit);
        seen.set(unit);
        return second;
    }

    @Override
    boolean yields(Observation observed, int victim, int unit) {
        return false;
    }

    @Override
    long headroom(Observation observed) {
        long wanted = (long) (headroom * observed.capacity(LOCAL));
        return Math.max(headroom > 0 ? observed.unitBytes() : 0, wanted);
    }

    @Override
    void demoted(int unit) {
        seen.clear(unit);
    }
}
