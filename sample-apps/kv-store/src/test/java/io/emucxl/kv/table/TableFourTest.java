package io.emucxl.kv.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.emucxl.kv.rule.PlacementRule;
import io.emucxl.kv.rule.Rules;
import io.emucxl.kv.rule.Tiers;
import io.emucxl.kv.table.Workload.Order;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TableFourTest {
    /** Local gets of the published programs on glibc with {@code srand(1)}. */
    private static final List<Integer> POLICY_1 =
            List.of(40687, 25475, 14293, 9016, 7436, 6339, 6342, 11113, 15216, 14896);

    private static final List<Integer> POLICY_2 =
            List.of(1645, 1887, 2143, 2471, 2972, 3785, 5000, 10588, 14978, 15009);

    private static List<TableFour.Cell> cells;

    @BeforeAll
    static void measure() {
        cells = TableFour.measure(20);
    }

    @Test
    void policy1GivesThePublishedCounts() {
        assertEquals(POLICY_1, phasedCountsOfSeedOne("policy1"));
    }

    @Test
    void policy2GivesThePublishedCounts() {
        assertEquals(POLICY_2, phasedCountsOfSeedOne("policy2"));
    }

    @Test
    void shuffledHotsetIsNearTheBestStaticPlacement() {
        for (int x : TableFour.COLUMNS) {
            double best = 100 * Workload.bestStatic(x) / Workload.GETS;
            double share = TableFour.meanShare(cells, "hotset", Order.SHUFFLED, x);
            assertTrue(share >= 0.97 * best, x + " %: " + share + " of " + best);
        }
    }

    @Test
    void shuffledHotsetIsAboveLru() {
        for (int x = 10; x <= 80; x += 10) {
            double lru = TableFour.meanShare(cells, "lru", Order.SHUFFLED, x);
            double share = TableFour.meanShare(cells, "hotset", Order.SHUFFLED, x);
            assertTrue(share > lru, x + " %: " + share + " against " + lru);
        }
    }

    @Test
    void phasedHotsetIsAtMostOnePointBelowLru() {
        for (int x : TableFour.COLUMNS) {
            double lru = TableFour.meanShare(cells, "lru", Order.PHASED, x);
            double share = TableFour.meanShare(cells, "hotset", Order.PHASED, x);
            assertTrue(share >= lru - 1, x + " %: " + share + " against " + lru);
        }
    }

    /** With the keys the other way round the hot objects begin in remote memory. */
    @Test
    void hotsetFindsTheBestPlacementFromTheWorstAsWell() {
        for (int x : TableFour.COLUMNS) {
            long local = 0;
            for (int seed = 1; seed <= 20; seed++) {
                local += localWithKeysReversed(Workload.draw(Order.SHUFFLED, x, seed));
            }
            double best = Workload.bestStatic(x);
            assertTrue(local / 20.0 >= 0.97 * best, x + " %: " + local / 20.0 + " of " + best);
        }
    }

    private static long localWithKeysReversed(Workload workload) {
        CountedTiers tiers =
                new CountedTiers(Workload.KEYS, Workload.LOCAL_OBJECTS, Workload.REMOTE_OBJECTS);
        PlacementRule rule = Rules.create("hotset", tiers);
        for (int key = 0; key < Workload.KEYS; key++) {
            tiers.put(key, rule.place(1));
            rule.added(key);
        }
        long local = 0;
        for (int i = 0; i < workload.gets(); i++) {
            int key = Workload.KEYS - 1 - workload.key(i);
            if (tiers.node(key) == Tiers.LOCAL) {
                local++;
            }
            rule.accessed(key);
        }
        return local;
    }

    @Test
    void hotsetMovesLessThanAFourthOfWhatLruMoves() {
        for (Order order : Order.values()) {
            for (int x : TableFour.COLUMNS) {
                assertTrue(
                        TableFour.meanMoves(cells, "hotset", order, x)
                                < TableFour.meanMoves(cells, "lru", order, x) / 4);
            }
        }
    }

    private static List<Integer> phasedCountsOfSeedOne(String rule) {
        return cells.stream()
                .filter(c -> c.rule().equals(rule))
                .filter(c -> c.order() == Order.PHASED && c.seed() == 1)
                .map(TableFour.Cell::local)
                .toList();
    }
}
