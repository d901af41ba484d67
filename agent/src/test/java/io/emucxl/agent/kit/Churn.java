package io.emucxl.agent.kit;

import io.emucxl.runtime.PlacementPolicy;

/** Demotes all that is local and promotes others, in every period: no region rests for long. */
public final class Churn implements PlacementPolicy {
    private int next;

    @Override
    public String name() {
        return "churn";
    }

    @Override
    public void decide(Observation observed, Moves moves) {
        int units = observed.units();
        long moved = 0;
        for (int unit = 0; unit < units; unit++) {
            if (observed.node(unit) == 0) {
                moves.move(unit, 1);
                moved += observed.unitBytes();
            }
        }
        long room =
                Math.min(
                        observed.capacity(0) - observed.used(0) + moved,
                        observed.moveBudget() - moved);
        for (int k = 0; k < units && room >= observed.unitBytes(); k++) {
            next = (next + 1) % units;
            if (observed.node(next) == 1) {
                moves.move(next, 0);
                room -= observed.unitBytes();
            }
        }
    }
}
