package io.emucxl.policies;

/**
 * ARMS: a slow and a fast moving average of accesses rank the units, with no threshold of hotness;
 * a unit moves when it outranks the coldest local one by more than the move costs.
 *
 * <p>After "ARMS: Adaptive and Robust Memory Tiering System", 2025. The slow average ranks units
 * while the program is steady. When the local share falls, by a Page-Hinkley test, the fast one
 * does, until as many accesses have passed as the slow average remembers. Averages fade with
 * accesses and not with time.
 */
final class Arms extends Swapping {
    private final double slow;
    private final double fast;
    private final UnitHistory recent = new UnitHistory();
    private final PageHinkley share = new PageHinkley(0.05, 3);
    private long batch;
    private long batchLocal;
    private double recentUntil;
    private double clock;

    /**
     * @param slow the half-life of the slow average, in accesses per local unit
     * @param fast the half-life of the fast average, in accesses per local unit
     */
    Arms(double slow, double fast) {
        super("arms", Rule.FREQUENCY);
        this.slow = slow;
        this.fast = fast;
    }

    @Override
    void sampled(Observation observed, int doublings) {
        recent.convert(doublings);
        recentUntil = clock + Math.scalb(recentUntil - clock, doublings);
    }

    @Override
    void accessed(Observation observed, int unit, long weight) {
        recent.grow(observed.units());
        history.warm(unit, weight);
        recent.touch(unit);
        recent.warm(unit, weight);
        batch += weight;
        batchLocal += observed.node(unit) == LOCAL ? weight : 0;
    }

    @Override
    boolean wanted(Observation observed, int unit, double previousAccess) {
        return true;
    }

    @Override
    boolean yields(Observation observed, int victim, int unit) {
        UnitHistory ranks = clock < recentUntil ? recent : history;
        // An access of this period is no evidence yet: it weighs as much as the margin.
        double margin = Math.max(1, observed.moveCost()) * ranks.weight();
        return ranks.heat(unit) > ranks.heat(victim) + margin;
    }

    @Override
    void periodEnded(Observation observed, long accesses) {
        double units = Math.max(1, (double) observed.capacity(LOCAL) / observed.unitBytes());
        clock += accesses;
        if (history.age(accesses, slow * units)) {
            local.reorder();
        }
        recent.age(accesses, fast * units);
        recent.nextPeriod();
        if (batch >= units / 4 + 16) {
            if (share.fallen((double) batchLocal / batch)) {
                recentUntil = clock + slow * units;
            }
            batch = 0;
            batchLocal = 0;
        }
    }
}
