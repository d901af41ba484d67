package io.emucxl.runtime;

/** What {@link Report} tells, gathered period by period on the engine's thread. */
final class Recorder {
    /** Above so many rows, every second one is folded into the one before. */
    private static final int MOST_PERIODS = 2000;

    private final Engine engine;
    private final Telemetry telemetry;
    private final long started;
    private final boolean snapshots;
    private final PeriodRows rows = new PeriodRows(MOST_PERIODS);
    private volatile Report.Snapshot first;
    private volatile Report.Snapshot last;
    private long firstUsed;
    private long mostUsed;

    /**
     * @param snapshots whether to keep pictures of the regions, which costs a pass over all of them
     *     in every period
     */
    Recorder(Engine engine, boolean snapshots, long now) {
        this.engine = engine;
        this.telemetry = engine.telemetry;
        this.snapshots = snapshots;
        started = now;
    }

    /** Takes note of the period that just ended. */
    void period(long now) {
        long used = engine.regions.used(0) + engine.regions.used(1);
        if (used == 0 && firstUsed == 0) {
            return;
        }
        long millis = (now - started) / 1_000_000;
        rows.add(
                new Report.Period(
                        millis,
                        telemetry.localSamples(),
                        telemetry.remoteSamples(),
                        telemetry.get(Counter.PROMOTIONS),
                        telemetry.get(Counter.DEMOTIONS),
                        engine.regions.used(0),
                        engine.regions.used(1)));
        if (!snapshots || engine.touched.size() == 0) {
            return;
        }
        // The data has at least half its final size in the first picture: a program that still
        // loads its data doubles it again and again.
        if (used >= 2 * firstUsed) {
            first = picture(millis);
            firstUsed = used;
        }
        // A program that ends gives its data up before the report is written.
        mostUsed = Math.max(mostUsed, used);
        if (2 * used >= mostUsed) {
            last = picture(millis);
        }
    }

    private Report.Snapshot picture(long millis) {
        Regions regions = engine.regions;
        int inUse = 0;
        for (int region = 0; region < regions.count(); region++) {
            if (regions.tier(region) >= 0) {
                inUse++;
            }
        }
        int[] numbers = new int[inUse];
        byte[] tiers = new byte[inUse];
        float[] reads = new float[inUse];
        float[] writes = new float[inUse];
        int size = 0;
        for (int region = 0; region < regions.count() && size < inUse; region++) {
            int tier = regions.tier(region);
            if (tier >= 0) {
                numbers[size] = region;
                tiers[size] = (byte) tier;
                reads[size] = (float) engine.heat.reads(region);
                writes[size] = (float) engine.heat.writes(region);
                size++;
            }
        }
        return new Report.Snapshot(millis, size, numbers, tiers, reads, writes);
    }

    /** The first picture of the regions, or null. */
    Report.Snapshot first() {
        return first;
    }

    /** The last picture of the regions, or null. */
    Report.Snapshot last() {
        return last;
    }

    /** The periods so far, the counters counted from the start. */
    Report.Period[] periods() {
        return rows.copy();
    }
}
