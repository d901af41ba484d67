package io.emucxl.policies;

import io.emucxl.runtime.PlacementPolicy;

/**
 * Keeps local what pays to be local, by the rule that has lately paid best; the default policy.
 *
 * <p>It has no threshold of heat, keeps its hot units during a scan, follows a change of phase, and
 * stops moving when moving does not pay.
 */
public final class HotSet implements PlacementPolicy {
    /*
     * A cache must take in every object that is used; a tiered memory need not: a remote unit can be
     * used where it is. So the question is only when a remote unit that was accessed should take
     * the place of the coldest local one. These answers are good, each on work on which the others
     * fail:
     *
     *   REUSE      when it was accessed twice since the victim was accessed last. This is LIRS [1]
     *              without its queue of newcomers, which a memory that may bypass does not need. A
     *              loop over more units than fit keeps a fixed part of them local; a scan moves nothing.
     *   FREQUENCY  when it had more heat than the victim: LFU, the best there is when the popularity
     *              of units does not change [2], and slow when it does.
     *   RECENCY    always: LRU, the best when the program wanders.
     *   TREND      when it had more heat of late. A period of a running program can hold millions of
     *              accesses, some of every unit: which units were accessed tells nothing then, and
     *              heat of long ago hides what the many accesses of one period show.
     *
     * One more is never to move. When all units are equally hot every rule makes the same share of
     * accesses local, and the others pay for moves besides.
     *
     * Which one fits is found by trying: each is played in a shadow, over the same accesses, with
     * metadata alone. That is the idea of expert advice [3] and of adaptive replacement by
     * regret [4]; following the best one costs little more than knowing it beforehand. The lead
     * changes when the difference is larger than chance explains, so that equally good rules do
     * not take turns; a large difference within a short time is enough. What chance explains is how
     * far the accesses of units differ from those that their heat of late led to expect.
     *
     * The real placement is not that of the leader's shadow: it only takes its next steps by the
     * leader's rule, so that a change of lead by itself moves nothing. So REUSE and RECENCY do not
     * lead while all that is local in their shadows was accessed in the period, and they would take
     * no step.
     *
     * All rules compare the candidate's past WITHOUT the accesses of this period (RECENCY and TREND
     * apart). So a burst, however long, counts as one access, and units of equal heat never trade
     * places.
     *
     * The state is three numbers for each unit, a heap of the local ones, and shadows of a sample that
     * does not grow with the space [5]. A period costs time in the units it touched, not in all; and
     * of very many it looks at a part.
     *
     * The shadows of more units than 4096 local ones are sampled. Time is counted in accesses per
     * local unit, which is the scale on which placements get old; a clock of nanoseconds would have
     * to be tuned, and would forget while the program sleeps.
     *
     * [1] Jiang, Zhang: LIRS: an efficient low inter-reference recency set replacement policy to
     *     improve buffer cache performance. SIGMETRICS 2002.
     * [2] Einziger, Friedman, Manes: TinyLFU: a highly efficient cache admission policy. ACM
     *     Transactions on Storage 13(4), 2017.
     * [3] Gramacy, Warmuth, Brandt, Ari: Adaptive caching by refetching. NIPS 2002.
     * [4] Vietri et al.: Driving cache replacement with ML-based LeCaR. HotStorage 2018.
     * [5] Waldspurger, Park, Garthwaite, Ahmad: Efficient MRC construction with SHARDS. FAST 2015.
     */
    private static final int LOCAL = 0;
    private static final int REMOTE = 1;

    /** The number of the rule that leads at first. */
    private static final int REUSE = 1;

    /**
     * The periods after which a result of the shadows, and heat, fade by half at the earliest. A
     * period may have many accesses of every unit; heat of so short a time would not pay for moves.
     */
    private static final double FEWEST_PERIODS = 16;

    /**
     * The units that a decision gets to know at most, in the order of their numbers. When there are
     * more new ones, what is written of them would take the time: memory that was never used costs
     * more to write than to compute with.
     */
    private static final int MOST_NEW = 1 << 15;

    /** The promotions of a decision that need a demotion, so that it never takes long. */
    private static final int MOST_SWAPS = 1 << 10;

