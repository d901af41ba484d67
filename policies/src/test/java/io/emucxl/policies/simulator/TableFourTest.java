package io.emucxl.policies.simulator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The work of the paper's Table IV: 1000 objects, 300 of them local, each put once; then 45,000
 * gets of the first x %, and 5,000 of the others.
 */
class TableFourTest {
    private static final int SEEDS = 4;

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 30, 40, 50, 60, 70, 80, 90})
    void shuffledHotsetIsNearTheBestStaticPlacement(int percent) {
        double hot = Math.min(1, 300 / (10.0 * percent));
        double cold = Math.max(0, 300 - 10.0 * percent) / (1000 - 10.0 * percent);
        double bestStatic = 0.9 * hot + 0.1 * cold;
        double hotset = share("hotset", percent, true);
        assertTrue(hotset >= 0.97 * bestStatic, hotset + " of " + bestStatic);
        if (percent <= 80) {
            assertTrue(hotset > share("lru", percent, true));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 30, 40, 50, 60, 70, 80, 90})
    void phasedHotsetIsAtMostOnePointBelowLru(int percent) {
        double hotset = share("hotset", percent, false);
        double lru = share("lru", percent, false);
        assertTrue(hotset >= lru - 0.01, hotset + ", lru " + lru);
    }

    private static double share(String policy, int percent, boolean shuffled) {
        long hits = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            Trace trace = trace(10 * percent, shuffled, new Random(seed));
            hits += new Simulation(1, 0).play(trace, policy, 0.3, done -> {}).localHits();
        }
        return hits / (50_000.0 * SEEDS);
    }

    private static Trace trace(int hot, boolean shuffled, Random random) {
        int[] gets = new int[50_000];
        for (int i = 0; i < gets.length; i++) {
            gets[i] = i < 45_000 ? random.nextInt(hot) : hot + random.nextInt(1000 - hot);
        }
        for (int i = gets.length - 1; shuffled && i > 0; i--) {
            int other = random.nextInt(i + 1);
            int get = gets[i];
            gets[i] = gets[other];
            gets[other] = get;
        }
        Trace.Builder trace = new Trace.Builder();
        for (int key = 0; key < 1000; key++) {
            trace.add(key);
        }
        for (int get : gets) {
            trace.add(get);
        }
        return trace.build("table four");
    }
}
