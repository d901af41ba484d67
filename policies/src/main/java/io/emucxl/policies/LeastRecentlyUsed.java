package io.emucxl.policies;

/**
 * Least recently used: every remote unit that is accessed becomes local, in the place of the local
 * unit that was not accessed for the longest time.
 */
final class LeastRecentlyUsed extends Swapping {
    LeastRecentlyUsed() {
        super("lru", Rule.RECENCY);
    }

    @Override
    boolean wanted(Observation observed, int unit, double previousAccess) {
        return true;
    }

    @Override
    boolean yields(Observation observed, int victim, int unit) {
        return history.last(victim) < history.last(unit);
    }
}
