package io.emucxl.policies.simulator;

import java.util.PriorityQueue;

/**
 * LFU with the counts of all units: a unit enters when it was accessed more often than the least.
 */
final class LfuCache implements Reference.Cache {
    /** A local unit as it was when it entered the queue: it may have been accessed since. */
    private record Entry(int count, int last, int unit) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int order = Integer.compare(count, other.count);
            return order != 0 ? order : Integer.compare(last, other.last);
        }
    }

    private final int capacity;
    private final int[] counts;
    private final int[] last;
    private final boolean[] local;
    private final PriorityQueue<Entry> queue = new PriorityQueue<>();
    private int time;

    LfuCache(int units, int capacity) {
        this.capacity = capacity;
        counts = new int[units];
        last = new int[units];
        local = new boolean[units];
    }

    @Override
    public boolean access(int unit) {
        boolean hit = local[unit];
        if (!hit && queue.size() < capacity) {
            enter(unit);
        } else if (!hit && capacity > 0) {
            Entry least = least();
            if (counts[unit] > least.count) {
                queue.remove();
                local[least.unit] = false;
                enter(unit);
            }
        }
        counts[unit]++;
        last[unit] = ++time;
        return hit;
    }

    private void enter(int unit) {
        local[unit] = true;
        queue.add(new Entry(counts[unit], last[unit], unit));
    }

    private Entry least() {
        while (true) {
            Entry entry = queue.element();
            if (entry.count == counts[entry.unit] && entry.last == last[entry.unit]) {
                return entry;
            }
            queue.remove();
            queue.add(new Entry(counts[entry.unit], last[entry.unit], entry.unit));
        }
    }
}
