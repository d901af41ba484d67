package io.emucxl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineTest {
    private static final long PERIOD = 100_000_000;
    private static final long UNLIMITED = 1L << 40;

    private final FakeRegions regions = new FakeRegions(100, 10);
    private final Telemetry telemetry = new Telemetry();
    private final Quiet warnings = new Quiet();
    private long now;

    /** Warnings that a test looks at. */
    private static final class Quiet extends Warnings {
        final List<String> said = new ArrayList<>();

        @Override
        void say(String message) {
            said.add(message);
        }
    }

    /** Asks for these moves in every period. */
    private static final class Asks implements PlacementPolicy {
        final int[][] moves;
        int decisions;
        long budget;
        long localCapacity;
        List<Integer> nodes = new ArrayList<>();

        Asks(int[]... moves) {
            this.moves = moves;
        }

        @Override
        public String name() {
            return "asks";
        }

        @Override
        public void decide(Observation observed, Moves into) {
            decisions++;
            budget = observed.moveBudget();
            localCapacity = observed.capacity(0);
            nodes.clear();
            for (int[] move : moves) {
                nodes.add(observed.node(Math.max(0, Math.min(99, move[0]))));
                into.move(move[0], move[1]);
            }
        }
    }

    private Engine engine(PlacementPolicy policy, long bytesPerSecond) {
        EngineSettings settings =
                new EngineSettings(1_000_000, 0.01, 0.01, PERIOD, bytesPerSecond, 0.2, policy);
        return new Engine(regions, settings, telemetry, warnings, now);
    }

    /** One period, and all the time until the next for its moves. */
    private void period(Engine engine) {
        now += PERIOD;
        engine.period(now);
        long end = now + PERIOD;
        long at = now;
        while (engine.moving() && at < end) {
            long time = at;
            at = engine.moves(() -> time, end);
        }
    }

    @Test
    void movesAreCarriedOutInTheirOrder() {
        regions.capacity[0] = FakeRegions.BYTES;
        regions.tiers[5] = 0;
        period(engine(new Asks(new int[] {5, 1}, new int[] {7, 0}), UNLIMITED));
        assertEquals(1, regions.tiers[5]);
        assertEquals(0, regions.tiers[7]);
        assertEquals(1, telemetry.get(Counter.PROMOTIONS));
        assertEquals(1, telemetry.get(Counter.DEMOTIONS));
        assertEquals(2 * FakeRegions.BYTES, telemetry.get(Counter.BYTES_MOVED));
        assertEquals(List.of(), warnings.said);
    }

    @Test
    void samplesAreCountedByTierAndKind() {
        regions.tiers[1] = 0;
        regions.reads[1] = 3;
        regions.writes[1] = 4;
        regions.reads[2] = 5;
        Engine engine = engine(null, 0);
        period(engine);
        assertEquals(3, telemetry.get(Counter.LOCAL_READS));
        assertEquals(4, telemetry.get(Counter.LOCAL_WRITES));
        assertEquals(5, telemetry.get(Counter.REMOTE_READS));
        assertEquals(7, telemetry.localSamples());
        assertEquals(5, telemetry.remoteSamples());
        assertEquals(5, engine.heat.total(2), 1e-3);
    }

    @Test
    void theBandwidthIsKept() {
        int[][] all = new int[100][];
        for (int i = 0; i < 100; i++) {
            all[i] = new int[] {i, 0};
        }
        regions.capacity[0] = 100 * FakeRegions.BYTES;
        Asks policy = new Asks(all);
        Engine engine = engine(policy, 50 * FakeRegions.BYTES);
        for (int i = 0; i < 10; i++) {
            period(engine);
        }
        assertEquals(5 * FakeRegions.BYTES, policy.budget);
        assertTrue(regions.migrations >= 45 && regions.migrations <= 50, "" + regions.migrations);
        assertTrue(telemetry.get(Counter.REFUSED_MOVES) > 0);
    }

    @Test
    void aBandwidthBelowARegionAPeriodSavesUp() {
        Engine engine = engine(new Asks(new int[] {1, 0}, new int[] {2, 0}), 5 * FakeRegions.BYTES);
        for (int i = 0; i < 9; i++) {
            period(engine);
        }
        assertEquals(2, regions.local());
    }

    @Test
    void withoutBandwidthNothingIsAsked() {
        Asks policy = new Asks(new int[] {1, 0});
        period(engine(policy, 0));
        assertEquals(0, policy.decisions);
        assertEquals(0, regions.migrations);
    }

    @Test
    void aPolicyThatThrowsIsAskedAgainAndReportedOnce() {
        PlacementPolicy broken =
                new PlacementPolicy() {
                    @Override
                    public String name() {
                        return "broken";
                    }

                    @Override
                    public void decide(Observation observed, Moves moves) {
                        moves.move(3, 0);
                        throw new StackOverflowError("on purpose");
                    }
                };
        Engine engine = engine(broken, UNLIMITED);
        for (int i = 0; i < 3; i++) {
            period(engine);
        }
        assertEquals(3, telemetry.get(Counter.POLICY_FAILURES));
        assertEquals(0, regions.tiers[3]);
        assertEquals(1, warnings.said.size());
        assertTrue(warnings.said.get(0).contains("on purpose"));
    }

    @Test
    void nonsenseIsIgnoredCountedAndReportedOnce() {
        Engine engine =
                engine(
                        new Asks(
                                new int[] {-1, 0},
                                new int[] {100, 0},
                                new int[] {Integer.MAX_VALUE, 1},
                                new int[] {1, 2},
                                new int[] {1, -1},
                                new int[] {1, 1},
                                new int[] {4, 0}),
                        UNLIMITED);
        period(engine);
        assertEquals(5, telemetry.get(Counter.REFUSED_MOVES));
        assertEquals(1, regions.attempts);
        assertEquals(0, regions.tiers[4]);
        assertEquals(1, warnings.said.size());
    }

    @Test
    void pinnedAndUnusedRegionsAreLeftAlone() {
        regions.pinned[1] = true;
        regions.tiers[2] = -1;
        Asks policy = new Asks(new int[] {1, 0}, new int[] {2, 0});
        period(engine(policy, UNLIMITED));
        assertEquals(List.of(-1, -1), policy.nodes);
        assertEquals(0, regions.attempts);
    }

    @Test
    void aStuckRegionIsTriedMoreAndMoreRarely() {
        regions.stuck.add(1);
        Asks policy = new Asks(new int[] {1, 0});
        Engine engine = engine(policy, UNLIMITED);
        for (int i = 0; i < 100; i++) {
            period(engine);
        }
        assertTrue(regions.attempts >= 3 && regions.attempts <= 8, "" + regions.attempts);
        assertEquals(regions.attempts, telemetry.get(Counter.FAILED_MOVES));
        assertEquals(1, warnings.said.size());
        regions.stuck.clear();
        for (int i = 0; i < 600; i++) {
            period(engine);
        }
        assertEquals(0, regions.tiers[1]);
    }

    @Test
    void aFullTierIsTriedOnceAPeriod() {
        regions.capacity[0] = 0;
        Engine engine = engine(new Asks(new int[] {1, 0}, new int[] {2, 0}), UNLIMITED);
        period(engine);
        assertEquals(1, regions.attempts);
        assertEquals(1, telemetry.get(Counter.FAILED_MOVES));
        period(engine);
        assertEquals(2, regions.attempts);
        regions.capacity[0] = 10 * FakeRegions.BYTES;
        period(engine);
        assertEquals(2, regions.local());
    }

    @Test
    void thePolicySeesTheHeadroomAsTaken() {
        Asks policy = new Asks();
        period(engine(policy, UNLIMITED));
        assertEquals(8 * FakeRegions.BYTES, policy.localCapacity);
    }

    @Test
    void aLoweredCapacityDemotesTheColdest() {
        for (int i = 0; i < 10; i++) {
            regions.tiers[i] = 0;
        }
        Engine engine = engine(new Asks(), UNLIMITED);
        for (int i = 0; i < 10; i++) {
            regions.reads[i] = (i * 7L) % 10;
        }
        period(engine);
        assertEquals(10, regions.local());
        regions.capacity[0] = 4 * FakeRegions.BYTES;
        period(engine);
        assertEquals(4, regions.local());
        for (int i = 0; i < 10; i++) {
            assertEquals((i * 7) % 10 >= 6 ? 0 : 1, regions.tiers[i], "region " + i);
        }
        assertEquals(1, warnings.said.size());
    }

    @Test
    void movesThatDoNotFitInAPeriodGoOnInTheNext() {
        Asks policy = new Asks(new int[] {1, 0}, new int[] {2, 0});
        Engine engine = engine(policy, UNLIMITED);
        now += PERIOD;
        engine.period(now);
        assertEquals(now + 5, engine.moves(() -> now + 5, now + 5));
        assertTrue(engine.moving());
        period(engine);
        assertEquals(1, policy.decisions);
        assertFalse(engine.moving());
        assertEquals(2, regions.local());
    }
}
