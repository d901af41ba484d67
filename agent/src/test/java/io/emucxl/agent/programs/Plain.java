package io.emucxl.agent.programs;

/** Keeps an array that a policy file names. */
public final class Plain {
    private final int[] counts = new int[50_000];

    private Plain() {}

    public static void main(String[] arguments) {
        Plain plain = new Plain();
        for (int i = 0; i < 1_000_000; i++) {
            plain.counts[i % 49_999]++;
        }
        System.out.println(plain.counts[0] + " " + plain.counts[49_999]);
    }
}
