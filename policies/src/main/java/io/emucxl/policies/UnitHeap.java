package io.emucxl.policies;

import java.util.Arrays;

/**
 * Min-heap of units by a pair of keys that only grow, such as a count and a time of last access.
 *
 * <p>A unit's keys may grow while the unit is in the heap: the heap keeps the keys it last saw,
 * which are a lower bound, and corrects them when the unit comes to the top. So an access costs
 * nothing here.
 */
final class UnitHeap {
    private double[] firsts = new double[16];
    private double[] seconds = new double[16];
    private int[] units = new int[16];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** The {@code i}-th unit, in no particular order. */
    int unit(int i) {
        return units[i];
    }

    void clear() {
        size = 0;
    }

    /** Appends a unit wherever; {@link #order} makes a heap of it. */
    void append(int unit, double first, double second) {
        makeRoom();
        put(size++, unit, first, second);
    }

    /** Makes a heap of what was appended, in linear time. */
    void order() {
        for (int i = size / 2 - 1; i >= 0; i--) {
            sink(i, units[i], firsts[i], seconds[i]);
        }
    }

    private void makeRoom() {
        if (size == units.length) {
            firsts = Arrays.copyOf(firsts, 2 * size);
            seconds = Arrays.copyOf(seconds, 2 * size);
            units = Arrays.copyOf(units, 2 * size);
        }
    }

    void add(int unit, double first, double second) {
        makeRoom();
        int hole = size++;
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            if (!less(first, second, parent)) {
                break;
            }
            copy(parent, hole);
            hole = parent;
        }
        put(hole, unit, first, second);
    }

    /** The unit with the smallest keys that the heap saw. */
    int top() {
        return units[0];
    }

    /** Whether the keys that the heap saw of its top are still these. */
    boolean topIs(double first, double second) {
        return firsts[0] == first && seconds[0] == second;
    }

    boolean topBelow(double first, double second) {
        return less(firsts[0], seconds[0], first, second);
    }

    int pop() {
        int top = units[0];
        size--;
        if (size > 0) {
            sink(0, units[size], firsts[size], seconds[size]);
        }
        return top;
    }

    /** Corrects the keys of the top, which have grown. */
    void correctTop(double first, double second) {
        sink(0, units[0], first, second);
    }

    private void sink(int from, int unit, double first, double second) {
        int hole = from;
        while (true) {
            int child = 2 * hole + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && less(firsts[child + 1], seconds[child + 1], child)) {
                child++;
            }
            if (!less(firsts[child], seconds[child], first, second)) {
                break;
            }
            copy(child, hole);
            hole = child;
        }
        put(hole, unit, first, second);
    }

    private boolean less(double first, double second, int other) {
        return less(first, second, firsts[other], seconds[other]);
    }

    private static boolean less(
            double first, double second, double otherFirst, double otherSecond) {
        return first < otherFirst || (first == otherFirst && second < otherSecond);
    }

    private void copy(int from, int to) {
        put(to, units[from], firsts[from], seconds[from]);
    }

    private void put(int place, int unit, double first, double second) {
        firsts[place] = first;
        seconds[place] = second;
        units[place] = unit;
    }
}
