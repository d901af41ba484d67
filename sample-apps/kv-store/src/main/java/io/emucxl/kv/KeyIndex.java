package io.emucxl.kv;

/**
 * Open-addressing hash table from the hash of a key to a slot number, with linear probing. It knows
 * hashes only; whether a slot's key is the one looked for, the caller decides.
 */
final class KeyIndex {
    private static final int LEAST = 16;

    /** Slot plus one; 0 where there is none. */
    private int[] slots = new int[LEAST];

    /** The hash of the slot at the same place. */
    private int[] hashes = new int[LEAST];

    private int size;

    /** The first place where a key with this hash can be. */
    int first(int hash) {
        return hash & slots.length - 1;
    }

    /** The place after this one. */
    int next(int place) {
        return place + 1 & slots.length - 1;
    }

    /** The slot at a place, or -1: then the key is nowhere. */
    int slot(int place) {
        return slots[place] - 1;
    }

    int hash(int place) {
        return hashes[place];
    }

    void add(int hash, int slot) {
        if (++size > slots.length >> 1) {
            grow();
        }
        insert(hash, slot + 1);
    }

    /** Takes the slot at a place out, and closes the gap. */
    void remove(int place) {
        size--;
        int gap = place;
        for (int at = next(gap); slots[at] != 0; at = next(at)) {
            // Who does not begin between the gap and here may go back to the gap.
            int distance = at - first(hashes[at]) & slots.length - 1;
            if (distance >= (at - gap & slots.length - 1)) {
                slots[gap] = slots[at];
                hashes[gap] = hashes[at];
                gap = at;
            }
        }
        slots[gap] = 0;
    }

    void clear() {
        slots = new int[LEAST];
        hashes = new int[LEAST];
        size = 0;
    }

    private void insert(int hash, int entry) {
        int place = first(hash);
        while (slots[place] != 0) {
            place = next(place);
        }
        slots[place] = entry;
        hashes[place] = hash;
    }

    private void grow() {
        if (slots.length == 1 << 30) {
            throw new IllegalStateException("more than " + (1 << 29) + " keys");
        }
        int[] oldSlots = slots;
        int[] oldHashes = hashes;
        slots = new int[2 * oldSlots.length];
        hashes = new int[slots.length];
        for (int i = 0; i < oldSlots.length; i++) {
            if (oldSlots[i] != 0) {
                insert(oldHashes[i], oldSlots[i]);
            }
        }
    }
}
