package io.emucxl.runtime;

import java.util.BitSet;

/**
 * What a policy sees of the running program. What it has asked for shows at once, as in the
 * simulator, though it is carried out later.
 */
final class LiveObservation implements PlacementPolicy.Observation {
    /** What a remote access takes longer than a local one when no profile says: in nanoseconds. */
    private static final double UNKNOWN_EXTRA_NANOS = 100;

    /** The weight of an access of normal priority when there are others, and a step of priority. */
    private static final int NORMAL = 4;

    private final Regions regions;
    private final Touched touched;
    private final Backoff backoff;
    private final Telemetry telemetry;
    private final double remoteExtraNanos;
    private double headroom;
    private double watermark;
    private boolean relieving;
    private int scale = 1;
    private long now;
    private long moveBudget;

    /** The regions that wait to be moved to the other tier. */
    private final BitSet asked = new BitSet();

    /** The bytes that the local tier gains by that. */
    private long gain;

    LiveObservation(Regions regions, Touched touched, Backoff backoff, Telemetry telemetry) {
        this.regions = regions;
        this.touched = touched;
        this.backoff = backoff;
        this.telemetry = telemetry;
        DeviceModel model = TieredRuntime.model();
        double extra = model == null ? 0 : model.remoteExtraNanos();
        remoteExtraNanos = extra > 0 ? extra : UNKNOWN_EXTRA_NANOS;
    }

    void tune(Tuning tuning) {
        headroom = tuning.headroom();
        watermark = tuning.watermark();
    }

    /**
     * Lets a decision begin.
     *
     * @param bytes the most that the policy may ask for
     * @param queued the moves that wait already
     */
    void begin(long time, long bytes, MoveQueue queued) {
        asked.clear();
        gain = 0;
        queued.tell(this::asked);
        now = time;
        moveBudget = bytes;
        scale = regions.claimed() ? NORMAL : 1;
        long capacity = regions.capacity(0);
        long free = capacity - regions.used(0);
        if (free >= (long) (capacity * headroom)) {
            relieving = false;
        } else if (free < (long) (capacity * watermark)) {
            relieving = true;
        }
    }

    /** Notes that a region is to be moved to this tier, the one that it was not to live on. */
    void asked(int region, int tier) {
        asked.flip(region);
        gain += tier == 0 ? regions.regionBytes() : -regions.regionBytes();
    }

    private long weight(int k) {
        if (scale == 1) {
            return 1;
        }
        int priority = regions.priority(touched.region(k));
        return priority == 0 ? NORMAL : priority > 0 ? NORMAL * NORMAL : 1;
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
        return touched.reads(k) * weight(k);
    }

    @Override
    public long writes(int k) {
        return touched.writes(k) * weight(k);
    }

    @Override
    public double sampled() {
        return telemetry.duty > 0 ? telemetry.duty : 1;
    }

    @Override
    public int units() {
        return regions.count();
    }

    @Override
    public int node(int unit) {
        int tier =
                regions.pinned(unit) || regions.pin(unit) >= 0 || backoff.holds(unit, now)
                        ? -1
                        : regions.tier(unit);
        return tier >= 0 && asked.get(unit) ? 1 - tier : tier;
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

    /**
     * New data may take up the headroom, down to the watermark, without anything being demoted for
     * it: until then the tier looks full, and not more than full.
     */
    @Override
    public long used(int node) {
        long used = regions.used(node) + (node == 0 ? gain : -gain);
        return node == 0 && !relieving ? Math.min(used, capacity(0)) : used;
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
                        * telemetry.duty
                        * scale;
    }
}
