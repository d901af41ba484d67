package io.emucxl.policies;

/**
 * The first policy of the emucxl paper: a remote unit that is accessed becomes local at once, in
 * the place of the local unit at the tail of the list, and is itself the next to go until it is
 * accessed again. While there is room, it joins at the head.
 */
final class PromoteOnAccess extends Swapping {
    private double tail;

    PromoteOnAccess() {
        super("promote-on-access", Rule.RECENCY);
    }

    @Override
    boolean wanted(Observation observed, int unit, double previousAccess) {
        return true;
    }

    @Override
    boolean yields(Observation observed, int victim, int unit) {
        history.last(unit, --tail);
        return true;
    }
}
