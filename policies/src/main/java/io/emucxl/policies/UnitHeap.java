package io.emucxl.policies;

import java.util.Arrays;

/**
 * Min-heap of units by a key that only grows, such as a time of last access or a count.
 *
 * <p>A unit's key may grow while the unit is in the heap: the heap keeps the key it last saw, which
 * is a lower bound, and corrects it when the unit comes to the top. So an access costs nothing
 * here.
 */
final class UnitHeap {
    private double[] keys = new double[16];
    private int[] units = new int[16];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    void add(int unit, double key) {
        if (size == units.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            units = Arrays.copyOf(units, 2 * size);
        }
        int hole = size++;
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            if (keys[parent] <= key) {
                break;
            }
            keys[hole] = keys[parent];
            units[hole] = units[parent];
            hole = parent;
        }
        keys[hole] = key;
        units[hole] = unit;
    }

    /** The unit with the smallest key that the heap saw. */
    int top() {
        return units[0];
    }

    /** The smallest key that the heap saw. */
    double topKey() {
        return keys[0];
    }

    int pop() {
        int top = units[0];
        size--;
        sink(units[size], keys[size]);
        return top;
    }

    /** Corrects the key of the top, which has grown. */
    void correctTop(double key) {
        sink(units[0], key);
    }

    /** Multiplies every key by a positive factor, which keeps their order. */
    void scale(double factor) {
        for (int i = 0; i < size; i++) {
            keys[i] *= factor;
        }
    }

    private void sink(int unit, double key) {
        int hole = 0;
        while (true) {
            int child = 2 * hole + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && keys[child + 1] < keys[child]) {
                child++;
            }
            if (keys[child] >= key) {
                break;
            }
            keys[hole] = keys[child];
            units[hole] = units[child];
            hole = child;
        }
        keys[hole] = key;
        units[hole] = unit;
    }
}
