package io.emucxl.kv;

/**
 * Open-addressing hash table from the hash of a key to a slot number, with linear probing. It knows
 * hashes only; whether a slot's key is the one looked for, the caller decides.
 */
final class KeyIndex {
    private static final int LEAST = 16;

    /**
     * The hash, and below it the slot plus one; 0 where there is none. One array, one cache miss.
     */
    private long[] entries = new long[LEAST];

    private int size;

    /** The first place where a key with this hash can be. */
    int first(int hash) {
        return hash & entries.length - 1;
    }

    /** The place after this one. */
    int next(int place) {
        return place + 1 & entries.length - 1;
    }

    /** The slot at a place, or -1: then the key is nowhere. */
    int slot(int place) {
        return (int) entries[place] - 1;
    }

    int hash(int place) {
        return (int) (entries[place] >>> 32);
    }

    void add(int hash, int slot) {
        if (++size > entries.length >> 1) {
            grow();
        }
        insert((long) hash << 32 | slot + 1);
    }

    /** Takes the slot at a place out, and closes the gap. */
    void remove(int place) {
        size--;
        int gap = place;
        for (int at = next(gap); entries[at] != 0; at = next(at)) {
            // Who does not begin between the gap and here may go back to the gap.
            int distance = at - first(hash(at)) & entries.length - 1;
            if (distance >= (at - gap & entries.length - 1)) {
                entries[gap] = entries[at];
                gap = at;
            }
        }
        entries[gap] = 0;
    }

    void clear() {
        entries = new long[LEAST];
        size = 0;
    }

    private void insert(long entry) {
        int place = first((int) (entry >>> 32));
        while (entries[place] != 0) {
            place = next(place);
        }
        entries[place] = entry;
    }

    private void grow() {
        if (entries.length == 1 << 30) {
            throw new IllegalStateException("more than " + (1 << 29) + " keys");
        }
        long[] old = entries;
        entries = new long[2 * old.length];
        for (long entry : old) {
            if (entry != 0) {
                insert(entry);
            }
        }
    }
}
