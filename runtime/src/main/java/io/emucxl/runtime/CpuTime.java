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
        try {
            long nanos = THREADS == null ? -1 : THREADS.getCurrentThreadCpuTime();
            if (nanos >= 0) {
                return nanos;
            }
        } catch (UnsupportedOperationException e) {
            // A virtual thread: JVMs do not count the time of those.
        }
        return System.nanoTime();
    }
}
