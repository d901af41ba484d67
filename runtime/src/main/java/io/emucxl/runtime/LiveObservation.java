package io.emucxl.runtime;

/** What a policy sees of the running program. */
final class LiveObservation implements PlacementPolicy.Observation {
    /** What a remote access takes longer than a local one when no profile says: in nanoseconds. */
    private static final double UNKNOWN_EXTRA_NANOS = 100;

    private final Regions regions;
    private final Touched touched;
    private final Backoff backoff;
    private final Telemetry telemetry;
    private final double headroom;
    private final double remoteExtraNanos;
    private long now;
    private long moveBudget;

    LiveObservation(
            Regions regions,
            Touched touched,
            Backoff backoff,
            Telemetry telemetry,
            double headroom) {
        this.regions = regions;
        this.touched = touched;
        this.backoff = backoff;
        this.telemetry = telemetry;
        this.headroom = headroom;
        DeviceModel model = TieredRuntime.model();
        double extra = model == null ? 0 : model.remoteExtraNanos();
        remoteExtraNanos = extra > 0 ? extra : UNKNOWN_EXTRA_NANOS;
    }

    void begin(long time, long bytes) {
        now = time;
        moveBudget = bytes;
    }

    @Override
    public long time() {
        return now;
    }

    @Override
    public int touched() {
        return touched.size();
    }

    @Override
    public int unit(int k) {
        return touched.region(k);
    }

    @Override
    public long reads(int k) {
        return touched.reads(k);
    }

    @Override
    public long writes(int k) {
        return touched.writes(k);
    }

    @Override
    public int units() {
        return regions.count();
    }

    @Override
    public int node(int unit) {
        return regions.pinned(unit) || backoff.holds(unit, now) ? -1 : regions.tier(unit);
    }

    @Override
    public long unitBytes() {
        return regions.regionBytes();
    }

    /** The local capacity without the room that is kept for new data. */
    @Override
    public long capacity(int node) {
        long capacity = regions.capacity(node);
        return node == 0 ? capacity - (long) (capacity * headroom) : capacity;
    }

    @Override
    public long used(int node) {
        return regions.used(node);
    }

    @Override
    public long moveBudget() {
        return moveBudget;
    }

    /**
     * The measured time of a move, in remote accesses of which only the open windows see a part.
     */
    @Override
    public double moveCost() {
        long moves = telemetry.get(Counter.PROMOTIONS) + telemetry.get(Counter.DEMOTIONS);
        return moves == 0
                ? 0
                : (double) telemetry.get(Counter.MOVE_NANOS)
                        / moves
                        / remoteExtraNanos
                        * telemetry.duty;
    }
}
