package io.emucxl.kv;

import java.util.Arrays;

/** The times at which slots expire, in milliseconds since 1970; 0 where there is none. */
final class Expiries {
    private long[] times = new long[0];
    private int count;

    long get(int slot) {
        return slot < times.length ? times[slot] : 0;
    }

    void set(int slot, long time) {
        if (slot >= times.length) {
            if (time == 0) {
                return;
            }
            times = Arrays.copyOf(times, Math.max(slot + 1, times.length + (times.length >> 1)));
        }
        if (times[slot] != 0) {
            count--;
        }
        if (time != 0) {
            count++;
        }
        times[slot] = time;
    }

    /** How many slots have a time. */
    int count() {
        return count;
    }

    void clear() {
        times = new long[0];
        count = 0;
    }
}
