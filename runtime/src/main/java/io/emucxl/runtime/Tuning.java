package io.emucxl.runtime;

/**
 * How regions are sampled and moved: all of it may change while the program runs.
 *
 * @param windowNanos how long a sampling window stays open at a time, in nanoseconds, above 0
 * @param duty the share of time that windows are open, at most 1; 0 samples nothing
 * @param overhead the share of the program's time that sampling may cost, above 0; the duty goes
 *     down to keep it
 * @param periodNanos the time between two decisions of the policy, in nanoseconds, above 0
 * @param bytesPerSecond the most that is moved in a second, in bytes; 0 moves nothing
 * @param batchBytes the most that is moved at a stretch, in bytes; a region is moved whole
 * @param inFlightBytes the most that is asked for and not yet moved, in bytes; one region at least
 * @param headroom the share of the local capacity that promotions leave free, at least 0 and below
 *     1
 * @param watermark the share of the local capacity below which what is free makes the policy demote
 *     until the headroom is free again, from 0 to {@code headroom}
 * @param policy decides what is moved; null when nothing is
 */
public record Tuning(
        long windowNanos,
        double duty,
        double overhead,
        long periodNanos,
        long bytesPerSecond,
        long batchBytes,
        long inFlightBytes,
        double headroom,
        double watermark,
        PlacementPolicy policy) {

    /** Checks the ranges. */
    public Tuning {
        if (windowNanos <= 0 || !(duty >= 0 && duty <= 1) || !(overhead > 0)) {
            throw new IllegalArgumentException(
                    "window " + windowNanos + " ns, duty " + duty + ", overhead " + overhead);
        }
        if (periodNanos <= 0 || bytesPerSecond < 0 || batchBytes < 0 || inFlightBytes < 0) {
            throw new IllegalArgumentException(
                    "period "
                            + periodNanos
                            + " ns, "
                            + bytesPerSecond
                            + " bytes/s, batch "
                            + batchBytes
                            + ", in flight "
                            + inFlightBytes);
        }
        if (!(headroom >= 0 && headroom < 1) || !(watermark >= 0 && watermark <= headroom)) {
            throw new IllegalArgumentException("headroom " + headroom + ", watermark " + watermark);
        }
    }

    /** The defaults of the policy file for all but the sampling, the period and the bandwidth. */
    public Tuning(
            long windowNanos,
            double duty,
            long periodNanos,
            long bytesPerSecond,
            PlacementPolicy policy) {
        this(
                windowNanos,
                duty,
                0.01,
                periodNanos,
                bytesPerSecond,
                16 << 20,
                256 << 20,
                0.02,
                0.01,
                policy);
    }
}
