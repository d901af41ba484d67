package io.emucxl.policies;

import io.emucxl.runtime.PlacementPolicy;

/**
 * A policy that looks at each remote unit when it is accessed, and makes room for it by demoting
 * the coldest local one.
 */
abstract class Swapping implements PlacementPolicy {
    static final int LOCAL = 0;
    static final int REMOTE = 1;

    final UnitHistory history;
    final Residents local;
    private final String name;
    private double[] previous = new double[16];
    private int hand;

    Swapping(String name, Rule order) {
        this.name = name;
        this.history = new UnitHistory();
        this.local = new Residents(history, order);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final void decide(Observation observed, Moves moves) {
        history.grow(observed.units());
        history.nextPeriod();
        int doublings = history.sampled(observed.sampled());
        if (doublings != 0) {
            sampled(observed, doublings);
        }
        int touched = observed.touched();
        findLocal(observed, touched / 4 + 16);
        if (previous.length < touched) {
            previous = new double[Math.max(touched, 2 * previous.length)];
        }
        long accesses = 0;
        for (int k = 0; k < touched; k++) {
            int unit = observed.unit(k);
            long weight = observed.reads(k) + observed.writes(k);
            accesses += weight;
            previous[k] = history.touch(unit);
            accessed(observed, unit, weight);
        }
        long unitBytes = observed.unitBytes();
        long room = observed.capacity(LOCAL) - observed.used(LOCAL);
        long budget = observed.moveBudget();
        for (long n = demotions(-room, budget, unitBytes); n > 0; n--) {
            int victim = local.coldest(observed, LOCAL);
            if (victim < 0) {
                break;
            }
            demote(victim, moves);
            room += unitBytes;
            budget -= unitBytes;
        }
        for (int k = 0; k < touched && room >= 0 && budget >= unitBytes; k++) {
            int unit = observed.unit(k);
            int node = observed.node(unit);
            if (node == LOCAL) {
                local.add(unit);
            } else if (node == REMOTE && wanted(observed, unit, previous[k])) {
                if (room < unitBytes) {
                    int victim = budget < 2 * unitBytes ? -1 : local.coldest(observed, LOCAL);
                    if (victim < 0 || !yields(observed, victim, unit)) {
                        continue;
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
        for (long n = demotions(headroom(observed) - room, budget, unitBytes); n > 0; n--) {
            int victim = local.coldest(observed, LOCAL);
            if (victim < 0) {
                break;
            }
            demote(victim, moves);
        }
        periodEnded(observed, accesses);
    }

    /** Notes that the share of accesses that are counted has doubled so many times. */
    void sampled(Observation observed, int doublings) {}

    /** Notes an access, before any decision of this period. */
    void accessed(Observation observed, int unit, long weight) {}

    /** Whether a remote unit that was accessed is to be local. */
    abstract boolean wanted(Observation observed, int unit, double previousAccess);

    /** Whether the coldest local unit is to make room for this one, which then joins. */
    abstract boolean yields(Observation observed, int victim, int unit);

    /** The bytes that the local node should have free at the end of a period. */
    long headroom(Observation observed) {
        return 0;
    }

    /** Notes a unit that is demoted. */
    void demoted(int unit) {}

    void periodEnded(Observation observed, long accesses) {}

    /** The demotions that make so much room, as far as the budget allows. */
    private static long demotions(long missing, long budget, long unitBytes) {
        return Math.min((Math.max(0, missing) + unitBytes - 1) / unitBytes, budget / unitBytes);
    }

    private void demote(int unit, Moves moves) {
        local.remove(unit);
        moves.move(unit, REMOTE);
        demoted(unit);
    }

    private void findLocal(Observation observed, int steps) {
        int units = observed.units();
        for (int step = Math.min(steps, units); step > 0; step--) {
            if (hand >= units) {
                hand = 0;
            }
            if (observed.node(hand) == LOCAL) {
                local.add(hand);
            }
            hand++;
        }
    }
}
