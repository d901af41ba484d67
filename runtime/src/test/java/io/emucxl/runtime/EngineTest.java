package io.emucxl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineTest extends EngineRun {
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

    /** As in the simulator, where moves take effect at once. */
    @Test
    void whatWasAskedForShowsAtOnce() {
        regions.tiers[5] = 0;
        long local = regions.used(0);
        List<Long> used = new ArrayList<>();
        Asks policy =
                new Asks(new int[] {5, 1}, new int[] {5, 1}, new int[] {7, 0}, new int[] {7, 0}) {
                    @Override
                    public void decide(Observation observed, Moves into) {
                        super.decide(observed, into);
                        used.add(observed.used(0));
                    }
                };
        period(engine(policy, UNLIMITED));
        assertEquals(List.of(0, 1, 1, 0), policy.nodes);
        assertEquals(List.of(local), used);
        assertEquals(2, regions.attempts);
        period(engine(policy, UNLIMITED));
        assertEquals(List.of(1, 1, 0, 0), policy.nodes);
    }

    /** As it does when the moves have been carried out. */
    @Test
    void aTierFilledIntoItsHeadroomLooksFullAndNotMore() {
        List<Long> used = new ArrayList<>();
        int[][] all = new int[9][];
        for (int i = 0; i < all.length; i++) {
            all[i] = new int[] {i, 0};
        }
        Asks policy =
                new Asks(all) {
                    @Override
                    public void decide(Observation observed, Moves into) {
                        super.decide(observed, into);
                        used.add(observed.used(0) - observed.capacity(0));
                    }
                };
        regions.capacity[0] = 10 * FakeRegions.BYTES;
        Engine engine = engine(policy, UNLIMITED);
        period(engine);
        period(engine);
        assertEquals(List.of(0L, 0L), used);
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
    void aNodeThatSomebodyElseHasFilledIsTriedOnceAPeriodAndSaidOnce() {
        regions.taken[0] = true;
        int[][] all = new int[8][];
        for (int i = 0; i < 8; i++) {
            all[i] = new int[] {i, 0};
        }
        Engine engine = engine(new Asks(all), UNLIMITED);
        for (int i = 1; i <= 20; i++) {
            period(engine);
            assertEquals(i, regions.attempts);
        }
        assertEquals(0, regions.local());
        assertEquals(20, telemetry.get(Counter.FAILED_MOVES));
        assertEquals(1, warnings.said.size(), warnings.said.toString());
        assertTrue(warnings.said.get(0).contains("errno 12"), warnings.said.get(0));
        regions.taken[0] = false;
        period(engine);
        assertEquals(8, regions.local());
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

    /** A region that is accessed as before is as hot as before when less is sampled. */
    @Test
    void heatIsInAccesses() {
        Engine engine = engine(null, 0);
        for (int i = 0; i < 100; i++) {
            telemetry.duty = i < 95 ? 0.5 : 0.01;
            regions.reads[1] = i < 95 ? 500 : 10;
            period(engine);
        }
        assertEquals(1000 / (1 - Math.pow(2, -0.1)), engine.heat.reads(1), 50);
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
