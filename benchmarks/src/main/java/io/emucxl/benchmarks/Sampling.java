package io.emucxl.benchmarks;

import io.emucxl.Backend;
import io.emucxl.SpaceConfig;
import io.emucxl.runtime.IntElements;
import io.emucxl.runtime.LongElements;
import io.emucxl.runtime.Settings;
import io.emucxl.runtime.Targets;
import io.emucxl.runtime.TieredArray;
import io.emucxl.runtime.TieredRuntime;
import io.emucxl.runtime.Window;
import java.util.concurrent.locks.LockSupport;

/**
 * The state that the runtime is in while a program runs: windows open and close, and some handles
 * wrap heap arrays. Both make the JIT compile more than the one path.
 */
final class Sampling {
    private static final long WINDOW_NANOS = 1_000_000;
    private static final long CLOSED_NANOS = 99_000_000;
    private static final long CAPACITY = 256L << 20;

    private Sampling() {}

    /** Starts the runtime, once. Returns the target to allocate for. */
    static synchronized int start() {
        if (!TieredRuntime.started()) {
            TieredRuntime.start(
                    Settings.still(
                            new SpaceConfig(Backend.EMULATED, 2 << 20, 0, CAPACITY, 0, CAPACITY),
                            0));
            Thread windows =
                    new Thread(
                            () -> {
                                while (true) {
                                    Window.open = true;
                                    LockSupport.parkNanos(WINDOW_NANOS);
                                    Window.open = false;
                                    LockSupport.parkNanos(CLOSED_NANOS);
                                }
                            });
            windows.setDaemon(true);
            windows.start();
            useWrapped();
        }
        return Targets.register("benchmark", 0, Targets.DEFAULT_TIER);
    }

    private static void useWrapped() {
        TieredArray longs = TieredArray.wrap(new long[1000]);
        TieredArray ints = TieredArray.wrap(new int[1000]);
        for (int round = 0; round < 1000; round++) {
            for (int i = 0; i < 1000; i++) {
                LongElements.set(longs, i, LongElements.get(longs, i) + 1);
                IntElements.set(ints, i, IntElements.get(ints, i) + 1);
            }
        }
    }
}
