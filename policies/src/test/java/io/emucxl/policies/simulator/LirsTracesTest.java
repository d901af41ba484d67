package io.emucxl.policies.simulator;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.emucxl.policies.Policies;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The LIRS traces with room for 30 % of their units, against independently known shares. */
class LirsTracesTest {
    private static final double LOCAL = 0.3;
    private static final List<String> NAMES =
            List.of("loop", "gli", "cs", "multi3", "ps", "sprite", "2_pools", "cpp");

    /** The best share in % that an online policy is known to reach, by trace. */
    private static final Map<String, Double> BEST_ONLINE =
            Map.of(
                    "loop", 29.91, "gli", 44.14, "cs", 24.82, "multi3", 63.78, "ps", 65.43,
                    "sprite", 93.76, "2_pools", 64.01, "cpp", 85.69);

    @BeforeAll
    static void theTracesAreThere() {
        assumeTrue(
                CaffeineTraces.available(),
                "needs com.github.ben-manes.caffeine:simulator in the local Maven repository");
    }

    @ParameterizedTest
    @CsvSource({
        "loop,    505500,  1011, 29.91, 29.91, 29.81,  0.00,  0.00, 29.61",
        "gli,       6015,  2529, 46.40, 46.40, 41.85,  1.15,  1.41, 43.91",
        "cs,        6781,  1409, 26.72, 24.89, 24.17,  1.83,  1.83, 24.82",
        "multi3,   30241,  7454, 70.34, 65.16, 60.18, 45.36, 46.80, 63.78",
        "ps,       10448,  3083, 66.23, 65.64, 64.95, 48.55, 52.59, 65.43",
        "sprite,  133996,  7075, 94.67, 89.35, 66.11, 93.58, 93.43, 91.37",
        "2_pools, 100000,  9939, 79.80, 69.29, 63.90, 63.89, 63.88, 63.84",
        "cpp,       9047,  1223, 86.48, 86.48, 84.25, 84.12, 85.69, 85.49"
    })
    void referencesAreExact(
            String name,
            int accesses,
            int units,
            String opt,
            String bestStatic,
            double promoteOnAccess,
            String lru,
            String arc,
            String lirs)
            throws IOException {
        Trace trace = Traces.read("lirs:" + name);
        assertAll(
                () -> assertEquals(accesses, trace.accesses()),
                () -> assertEquals(units, trace.units()),
                () -> assertEquals(opt, percent(trace, "opt"), "opt"),
                () -> assertEquals(bestStatic, percent(trace, "best-static"), "best-static"),
                // How its list fills up is not told, which is worth an access or two.
                () ->
                        assertEquals(
                                promoteOnAccess,
                                100 * share(trace, "promote-on-access"),
                                0.03,
                                "promote-on-access"),
                () -> assertEquals(lru, percent(trace, "lru"), "lru"),
                () -> assertEquals(arc, percent(trace, "arc"), "arc"),
                () -> assertEquals(lirs, percent(trace, "lirs"), "lirs"));
    }

    @Test
    void hotsetComesNearTheOptimumOnEveryTraceAndBeforeAllOthersOnAverage() throws IOException {
        List<String> online = new ArrayList<>(Policies.names());
        online.addAll(List.of("lfu", "arc", "lirs", "w-tinylfu"));
        double[] means = new double[online.size()];
        for (String name : NAMES) {
            Trace trace = Traces.read("lirs:" + name);
            double opt = share(trace, "opt");
            for (int i = 0; i < means.length; i++) {
                means[i] += share(trace, online.get(i)) / opt / NAMES.size();
            }
            double hotset = 100 * share(trace, "hotset");
            assertTrue(hotset >= 0.97 * BEST_ONLINE.get(name), name + " " + hotset);
        }
        assertEquals("hotset", online.get(0));
        assertTrue(means[0] >= 0.94, "mean " + means[0]);
        for (int i = 1; i < means.length; i++) {
            assertTrue(means[i] < means[0], online.get(i) + " " + means[i]);
        }
    }

    private static double share(Trace trace, String policy) {
        return new Simulation(1, 0).play(trace, policy, LOCAL, done -> {}).share();
    }

    private static String percent(Trace trace, String policy) {
        return String.format(Locale.ROOT, "%.2f", 100 * share(trace, policy));
    }
}
