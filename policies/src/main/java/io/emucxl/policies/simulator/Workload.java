package io.emucxl.policies.simulator;

import java.util.SplittableRandom;

/**
 * Generated accesses, with the distributions of YCSB (Cooper et al., SoCC 2010).
 *
 * <p>The same name, keys, accesses and seed give the same trace.
 */
enum Workload {
    /** Zipf's law with exponent 0.99; the popular keys are scattered. */
    ZIPFIAN,
    /** 80 % of the accesses to 20 % of the keys. */
    HOTSPOT,
    /** The newest key is the most popular, by Zipf's law; one access in 20 adds a key. */
    LATEST,
    /** All keys alike. */
    UNIFORM,
    /** As hotspot with 90 % to 10 %, and other keys are hot after each tenth of the accesses. */
    SHIFTING,
    /** All keys in their order, again and again. */
    SCAN;

    Trace generate(String name, int keys, int accesses, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Trace.Builder trace = new Trace.Builder();
        Zipf zipf = new Zipf(keys, 0.99);
        int newest = keys;
        for (int i = 0; i < accesses; i++) {
            switch (this) {
                case ZIPFIAN -> trace.add(scatter(zipf.next(random), keys));
                case HOTSPOT -> trace.add(scatter(hot(random, keys, 0.2, 0.8), keys));
                case LATEST -> {
                    if (random.nextInt(20) == 0) {
                        newest++;
                    }
                    trace.add(newest - 1 - zipf.next(random));
                }
                case UNIFORM -> trace.add(random.nextInt(keys));
                case SHIFTING -> {
                    long phase = 10L * i / accesses;
                    long key = hot(random, keys, 0.1, 0.9) + phase * (keys / 10);
                    trace.add(key % keys);
                }
                case SCAN -> trace.add(i % keys);
            }
        }
        return trace.build(name);
    }

    private static long hot(SplittableRandom random, int keys, double part, double share) {
        int hot = Math.max(1, (int) (part * keys));
        return random.nextDouble() < share || hot == keys
                ? random.nextInt(hot)
                : hot + random.nextInt(keys - hot);
    }

    private static long scatter(long rank, int keys) {
        long mixed = rank * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        return Long.remainderUnsigned(mixed ^ (mixed >>> 32), keys);
    }

    /**
     * Numbers by Zipf's law, after Gray et al., "Quickly generating billion-record synthetic
     * databases", SIGMOD 1994, as YCSB has it.
     */
    static final class Zipf {
        private final int items;
        private final double theta;
        private final double zeta;
        private final double alpha;
        private final double eta;

        Zipf(int items, double theta) {
            this.items = items;
            this.theta = theta;
            double sum = 0;
            for (int i = 1; i <= items; i++) {
                sum += 1 / Math.pow(i, theta);
            }
            zeta = sum;
            alpha = 1 / (1 - theta);
            double zetaOfTwo = 1 + Math.pow(0.5, theta);
            eta = (1 - Math.pow(2.0 / items, 1 - theta)) / (1 - zetaOfTwo / zeta);
        }

        int next(SplittableRandom random) {
            double u = random.nextDouble();
            double uz = u * zeta;
            if (uz < 1) {
                return 0;
            }
            if (uz < 1 + Math.pow(0.5, theta)) {
                return Math.min(1, items - 1);
            }
            return Math.min(items - 1, (int) (items * Math.pow(eta * u - eta + 1, alpha)));
        }
    }
}
