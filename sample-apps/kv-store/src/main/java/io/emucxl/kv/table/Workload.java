package io.emucxl.kv.table;

import java.util.Locale;

/**
 * The gets of one cell of Table IV. Of 50,000, nine in ten go to the first {@code x} percent of the
 * 1000 keys and the others to the rest; in the cell "random" all go to all keys alike.
 */
final class Workload {
    static final int KEYS = 1000;
    static final int LOCAL_OBJECTS = 300;
    static final int REMOTE_OBJECTS = 1000;
    static final int GETS = 50_000;

    /** The value of x that stands for the column "random". */
    static final int RANDOM = 0;

    private static final int HOT_GETS = GETS / 10 * 9;

    /** In which order the gets are made. */
    enum Order {
        /** As the published program does: first all gets of the hot keys, then all others. */
        PHASED,
        /** As the paper's text describes: the same gets, mixed. */
        SHUFFLED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Order order;
    private final int x;
    private final int seed;
    private final int[] gets;

    private Workload(Order order, int x, int seed, int[] gets) {
        this.order = order;
        this.x = x;
        this.seed = seed;
        this.gets = gets;
    }

    /**
     * Draws the gets as the published program does, and then mixes them when asked to.
     *
     * @param order in which order they are made
     * @param x the share of hot keys in percent, 10 to 90, or {@link #RANDOM}
     * @param seed of the C library's generator
     */
    static Workload draw(Order order, int x, int seed) {
        GlibcRandom random = new GlibcRandom(seed);
        int[] gets = new int[GETS];
        if (x == RANDOM) {
            for (int i = 0; i < GETS; i++) {
                gets[i] = random.next() % KEYS;
            }
        } else {
            int hot = KEYS / 100 * x;
            for (int i = 0; i < HOT_GETS; i++) {
                gets[i] = random.next() % hot;
            }
            for (int i = HOT_GETS; i < GETS; i++) {
                gets[i] = random.next() % (KEYS - hot) + hot;
            }
        }
        if (order == Order.SHUFFLED) {
            for (int i = GETS - 1; i > 0; i--) {
                int j = random.next() % (i + 1);
                int swapped = gets[i];
                gets[i] = gets[j];
                gets[j] = swapped;
            }
        }
        return new Workload(order, x, seed, gets);
    }

    Order order() {
        return order;
    }

    int x() {
        return x;
    }

    int seed() {
        return seed;
    }

    int gets() {
        return gets.length;
    }

    /** The key, from 0 to 999, of the {@code i}-th get. */
    int key(int i) {
        return gets[i];
    }

    /**
     * The local gets to expect of the best placement that never changes, when x percent of the keys
     * are hot: the likeliest keys are local from the start. The ideal without foresight when the
     * gets are mixed.
     */
    static double bestStatic(int x) {
        if (x == RANDOM) {
            return (double) GETS * LOCAL_OBJECTS / KEYS;
        }
        double hot = KEYS / 100.0 * x;
        double ofHot = Math.min(1, LOCAL_OBJECTS / hot);
        double ofCold = Math.max(0, LOCAL_OBJECTS - hot) / (KEYS - hot);
        return HOT_GETS * ofHot + (GETS - HOT_GETS) * ofCold;
    }
}
