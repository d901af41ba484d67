package io.emucxl.runtime;

import io.emucxl.RegionSpace;

/**
 * The region space of this process, as constants that the JIT folds.
 *
 * <p>Initialised by {@link TieredRuntime#start}, before the first address exists.
 */
final class Space {
    static final RegionSpace SPACE = TieredRuntime.spaceToUse();
    static final long BASE = SPACE.base();
    static final int SHIFT = SPACE.regionShift();
    static final int REGIONS = SPACE.regions();

    private Space() {}
}
