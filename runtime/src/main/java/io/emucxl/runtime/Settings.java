package io.emucxl.runtime;

import io.emucxl.SpaceConfig;

/**
 * What the runtime is started with.
 *
 * @param space the region space to make
 * @param startTier the tier where arrays begin unless their target says otherwise: 0 local, 1
 *     remote
 * @param sampling whether accesses are sampled at all
 * @param windowNanos how long the sampling window stays open at a time, in nanoseconds
 * @param duty the share of time that it is open, above 0 and at most 1
 * @param migration whether regions are moved
 * @param periodNanos the time between two decisions of the policy, in nanoseconds
 * @param migrationBytesPerSecond the most that is moved in a second, in bytes
 * @param policy decides what is moved; null when nothing is
 * @param overhead the share of the program's time that sampling may cost, above 0; the duty goes
 *     down to keep it
 * @param headroom the share of the local capacity that migration leaves free for new data, at least
 *     0 and below 1
 * @param model the devices that are charged to the accessing threads; null when none are
 */
public record Settings(
        SpaceConfig space,
        int startTier,
        boolean sampling,
        long windowNanos,
        double duty,
        boolean migration,
        long periodNanos,
        long migrationBytesPerSecond,
        PlacementPolicy policy,
        double overhead,
        double headroom,
        DeviceModel model) {

    /** Checks the ranges. */
    public Settings {
        if (startTier < 0 || startTier > 1) {
            throw new IllegalArgumentException("start tier " + startTier);
        }
        if (sampling && (windowNanos <= 0 || !(duty > 0 && duty <= 1))) {
            throw new IllegalArgumentException("window " + windowNanos + " ns, duty " + duty);
        }
        if (!(overhead > 0) || !(headroom >= 0 && headroom < 1)) {
            throw new IllegalArgumentException("overhead " + overhead + ", headroom " + headroom);
        }
        if (model != null && !sampling) {
            throw new IllegalArgumentException("a device is charged in sampling windows only");
        }
        if (migration && (periodNanos <= 0 || migrationBytesPerSecond < 0 || policy == null)) {
            throw new IllegalArgumentException(
                    "period " + periodNanos + " ns, " + migrationBytesPerSecond + " bytes/s");
        }
    }

    /** Settings with 1 % for the overhead and 2 % for the headroom. */
    public Settings(
            SpaceConfig space,
            int startTier,
            boolean sampling,
            long windowNanos,
            double duty,
            boolean migration,
            long periodNanos,
            long migrationBytesPerSecond,
            PlacementPolicy policy) {
        this(
                space,
                startTier,
                sampling,
                windowNanos,
                duty,
                migration,
                periodNanos,
                migrationBytesPerSecond,
                policy,
                0.01,
                0.02,
                null);
    }

    /** Settings that place arrays and neither sample nor move. */
    public static Settings still(SpaceConfig space, int startTier) {
        return new Settings(space, startTier, false, 0, 0, false, 0, 0, null);
    }
}
