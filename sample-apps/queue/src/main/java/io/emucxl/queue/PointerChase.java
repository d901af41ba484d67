package io.emucxl.queue;

import io.emucxl.Emucxl;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/** Follows a chain of nodes, each in a cache line of its own, in random order. */
final class PointerChase {
    private static final int LINE = 64;
    private static final int STEPS = 200_000;
    private static final int RUNS = 5;

    private PointerChase() {}

    /**
     * Measures on both tiers, in alternating order.
     *
     * @param nodes of the chain
     * @return nanoseconds a node, the call into the library included, by tier: the least of some
     *     runs
     * @throws io.emucxl.EmucxlException when a tier has no room
     */
    static double[] measure(int nodes) {
        long[][] chains = {build(nodes, 0), build(nodes, 1)};
        double[] best = {Double.MAX_VALUE, Double.MAX_VALUE};
        try {
            for (int run = 0; run < RUNS; run++) {
                for (int turn = 0; turn < 2; turn++) {
                    int tier = turn ^ (run & 1);
                    best[tier] = Math.min(best[tier], follow(chains[tier][0]));
                }
            }
        } finally {
            for (long[] chain : chains) {
                for (long node : chain) {
                    Emucxl.free(node, LINE);
                }
            }
        }
        return best;
    }

    /** One cycle through all nodes. */
    private static long[] build(int nodes, int tier) {
        long[] addresses = new long[nodes];
        for (int i = 0; i < nodes; i++) {
            addresses[i] = Emucxl.alloc(LINE, tier);
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int i = nodes - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            long swapped = addresses[i];
            addresses[i] = addresses[j];
            addresses[j] = swapped;
        }
        byte[] bytes = new byte[Long.BYTES];
        ByteBuffer link = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        for (int i = 0; i < nodes; i++) {
            link.putLong(0, addresses[(i + 1) % nodes]);
            Emucxl.write(bytes, 0, addresses[i], 0, Long.BYTES);
        }
        return addresses;
    }

    private static double follow(long start) {
        byte[] bytes = new byte[Long.BYTES];
        ByteBuffer link = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        long at = start;
        long begin = System.nanoTime();
        for (int i = 0; i < STEPS; i++) {
            Emucxl.read(at, 0, bytes, 0, Long.BYTES);
            at = link.getLong(0);
        }
        return (double) (System.nanoTime() - begin) / STEPS;
    }
}
