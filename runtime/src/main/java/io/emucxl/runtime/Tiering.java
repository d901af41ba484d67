package io.emucxl.runtime;

import io.emucxl.RegionSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The engine of this process: its parts put together, and the view on them from outside. */
final class Tiering {
    private static Tiering running;

    private final RegionSpace space = Space.SPACE;
    private final Telemetry telemetry = new Telemetry();
    private final Warnings warnings = new Warnings();
    private final Recorder recorder;

    private Tiering(Settings settings, String report, String trace) {
        long now = System.nanoTime();
        Tuning tuning = settings.tuning();
        Engine engine = new Engine(new SpaceRegions(), tuning, telemetry, warnings, now);
        recorder = new Recorder(engine, report != null, now);
        TraceWriter writer = trace == null ? null : new TraceWriter(trace, warnings);
        if (writer != null) {
            Runtime.getRuntime().addShutdownHook(writer);
        }
        new EngineThread(engine, tuning, recorder, writer, this).start();
        if (report != null) {
            Runtime.getRuntime().addShutdownHook(new ReportAtExit(this, report));
        }
    }

    /**
     * Starts the engine's thread, once, when the settings sample or move anything. Cheap: it runs
     * when the first target is registered, while the program starts.
     */
    static synchronized void start(Settings settings) {
        if (running == null && settings.tuning() != null) {
            running =
                    new Tiering(
                            settings,
                            System.getProperty("emucxl.report"),
                            System.getProperty("emucxl.record"));
        }
    }

    /**
     * Called on the engine's thread a while after data was first placed.
     *
     * @param serve whether to start a bean server if nobody has
     * @return whether that is done with
     */
    boolean announce(boolean serve) {
        if (ModuleLayer.boot().findModule("java.management").isEmpty()) {
            return true;
        }
        try {
            if (!serve && !TieringBean.isServed()) {
                return false;
            }
            TieringBean.register(this);
        } catch (Throwable e) { // the program may have made the bean server its own
            warnings.once("jmx", "there is no JMX bean: " + e);
        }
        return true;
    }

    Telemetry telemetry() {
        return telemetry;
    }

    Warnings warnings() {
        return warnings;
    }

    RegionSpace space() {
        return space;
    }

    /** The live bytes of every target on a tier. */
    static Map<String, Long> bytesByTarget(int tier) {
        Map<String, Long> bytes = new LinkedHashMap<>();
        long[][] all = Targets.bytes();
        for (int target = 0; target < all.length; target++) {
            bytes.put(Targets.name(target), all[target][tier]);
        }
        return bytes;
    }

    /** Writes what happened so far. */
    void report(Path file) throws IOException {
        Map<String, String> set = new LinkedHashMap<>();
        set.put("backend", space.backend().toString());
        PlacementPolicy policy = TieredRuntime.settings().tuning().policy();
        set.put("policy", policy == null ? "none" : policy.name());
        set.put("regionBytes", Long.toString(1L << space.regionShift()));
        DeviceModel model = TieredRuntime.model();
        if (model != null) {
            set.put("localProfile", model.title(0));
            set.put("remoteProfile", model.title(1));
            DeviceModel.Device remote = model.device(1);
            if (remote != null) {
                set.put("remoteReadBandwidth", Double.toString(remote.readBandwidth()));
                set.put("remoteWriteBandwidth", Double.toString(remote.writeBandwidth()));
                set.put("remoteMixedBandwidth", Double.toString(remote.mixedBandwidth()));
            }
        }
        set.put("localCapacity", Long.toString(space.capacity(0)));
        set.put("remoteCapacity", Long.toString(space.capacity(1)));
        Map<String, Long> counters = new LinkedHashMap<>();
        for (Counter counter : Counter.values()) {
            counters.put(counter.label, telemetry.get(counter));
        }
        if (Charge.ON) {
            counters.put(Counter.CHARGED_NANOS.label, Charge.chargedNanos());
            counters.put(Counter.LOCAL_MISSES.label, Charge.misses(0));
            counters.put(Counter.REMOTE_MISSES.label, Charge.misses(1));
        }
        counters.put("gracePeriods", GracePeriod.count());
        Map<String, List<Long>> targets = new LinkedHashMap<>();
        long[][] bytes = Targets.bytes();
        for (int target = 0; target < bytes.length; target++) {
            targets.put(Targets.name(target), List.of(bytes[target][0], bytes[target][1]));
        }
        List<Report.Period> periods = new ArrayList<>(Arrays.asList(recorder.periods()));
        ReportWriter.write(
                new Report(set, counters, targets, periods, recorder.first(), recorder.last()),
                file);
    }
}
