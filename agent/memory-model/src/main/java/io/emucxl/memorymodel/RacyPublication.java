package io.emucxl.memorymodel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * An array that is published by a race: its length is right, and each element is what was written
 * to it or zero. Never is it another array, nor what was in its memory before: in the end every
 * array is filled with {@link #OLD}, and its memory is used for arrays again.
 */
public final class RacyPublication {
    private static final int OLD = 0x01d01d01;
    private static final int NULL = -1;
    private static final int GARBAGE = -2;

    private RacyPublication() {}

    /** Fresh zeros. */
    @JCStressTest
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "not published yet")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "zeros")
    @State
    public static class Zeros {
        private int[] a;

        @Actor
        public void write() {
            a = new int[24];
        }

        @Actor
        public void read(I_Result r) {
            int[] seen = a;
            r.r1 = seen == null ? NULL : all(seen);
        }

        private static int all(int[] seen) {
            int any = 0;
            for (int i = 0; i < seen.length; i++) {
                any |= seen[i];
            }
            return any;
        }

        @Arbiter
        public void dirty(I_Result r) {
            java.util.Arrays.fill(a, OLD);
        }
    }

    /** Elements that were written before the reference, without anything that orders the two. */
    @JCStressTest
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "not published yet")
    @Outcome(id = "24", expect = ACCEPTABLE, desc = "all elements are there")
    @Outcome(
            id = "([0-9]|1[0-9]|2[0-3])",
            expect = ACCEPTABLE_INTERESTING,
            desc = "some elements are not there yet")
    @State
    public static class Elements {
        private int[] a;

        @Actor
        public void write() {
            int[] made = new int[24];
            for (int i = 0; i < 24; i++) {
                made[i] = 7;
            }
            a = made;
        }

        @Actor
        public void read(I_Result r) {
            int[] seen = a;
            r.r1 = seen == null ? NULL : written(seen);
        }

        private static int written(int[] seen) {
            int written = 0;
            for (int i = 0; i < seen.length; i++) {
                int e = seen[i];
                if (e != 7 && e != 0) {
                    return GARBAGE;
                }
                written += e == 7 ? 1 : 0;
            }
            return written;
        }

        @Arbiter
        public void dirty(I_Result r) {
            java.util.Arrays.fill(a, OLD);
        }
    }

    /** One of two arrays of different lengths, or a copy: the elements are those of that array. */
    @JCStressTest
    @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "not published yet")
    @Outcome(
            id = {"5, 5", "19, 19"},
            expect = ACCEPTABLE,
            desc = "one of the arrays")
    @Outcome(
            id = {"5, 0", "19, 0"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "one of the arrays, not written yet")
    @State
    public static class OneOfTwo {
        private char[] a;

        @Actor
        public void write() {
            char[] first = new char[5];
            first[4] = 5;
            char[] second = new char[19];
            second[18] = 19;
            a = first;
            a = second;
        }

        @Actor
        public void read(II_Result r) {
            char[] seen = a;
            r.r1 = seen == null ? NULL : seen.length;
            r.r2 = seen == null ? NULL : seen.clone()[seen.length - 1];
        }

        @Arbiter
        public void dirty(II_Result r) {
            java.util.Arrays.fill(a, (char) OLD);
        }
    }

    /** Rows of a matrix that another thread replaces. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the old row")
    @Outcome(id = "8, 2", expect = ACCEPTABLE, desc = "the new row")
    @Outcome(id = "8, 0", expect = ACCEPTABLE_INTERESTING, desc = "the new row, not written yet")
    @State
    public static class Rows {
        private final double[][] a = {{1, 2, 3}, {1}};

        @Actor
        public void write() {
            double[] made = new double[9];
            made[0] = 2;
            a[1] = made;
        }

        @Actor
        public void read(II_Result r) {
            double[] seen = a[1];
            r.r1 = seen.length - 1;
            r.r2 = (int) seen[0];
        }

        @Arbiter
        public void dirty(II_Result r) {
            java.util.Arrays.fill(a[1], OLD);
        }
    }
}
