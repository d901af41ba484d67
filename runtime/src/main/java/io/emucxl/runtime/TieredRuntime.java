package io.emucxl.runtime;

import io.emucxl.Backend;
import io.emucxl.RegionSpace;

/**
 * The runtime under the rewritten program: started once a process, never stopped.
 *
 * <p>Before it is started, {@code allocate} gives wrapped heap arrays, so that a rewritten class
 * that runs too early is right, if not placed.
 */
public final class TieredRuntime {
    private static RegionSpace space;
    private static volatile Settings settings;
    private static volatile SettingsSource source;
    private static volatile boolean started;

    private TieredRuntime() {}

    /**
     * Loads what {@link #start} and the first access load too, whatever the settings are: for who
     * has something else to do meanwhile.
     *
     * @throws io.emucxl.EmucxlException when the library cannot be loaded; start tries again
     */
    public static void prepare() {
        RegionSpace.load();
        GracePeriod.guard();
    }

    /**
     * Makes the region space and starts the runtime's threads.
     *
     * @throws IllegalStateException when it is started already
     * @throws io.emucxl.EmucxlException when the region space cannot be made
     */
    public static void start(Settings s) {
        startOnce(s);
        // Without this class's lock: registering a target takes that one second.
        Targets.spaceStarted();
    }

    private static synchronized void startOnce(Settings s) {
        if (started) {
            throw new IllegalStateException("the runtime is started already");
        }
        settings = s;
        space = RegionSpace.start(s.space());
        if (s.model() != null && space.backend() == Backend.EMULATED) {
            // Else latency is not one number: it depends on what the caches hold of the page
            // tables, and that on how long the thread has waited.
            space.adviseHugePages();
        }
        if (Charge.ON != (s.model() != null)) {
            throw new IllegalStateException("accesses before the start; no device can be charged");
        }
        Marks.start();
        Reclamation.start();
        started = true;
        if (Targets.count() > 0) {
            Tiering.start(s);
        }
    }

    /** Called when a target is registered: from the first on there is something to sample. */
    static synchronized void targetRegistered() {
        if (started) {
            Tiering.start(settings);
        }
    }

    /** Whether {@link #start} is done. */
    public static boolean started() {
        return started;
    }

    /**
     * Names where changes of the settings come from. It is asked about once a second as long as the
     * engine runs.
     */
    public static void watch(SettingsSource changes) {
        source = changes;
    }

    static SettingsSource source() {
        return source;
    }

    /** What holds now. */
    static Settings settings() {
        return settings;
    }

    /** The devices that are charged, or null when none are. */
    static DeviceModel model() {
        Settings s = settings;
        return s == null ? null : s.model();
    }

    /** Lets new arrays begin where these settings say. */
    static void settings(Settings changed) {
        settings = changed;
    }

    static RegionSpace spaceToUse() {
        if (space == null) {
            throw new IllegalStateException("the runtime is not started");
        }
        return space;
    }

    /**
     * Asks the collector for handles that are unreachable, and gives the memory of their arrays
     * back before it returns. Meant for tests, self-tests and reports: the runtime does it by
     * itself when a tier runs short.
     *
     * @return the bytes given back
     */
    public static long reclaim() {
        return started ? Reclamation.collect() : 0;
    }
}
