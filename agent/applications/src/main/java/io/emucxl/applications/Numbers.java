package io.emucxl.applications;

import com.carrotsearch.hppc.IntArrayList;
import com.carrotsearch.hppc.LongLongHashMap;
import com.carrotsearch.hppc.cursors.IntCursor;
import com.carrotsearch.hppc.cursors.LongLongCursor;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntUnaryOperator;

/** Arrays of its own and of HPPC's collections, in all shapes that an obfuscator takes apart. */
public final class Numbers {

    private static final int SIZE = 500;

    private final LongLongHashMap squares = new LongLongHashMap();
    private final IntArrayList odd = new IntArrayList();
    private long[] cells = new long[SIZE];
    private final double[][] rows = new double[4][SIZE];
    private final boolean[] marks = new boolean[SIZE];

    private Numbers() {}

    /** Runs it and prints what comes out. */
    public static void main(String[] arguments) {
        Numbers numbers = new Numbers();
        numbers.fill(3);
        numbers.print();
        numbers.grow();
        numbers.print();
        try {
            numbers.set(numbers.cells.length, 1);
        } catch (ArrayIndexOutOfBoundsException e) {
            System.out.println(e.getMessage());
        }
    }

    private void fill(int step) {
        IntUnaryOperator times = i -> i * step;
        for (int i = 0; i < cells.length; i++) {
            set(i, times.applyAsInt(i));
            rows[i % rows.length][i] = i / 8.0;
            marks[i] = cells[i] % 2 == 1;
            squares.put(i, (long) i * i);
            if (marks[i]) {
                odd.add(i);
            }
        }
    }

    private void set(int at, long value) {
        cells[at] = value;
    }

    private void grow() {
        cells = Arrays.copyOf(cells, cells.length * 2);
        new Reversal().run();
    }

    private void print() {
        long mixed = 0;
        for (LongLongCursor square : squares) {
            mixed += square.key * 31 ^ square.value;
        }
        int sum = 0;
        for (IntCursor cursor : odd) {
            sum += cursor.value;
        }
        System.out.println(mixed + " " + sum + " " + odd.size());
        System.out.println(turned(cells, 7) + " " + rows[1][SIZE - 3] + " " + marks[SIZE - 1]);
        System.out.println(Kept.of(marks).cardinality());
    }

    private static long turned(long[] array, int by) {
        long mixed = 0;
        for (int i = 0; i < array.length; i++) {
            mixed = mixed * 31 + array[(i + by) % array.length];
        }
        return mixed;
    }

    /** An inner class, which touches the arrays of its outer one. */
    private final class Reversal implements Runnable {
        @Override
        public void run() {
            for (int i = 0, j = cells.length - 1; i < j; i++, j--) {
                long kept = cells[i];
                cells[i] = cells[j];
                cells[j] = kept;
            }
        }
    }

    /** A nested class with an array that it is given. */
    private static final class Kept {
        private final boolean[] marks;

        private Kept(boolean[] marks) {
            this.marks = marks;
        }

        private static BitSet of(boolean[] marks) {
            BitSet set = new BitSet();
            Kept kept = new Kept(marks);
            for (int i = 0; i < kept.marks.length; i++) {
                set.set(i, kept.marks[i]);
            }
            return set;
        }
    }
}