    private final double window;
    private final double halfLife;
    private final double confidence;
    private final UnitHistory history = new UnitHistory();

    /** The heat of late: it fades as soon as the results of the shadows, or by half in a period. */
    private final UnitHistory recent = new UnitHistory();

    private final Residents local = new Residents(history, Shadows.rule(REUSE));
    private final Shadows shadows = new Shadows(history, recent);
    private final Contest contest = new Contest(Shadows.rules(), REUSE);
    private final Candidates candidates = new Candidates();
    private final Accessed accessed = new Accessed();
    private double sinceLevel;

    /** It knows the units below this number. */
    private int units;

    private int hand;

    /**
     * Whether the local node was full once. The shadows fill up in one period, the node in as many
     * as the bandwidth takes, and with other units of those that are alike so far: a shadow that
     * was luckier would hide that the real placement can be improved.
     */
    private boolean filled;

    /** A policy with the documented defaults. */
    public HotSet() {
        this(2, 64, 2);
    }

    /**
     * A policy with its own time scales.
     *
     * @param window the accesses per local unit after which the result of a rule, and an access as
     *     heat of late, count half
     * @param halfLife the accesses per local unit after which an access counts half as heat
     * @param confidence the standard deviations by which a rule must be better to take the lead
     */
    public HotSet(double window, double halfLife, double confidence) {
        if (!(window > 0 && halfLife > 0 && confidence >= 0)) {
            throw new IllegalArgumentException(
                    "window and halfLife must be positive, confidence not negative: "
                            + window
                            + ", "
                            + halfLife
                            + ", "
                            + confidence);
        }
        this.window = window;
        this.halfLife = halfLife;
        this.confidence = confidence;
    }

    @Override
    public String name() {
        return "hotset";
    }

    @Override
    public void decide(Observation observed, Moves moves) {
        units = Math.max(units, Math.min(observed.units(), units + MOST_NEW));
        history.grow(units);
        recent.grow(units);
        history.nextPeriod();
        recent.nextPeriod();
        int doublings = history.sampled(observed.sampled());
        if (doublings != 0) {
            recent.convert(doublings);
            contest.convert(Math.scalb(1.0, doublings));
        }
        long unitBytes = observed.unitBytes();
        long localUnits = Math.max(1, observed.capacity(LOCAL) / unitBytes);
        shadows.scale(localUnits, local);
        accessed.look(observed, units, history);
        accessed.warm(recent);
        findLocal(observed, accessed.size() / 4 + 16);

        long room = observed.capacity(LOCAL) - observed.used(LOCAL);
        long budget = observed.moveBudget();
        while (room < 0 && budget >= unitBytes) {
            int victim = local.coldest(observed, LOCAL);
            if (victim < 0) {
                break;
            }
            demote(victim, moves);
            room += unitBytes;
            budget -= unitBytes;
        }
        int before = contest.leader();
        if (accessed.accesses() > 0) {
            follow(observed);
        }
        choose(observed, room < unitBytes, most(room / unitBytes, budget / unitBytes));
        promote(observed, moves, room, budget);
        if (accessed.accesses() > 0) {
            remember(localUnits, before);
        }
        if (!filled && local.size() >= localUnits) {
            filled = true;
            shadows.startFrom(local);
        }
    }

    /** The most units that can be promoted with so much free room and so many moves. */
    private static long most(long room, long moves) {
        long free = Math.min(Math.max(room, 0), moves);
        return free + Math.min((moves - free) / 2, MOST_SWAPS);
    }

    /** Collects the units to promote. */
    private void choose(Observation observed, boolean full, long limit) {
        candidates.clear(limit);
        Rule rule = local.rule();
        double cost = observed.moveCost();
        int victim = full && limit > 0 ? local.coldest(observed, LOCAL) : -1;
        for (int k = 0; k < accessed.size() && limit > 0; k++) {
            int unit = accessed.unit(k);
            double previous = accessed.previous(k);
            int node = observed.node(unit);
            if (node == LOCAL) {
                meet(unit);
            } else if (node == REMOTE
                    && (!full
                            || (victim >= 0
                                    && rule.replaces(
                                            local.history(), unit, previous, victim, cost)))) {
                if (!full) {
                    // Free room is taken from no unit: what is hot by now may have it at once.
                    double now = accessed.weight(k) * history.weight();
                    candidates.offer(k, history.heat(unit) + now, previous);
                } else if (rule.byHeat()) {
                    candidates.offer(k, local.history().heat(unit), previous);
                } else {
                    candidates.offer(k, previous, local.history().heat(unit));
                }
            }
        }
    }

