package io.emucxl.policies.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SimulationTest {
    static List<String> names() {
        return Simulation.names();
    }

    @Test
    void beladyIsTheBestOfAllPlacements() {
        Random random = new Random(4);
        for (int round = 0; round < 50; round++) {
            int[] accesses = random.ints(14, 0, 5).toArray();
            assertEquals(
                    best(accesses, 0, 0, 2),
                    Foresight.belady(trace(accesses), 2),
                    Arrays.toString(accesses));
        }
    }

    /** The most hits from here on by trying every choice; the local units are bits. */
    private static long best(int[] accesses, int from, int local, int capacity) {
        if (from == accesses.length) {
            return 0;
        }
        int unit = 1 << accesses[from];
        if ((local & unit) != 0) {
            return 1 + best(accesses, from + 1, local, capacity);
        }
        long most = best(accesses, from + 1, local, capacity);
        if (Integer.bitCount(local) < capacity) {
            return Math.max(most, best(accesses, from + 1, local | unit, capacity));
        }
        for (int victim = local; victim != 0; victim &= victim - 1) {
            int next = (local ^ Integer.lowestOneBit(victim)) | unit;
            most = Math.max(most, best(accesses, from + 1, next, capacity));
        }
        return most;
    }

    @ParameterizedTest
    @MethodSource("names")
    void nothingBeatsTheOptimum(String name) {
        Random random = new Random(9);
        Trace trace = trace(random.ints(5000, 0, 100).map(i -> i * i / 100).toArray());
        for (double local : new double[] {0, 0.01, 0.3, 1}) {
            Result result = play(trace, name, local);
            assertTrue(result.localHits() <= play(trace, "opt", local).localHits());
            assertEquals(5000, result.accesses());
        }
    }

    /** A first access is remote, and all the others local, when everything fits. */
    @Test
    void whatFitsIsLocalFromTheSecondAccess() {
        Trace trace = trace(1, 2, 1, 2, 3, 3, 1);
        for (String name : List.of("opt", "best-static", "lru", "hotset", "arc", "lfu", "lirs")) {
            assertEquals(4, play(trace, name, 1).localHits(), name);
        }
    }

    @Test
    void periodsHoldTheAccessesOfEachUnitTogether() {
        Trace trace = trace(1, 1, 2, 1, 2, 2, 1, 2);
        Result result = new Simulation(4, 0).play(trace, "lru", 1, done -> {});
        assertEquals(4, result.localHits(), "none before the first decision, all after it");
        assertEquals(2, result.moves());
    }

    @Test
    void aRecordedTraceIsPlayedInItsPeriods() {
        Trace.Builder builder = new Trace.Builder();
        for (int key : new int[] {1, 2, 1, 1, 2, 2}) {
            builder.add(key);
            if (key == 2) {
                builder.endPeriod();
            }
        }
        Trace trace = builder.build("recorded");
        assertEquals(3, trace.periods());
        Result result = new Simulation(0, 0).play(trace, "lru", 1, done -> {});
        assertEquals(4, result.localHits(), "all but those of the first period");
        assertEquals(7, new Simulation(1, 0).play(trace, "lru", 0.5, d -> {}).moves());
    }

    @Test
    void hotsetStopsMovingWhereMovingDoesNotPay() {
        Trace trace = Workload.UNIFORM.generate("uniform", 1000, 200_000, 3);
        Trace longer = Workload.UNIFORM.generate("uniform", 1000, 300_000, 3);
        Simulation simulation = new Simulation(1, 0.1);
        long before = simulation.play(trace, "hotset", 0.3, done -> {}).moves();
        long moves = simulation.play(longer, "hotset", 0.3, done -> {}).moves() - before;
        assertTrue(moves < 0.01 * 100_000, "moves in the last 100,000 accesses: " + moves);
    }

    /**
     * Units of 4 KiB, accesses of 64 bytes, a move that takes as long as 1.36 remote accesses take
     * longer (17.8 GB/s, 169 ns): the bytes moved are less than 1 % of those accessed.
     */
    @Test
    void onUniformWorkHotsetMovesLessThanAHundredthOfTheTraffic() {
        Trace trace = Workload.UNIFORM.generate("uniform", 4_000, 300_000, 3);
        Trace longer = Workload.UNIFORM.generate("uniform", 4_000, 600_000, 3);
        Simulation simulation = new Simulation(1000, 1.36);
        long before = simulation.play(trace, "hotset", 0.25, done -> {}).moves();
        long moves = simulation.play(longer, "hotset", 0.25, done -> {}).moves() - before;
        assertTrue(before >= 1000, "it fills the local node first: " + before);
        assertTrue(moves * 4096 < 0.01 * 300_000 * 64, "moves: " + moves);
    }

    @Test
    void aScanMovesNothingHot() {
        Trace.Builder builder = new Trace.Builder();
        Random random = new Random(5);
        for (int i = 0; i < 200_000; i++) {
            builder.add(random.nextInt(1000));
        }
        Trace hot = builder.build("hot");
        for (int i = 0; i < 100_000; i++) {
            builder.add(1000 + i);
        }
        Trace scanned = builder.build("scanned");
        for (int i = 0; i < 100_000; i++) {
            builder.add(random.nextInt(1000));
        }
        Trace again = builder.build("again");
        double room = 1000.0 / again.units();
        double share = hits(again, room) - hits(scanned, 1000.0 / scanned.units());
        assertTrue(share >= 100_000 * 0.999, "hits after the scan: " + share);
        assertTrue(hits(hot, 1) >= 198_000);
    }

    private static long hits(Trace trace, double local) {
        return new Simulation(100, 0).play(trace, "hotset", local, done -> {}).localHits();
    }

    @Test
    void hotsetFindsANewHotSet() {
        Trace trace = Workload.SHIFTING.generate("shifting", 1000, 200_000, 3);
        double hotset = play(trace, "hotset", 0.2).share();
        assertTrue(hotset > 0.95 * play(trace, "opt", 0.2).share(), "share " + hotset);
    }

    /** As regions are in a running program: all of them are accessed in every period. */
    @Test
    void hotsetMakesMovesThatPayOverManyPeriods() {
        Trace trace = Workload.ZIPFIAN.generate("zipfian", 512, 4_800_000, 3);
        double hotset = new Simulation(30_000, 300).play(trace, "hotset", 0.25, d -> {}).share();
        double best = play(trace, "best-static", 0.25).share();
        assertTrue(hotset > 0.97 * best, hotset + " of " + best);
    }

    /** The hottest units are those that a shadow meets first. */
    @Test
    void hotsetIsNotMisledByAShadowThatWasLucky() {
        Trace.Builder builder = new Trace.Builder();
        for (int period = 0; period < 100; period++) {
            for (int unit = 0; unit < 400; unit++) {
                for (int i = 0; i <= 2000 / (unit + 1); i++) {
                    builder.add(unit);
                }
            }
            builder.endPeriod();
        }
        Trace trace = builder.build("hottest first");
        double hotset = new Simulation(0, 20).play(trace, "hotset", 0.25, done -> {}).share();
        double best = play(trace, "best-static", 0.25).share();
        assertTrue(hotset > 0.95 * best, hotset + " of " + best);
    }

    /** With moves that cost, and a decision once in a while. */
    @ParameterizedTest
    @EnumSource(
            value = Workload.class,
            names = {"SHIFTING", "LATEST"})
    void hotsetIsWithinAFewPointsOfTheBestOnMovingHotSets(Workload moving) {
        Trace trace = moving.generate("moving", 20_000, 600_000, 2);
        Simulation simulation = new Simulation(400, 1.36);
        Result hotset = simulation.play(trace, "hotset", 0.25, done -> {});
        double best = 0;
        for (String name : List.of("lru", "tpp", "arms", "memtis")) {
            best = Math.max(best, simulation.play(trace, name, 0.25, done -> {}).share());
        }
        assertTrue(hotset.share() > best - 0.035, hotset.share() + ", best " + best);
        Result lru = simulation.play(trace, "lru", 0.25, done -> {});
        assertTrue(hotset.moves() <= 1.02 * lru.moves(), hotset.moves() + ", lru " + lru.moves());
    }

    @Test
    void hotsetKeepsAPartOfALoop() {
        Trace trace = Workload.SCAN.generate("scan", 1000, 50_000, 3);
        assertEquals(0, play(trace, "lru", 0.5).localHits());
        assertEquals(0.49, play(trace, "hotset", 0.5).share(), 0.001);
    }

    @Test
    void jsonIsAnArrayOfResults() {
        String json =
                Table.json(
                        List.of(
                                new Result("a\"b", "lru", 0.3, 10, 4, 2),
                                new Result("t", "opt", 0.5, 10, 5, -1)));
        assertEquals(
                "[\n"
                        + "  {\"trace\": \"a\\\"b\", \"policy\": \"lru\", \"local\": 0.3,"
                        + " \"accesses\": 10, \"localHits\": 4, \"moves\": 2},\n"
                        + "  {\"trace\": \"t\", \"policy\": \"opt\", \"local\": 0.5,"
                        + " \"accesses\": 10, \"localHits\": 5, \"moves\": null}\n"
                        + "]\n",
                json);
    }

    @Test
    void timeIsModelledFromAccessesAndMoves() {
        Costs costs = new Costs(100, 250, 4096, 2);
        Result result = new Result("t", "lru", 0.3, 10, 4, 2);
        assertEquals(4 * 100 + 6 * 250 + 2 * 4096 / 2.0, costs.nanos(result));
        assertTrue(Table.text(List.of(result), costs).contains("8.0 KiB"));
    }

    @Test
    void theChartHasALineForEachPolicy() {
        String svg =
                Chart.svg(
                        List.of(
                                new Result("t<1", "lru", 0.3, 10, 4, 2),
                                new Result("t<1", "lru", 0.1, 10, 2, 2),
                                new Result("t<1", "opt", 0.3, 10, 5, -1)));
        assertEquals(3, svg.split("<polyline", -1).length);
        assertTrue(svg.contains("t&lt;1"));
    }

    @Test
    void unknownPoliciesAreNamed() {
        assertEquals(
                "unknown policy \"best-statik\"; did you mean \"best-static\"?",
                assertThrows(IllegalArgumentException.class, () -> Simulation.check("best-statik"))
                        .getMessage());
    }

    private static Result play(Trace trace, String policy, double local) {
        return new Simulation(1, 0).play(trace, policy, local, done -> {});
    }

    private static Trace trace(int... keys) {
        Trace.Builder builder = new Trace.Builder();
        for (int key : keys) {
            builder.add(key);
        }
        return builder.build("test");
    }
}
