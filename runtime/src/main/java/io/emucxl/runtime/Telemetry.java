package io.emucxl.runtime;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The values of the counters. Written by the engine's thread, read by any; a reader may see
 * counters of different moments.
 */
final class Telemetry {
    /** The share of time that windows are open now. */
    volatile double duty;

    private final Map<Counter, AtomicLong> values = new EnumMap<>(Counter.class);

    Telemetry() {
        for (Counter counter : Counter.values()) {
            values.put(counter, new AtomicLong());
        }
    }

    void add(Counter counter, long more) {
        values.get(counter).lazySet(get(counter) + more);
    }

    void raise(Counter counter, long atLeast) {
        values.get(counter).lazySet(Math.max(get(counter), atLeast));
    }

    long get(Counter counter) {
        return values.get(counter).get();
    }

    long localSamples() {
        return get(Counter.LOCAL_READS) + get(Counter.LOCAL_WRITES);
    }

    long remoteSamples() {
        return get(Counter.REMOTE_READS) + get(Counter.REMOTE_WRITES);
    }
}
