package io.emucxl.agent.programs;

import io.emucxl.runtime.RemoteTier;

/** Keeps two arrays, one marked and placeable, one marked and handed out. */
public final class Annotated {
    @RemoteTier private final long[] table;
    @RemoteTier private final int[] leaked = new int[8];

    private Annotated(int length) {
        table = new long[length];
    }

    /** Gives the array to anybody: it has to stay on the heap. */
    public int[] leaked() {
        return leaked;
    }

    private long sum() {
        long[] cached = table;
        long sum = 0;
        for (int i = 0; i < cached.length; i++) {
            cached[i] += 3L * i;
            sum += cached[i];
        }
        return sum;
    }

    public static void main(String[] arguments) {
        Annotated annotated = new Annotated(100_000);
        System.out.println(annotated.sum() + " " + annotated.leaked().length);
        try {
            annotated.table[100_000] = 1;
        } catch (ArrayIndexOutOfBoundsException e) {
            System.out.println(e.getMessage());
        }
    }
}
