package io.emucxl.policies.simulator;

import java.util.Arrays;
import java.util.PriorityQueue;

/** The best that can be, knowing the whole trace. */
final class Foresight {
    private static final int NEVER = Integer.MAX_VALUE;

    private Foresight() {}

    /**
     * Belady's rule with bypass, which is optimal for units of one size (Belady, IBM Systems
     * Journal 5(2), 1966): keeps what is accessed next.
     */
    static long belady(Trace trace, int capacity) {
        if (capacity == 0) {
            return 0;
        }
        int[] next = next(trace);
        int[] due = new int[trace.units()]; // when a local unit is accessed next; 0 is not local
        // The furthest first; an entry is out of date when the unit was accessed since.
        PriorityQueue<Long> local = new PriorityQueue<>();
        int size = 0;
        long hits = 0;
        for (int i = 0; i < trace.accesses(); i++) {
            int unit = trace.unit(i);
            if (due[unit] != 0) {
                hits++;
                due[unit] = 0;
                size--;
            }
            if (next[i] == NEVER) {
                continue;
            }
            if (size == capacity) {
                while (stale(local.element(), due)) {
                    local.remove();
                }
                if (furthest(local.element()) <= next[i]) {
                    continue;
                }
                due[unit(local.remove())] = 0;
                size--;
            }
            due[unit] = next[i];
            size++;
            local.add((long) -next[i] << Integer.SIZE | unit);
        }
        return hits;
    }

    /** The most accessed units local throughout, but for the first access of each. */
    static long bestStatic(Trace trace, int capacity) {
        int[] counts = new int[trace.units()];
        for (int i = 0; i < trace.accesses(); i++) {
            counts[trace.unit(i)]++;
        }
        Arrays.sort(counts);
        long hits = 0;
        for (int i = counts.length - 1; i >= Math.max(0, counts.length - capacity); i--) {
            hits += counts[i] - 1;
        }
        return hits;
    }

    /** For each access, the next one of the same unit. */
    private static int[] next(Trace trace) {
        int[] next = new int[trace.accesses()];
        int[] following = new int[trace.units()];
        Arrays.fill(following, NEVER);
        for (int i = trace.accesses() - 1; i >= 0; i--) {
            next[i] = following[trace.unit(i)];
            following[trace.unit(i)] = i;
        }
        return next;
    }

    private static boolean stale(long entry, int[] due) {
        return due[unit(entry)] != furthest(entry);
    }

    private static int furthest(long entry) {
        return (int) -(entry >> Integer.SIZE);
    }

    private static int unit(long entry) {
        return (int) entry;
    }
}
