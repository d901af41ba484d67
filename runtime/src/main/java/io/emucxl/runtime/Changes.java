package io.emucxl.runtime;

import io.emucxl.EmucxlException;
import io.emucxl.RegionSpace;

/** Asks for new settings now and then, and puts into force what does not belong to the engine. */
final class Changes {
    private static final long NANOS_BETWEEN = 1_000_000_000L;

    private final Warnings warnings;
    private final RegionSpace space;
    private long asked;

    Changes(Warnings warnings, RegionSpace space) {
        this.warnings = warnings;
        this.space = space;
    }

    /** The tuning that holds from now on, or null when nothing has changed. */
    Tuning since(long now) {
        SettingsSource source = TieredRuntime.source();
        if (source == null || now - asked < NANOS_BETWEEN) {
            return null;
        }
        asked = now;
        try {
            Settings changed = source.changed();
            if (changed == null) {
                return null;
            }
            Settings before = TieredRuntime.settings();
            capacity(0, before.space().localCapacity(), changed.space().localCapacity());
            capacity(1, before.space().remoteCapacity(), changed.space().remoteCapacity());
            TieredRuntime.settings(changed);
            return changed.tuning();
        } catch (Throwable e) { // not ours to fail: the program goes on with what holds
            warnings.once("changes", "the settings could not be changed: " + e);
            return null;
        }
    }

    private void capacity(int tier, long before, long bytes) {
        if (bytes == before || bytes == 0) {
            return;
        }
        try {
            space.setCapacity(tier, bytes);
        } catch (EmucxlException e) {
            warnings.say(
                    "the capacity of the "
                            + (tier == 0 ? "local" : "remote")
                            + " tier stays "
                            + space.capacity(tier)
                            + " bytes: "
                            + e.getMessage());
        }
    }
}
