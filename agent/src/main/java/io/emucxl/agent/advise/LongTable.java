package io.emucxl.agent.advise;

/** Open-addressing hash table from long keys other than 0 to longs, with linear probing. */
final class LongTable {

    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private long[] keys = new long[1 << 10];
    private long[] values = new long[1 << 10];
    private int size;

    private static int slot(long key, int mask) {
        long mixed = key * MIX;
        return (int) (mixed ^ mixed >>> 32) & mask;
    }

    /** The value, or 0. */
    long get(long key) {
        int mask = keys.length - 1;
        for (int i = slot(key, mask); keys[i] != 0; i = i + 1 & mask) {
            if (keys[i] == key) {
                return values[i];
            }
        }
        return 0;
    }

    void put(long key, long value) {
        if (size * 2 >= keys.length) {
            grow();
        }
        insert(key, value);
    }

    private void insert(long key, long value) {
        int mask = keys.length - 1;
        int i = slot(key, mask);
        while (keys[i] != 0 && keys[i] != key) {
            i = i + 1 & mask;
        }
        if (keys[i] == 0) {
            keys[i] = key;
            size++;
        }
        values[i] = value;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new long[oldKeys.length * 2];
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                insert(oldKeys[i], oldValues[i]);
            }
        }
    }
}
