package io.emucxl.policies.simulator;

/** Open-addressing hash map from keys to numbers in the order in which they were met. */
final class UnitNumbers {
    private long[] keys = new long[1024];
    private int[] numbers = new int[1024]; // plus one: 0 is a free place
    private int size;

    int size() {
        return size;
    }

    int of(long key) {
        int place = place(key);
        if (numbers[place] == 0) {
            if (2 * size >= keys.length) {
                grow();
                place = place(key);
            }
            keys[place] = key;
            numbers[place] = ++size;
        }
        return numbers[place] - 1;
    }

    private int place(long key) {
        int mask = keys.length - 1;
        long mixed = key * 0x9E3779B97F4A7C15L;
        int place = (int) (mixed ^ (mixed >>> 32)) & mask;
        while (numbers[place] != 0 && keys[place] != key) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new long[2 * oldKeys.length];
        numbers = new int[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldNumbers[i] != 0) {
                int place = place(oldKeys[i]);
                keys[place] = oldKeys[i];
                numbers[place] = oldNumbers[i];
            }
        }
    }
}
