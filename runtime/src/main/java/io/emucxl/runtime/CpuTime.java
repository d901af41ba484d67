package io.emucxl.runtime;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * The time that the running thread has had a CPU; of virtual threads, and where the JVM does not
 * tell it, the clock.
 */
final class CpuTime {
    private static final ThreadMXBean THREADS =
            ModuleLayer.boot().findModule("java.management").isPresent()
                    ? ManagementFactory.getThreadMXBean()
                    : null;

    private CpuTime() {}

    /** Nanoseconds since some moment in the past. */
    static long nanos() {
        long nanos = cpu();
        return nanos >= 0 ? nanos : System.nanoTime();
    }

    /** Whether it is CPU time, which begins at 0, and not the clock. */
    static boolean counted() {
        return cpu() >= 0;
    }

    private static long cpu() {
        try {
            return THREADS == null ? -1 : THREADS.getCurrentThreadCpuTime();
        } catch (UnsupportedOperationException e) {
            // A virtual thread: JVMs do not count the time of those.
            return -1;
        }
    }
}
