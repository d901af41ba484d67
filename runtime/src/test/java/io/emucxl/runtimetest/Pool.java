package io.emucxl.runtimetest;

import io.emucxl.Backend;
import io.emucxl.RegionSpace;
import io.emucxl.SpaceConfig;
import io.emucxl.runtime.Settings;
import io.emucxl.runtime.TieredRuntime;

/** The region space of a test program, emulated, with the remote tier as the start tier. */
final class Pool {
    static final long REGION = 64 << 10;

    private Pool() {}

    /** Starts the runtime unless it is started already, and gives the space. */
    static synchronized RegionSpace start(long localBytes, long remoteBytes) {
        SpaceConfig config =
                new SpaceConfig(Backend.EMULATED, REGION, 0, localBytes, 0, remoteBytes);
        if (!TieredRuntime.started()) {
            TieredRuntime.start(Settings.still(config, 1));
        }
        return RegionSpace.start(config);
    }
}
