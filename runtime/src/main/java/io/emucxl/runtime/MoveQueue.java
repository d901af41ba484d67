package io.emucxl.runtime;

import java.util.Arrays;

/** The moves that a policy asked for and that are not carried out yet, in their order. */
final class MoveQueue {
    private int[] regions = new int[64];
    private byte[] tiers = new byte[64];
    private int head;
    private int tail;

    boolean isEmpty() {
        return head == tail;
    }

    int size() {
        return tail - head;
    }

    void add(int region, int tier) {
        if (tail == regions.length) {
            regions = Arrays.copyOf(regions, 2 * tail);
            tiers = Arrays.copyOf(tiers, 2 * tail);
        }
        regions[tail] = region;
        tiers[tail] = (byte) tier;
        tail++;
    }

    int region() {
        return regions[head];
    }

    int tier() {
        return tiers[head];
    }

    /** Tells of all moves, in their order. */
    void tell(PlacementPolicy.Moves to) {
        for (int i = head; i < tail; i++) {
            to.move(regions[i], tiers[i]);
        }
    }

    /** The region of the move that was added last, if that moves it to this tier; else -1. */
    int lastTo(int tier) {
        return tail > head && tiers[tail - 1] == tier ? regions[tail - 1] : -1;
    }

    /** Takes the move that was added last back. */
    void takeBack() {
        tail--;
        if (head == tail) {
            clear();
        }
    }

    void remove() {
        head++;
        if (head == tail) {
            clear();
        }
    }

    void clear() {
        head = 0;
        tail = 0;
    }
}
