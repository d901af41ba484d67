package io.emucxl.kv.table;

import io.emucxl.kv.rule.PlacementRule;
import io.emucxl.kv.rule.Rules;
import io.emucxl.kv.rule.Tiers;
import java.util.ArrayList;
import java.util.List;

/** Measures the cells of Table IV: a rule, a workload, a seed, and how many gets were local. */
final class TableFour {
    /** The columns of the table, in its order. */
    static final List<Integer> COLUMNS =
            List.of(10, 20, 30, 40, 50, 60, 70, 80, 90, Workload.RANDOM);

    /**
     * One measurement.
     *
     * @param rule the rule's name
     * @param order of the gets
     * @param x percent of the keys that are hot, or {@link Workload#RANDOM}
     * @param seed of the generator
     * @param local how many gets found their object local
     * @param gets how many there were
     * @param moves objects that were moved by puts and gets
     */
    record Cell(
            String rule, Workload.Order order, int x, int seed, int local, int gets, long moves) {}

    private TableFour() {}

    /** Measures all rules on all columns in both orders, with seeds 1 to {@code seeds}. */
    static List<Cell> measure(int seeds) {
        List<Cell> cells = new ArrayList<>();
        for (Workload.Order order : Workload.Order.values()) {
            for (int x : COLUMNS) {
                for (int seed = 1; seed <= seeds; seed++) {
                    Workload workload = Workload.draw(order, x, seed);
                    for (String rule : Rules.names()) {
                        cells.add(measure(rule, workload));
                    }
                }
            }
        }
        return cells;
    }

    static Cell measure(String name, Workload workload) {
        CountedTiers tiers =
                new CountedTiers(Workload.KEYS, Workload.LOCAL_OBJECTS, Workload.REMOTE_OBJECTS);
        PlacementRule rule = Rules.create(name, tiers);
        for (int key = 0; key < Workload.KEYS; key++) {
            tiers.put(key, rule.place(1));
            rule.added(key);
        }
        int local = 0;
        for (int i = 0; i < workload.gets(); i++) {
            int key = workload.key(i);
            if (tiers.node(key) == Tiers.LOCAL) {
                local++;
            }
            rule.accessed(key);
        }
        return new Cell(
                name,
                workload.order(),
                workload.x(),
                workload.seed(),
                local,
                workload.gets(),
                tiers.moves());
    }

    /** The mean local share in percent of one rule in one column. */
    static double meanShare(List<Cell> cells, String rule, Workload.Order order, int x) {
        return cells.stream()
                .filter(c -> c.rule().equals(rule) && c.order() == order && c.x() == x)
                .mapToDouble(c -> 100.0 * c.local() / c.gets())
                .average()
                .orElseThrow();
    }

    /** The mean number of moves of one rule in one column. */
    static double meanMoves(List<Cell> cells, String rule, Workload.Order order, int x) {
        return cells.stream()
                .filter(c -> c.rule().equals(rule) && c.order() == order && c.x() == x)
                .mapToLong(Cell::moves)
                .average()
                .orElseThrow();
    }
}
