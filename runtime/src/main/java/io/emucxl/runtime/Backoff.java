package io.emucxl.runtime;

import java.util.HashMap;
import java.util.Map;

/**
 * The regions that could not be moved, each left alone for a time that doubles with every failure
 * in a row.
 */
final class Backoff {
    private static final long FIRST = 200_000_000L;
    private static final long LONGEST = 60_000_000_000L;

    private record Entry(long until, long nanos) {}

    private final Map<Integer, Entry> entries = new HashMap<>();

    void failed(int region, long now) {
        Entry last = entries.get(region);
        long nanos = last == null ? FIRST : Math.min(LONGEST, 2 * last.nanos());
        entries.put(region, new Entry(now + nanos, nanos));
    }

    void succeeded(int region) {
        if (!entries.isEmpty()) {
            entries.remove(region);
        }
    }

    boolean holds(int region, long now) {
        if (entries.isEmpty()) {
            return false;
        }
        Entry entry = entries.get(region);
        return entry != null && now - entry.until() < 0;
    }

    /** Forgets the regions whose last failure is long past. */
    void expire(long now) {
        if (!entries.isEmpty()) {
            var each = entries.values().iterator();
            while (each.hasNext()) {
                if (now - each.next().until() > LONGEST) {
                    each.remove();
                }
            }
        }
    }
}
