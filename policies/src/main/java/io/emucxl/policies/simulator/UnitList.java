package io.emucxl.policies.simulator;

import java.util.Arrays;

/** Doubly linked list of units, each at most once, from the oldest to the newest. */
final class UnitList {
    private static final int ABSENT = -2;
    private static final int END = -1;

    private final int[] older;
    private final int[] newer;
    private int oldest = END;
    private int newest = END;
    private int size;

    UnitList(int units) {
        older = new int[units];
        newer = new int[units];
        Arrays.fill(older, ABSENT);
    }

    int size() {
        return size;
    }

    boolean contains(int unit) {
        return older[unit] != ABSENT;
    }

    int oldest() {
        return oldest;
    }

    void add(int unit) {
        older[unit] = newest;
        newer[unit] = END;
        if (newest == END) {
            oldest = unit;
        } else {
            newer[newest] = unit;
        }
        newest = unit;
        size++;
    }

    void remove(int unit) {
        if (older[unit] == END) {
            oldest = newer[unit];
        } else {
            newer[older[unit]] = newer[unit];
        }
        if (newer[unit] == END) {
            newest = older[unit];
        } else {
            older[newer[unit]] = older[unit];
        }
        older[unit] = ABSENT;
        size--;
    }

    void renew(int unit) {
        remove(unit);
        add(unit);
    }

    int removeOldest() {
        int unit = oldest;
        remove(unit);
        return unit;
    }
}
