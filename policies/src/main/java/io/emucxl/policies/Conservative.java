package io.emucxl.policies;

/**
 * The second policy of the emucxl paper: an access moves nothing; the least recently used local
 * units go when the local node holds more than it may.
 */
final class Conservative extends Swapping {
    Conservative() {
        super("conservative", Rule.RECENCY);
    }

    @Override
    boolean wanted(Observation observed, int unit, double previousAccess) {
        return false;
    }

    @Override
    boolean yields(Observation observed, int victim, int unit) {
        return false;
    }
}
