package io.emucxl.kv.rule;

import java.util.Arrays;

/**
 * Counts accesses of slots, up to 255, and keeps some of the slots ordered by count and, among
 * equal counts, by recency. All counts halve at once.
 *
 * <p>One list per count; a slot's list is its count. Halving joins two neighbouring lists into one,
 * whatever their length, and a slot's own count follows when it is next asked for.
 */
final class CountOrder {
    private static final int MAX = 255;
    private static final int HALVINGS_TO_ZERO = 8;
    private static final int NONE = -1;

    private byte[] counts = new byte[0];
    private int[] eras = new int[0];
    private boolean[] ordered = new boolean[0];
    private int[] previous = new int[0];
    private int[] next = new int[0];
    private final int[] head = new int[MAX + 1];
    private final int[] tail = new int[MAX + 1];

    /** Halvings so far. */
    private int era;

    /** No list below this one has a slot. */
    private int lowest;

    CountOrder() {
        Arrays.fill(head, NONE);
        Arrays.fill(tail, NONE);
    }

    int count(int slot) {
        ensure(slot);
        int halvings = era - eras[slot];
        return halvings >= HALVINGS_TO_ZERO ? 0 : (counts[slot] & MAX) >> halvings;
    }

    void increment(int slot) {
        int count = Math.min(MAX, count(slot) + 1);
        if (ordered[slot]) {
            remove(slot);
            set(slot, count);
            add(slot);
        } else {
            set(slot, count);
        }
    }

    /** Forgets the count of a slot, which must not be in the order. */
    void forget(int slot) {
        ensure(slot);
        set(slot, 0);
    }

    /** Puts a slot into the order, as the most recent of its count. */
    void add(int slot) {
        int count = count(slot);
        ordered[slot] = true;
        previous[slot] = NONE;
        next[slot] = head[count];
        if (head[count] == NONE) {
            tail[count] = slot;
        } else {
            previous[head[count]] = slot;
        }
        head[count] = slot;
        lowest = Math.min(lowest, count);
    }

    void remove(int slot) {
        int count = count(slot);
        int before = previous[slot];
        int after = next[slot];
        if (before == NONE) {
            head[count] = after;
        } else {
            next[before] = after;
        }
        if (after == NONE) {
            tail[count] = before;
        } else {
            previous[after] = before;
        }
        ordered[slot] = false;
    }

    boolean contains(int slot) {
        return slot < ordered.length && ordered[slot];
    }

    /** The least recent of the slots with the lowest count, or -1. */
    int coldest() {
        while (lowest < MAX && tail[lowest] == NONE) {
            lowest++;
        }
        return tail[lowest];
    }

    /** The next warmer slot than this one, or -1. */
    int warmer(int slot) {
        if (previous[slot] != NONE) {
            return previous[slot];
        }
        for (int count = count(slot) + 1; count <= MAX; count++) {
            if (tail[count] != NONE) {
                return tail[count];
            }
        }
        return NONE;
    }

    void halve() {
        age(1);
    }

    /** All counts become zero; the order stays. */
    void forgetAll() {
        age(HALVINGS_TO_ZERO);
    }

    private void age(int halvings) {
        era += halvings;
        lowest = 0;
        for (int count = 1; count <= MAX; count++) {
            if (head[count] != NONE) {
                append(count, count >> halvings);
            }
        }
    }

    /** Moves all of one list to the warm end of another. */
    private void append(int from, int to) {
        if (head[to] == NONE) {
            tail[to] = tail[from];
        } else {
            next[tail[from]] = head[to];
            previous[head[to]] = tail[from];
        }
        head[to] = head[from];
        head[from] = NONE;
        tail[from] = NONE;
    }

    private void set(int slot, int count) {
        counts[slot] = (byte) count;
        eras[slot] = era;
    }

    private void ensure(int slot) {
        int length = counts.length;
        if (slot >= length) {
            int grown = Math.max(slot + 1, length + (length >> 1) + 16);
            counts = Arrays.copyOf(counts, grown);
            eras = Arrays.copyOf(eras, grown);
            Arrays.fill(eras, length, grown, era);
            ordered = Arrays.copyOf(ordered, grown);
            previous = Arrays.copyOf(previous, grown);
            next = Arrays.copyOf(next, grown);
        }
    }
}
