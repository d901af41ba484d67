package io.emucxl.agent.programs;

import java.util.Arrays;

/** Hands its arrays to callers that only read them, and shows whether they got copies. */
public final class CopiedOut {
    private int[] counts = new int[2000];
    private final double[][] rows = new double[3][1000];
    private long[] given;

    private CopiedOut(long[] given) {
        this.given = given;
    }

    /** The array itself, or a copy. */
    public int[] counts() {
        return counts;
    }

    /** The same as an object. */
    public Object anything(boolean first) {
        if (first) {
            return counts;
        }
        return given;
    }

    /** A row. */
    public double[] row(int i) {
        return rows[i];
    }

    /** What came from outside. */
    public long[] given() {
        return given;
    }

    /** What a call makes is what it gives. */
    public int[] fresh() {
        int[] made = {5, 6};
        counts = made;
        return made;
    }

    public static void main(String[] arguments) {
        long[] outside = {1, 2};
        CopiedOut c = new CopiedOut(outside);
        int[] before = c.counts();
        c.counts[3] = 7;
        c.rows[2][1] = 0.5;
        int[] after = c.counts();
        System.out.println(before.length + " " + after[3] + " " + c.row(2)[1]);
        System.out.println(Arrays.equals((int[]) c.anything(true), after) + " " + c.row(0).length);
        System.out.println((c.given() == outside) + " " + (c.anything(false) == outside));
        int[] fresh = c.fresh();
        fresh[0] = 50;
        System.out.println(c.counts()[0] + " " + c.counts().length);
        c.counts = null;
        System.out.println((c.counts() == null) + " " + c.anything(true));
        if (arguments.length > 0) {
            System.out.println(before[3] + " " + (before == after));
        }
    }
}
