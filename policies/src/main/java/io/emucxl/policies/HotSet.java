package io.emucxl.policies;

import io.emucxl.runtime.PlacementPolicy;
import java.util.Arrays;

/**
 * Keeps the hottest units local: as many as the local node has room for, with no threshold to tune.
 *
 * <p>A remote unit takes the place of the coldest local one only when its heat <em>before</em> the
 * accesses of this period already exceeded it: one burst, or one pass of a scan, moves nothing, and
 * units of equal heat never trade places.
 */
public final class HotSet implements PlacementPolicy {
    /*
     * Heat is the number of accesses, each weighing half as much as one that came HALF_LIFE accesses
     * per local unit later. Instead of decaying all units, a new access weighs more than the last one
     * ("forward decay", Cormode et al., ICDE 2009): keys only grow, cold units are never visited, and
     * the coldest local unit comes from a lazy heap. Time is counted in accesses, so that an idle
     * program does not cool.
     */
    private static final double HALF_LIFE = 32;

    private static final int LOCAL = 0;
    private static final int REMOTE = 1;
    private static final double TOO_HEAVY = 0x1p500;

    private double weight = 1;
    private double[] heat = new double[0];
    private final UnitHeap local = new UnitHeap();
    private boolean[] inLocal = new boolean[0];
    private int hand;

    @Override
    public String name() {
        return "hotset";
    }

    @Override
    public void decide(Observation observed, Moves moves) {
        grow(observed.units());
        int touched = observed.touched();
        findLocal(observed, 4L * touched + 64);

        long accesses = 0;
        for (int k = 0; k < touched; k++) {
            accesses += observed.reads(k) + observed.writes(k);
        }
        long localUnits = Math.max(1, observed.capacity(LOCAL) / observed.unitBytes());

        long free = observed.capacity(LOCAL) - observed.used(LOCAL);
        long budget = observed.moveBudget();
        long unit = observed.unitBytes();
        while (free < 0 && budget >= unit) {
            int victim = coldest(observed);
            if (victim < 0) {
                break;
            }
            drop(victim, moves);
            free += unit;
            budget -= unit;
        }
        for (int k = 0; k < touched && budget >= unit; k++) {
            int candidate = observed.unit(k);
            if (observed.node(candidate) != REMOTE) {
                continue;
            }
            if (free < unit) {
                int victim = coldest(observed);
                if (victim < 0
                        || budget < 2 * unit
                        || heat[candidate] <= heat[victim] + observed.moveCost() * weight) {
                    continue;
                }
                drop(victim, moves);
                free += unit;
                budget -= unit;
            }
            moves.move(candidate, LOCAL);
            free -= unit;
            budget -= unit;
        }

        for (int k = 0; k < touched; k++) {
            heat[observed.unit(k)] += (observed.reads(k) + observed.writes(k)) * weight;
        }
        weight *= Math.exp(Math.log(2) * accesses / (HALF_LIFE * localUnits));
        if (weight > TOO_HEAVY) {
            lighten();
        }
    }

    /** The local unit with the least heat, or -1. */
    private int coldest(Observation observed) {
        while (!local.isEmpty()) {
            int unit = local.top();
            if (observed.node(unit) != LOCAL) {
                local.pop();
                inLocal[unit] = false;
            } else if (heat[unit] > local.topKey()) {
                local.correctTop(heat[unit]);
            } else {
                return unit;
            }
        }
        return -1;
    }

    private void drop(int victim, Moves moves) {
        local.pop();
        inLocal[victim] = false;
        moves.move(victim, REMOTE);
    }

    /** Meets units that became local, by a hand that passes over a bounded number of them. */
    private void findLocal(Observation observed, long steps) {
        int units = observed.units();
        for (long step = Math.min(steps, units); step > 0; step--) {
            if (hand >= units) {
                hand = 0;
            }
            meet(observed, hand++);
        }
        for (int k = 0; k < observed.touched(); k++) {
            meet(observed, observed.unit(k));
        }
    }

    private void meet(Observation observed, int unit) {
        if (!inLocal[unit] && observed.node(unit) == LOCAL) {
            inLocal[unit] = true;
            local.add(unit, heat[unit]);
        }
    }

    private void lighten() {
        double factor = 1 / weight;
        for (int unit = 0; unit < heat.length; unit++) {
            heat[unit] *= factor;
        }
        local.scale(factor);
        weight = 1;
    }

    private void grow(int units) {
        if (units > heat.length) {
            int length = Math.max(units, 2 * heat.length);
            heat = Arrays.copyOf(heat, length);
            inLocal = Arrays.copyOf(inLocal, length);
        }
    }
}
