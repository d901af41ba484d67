package io.emucxl.kv.rule;

import java.util.Arrays;

/**
 * Doubly linked list of slot numbers, the links in two arrays: no object per element, and every
 * operation but growth is constant.
 */
final class SlotList {
    private static final int NONE = -1;
    private static final int ABSENT = -2;

    private int[] previous = new int[0];
    private int[] next = new int[0];
    private int head = NONE;
    private int tail = NONE;

    /** The first slot, or -1. */
    int head() {
        return head;
    }

    /** The last slot, or -1. */
    int tail() {
        return tail;
    }

    /** The slot before this one towards the head, or -1. */
    int before(int slot) {
        return previous[slot];
    }

    boolean contains(int slot) {
        return slot < next.length && next[slot] != ABSENT;
    }

    void addHead(int slot) {
        ensure(slot);
        previous[slot] = NONE;
        next[slot] = head;
        if (head == NONE) {
            tail = slot;
        } else {
            previous[head] = slot;
        }
        head = slot;
    }

    void addTail(int slot) {
        ensure(slot);
        next[slot] = NONE;
        previous[slot] = tail;
        if (tail == NONE) {
            head = slot;
        } else {
            next[tail] = slot;
        }
        tail = slot;
    }

    void remove(int slot) {
        int before = previous[slot];
        int after = next[slot];
        if (before == NONE) {
            head = after;
        } else {
            next[before] = after;
        }
        if (after == NONE) {
            tail = before;
        } else {
            previous[after] = before;
        }
        next[slot] = ABSENT;
    }

    void moveToHead(int slot) {
        if (slot != head) {
            remove(slot);
            addHead(slot);
        }
    }

    private void ensure(int slot) {
        int length = next.length;
        if (slot >= length) {
            int grown = Math.max(slot + 1, length + (length >> 1) + 16);
            previous = Arrays.copyOf(previous, grown);
            next = Arrays.copyOf(next, grown);
            Arrays.fill(next, length, grown, ABSENT);
        }
    }
}
