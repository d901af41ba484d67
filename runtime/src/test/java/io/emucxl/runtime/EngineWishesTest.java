package io.emucxl.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pins, priorities, watermarks, and the limits of moves. */
class EngineWishesTest extends EngineRun {
    private int[] local() {
        return IntStream.range(0, 100).filter(r -> regions.tiers[r] == 0).toArray();
    }

    private void fill(int from, int to) {
        for (int region = from; region < to; region++) {
            regions.tiers[region] = 0;
        }
    }

    @Test
    void pinnedRegionsAreBroughtToTheirTierAndStay() {
        fill(0, 2);
        regions.pin(1, 0, 5);
        regions.pin(0, 7);
        Asks policy = new Asks(new int[] {0, 0}, new int[] {7, 1}, new int[] {3, 0});
        Engine engine = engine(policy, UNLIMITED);
        period(engine);
        period(engine);
        assertArrayEquals(new int[] {1, 3, 7}, local());
        assertEquals(List.of(-1, -1, 0), policy.nodes);
        assertEquals(List.of(), warnings.said);
    }

    @Test
    void theColdestMakeRoomForPinnedRegions() {
        fill(0, 10);
        for (int region = 0; region < 10; region++) {
            regions.reads[region] = 10L + region;
        }
        Engine engine = engine(new Asks(), UNLIMITED);
        period(engine);
        regions.pin(0, 20, 21, 3);
        period(engine);
        assertArrayEquals(new int[] {2, 3, 4, 5, 6, 7, 8, 9, 20, 21}, local());
    }

    @Test
    void morePinnedRegionsThanFitAreSaidOnceAndTheOthersWait() {
        Engine engine = engine(new Asks(), UNLIMITED);
        regions.pin(0, IntStream.range(0, 12).toArray());
        for (int i = 0; i < 100; i++) {
            period(engine);
        }
        assertEquals(10, regions.local());
        assertEquals(1, warnings.said.size(), warnings.said.toString());
        assertTrue(warnings.said.get(0).startsWith("2 regions"), warnings.said.get(0));
        regions.capacity[0] = 12 * FakeRegions.BYTES;
        for (int i = 0; i < 40; i++) {
            period(engine);
        }
        assertEquals(12, regions.local());
    }

    @Test
    void aPinThatIsTakenAwayLetsRegionsMoveAgain() {
        regions.pin(0, 7);
        Engine engine = engine(new Asks(new int[] {7, 1}), UNLIMITED);
        period(engine);
        period(engine);
        assertArrayEquals(new int[] {7}, local());
        regions.pins[7] = -1;
        period(engine);
        assertArrayEquals(new int[0], local());
    }

    @Test
    void noRegionIsDemotedForOneOfLowerPriority() {
        fill(0, 10);
        regions.priority(1, 0);
        regions.priority(-1, 20);
        int[][] swaps = {{0, 1}, {20, 0}, {1, 1}, {20, 0}, {2, 1}, {21, 0}};
        period(engine(new Asks(swaps), UNLIMITED));
        assertArrayEquals(new int[] {0, 1, 3, 4, 5, 6, 7, 8, 9, 21}, local());
        assertEquals(2, telemetry.get(Counter.REFUSED_MOVES));
    }

    @Test
    void lowPriorityGoesFirstWhenTheCapacityIsLowered() {
        fill(0, 10);
        for (int region = 0; region < 10; region++) {
            regions.reads[region] = 10L + region;
        }
        regions.priority(-1, 9, 8);
        regions.priority(1, 0);
        Engine engine = engine(new Asks(), UNLIMITED);
        period(engine);
        regions.capacity[0] = 6 * FakeRegions.BYTES;
        period(engine);
        assertArrayEquals(new int[] {0, 3, 4, 5, 6, 7}, local());
    }

    @Test
    void accessesWeighByPriority() {
        long[] seen = new long[100];
        PlacementPolicy policy =
                new PlacementPolicy() {
                    @Override
                    public String name() {
                        return "sees";
                    }

                    @Override
                    public void decide(Observation observed, Moves moves) {
                        for (int k = 0; k < observed.touched(); k++) {
                            seen[observed.unit(k)] = observed.reads(k) + observed.writes(k);
                        }
                    }
                };
        Engine engine = engine(policy, UNLIMITED);
        regions.reads[1] = 3;
        period(engine);
        assertEquals(3, seen[1]);
        regions.priority(1, 1);
        regions.priority(-1, 2);
        for (int region = 1; region <= 3; region++) {
            regions.reads[region] = 3;
            regions.writes[region] = 2;
        }
        period(engine);
        assertEquals(80, seen[1]);
        assertEquals(5, seen[2]);
        assertEquals(20, seen[3]);
        assertEquals(18, telemetry.remoteSamples(), "counters count what was sampled");
    }

    /** The headroom is 2 regions, the watermark 1. */
    @Test
    void newDataMayUseTheHeadroomDownToTheWatermark() {
        long[] room = new long[1];
        PlacementPolicy policy =
                new PlacementPolicy() {
                    @Override
                    public String name() {
                        return "sees";
                    }

                    @Override
                    public void decide(Observation observed, Moves moves) {
                        room[0] = (observed.capacity(0) - observed.used(0)) / FakeRegions.BYTES;
                    }
                };
        Engine engine = engine(policy, UNLIMITED);
        long[][] usedAndRoom = {{7, 1}, {8, 0}, {9, 0}, {10, -2}, {9, -1}, {8, 0}, {9, 0}};
        for (long[] each : usedAndRoom) {
            java.util.Arrays.fill(regions.tiers, (byte) 1);
            fill(0, (int) each[0]);
            period(engine);
            assertEquals(each[1], room[0], each[0] + " regions used");
        }
    }

    @Test
    void aBatchIsMovedAtAStretchAndNoMoreIsAskedThanMayBeInFlight() {
        int[][] all = new int[100][];
        for (int i = 0; i < 100; i++) {
            all[i] = new int[] {i, 0};
        }
        regions.capacity[0] = 100 * FakeRegions.BYTES;
        Asks policy = new Asks(all);
        Engine engine =
                new Engine(
                        regions,
                        new Tuning(
                                1,
                                0.01,
                                0.01,
                                PERIOD,
                                1000 * FakeRegions.BYTES,
                                3 * FakeRegions.BYTES,
                                12 * FakeRegions.BYTES,
                                0,
                                0,
                                policy),
                        telemetry,
                        warnings,
                        now);
        now += PERIOD;
        engine.period(now);
        assertEquals(12 * FakeRegions.BYTES, policy.budget);
        long at = engine.moves(() -> now, now + PERIOD);
        assertEquals(3, regions.migrations);
        assertEquals(1_000_000, at - now, "one region's time at the bandwidth");
    }

    @Test
    void tuningChangesWhileTheEngineRuns() {
        Engine engine = engine(new Asks(new int[] {1, 0}), 0);
        period(engine);
        assertEquals(0, regions.migrations);
        Asks other = new Asks(new int[] {2, 0});
        engine.tune(tuning(other, UNLIMITED));
        period(engine);
        assertArrayEquals(new int[] {2}, local());
        engine.tune(tuning(null, UNLIMITED));
        period(engine);
        assertEquals(1, other.decisions);
    }
}
