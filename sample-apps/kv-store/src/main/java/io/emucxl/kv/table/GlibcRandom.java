package io.emucxl.kv.table;

/**
 * The generator behind glibc's {@code srand} and {@code rand}: additive feedback with degree 31 and
 * separation 3, whose state is seeded by the minimal-standard linear congruential generator.
 *
 * <p>Each number is the sum, modulo 2^32, of those 31 and 3 places before; the lowest bit is
 * dropped. The first 310 numbers are thrown away. D. E. Knuth, The Art of Computer Programming,
 * vol. 2, 3.2.2; S. K. Park and K. W. Miller, Random number generators: good ones are hard to find,
 * CACM 31 (1988).
 */
final class GlibcRandom {
    private static final int DEGREE = 31;
    private static final int SEPARATION = 3;
    private static final int DISCARDED = 310;

    private final int[] state = new int[DEGREE];
    private int oldest;

    /**
     * As {@code srand(seed)}.
     *
     * @param seed any; 0 means 1, as in C
     */
    GlibcRandom(int seed) {
        state[0] = seed == 0 ? 1 : seed;
        for (int i = 1; i < DEGREE; i++) {
            long product = 16_807L * state[i - 1] % 2_147_483_647L;
            state[i] = (int) (product < 0 ? product + 2_147_483_647L : product);
        }
        // Numbers 31 to 33 repeat numbers 0 to 2, whose places they take: the first sum is the
        // 34th.
        oldest = SEPARATION;
        for (int i = 0; i < DISCARDED; i++) {
            next();
        }
    }

    /** As {@code rand()}: from 0 to 2^31 - 1. */
    int next() {
        int recent = oldest - SEPARATION;
        int sum = state[oldest] + state[recent < 0 ? recent + DEGREE : recent];
        state[oldest] = sum;
        oldest = oldest + 1 == DEGREE ? 0 : oldest + 1;
        return sum >>> 1;
    }
}
