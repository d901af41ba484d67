package io.emucxl.policies;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HotSetTest {
    @Test
    void fillsTheLocalNode() {
        Space space = new Space(new HotSet(), 10, 3);
        space.accesses(4, 5, 6);
        assertArrayEquals(new int[] {4, 5, 6}, space.local());
    }

    /** A period of a running program has accesses of more units than there is room for. */
    @Test
    void fillsTheLocalNodeWithTheHottestAndKeepsThemLongest() {
        Space space = new Space(new HotSet(), 10, 3);
        space.period(new int[] {0, 1, 2, 3, 4, 5}, new int[] {1, 5, 2, 9, 1, 7});
        assertArrayEquals(new int[] {1, 3, 5}, space.local());
        space.localCapacity(1);
        space.period();
        assertArrayEquals(new int[] {3}, space.local());
    }

    @Test
    void hotterUnitsReplaceColderOnes() {
        Space space = new Space(new HotSet(), 10, 2);
        space.accesses(0, 1);
        for (int i = 0; i < 5; i++) {
            space.period(7, 7, 7, 8, 8);
        }
        assertArrayEquals(new int[] {7, 8}, space.local());
    }

    @Test
    void aScanMovesNothingHot() {
        Space space = new Space(new HotSet(), 1000, 10);
        int[] hot = IntStream.range(0, 10).toArray();
        for (int i = 0; i < 5; i++) {
            space.period(hot);
        }
        int moves = space.promotions();
        space.accesses(IntStream.range(10, 1000).toArray());
        assertArrayEquals(hot, space.local());
        assertEquals(moves, space.promotions());
    }

    /** More units are accessed than one decision looks at: all come to their turn. */
    @ParameterizedTest
    @ValueSource(ints = {0, 150_000})
    void findsTheHotUnitsAmongVeryMany(int firstHot) {
        int units = 200_000;
        int hot = 40_000;
        Space space = new Space(new HotSet(), units, hot);
        space.moveCost(1);
        int[] all = IntStream.range(0, units).toArray();
        int[] reads =
                IntStream.range(0, units)
                        .map(unit -> unit >= firstHot && unit < firstHot + hot ? 4 : 1)
                        .toArray();
        for (int i = 0; i < 150; i++) {
            space.period(all, reads);
        }
        long found =
                Arrays.stream(space.local())
                        .filter(unit -> unit >= firstHot && unit < firstHot + hot)
                        .count();
        assertTrue(found >= 0.95 * hot, "found " + found);
        int moves = space.promotions();
        for (int i = 0; i < 30; i++) {
            space.period(all, reads);
        }
        assertTrue(space.promotions() - moves < 50, "moves " + (space.promotions() - moves));
    }

    /** What a decision takes must not depend on how many units there are at once. */
    @Test
    void getsToKnowAVeryLargeSpaceWithinSomeDecisions() {
        int units = 300_000;
        Space space = new Space(new HotSet(), units, units);
        int[] some = IntStream.range(0, units / 100).map(i -> 100 * i).toArray();
        int[] once = IntStream.range(0, some.length).map(i -> 1).toArray();
        space.period(some, once);
        int first = space.local().length;
        assertTrue(first > 0 && first <= some.length / 2, "found at once " + first);
        for (int i = 0; i < 9; i++) {
            space.period(some, once);
        }
        assertArrayEquals(some, space.local());
    }

    /**
     * A period of a running program: all units are accessed, few of them very often, and some more
     * or less in each.
     */
    private static int[] period(Random random, int[] order, double skew) {
        int[] counts = new int[order.length];
        for (int rank = 0; rank < order.length; rank++) {
            double varied = Math.exp(random.nextGaussian() / 2);
            counts[order[rank]] = 1 + (int) (1e6 * varied * Math.pow(rank + 1, -skew));
        }
        return counts;
    }

    private static int[] shuffled(Random random, int units) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, units).boxed().toList());
        Collections.shuffle(order, random);
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    private static double localShare(Space space, int[] counts) {
        double local = Arrays.stream(space.local()).mapToDouble(unit -> counts[unit]).sum();
        return local / Arrays.stream(counts).mapToDouble(count -> count).sum();
    }

    /** The node filled up before it showed what is hot; later other units are. */
    @ParameterizedTest
    @ValueSource(doubles = {0.8, 1.2, 1.8})
    void followsWithinFourPeriodsThatHoldManyAccessesOfAllUnits(double skew) {
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            int units = 400;
            int[] all = IntStream.range(0, units).toArray();
            Space space = new Space(new HotSet(), units, units / 4);
            space.moveCost(300);
            space.period(Arrays.copyOf(shuffled(random, units), units / 4));
            for (int phase = 0; phase < 3; phase++) {
                int[] order = shuffled(random, units);
                int[] hottest = Arrays.copyOf(order, units / 4);
                for (int i = 0; i < 4; i++) {
                    space.period(all, period(random, order, skew));
                }
                int[] next = period(random, order, skew);
                double best = Arrays.stream(hottest).mapToDouble(unit -> next[unit]).sum();
                best /= Arrays.stream(next).mapToDouble(count -> count).sum();
                double share = localShare(space, next);
                assertTrue(share > 0.85 * best, share + " of " + best + " in phase " + phase);
                for (int i = 0; i < 40; i++) {
                    space.period(all, period(random, order, skew));
                }
            }
        }
    }

    /** Heat of late doubles its weight in every period, and has to be scaled down at times. */
    @Test
    void followsAfterThousandsOfPeriods() {
        Random random = new Random(1);
        int[] all = IntStream.range(0, 400).toArray();
        Space space = new Space(new HotSet(), 400, 100);
        space.moveCost(300);
        for (int phase = 0; phase < 25; phase++) {
            int[] order = shuffled(random, 400);
            for (int i = 0; i < 99; i++) {
                space.period(all, period(random, order, 1.2));
                if (i > 6) {
                    double share = localShare(space, period(random, order, 1.2));
                    assertTrue(share > 0.75, share + " in period " + i + " of phase " + phase);
                }
            }
        }
    }

    /** To take whatever is accessed was right once, and tells nothing when everything is. */
    @Test
    void doesNotFollowARuleThatHasBecomeMute() {
        Random random = new Random(1);
        int[] order = shuffled(random, 400);
        int[] hottest = Arrays.copyOf(order, 100);
        Space space = new Space(new HotSet(), 400, 100);
        space.moveCost(300);
        space.period(Arrays.copyOfRange(order, 200, 300));
        space.period(hottest);
        for (int i = 0; i < 8; i++) {
            space.period(IntStream.range(0, 400).toArray(), period(random, order, 1.2));
        }
        double share = localShare(space, period(random, order, 1.2));
        assertTrue(share > 0.8, "local share " + share);
    }

    @Test
    void movesNothingWhenAllUnitsVaryAlike() {
        Random random = new Random(1);
        int[] all = IntStream.range(0, 400).toArray();
        Space space = new Space(new HotSet(), 400, 100);
        space.moveCost(300);
        for (int i = 0; i < 100; i++) {
            space.period(all, period(random, all, 0));
        }
        int moves = space.promotions();
        for (int i = 0; i < 100; i++) {
            space.period(all, period(random, all, 0));
        }
        assertEquals(moves, space.promotions());
    }

    @Test
    void demotesUntilALoweredCapacityIsMet() {
        Space space = new Space(new HotSet(), 10, 4);
        space.period(0, 1, 2, 3, 3, 2);
        space.localCapacity(2);
        space.period();
        assertArrayEquals(new int[] {2, 3}, space.local());
    }

    @Test
    void keepsWithinItsBudget() {
        Space space = new Space(new HotSet(), 10, 4);
        space.budget(2);
        space.period(0, 1, 2, 3);
        assertEquals(2, space.promotions());
    }

    @Test
    void findsUnitsThatStartedLocal() {
        Space space = new Space(new HotSet(), 10, 2);
        space.place(8, 0);
        space.place(9, 0);
        space.accesses(1, 1, 2, 2);
        assertArrayEquals(new int[] {1, 2}, space.local());
    }

    @Test
    void leavesPinnedUnitsAlone() {
        Space space = new Space(new HotSet(), 10, 2);
        space.place(3, -1);
        space.accesses(3, 3, 3, 1, 2);
        assertArrayEquals(new int[] {1, 2}, space.local());
    }
}