    private void promote(Observation observed, Moves moves, long roomNow, long budgetNow) {
        long room = roomNow;
        long budget = budgetNow;
        int swaps = 0;
        long unitBytes = observed.unitBytes();
        int ranked = candidates.rank();
        for (int i = 0; i < ranked && budget >= unitBytes; i++) {
            int k = candidates.ranked(i);
            int unit = accessed.unit(k);
            if (room < unitBytes) {
                int victim = local.coldest(observed, LOCAL);
                if (victim < 0
                        || budget < 2 * unitBytes
                        || ++swaps > MOST_SWAPS
                        || !local.rule()
                                .replaces(
                                        local.history(),
                                        unit,
                                        accessed.previous(k),
                                        victim,
                                        observed.moveCost())) {
                    break;
                }
                demote(victim, moves);
                room += unitBytes;
                budget -= unitBytes;
            }
            moves.move(unit, LOCAL);
            local.add(unit);
            room -= unitBytes;
            budget -= unitBytes;
        }
    }

    /** Plays the period in the shadows, and follows the rule that now leads. */
    private void follow(Observation observed) {
        shadows.play(observed, accessed);
        double halves =
                Math.min(
                        shadows.accesses() / (window * Math.max(1, shadows.capacity())),
                        1 / FEWEST_PERIODS);
        sinceLevel += halves;
        // Where moves are free, staying saves nothing that a window would have to be waited for.
        boolean stayed = sinceLevel > 1 || observed.moveCost() == 0;
        int before = contest.leader();
        int leader =
                contest.judge(
                        shadows.hits(),
                        shadows.costs(),
                        shadows.noise(),
                        Math.exp(-halves * Math.log(2)),
                        confidence,
                        stayed,
                        shadows.mute());
        if (leader != before) {
            local.rule(Shadows.rule(leader), shadows.history(leader));
        }
    }

    /** Adds the period to the heat of all, and lets the shadow that stays begin anew. */
    private void remember(long localUnits, int before) {
        for (int k = 0; k < accessed.size(); k++) {
            history.warm(accessed.unit(k), accessed.weight(k));
        }
        long accesses = accessed.accesses();
        double all = Math.max(halfLife * localUnits, FEWEST_PERIODS * accesses);
        double late = Math.max(window * localUnits, (double) accesses);
        boolean scaled = history.age(accesses, all);
        if (recent.age(accesses, late) || scaled) {
            local.reorder();
            shadows.reorder();
        }
        int leader = contest.leader();
        boolean whole = sinceLevel > 1;
        if (leader == Contest.STAY ? before != leader : whole || before == Contest.STAY) {
            sinceLevel = 0;
            shadows.copy(local, Contest.STAY);
            if (leader != Contest.STAY) {
                contest.level();
            }
        }
    }

    private void demote(int victim, Moves moves) {
        local.remove(victim);
        moves.move(victim, REMOTE);
    }

    /** Meets units that became local or died, by a hand that passes a bounded number of them. */
    private void findLocal(Observation observed, int steps) {
        for (int step = Math.min(steps, units); step > 0; step--) {
            if (hand >= units) {
                hand = 0;
            }
            int node = observed.node(hand);
            if (node == LOCAL) {
                meet(hand);
            } else if (node < 0 && history.last(hand) > 0) {
                history.forget(hand);
                recent.forget(hand);
                local.remove(hand);
                shadows.forget(hand);
            }
            hand++;
        }
    }

    private void meet(int unit) {
        if (!local.contains(unit)) {
            local.add(unit);
            shadows.meet(unit);
        }
    }
}
