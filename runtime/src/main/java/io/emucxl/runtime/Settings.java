package io.emucxl.runtime;

import io.emucxl.SpaceConfig;

/**
 * What the runtime is started with.
 *
 * @param space the region space to make
 * @param startTier the tier where arrays begin unless their target says otherwise: 0 local, 1
 *     remote
 * @param tuning how regions are sampled and moved; null when they are not
 * @param model the devices that are charged to the accessing threads; null when none are
 */
public record Settings(SpaceConfig space, int startTier, Tuning tuning, DeviceModel model) {

    /** Checks the ranges. */
    public Settings {
        if (startTier < 0 || startTier > 1) {
            throw new IllegalArgumentException("start tier " + startTier);
        }
        if (model != null && (tuning == null || tuning.duty() == 0)) {
            throw new IllegalArgumentException("a device is charged in sampling windows only");
        }
    }

    /** Settings without a device model. */
    public Settings(SpaceConfig space, int startTier, Tuning tuning) {
        this(space, startTier, tuning, null);
    }

    /** Settings that place arrays and neither sample nor move. */
    public static Settings still(SpaceConfig space, int startTier) {
        return new Settings(space, startTier, null);
    }
}
